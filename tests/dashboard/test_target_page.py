"""The way into the target group, in both languages: complete, derived, partial, empty; 63 and 34 units."""

from __future__ import annotations

import itertools
import json
import re
from typing import Any

import pytest
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("target", **params)


NAM_DINH = {"province": "63-36", "index": "pci"}
BETTER = ("hơn tỷ lệ cơ sở (kỹ năng +3,9 % [1,2; 6,3])", "better than base rates (skill +3.9 % [1.2; 6.3])")
# What is asked for, how many charts there are, and what the page must say in Vietnamese and in English.
CASES: dict[str, tuple[dict[str, str], int, list[tuple[str, str]]]] = {
    "complete": (
        NAM_DINH | {"year": "2019"},
        1,
        [
            ("Nam Định: đường vào nhóm 15 dẫn đầu PCI 2019</h1>", "Nam Dinh: into the first 15 of PCI 2019</h1>"),
            ("Thứ 33/63, 65,09 điểm", "33rd of 63, 65.09 points"),
            ("dưới ngưỡng nhóm 15 dẫn đầu 1,96 điểm", "1.96 points below the threshold of the first 15"),
            ("Cần thêm 2,14 điểm, vượt nhịp tăng", "2.14 more points, beyond the pace"),
            ("ở kỳ kế tiếp: 6 %", "next edition: 6 %"),
            BETTER,
            ("nhóm 18 dẫn đầu; 2 lộ trình cùng thêm 1,89 điểm", "the first 18; 2 routes to the same 1.89 points"),
            ("Thanh tra tỉnh", "Provincial Inspectorate"),
            ("3 trong 6 lần từ quanh mức này", "3 of 6 gained at least 2.14 points"),
        ],
    ),
    "derived": (
        NAM_DINH | {"year": "2023"},
        1,
        [
            ("vượt nhịp tăng của nhóm một phần mười tốt nhất", "beyond the pace of the best tenth"),
            (
                "Giai đoạn 1, trong nhịp tăng của nhóm một phần mười tốt nhất: nhóm 38",
                "A first stage, within the pace of the best tenth: the first 38",
            ),
            ("suy ra từ chỉ số thành phần", "derived from the sub-indices"),
            BETTER,
        ],
    ),
    "inside": (
        {"province": "63-22", "index": "pci", "year": "2023"},
        1,
        [
            ("giữ chỗ trong nhóm 15 dẫn đầu", "staying in the first 15"),
            ("Đã ở trong nhóm 15, không cần lộ trình", "Already among the first 15: no route needed"),
            ("Khả năng còn trong nhóm 15", "Chance to stay among the first 15"),
            ("2,46", "2.46"),
        ],
    ),
    "no next edition": (
        {"province": "63-22", "index": "pci", "year": "2024"},
        1,
        [
            ("Không có xác suất cho kỳ kế tiếp", "No odds for the next edition"),
            ("PCI kế tiếp (2025) không còn chấm đơn vị này", "the next edition of PCI (2025) no longer scores"),
        ],
    ),
    "partial": (
        {"province": "63-36", "index": "par", "year": "2023"},
        1,
        [
            ("chỉ biết là từ 88,38 đến 88,60 điểm", "somewhere between 88.38 and 88.60"),
            ("Còn cách từ 1,06 đến 1,28 điểm", "Still 1.06–1.28 points away"),
            ("mới biết 29/63 tổng điểm", "Only 29 of 63 totals"),
            ("nên chỉ thử được tổng điểm", "so only the total can be tried"),
        ],
    ),
    "total unknown": (
        NAM_DINH | {"year": "2024"},
        1,
        [
            ("Chưa có tổng điểm PCI 2024 của Nam Định", "The PCI 2024 total of Nam Dinh is not known"),
            ("year=2023", "year=2023"),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "successor": (
        {"province": "34-37", "index": "pci", "year": "2025"},
        0,
        [
            ("Ninh Bình: đường vào nhóm 8 dẫn đầu PCI 2025", "Ninh Binh: into the first 8 of PCI 2025"),
            ("province=63-36", "province=63-36"),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "empty": (
        {"province": "34-37", "index": "par", "year": "2025"},
        0,
        [("Chưa có tổng điểm PAR INDEX 2025", "The PAR INDEX 2025 total"), ("Nam Định", "Nam Dinh")],
    ),
    "nobody": (
        {"index": "pci", "year": "2023"},
        1,
        [
            ("<h1>Đường vào nhóm 15 dẫn đầu PCI 2023</h1>", "<h1>Into the first 15 of PCI 2023</h1>"),
            ("Đà Nẵng, thứ 16/63: còn thiếu 0,02 điểm", "Da Nang, 16th of 63: 0.02 points short"),
        ],
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_is_known(case: str, lang: Language) -> None:
    params, charts, expected = CASES[case]
    app = opened(**params, lang=lang)
    shown = body(app)
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    assert len(app.get("vega_lite_chart")) == charts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    shown = body(opened(**NAM_DINH, year="2019", lang=lang))
    for key in ("target.notes", "target.routes.below", "target.odds.without", "target.simulator.rank"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(found) for found in re.findall(r"<h([1-6])", body(opened(**NAM_DINH, year="2019")))]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_group_may_be_another_one() -> None:
    shown = body(opened(**NAM_DINH, year="2019", top="5"))
    assert "đường vào nhóm 5 dẫn đầu PCI 2019" in shown
    assert "ngưỡng của nhóm 5 là 70,15 điểm" in shown
    for wrong in ("0", "64", "x"):
        assert "nhóm 15 dẫn đầu" in body(opened(**NAM_DINH, year="2019", top=wrong))


def dials(app: AppTest) -> dict[str, Any]:
    """What the browser is told about the sliders."""
    return next(data for data in opening.told(app).values() if "groups" in data)


def sliders(app: AppTest) -> dict[str, dict[str, Any]]:
    return {slider["what"]: slider for group in dials(app)["groups"] for slider in group["sliders"]}


def sent(app: AppTest, event: str, value: object) -> AppTest:
    """What the browser sends when a slider is let go or a button pressed."""
    element = next(id for id, data in opening.told(app).items() if "groups" in data)
    states = app._tree.get_widget_states()
    told = states.widgets.add()
    told.id = _make_trigger_id(element, "events")
    told.json_trigger_value = json.dumps([{"event": event, "value": value}])
    return app._run(states)


def written(app: AppTest) -> str:
    found = app.query_params.get("set", "")
    return found[0] if isinstance(found, list) else str(found)


def test_there_is_a_slider_for_each_component_with_what_is_feasible() -> None:
    found = sliders(opened(**NAM_DINH, year="2019"))
    assert len(found) == 10
    assert all(slider["value"] == slider["now"] for slider in found.values())
    assert found["informal_charges"]["reach"] == pytest.approx(6.79408, abs=1e-4)


def test_a_slider_writes_the_address_and_total_rank_and_odds_follow() -> None:
    app = sent(opened(**NAM_DINH, year="2019"), "turned", {"what": "transparency", "value": 7})
    assert written(app) == "transparency:7"
    shown = body(app)
    assert "Mô phỏng: 65,99 điểm, thứ 23/63" in shown
    assert "10 %" in shown
    assert "Vượt nhịp tăng của nhóm một phần mười tốt nhất: Tính minh bạch." in shown
    app = sent(app, "turned", {"what": "transparency", "value": 6.5481})
    assert written(app) == ""


def test_a_route_is_loaded_by_one_click_and_reset_by_another() -> None:
    app = sent(opened(**NAM_DINH, year="2019"), "pressed", "least_effort")
    assert written(app) == "informal_charges:6.53,business_support:6.84"
    # The first stage of the way: into the first eighteen.
    assert "thứ 16/63" in body(app)
    pressed = {button["name"]: button["pressed"] for button in dials(app)["buttons"]}
    # The fewest components are the same steps.
    assert pressed == {"least_effort": True, "most_precedented": False, "reset": False}
    app = sent(app, "pressed", "reset")
    assert written(app) == ""
    assert say("vi", "target.simulator.title") in body(app)


@pytest.mark.parametrize("route", ["least_effort", "fewest_components", "most_precedented"])
@pytest.mark.parametrize(("index", "year"), [("pci", "2019"), ("papi", "2023")])
def test_every_route_leads_into_the_group_when_it_is_loaded(route: str, index: str, year: str) -> None:
    # One with a way straight into the group by way of the routes.
    app = opened(province={"pci": "63-46", "papi": "63-36"}[index], index=index, year=year)
    known = {button["name"] for button in dials(app)["buttons"]}
    if route not in known:
        return  # the same steps as another one
    rank = re.search(r"Mô phỏng: [\d,]+ điểm, thứ (\d+)/", body(sent(app, "pressed", route)))
    assert rank is not None
    assert int(rank[1]) <= 15


def test_a_link_opens_the_same_set_up() -> None:
    app = opened(**NAM_DINH, year="2019", set="transparency:7,land_access:6.5")
    found = sliders(app)
    assert (found["transparency"]["value"], found["land_access"]["value"]) == (7, 6.5)


def test_an_indicator_moves_its_component() -> None:
    app = opened(**NAM_DINH, year="2019", part="transparency")
    assert [group["title"] for group in dials(app)["groups"]] == [
        "Tính minh bạch: 12 chỉ tiêu",
        "Từng chỉ số thành phần",
    ]
    app = sent(app, "turned", {"what": "transparency.predictability", "value": 0.2471698})
    assert written(app) == "transparency.predictability:0.2471698"
    component = sliders(app)["transparency"]
    assert component["fixed"]
    assert component["value"] == pytest.approx(6.5481 + 0.2 * 2.6072, abs=1e-3)


def test_a_component_that_does_not_follow_from_its_indicators_says_so() -> None:
    groups = dials(opened(**NAM_DINH, year="2019", part="labour_training"))["groups"]
    assert "không suy ra chính xác" in groups[0]["title"]
    assert groups[0]["sliders"] == []


@pytest.mark.parametrize(
    "wrong", ["transparency:70", "nonsense:3", "transparency:7,transparency.predictability:0.2", "overall:70"]
)
def test_what_cannot_be_set_is_said_and_the_page_stands(wrong: str) -> None:
    shown = body(opened(**NAM_DINH, year="2019", set=wrong))
    assert "Không dùng được trong địa chỉ, đã bỏ qua" in shown


def test_markup_in_the_address_stays_text() -> None:
    shown = body(opened(**NAM_DINH, year="2019", set="<b>x</b>:7"))
    assert "<b>x</b>" not in shown


def test_what_was_set_for_another_province_is_forgotten_and_a_language_keeps_it() -> None:
    app = opened(**NAM_DINH, year="2019", set="transparency:7")
    app.query_params["lang"] = "en"
    app.run()
    assert written(app) == "transparency:7"
    app.query_params["province"] = "63-04"
    app.run()
    assert written(app) == ""


def test_precedents_are_of_the_component_chosen_and_lead_to_their_trends() -> None:
    shown = body(opened(**NAM_DINH, year="2019", component="transparency"))
    assert "9 trong 19 lần từ quanh mức này đã tăng ít nhất 0,14 điểm" in shown
    assert 'href="trends?province=63-48&amp;index=pci&amp;year=2019&amp;component=transparency' in shown


def test_the_back_test_is_not_drawn_before_it_is_opened() -> None:
    app = opened(**NAM_DINH, year="2019")
    assert 'class="vb-tested"' not in body(app)


@pytest.mark.parametrize("province", ["63-22", "63-04", "63-48", "63-01", "34-22", "34-79"])
@pytest.mark.parametrize("index", ["pci", "par", "sipas", "papi"])
def test_no_province_and_no_index_breaks_the_page(province: str, index: str) -> None:
    assert "<h1>" in body(opened(province=province, index=index))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_margin_of_the_upper_rises_asks_for_more(lang: Language) -> None:
    usual, upper = (body(opened(**NAM_DINH, year="2019", lang=lang, **more)) for more in ({}, {"margin": "p80"}))
    said = ("bách phân vị 80 mức tăng", "80th percentile of the rises")[lang == "en"]
    assert said in upper
    assert said not in usual
    # 1.96 below the threshold, and 1.28 above it to be safe.
    assert ("Cần thêm 3,24 điểm" if lang == "vi" else "3.24 more points") in upper
