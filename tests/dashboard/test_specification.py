"""Altair charts: loaded late, themed in one place, as plain dicts without data."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dashboard.charts.specification import alt, layered, load
from dashboard.charts.theme import MODES, NAME, Mode, config
from dashboard.text import LANGUAGES
from data.text import Language

_IMPORT_ALL = """
import sys
from importlib import import_module
from pkgutil import walk_packages

import dashboard

for module in walk_packages(dashboard.__path__, "dashboard."):
    # These run when they are imported.
    if module.name not in ("dashboard.app", "dashboard.command.__main__"):
        import_module(module.name)
assert "dashboard.charts.trend" in sys.modules
assert "altair" not in sys.modules
"""


def test_no_module_of_the_dashboard_imports_altair_before_a_chart_is_drawn() -> None:
    subprocess.run([sys.executable, "-c", _IMPORT_ALL], check=True)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_altair_knows_the_theme(lang: Language, mode: Mode) -> None:
    load()
    with alt.theme.enable(NAME, lang=lang, mode=mode):
        chart = alt.Chart(alt.NamedData("rows")).mark_point().to_dict()
    assert chart["config"] == config(lang, mode)


def test_a_specification_holds_neither_rows_nor_theme() -> None:
    dots = alt.Chart().mark_point(size=3).encode(x="year:Q", tooltip=[alt.Tooltip("said:N", title="")])
    frame = alt.Chart(alt.InlineData([{}])).mark_rule().encode(y=alt.YValue(4))
    assert layered([frame, dots], 200, half="wide / 2") == {
        "width": "container",
        "height": 200,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "params": [{"name": "wide", "expr": "width"}, {"name": "half", "expr": "wide / 2"}],
        "layer": [
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "aria": False},
                "encoding": {"y": {"value": 4}},
            },
            {
                "mark": {"type": "point", "size": 3},
                "encoding": {
                    "x": {"field": "year", "type": "quantitative"},
                    "tooltip": [{"field": "said", "type": "nominal", "title": ""}],
                    "description": {"field": "said"},
                },
            },
        ],
    }
