"""Small multiples: one panel per component, all on one scale, in as many columns as the screen has room for.

One drawing rather than Vega-Lite's facets, whose panels have a fixed width: here every position is computed from
the width as it is, so the same figure stands on a phone (two columns) and on a wall (four).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import polars as pl

from dashboard.charts.caption import Caption
from dashboard.charts.encodings import by_role, told
from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.charts.trend import shapes_of
from dashboard.charts.trend_spec import Role
from data import number
from data.text import Language, Text

_PANEL = 140  # height on a phone, where the columns are fewest
_FEWEST = 2
_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_TOP, _BOTTOM, _LEFT, _RIGHT = 30, 26, 26, 46


@dataclass(frozen=True, slots=True)
class Scale:
    """What all panels are drawn on: from `low` to `high`, `digits` decimals; `reverse`: the lowest on top."""

    low: float
    high: float
    digits: int
    reverse: bool = False


def panels(
    pieces: pl.DataFrame,
    components: Sequence[tuple[str, Text, Text]],
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    years: tuple[int, int],
    scale: Scale,
    caption: Caption,
) -> Figure:
    """A panel for each component with the units' lines over the editions, all on one scale.

    At the foot and the top of each stand the ends of the scale, below it the first and the last year; the latest
    figure of the chosen unit is written beside its point. Lines are dashed across a series break, points hollow
    where the figure was not published so.

    `pieces` are those of `analytics.standing.trend.pieces`: unit, component, year, value (ranks where the scale is
    reversed, else points or per cent), score_status, rank_status, piece, dashed, alone. `components` are (code,
    name, short name) in the order of the panels; `roles` says who is drawn and how, `names` what each is called,
    `years` the first and the last. The table has a row for each component, unit and year.
    """
    rows = _drawn(pieces, components, roles, names, years, scale, caption.lang)
    parts = [_sent(rows), _ends(len(components), scale, caption.lang), _latest(rows)]
    headings = tuple((long.in_(caption.lang), short.in_(caption.lang)) for _, long, short in components)
    return caption.figure(
        "components",
        spec=_spec(headings, years, caption.mode),
        rows=pl.concat(parts, how="diagonal"),
        table=_table(rows, components, caption, ranks=scale.reverse),
    )


def _drawn(
    pieces: pl.DataFrame,
    components: Sequence[tuple[str, Text, Text]],
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    years: tuple[int, int],
    scale: Scale,
    lang: Language,
) -> pl.DataFrame:
    """The points of all lines: in which panel, how far along and how high up."""
    place = {code: number for number, (code, _, _) in enumerate(components)}
    span = max(years[1] - years[0], 1)
    lines = pieces.filter(pl.col("unit").is_in(list(roles)), pl.col("component").is_in(list(place)))
    status = "rank_status" if scale.reverse else "score_status"
    width = scale.high - scale.low or 1
    up = (pl.col("value") - scale.low) / width
    drawn = lines.select(
        "unit",
        "component",
        "year",
        "value",
        "piece",
        "dashed",
        panel=pl.col("component").replace_strict(place, return_dtype=pl.Int8),
        along=((pl.col("year").cast(pl.Float64) - years[0]) / span).cast(pl.Float32),
        up=(1 - up if scale.reverse else up).cast(pl.Float32),
        role=pl.col("unit").replace_strict(roles, return_dtype=pl.String),
        ending=pl.col("year") == pl.col("year").max().over("unit", "component"),
        name=pl.col("unit").replace_strict(names, return_dtype=pl.String),
        hollow=pl.col(status).cast(pl.String).fill_null("computed") != "published",
        alone="alone",
        shape=pl.col("unit").replace_strict(shapes_of(roles), default="circle", return_dtype=pl.String),
    )
    spelt = {code: name.in_(lang) for code, name, _ in components}
    part = pl.col("component").replace_strict(spelt, return_dtype=pl.String)
    # Most points are joined by a line and not drawn; words go only with those that are.
    shown = pl.col("alone") | ((pl.col("role") != "region") & pl.any_horizontal("ending", "hollow"))
    written = pl.col("value").map_elements(
        lambda value: number.decimal(value, scale.digits, lang), return_dtype=pl.String
    )
    points = drawn.filter(shown, ~pl.col("dashed")).select(
        "unit",
        "component",
        "year",
        written=written,
        said=pl.format("{}, {} {}: {}", part, "name", "year", written),
    )
    return drawn.join(points, on=["unit", "component", "year"], how="left", maintain_order="left").with_columns(
        point=pl.col("said").is_not_null() & ~pl.col("dashed"), piece=pl.col("piece").rank("dense").cast(pl.Int16)
    )


def _sent(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows for the browser: points that no mark draws only keep their place on the line, without texts."""
    pointed = [pl.when("point").then(name).alias(name) for name in ("hollow", "said")]
    if rows["shape"].n_unique() > 1:
        pointed.append(pl.when("point").then("shape").alias("shape"))
    return rows.select("panel", "along", "up", "role", "piece", "dashed", "point", *pointed)


def _ends(count: int, scale: Scale, lang: Language) -> pl.DataFrame:
    """What is written at the foot and at the top of every panel."""
    low, high = (number.decimal(value, 0, lang) for value in (scale.low, scale.high))
    ends = (high, low) if scale.reverse else (low, high)
    rows = [
        {"role": "end", "panel": panel, "along": 0.0, "up": up, "said": said}
        for panel in range(count)
        for up, said in zip((0.0, 1.0), ends, strict=True)
    ]
    return pl.DataFrame(rows, schema_overrides={"panel": pl.Int8, "along": pl.Float32, "up": pl.Float32})


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The last figure of the chosen unit in each panel, written beside its point; of members none: too many."""
    last = rows.filter(~pl.col("dashed"), pl.col("ending"), role="own")
    return last.select("panel", "along", "up", role=pl.lit("latest"), said="written")


def _table(
    rows: pl.DataFrame, components: Sequence[tuple[str, Text, Text]], caption: Caption, *, ranks: bool
) -> pl.DataFrame:
    named = {code: name.in_(caption.lang) for code, name, _ in components}
    return (
        rows.filter(~pl.col("dashed"))
        .sort("panel", "unit", "year")
        .select(
            pl.col("component").replace_strict(named).alias(caption.say("column.component")),
            pl.col("name").alias(caption.say("column.name")),
            pl.col("year").alias(caption.say("column.year")),
            pl.col("value").alias(caption.say("column.shown_rank" if ranks else "column.score")),
        )
    )


# Where a panel begins and how large its inside is, computed by the browser from the width there is.
_ACROSS = f"(datum.panel % columns) * across + {_LEFT}"
_INNER = f"(across - {_LEFT + _RIGHT})"
_DOWN = f"floor(datum.panel / columns) * down + {_TOP}"
_TALL = f"(down - {_TOP + _BOTTOM})"


@cache
def _spec(headings: tuple[tuple[str, str], ...], years: tuple[int, int], mode: Mode) -> dict[str, Any]:
    colours, count = PALETTES[mode], len(headings)
    height = _PANEL * -(-count // _FEWEST)
    layers = [
        *_edges(count, colours),
        *_years(count, years, colours),
        _headings(headings, colours),
        _words("end", align="right", dx=-5, fontSize=10, color=colours.quiet),
        *_lines(colours),
        _points(colours),
        _words("latest", align="left", dx=7, fontWeight=600, color=colours.chosen),
    ]
    places = alt.Chart().transform_calculate(
        x=f"{_ACROSS} + datum.along * {_INNER}", y=f"{_DOWN} + (1 - datum.up) * {_TALL}"
    )
    return layered(
        layers,
        height,
        places,
        columns="wide > 900 ? 4 : wide > 600 ? 3 : 2",
        across="wide / columns",
        down=f"{height} / ceil({count} / columns)",
    )


def _x(field: str) -> alt.X:
    """A place in pixels."""
    return alt.X(field, type="quantitative", scale=None, axis=None)


def _y(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", scale=None, axis=None)


def _roles(colours: Palette) -> dict[str, Any]:
    """Each role's colour, for any channel that shows it."""
    return by_role(
        {"region": colours.quiet, "comparator": colours.peer, "member": colours.chosen, "own": colours.chosen}
    )


def _lines(colours: Palette) -> list[alt.Chart]:
    """A layer for each role, so that the chosen unit lies on top; dashed across a series break."""
    widths = {"own": 2.4, "member": 2}
    return [
        alt.Chart()
        .transform_filter(f"datum.role == '{role}'")
        .mark_line(strokeWidth=widths.get(role, 1.4), tooltip=None)
        .encode(
            x=_x("x"),
            y=_y("y"),
            color=alt.Color(**_roles(colours)),
            detail=alt.Detail("piece:N"),
            order=alt.Order("along:Q"),
            strokeDash=alt.StrokeDashValue([1, 0], condition={"test": "datum.dashed", "value": [2, 4]}),
        )
        for role in ("region", "comparator", "member", "own")
    ]


def _points(colours: Palette) -> alt.Chart:
    """Hollow: not printed so."""
    return (
        alt.Chart()
        .transform_filter("datum.point")
        .transform_calculate(form="datum.shape || 'circle'")
        .mark_point(opacity=1, strokeWidth=1.4, size=22)
        .encode(
            x=_x("x"),
            y=_y("y"),
            stroke=alt.Stroke(**_roles(colours)),
            fill=alt.Fill(**_roles(colours), condition={"test": "datum.hollow", "value": colours.ground}),
            shape=alt.Shape("form:N", scale=None),
            tooltip=told(),
        )
    )


def _words(role: str, **look: Any) -> alt.Chart:
    return (
        alt.Chart()
        .transform_filter(f"datum.role == '{role}'")
        .mark_text(tooltip=None, **look)
        .encode(x=_x("x"), y=_y("y"), text=alt.Text("said:N"))
    )


def _framed(panels: alt.Chart) -> alt.Chart:
    """For what is drawn once in every panel: where its sides are."""
    return panels.transform_calculate(
        left=_ACROSS, right=f"{_ACROSS} + {_INNER}", top=_DOWN, foot=f"{_DOWN} + {_TALL}"
    )


def _numbered(count: int) -> alt.Chart:
    return alt.Chart(alt.sequence(0, count, as_="panel"))


def _edges(count: int, colours: Palette) -> list[alt.Chart]:
    """Every panel's upper and lower edge."""
    return [
        _framed(_numbered(count))
        .mark_rule(color=colours.rule, tooltip=None)
        .encode(x=_x("left"), x2=alt.X2("right"), y=_y(side))
        for side in ("top", "foot")
    ]


def _years(count: int, years: tuple[int, int], colours: Palette) -> list[alt.Chart]:
    """The first and the last year below every panel."""
    look: dict[str, Any] = {"fontSize": 10, "color": colours.quiet, "dy": 11, "tooltip": None}
    return [
        _framed(_numbered(count)).mark_text(align=side, text=str(year), **look).encode(x=_x(side), y=_y("foot"))
        for side, year in zip(_SIDES, years, strict=True)
    ]


def _headings(headings: tuple[tuple[str, str], ...], colours: Palette) -> alt.Chart:
    """What each panel shows, as long as there is room."""
    named = [{"panel": panel, "long": long, "short": short} for panel, (long, short) in enumerate(headings)]
    return (
        _framed(alt.Chart(alt.InlineData(named)))
        .transform_calculate(heading="length(datum.long) * 6.7 < across - 8 ? datum.long : datum.short")
        .mark_text(align="left", dx=-_LEFT + 2, dy=-16, color=colours.ink, fontWeight=600, tooltip=None)
        .encode(x=_x("left"), y=_y("top"), text=alt.Text("heading:N"))
    )
