"""What is known of an index as a grid: a row for each component, a column for each edition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.text import say
from data import number
from data.definition import OVERALL, Index, spans
from data.text import Language

# From known in full to not known at all; each differs in shape as well as in colour.
STATES = ("complete", "whole", "partial", "ordered", "none")

_ROW = 30  # height of a row in pixels, for a number to be read
_NARROW = 30 * 16  # below this there is no room for numbers, only for the shapes
_WIDTH = 1000
_GAP = 0.05


def coverage(index: Index, rows: pl.DataFrame, lang: Language, mode: Mode, year: int | None = None) -> Figure:
    """What is known of an index: a cell for each component and edition, with the number of scores known in it.

    A cell's look is its state: `complete` (all, most of them as published), `whole` (all, most of them at second
    hand or derived), `partial` (filled as far as known), `ordered` (no more than order, bounds or ranks), `none`.

    `rows` are those of `analytics.core.coverage.coverage`: year, component, units, scores_known, ranks_known and
    how many are published, provincial, derived, range; all of these are in the table. `year` is the edition
    marked.
    """
    cells = _known(index, rows, lang)
    years = tuple(str(item) for item in index.years)
    names = {code: index.component(code).short.in_(lang) for code in _components(index, rows)}
    states = tuple(state for state in STATES if state in set(cells["state"]))
    return Figure(
        name=f"{index.code}-coverage",
        title=title(index, rows, lang),
        subtitle=say(lang, "data.coverage.subtitle"),
        source=say(
            lang,
            "data.coverage.source",
            publisher=index.publisher.in_(lang),
            index=index.name.in_(lang),
            years=spans(index.years),
        ),
        alt=_alt(index, cells, rows, lang),
        spec=_spec(years, tuple(names.values()), states, str(year), lang, mode),
        rows=cells.drop("index", "component"),
        table=_table(index, rows, lang),
        width=_WIDTH,
    )


def title(index: Index, rows: pl.DataFrame, lang: Language) -> str:
    """The finding: of how many editions the total is known in full, and of which not."""
    totals = rows.filter(component=OVERALL)
    whole = totals.filter(pl.col("scores_known") == pl.col("units"))
    lacking = totals.filter(pl.col("scores_known") < pl.col("units"))
    key = "none" if whole.is_empty() else "all" if lacking.is_empty() else "some"
    return say(
        lang,
        f"data.coverage.title_{key}",
        index=index.name.in_(lang),
        complete=whole.height,
        editions=totals.height,
        lacking=spans(lacking["year"].to_list()),
        known=number.whole(int(totals["scores_known"].sum()), lang),
        of=number.whole(int(totals["units"].sum()), lang),
    )


def state() -> pl.Expr:
    """How far a component of an edition is known: one of `STATES`."""
    known, units = pl.col("scores_known"), pl.col("units")
    published = 2 * pl.col("published") >= known
    return (
        pl.when(known == units)
        .then(pl.when(published).then(pl.lit("complete")).otherwise(pl.lit("whole")))
        .when(pl.col("range") > 0)
        .then(pl.lit("ordered"))
        .when(known > 0)
        .then(pl.lit("partial"))
        .when(pl.col("ranks_known") > 0)
        .then(pl.lit("ordered"))
        .otherwise(pl.lit("none"))
    )


def _components(index: Index, rows: pl.DataFrame) -> list[str]:
    """The components that any edition has, in the definition's order."""
    met = set(rows["component"])
    return [item.code for item in index.components if item.code in met]


def _known(index: Index, rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    column = {year: place for place, year in enumerate(index.years)}
    line = {code: place for place, code in enumerate(_components(index, rows))}
    name = {item.code: item.name.in_(lang) for item in index.components}
    words = {key: say(lang, f"data.state.{key}") for key in STATES}
    place = rows.select(
        "index",
        "year",
        "component",
        "units",
        "scores_known",
        "ranks_known",
        state=state(),
        x=pl.col("year").replace_strict(column, return_dtype=pl.Float64),
        y=pl.col("component").replace_strict(line, return_dtype=pl.Float64),
        name=pl.col("component").replace_strict(name, return_dtype=pl.String),
    )
    return place.with_columns(
        left=pl.col("x") + _GAP,
        right=pl.col("x") + 1 - _GAP,
        top=pl.col("y") + _GAP,
        bottom=pl.col("y") + 1 - _GAP,
        # Where the filled part of a partly known cell ends.
        filled=pl.col("x") + _GAP + (1 - 2 * _GAP) * pl.col("scores_known") / pl.col("units"),
        text=pl.when(pl.col("state") == "none")
        .then(pl.lit(number.MISSING))
        .otherwise(pl.format("{}/{}", "scores_known", "units")),
        words=pl.col("state").replace_strict(words, return_dtype=pl.String),
    ).with_columns(said=pl.format("{} {}: {}, {}", "name", "year", "text", "words"))


def _alt(index: Index, cells: pl.DataFrame, rows: pl.DataFrame, lang: Language) -> str:
    counts = "; ".join(
        f"{count} ({say(lang, f'data.state.{key}')})"
        for key in STATES
        if (count := cells.filter(state=key).height)
    )
    shown = {"index": index.name.in_(lang), "years": spans(index.years), "counts": counts}
    return say(lang, "data.coverage.alt", title=title(index, rows, lang), **shown)


def _table(index: Index, rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    name = {item.code: item.name.in_(lang) for item in index.components}
    words = {key: say(lang, f"data.state.{key}") for key in STATES}
    columns = {
        "year": pl.col("year"),
        "component": pl.col("component").replace_strict(name, return_dtype=pl.String),
        "units": pl.col("units"),
        "scores_known": pl.col("scores_known"),
        "ranks_known": pl.col("ranks_known"),
        **{f"status.{key}": pl.col(key) for key in ("published", "provincial", "derived", "range")},
        "complete": state().replace_strict(words, return_dtype=pl.String),
    }
    return rows.select(
        value.alias(say(lang, key if "." in key else f"column.{key}")) for key, value in columns.items()
    )


@cache
def _spec(
    years: tuple[str, ...],
    names: tuple[str, ...],
    states: tuple[str, ...],
    marked: str,
    lang: Language,
    mode: Mode,
) -> dict[str, Any]:
    """`states` are those that occur, for the legend."""
    grid = _Grid(years, names, marked, PALETTES[mode])
    layers = [_filled(grid), _cells(grid, states, lang), _numbers(grid)]
    return layered(layers, _ROW * len(names), narrow=f"wide < {_NARROW}")


@dataclass(frozen=True, slots=True)
class _Grid:
    """Both axes, for every layer to repeat: one set in a single layer is mixed with the others' defaults."""

    years: tuple[str, ...]
    names: tuple[str, ...]
    marked: str
    colours: Palette

    def x(self, field: str) -> alt.X:
        scale = alt.Scale(domain=[0, len(self.years)], nice=False, zero=False)
        axis = _years_axis(self.years, self.marked, self.colours)
        return alt.X(field, type="quantitative", scale=scale, axis=axis)

    def y(self, field: str) -> alt.Y:
        scale = alt.Scale(domain=[0, len(self.names)], reverse=True, nice=False, zero=False)
        return alt.Y(field, type="quantitative", scale=scale, axis=_names_axis(self.names, self.colours))

    def box(self, right: str) -> dict[str, Any]:
        """A cell from its left edge to `right`."""
        return {"x": self.x("left"), "x2": alt.X2(right), "y": self.y("top"), "y2": alt.Y2("bottom")}


def _filled(grid: _Grid) -> alt.Chart:
    """What is known of a partly known cell, filled from its left edge."""
    return (
        alt.Chart()
        .transform_filter("datum.state == 'partial' || datum.state == 'ordered'")
        .mark_rect(color=grid.colours.context, opacity=0.55, tooltip=None)
        .encode(**grid.box("filled"))
    )


def _cells(grid: _Grid, states: tuple[str, ...], lang: Language) -> alt.Chart:
    """Colour, outline and dashes of a cell's state, explained by one legend."""
    colours = grid.colours
    fill = dict.fromkeys(STATES, "transparent") | {"complete": colours.high}
    stroke = {
        "complete": colours.high,
        "whole": colours.high,
        "partial": colours.context,
        "ordered": colours.quiet,
        "none": colours.rule,
    }
    dashes = {key: [3, 2] if key == "ordered" else [1, 0] for key in STATES}
    legend = _legend(states, lang)

    def of(values: Mapping[str, Any]) -> dict[str, Any]:
        return {"legend": legend, "scale": alt.Scale(domain=[*states], range=[values[key] for key in states])}

    return (
        alt.Chart()
        .mark_bar(strokeWidth=1.5, cornerRadius=2)
        .encode(
            **grid.box("right"),
            tooltip=_tooltip(lang),
            fill=alt.Fill("state:N", **of(fill)),
            stroke=alt.Stroke("state:N", **of(stroke)),
            strokeDash=alt.StrokeDash("state:N", **of(dashes)),
        )
    )


def _tooltip(lang: Language) -> list[alt.Tooltip]:
    columns = {
        "name": "component",
        "year": "year",
        "text": "scores_known",
        "ranks_known": "ranks_known",
        "words": "complete",
    }
    return [alt.Tooltip(f"{name}:N", title=say(lang, f"column.{key}")) for name, key in columns.items()]


def _legend(states: tuple[str, ...], lang: Language) -> alt.Legend:
    words = json.dumps({key: say(lang, f"data.state.{key}") for key in states}, ensure_ascii=False)
    return alt.Legend(
        orient="bottom",
        title=None,
        labelExpr=f"({words})[datum.value]",
        labelLimit=400,
        labelFontSize=12,
        symbolType="square",
        symbolSize=160,
        symbolStrokeWidth=1.5,
        columns=alt.ExprRef(f"narrow ? 1 : {len(states)}"),
        columnPadding=20,
        offset=12,
    )


def _numbers(grid: _Grid) -> alt.Chart:
    light = {"test": "datum.state == 'complete'", "value": grid.colours.ground}
    return (
        alt.Chart()
        .transform_calculate(centre="datum.x + 0.5", line="datum.y + 0.5")
        .mark_text(fontSize=alt.ExprRef("narrow ? 0 : 11"))
        .encode(
            x=grid.x("centre"),
            y=grid.y("line"),
            text=alt.Text("text:N"),
            color=alt.ColorValue(grid.colours.ink, condition=light),
        )
    )


def _years_axis(years: tuple[str, ...], marked: str, colours: Palette) -> alt.Axis:
    listed = json.dumps(years)
    here = f"{listed}[floor(datum.value)] == '{marked}'"
    return alt.Axis(
        orient="top",
        title=None,
        grid=False,
        values=[place + 0.5 for place in range(len(years))],
        labelExpr=f"narrow ? slice({listed}[floor(datum.value)], 2) : {listed}[floor(datum.value)]",
        labelOverlap=True,
        labelFontWeight={"condition": {"test": here, "value": 700}, "value": 400},
        labelColor={"condition": {"test": here, "value": colours.ink}, "value": colours.quiet},
    )


def _names_axis(names: tuple[str, ...], colours: Palette) -> alt.Axis:
    wide = json.dumps(names, ensure_ascii=False)
    folded = json.dumps([_two_lines(name) for name in names], ensure_ascii=False)
    return alt.Axis(
        title=None,
        grid=False,
        values=[place + 0.5 for place in range(len(names))],
        labelExpr=f"narrow ? {folded}[floor(datum.value)] : {wide}[floor(datum.value)]",
        labelFontSize=alt.ExprRef("narrow ? 10 : 12"),
        labelLimit=220,
        labelOverlap=False,
        labelColor=colours.ink,
    )


def _two_lines(name: str) -> list[str]:
    """A name in one or two lines, parted at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) <= 12 or not spaces:
        return [name]
    middle = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return [name[:middle], name[middle + 1 :]]
