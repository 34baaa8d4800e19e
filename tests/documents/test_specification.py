"""What a pack may be asked for, and what is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.documents.content.specification import EVERYTHING, SHORT, Section, Specification, resolved
from data.frames import Frames
from data.text import Problem


def test_a_province_is_found_by_any_spelling(frames: Frames) -> None:
    found, note = resolved(frames, "nam dinh", ["PCI"], 2019, peers=["Thái Bình", "63-35"])
    assert (found.province, found.indices, found.peers, note) == ("63-36", ("pci",), ("63-34", "63-35"), None)
    assert found.contents == EVERYTHING


def test_a_former_province_is_answered_by_what_it_became(frames: Frames) -> None:
    found, note = resolved(frames, "Nam Định", ["pci"], 2025)
    assert found.province == "34-37"
    assert note is not None
    assert "Ninh Bình" in note.vi


def test_contents_come_in_the_order_of_the_pack_and_once(frames: Frames) -> None:
    found, _ = resolved(frames, "63-36", ["pci"], 2019, contents=["gaps", Section.HISTORY, "gaps"])
    assert found.contents == (Section.HISTORY, Section.GAPS)
    assert set(SHORT) < set(EVERYTHING)


def test_the_same_wish_is_the_same_specification() -> None:
    one = Specification("63-36", ("pci",), 2019, contents=(Section.GAPS, Section.HISTORY))
    other = Specification("63-36", ("PCI", "pci"), 2019, contents=(Section.HISTORY, Section.GAPS))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"indices": ()}, "chỉ số"),
        ({"contents": ()}, "nội dung"),
        ({"lang": "fr"}, "fr"),
        ({"against": "moon"}, "moon"),
        ({"contents": ("summit",)}, "summit"),
    ],
)
def test_what_no_figures_can_mend_is_refused_at_once(asked: dict[str, Any], named: str) -> None:
    wish: dict[str, Any] = {"province": "63-36", "indices": ("pci",), "year": 2019} | asked
    with pytest.raises(Problem) as refused:
        Specification(**wish)
    assert named in refused.value.text.vi
    assert refused.value.text.en


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"indices": ("gdp",)}, "gdp"),
        ({"year": 2004}, "2004"),
        ({"year": 2025}, "63-36"),
        ({"province": "63-99"}, "63-99"),
        ({"top": 64}, "64"),
        ({"top": 0}, "0"),
        ({"peers": ("34-37",)}, "34-37"),
        ({"peers": ("63-36",)}, "63-36"),
    ],
)
def test_what_the_figures_have_not_is_refused_by_name(frames: Frames, asked: dict[str, Any], named: str) -> None:
    wish: dict[str, Any] = {"province": "63-36", "indices": ("pci",), "year": 2019} | asked
    with pytest.raises(Problem) as refused:
        Specification(**wish).check(frames)
    assert named in refused.value.text.vi
    assert named in refused.value.text.en


def test_an_index_without_an_edition_of_the_year_is_refused(frames: Frames) -> None:
    with pytest.raises(Problem):
        resolved(frames, "63-36", ["pci", "par"], 2008)
