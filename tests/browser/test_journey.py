"""What a chairman does on the projector: from a name typed without accents to a picture for the slides."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import at_both_widths, chosen

pytestmark = pytest.mark.timeout(300)


@at_both_widths
def test_from_a_name_to_weakness_indicator_simulator_and_a_picture(page: Page, tmp_path: Path) -> None:
    page.goto("/rankings?index=pci&year=2019&lang=vi")
    name = page.get_by_role("combobox", name="Tỉnh, thành phố")
    name.click()
    page.keyboard.type("nam dinh")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-standing h2")).to_have_text("Nam Định")
    page.evaluate("window.untouched = true")  # gone as soon as the page is loaded anew

    if page.viewport_size and page.viewport_size["width"] < 640:
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_role("link", name="Điểm yếu", exact=True).click()
        page.get_by_test_id("stSidebarCollapseButton").click()
    else:
        page.get_by_role("link", name="Điểm yếu", exact=True).click()
    page.locator(".vb-lists a", has_text="Tính minh bạch").first.click()
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Tính minh bạch")
    expect(page.locator(".st-key-chart-card-indicators h2")).not_to_be_empty()

    page.locator("[data-testid=stMain] a[href*='target']").first.click()
    slider = page.get_by_role("slider", name="Tiếp cận đất đai")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("location.search.includes('land_access')")
    expect(page.locator(".vb-result")).to_contain_text("từ 33/63")
    assert page.evaluate("window.untouched")

    page.locator("[class*='st-key-take-'] button").first.click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Ảnh PNG", exact=True).click()
    picture = tmp_path / download.value.suggested_filename
    download.value.save_as(picture)
    assert picture.name.startswith("pci-2019-63-36-")
    assert picture.read_bytes().startswith(b"\x89PNG")

    page.keyboard.press("Escape")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Nam Dinh")
    assert chosen(page)["lang"] == "en"
    assert "land_access" in chosen(page)["set"]
