"""Every chart of pages and documents, held against Vega-Lite's schema as Altair ships it."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from jsonschema import Draft7Validator
from PIL import Image
from streamlit.testing.v1 import AppTest

from dashboard import charts
from dashboard.charts.export.drawing import Drawers, Job
from dashboard.charts.row_names import NAMES, folded
from dashboard.charts.specification import alt, layered, load
from dashboard.charts.theme import PALETTES, Mode
from dashboard.documents.content.specification import Specification
from dashboard.documents.deck.text import text_width
from dashboard.documents.pack import pack
from dashboard.text import LANGUAGES
from data.frames import Frames
from data.text import Language
from tests.dashboard.opening import body, opened

# A chart is the same in every language and on every ground but for words and colours: each is met twice.
READERS: tuple[tuple[Language, Mode], ...] = (("vi", "light"), ("en", "dark"))

PCI_2019 = {"index": "pci", "year": "2019"}
NAM_DINH = PCI_2019 | {"province": "63-36"}
NINH_BINH = {"index": "pci", "year": "2025", "province": "34-37"}
# Addresses that show every chart there is, and its layers that are not always there.
PAGES: dict[str, tuple[dict[str, str], ...]] = {
    "overview": (NAM_DINH, NINH_BINH),
    "rankings": (
        NAM_DINH | {"view": "map"},
        NAM_DINH | {"view": "tiles"},
        NAM_DINH | {"view": "slope"},
        NAM_DINH | {"view": "merged"},
        # Hatched, with the signs of how a figure is known; shaded by an order.
        {"index": "par", "year": "2023", "province": "63-36", "view": "map"},
        NINH_BINH | {"component": "entry_costs", "view": "tiles"},
    ),
    "trends": (NAM_DINH, NAM_DINH | {"by": "rank"}, NAM_DINH | {"index": "par", "year": "2023"}, NINH_BINH),
    "weaknesses": (NAM_DINH, NAM_DINH | {"part": "transparency"}),
    "target": (NAM_DINH, NAM_DINH | {"index": "par", "year": "2023"}),
    "change": (NAM_DINH,),
    "drivers": (NAM_DINH, *(NAM_DINH | {"part": part} for part in ("robustness", "forecast", "shares"))),
    "data": (PCI_2019 | {"part": "coverage"},),
}


@cache
def schema() -> Draft7Validator:
    load()
    return Draft7Validator(alt.load_schema())


def wrong(spec: dict[str, Any]) -> list[str]:
    """What is wrong with a specification, each with its place; its rows, for which all is right, are left out."""
    drawn = {key: value for key, value in spec.items() if key != "datasets"}
    return [
        f"{deepest.json_path}: {deepest.message[:200]}"
        for error in schema().iter_errors(drawn)
        for deepest in [max([error, *(error.context or ())], key=lambda item: len(item.absolute_path))]
    ]


def names_outside(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Names of rows left of the drawing, in room that Vega measures: too small before the font is there."""
    named = [layer for layer in spec["layer"] if "datum.folded" in json.dumps(layer.get("transform", ""))]
    return [layer for layer in named if layer["encoding"]["x"]["value"] <= 0]


def drawn_on(app: AppTest) -> Iterator[dict[str, Any]]:
    """The charts of a page once all has come that it computes, and what it keeps folded is opened."""
    app.session_state["tested"] = True
    app.run()
    while 'vb-waiting"' in body(app):
        time.sleep(0.2)
        app.run()
    for item in app.get("vega_lite_chart"):
        yield json.loads(item.proto.spec)


class Sketchers(Drawers):
    """Keeps what is to be drawn, and draws a dot."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[dict[str, Any]] = []

    def begin(self) -> None:
        pass

    def draw(self, jobs: Sequence[Job], progress: Callable[[int, int], None] | None = None) -> list[list[bytes]]:
        self.asked += [job.specification for job in jobs]
        dot = io.BytesIO()
        picture = Image.new("RGB", (40, 40), "white")
        picture.putpixel((20, 20), (0, 0, 0))
        picture.save(dot, "png")
        made = {"png": dot.getvalue(), "svg": b"<svg></svg>", "pdf": b"%PDF"}
        return [[made[kind] for kind, _ in job.forms] for job in jobs]


@pytest.mark.parametrize(("lang", "mode"), READERS)
def test_every_chart_of_the_pages_is_vega_lite(
    lang: Language, mode: Mode, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    monkeypatch.setattr(type(st.context), "theme", SimpleNamespace(type=mode))
    for page, addresses in PAGES.items():
        for params in addresses:
            found = list(drawn_on(opened(page, **params, lang=lang)))
            assert found, (page, params)
            for spec in found:
                assert spec["config"]["title"]["color"] == PALETTES[mode].ink
                assert wrong(spec) == [], (page, params)
                assert names_outside(spec) == [], (page, params)
    assert never_drawn() == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_of_a_name_is_longer_than_its_column(frames: Frames, lang: Language) -> None:
    names = [item.name.in_(lang) for index in frames.indices.values() for item in index.components]
    lines = [line for name in names for line in folded(name).split("\n")]
    assert len(lines) > 40
    # In letters of 12 pixels; the column ends some pixels before the scale, and a line in bold is a little longer.
    assert max(text_width(line, 12, bold=True) for line in lines) < NAMES - 8


def never_drawn() -> list[str]:
    """The charts that none of the addresses shows, by the function that keeps their specifications."""
    modules = [import_module(f"dashboard.charts.{module.name}") for module in iter_modules(charts.__path__)]
    return [
        f"{module.__name__}.{name}"
        for module in modules
        for name, item in vars(module).items()
        if hasattr(item, "cache_info") and item.__module__ == module.__name__ and not item.cache_info().currsize
    ]


@pytest.mark.parametrize("lang", [lang for lang, _ in READERS])
def test_every_chart_of_a_document_is_vega_lite(lang: Language, frames: Frames) -> None:
    sketchers = Sketchers()
    asked = Specification("63-36", ("pci", "par"), 2019, lang=lang)
    pack(frames, asked, ("deck", "report", "images"), drawers=sketchers)
    assert len(sketchers.asked) > 10
    assert [error for spec in sketchers.asked for error in wrong(spec)] == []


def test_a_wrong_name_is_found_wherever_it_stands() -> None:
    dots = alt.Chart().mark_point(size=3).encode(x=alt.X("year:Q", axis=alt.Axis(title=None)))
    spec = layered([dots], 200)
    assert wrong(spec) == []
    for where in ((), ("layer", 0, "mark"), ("layer", 0, "encoding", "x", "axis")):
        broken = deepcopy(spec)
        part: Any = broken
        for step in where:
            part = part[step]
        part["strokeWidht"] = 3
        assert len(wrong(broken)) == 1
