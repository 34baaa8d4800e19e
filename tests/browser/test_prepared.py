"""A province marked in the list is prepared, and its texts stand at once when it is chosen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.timeout(300)


def test_the_text_stands_before_the_server_has_answered(page: Page) -> None:
    page.goto("/rankings?index=pci&year=2019&province=63-36&lang=vi")
    expect(page.locator(".vb-standing h2")).to_have_text("Nam Định")
    page.locator(".vb-table").wait_for()
    chooser = page.get_by_label("Tỉnh, thành phố").first
    chooser.click()
    # Whoever types slowly marks others on the way.
    with page.expect_response(re.compile(r"/ahead/rankings\?.*province=63-22")) as prepared:
        page.keyboard.type("quang ninh")
    assert "Quảng Ninh" in str(prepared.value.json())
    # Nothing reaches the server from here on.
    page.evaluate("WebSocket.prototype.send = () => {}")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-standing h2")).to_have_text("Quảng Ninh")
    expect(page.locator(".vb-standing")).to_contain_text("thứ 1/63")


def test_what_was_prepared_is_what_the_server_says(page: Page) -> None:
    page.goto("/change?index=pci&year=2019&province=63-36&lang=vi")
    expect(page.locator("h1")).to_contain_text("Nam Định")
    page.get_by_label("Tỉnh, thành phố").first.click()
    page.keyboard.type("ben tre")
    page.get_by_role("option", name="Bến Tre", exact=True).wait_for()
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Bến Tre")
    page.wait_for_function("location.search.includes('province=63-83')")
    said = page.locator(".vb-facts").inner_text()
    page.reload()
    expect(page.locator("h1")).to_contain_text("Bến Tre")
    expect(page.locator(".vb-facts")).to_have_text(said, use_inner_text=True)
