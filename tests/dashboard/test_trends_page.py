"""The trends in both languages: complete, derived, partial and empty editions, one of the 63 and of the 34."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, described, pick

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("trends", **params)


def charts(app: AppTest) -> list[dict[str, object]]:
    return [json.loads(item.proto.spec) for item in app.get("vega_lite_chart")]


NAM_DINH = {"province": "63-36"}
NINH_BINH = {"province": "34-37"}
# What is asked for, what the page must say to it in Vietnamese and in English, and how many charts it has.
CASES: dict[str, tuple[dict[str, str], list[tuple[str, str]], int]] = {
    "complete": (
        NAM_DINH | {"index": "pci", "year": "2019"},
        [("từ thứ 17/63 (2015) xuống thứ 33/63 (2019)", "from 17th of 63 (2015) down to 33rd of 63 (2019)")],
        3,
    ),
    "derived": (
        NAM_DINH | {"index": "pci", "year": "2023"},
        [
            ("từ thứ 17/63 (2015) xuống thứ 45/63 (2023)", "from 17th of 63 (2015) down to 45th of 63 (2023)"),
            ("từ 65,29 (2022) lên 65,65 điểm (2023)", "from 65.29 (2022) up to 65.65 points (2023)"),
            ("chấm rỗng", "hollow dots"),
        ],
        3,
    ),
    "partial": (
        NAM_DINH | {"index": "par", "year": "2023"},
        [("Chưa biết điểm các năm: 2012–2016", "No score is known for: 2012–2016"), ("chấm rỗng", "hollow dots")],
        2,
    ),
    "successor": (
        NINH_BINH | {"index": "pci", "year": "2025"},
        [
            ("gồm: Hà Nam, Nam Định, Ninh Bình", "consists of: Ha Nam, Nam Dinh, Ninh Binh"),
            ("không nối tiếp các chuỗi này", "do not continue these series"),
            ("Nam Định thứ 45/63 (2023)", "Nam Dinh 45th of 63 (2023)"),
            (
                "ước tính khoảng thứ 20/34 theo PCI 2023, 90 % từ thứ 9 đến thứ 26",
                "about 20th of 34 as estimated from PCI 2023, between 9 and 26 at 90 %",
            ),
            ("ước tính của Vượt Bậc, không phải số công bố", "estimated by Vượt Bậc, not published"),
            ("Ninh Bình ước tính theo trung bình dân số", "Ninh Binh estimated by the population-weighted mean"),
        ],
        4,
    ),
    "successor without figures of its own": (
        NINH_BINH | {"index": "par", "year": "2025"},
        [("Trước khi hợp thành Ninh Bình", "Before they became Ninh Binh")],
        2,
    ),
    "unmerged": (
        {"province": "34-22", "index": "par", "year": "2025"},
        [("không sáp nhập năm 2025", "was not merged in 2025")],
        2,
    ),
    "nothing": (
        {"province": "63-02", "index": "par", "year": "2023", "component": "impact"},
        [("Chưa biết điểm và hạng nào của Hà Giang", "No score or rank of Ha Giang"), ("vuotbac import",) * 2],
        0,
    ),
    "nobody": ({"index": "pci", "year": "2019"}, [("Chọn tỉnh, thành phố", "Choose a province")], 0),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_page_says_what_it_shows(case: str, lang: Language) -> None:
    params, expected, count = CASES[case]
    app = opened(**params, lang=lang)
    shown = body(app)
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    assert len(charts(app)) == count


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    app = opened(**NAM_DINH, index="pci", year="2019", lang=lang)
    shown = body(app) + json.dumps(charts(app), ensure_ascii=False)
    for key in ("trends.breaks", "trends.hollow"):
        assert say(other, key) not in shown
    assert say(lang, "trends.breaks") in shown


def test_every_chart_says_in_words_what_it_shows() -> None:
    app = opened(**NAM_DINH, index="pci", year="2023", lang="vi")
    told = described(app)
    assert len(told) == len(app.get("vega_lite_chart")) > 0
    assert all(len(words) > 40 for words in told)


def test_comparators_are_read_from_the_address_and_written_to_it() -> None:
    app = opened(**NAM_DINH, index="pci", year="2023", rivals="63-37,63-35")
    assert app.multiselect(key="comparators").value == ["63-37", "63-35"]
    assert "nét xanh nhạt: Ninh Bình, Hà Nam" in body(app)
    app.multiselect(key="comparators").set_value(["63-22"]).run()
    assert "nét xanh nhạt: Quảng Ninh" in body(app)
    assert app.query_params["rivals"] in ("63-22", ["63-22"])


def test_a_comparator_that_does_not_exist_is_named_and_left_out() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2023", rivals="34-37,xyz,63-36"))
    assert "Ninh Bình, xyz không có trong bộ 63" in shown
    assert "nét xanh nhạt" not in shown


def test_components_switch_to_ranks_and_the_address_says_so() -> None:
    app = opened(**NAM_DINH, index="pci", year="2023")
    assert "tăng điểm ở 6, giảm ở 4 trong 10 chỉ số thành phần" in body(app)
    pick(app, "by", "rank")
    assert "lên hạng ở" in body(app)
    assert app.query_params["by"] in ("rank", ["rank"])


def test_a_component_has_a_trend_of_its_own() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2023", component="transparency"))
    assert "<h1>Nam Định: PCI, Tính minh bạch qua các kỳ</h1>" in shown


@pytest.mark.parametrize(
    "params", [NAM_DINH | {"index": "pci"}, {"province": "34-37", "index": "pci", "year": "2025"}]
)
@pytest.mark.parametrize("by", ["score", "rank"])
def test_another_province_sends_no_drawing_again(params: dict[str, str], by: str) -> None:
    app = opened(**params, by=by)
    before = [(item.proto.spec, item.proto.alt) for item in app.get("vega_lite_chart")]
    pick(app, "province", "63-22" if "year" not in params else "34-80")
    after = [(item.proto.spec, item.proto.alt) for item in app.get("vega_lite_chart")]
    assert before
    assert {*before} == {*after}


def test_little_is_sent_for_a_drawing() -> None:
    for params in (NAM_DINH | {"index": "pci"}, NINH_BINH | {"index": "pci", "year": "2025"}):
        for item in opened(**params).get("vega_lite_chart"):
            assert len(item.proto.data.data) + len(item.proto.spec) < 50_000


def test_the_background_is_the_region_or_the_peers() -> None:
    app = opened(**NAM_DINH, index="pci", year="2023")
    assert "nét mảnh xám: các tỉnh khác trong Đồng bằng sông Hồng" in body(app)
    assert "trung vị Đồng bằng sông Hồng" in body(app)
    pick(app, "behind", "peers")
    assert "nét mảnh xám: 10 tỉnh, thành phố tương đồng nhất" in body(app)
    assert "trung vị 10 tỉnh, thành phố tương đồng nhất" in body(app)
    assert app.query_params["behind"] in ("peers", ["peers"])
    assert "không nơi nào thật giống" in body(opened(province="63-79", index="pci", year="2023", behind="peers"))


def test_a_component_of_one_of_the_34_has_its_band_too() -> None:
    shown = body(opened(**NINH_BINH, index="pci", year="2025", component="transparency", lang="en"))
    assert "as estimated from PCI 2023, Transparency" in shown
