"""What lies below a component: a province's indicators against the nation's, and who answers for them.

A published score is only the sum of such figures; the drill-down shows in which of them the province is behind
and since when. Indicators of surveys carry sampling error that their publishers don't print.
"""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, agencies, check_components, check_unit, enough, name_of
from data.definition import OVERALL, Index, spans
from data.frames import Frames
from data.text import Note, Problem

INDICATOR_COLUMNS = (
    "indicator",
    "component",
    "name_vi",
    "name_en",
    "value",
    "measure",
    "direction",
    "kind",
    "median",
    "lowest",
    "highest",
    "best",
    "worst",
    "rank",
    "known",
    "of",
    "previous_year",
    "previous_value",
    "change",
    "moved",
    "lead_after",
    "lead_before",
    "agency_evidence",
    "source",
    "note_en",
)


def indicators(frames: Frames, unit: str, index: str, year: int, component: str = OVERALL) -> Answer:
    """A unit's indicators of a component (without one: of all components) in an edition, in the publisher's order.

    Rows (`INDICATOR_COLUMNS`): `value`, `median`, `lowest`, `highest` in `measure`; `best` and `worst` by the
    indicator's `direction` and null where that is unclear; `median` null where less than two thirds of the
    units have a value (`known` of `of`); `rank` (1 = best, ties share) null unless all have one; `change`
    since `previous_year`, the last edition before that carries the same indicator, and whether it `moved`
    `better`, `worse` or stayed the `same`; lead agencies of the component since 2025 and before. Coverage
    counts the unit's indicators that are known.

    Notes: `missing` (how many values are), `since` (editions that changes are counted from), `unclear` (indicators
    without a direction), `agencies` (how far to trust them).

    Raises Problem for a unit, edition or component that doesn't exist, or where no indicator is known.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    check_components(definition, year)
    definition.check_component(component, year)
    wanted = frames.indicator.filter(index=definition.code)
    if component != OVERALL:
        wanted = wanted.filter(component=component)
    values = frames.indicator_value.filter(
        (pl.col("index") == definition.code)
        & (pl.col("year") <= year)
        & pl.col("indicator").is_in(wanted["indicator"].to_list())
    )
    now = values.filter(year=year)
    if now.is_empty():
        raise _no_indicators(frames, definition, component, year, wanted)
    units = {code: edition.units_of(code) for code in wanted["component"].unique()}
    rows = (
        wanted.drop("source")
        .join(_statistics(now, wanted, unit), on="indicator", maintain_order="left")
        .with_columns(of=pl.col("component").replace_strict(units, return_dtype=pl.Int64))
        .join(
            _before(values.filter(pl.col("year") < year), unit), on="indicator", how="left", maintain_order="left"
        )
        .join(agencies(frames, definition), on="component", how="left", maintain_order="left")
    )
    rows = _judged(rows).select(INDICATOR_COLUMNS)
    return Answer(
        question="indicators",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows,
        coverage=Coverage(rows["value"].count(), rows.height),
        figures={"component": component},
        notes=_notes(frames, definition, unit, year, rows),
    )


def _statistics(now: pl.DataFrame, wanted: pl.DataFrame, unit: str) -> pl.DataFrame:
    """One row per indicator of the edition: the unit's value, how many do better, and the spread of all."""
    turned = now.join(wanted.select("indicator", "direction"), on="indicator").with_columns(
        better=pl.when(pl.col("direction") == "lower_better").then(-pl.col("value")).otherwise("value")
    )
    ours = pl.col("unit") == unit
    own = pl.col("better").filter(ours).first()
    return turned.group_by("indicator").agg(
        value=pl.col("value").filter(ours).first(),
        source=pl.col("source").filter(ours).first(),
        median=pl.col("value").median(),
        lowest=pl.col("value").min(),
        highest=pl.col("value").max(),
        known=pl.len().cast(pl.Int64),
        ahead=(pl.col("better") > own).sum().cast(pl.Int64),
    )


def _before(earlier: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The last edition that carried each indicator, and the unit's value then."""
    last = earlier.group_by("indicator").agg(previous_year=pl.col("year").max())
    own = earlier.filter(unit=unit).select("indicator", previous_year="year", previous_value="value")
    return last.join(own, on=["indicator", "previous_year"], how="left")


def _judged(rows: pl.DataFrame) -> pl.DataFrame:
    lower, clear = pl.col("direction") == "lower_better", pl.col("direction") != "unclear"
    change = (pl.col("value") - pl.col("previous_value")).round(PLACES)
    good = pl.when(lower).then(-pl.col("change")).otherwise("change")
    return rows.with_columns(
        median=pl.when(enough(pl.col("known"), pl.col("of"))).then("median"),
        best=pl.when(clear).then(pl.when(lower).then("lowest").otherwise("highest")),
        worst=pl.when(clear).then(pl.when(lower).then("highest").otherwise("lowest")),
        rank=pl.when(clear, pl.col("known") == pl.col("of"), pl.col("value").is_not_null()).then(
            pl.col("ahead") + 1
        ),
        change=change,
    ).with_columns(
        moved=pl.when(pl.col("change") == 0)
        .then(pl.lit("same"))
        .when(clear, good > 0)
        .then(pl.lit("better"))
        .when(clear, good < 0)
        .then(pl.lit("worse"))
    )


def _no_indicators(frames: Frames, index: Index, component: str, year: int, wanted: pl.DataFrame) -> Problem:
    known = frames.indicator_value.filter(
        (pl.col("index") == index.code) & pl.col("indicator").is_in(wanted["indicator"].to_list())
    )
    years = spans(known["year"].unique())
    name = index.component(component).name
    if not years:
        return Problem(
            f"Chưa có chỉ tiêu nào của “{name.vi}” ({index.name.vi}); chỉ xem được điểm thành phần.",
            f"No indicator of “{name.en}” ({index.name.en}) is known; only the component's score can be seen.",
        )
    return Problem(
        f"Chưa có chỉ tiêu của “{name.vi}” ở {index.name.vi} {year}. Những năm đã biết: {years}.",
        f"No indicators of “{name.en}” are known for {index.name.en} {year}. Years that are known: {years}.",
    )


def _notes(frames: Frames, index: Index, unit: str, year: int, rows: pl.DataFrame) -> tuple[Note, ...]:
    notes = []
    name = name_of(frames, unit)
    missing = rows["value"].null_count()
    if missing:
        notes.append(
            Note.of(
                "missing",
                f"Không có giá trị của {name.vi} ở {missing}/{rows.height} chỉ tiêu.",
                f"{name.en} has no value on {missing} of {rows.height} indicators.",
            )
        )
    compared = rows.drop_nulls("change")["previous_year"].unique().sort()
    previous = index.previous(year)
    if len(compared) and (previous is None or set(compared) != {previous.year}):
        years = spans(compared)
        notes.append(
            Note.of(
                "since",
                f"Thay đổi tính từ kỳ gần nhất trước đó có cùng chỉ tiêu: {years}.",
                f"Changes are since the last edition before that carries the same indicator: {years}.",
            )
        )
    unclear = rows.filter(direction="unclear").height
    if unclear:
        notes.append(
            Note.of(
                "unclear",
                f"{unclear} chỉ tiêu chưa rõ cao hay thấp là tốt: không xếp hạng, không có tốt nhất, kém nhất.",
                f"For {unclear} indicators it is not clear whether high or low is good: no rank, best or worst.",
            )
        )
    if rows["agency_evidence"].count():
        notes.append(
            Note.of(
                "agencies",
                "Cơ quan chủ trì là gợi ý theo phân công thường gặp; tỉnh có thể phân công khác.",
                "Lead agencies are what is usual; the province may have assigned it otherwise.",
            )
        )
    return tuple(notes)


def on_scale(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of `indicators` on one scale, from each one's worst (0) to its best (1); furthest behind first.

    Adds `place` and `median_place` on that scale and `behind` = median_place − place (positive = worse than the
    median). All three are null where best and worst are not known or the same; such rows come last, and of equal
    ones the publisher's order is kept.
    """
    span = pl.col("best") - pl.col("worst")

    def place(column: str) -> pl.Expr:
        return pl.when(span != 0).then((pl.col(column) - pl.col("worst")) / span)

    return (
        rows.with_columns(place=place("value"), median_place=place("median"))
        .with_columns(behind=(pl.col("median_place") - pl.col("place")).round(PLACES))
        .sort("behind", descending=True, nulls_last=True, maintain_order=True)
    )


def indicator_years(frames: Frames, unit: str, index: str, component: str) -> list[int]:
    """The editions in which any indicator of a component is known of a unit, oldest first."""
    codes = frames.indicator.filter(index=index, component=component)["indicator"].to_list()
    values = frames.indicator_value.filter(pl.col("indicator").is_in(codes), index=index, unit=unit)
    years: list[int] = values["year"].unique().sort().to_list()
    return years
