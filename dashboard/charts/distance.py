"""Where every known unit of an edition stands, with the target group, our own place and who is close to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.theme import PALETTES, Mode
from data.text import Language

HEIGHT = 160
# A dot's width as a share of the scale: units closer than that stand one above the other.
_DOT_SHARE = 0.021
_DOT = 46
_REACH = 4  # steps above and below the line that there is always room for


@dataclass(frozen=True, slots=True)
class Words:
    """What is written around and in the picture."""

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
    """The scores of `rows` (as `analytics.ranking.ranking` gives them) on one scale, a dot for each unit.

    `edge` is the score at the edge of the target group, or its bounds; `within` draws the band of so many points
    around our own score. Shaded is what lies at or above the edge.
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
    return ordered.select(
        kind=pl.when(pl.col("unit") == own).then(pl.lit("own")).otherwise(pl.lit("unit")),
        score=pl.col("score"),
        end=pl.lit(None, pl.Float64),
        level=pl.Series(levels(ordered["score"].to_list(), ordered["unit"].to_list(), own), dtype=pl.Float64),
        name=pl.col("name" if lang == "vi" else "name_en"),
        rank=pl.coalesce("published_rank", "rank").cast(pl.Int64),
        printed=pl.col("score_status").eq_missing(pl.lit("published")),
        align=pl.lit(None, pl.String),
    )


def levels(scores: list[float], units: list[str], own: str) -> list[float]:
    """Steps above or below the line so that no two dots touch; our own dot is placed first, on the line."""
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
        # A label leans away from an end of the scale that it is near.
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
    x = {
        "field": "score",
        "type": "quantitative",
        "scale": {"zero": False, "nice": True},
        "axis": {"title": axis, "tickCount": 6, "grid": False, "domain": True, "domainColor": colours.rule},
    }
    # Two steps above and below the dots are for the labels.
    scale = {"domain": [-reach - 3, reach + 3]}
    y = {"field": "level", "type": "quantitative", "axis": None, "scale": scale}

    def level(at: float) -> dict[str, Any]:
        return {"datum": at, "type": "quantitative", "axis": None, "scale": scale}

    def only(*kinds: str) -> list[dict[str, Any]]:
        return [{"filter": {"field": "kind", "oneOf": list(kinds)}}]

    def area(kind: str, colour: str, opacity: float) -> dict[str, Any]:
        return {
            "transform": only(kind),
            "mark": {"type": "rect", "color": colour, "opacity": opacity},
            "encoding": {"x": x, "x2": {"field": "end"}, "y": level(-reach - 1), "y2": {"datum": reach + 1}},
        }

    def rule(kind: str, colour: str, low: float, high: float) -> dict[str, Any]:
        return {
            "transform": only(kind),
            "mark": {"type": "rule", "color": colour, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": level(low), "y2": {"datum": high}},
        }

    def label(kind: str, colour: str, at: float, align: str) -> dict[str, Any]:
        return {
            "transform": [*only(kind), {"filter": f"datum.align === '{align}'"}],
            "mark": {
                "type": "text",
                "align": align,
                "baseline": "middle",
                "dx": {"left": -3, "center": 0, "right": 3}[align],
                "color": colour,
                "fontWeight": 600,
            },
            "encoding": {"x": x, "y": level(at), "text": {"field": "name"}},
        }

    tooltip = [
        {"field": "name", "type": "nominal", "title": ""},
        {"field": "score", "type": "quantitative", "format": ".2f", "title": axis},
    ]

    def dots(kind: str, colour: str, size: int) -> dict[str, Any]:
        return {
            "transform": only(kind),
            "mark": {"type": "point", "size": size, "stroke": colour, "strokeWidth": 1.4, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "fill": {"condition": {"test": "datum.printed", "value": colour}, "value": colours.ground},
                "tooltip": tooltip,
            },
        }

    return {
        "width": "container",
        "height": HEIGHT,
        "layer": [
            area("group", colours.target, 0.14),
            area("bracket", colours.target, 0.35),
            area("near", colours.chosen, 0.12),
            rule("edge", colours.target, -reach - 1, reach + 1.2),
            rule("own_label", colours.chosen, -reach - 1.2, 0),
            dots("unit", colours.context, _DOT),
            dots("own", colours.chosen, _DOT * 3),
            *(
                label("edge_label", colours.target_text, reach + 2.2, align)
                for align in ("left", "center", "right")
            ),
            *(label("own_label", colours.chosen, -reach - 2.2, align) for align in ("left", "center", "right")),
        ],
    }
