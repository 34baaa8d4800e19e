"""Why the rank moved, in a real browser: both charts drawn, nothing sticks out, a link reopens it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

NAM_DINH = "/change?index=pci&year=2019&province=63-36&lang=vi"
# A row and a column for what stayed the same, in the language with the longer words.
CAO_BANG = "/change?index=pci&year=2019&province=63-04&lang=en"

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("address_of_page", [NAM_DINH, CAO_BANG])
def test_the_charts_are_drawn_and_nothing_sticks_out(page: Page, address_of_page: str) -> None:
    page.goto(address_of_page)
    expect(page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas")).to_have_count(2)
    page.locator(".vb-source").last.wait_for()
    wide = page.evaluate(
        """() => Math.max(document.documentElement.scrollWidth,
             ...[...document.querySelectorAll('[class^=vb-]:not(.vb-hidden)')]
               .map(element => element.getBoundingClientRect().right))"""
    )
    assert wide <= page.evaluate("innerWidth")


def test_reloading_and_the_other_language_keep_the_page(page: Page) -> None:
    page.goto(NAM_DINH)
    facts = page.locator(".vb-facts")
    said = facts.text_content()
    assert said
    page.reload()
    expect(facts).to_have_text(said)
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nam Dinh, PCI 2019: why it moved up 2 places")
    expect(facts).to_contain_text("58th of 63")
    assert "province=63-36" in page.url
