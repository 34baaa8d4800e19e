"""Where every known unit of an edition stands: one unit among all, the target group, and who is close to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.encodings import of_kind
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from data import number
from data.text import Language

HEIGHT = 160
# A dot's width as a share of the scale: units closer than that stand one above the other.
_DOT_SHARE = 0.021
_DOT = 46
_REACH = 4  # steps above and below the line that there is always room for


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the chart: `axis` titles the scale, `edge` and `own` are the labels there.

    `headings` are those of the table: name, score, shown_rank.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    axis: str
    edge: str | None
    own: str | None
    headings: Mapping[str, str]


def distance_chart(
    rows: pl.DataFrame,
    own: str,
    edge: tuple[float | None, float | None],
    within: float | None,
    words: Words,
    lang: Language,
    mode: Mode,
) -> Figure:
    """A dot for each unit at its score; dots that would touch stand above and below each other.

    `rows` are those of `analytics.core.ranking.ranking`; read are unit, name, name_en, score, score_status, rank
    and published_rank, and rows without a score are left out. A dot is hollow where the publisher did not print
    the score. The unit `own` is drawn strong, its label below.

    `edge` holds the bounds, in points, between which the last score of the target group lies: twice the same where
    it is known (a line), apart where it is not (an area), None where there is no bound. What lies at the upper
    bound or above is shaded. `within` shades so many points to both sides of the own score.
    """
    known = rows.drop_nulls("score")
    dots = _dots(known, own, lang)
    marks = [*_areas(known, own, edge, within), *_labels(known, own, edge, words)]
    drawn = pl.concat([dots, pl.DataFrame(marks, schema=dots.schema)])
    place = pl.coalesce("published_rank", "rank").alias("shown_rank")
    columns = {"name": "name" if lang == "vi" else "name_en", "score": "score", "shown_rank": "shown_rank"}
    table = known.with_columns(place).select(
        pl.col(column).alias(words.headings[key]) for key, column in columns.items()
    )
    return Figure(
        name="distance",
        title=words.title,
        subtitle=words.subtitle,
        source=words.source,
        alt=words.alt,
        spec=_spec(words.axis, max(_REACH, *(int(abs(level)) for level in dots["level"])), mode),
        rows=drawn,
        table=table,
    )


def _dots(known: pl.DataFrame, own: str, lang: Language) -> pl.DataFrame:
    ordered = known.sort("score", "unit")
    shown = pl.col("name" if lang == "vi" else "name_en")
    score = pl.col("score").map_elements(lambda score: number.decimal(score, 2, lang), return_dtype=pl.String)
    return ordered.select(
        kind=pl.when(pl.col("unit") == own).then(pl.lit("own")).otherwise(pl.lit("unit")),
        score=pl.col("score"),
        end=pl.lit(None, pl.Float64),
        level=pl.Series(levels(ordered["score"].to_list(), ordered["unit"].to_list(), own), dtype=pl.Float64),
        name=shown,
        rank=pl.coalesce("published_rank", "rank").cast(pl.Int64),
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
        align=pl.lit(None, pl.String),
        said=pl.format("{}: {}", shown, score),
    )


def levels(scores: list[float], units: list[str], own: str) -> list[float]:
    """For each of the rising `scores` the step above or below the line at which its dot touches no other.

    The unit `own` is placed first, on the line (step 0).
    """
    wide = _DOT_SHARE * ((scores[-1] - scores[0]) or 1.0)
    placed: dict[int, float] = {}
    for at in sorted(range(len(units)), key=lambda place: (units[place] != own, place)):
        # Our own dot is larger: others keep twice the distance.
        taken = {
            level
            for other, level in placed.items()
            if abs(scores[at] - scores[other]) < wide * (1.5 if units[other] == own else 1)
        }
        placed[at] = next(step for step in _steps() if step not in taken)
    return [placed[at] for at in range(len(units))]


def _steps() -> Any:
    yield 0.0
    step = 1.0
    while True:
        yield step
        yield -step
        step += 1


def _areas(
    known: pl.DataFrame, own: str, edge: tuple[float | None, float | None], within: float | None
) -> list[dict[str, object]]:
    """The target group's part of the scale, the bracket in which its edge lies, and the band around us."""
    found: list[dict[str, object]] = []
    low, high = edge
    best = known["score"].max()
    if high is not None:
        found.append({"kind": "group", "score": high, "end": best})
    if low is not None and high is not None and high > low:
        found.append({"kind": "bracket", "score": low, "end": high})
    mine = known.filter(unit=own)["score"]
    if within is not None and len(mine):
        found.append({"kind": "near", "score": mine[0] - within, "end": mine[0] + within})
    return found


def _labels(
    known: pl.DataFrame, own: str, edge: tuple[float | None, float | None], words: Words
) -> list[dict[str, object]]:
    low, high = known["score"].min(), known["score"].max()
    assert isinstance(low, float)
    assert isinstance(high, float)

    def align(score: float) -> str:
        # Near an end of the scale a label is written away from it.
        share = (score - low) / ((high - low) or 1.0)
        return "left" if share < 1 / 3 else "right" if share > 2 / 3 else "center"

    found: list[dict[str, object]] = []
    mine = known.filter(unit=own)["score"]
    if words.own and len(mine):
        found.append({"kind": "own_label", "score": mine[0], "name": words.own, "align": align(mine[0])})
    at = edge[1] if edge[1] is not None else edge[0]
    if words.edge and at is not None:
        found.append({"kind": "edge_label", "score": at, "name": words.edge, "align": align(at)})
        if edge[0] == edge[1]:
            found.append({"kind": "edge", "score": at})
    return found


@cache
def _spec(axis: str, reach: int, mode: Mode) -> dict[str, Any]:
    colours = PALETTES[mode]
    ticks = alt.Axis(title=axis, tickCount=6, grid=False, domain=True, domainColor=colours.rule)
    x = alt.X("score:Q", scale=alt.Scale(zero=False, nice=True), axis=ticks)
    y = alt.Y("level:Q", axis=None, scale=_steps_scale(reach))
    tooltip = [alt.Tooltip("name:N", title=""), alt.Tooltip("score:Q", format=".2f", title=axis)]

    def dots(kind: str, size: int, colour: str) -> alt.Chart:
        # Hollow where the publisher did not print the score.
        fill = alt.FillValue(colours.ground, condition={"test": "datum.printed", "value": colour})
        points = of_kind(kind).mark_point(size=size, stroke=colour, strokeWidth=1.4, opacity=1)
        return points.encode(x=x, y=y, fill=fill, tooltip=tooltip)

    layers = [
        *_areas_and_lines(x, reach, colours),
        dots("unit", _DOT, colours.context),
        dots("own", 3 * _DOT, colours.chosen),
        _label("edge_label", colours.target_text, x, _level(reach + 2.2, reach)),
        _label("own_label", colours.chosen, x, _level(-reach - 2.2, reach)),
    ]
    return layered(layers, HEIGHT, fit="fit")


def _steps_scale(reach: int) -> alt.Scale:
    """Two steps above and below the dots there is room for the labels."""
    return alt.Scale(domain=[-reach - 3, reach + 3])


def _level(step: float, reach: int) -> alt.YDatum:
    return alt.YDatum(step, type="quantitative", axis=None, scale=_steps_scale(reach))


def _areas_and_lines(x: alt.X, reach: int, colours: Palette) -> list[alt.Chart]:
    """Behind the dots: areas of the scale, the line at a known edge, and the one from our dot to its label."""
    low, high = _level(-reach - 1, reach), alt.Y2Datum(reach + 1)
    areas = (("group", colours.target, 0.14), ("bracket", colours.target, 0.35), ("near", colours.chosen, 0.12))
    edge = of_kind("edge").mark_rule(color=colours.target, strokeWidth=1.5)
    own = of_kind("own_label").mark_rule(color=colours.chosen, strokeWidth=1.5)
    return [
        *(
            of_kind(kind).mark_rect(color=colour, opacity=opacity).encode(x=x, x2=alt.X2("end"), y=low, y2=high)
            for kind, colour, opacity in areas
        ),
        edge.encode(x=x, y=low, y2=alt.Y2Datum(reach + 1.2)),
        own.encode(x=x, y=_level(-reach - 1.2, reach), y2=alt.Y2Datum(0)),
    ]


def _label(kind: str, colour: str, x: alt.X, y: alt.YDatum) -> alt.Chart:
    """What is written at a score, on the side of it that the row's `align` says."""
    return (
        of_kind(kind)
        .mark_text(
            align=alt.ExprRef("datum.align"),
            baseline="middle",
            dx=alt.ExprRef("{left: -3, center: 0, right: 3}[datum.align]"),
            color=colour,
            fontWeight=600,
        )
        .encode(x=x, y=y, text=alt.Text("name:N"))
    )
