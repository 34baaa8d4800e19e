"""The pictures of the rankings page, in both languages: whole, derived, partial and empty editions, both sets."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, described, pick

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("rankings", **params)


EDITIONS = {
    "complete": ({"index": "pci", "year": "2019", "province": "63-36"}, 1),
    "derived": ({"index": "pci", "year": "2023", "province": "63-36"}, 1),
    "partial": ({"index": "par", "year": "2023", "province": "63-36"}, 1),
    "of the 34": ({"index": "pci", "year": "2025", "province": "34-37", "component": "entry_costs"}, 1),
    "of 64 units": ({"index": "pci", "year": "2007", "province": "63-36"}, 1),
    "empty": ({"index": "par", "year": "2025", "province": "34-37"}, 0),
}
# What the title of each picture must say, in Vietnamese and in English.
SAID = {
    ("complete", "map"): ("Nam Định 65,09 điểm; trung vị cao nhất ở Đông Nam Bộ (67,00)", "65.09 points"),
    ("complete", "tiles"): ("Nam Định thứ 33/63, thứ 7/11 trong Đồng bằng sông Hồng", "33rd of 63, 7th of 11"),
    ("complete", "slope"): ("từ thứ 35/63 (PCI 2018) lên thứ 33/63 (PCI 2019)", "up to 33rd of 63"),
    ("derived", "map"): ("số liệu suy ra từ số liệu công bố", "derived from published"),
    ("derived", "slope"): ("chấm rỗng", "hollow dots"),
    ("partial", "map"): ("gạch chéo: chưa biết (27)", "hatched: not known (27)"),
    ("partial", "tiles"): ("ô viền đứt: chưa biết (27)", "dashed squares: not known (27)"),
    ("of the 34", "map"): ("Ninh Bình ở vị trí 32 theo thứ tự", "Ninh Binh is number 32 in the order"),
    ("of the 34", "slope"): ("không có kỳ đánh giá nào khác", "no other edition"),
    ("of 64 units", "map"): ("không có trên bản đồ này: Hà Tây", "not on this map: Ha Tay"),
    ("empty", "map"): ("vuotbac import", "vuotbac import"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["map", "tiles", "slope"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_picture_says_what_it_shows(edition: str, view: str, lang: Language) -> None:
    params, count = EDITIONS[edition]
    app = opened(**params, view=view, lang=lang)
    shown = body(app)
    if (edition, view) in SAID:
        vi, en = SAID[edition, view]
        assert (vi if lang == "vi" else en) in shown
    if (edition, view) == ("of the 34", "slope"):
        count = 0
    charts = app.get("vega_lite_chart")
    assert len(charts) == count
    assert "<table" not in shown
    told = described(app)
    assert len(told) == count
    assert all(len(words) > 40 for words in told)
    for chart in charts:
        assert len(chart.proto.spec) < 16_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_archipelagos_are_named(lang: Language) -> None:
    app = opened(index="pci", year="2019", view="map", lang=lang)
    (chart,) = app.get("vega_lite_chart")
    (words,) = described(app)
    spec = json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)
    for name in ("Hoàng Sa", "Trường Sa") if lang == "vi" else ("Hoang Sa", "Truong Sa"):
        assert name in spec
        assert name in words


def test_the_switch_writes_the_address_and_the_table_is_what_it_opens_with() -> None:
    app = opened(index="pci", year="2019", province="63-36")
    assert "<table" in body(app)
    pick(app, "view", "map")
    assert "<table" not in body(app)
    assert app.query_params["view"] in ("map", ["map"])
    pick(app, "view", "table")
    assert "<table" in body(app)
    assert "view" not in app.query_params


def test_the_other_edition_is_chosen_and_written() -> None:
    app = opened(index="pci", year="2023", province="63-36", view="slope")
    assert "thứ 31/63 (PCI 2022)" in body(app)
    pick(app, "from", "2015")
    assert "từ thứ 17/63 (PCI 2015) xuống thứ 45/63 (PCI 2023)" in body(app)
    assert app.query_params["from"] in ("2015", ["2015"])


@pytest.mark.parametrize("view", ["map", "tiles", "slope"])
def test_without_a_province_the_title_is_of_all(view: str) -> None:
    shown = body(opened(index="pci", year="2019", view=view))
    assert {"map": "trung vị điểm cao nhất", "tiles": "dẫn đầu", "slope": "lên nhiều nhất"}[view] in shown


def test_an_unknown_view_is_the_table() -> None:
    assert "<table" in body(opened(index="pci", year="2019", view="xyz"))
