"""A chart as something to read and to take away: what it says, what it draws, whose figures it shows."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.charts.specification import WIDE, alt, plain
from dashboard.charts.theme import PALETTES, Mode, Palette, config
from data.text import Language

FONTS = Path(__file__).parent.parent / "fonts"

# A picture to paste into a slide: wide enough for a title in one or two lines, on a white ground.
_WIDTH = 760
_LETTERS_PER_LINE = 78
_SMALL_LETTERS_PER_LINE = 98

# The light colour of each role, by its dark one.
_IN_LIGHT = {
    getattr(PALETTES["dark"], role.name): getattr(PALETTES["light"], role.name) for role in fields(Palette)
}


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Figure:
    """A chart. `title` states the finding, `subtitle` what is measured, `source` whose figures they are.

    `spec` is Vega-Lite without data; it draws `rows`, which go beside it. `table` is what is taken away as CSV,
    with headings for people. `alt` says in a sentence or two what a reader would see. `name` is the stem of
    files made of it. `width` and `height` (where the page's style sheet gives it) are those of a
    picture, which holds the `files` that the specification names by an address of ours.
    """

    name: str
    title: str
    subtitle: str
    source: str
    alt: str
    spec: dict[str, Any]
    rows: pl.DataFrame
    table: pl.DataFrame
    width: int = field(default=_WIDTH)
    height: int | None = None
    files: Mapping[str, Path] = field(default_factory=dict)

    def sized(self, width: int, height: int | None = None, *, rows: float = 1.0) -> Figure:
        """The same in another size; of a chart in rows, these keep the share `rows` of their height."""
        spec = self.spec if rows == 1.0 else self.spec | {"height": round(rows * self.spec["height"])}
        return replace(self, spec=spec, width=width, height=height or self.height)


def themed(spec: dict[str, Any], lang: Language, mode: Mode) -> dict[str, Any]:
    """The specification with the theme of all charts."""
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json"} | spec | {"config": config(lang, mode)}


def _light(spec: Any) -> Any:
    """A specification as the light page draws it, role by role: a picture lies on white."""
    if isinstance(spec, dict):
        return {key: _light(value) for key, value in spec.items()}
    if isinstance(spec, list):
        return [_light(value) for value in spec]
    return _IN_LIGHT.get(spec, spec) if isinstance(spec, str) else spec


def _inside(spec: Any, files: Mapping[str, Path]) -> Any:
    """A specification with the content of the files that it names by address."""
    if isinstance(spec, dict):
        named = files.get(spec.get("url", ""))
        if named is None:
            return {key: _inside(value, files) for key, value in spec.items()}
        rest = {key: value for key, value in spec.items() if key != "url"}
        return rest | {"values": json.loads(named.read_text(encoding="utf-8"))}
    return [_inside(value, files) for value in spec] if isinstance(spec, list) else spec


def standalone(figure: Figure, lang: Language, *, bare: bool = False) -> dict[str, Any]:
    """The chart with its words around it, as a picture needs them: data inside, light, a width of its own.

    A `bare` one has no words around it: a document prints them itself.
    """
    colours = PALETTES["light"]
    body = _inside(_light(figure.spec), figure.files)
    body.pop("autosize", None)
    params = [WIDE | {"expr": str(figure.width)} if param == WIDE else param for param in body.pop("params", ())]
    if body.get("width") == "container":
        body["width"] = figure.width
    if body.get("height") == "container":
        body["height"] = figure.height
    drawing = body | {"data": {"name": "rows"}}
    spec = {
        "datasets": {"rows": figure.rows.to_dicts()},
        "params": params,
        "vconcat": [drawing] if bare else [drawing, _source(figure, colours)],
        "resolve": {"legend": {"color": "independent"}},
        "spacing": 14,
    }
    if not bare:
        spec["title"] = _title(figure)
    whole = themed(spec, lang, "light")
    padding = 4 if bare else 20
    return whole | {"config": whole["config"] | {"background": colours.ground, "padding": padding}}


def _title(figure: Figure) -> dict[str, Any]:
    title = alt.Title(
        textwrap.wrap(figure.title, _LETTERS_PER_LINE),
        subtitle=textwrap.wrap(figure.subtitle, _SMALL_LETTERS_PER_LINE),
    )
    found: dict[str, Any] = title.to_dict(validate=False)
    return found


def _source(figure: Figure, colours: Palette) -> dict[str, Any]:
    """Whose figures they are, below the drawing."""
    return plain(
        alt.Chart(alt.InlineData([{}]), width=figure.width, height=16)
        .mark_text(align="left", baseline="top", fontSize=11, color=colours.quiet)
        .encode(text=alt.TextValue(textwrap.wrap(figure.source, _SMALL_LETTERS_PER_LINE)), x=alt.XValue(0))
    )
