"""A table from a web page to the ranking and back: pasted, mended, compared, entered, undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from data.frames import Frames
from tests.browser.reading import at_both_widths, settled, sticking_out, whole

IMPORT = "/data?part=import&index=par&year=2020&lang=vi"
# What readers see of the edition, page by page; the first is remembered, and changes what the others open with.
PAGES = (
    "/overview?province=34-37&lang=vi",
    "/rankings?index=par&year=2025&lang=vi",
    "/data?part=coverage&index=par&year=2025&lang=vi",
    "/data?part=audit&index=par&year=2025&lang=vi",
)

pytestmark = pytest.mark.timeout(300)

PASTE = """([html, text]) => {
    const area = document.querySelector('[class*=st-key-paste-] textarea');
    const clipboard = new DataTransfer();
    clipboard.setData('text/html', html);
    clipboard.setData('text/plain', text);
    area.focus();
    return area.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def web_page(frames: Frames) -> str:
    """A portal's page with all 34 under merged headings, one of which nobody knows."""
    names = frames.unit.filter(unit_set="34")["name_vi"].to_list()
    rows = "".join(
        f"<tr><td>{place}</td><td>{name}</td><td>{f'{95 - place / 4:.2f}'.replace('.', ',')}</td>"
        f"<td>{place}/34</td></tr>"
        for place, name in enumerate(names, 1)
    )
    return (
        "<html><body><script>window.stolen = true</script><h2>KẾT QUẢ PAR INDEX NĂM 2025</h2>"
        "<table style='color:red'><tr><th rowspan='2'>TT</th><th rowspan='2'>Tỉnh, thành phố</th>"
        "<th colspan='2'>Kết quả</th></tr><tr><th>Mức đạt</th><th>Thứ hạng</th></tr>"
        f"<tr><td>I</td><td colspan='3'>Các tỉnh miền Bắc</td></tr>{rows}</table></body></html>"
    )


def pasted(page: Page, html: str, text: str = "") -> None:
    page.locator("[class*=st-key-paste-] textarea").wait_for()
    settled(page)
    page.evaluate(PASTE, [html, text])
    page.locator(".vb-grid").wait_for()
    settled(page)


def seen(page: Page, address: str) -> list[str]:
    """The words of each page, whatever stands in the address."""
    found = []
    for path in PAGES:
        page.goto(address + path)
        page.locator("h1").wait_for()
        settled(page)
        found.append(whole(page))
    return found


def test_a_table_from_a_web_page_goes_in_shows_and_goes_out_without_a_trace(
    page: Page, own_address: str, frames: Frames
) -> None:
    before = seen(page, own_address)
    page.goto(own_address + IMPORT)
    pasted(page, web_page(frames))
    assert page.evaluate("window.stolen") is None
    # The title says whose and of which year, not the address; merged headings stand above both their columns.
    expect(page.locator(".st-key-import-filters")).not_to_contain_text("2020")
    expect(page.locator(".vb-grid .vb-row-heading").first).to_contain_text("Kết quả Kết quả", use_inner_text=True)
    expect(page.locator(".vb-grid .vb-row-aside")).to_contain_text("vùng hoặc nhóm")
    expect(page.get_by_text("34 đơn vị, 34 số liệu của PAR INDEX 2025.")).to_be_visible()

    # Only the ranks were known; the score's column gets its meaning.
    page.get_by_label("Nghĩa của cột C").select_option("score")
    expect(page.get_by_text("34 đơn vị, 68 số liệu của PAR INDEX 2025.")).to_be_visible()
    expect(page.locator(".vb-grid thead th").nth(2)).to_contain_text("đọc được 34/34 dòng")
    expect(page.locator(".vb-grid thead th").nth(2)).to_contain_text("dấu phẩy thập phân")
    difference = page.locator(".vb-part", has_text="So với số đã biết")
    expect(difference.locator("tbody tr").first).to_contain_text(re.compile(r"điểm\s*34\s*0\s*0"))
    ahead = page.locator(".vb-part", has_text="Nhập xong, các trang thay đổi thế nào")
    expect(ahead).to_contain_text("34 đơn vị có hạng chung lần đầu")
    page.get_by_label("Bảng này lấy từ đâu").fill("Cổng thông tin thử nghiệm")
    page.get_by_role("button", name="Nhập 68 số liệu").click()
    expect(page.locator(".vb-said")).to_contain_text("34 đơn vị của PAR INDEX 2025")

    page.locator(".vb-said a").click()
    expect(page.locator("h1")).to_contain_text("PAR INDEX 2025")
    expect(page.locator(".vb-table tbody tr")).to_have_count(34)
    expect(page.locator(".vb-table tbody tr").first).to_contain_text("94,75")
    _, rankings, coverage, _ = seen(page, own_address)
    assert rankings != before[1]
    assert coverage != before[2]

    page.goto(own_address + IMPORT)
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.get_by_role("button", name=re.compile(r"Hoàn tác lô \d+")).click()
    expect(page.locator(".vb-said")).to_contain_text("Đã hoàn tác lô")
    for now, then in zip(seen(page, own_address), before, strict=True):
        assert now == then


def test_what_was_chosen_is_taken_for_the_next_table_of_the_shape(
    page: Page, own_address: str, frames: Frames
) -> None:
    page.goto(own_address + IMPORT)
    pasted(page, web_page(frames))
    page.get_by_label("Nghĩa của cột C").select_option("score")
    page.get_by_label("Bảng này lấy từ đâu").fill("Thử")
    page.get_by_role("button", name="Nhập 68 số liệu").click()
    expect(page.locator(".vb-said")).to_contain_text("34 đơn vị")
    pasted(page, web_page(frames).replace("94,75", "94,80"))
    expect(page.locator(".st-key-import-kept")).to_contain_text("Đọc như lô 1 ngày")
    expect(page.get_by_text("34 đơn vị, 68 số liệu của PAR INDEX 2025.")).to_be_visible()
    page.get_by_role("button", name="Đọc lại từ đầu").click()
    expect(page.get_by_text("34 đơn vị, 34 số liệu của PAR INDEX 2025.")).to_be_visible()


@at_both_widths
def test_a_cell_is_typed_anew_a_row_left_out_and_nothing_sticks_out(page: Page, frames: Frames) -> None:
    page.goto(IMPORT)
    pasted(page, web_page(frames).replace("Mức đạt", "Điểm").replace("94,75", "9l,75"))
    wrong = page.locator(".vb-grid td.vb-fault")
    expect(wrong).to_have_text("9l,75")
    assert sticking_out(page) == []
    wrong.click()
    page.get_by_label(re.compile("Gõ lại ô C4")).fill("94,75")
    page.keyboard.press("Enter")
    mended = page.locator(".vb-grid td.vb-retyped")
    expect(mended).to_contain_text("94,75")
    expect(mended.locator("del")).to_have_text("9l,75")
    expect(page.get_by_role("button", name="Nhập 68 số liệu")).to_be_visible()
    page.locator(".vb-grid tbody tr", has_text="94,50").hover()
    page.get_by_role("button", name="Bỏ dòng này: 5").click()
    expect(page.get_by_role("button", name="Nhập 66 số liệu")).to_be_visible()
    expect(page.locator(".vb-grid .vb-row-dropped")).to_contain_text("bỏ theo yêu cầu")
    page.get_by_role("button", name="Lấy lại dòng này: 5").click()
    expect(page.get_by_role("button", name="Nhập 68 số liệu")).to_be_visible()
    mended.get_by_role("button").click()
    expect(wrong).to_have_text("9l,75")
    settled(page)
    assert sticking_out(page) == []


def test_a_clipboard_without_a_table_goes_into_the_text_area(page: Page) -> None:
    page.goto(IMPORT)
    area = page.locator("[class*=st-key-paste-] textarea")
    area.wait_for()
    settled(page)
    taken = not page.evaluate(PASTE, ["<p>Tỉnh</p>", "Tỉnh"])
    assert not taken
    area.fill("Tỉnh\tĐiểm\nHà Nội\t91,5\n")
    page.get_by_role("button", name="Xem bảng này").click()
    expect(page.get_by_text("dán.csv: 1 đơn vị")).to_be_visible()
