"""Whatever stands in an address, a page is drawn: parameters of thousands of digits or letters, on every page."""

from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from dashboard.session.parameters import Parameters
from dashboard.session.person import READ_ONLY
from data.store import Store
from tests.dashboard.opening import body, opened
from tests.stores import copied

VIEWS = Path(__file__).parents[2] / "dashboard" / "views"
PAGES = sorted(path.parent.name for path in VIEWS.glob("*/page.py"))
SHARED = ("province", "index", "year", "component", "lang", "draws", "peers", "group", "part")
LONG = {"digits": "9" * 5000, "letters": "ă" * 5000, "minus": "-" + "1" * 5000}


def parameters(page: str) -> set[str]:
    """All that a page reads from its address."""
    if not (VIEWS / page / "parameters.py").exists():
        return set(SHARED)
    module = import_module(f"dashboard.views.{page}.parameters")
    models = [item for item in vars(module).values() if isinstance(item, type) and issubclass(item, Parameters)]
    return {
        model.parameter(field.name) for model in models if model is not Parameters for field in fields(model)
    } | set(SHARED)


@pytest.mark.parametrize("page", PAGES)
def test_no_parameter_is_too_long(page: str, store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    for value in LONG.values():
        asked = dict.fromkeys(parameters(page), value)
        assert "ngoài dự kiến" not in body(opened(page, **asked))
        # Where the page itself is asked for as it should be.
        known = {"province": "63-36", "index": "pci", "year": "2019", "component": "transparency", "lang": "vi"}
        assert "ngoài dự kiến" not in body(opened(page, **asked | known))


def test_who_loses_the_right_while_he_writes_writes_nothing(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copied(store_path, tmp_path / "store.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    app = opened("data", part="import", index="par", year="2025", lang="vi")
    app.text_area(key="paste-0").set_value("Tỉnh;Điểm\nHà Nội;91,5\n").run()
    app.text_input(key="source-0").set_value("Quyết định 1")
    monkeypatch.setenv(READ_ONLY, "1")
    app.button(key="import-0").click().run()
    assert "Chưa ghi gì. Máy chủ này chạy với --read-only" in body(app)
    with Store.open(path) as store:
        assert store.entered("batch").is_empty()
        assert store.entered("history").is_empty()
