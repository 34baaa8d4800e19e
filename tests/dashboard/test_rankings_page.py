"""The page as a whole, in both languages: complete, derived, partial, empty, and an order of the 34."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data import intake
from data.frames import Frames
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, pick


@pytest.fixture
def store(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("rankings", **params)


NAM_DINH_2019 = {"index": "pci", "year": "2019", "province": "63-36"}
PCI_2025 = {"index": "pci", "year": "2025"}
# What is asked for, and what the page must say to it in Vietnamese and in English.
CASES = {
    "complete": (NAM_DINH_2019, ("65,09", "65.09"), ("thứ 33/63", "33rd of 63")),
    "derived": (
        {"index": "pci", "year": "2023"},
        ("◇", "◇"),
        ("suy ra từ số liệu công bố", "derived from published"),
    ),
    "partial": ({"index": "par", "year": "2023"}, ("92,18", "92.18"), ("29/63", "29 of 63")),
    "empty": ({"index": "par", "year": "2025"}, ("vuotbac import", "vuotbac import"), ("PAR INDEX 2024",) * 2),
    "order": (PCI_2025 | {"component": "entry_costs"}, ("8,58–8,59", "8.58–8.59"), ("Thứ tự", "Order")),
}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_a_page_says_what_it_shows(case: str, lang: Language) -> None:
    params, *expected = CASES[case]
    shown = body(opened(**params, lang=lang))
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    assert ("<table" in shown) == (case != "empty")
    assert ('class="vb-computed"' in shown) == (case in ("derived", "order"))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    shown = body(opened(index="pci", year="2019", province="63-36", lang=lang))
    for key in ("column.name", "column.score", "rankings.notes", "product.tagline", "column.rank_in_region"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


@pytest.mark.usefixtures("store")
def test_the_bare_address_opens_the_newest_whole_edition() -> None:
    assert "<h1>PCI 2023: xếp hạng 63 tỉnh, thành phố</h1>" in body(opened())


@pytest.mark.usefixtures("store")
def test_a_wrong_address_gives_a_sentence_and_a_page() -> None:
    shown = body(opened(index="pci", year="1999"))
    assert "PCI không có ấn bản năm 1999" in shown
    assert "<table" in shown


@pytest.mark.usefixtures("store")
def test_choosing_writes_the_address_and_keeps_the_rest() -> None:
    app = opened(index="pci", year="2019", province="63-36")
    pick(app, "component", "transparency")
    assert "PCI 2019, Tính minh bạch" in body(app)
    pick(app, "year", "2018")
    assert "PCI 2018, Tính minh bạch" in body(app)
    assert "<h2>Nam Định</h2>" in body(app)
    expected = {"index": "pci", "year": "2018", "component": "transparency", "province": "63-36", "lang": "vi"}
    assert {
        key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()
    } == expected


@pytest.mark.usefixtures("store")
def test_search_and_region_narrow_the_rows_and_not_the_ranks() -> None:
    app = opened(index="pci", year="2019")
    app.text_input(key="q").set_value("thai binh").run()
    assert body(app).count('scope="row"') == 1
    app.text_input(key="q").set_value("").run()
    pick(app, "region", "south_east")
    assert body(app).count('scope="row"') == 6
    assert ">13</span>" in body(app)  # Bình Dương, 13th of the country, second of its region


@pytest.mark.usefixtures("store")
def test_an_unknown_province_of_a_partial_edition_is_said_to_be_unknown() -> None:
    shown = body(opened(index="par", year="2023", province="63-02"))
    assert "Chưa biết điểm và hạng của Hà Giang" in shown


@pytest.mark.usefixtures("store")
def test_an_edition_with_components_but_no_total_leads_to_them() -> None:
    shown = body(opened(index="pci", year="2025"))
    assert shown.count("component=") == 9
    assert "<table" not in shown


def test_an_import_appears_at_the_next_rerun(
    store_path: Path, frames: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.duckdb"
    shutil.copyfile(store_path, path)
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    app = opened(index="par", year="2025")
    assert "<table" not in body(app)
    table = "Tỉnh,Điểm,Hạng\nHà Nội,91.5,1\nHải Phòng,90.5,2\n".encode()
    batch = intake.enter(path, intake.understand("par.csv", table, frames, "par", 2025))
    assert "91,50" in body(app.run())
    intake.undo(path, batch)
    assert "<table" not in body(app.run())
