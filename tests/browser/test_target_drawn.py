"""The way into the target group in a real browser: sliders, routes, back, reload, and that all of it fits."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.reading import CHARTS, MAIN, chosen, resized, whole

NAM_DINH = "/target?province=63-36&index=pci&year=2019&lang=vi"

pytestmark = pytest.mark.timeout(300)


def opened(page: Page, where: str = NAM_DINH) -> None:
    page.goto(where)
    page.locator(".vb-slider").first.wait_for()
    expect(page.locator(".vb-reach").nth(1)).to_contain_text("tỷ lệ cơ sở")
    expect(page.locator(CHARTS)).to_have_count(1)


def test_a_key_moves_a_slider_and_total_rank_odds_and_address_follow(page: Page) -> None:
    opened(page)
    slider = page.get_by_label("Tính minh bạch")
    expect(slider).to_have_attribute("aria-valuetext", "6,55")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".vb-result")).to_contain_text("65,29")
    expect(page.locator(".vb-result")).to_contain_text("từ 33/63")
    expect(slider).to_have_attribute("aria-valuetext", "6,65")
    expect(slider).to_be_focused()
    assert chosen(page)["set"] == "transparency:6.6481"
    page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "6,55")
    page.wait_for_function("!location.search.includes('set=')")


def test_a_slider_is_dragged(page: Page) -> None:
    opened(page)
    slider = page.get_by_label("Tiếp cận đất đai")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 9 + 0.62802 * (box["width"] - 18), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 9 + 0.8 * (box["width"] - 18), middle, steps=5)
    page.mouse.up()
    page.wait_for_function("location.search.includes('land_access')")
    assert 7.8 < float(chosen(page)["set"].split(":")[1]) < 8.2
    expect(page.locator(".vb-notice")).to_contain_text("Tiếp cận đất đai")


def test_a_route_is_loaded_reset_and_found_again_by_the_back_button(page: Page) -> None:
    opened(page)
    page.get_by_role("button", name="Ít công sức nhất").click()
    expect(page.locator(".vb-result")).to_contain_text("16/63")
    expect(page.get_by_role("button", name="Ít công sức nhất")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Về hiện trạng").click()
    expect(page.locator(".vb-result")).not_to_contain_text("16/63")
    page.go_back()
    expect(page.locator(".vb-result")).to_contain_text("16/63")


def test_a_component_is_moved_by_its_indicators(page: Page) -> None:
    opened(page)
    page.get_by_label("Điều chỉnh theo chỉ tiêu của").select_option("transparency")
    expect(page.get_by_role("heading", name="Tính minh bạch: 12 chỉ tiêu")).to_be_visible()
    expect(page.get_by_label("Tính minh bạch", exact=True)).to_be_disabled()
    first = page.locator(".vb-slider input").first
    first.focus()
    page.keyboard.press("PageDown")
    page.wait_for_function("location.search.includes('set=transparency.')")
    expect(page.locator(".vb-result")).to_contain_text("từ 65,09")


def test_reloading_gives_the_same_page_and_a_language_keeps_what_is_set(page: Page) -> None:
    opened(page, NAM_DINH + "&set=transparency:7,land_access:6.5&top=10")
    address, said = page.url, whole(page)
    page.reload()
    page.locator(".vb-slider").first.wait_for()
    expect(page.locator(MAIN)).to_have_text(said, use_inner_text=True)
    assert page.url == address
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nam Dinh: into the first 10 of PCI 2019")
    expect(page.get_by_label("Transparency")).to_have_attribute("aria-valuetext", "7.00")
    assert chosen(page)["set"] == "transparency:7,land_access:6.5"


def test_the_back_test_opens(page: Page) -> None:
    opened(page)
    page.get_by_text("Kiểm nghiệm lùi: xác suất đã đúng đến đâu").click()
    expect(page.locator(".vb-tested")).to_have_count(3)
    expect(page.locator(".st-key-chart-card-reliability h2")).to_contain_text("945 dự báo")


def test_a_precedent_leads_to_that_province(page: Page) -> None:
    opened(page)
    page.get_by_role("link", name="Hải Phòng", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Hải Phòng")
    assert urlsplit(page.url).path == "/trends"


def test_it_does_so_after_the_simulator_was_used(page: Page) -> None:
    opened(page)
    page.get_by_label("Điều chỉnh theo chỉ tiêu của").select_option("transparency")
    expect(page.get_by_role("heading", name="Tính minh bạch: 12 chỉ tiêu")).to_be_visible()
    page.get_by_role("link", name="Hải Phòng", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Hải Phòng")


def test_what_the_sliders_come_to_stays_in_view_on_a_desk_and_on_a_phone(page: Page) -> None:
    opened(page)
    for width in (DESK, PHONE):
        resized(page, width)
        page.locator(".vb-slider").last.scroll_into_view_if_needed()
        expect(page.locator(".vb-slider").last).to_be_in_viewport()
        expect(page.locator(".vb-result")).to_be_in_viewport()
