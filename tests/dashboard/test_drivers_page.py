"""Drivers, weights, forecast and shares, in both languages: complete, derived, partial, empty; 63 and 34 units."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from analytics.drivers import estimates
from dashboard.text import LANGUAGES, say
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import answered, body

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return answered(opening.opened("drivers", **params))


NAM_DINH = {"province": "63-36", "index": "pci"}
ROBUSTNESS, FORECAST, SHARES = ({"part": part} for part in ("robustness", "forecast", "shares"))
# What is asked for, how many charts there are, and what the page must say in Vietnamese and in English.
CASES: dict[str, tuple[dict[str, str], int, list[tuple[str, str]]]] = {
    "drivers": (
        NAM_DINH | {"year": "2019"},
        3,
        [
            (
                "<h1>PCI 2015–2019 và số doanh nghiệp mới trên 1.000 dân một năm sau</h1>",
                "<h1>PCI 2015–2019 and new firms per 1,000 people one year later</h1>",
            ),
            ("Không chỉ số thành phần nào trong 10", "None of 10 sub-indices"),
            ("315 quan sát của 63 tỉnh, thành phố, 2016–2020", "315 observations of 63 provinces, 2016–2020"),
            ("không phải nhân quả", "not causation"),
            ("0,900", "0.900"),
        ],
    ),
    "drivers, partial": (
        {"province": "63-36", "index": "par", "year": "2023"},
        0,
        [
            (
                "PAR INDEX và số doanh nghiệp mới trên 1.000 dân: chưa đủ số liệu",
                "PAR INDEX and new firms per 1,000 people: not",
            ),
            ("1/63 tỉnh", "1 of 63"),
            (
                "PCI và số doanh nghiệp mới trên 1.000 dân: 2016–2020",
                "PCI and new firms per 1,000 people: 2016–2020",
            ),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "drivers, empty, one of the 34": (
        {"province": "34-37", "index": "par", "year": "2025", "outcome": "fdi"},
        0,
        [("Chưa có năm nào biết cả vốn FDI đăng ký", "No year has both FDI registered")],
    ),
    "weights": (
        ROBUSTNESS | NAM_DINH | {"year": "2019"},
        2,
        [
            (
                "<h1>Nam Định, PCI 2019: thứ 33/63, từ thứ 30 đến thứ 36",
                "<h1>Nam Dinh, PCI 2019: 33rd of 63, between 30th and 36th",
            ),
            ("Bỏ Tính minh bạch, Nam Định lên thứ 27", "Without Transparency, Nam Dinh moves up to 27th"),
            ("không lượt nào trong nhóm 15", "among the first 15 in none"),
        ],
    ),
    "weights, derived, a city": (
        ROBUSTNESS | {"province": "63-48", "index": "pci", "year": "2023"},
        2,
        [
            (
                "Đà Nẵng, PCI 2023: thứ 16/63, từ thứ 9 đến thứ 17",
                "Da Nang, PCI 2023: 16th of 63, between 9th and 17th",
            )
        ],
    ),
    "weights, no province": (
        ROBUSTNESS | {"index": "pci", "year": "2023"},
        1,
        [
            ("11 tỉnh, thành phố trong nhóm 15", "11 provinces are among the first 15"),
            (say("vi", "drivers.choose"), say("en", "drivers.choose")),
        ],
    ),
    "weights, partial": (
        ROBUSTNESS | {"province": "63-36", "index": "par", "year": "2023"},
        0,
        [
            ("PAR INDEX 2023: chưa thử được trọng số khác", "PAR INDEX 2023: other weights"),
            ("PCI 2023", "PCI 2023"),
        ],
    ),
    "weights, one of the 34": (
        ROBUSTNESS | {"province": "34-37", "index": "pci", "year": "2025"},
        0,
        [("Còn thiếu gì", "What is missing"), (">PCI 2023</a>", ">PCI 2023</a>")],
    ),
    "forecast": (
        FORECAST | NAM_DINH | {"year": "2019"},
        2,
        [
            ("<h1>Nam Định, PCI 2020: dự báo 65,18 điểm", "<h1>Nam Dinh, PCI 2020: 65.18 points expected"),
            ("thực tế 63,10, trong khoảng", "it came to 63.10, inside the interval"),
            (
                "Dự báo sát hơn cứ lấy điểm cũ ở 7/10 kỳ",
                "closer than taking the last score in 7 of 10 editions",
            ),
        ],
    ),
    "forecast, derived": (
        FORECAST | NAM_DINH | {"year": "2023"},
        2,
        [
            (
                "chưa dự báo được vì chưa đủ kỳ cùng cách tính",
                "no forecast, because there are not enough editions",
            ),
            (">Từ PCI 2020</a>", ">From PCI 2020</a>"),
        ],
    ),
    "forecast, partial": (
        FORECAST | {"province": "63-36", "index": "par", "year": "2023"},
        1,
        [("Chưa thử lại được dự báo", "be tested yet"), (">PCI</a>", ">PCI</a>")],
    ),
    "forecast, one of the 34": (
        FORECAST | {"province": "34-37", "index": "pci", "year": "2025"},
        1,
        [("Hà Nam, PCI 2020", "Ha Nam, PCI 2020")],
    ),
    "forecast, no province": (
        FORECAST | {"index": "papi", "year": "2022"},
        1,
        [("Dự báo điểm PAPI: chọn tỉnh", "Forecast of PAPI: choose a province")],
    ),
    "shares": (
        SHARES | {"index": "pci", "year": "2019"},
        1,
        [
            ("<h1>PCI 2019: điều gì làm các tỉnh khác nhau</h1>", "<h1>PCI 2019: what sets provinces apart</h1>"),
            (
                "Hỗ trợ doanh nghiệp và Đào tạo lao động tạo ra 49 %",
                "Business support and Labour training account for 49 %",
            ),
        ],
    ),
    "shares, derived": (SHARES | {"index": "pci", "year": "2023"}, 1, [("PCI 2023", "PCI 2023")]),
    "shares, partial": (
        SHARES | {"index": "pci", "year": "2022"},
        0,
        [
            ("PCI 2022 chưa đủ số liệu để chia chênh lệch", "PCI 2022 has too few figures"),
            (">PCI 2019</a>", ">PCI 2019</a>"),
        ],
    ),
    "shares, empty": (
        SHARES | {"index": "par", "year": "2025"},
        0,
        [("PAR INDEX 2025 chưa đủ số liệu", "PAR INDEX 2025 has too few figures")],
    ),
    "shares, weights unknown": (
        SHARES | {"index": "pci", "year": "2025"},
        0,
        [("Chưa biết trọng số", "The weight of each")],
    ),
    "shares, no components": (
        SHARES | {"index": "sipas", "year": "2024"},
        0,
        [("SIPAS 2024 không có thành phần", "SIPAS 2024 has no components")],
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
    assert shown.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert shown.count("<table") == shown.count("<caption")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    shown = body(opened(**NAM_DINH, year="2019", lang=lang))
    for key in ("drivers.table.interval", "drivers.table.detectable", "drivers.reading", "product.tagline"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


def test_parts_and_outcomes_are_chosen_and_kept_in_the_address() -> None:
    app = opened(**NAM_DINH, year="2019", part="shares")
    assert {"part", "index", "year"} <= opening.filters(app).keys()
    app = opening.pick(app, "part", "robustness")
    assert app.query_params["part"] == "robustness"
    assert "Nam Định, PCI 2019: thứ 33/63" in body(app)
    app = opening.pick(app, "index", "par")
    assert "chưa thử được trọng số khác" in body(app)
    app = answered(opening.pick(app, "part", "drivers"))
    assert "part" not in app.query_params
    assert [option[0] for option in opening.filters(app)["outcome"]["options"]] == [
        "new_firms",
        "private_investment",
        "grdp_per_head",
        "fdi",
    ]


def test_the_figures_of_the_project_are_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(table: object) -> None:
        raise AssertionError(table)

    monkeypatch.setattr(estimates, "computed", never)
    app = opened(index="papi", outcome="private_investment")
    assert len(app.get("vega_lite_chart")) == 3


def test_while_it_computes_the_page_says_so_and_has_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that people have brought in are not at hand."""
    monkeypatch.setattr(estimates, "_kept", lambda: {"estimates": {}})
    app = opening.opened("drivers", index="papi", outcome="grdp_per_head")
    shown = body(app)
    assert "PAPI 2017–2024 và GRDP bình quân đầu người một năm sau" in shown
    assert say("vi", "drivers.computing") in shown
    assert not app.get("vega_lite_chart")
    assert len(answered(app).get("vega_lite_chart")) == 3


def test_a_cross_section_has_its_year_and_says_what_it_is() -> None:
    app = opened(index="pci", outcome="fdi", **{"in": "2016"})
    shown = body(app)
    assert "PCI 2015 và vốn FDI đăng ký 2016: lát cắt một năm" in shown
    assert "LÁT CẮT MỘT NĂM" in shown
    assert opening.filters(app)["in"]["value"] == "2016"


@pytest.mark.parametrize("part", ["robustness", "forecast", "shares"])
@pytest.mark.parametrize("province", ["63-22", "63-04", "63-48", "34-37", "34-22"])
@pytest.mark.parametrize(
    ("index", "year"), [("pci", "2005"), ("par", "2022"), ("papi", "2024"), ("sipas", "2024")]
)
def test_no_province_and_no_edition_breaks_the_page(part: str, province: str, index: str, year: str) -> None:
    assert "<h1>" in body(opened(part=part, province=province, index=index, year=year))
