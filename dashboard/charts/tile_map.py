"""The tile map: one square per unit, all of one size, so that the small ones are read as well as the large."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

import polars as pl

from dashboard.charts import shades
from dashboard.charts.caption import Caption, spoken
from dashboard.charts.figure import FIT_WIDTH, Figure
from dashboard.charts.province_map import archipelago
from dashboard.charts.shades import Measure, Shades
from dashboard.charts.theme import PALETTES, Mode
from data.text import Language

_STEP = 46
WIDTH = 520
# A label of two lines starts higher above the figure.
_SIZE = "indexof(datum.label, '\\n') > 0 ? 9.5 : 9"
_DY = "indexof(datum.label, '\\n') > 0 ? -14 : -8"

# Where the figure is written, and the mark beside it, from the middle of the square.
_FIGURE = 13
_DX = "isValid(datum.shape) ? -3 : 0"
_SIGN_RANK, _SIGN_SCORE = 10, 15


def tile_map(drawn: Shades, tiles: pl.DataFrame, caption: Caption) -> Figure:
    """A square for each row of `shades.shaded` that `tiles` (one set of the table `tile`) has a place for."""
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
    return Figure(
        name="tiles",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
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
    colours = PALETTES[mode]
    province, known = "datum.kind == 'province'", "isValid(datum.value)"
    text = {"type": "text", "tooltip": None}
    on_tile = {
        "condition": {"test": "datum.strong", "value": colours.ground},
        "value": colours.ink,
    }
    faded = {"condition": {"test": "datum.inside", "value": 1}, "value": 0.25}
    return {
        "width": "container",
        "height": _STEP * height,
        "autosize": FIT_WIDTH,
        "encoding": {
            "x": _grid("column", width),
            "y": _grid("row", height),
        },
        "layer": spoken(
            [
                *(
                    {
                        # Dashed is what is not known; the archipelagos are not scored.
                        "transform": [{"filter": f"!{known} && {test}"}],
                        "mark": {
                            "type": "rect",
                            "fill": "transparent",
                            "stroke": colours.quiet,
                            "strokeDash": dash,
                        },
                        "encoding": {"tooltip": shades.tooltip(lang)},
                    }
                    for test, dash in ((province, [3, 3]), (f"!({province})", [1, 0]))
                ),
                {
                    "transform": [{"filter": known}],
                    "mark": {"type": "rect"},
                    "encoding": {
                        "color": {
                            "field": "value",
                            "type": "quantitative",
                            "scale": shades.scale(measure, colours.low, colours.high),
                            "legend": _legend(measure, lang),
                        },
                        "opacity": faded,
                        "tooltip": shades.tooltip(lang),
                    },
                },
                {
                    "transform": [{"filter": "datum.chosen"}],
                    "mark": {
                        "type": "rect",
                        "fill": None,
                        "stroke": colours.ink,
                        "strokeWidth": 3,
                        "tooltip": None,
                    },
                },
                {
                    "transform": [{"filter": province}],
                    "mark": text
                    | {"fontSize": {"expr": _SIZE}, "lineBreak": "\n", "lineHeight": 10, "dy": {"expr": _DY}},
                    "encoding": {"text": {"field": "label"}, "color": on_tile, "opacity": faded},
                },
                {
                    "transform": [{"filter": province}],
                    "mark": text | {"fontSize": 10, "fontWeight": 600, "dx": {"expr": _DX}, "dy": _FIGURE},
                    "encoding": {"text": {"field": "written"}, "color": on_tile, "opacity": faded},
                },
                {
                    # How the figure is known, right of it.
                    "transform": [{"filter": "isValid(datum.shape)"}],
                    "mark": {
                        "type": "point",
                        "filled": False,
                        "size": 18,
                        "strokeWidth": 1.2,
                        "opacity": 1,
                        "xOffset": _SIGN_RANK if measure == "rank" else _SIGN_SCORE,
                        "yOffset": _FIGURE,
                        "tooltip": None,
                    },
                    "encoding": {
                        "shape": {"field": "shape", "type": "nominal", "scale": None},
                        "stroke": on_tile,
                        "opacity": faded,
                    },
                },
                {
                    "transform": [{"filter": f"!({province})"}],
                    "mark": {"type": "circle", "size": 60, "color": colours.ink, "opacity": 1},
                    "encoding": {"tooltip": {"field": "name", "type": "nominal"}},
                },
                {
                    "transform": [{"filter": f"!({province})"}],
                    "mark": text
                    | {
                        "fontSize": 11,
                        "align": "right",
                        "baseline": "top",
                        "lineBreak": "\n",
                        "lineHeight": 13,
                        "dx": 18,
                        "dy": 26,
                        "color": colours.ink,
                    },
                    "encoding": {"text": {"field": "beside"}},
                },
            ]
        ),
    }


def _grid(side: str, last: int) -> dict[str, Any]:
    """Rows or columns, empty ones too."""
    scale = {"domain": list(range(1, last + 1)), "paddingInner": 0.07, "paddingOuter": 0.02}
    return {"field": side, "type": "ordinal", "axis": None, "scale": scale}


def _legend(measure: Measure, lang: Language) -> dict[str, Any]:
    return {
        "title": shades.legend_title(measure, lang),
        "orient": "bottom",
        "direction": "horizontal",
        "gradientLength": 120,
        "gradientThickness": 10,
        "titleFontWeight": 400,
        "padding": 8,
        "tickCount": 3,
    }
