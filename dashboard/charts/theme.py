"""The one theme of all charts: roles, not colours, light and dark; numbers as the language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from data.number import MINUS
from data.text import Language

if TYPE_CHECKING:
    from altair.theme import ConfigKwds, NumberLocaleKwds, ThemeConfig

Mode = Literal["light", "dark"]
MODES: tuple[Mode, ...] = get_args(Mode)

NAME = "vuotbac"
FONT = "Be Vietnam Pro"


@dataclass(frozen=True, slots=True)
class Palette:
    """What a colour is for. Every pair that carries text or a mark is checked for contrast in the tests."""

    ground: str
    ink: str
    quiet: str  # text that is read second
    context: str  # marks that are only background
    rule: str
    chosen: str
    peer: str
    better: str
    worse: str
    target: str
    target_text: str  # the same where it is written, not drawn
    low: str  # the two ends of a sequential scale
    high: str


PALETTES: dict[Mode, Palette] = {
    "light": Palette(
        ground="#FFFFFF",
        ink="#1B2A3A",
        quiet="#5B6977",
        context="#B4BEC8",
        rule="#E6EAEE",
        chosen="#0F4C81",
        peer="#6E8FB0",
        better="#1B7F5C",
        worse="#C4501B",
        target="#B8860B",
        target_text="#8A6508",
        low="#E3ECF4",
        high="#0F4C81",
    ),
    "dark": Palette(
        ground="#10161D",
        ink="#E7ECF1",
        quiet="#A3B0BD",
        context="#4A5866",
        rule="#2A3541",
        chosen="#8CC3F0",
        peer="#6F93B5",
        better="#5CC79C",
        worse="#F0915F",
        target="#E0B450",
        target_text="#E0B450",
        low="#1C2B3A",
        high="#8CC3F0",
    ),
}


def theme(lang: Language = "vi", mode: Mode = "light") -> ThemeConfig:
    """The theme as Altair knows it, under `NAME`: for charts drawn with Altair itself, as in a notebook."""
    return {"config": config(lang, mode)}


@cache
def config(lang: Language, mode: Mode) -> ConfigKwds:
    """The Vega-Lite configuration of every chart."""
    colours = PALETTES[mode]
    return {
        "background": "transparent",
        "font": FONT,
        "locale": {"number": _numbers(lang)},
        "view": {"stroke": None},
        "padding": 4,
        "axis": {
            # Vega reads axes out in English; what a chart says stands in its alternative text.
            "aria": False,
            "labelFont": FONT,
            "titleFont": FONT,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 400,
            "labelColor": colours.quiet,
            "titleColor": colours.quiet,
            "domain": False,
            "ticks": False,
            "gridColor": colours.rule,
            "labelPadding": 6,
        },
        "axisX": {"grid": False},
        "header": {"labelFont": FONT, "labelFontSize": 12, "labelColor": colours.ink, "title": None},
        "legend": {"labelFont": FONT, "titleFont": FONT, "labelColor": colours.quiet, "titleColor": colours.quiet},
        "text": {"font": FONT, "fontSize": 12, "color": colours.ink},
        "title": {
            "font": FONT,
            "subtitleFont": FONT,
            "anchor": "start",
            "frame": "group",
            "fontSize": 16,
            "fontWeight": 600,
            "color": colours.ink,
            "subtitleFontSize": 12,
            "subtitleColor": colours.quiet,
            "subtitlePadding": 6,
            "offset": 12,
        },
        "point": {"size": 50, "filled": True},
        "line": {"strokeWidth": 2, "strokeCap": "round", "strokeJoin": "round"},
    }


def _numbers(lang: Language) -> NumberLocaleKwds:
    decimal, thousands = (",", ".") if lang == "vi" else (".", ",")
    return {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", " ₫"], "minus": MINUS}
