"""What entered tables make of an edition: what is said of it follows from its figures, not from an older text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from data.definition import OVERALL, Index
from data.entered_weights import known as weights_known
from data.entered_weights import with_equal_weights
from data.text import Text

# Weighted sums of decimals carry binary noise far below this many places.
_PLACES = 6

# The announcement of an edition that tables entered here have completed.
ANNOUNCED = "entered"


@dataclass(frozen=True, slots=True)
class Filled:
    """An edition that batches completed: which, whether totals were given or could be summed, whole components."""

    year: int
    batches: tuple[int, ...]
    total: Literal["given", "summed", "lacking"]
    components: int


def with_entered(index: Index, score: pl.DataFrame, compiled: Mapping[tuple[int, str], int]) -> Index:
    """The index with the note, the gap and the announcement of every edition that batches completed made anew.

    `score` are the scores with the batches laid over them, `compiled` counts those known without them and
    not derived, by year and component. A table completes an edition when all units have their total, or their
    scores on all components, and had not before. Where nobody knows its weights, equal ones are assumed.
    """
    found = {item.year: item for item in _filled(index, score, compiled)}
    if not found:
        return index
    whole = [year for year, item in found.items() if item.components == len(index.components_of(year))]
    index = with_equal_weights(index, whole)
    editions = tuple(
        replace(
            edition,
            note=_note(index, found[edition.year], edition.units),
            missing=None,
            batches=found[edition.year].batches,
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
                if entered and compiled.get((year, code), 0) < of:
                    new.add(code)
        if OVERALL in new or (new and parts <= whole):
            of_year = known.filter(year=year)
            batches = tuple(of_year["batch"].drop_nulls().unique().sort())
            summed = of_year.filter(pl.col("batch").is_not_null(), component=OVERALL, score_status="derived")
            total: Literal["given", "summed", "lacking"] = "summed" if summed.height else "given"
            found.append(Filled(year, batches, total if OVERALL in whole else "lacking", len(whole & parts)))
    return found


def _batches(item: Filled) -> Text:
    numbers = ", ".join(map(str, item.batches))
    return Text(f"lô {numbers}", f"batch {numbers}")


def _note(index: Index, item: Filled, units: int) -> Text:
    batches, parts = _batches(item), len(index.components_of(item.year))
    given = item.total == "given"
    vi, en = (["tổng điểm"], ["the total"]) if given else ([], [])
    if parts:
        vi.append(f"{item.components}/{parts} {index.component_word.vi}")
        en.append(f"{item.components} of {parts} components")
    also = {
        "given": Text("", ""),
        "summed": Text(
            "; bảng không có tổng điểm, tổng điểm và hạng được suy tính từ trọng số",
            "; it has no total, so totals and ranks are computed from the weights",
        ),
        "lacking": Text(
            "; bảng không có tổng điểm nên không xếp hạng chung",
            "; it has no total, so there is no overall ranking",
        ),
    }[item.total]
    return Text(
        f"Số liệu lấy từ bảng đã nhập vào kho này ({batches.vi}): {' và '.join(vi)} của cả {units} đơn vị"
        f"{also.vi}.",
        f"Figures of the table entered into this store ({batches.en}): {' and '.join(en)} of all {units} "
        f"units{also.en}.",
    )


def with_totals(index: Index, score: pl.DataFrame) -> pl.DataFrame:
    """The scores with the totals that a table of all components lacks, summed where the weights are known.

    Such a total is `derived`; it is unrounded, and where the table gives a single one none is summed.
    """
    known = score.filter(pl.col("score").is_not_null(), index=index.code)
    for year in known.drop_nulls("batch")["year"].unique().sort():
        edition, parts = index.edition(year), [item.code for item in index.components_of(year)]
        of_year = known.filter(year=year)
        given = of_year.filter(pl.col("batch").is_not_null(), component=OVERALL).height
        if given or not parts or weights_known(index, year) is None:
            continue
        values = [
            {"component": code, "percent": percent, "value": index.unit_value(code, year, percent=percent)}
            for code in parts
            for percent in (False, True)
        ]
        totals = (
            of_year.with_columns(percent=(pl.col("scale") == "percent").fill_null(False))
            .join(pl.DataFrame(values), on=["component", "percent"])
            .group_by("index", "year", "unit")
            .agg(
                pl.len(),
                pl.col("batch").max(),
                total=(pl.col("score") * pl.col("value")).sum().round(_PLACES),
                source=pl.format("batch:{}", pl.col("batch").max()),
            )
            .filter(pl.col("len") == len(parts))
        )
        if totals.height >= edition.units:
            score = _laid_over(score, totals.with_columns(component=pl.lit(OVERALL)).drop("len"))
    return score


def _laid_over(score: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """The scores with these totals in place of what is known of the same cells."""
    key = ["index", "year", "unit", "component"]
    cleared = [name for name in score.columns if name not in (*key, "published_rank", "rank_status")]
    new = totals.join(score.select(*key, "published_rank", "rank_status"), on=key, how="left").with_columns(
        score="total", score_status=pl.lit("derived"), scale=pl.lit("points")
    )
    lacking = [pl.lit(None, score.schema[name]).alias(name) for name in cleared if name not in new.columns]
    rows = new.with_columns(lacking).select(score.columns).cast(score.schema)
    return pl.concat([score.join(totals, on=key, how="anti"), rows]).sort(key)
