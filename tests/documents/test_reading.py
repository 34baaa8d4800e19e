"""The helper that reads sentences back must see every number, or the tests that use it prove nothing."""

from __future__ import annotations

import polars as pl

from tests.documents.reading import numbers, unmatched, values


def test_every_number_is_seen_with_its_sign() -> None:
    assert numbers("thứ 33/63, tăng 2,08 điểm (−1,17), 2017–2019.") == [33, 63, 2.08, -1.17, 2017, 2019]
    assert numbers("+24.5 places, 63rd of 63; 2009, 2011.") == [24.5, 63, 63, 2009, 2011]


def test_a_number_from_nowhere_is_found() -> None:
    known = values(pl.DataFrame({"score": [65.0858], "rank": [33]}), {"of": 63})
    assert unmatched("65,09 điểm, thứ 33/63", known) == []
    assert unmatched("65,08 điểm, thứ 34/63", known) == ["65,08", "34"]
