"""The weaknesses in both languages: complete, derived, partial and empty editions, one of the 63 and of the 34."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import body, filters, pick

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return opening.opened("weaknesses", **params)


def text(app: AppTest) -> str:
    """What a reader reads: no style, script or tag."""
    shown = re.sub(r"(?s)<(style|script)>.*?</\1>", "", body(app))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", shown)))


def address(app: AppTest, key: str) -> str | None:
    """What the address says under a key."""
    value = app.query_params.get(key)
    return value[0] if isinstance(value, list) else value


NAM_DINH = {"province": "63-36"}
OFFERED = r'href="\?[^"]*province=(63-\d\d)'
WHY = (
    "Điểm thấp nhất ở Chi phí không chính thức (5,80), nhưng cả nước cũng thấp hơn ở đó (trung vị 6,20 so với "
    "6,94), nên hạng kém nhất lại ở Tiếp cận đất đai (55/63); kém mốc nhiều nhất thì ở Hỗ trợ doanh nghiệp (1,01 "
    "điểm tổng), vì nơi ấy nặng 20 % tổng điểm, còn Tiếp cận đất đai chỉ 5 %.",
    "The lowest score is on Informal charges (5.80), but the whole country is lower there too (median 6.20 "
    "against 6.94), so the worst rank is on Land access and security of tenure (55/63); it is furthest behind on "
    "Business support (1.01 points of the total), because it weighs 20 % of the total and Land access and "
    "security of tenure only 5 %.",
)
# What is asked for, what the page must say in Vietnamese and in English, and how many charts it draws.
CASES = {
    "complete": (
        NAM_DINH | {"index": "pci", "year": "2019"},
        [
            ("Nam Định yếu ở Chi phí không chính thức", "Nam Dinh is weak on Informal charges"),
            ("kém 0,91", "0.91 behind"),
        ],
        2,
    ),
    "one edition alone": (
        NAM_DINH | {"index": "pci", "year": "2019", "against": "target_year"},
        [
            ("Thứ 33/63, 65,09 điểm", "33rd of 63, 65.09 points"),
            WHY,
            ("kém 1,01", "1.01 behind"),
            (
                "Sở Tài chính (trước là Sở Kế hoạch và Đầu tư)",
                "Department of Finance (formerly of Planning",
            ),
            ("Hỗ trợ doanh nghiệp: 24 chỉ tiêu", "Business support: 24 indicators"),
        ],
        2,
    ),
    "derived": (
        NAM_DINH | {"index": "pci", "year": "2023"},
        [
            ("Cả ba danh sách đều bắt đầu từ Cạnh tranh bình đẳng", "All three lists begin with Fair competition"),
            ("63/63", "63/63"),
            ("kém mốc nhiều nhất (2,22 điểm tổng)", "furthest behind (2.22 points of the total)"),
        ],
        2,
    ),
    "partial": (
        NAM_DINH | {"index": "par", "year": "2023"},
        [
            ("Thứ 29/63", "29th of 63"),
            (
                "Chưa biết lĩnh vực nào của Nam Định ở PAR INDEX 2023",
                "No field of Nam Dinh is known for PAR INDEX 2023",
            ),
            ("vuotbac import", "vuotbac import"),
            ("Sở Khoa học và Công nghệ", "Department of Science and Technology"),
        ],
        0,
    ),
    "partly known": (
        {"province": "63-49", "index": "par", "year": "2023"},
        [
            ("Tỷ lệ điểm đạt được thấp nhất ở Cải cách chế độ công vụ (11,75/15)", "(11.75/15)"),
            ("Chưa vẽ được khoảng cách", "No gap to the median of the leading 15"),
            ("0/15", "0 of 15"),
            ("nguồn thứ cấp", "second-hand"),
        ],
        0,
    ),
    "without ranks": (
        NAM_DINH | {"index": "pci", "year": "2021"},
        [
            ("Chưa biết hạng nên chưa lập được danh sách này", "the rank is not known"),
            ("Xem chỉ tiêu ở PCI 2023", "See the indicators of PCI 2023"),
        ],
        1,
    ),
    "empty": (
        NAM_DINH | {"index": "par", "year": "2025"},
        [
            ("Nam Định (63-36) từ 1/7/2025 thuộc Ninh Bình", "(63-36) has been part of Ninh Binh"),
            ("Chưa biết lĩnh vực nào của Ninh Bình", "No field of Ninh Binh is known"),
            ("vuotbac import", "vuotbac import"),
        ],
        0,
    ),
    "ordered": (
        {"province": "34-37", "index": "pci", "year": "2025"},
        [
            ("Ninh Bình yếu nhất ở Gia nhập thị trường: 32/34", "Ninh Binh is weakest on Entry costs: 32/34"),
            ("không phải hạng công bố", "not a published rank"),
        ],
        0,
    ),
    "no components": (
        NAM_DINH | {"index": "sipas", "year": "2021"},
        [("SIPAS 2021 chỉ có tổng điểm", "SIPAS 2021 is a total alone")],
        0,
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_is_known(case: str, lang: Language) -> None:
    params, expected, charts = CASES[case]
    app = opened(**params, lang=lang)
    shown = text(app)
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    assert len(app.get("vega_lite_chart")) == charts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    shown = text(opened(**NAM_DINH, index="pci", year="2019", lang=lang))
    for key in ("weaknesses.table.title", "weaknesses.list.score", "agency.legend", "weaknesses.part.to_target"):
        assert say(lang, key) in shown
        assert say(other, key) not in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_province_it_offers_some(lang: Language) -> None:
    shown = body(opened(lang=lang))
    assert re.findall(OFFERED, shown)[0] == "63-22"


def test_one_of_the_34_in_an_edition_of_the_63_leads_to_its_members() -> None:
    shown = body(opened(province="34-37", index="pci", year="2019"))
    assert re.findall(OFFERED, shown)[:3] == ["63-35", "63-36", "63-37"]


@pytest.mark.parametrize(
    ("against", "says"),
    [
        ("target", "trung vị nhóm 15 dẫn đầu ở 9 trong 10"),
        ("peers", "trung vị 10 tỉnh tương đồng"),
        ("region", "trung vị vùng"),
        ("median", "trung vị cả nước"),
        ("best", "nơi tốt nhất ở cả 10"),
    ],
)
def test_the_reference_is_chosen_and_kept_in_the_address(against: str, says: str) -> None:
    app = opened(**NAM_DINH, index="pci", year="2019")
    if against != "target":
        pick(app, "against", against)
    assert address(app, "against") == (None if against == "target" else against)
    assert says in text(app)
    again = text(opened(**NAM_DINH, index="pci", year="2019", against=against))
    assert again == text(app)


def test_without_peers_the_target_group_stands_in_and_that_is_said() -> None:
    shown = text(opened(province="34-37", index="pci", year="2025", against="peers"))
    assert "Đang so với nhóm dẫn đầu." in shown
    assert "Ninh Bình yếu nhất ở" in shown


def test_the_drill_down_opens_on_the_weakest_component_and_keeps_another_in_the_address() -> None:
    app = opened(**NAM_DINH, index="pci", year="2019")
    assert filters(app)["part"]["value"] == "informal_charges"
    pick(app, "part", "legal_institutions")
    assert address(app, "part") == "legal_institutions"
    shown = text(app)
    assert "Thiết chế pháp lý và an ninh trật tự: 17 chỉ tiêu" in shown
    assert "6,71 điểm; thứ 26/63; trọng số 5 %" in shown
    # The share of firms that say officials can be reported: 26.8 %, 61st, median 34.5, up 1.6 since 2018.
    # In the table: the chart names it before, in its words for those who listen.
    row = shown[shown.rindex("Hệ thống pháp luật có cơ chế") :].partition("tốt lên")[0]
    for figure in ("26,8 %", "34,5 %", "56,6 %", "24,2 %", "61/63", "+1,6 điểm %", "cao"):
        assert figure in row


def test_a_fall_may_be_for_the_better() -> None:
    shown = text(opened(**NAM_DINH, index="pci", year="2019", part="legal_institutions"))
    row = re.search(r"Tỷ lệ DN bị trộm cắp.*?(tốt lên|kém đi)", shown)
    assert row is not None
    assert "−1,6 điểm %" in row.group()
    assert "thấp" in row.group()
    assert row.group().endswith("tốt lên")


def test_links_lead_on_to_the_component_and_the_target() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2019", part="land_access", against="best"))
    assert re.search(r'href="trends\?province=63-36[^"]*component=land_access', shown)
    assert 'href="target?province=63-36&amp;index=pci&amp;year=2019' in shown
    # Another component from close by, against the same reference.
    assert re.search(r'href="\?province=63-36[^"]*part=time_costs[^"]*against=best"', shown)


def test_a_city_has_its_own_office_and_inferred_agencies_are_hollow() -> None:
    shown = body(opened(province="63-48", index="pci", year="2019"))
    assert "Văn phòng UBND thành phố" in shown
    assert "Văn phòng UBND tỉnh" not in shown
    office = re.search(r'<span class="([^"]*)"[^>]*>Văn phòng UBND thành phố', shown)
    assert office is not None
    assert "vb-inferred" in office.group(1)
    department = re.search(r'<span class="([^"]*)"[^>]*>Sở Tài chính', shown)
    assert department is not None
    assert "vb-inferred" not in department.group(1)


def test_tables_are_tables_and_headings_come_in_order() -> None:
    shown = body(opened(**NAM_DINH, index="pci", year="2019"))
    tables = re.findall(r"(?s)<table.*?</table>", shown)
    assert len(tables) == 3
    for table in tables:
        assert "<caption" in table
        assert 'scope="col"' in table
        assert 'scope="row"' in table
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("province", ["63-22", "63-04", "63-48", "63-01", "34-22", "34-79"])
@pytest.mark.parametrize("index", ["pci", "par", "sipas", "papi"])
def test_no_province_and_no_index_breaks_the_page(province: str, index: str) -> None:
    assert "<h1>" in body(opened(province=province, index=index))


def test_what_the_address_says_stays_text() -> None:
    shown = body(opened(**NAM_DINH, part="<b>x</b>", against="<b>y</b>"))
    assert "<b>x</b>" not in shown
    assert "<b>y</b>" not in shown


def test_the_group_compared_with_is_listed_as_a_dictionary_would() -> None:
    app = opened(**NAM_DINH, index="pci", year="2019", against="target")
    listed = next(found for found in re.findall(r"(?s)<details.*?</details>", body(app)) if "Đồng Tháp" in found)
    names = [
        name for name in ("Bến Tre", "Cần Thơ", "Đà Nẵng", "Đồng Tháp", "Hà Nội", "Vĩnh Long") if name in listed
    ]
    assert len(names) == 6
    assert sorted(names, key=listed.index) == names
