"""The overview in both languages: complete, derived, partial and empty editions, one of the 63 and of the 34."""

from __future__ import annotations

import itertools
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
# What stands on the first screen of a complete edition: both sides with who answers, the sentence, the odds.
WHOLE = [
    ("Kéo giảm nhiều nhất", "Main weaknesses"),
    ("−0,91", "−0.91"),
    ("Sở Tài chính", "Department of Finance"),
    ("(trước là Sở Kế hoạch và Đầu tư)", "(formerly of Planning and Investment)"),
    ("tăng 2 bậc PCI so với năm 2018", "moved up 2 places on PCI against 2018"),
    ("Khả năng vào nhóm 15 ở kỳ kế tiếp: 6 %", "Chance to be among the first 15 of the next edition: 6 %"),
    ("hơn tỷ lệ cơ sở (kỹ năng +3,9 % [1,2; 6,3])", "better than base rates (skill +3.9 % [1.2; 6.3])"),
]
# What is asked for, and what the page must say to it in Vietnamese and in English.
CASES = {
    "complete": (
        NAM_DINH | {"index": "pci", "year": "2019"},
        [("thứ 33/63", "33rd of 63"), ("65,09", "65.09"), ("so với 2018", "since 2018"), *WHOLE],
    ),
    "derived": (
        NAM_DINH | {"index": "pci", "year": "2023"},
        [
            ("thứ 45/63", "45th of 63"),
            ("điểm suy ra; hạng tính từ điểm", "score derived; rank computed"),
            ("3,16 điểm và 30 bậc", "3.16 points and 30 places"),
            ("Cách nhóm 15: 3,16 điểm, 30 bậc", "To the top 15: 3.16 points, 30 places"),
            ("suy ra từ chức năng", "inferred from its mandate"),
        ],
    ),
    "partial": (
        NAM_DINH | {"index": "par", "year": "2023"},
        [
            ("thứ 29/63", "29th of 63"),
            ("từ 1,06 đến 1,28 điểm và 14 bậc", "1.06–1.28 points and 14 places"),
            ("Chưa biết đủ điểm của PAR INDEX 2023", "Too few scores of PAR INDEX 2023"),
            ("vuotbac import", "vuotbac import"),
            (
                "Chưa biết lĩnh vực nào của Nam Định ở PAR INDEX nên",
                "No field of Nam Dinh is known on PAR INDEX, so",
            ),
            ("PAR INDEX 2023 mới biết 29/63 tổng điểm", "Only 29 of 63 totals of PAR INDEX 2023 are known"),
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
            ("PCI 2024: thứ 22/63", "PCI 2024: 22nd of 63"),
            ("thứ 1/34 ở Chi phí không chính thức", "1st of 34 on Informal charges"),
            ("ước tính khoảng thứ 20/34 theo PCI 2023, 90 % từ thứ 9 đến thứ 26", "about 20th of 34 as estimated"),
            ("Vị trí thấp nhất", "Lowest places"),
            ("Không có xác suất cho kỳ kế tiếp", "No odds for the next edition"),
            ("không phải số liệu công bố", "not published figures"),
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
    charts = {"complete": 2, "derived": 2, "partial": 1, "empty": 1, "successor": 2}
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
    assert ("Quảng Ninh" if lang == "vi" else "Quang Ninh") in shown
    assert ("71,25" if lang == "vi" else "71.25") in shown


def test_the_search_knows_no_accents_and_says_when_nothing_fits() -> None:
    app = opened()
    app.text_input(key="q").set_value("ninh binh").run()
    found = re.findall(r'<li><a href="\?province=(\S\S-\d\d)&', body(app))
    assert found == ["34-37", "63-37"]
    assert ">Ninh Bình</a>" in body(app)
    assert ">Ninh Bình (trước 7/2025)</a>" in body(app)
    app.text_input(key="q").set_value("qwx").run()
    assert "Không có tỉnh, thành phố nào khớp với “qwx”" in body(app)
    app.text_input(key="q").set_value("").run()
    assert body(app).count("province=63-") == 63 + 15


def test_the_34_come_first_and_the_63_before_them_are_folded() -> None:
    shown = body(opened())
    now, folded = shown.split('<details class="vb-former">')
    assert len(set(re.findall(r"province=(34-\d\d)&", now))) == 34
    assert "province=34-" not in folded
    assert "<summary>63 tỉnh, thành phố trước 1/7/2025</summary>" in folded


@pytest.mark.parametrize(
    ("written", "found"),
    [("binh duong", ["34-79", "63-74"]), ("Nam Định", ["34-37", "63-36"]), ("ha noi", ["34-01", "63-01"])],
)
def test_the_search_finds_one_of_the_34_by_what_it_was_made_of(written: str, found: list[str]) -> None:
    assert re.findall(r'<li><a href="\?province=(\S\S-\d\d)&', body(opened(q=written))) == found


def test_every_index_has_its_card_with_its_edition() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2015"))
    titles = re.findall(r'<h2><a href="[^"]*"[^>]*>([^<]+)</a>', shown)
    assert titles == ["PCI 2015", "PAR INDEX 2023", "SIPAS 2021", "PAPI 2024"]
    assert "thứ 17/63" in shown
    assert "PCI 2023: thứ 45/63" in shown


def test_a_province_unknown_in_the_edition_chosen_shows_the_nearest_one_and_says_so() -> None:
    shown = body(opened(province="63-04", index="par", year="2023"))
    assert "Chưa biết PAR INDEX 2023, đây là kỳ gần nhất đã biết" in shown
    assert re.search(r">PAR INDEX 2024</a>", shown)


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
    for page in ("rankings", "trends", "data", "weaknesses", "change", "target"):
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


def test_an_edition_before_the_mergers_has_no_odds_and_says_why() -> None:
    shown = body(opened(province="63-22", index="pci", year="2024", lang="vi"))
    assert "Không có xác suất cho kỳ kế tiếp" in shown
    assert "kỳ đánh giá PCI kế tiếp (2025) không còn chấm đơn vị này như trước" in shown


def test_what_is_behind_is_no_strength() -> None:
    mixed = body(opened(province="63-36", index="pci", year="2019", lang="vi"))
    assert "<h3>Mạnh nhất</h3>" in mixed  # two of the three are behind the leading group
    assert "<h3>Đóng góp nhiều nhất</h3>" in body(opened(province="63-22", index="pci", year="2019", lang="vi"))


def test_a_leader_without_a_gap_is_not_given_one() -> None:
    shown = body(opened(province="63-22", index="pci", year="2019", lang="vi"))
    weak = shown.partition("Kéo giảm nhiều nhất")[2].partition("Đóng góp nhiều nhất")[0]
    assert weak.count("<li>") == 2  # the third is level with the median of the leading group


def test_an_index_without_components_says_so_and_sends_nobody_to_the_import() -> None:
    shown = body(opened(**NAM_DINH, index="sipas", lang="vi"))
    sides = shown.partition('class="vb-strengths"')[2].partition("</section>")[0]
    assert "không có chỉ số thành phần" in sides
    assert "import" not in sides


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("province", ["63-36", "34-37"])
def test_the_brief_is_offered(province: str, lang: Language) -> None:
    (button,) = opened(province=province, lang=lang).get("download_button")
    assert button.proto.label == say(lang, "overview.brief.button")


@pytest.mark.parametrize("province", ["63-36", "34-37"])
def test_headings_go_down_one_step_at_a_time(province: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", body(opened(province=province)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
