"""The tile map: one square per unit, all of one size, so that the small ones are read as well as the large."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts import shades
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.province_map import archipelago
from dashboard.charts.specification import alt, layered
from dashboard.charts.theme import PALETTES, Mode, Palette
from dashboard.text.shades import Measure, Shades
from data.text import Language

_STEP = 46
WIDTH = 520
_LEGEND = 120
_PROVINCE, _ARCHIPELAGO = "datum.kind == 'province'", "datum.kind != 'province'"
# A label of two lines starts higher above the figure.
_SIZE = "indexof(datum.label, '\\n') > 0 ? 9.5 : 9"
_DY = "indexof(datum.label, '\\n') > 0 ? -14 : -8"

# Where the figure is written, and the mark beside it, from the middle of the square.
_FIGURE = 13
_DX = "isValid(datum.shape) ? -3 : 0"
_SIGN_RANK, _SIGN_SCORE = 10, 15


def tile_map(drawn: Shades, tiles: pl.DataFrame, caption: Caption) -> Figure:
    """A square for each unit in the shade of its figure, with the figure in it; dashed where it is unknown.

    `drawn` is what `shades.shaded` found: points, per cent or places, by its `measure`. `tiles` are the rows of
    one unit set of the table `tile`: unit, name, label, row, column, kind; the archipelagos are two of them.
    Outside of the region asked for squares are faded.
    """
    placed = tiles.rename({"name": "place"}).join(drawn.rows, on="unit", how="left")
    beside = [_beside(name, kind, caption.lang) for name, kind in placed.select("place", "kind").iter_rows()]
    rows = placed.with_columns(
        pl.col("inside").fill_null(True),
        pl.col("strong", "chosen").fill_null(False),
        kind=pl.col("kind").cast(pl.String),
        name=pl.coalesce("name", "place"),
        said=pl.coalesce("said", "place"),
        label=pl.Series([_lines(text, caption.lang) for text in placed["label"]]),
        beside=pl.Series(beside, dtype=pl.String),
    )
    height, width = (int(rows.select(pl.col(side).max()).item()) for side in ("row", "column"))
    return caption.figure(
        "tiles",
        spec=_spec(drawn.measure, height, width, caption.lang, caption.mode),
        rows=rows.drop("unit_set", "code", "place"),
        table=shades.table(drawn, caption.lang),
        width=WIDTH,
    )


def short(label: str, lang: Language) -> str:
    """A short label as the language writes it: English pages write names without accents."""
    if lang == "vi":
        return label
    plain = unicodedata.normalize("NFD", label.removeprefix("TP.").replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _lines(label: str, lang: Language) -> str:
    """Two words below each other: a square is narrow on a phone."""
    return short(label, lang).replace(" ", "\n")


def _beside(name: str, kind: str, lang: Language) -> str | None:
    """An archipelago's name and province below its square, a part on a line: the square stands at the edge."""
    return None if kind == "province" else "\n".join(archipelago(name, lang))


@cache
def _spec(measure: Measure, height: int, width: int, lang: Language, mode: Mode) -> dict[str, Any]:
    """`height` and `width` of the grid, in squares."""
    colours = PALETTES[mode]
    grid = alt.Chart().encode(
        x=alt.X("column:O", axis=None, scale=_grid(width)), y=alt.Y("row:O", axis=None, scale=_grid(height))
    )
    layers = [
        # Dashed is what is not known; the archipelagos are not scored.
        _empty(_PROVINCE, [3, 3], lang, colours),
        _empty(_ARCHIPELAGO, [1, 0], lang, colours),
        _of("isValid(datum.value)")
        .mark_rect()
        .encode(
            color=shades.colour(measure, colours, lang, _LEGEND),
            opacity=shades.inside(),
            tooltip=shades.tooltip(lang),
        ),
        _of("datum.chosen").mark_rect(fill=None, stroke=colours.ink, strokeWidth=3, tooltip=None),
        *_words(measure, colours),
        *_archipelagos(colours),
    ]
    return layered(layers, _STEP * height, grid)


def _grid(last: int) -> alt.Scale:
    """Rows or columns, empty ones too."""
    return alt.Scale(domain=list(range(1, last + 1)), paddingInner=0.07, paddingOuter=0.02)


def _of(test: str) -> alt.Chart:
    """A chart of the squares that pass a test."""
    return alt.Chart().transform_filter(test)


def _empty(test: str, dash: list[int], lang: Language, colours: Palette) -> alt.Chart:
    return (
        _of(f"!isValid(datum.value) && {test}")
        .mark_rect(fill="transparent", stroke=colours.quiet, strokeDash=dash)
        .encode(tooltip=shades.tooltip(lang))
    )


def _words(measure: Measure, colours: Palette) -> list[alt.Chart]:
    """What stands in a square: its label, its figure, and right of that how it is known."""
    on_tile: dict[str, Any] = {"condition": {"test": "datum.strong", "value": colours.ground}}
    return [
        _of(_PROVINCE)
        .mark_text(fontSize=alt.ExprRef(_SIZE), lineBreak="\n", lineHeight=10, dy=alt.ExprRef(_DY), tooltip=None)
        .encode(text=alt.Text("label:N"), color=alt.ColorValue(colours.ink, **on_tile), opacity=shades.inside()),
        _of(_PROVINCE)
        .mark_text(fontSize=10, fontWeight=600, dx=alt.ExprRef(_DX), dy=_FIGURE, tooltip=None)
        .encode(text=alt.Text("written:N"), color=alt.ColorValue(colours.ink, **on_tile), opacity=shades.inside()),
        _of("isValid(datum.shape)")
        .mark_point(
            filled=False,
            size=18,
            strokeWidth=1.2,
            opacity=1,
            xOffset=_SIGN_RANK if measure == "rank" else _SIGN_SCORE,
            yOffset=_FIGURE,
            tooltip=None,
        )
        .encode(
            shape=alt.Shape("shape:N", scale=None),
            stroke=alt.StrokeValue(colours.ink, **on_tile),
            opacity=shades.inside(),
        ),
    ]


def _archipelagos(colours: Palette) -> list[alt.Chart]:
    return [
        _of(_ARCHIPELAGO).mark_circle(size=60, color=colours.ink, opacity=1).encode(tooltip=alt.Tooltip("name:N")),
        _of(_ARCHIPELAGO)
        .mark_text(
            fontSize=11,
            align="right",
            baseline="top",
            lineBreak="\n",
            lineHeight=13,
            dx=18,
            dy=26,
            color=colours.ink,
            tooltip=None,
        )
        .encode(text=alt.Text("beside:N")),
    ]
