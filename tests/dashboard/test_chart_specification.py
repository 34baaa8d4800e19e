"""Altair charts: loaded late, themed in one place, as plain dicts without data."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from dashboard.charts.specification import alt, layered, load, plain
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


# Loaded halfway until somebody looks into it.
_HALF_LOADED = """
import gate

def __getattr__(name):
    gate.looked_into.set()
    raise AttributeError(name)

gate.begun.set()
gate.looked_into.wait()

class Timestamp: ...
"""


@pytest.fixture
def pandas_half_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another thread is loading pandas, as the models do when they are first asked."""
    gate = SimpleNamespace(begun=Event(), looked_into=Event())
    (tmp_path / "pandas.py").write_text(_HALF_LOADED, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(sys.modules, "gate", gate)
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    with ThreadPoolExecutor(1) as other:
        loading = other.submit(import_module, "pandas")
        assert gate.begun.wait(10)
        yield
        gate.looked_into.set()
        loading.result()
    del sys.modules["pandas"]  # what was there before comes back


def test_a_chart_is_drawn_while_another_thread_is_still_loading_pandas(pandas_half_loaded: None) -> None:
    assert plain(alt.Chart().mark_rule(size=3)) == {"mark": {"type": "rule", "size": 3}}
