"""The data page in a real browser: the grid, a file in and out again, and the same page by its address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

COVERAGE = "/data?index=pci&year=2023&province=63-36&lang=vi"
TABLE = "Tỉnh;Điểm;Hạng\nHà Nội;91,5;1\nHải Phòng;90,5;2\n"

pytestmark = pytest.mark.timeout(300)


def file(name: str, content: str) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode()}


def test_the_grid_is_drawn_and_described(page: Page) -> None:
    page.goto(COVERAGE)
    expect(page.locator(".vb-figure h2")).to_have_text("PCI: đủ tổng điểm ở 19/21 kỳ, còn thiếu 2024–2025")
    expect(page.locator("canvas, .vega-embed svg").first).to_be_visible()
    expect(page.locator(".vb-figure .vb-hidden")).to_contain_text("Lưới thành phần theo năm của PCI")
    expect(page.locator(".vb-plain").last.locator("tbody tr")).to_have_count(11)


def test_the_switch_changes_the_part_and_reloading_keeps_it(page: Page) -> None:
    page.goto(COVERAGE)
    page.get_by_role("button", name="Nguồn số liệu").or_(page.get_by_role("radio", name="Nguồn số liệu")).click()
    expect(page.locator(".vb-standing")).to_contain_text("thứ 45/63")
    expect(page.locator(".vb-facts")).to_contain_text("65,645")
    assert "part=figure" in page.url
    said, address = page.locator(".vb-sources").inner_text(), page.url
    page.reload()
    expect(page.locator(".vb-sources")).to_have_text(said, use_inner_text=True)
    assert page.url == address


def test_streamlits_own_words_are_in_the_language_chosen(page: Page) -> None:
    page.goto("/data?part=import&index=par&year=2025&lang=vi")
    zone = page.get_by_test_id("stFileUploaderDropzone")
    zone.wait_for()
    shown = zone.evaluate(
        """element => [...element.querySelectorAll('p, span')].filter(item => !item.children.length)
             .map(item => [getComputedStyle(item).fontSize, getComputedStyle(item, '::after').content])"""
    )
    words = " ".join(after for size, after in shown if size == "0px")
    assert "Chọn tệp" in words
    assert "20 MB" in words


def test_a_file_goes_in_after_a_look_and_out_again(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/data?part=import&index=par&year=2025&lang=vi")
    upload = page.locator("input[type=file]")
    upload.set_input_files([file("sai.csv", TABLE.replace("91,5", "9l,5"))])
    expect(page.locator(".vb-notice")).to_contain_text("Dòng 2, cột “Điểm”: “9l,5” không phải là số")
    expect(page.get_by_role("button", name=re.compile("^Nhập "))).to_have_count(0)

    page.get_by_test_id("stFileChipDeleteBtn").get_by_role("button").click()
    # As a person would: the next file once the page has let go of the last one.
    expect(page.locator(".vb-notice")).to_have_count(0)
    expect(page.get_by_test_id("stFileChipDeleteBtn")).to_have_count(0)
    upload.set_input_files([file("bảng.csv", TABLE)])
    expect(page.locator(".vb-part").first).to_contain_text("bảng.csv: 2 đơn vị, 4 số liệu của PAR INDEX 2025.")
    page.get_by_label("Bảng này lấy từ đâu").fill("Quyết định 1/QĐ-BNV")
    page.get_by_role("button", name="Nhập 4 số liệu").click()
    expect(page.locator(".vb-said")).to_contain_text("2 đơn vị của PAR INDEX 2025")
    expect(page.get_by_test_id("stFileChip")).to_have_count(0)

    page.locator(".vb-said a").click()
    expect(page.locator("h1")).to_contain_text("PAR INDEX 2025")
    expect(page.locator(".vb-table")).to_contain_text("91,50")

    page.goto(f"{own_address}/data?part=import&index=par&year=2025&lang=vi")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.get_by_role("button", name=re.compile(r"Hoàn tác lô \d+")).click()
    expect(page.locator(".vb-said")).to_contain_text("Đã hoàn tác lô")
    expect(page.locator("h2", has_text="Các lô đang dùng (0)")).to_be_visible()


def test_a_download_is_a_file_for_spreadsheets(page: Page) -> None:
    page.goto(f"{COVERAGE}&part=download")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Tải CSV").first.click()
    assert waiting.value.suggested_filename == "pci-2023.csv"
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").count("\n") == 694
