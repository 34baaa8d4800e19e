"""Why the rank moved, in a real browser: a link reopens it, in either language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

NAM_DINH = "/change?index=pci&year=2019&province=63-36&lang=vi"

pytestmark = pytest.mark.timeout(300)


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
