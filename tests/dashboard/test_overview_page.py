"""The overview in both languages: complete, derived, partial and empty editions, one of the 63 and of the 34."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, pick

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("overview", **params)


NAM_DINH = {"province": "63-36"}
# What is asked for, and what the page must say to it in Vietnamese and in English.
CASES = {
    "complete": (
        NAM_DINH | {"index": "pci", "year": "2019"},
        [("thứ 33/63", "33rd of 63"), ("65,09", "65.09"), ("so với PCI 2018", "against PCI 2018")],
    ),
    "derived": (
        NAM_DINH | {"index": "pci", "year": "2023"},
        [
            ("thứ 45/63", "45th of 63"),
            ("điểm suy ra; hạng tính từ điểm", "score derived; rank computed"),
            ("3,16 điểm và 30 bậc", "3.16 points and 30 places"),
        ],
    ),
    "partial": (
        NAM_DINH | {"index": "par", "year": "2023"},
        [
            ("thứ 29/63", "29th of 63"),
            ("từ 1,06 đến 1,28 điểm và 14 bậc", "1.06 to 1.28 points and 14 places"),
            ("Chưa biết đủ điểm của PAR INDEX 2023", "Too few scores of PAR INDEX 2023"),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "empty": (
        NAM_DINH | {"index": "par", "year": "2025"},
        [
            ("Nam Định (63-36) từ 1/7/2025 thuộc Ninh Bình", "(63-36) has been part of Ninh Binh"),
            ("PAR INDEX 2025 của 34 tỉnh, thành phố chưa có số liệu", "Nothing is known of PAR INDEX 2025"),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "successor": (
        {"province": "34-37"},
        [
            ("Ninh Bình (từ 1/7/2025)", "Ninh Binh (since 1 July 2025)"),
            ("Hà Nam, PCI 2023", "Ha Nam, PCI 2023"),
            ("PCI 2024 thứ 22/63", "PCI 2024 22nd of 63"),
            ("thứ 1/34 ở Chi phí không chính thức", "1st of 34 on Informal charges"),
        ],
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_is_known(case: str, lang: Language) -> None:
    params, expected = CASES[case]
    app = opened(**params, lang=lang)
    shown = body(app)
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    charts = {"complete": 2, "derived": 2, "partial": 1, "empty": 1, "successor": 1}
    assert len(app.get("vega_lite_chart")) == charts[case]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    shown = body(opened(**NAM_DINH, index="pci", year="2019", lang=lang))
    for key in ("overview.crowding", "overview.onward", "overview.notes", "product.tagline"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_province_it_asks_for_one_and_shows_who_leads(lang: Language) -> None:
    shown = body(opened(lang=lang))
    assert f"<h1>{say(lang, 'overview.start.title')}</h1>" in shown
    assert len(re.findall(r'href="\?province=63-\d\d&', shown)) == 63 + 15
    assert len(re.findall(r'href="\?province=34-\d\d&', shown)) == 34
    assert "63-28" not in shown  # Hà Tây, gone since 2008
    assert "Quảng Ninh" in shown or "Quang Ninh" in shown
    assert ("71,25" if lang == "vi" else "71.25") in shown


def test_the_search_knows_no_accents_and_says_when_nothing_fits() -> None:
    app = opened()
    app.text_input(key="q").set_value("ninh binh").run()
    found = re.findall(r'<li><a href="\?province=(\S\S-\d\d)&', body(app))
    assert found == ["63-37", "34-37"]
    app.text_input(key="q").set_value("qwx").run()
    assert "Không có tỉnh, thành phố nào khớp với “qwx”" in body(app)
    app.text_input(key="q").set_value("").run()
    assert body(app).count("province=63-") == 63 + 15


def test_every_index_has_its_card_with_its_edition() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2015"))
    titles = re.findall(r'<h2><a href="[^"]*"[^>]*>([^<]+)</a>', shown)
    assert titles == ["PCI 2015", "PAR INDEX 2023", "SIPAS 2021", "PAPI 2024"]
    assert "thứ 17/63" in shown
    assert "Mới hơn: PCI 2023 thứ 45/63" in shown


def test_a_province_unknown_in_the_edition_chosen_shows_the_nearest_one_and_says_so() -> None:
    shown = body(opened(province="63-04", index="par", year="2023"))
    assert "Chưa biết PAR INDEX 2023, đây là ấn bản gần nhất đã biết" in shown
    assert re.search(r">PAR INDEX 2015</a>", shown)


def test_an_edition_without_components_borrows_those_of_the_newest_that_has_them() -> None:
    shown = body(opened(province="63-04", index="pci", year="2021"))
    assert "Chưa biết chỉ số thành phần nào của Cao Bằng ở PCI 2021; đây là PCI 2023" in shown


def test_the_order_of_the_components_is_kept_in_the_address() -> None:
    app = opened(**NAM_DINH)
    pick(app, "order", "gap")
    assert not app.exception
    assert app.query_params["order"] in ("gap", ["gap"])
    pick(app, "order", "publisher")
    assert "order" not in app.query_params


def test_links_lead_to_the_same_province_on_the_other_pages() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2019"))
    for page in ("rankings", "trends", "data"):
        assert f'href="{page}?province=63-36&amp;index=pci&amp;year=2019' in shown
    assert 'href="overview?province=34-37' in shown


@pytest.mark.parametrize("province", ["63-22", "63-04", "63-48", "63-01", "34-22", "34-79"])
@pytest.mark.parametrize("index", ["pci", "par", "sipas", "papi"])
def test_no_province_and_no_index_breaks_the_page(province: str, index: str) -> None:
    assert "<h1>" in body(opened(province=province, index=index))


def test_one_of_the_34_asked_for_in_an_edition_of_the_63_is_told_from_its_members() -> None:
    shown = body(opened(province="34-37", index="pci", year="2019"))
    assert "Hà Nam (63-35), Nam Định (63-36), Ninh Bình (63-37)" in shown
    assert f"<h1>{say('vi', 'overview.start.title')}</h1>" in shown


def test_markup_typed_into_the_search_stays_text() -> None:
    shown = body(opened(q="<b>x</b>"))
    assert "<b>x</b>" not in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
