"""Drivers in a real browser: estimates are at hand, parts can be left and come back, and a link reopens them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import CHARTS

WEIGHTS = "/drivers?part=robustness&index=pci&year=2019&province=63-36&lang=vi"
INVESTMENT = "/drivers?index=pci&outcome=private_investment&lang=vi"

pytestmark = pytest.mark.timeout(300)


def test_estimates_are_at_hand_and_the_reader_can_go_elsewhere_and_come_back(page: Page) -> None:
    page.goto(INVESTMENT)
    expect(page.locator("h1")).to_have_text("PCI 2015–2019 và vốn đầu tư tư nhân một năm sau")
    # They came with the program: no fit is waited for.
    expect(page.locator(CHARTS)).to_have_count(3)
    page.get_by_text("Chênh lệch", exact=True).click()
    expect(page.locator("h1")).to_contain_text("điều gì làm các tỉnh khác nhau")
    expect(page.locator(CHARTS)).to_have_count(1)
    page.get_by_text("Liên hệ", exact=True).click()
    expect(page.locator(CHARTS)).to_have_count(3)
    expect(page.locator(".vb-waiting")).to_have_count(0)
    expect(page.locator("table.vb-table tbody tr").first).to_be_visible()


def test_reloading_and_the_other_language_keep_the_page(page: Page) -> None:
    page.goto(WEIGHTS)
    title = page.locator("h1")
    expect(title).to_have_text("Nam Định, PCI 2019: thứ 33/63, từ thứ 30 đến thứ 36 nếu trọng số khác đi")
    page.reload()
    expect(title).to_contain_text("thứ 33/63")
    page.get_by_text("English", exact=True).click()
    expect(title).to_have_text("Nam Dinh, PCI 2019: 33rd of 63, between 30th and 36th under other weights")
    assert "part=robustness" in page.url
