"""What entered tables make of an edition: what is said of it follows from its figures, not from an older text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.definition import OVERALL, Index
from data.text import Text

# The announcement of an edition that tables entered here have completed.
ANNOUNCED = "entered"


@dataclass(frozen=True, slots=True)
class Filled:
    """An edition that batches completed: which, whether with its total, and how many components are whole."""

    year: int
    batches: tuple[int, ...]
    total: bool
    components: int


def with_entered(index: Index, score: pl.DataFrame, compiled: Mapping[tuple[int, str], int]) -> Index:
    """The index with the note, the gap and the announcement of every edition that batches completed made anew.

    `score` are the scores with the batches laid over them, `compiled` counts those known without them, by year
    and component. A table completes an edition when all units have their total, or their scores on all
    components, and had not before, or have every one of them from a table now.
    """
    found = {item.year: item for item in _filled(index, score, compiled)}
    if not found:
        return index
    editions = tuple(
        replace(
            edition,
            note=_note(index, found[edition.year], edition.units),
            missing=None,
            announced=f"{ANNOUNCED}_{edition.year}",
        )
        if edition.year in found
        else edition
        for edition in index.editions
    )
    announcements = {
        f"{ANNOUNCED}_{item.year}": Text(
            f"Bảng điểm đã nhập vào kho này ({_batches(item).vi}).",
            f"The table was entered into this store ({_batches(item).en}).",
        )
        for item in found.values()
    }
    return replace(index, editions=editions, announcements=index.announcements | announcements)


def _filled(index: Index, score: pl.DataFrame, compiled: Mapping[tuple[int, str], int]) -> list[Filled]:
    known = score.filter(pl.col("score").is_not_null(), index=index.code)
    counted = known.group_by("year", "component").agg(pl.len(), entered=pl.col("batch").count())
    counts = {(year, code): (count, entered) for year, code, count, entered in counted.iter_rows()}
    found = []
    for year in known.drop_nulls("batch")["year"].unique().sort():
        edition, parts = index.edition(year), {item.code for item in index.components_of(year)}
        whole, new = set[str](), set[str]()
        for code in (OVERALL, *parts):
            count, entered = counts.get((year, code), (0, 0))
            of = edition.units_of(code)
            if count >= of:
                whole.add(code)
                if entered >= of or (entered and compiled.get((year, code), 0) < of):
                    new.add(code)
        if OVERALL in new or (new and parts <= whole):
            batches = tuple(known.filter(year=year)["batch"].drop_nulls().unique().sort())
            found.append(Filled(year, batches, OVERALL in whole, len(whole & parts)))
    return found


def _batches(item: Filled) -> Text:
    numbers = ", ".join(map(str, item.batches))
    return Text(f"lô {numbers}", f"batch {numbers}")


def _note(index: Index, item: Filled, units: int) -> Text:
    batches, parts = _batches(item), len(index.components_of(item.year))
    vi = ["tổng điểm"] if item.total else []
    en = ["the total"] if item.total else []
    if parts:
        vi.append(f"{item.components}/{parts} {index.component_word.vi}")
        en.append(f"{item.components} of {parts} components")
    lacking = Text("", "")
    if not item.total:
        lacking = Text(
            "; bảng không có tổng điểm nên không xếp hạng chung",
            "; it has no total, so there is no overall ranking",
        )
    return Text(
        f"Số liệu lấy từ bảng đã nhập vào kho này ({batches.vi}): {' và '.join(vi)} của cả {units} đơn vị"
        f"{lacking.vi}.",
        f"Figures of the table entered into this store ({batches.en}): {' and '.join(en)} of all {units} units"
        f"{lacking.en}.",
    )
