"""What pages add to the address: read into a typed model, written back from it, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Literal

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.session.parameters import Parameters, named

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Example(Parameters):
    by: Literal["score", "rank"] = "score"
    size: int | None = None
    since: int | None = field(default=None, metadata=named("from"))
    units: tuple[str, ...] | None = None
    q: str = ""


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ({}, Example()),
        ({"by": "rank", "size": "12", "from": "2019"}, Example(by="rank", size=12, since=2019)),
        ({"units": "63-01, 63-36,,63-01", "q": "hà"}, Example(units=("63-01", "63-36"), q="hà")),
        ({"units": ""}, Example(units=())),
        # What a field's type has no place for is as if it were not there.
        ({"by": "name", "size": "-3", "from": "²", "since": "2019", "year": "2019"}, Example()),
    ],
)
def test_an_address_is_read_into_the_types_of_the_fields(address: dict[str, str], meant: Example) -> None:
    assert Example.parse(address) == meant


@pytest.mark.parametrize(
    "asked",
    [Example(), Example("rank", 3, 2011, ("63-01",), "q"), Example(units=()), Example(units=("a", "b"))],
)
def test_what_is_written_is_read_again(asked: Example) -> None:
    assert Example.parse(asked.link()) == asked


def test_what_an_address_without_it_means_is_not_written() -> None:
    assert Example().link() == {}
    assert Example(by="score", size=5).link() == {"size": "5"}
    assert Example.parameter("since") == "from"


PAGES = sorted(path.parent.name for path in (ROOT / "dashboard" / "views").glob("*/parameters.py"))


@pytest.mark.parametrize("page", PAGES)
def test_every_model_means_nothing_by_an_empty_address(page: str) -> None:
    module = import_module(f"dashboard.views.{page}.parameters")
    (model,) = (
        item
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Parameters) and item is not Parameters
    )
    assert model.parse({}).link() == {}


def test_a_choice_names_the_edition_that_it_is_about(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))

    def script() -> None:
        from dashboard.views.trends.parameters import TrendParameters

        TrendParameters.write(by="rank")
        TrendParameters.choose("behind", "peers")
        TrendParameters.choose("behind", None)

    app = AppTest.from_function(script)
    app.query_params["province"] = "63-36"
    app.run()
    assert not app.exception
    assert app.query_params == {"province": "63-36", "index": "pci", "year": "2023", "lang": "vi", "by": "rank"}


def test_only_the_session_touches_the_parameters_of_the_address() -> None:
    touching = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "dashboard").rglob("*.py")
        if "st.query_params" in path.read_text(encoding="utf-8")
    }
    assert touching == {"dashboard/session/query.py"}
