"""Rows that are no unit's are told apart without looking again and again at what they say."""

from __future__ import annotations

import pytest

from data.frames import Frames
from data.intake import asides
from data.intake.asides import aside
from data.intake.who import Who
from data.names import Names


def test_a_long_cell_is_not_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a file of a few thousand such cells would hold the server for minutes."""
    letters, fold = [], asides.fold
    monkeypatch.setattr(asides, "fold", lambda text: letters.append(len(text)) or fold(text))
    assert aside(["a" * 5000], set()) is None
    assert sum(letters) <= 1000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tổng cộng", "total"),
        ("Ghi chú: số sơ bộ", "note"),
        ("Tổ", None),
        ("Sumida", None),
        ("Nguồn. VCCI", "source"),
    ],
)
def test_a_word_that_is_whole_begins_a_row_that_is_no_units(text: str, why: str | None) -> None:
    assert aside([text], set()) == why


def test_a_thousand_strangers_are_not_each_held_against_every_name(
    frames: Frames, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a small file of names that are none would hold the server for a minute."""
    asked, nearest = [], Names.nearest
    monkeypatch.setattr(Names, "nearest", lambda *given: asked.append(given) or nearest(*given))
    who = Who(Names.of(frames), "63")
    assert not any(who.find(f"Namm Dinh {place}").unit for place in range(1000))
    assert len(asked) <= 3 * 200  # by the name with and without what stands around it, and for the offer
    assert who.find("nam dinh").unit == "63-36"
    assert who.find("a" * 5000).unit is None
