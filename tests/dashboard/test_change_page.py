"""Why the rank moved, in both languages: complete, derived, partial, empty, across a regime; 63 and 34 units."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
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
    return opening.opened("change", **params)


NAM_DINH = {"province": "63-36", "index": "pci"}
# What is asked for, how many charts there are, and what the page must say in Vietnamese and in English.
CASES: dict[str, tuple[dict[str, str], int, list[tuple[str, str]]]] = {
    "complete": (
        NAM_DINH | {"year": "2019"},
        2,
        [
            (
                "<h1>Nam Định, PCI 2019: vì sao lên 2 bậc</h1>",
                "<h1>Nam Dinh, PCI 2019: why it moved up 2 places</h1>",
            ),
            ("thứ 33/63", "33rd of 63"),
            ("thứ 58/63", "58th of 63"),
            ("+24,5 bậc", "+24.5 places"),
            ("Tính minh bạch (+2,26 điểm)", "Transparency (+2.26 points)"),
            ("3 tăng điểm mà tụt hạng", "3 rose in score but fell in rank"),
        ],
    ),
    "derived": (
        NAM_DINH | {"year": "2023"},
        2,
        [
            ("vì sao xuống 14 bậc", "why it moved down 14 places"),
            ("suy ra từ số liệu công bố", "derived from published figures"),
            ("hạng tính từ điểm", "rank computed from the scores"),
            ("Chưa biết hạng", "Rank not known"),
        ],
    ),
    "derived without parts": (
        {"province": "63-04", "index": "pci", "year": "2023"},
        1,
        [
            ("Chưa tách được điểm theo từng chỉ số thành phần", "The score cannot be split by sub-index yet"),
            ("PCI 2019 so với PCI 2018", "PCI 2019 against PCI 2018"),
        ],
    ),
    "partial": (
        {"province": "63-49", "index": "par", "year": "2023"},
        1,
        [
            ("Chưa tách được thay đổi hạng", "The change of rank cannot be split yet"),
            ("Chưa đủ tổng điểm của mọi đơn vị (2022, 2023)", "Not all totals are known (2022, 2023)"),
            ("Chưa so được cả điểm và hạng: Tác động", "Neither score nor rank can be compared: Impact"),
        ],
    ),
    "regime": (
        NAM_DINH | {"year": "2013"},
        0,
        [
            ("Không so điểm: cách tính đã đổi", "Scores are not compared: the method changed"),
            ("Cách tính đổi giữa 2012 và 2013", "The method changed between 2012 and 2013"),
            ("vì sao lên 14 bậc", "why it moved up 14 places"),
            ("Hạng xuống", "Rank down"),
        ],
    ),
    "empty": (
        {"province": "34-37", "index": "par", "year": "2025"},
        0,
        [
            ("PAR INDEX 2025 là kỳ đầu tiên của bộ 34", "PAR INDEX 2025 is the first edition of the 34 units"),
            ("Nam Định, PAR INDEX 20", "Nam Dinh, PAR INDEX 20"),
        ],
    ),
    "unknown": (
        {"province": "63-04", "index": "par", "year": "2022"},
        0,
        [
            ("chưa so được PAR INDEX 2022", "PAR INDEX 2022 cannot be compared"),
            ("vuotbac import", "vuotbac import"),
        ],
    ),
    "one of the 34": (
        {"province": "34-37", "index": "pci", "year": "2025"},
        0,
        [("Hà Nam, PCI 2024", "Ha Nam, PCI 2024"), ("Ninh Bình, PCI 2025", "Ninh Binh, PCI 2025")],
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
    shown = body(opened(**NAM_DINH, year="2023", lang=lang))
    for key in ("change.score", "change.rank", "change.table.contribution", "change.reading", "product.tagline"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_province_it_names_those_that_moved_furthest(lang: Language) -> None:
    shown = body(opened(index="pci", year="2019", lang=lang))
    assert len(re.findall(r'href="\?[^"]*province=63-\d\d"', shown)) == 10
    assert say(lang, "change.choose") in shown


def test_tables_are_tables_and_headings_are_in_order() -> None:
    shown = body(opened(**NAM_DINH, year="2019"))
    assert shown.count("<table") == shown.count("<caption") == 2
    assert shown.count('scope="row"') == 2 + 10
    assert shown.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_cells_of_the_crossing_name_every_component_once() -> None:
    shown = body(opened(**NAM_DINH, year="2019"))
    table = shown[shown.index("vb-crossed") :].split("</table>")[0]
    assert table.count("<li>") == 10
    assert [int(count) for count in re.findall(r'vb-count[^"]*">(\d+)', table)] == [3, 3, 4]


@pytest.mark.parametrize("province", ["63-22", "63-36", "63-04", "63-48", "34-37", "34-22"])
@pytest.mark.parametrize(("index", "year"), [("pci", "2005"), ("pci", "2022"), ("par", "2022"), ("sipas", "2024")])
def test_no_province_and_no_edition_breaks_the_page(province: str, index: str, year: str) -> None:
    assert "<h1>" in body(opened(province=province, index=index, year=year))
