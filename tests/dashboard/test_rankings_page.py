"""The page as a whole, in both languages: complete, derived, partial, empty, and an order of the 34."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data import intake
from data.frames import Frames
from data.store import Store
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, pick
from tests.stores import copied


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
    assert "PCI không có kỳ đánh giá năm 1999" in shown
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
    copied(store_path, path)
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    app = opened(index="par", year="2025")
    assert "<table" not in body(app)
    table = "Tỉnh,Điểm,Hạng\nHà Nội,91.5,1\nHải Phòng,90.5,2\n".encode()
    store = Store.open(path)
    batch = intake.enter(store, intake.understand("par.csv", table, frames, "par", 2025))
    assert "91,50" in body(app.run())
    intake.undo(store, batch)
    store.close()
    assert "<table" not in body(app.run())


def charts(app: AppTest) -> list[tuple[str, str]]:
    """What the browser draws charts by: where it stays the same, so does the drawing."""
    return [(item.proto.spec, item.proto.alt) for item in app.get("vega_lite_chart")]


def table(app: AppTest) -> str:
    (found,) = [str(item.proto.body) for item in app.get("html") if "<table" in str(item.proto.body)]
    return found


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("view", ["table", "luck", "bands", "map", "tiles", "slope", "merged"])
def test_another_province_sends_no_table_and_no_drawing_again(view: str) -> None:
    app = opened(index="pci", year="2019", province="63-36", view=view)
    before = [table(app)] if view in ("table", "luck", "bands", "merged") else charts(app)
    drawn = charts(app)
    assert "<h2>Nam Định</h2>" in body(app)
    pick(app, "province", "63-22")
    assert "<h2>Quảng Ninh</h2>" in body(app)
    assert 'tr[data-unit="63-22"]' in body(app)
    assert 'tr[data-unit="63-36"] > *' not in body(app)
    assert before == ([table(app)] if view in ("table", "luck", "bands", "merged") else charts(app))
    assert charts(app) == drawn


# What the bands of ranks and the estimates of the 34 say of an edition, in Vietnamese and in English.
BANDS = {
    "complete": (NAM_DINH_2019, ("từ thứ 30 đến thứ 36", "from 30 to 36")),
    "derived": (
        {"index": "pci", "year": "2023", "province": "63-04"},
        ("không phải sai số khảo sát", "not survey error"),
    ),
    "partial": (
        {"index": "par", "year": "2023"},
        ("không thử trọng số khác được", "other weights cannot be tried"),
    ),
    "component": (
        NAM_DINH_2019 | {"component": "transparency"},
        ("Khoảng hạng chỉ có cho", "There are rank bands for the"),
    ),
    "of the 34": (
        PCI_2025 | {"component": "entry_costs", "province": "34-37"},
        ("Khoảng hạng chỉ có", "rank bands"),
    ),
    "empty": ({"index": "par", "year": "2025"}, ("vuotbac import", "vuotbac import")),
}
MERGED = {
    "complete": (NAM_DINH_2019, ("Ninh Bình: ước tính khoảng thứ 20/34", "Ninh Binh: about 20")),
    "nobody": (
        {"index": "pci", "year": "2019"},
        ("Quảng Ninh, Đà Nẵng và Hà Nội dẫn đầu", "Quang Ninh, Da Nang and"),
    ),
    "unmerged": (NAM_DINH_2019 | {"province": "63-22"}, ("không sáp nhập, giữ điểm thật 73,40", "not merged")),
    "derived": ({"index": "pci", "year": "2023", "province": "63-48"}, ("Đà Nẵng", "Da Nang")),
    "partial": ({"index": "par", "year": "2023"}, ("ước tính được 8/34", "8 of the 34")),
    "component": (NAM_DINH_2019 | {"component": "transparency"}, ("PCI 2019, Tính minh bạch", "Transparency")),
    "of the 34": (PCI_2025 | {"component": "entry_costs"}, ("8,58–8,59", "8.58–8.59")),
    "empty": ({"index": "par", "year": "2025"}, ("vuotbac import", "vuotbac import")),
}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", BANDS)
def test_the_bands_of_ranks_say_what_they_are(case: str, lang: Language) -> None:
    params, (vi, en) = BANDS[case]
    shown = body(opened(**params, view="bands", lang=lang))
    assert (vi if lang == "vi" else en) in shown
    assert ("vb-band" in shown.replace(".vb-band", "")) == (case in ("complete", "derived"))


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bands_by_luck_say_what_they_are(lang: Language) -> None:
    shown = body(opened(province="63-36", index="pci", year="2023", view="luck", lang=lang))
    vi, en = "cận trên của sai số khảo sát", "an upper bound on the error of the survey"
    assert (vi if lang == "vi" else en) in shown
    assert "vb-band" in shown.replace(".vb-band", "")
    component = body(opened(index="pci", year="2023", component="transparency", view="luck", lang=lang))
    assert ("may rủi chỉ có cho" if lang == "vi" else "by luck for the") in component


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", MERGED)
def test_the_34_are_shown_as_estimates(case: str, lang: Language) -> None:
    params, (vi, en) = MERGED[case]
    app = opened(**params, view="merged", lang=lang)
    shown = body(app)
    assert (vi if lang == "vi" else en) in shown
    estimated = case not in ("of the 34", "empty")
    assert len(charts(app)) == estimated
    assert (say(lang, "merged.table") in shown) == estimated


@pytest.mark.usefixtures("store")
def test_the_scores_of_the_34_are_chosen_and_written() -> None:
    app = opened(**NAM_DINH_2019, view="merged")
    pick(app, "by", "score")
    assert app.query_params["by"] in ("score", ["score"])
    assert "Điểm ước tính; chấm" in body(app)


@pytest.mark.usefixtures("store")
def test_the_page_says_where_it_stands_in_its_region_and_among_its_like() -> None:
    shown = body(opened(**NAM_DINH_2019))
    assert "Trong vùng Đồng bằng sông Hồng: thứ 7/11" in shown
    assert (
        "10 tỉnh, thành phố tương đồng nhất về thu nhập, dân số, đô thị năm 2019 (vạch cạnh tên): thứ 7/11"
        in shown
    )
    assert 'tr[data-unit="63-66"]' in shown  # Đắk Lắk, the nearest
    partial = body(opened(index="par", year="2023", province="63-36"))
    assert "mới biết hạng của" in partial


@pytest.mark.usefixtures("store")
def test_the_slope_stands_before_the_region_or_the_peers() -> None:
    app = opened(**NAM_DINH_2019, view="slope")
    assert "nét vừa: Đồng bằng sông Hồng" in body(app)
    pick(app, "behind", "peers")
    assert "nét vừa: 10 tỉnh, thành phố tương đồng nhất" in body(app)
    assert app.query_params["behind"] in ("peers", ["peers"])
