"""The chances of all units at once are those of each, and are refused where each would be."""

from __future__ import annotations

import pytest

from analytics.path.odds import odds
from analytics.path.outlook import Outlook, chance, outlook
from data.frames import Frames
from data.text import Text


@pytest.mark.parametrize("unit", ["63-22", "63-36", "63-04", "63-48"])
@pytest.mark.parametrize("year", [2019, 2023])
def test_they_are_the_chances_of_the_odds(frames: Frames, unit: str, year: int) -> None:
    found = outlook(frames, "pci", year)
    assert isinstance(found, Outlook)
    alone = odds(frames, unit, "pci", year)
    assert chance(frames, unit, "pci", year, found) == pytest.approx(alone.figures["without"], abs=1e-6)
    assert (found.moves, list(found.editions)) == (alone.figures["moves"], alone.figures["editions"])


def test_they_add_up_to_the_places_that_there_are(frames: Frames) -> None:
    found = outlook(frames, "pci", 2023, 10)
    assert isinstance(found, Outlook)
    assert len(found.chances) == 63
    assert sum(found.chances.values()) == pytest.approx(10)


def test_a_change_of_method_is_said(frames: Frames) -> None:
    found, same = outlook(frames, "pci", 2021), outlook(frames, "pci", 2019)
    assert isinstance(found, Outlook)
    assert isinstance(same, Outlook)
    assert "2022" in found.note("odds_new_method").vi
    assert same.note("odds_new_method") is None


def test_whoever_is_no_longer_scored_as_such_has_none(frames: Frames) -> None:
    said = chance(frames, "63-36", "papi", 2024, outlook(frames, "papi", 2024))
    assert isinstance(said, Text)
    assert "không còn chấm đơn vị này như trước" in said.vi


def test_a_partial_edition_has_none(frames: Frames) -> None:
    found = outlook(frames, "par", 2023)
    assert isinstance(found, Text)
    assert "29/63" in found.vi
    assert chance(frames, "63-36", "par", 2023, found) == found


def test_a_unit_that_the_edition_did_not_score_is_told_so(frames: Frames) -> None:
    found = outlook(frames, "pci", 2019)
    said = chance(frames, "34-37", "pci", 2025, found)
    assert isinstance(said, Text)
    assert "Ninh Bình" in said.vi
