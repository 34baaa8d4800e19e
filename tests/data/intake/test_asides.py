"""Rows that are no unit's are told apart without looking again and again at what they say."""

from __future__ import annotations

import pytest

from data.intake import asides
from data.intake.asides import aside


def test_a_long_cell_is_looked_at_once_and_not_for_every_word_it_might_begin_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a file of a few thousand such cells would hold the server for minutes."""
    letters, fold = [], asides.fold
    monkeypatch.setattr(asides, "fold", lambda text: letters.append(len(text)) or fold(text))
    assert aside(["a" * 5000], set()) is None
    assert sum(letters) <= 4 * 5000


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
