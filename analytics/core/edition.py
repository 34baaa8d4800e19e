"""What the questions about one province share: the figures of the editions asked about, and the refusals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import polars as pl

from analytics.core.ranking import ranked
from data.definition import OVERALL, Edition, Index, spans
from data.frames import Frames
from data.names import set_of
from data.text import Problem, Text

# Scores are decimals: differences and weighted sums of them carry binary noise far below this many places,
# and equal figures must compare as equal.
PLACES = 9


# A reference of which fewer are known than this share of its group is not shown.
NEEDED = (2, 3)


def figures(
    frames: Frames, index: Index, years: Iterable[int], components: Iterable[str] | None = None
) -> pl.DataFrame:
    """The figures of some editions, or of some components of them, with ranks (`analytics.ranking.ranked`).

    A change needs both its editions among `years`. Only what is asked for is ranked: most questions need one
    or two of twenty editions.
    """
    wanted = (pl.col("index") == index.code) & pl.col("year").is_in(list(years))
    if components is not None:
        wanted &= pl.col("component").is_in(list(components))
    return ranked(replace(frames, score=frames.score.filter(wanted)), index)


def enough(known: pl.Expr | int, of: pl.Expr | int) -> Any:
    """Whether as many of a group are known as a reference needs."""
    least, parts = NEEDED
    return (known * parts >= of * least) & (known > 0)


def name_of(frames: Frames, unit: str) -> Text:
    """A unit's name in both languages."""
    vi, en = frames.unit.filter(unit=unit).select("name_vi", "name_en").row(0)
    return Text(vi, en)


def check_unit(frames: Frames, index: Index, unit: str, year: int) -> Edition:
    """The edition of `year`, if `unit` is of the kind that it scores; else a Problem."""
    edition = index.edition(year)
    if frames.unit.filter(unit=unit).is_empty():
        raise Problem(
            f"Không có đơn vị “{unit}”. Viết mã như 63-36 hoặc 34-37.",
            f"There is no unit “{unit}”. Write a code such as 63-36 or 34-37.",
        )
    if set_of(unit) != edition.unit_set:
        years = spans(item.year for item in index.editions if item.unit_set == set_of(unit))
        name = name_of(frames, unit)
        raise Problem(
            f"{index.name.vi} {year} chấm bộ {edition.unit_set} tỉnh, thành phố; {name.vi} ({unit}) có trong các "
            f"năm: {years or 'không có'}.",
            f"{index.name.en} {year} scores the {edition.unit_set} units; {name.en} ({unit}) is in the editions "
            f"of: {years or 'none'}.",
        )
    return edition


def following(index: Index, year: int) -> Edition | None:
    """The edition after `year`, as far as the definition knows."""
    return next((item for item in index.editions if item.year > year), None)


def unscored_next(frames: Frames, index: Index, unit: str, year: int) -> Text | None:
    """When the edition after `year` is of, if it's known not to score this unit as such; else None.

    The definition's next edition says so by its unit set. Where the definition ends with `year`, the unit's own
    end does: the year after is then the earliest that the next edition can be of.
    """
    edition, after = index.edition(year), following(index, year)
    last = frames.unit.filter(unit=unit)["valid_to"].item()
    if after is not None:
        gone = after.unit_set != edition.unit_set or (last is not None and last < after.year)
        return Text(str(after.year), str(after.year)) if gone else None
    gone = last is not None and last <= year + 1
    return Text(f"từ {year + 1}", f"{year + 1} or later") if gone else None


def check_top(index: Index, year: int, top: int | None) -> int:
    """How many units the target group has: `top`, or the definition's; a Problem where it can't be."""
    edition = index.edition(year)
    size = index.target_group.get(edition.unit_set, edition.units) if top is None else top
    if not 1 <= size <= edition.units:
        raise Problem(
            f"Không lập được nhóm mục tiêu gồm {size} đơn vị: {index.name.vi} {year} có {edition.units} đơn vị. "
            f"Chọn từ 1 đến {edition.units}.",
            f"A target group of {size} is not possible: {index.name.en} {year} has {edition.units} units. "
            f"Choose 1 to {edition.units}.",
        )
    return size


def no_components(index: Index, year: int) -> Text | None:
    """What to say where an edition gives a total and nothing below it; None where it has components."""
    if index.components_of(year):
        return None
    return Text(
        f"{index.name.vi} {year} không có chỉ số thành phần; chỉ có tổng điểm.",
        f"{index.name.en} {year} has no components; it is a total alone.",
    )


def check_components(index: Index, year: int) -> None:
    """A Problem where an edition has no components to ask about."""
    said = no_components(index, year)
    if said is not None:
        raise Problem(said.vi, said.en)


def nothing_known(frames: Frames, index: Index, unit: str, year: int, component: str | None) -> Problem:
    """Says that a unit's score on a component (None: on any) is not known in an edition, and in which it is."""
    is_total = pl.col("component") == OVERALL
    wanted = ~is_total if component is None else pl.col("component") == component
    known = frames.score.filter(wanted, index=index.code, unit=unit)
    years = spans(known.drop_nulls("score")["year"].unique())
    name = name_of(frames, unit)
    if component is None:
        what = Text("điểm thành phần nào", "component score")
    else:
        part = index.component(component).name
        what = Text(f"điểm “{part.vi}”", f"score on “{part.en}”")
    asked = Text(f"{index.name.vi} {year}", f"{index.name.en} {year}")
    if not years:
        return Problem(
            f"Chưa biết {what.vi} của {name.vi} ở {asked.vi}; nhập bảng điểm bằng lệnh vuotbac import.",
            f"No {what.en} of {name.en} is known for {asked.en}; take in a table with vuotbac import.",
        )
    return Problem(
        f"Chưa biết {what.vi} của {name.vi} ở {asked.vi}. Những năm đã biết: {years}; năm khác nhập bằng lệnh "
        "vuotbac import.",
        f"No {what.en} of {name.en} is known for {asked.en}. Years that are known: {years}; take in others with "
        "vuotbac import.",
    )


def agencies(frames: Frames, index: Index) -> pl.DataFrame:
    """Who usually answers for each component: component, lead_after, lead_before, agency_evidence."""
    return frames.agency.filter(index=index.code).select(
        "component", "lead_after", "lead_before", agency_evidence=pl.col("evidence").cast(pl.String)
    )
