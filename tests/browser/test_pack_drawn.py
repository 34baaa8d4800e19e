"""The conference pack in a real browser: marks, the zip and every file in it, notes that stay; and it fits."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import MAIN, chosen, whole

NAM_DINH = "/pack?province=63-36&index=pci&year=2019&lang=vi"
SHORT = "&parts=summary,history,gaps"
TITLE = "Nam Định xếp thứ 33/63 PCI 2019, tăng 2 bậc"

pytestmark = pytest.mark.timeout(300)


def opened(page: Page, where: str = NAM_DINH) -> None:
    page.goto(where)
    page.locator(".vb-outline, .vb-empty").first.wait_for()
    fields = ".st-key-pack-note input[type=text] >> nth=1"
    for part in (".vb-noted", ".vb-marks >> nth=0", "#vb-note", fields):
        page.locator(part).wait_for()


def downloaded(page: Page) -> zipfile.ZipFile:
    page.get_by_role("button", name="Tạo gói").click()
    take = page.get_by_role("button", name="Tải gói")
    take.wait_for(timeout=120_000)
    with page.expect_download() as waiting:
        take.click()
    assert waiting.value.suggested_filename == "pci-2019-63-36-vi.zip"
    return zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))


def test_the_zip_holds_slides_report_and_workbook_that_open(page: Page) -> None:
    opened(page, NAM_DINH + SHORT)
    titles = page.locator(".vb-outline li").all_inner_texts()
    assert TITLE in titles
    archive = downloaded(page)
    assert archive.testzip() is None
    files = {name.rpartition(".")[2]: archive.read(name) for name in archive.namelist()}
    assert set(files) == {"pptx", "docx", "xlsx"}

    from docx import Document
    from openpyxl import load_workbook
    from pptx import Presentation

    slides = list(Presentation(io.BytesIO(files["pptx"])).slides)
    shown = [slide.shapes.title.text_frame.text.replace("\xa0", " ") for slide in slides]
    # What the preview promised stands on the slides, in that order.
    assert [title for title in shown if title in titles] == titles
    report = Document(io.BytesIO(files["docx"]))
    text = "\n".join(item.text for item in report.element.body.iter() if item.text)
    assert "65,09" in text
    book = load_workbook(io.BytesIO(files["xlsx"]))
    assert len(book.sheetnames) > 2

    # The server has let go of it: the button makes another.
    expect(page.locator(".vb-pack-said")).to_contain_text("máy chủ không còn giữ gói này")
    expect(page.get_by_role("button", name="Tải gói")).to_have_count(0)
    expect(page.get_by_role("button", name="Tạo gói")).to_be_visible()


def test_the_page_stays_usable_while_a_pack_is_made_and_a_choice_drops_it(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Tạo gói").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_label("Viết về").select_option("transparency")
    page.wait_for_function("location.search.includes('note=transparency')")
    expect(page.locator(".vb-printed")).to_contain_text("Tính minh bạch")
    page.get_by_role("button", name="Bản ngắn").click()
    expect(page.locator(".vb-pack-said")).to_contain_text("gói trước đã được bỏ")
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_marks_are_gathered_and_the_last_one_stays(page: Page) -> None:
    opened(page)
    for name in ("Chỉ tiêu", "Lộ trình"):
        page.get_by_role("checkbox", name=name, exact=True).click()
    page.wait_for_function("location.search.includes('parts=')")
    parts = chosen(page)["parts"].split(",")
    assert len(parts) == 9
    assert not {"indicators", "routes"} & set(parts)
    expect(page.locator(".vb-outline")).not_to_contain_text("Kết quả theo chỉ tiêu")
    page.get_by_role("button", name="Chọn tất cả").click()
    page.wait_for_function("!location.search.includes('parts=')")
    for name in ("Báo cáo (docx)", "Bảng tính (xlsx)", "Trang chiếu (pptx)"):
        page.get_by_role("checkbox", name=name).click()
    expect(page.get_by_role("checkbox", name="Trang chiếu (pptx)")).to_be_checked()
    page.wait_for_function("location.search.includes('files=deck')")


def test_marks_are_reached_by_keyboard(page: Page) -> None:
    opened(page)
    page.get_by_role("checkbox", name="PAR INDEX").focus()
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("Nam Định, PCI và PAR INDEX 2019: gói hội nghị")
    expect(page.get_by_role("checkbox", name="PAR INDEX")).to_be_focused()
    expect(page.locator(".vb-outline")).to_have_count(2)


def test_a_note_survives_a_reload(page: Page, own_address: str) -> None:
    opened(page, own_address + NAM_DINH + SHORT + "&note=transparency")
    page.get_by_label("Nguyên nhân").fill("Chưa công khai **đủ** hồ sơ")
    page.get_by_label("Giải pháp").fill("- một\n- hai")
    page.get_by_label("Cơ quan chủ trì").fill("Thanh tra tỉnh")
    page.get_by_label("Thời hạn").fill("quý III/2026")
    # Pressing the button is the first the server hears of the last field.
    page.get_by_role("button", name="Lưu ý kiến").click()
    expect(page.locator(".vb-pack-state")).to_contain_text("đã lưu lúc")
    page.reload()
    expect(page.get_by_label("Thời hạn")).to_have_value("quý III/2026")
    expect(page.locator(".vb-printed")).to_contain_text("Chưa công khai đủ hồ sơ")
    expect(page.locator(".vb-printed b", has_text="đủ")).to_have_count(1)
    # The pack has a slide for it, and the report says it.
    expect(page.locator(".vb-outline")).to_contain_text("Nguyên nhân và giải pháp do Nam Định nêu")
    archive = downloaded(page)
    deck = next(archive.read(name) for name in archive.namelist() if name.endswith("pptx"))
    with zipfile.ZipFile(io.BytesIO(deck)) as opened_deck:
        text = b"".join(opened_deck.read(name) for name in opened_deck.namelist() if name.endswith(".xml"))
    assert "Thanh tra tỉnh" in text.decode()


def test_the_second_at_a_note_is_told_what_the_first_wrote_and_chooses(page: Page, own_address: str) -> None:
    asked = own_address + NAM_DINH + SHORT + "&note=transparency"
    opened(page, asked)
    other = page.context.new_page()
    opened(other, asked)
    other.get_by_label("Nguyên nhân").fill("của người trước")
    other.get_by_role("button", name="Lưu ý kiến").click()
    expect(other.locator(".vb-pack-state")).to_contain_text("đã lưu lúc")
    other.close()
    # The click is what leaves the field: nobody has told this page yet.
    page.get_by_label("Nguyên nhân").fill("của người sau")
    page.get_by_role("button", name="Lưu ý kiến").click()
    theirs = page.get_by_role("alert").filter(has_text="của người trước")
    expect(theirs).to_be_visible()
    expect(page.locator(".vb-noted")).to_contain_text("của người trước")
    expect(page.get_by_label("Nguyên nhân")).to_have_value("của người sau")
    page.get_by_role("button", name="Lưu đè").click()
    expect(page.locator(".vb-noted")).to_contain_text("của người sau")
    expect(theirs).to_have_count(0)
    page.locator(".vb-history summary").click()
    expect(page.locator(".vb-history")).to_contain_text("của người trước")


def test_what_is_being_typed_is_not_lost_when_the_pack_is_ready(page: Page) -> None:
    opened(page, NAM_DINH + SHORT + "&files=workbook&note=entry_costs")
    page.get_by_role("button", name="Tạo gói").click()
    page.get_by_label("Nguyên nhân").press_sequentially("đang viết dở ", delay=20)
    page.get_by_role("button", name="Tải gói").wait_for(timeout=120_000)
    page.get_by_label("Nguyên nhân").press_sequentially("và viết tiếp", delay=20)
    expect(page.get_by_label("Nguyên nhân")).to_have_value("đang viết dở và viết tiếp")


def test_reloading_gives_the_same_page_and_a_language_keeps_what_is_chosen(page: Page) -> None:
    opened(page, NAM_DINH + "&also=par&parts=summary,gaps&against=median&beside=region,63-35&files=deck")
    address, said = page.url, whole(page)
    page.reload()
    page.locator("#vb-note").wait_for()
    expect(page.locator(MAIN)).to_have_text(said, use_inner_text=True)
    assert page.url == address
    page.get_by_text("English", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Nam Dinh, PCI and PAR INDEX 2019: conference pack")
    assert chosen(page)["parts"] == "summary,gaps"
    page.go_back()
    expect(page.locator("h1")).to_have_text("Nam Định, PCI và PAR INDEX 2019: gói hội nghị")
