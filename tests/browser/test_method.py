"""The method page in a real browser: formulas are set without a network, and an address leads to its section."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from dashboard.text.method import methods

pytestmark = pytest.mark.timeout(300)


def test_every_formula_is_set(page: Page) -> None:
    page.goto("/method?lang=vi")
    expect(page.locator("h1")).to_have_text("Phương pháp: mỗi con số được tính thế nào")
    expect(page.locator(".katex-display")).to_have_count(sum(len(method.formulas) for method in methods()))
    assert page.locator(".katex-error").count() == 0
    assert page.locator(".katex-display math").count() == page.locator(".katex-display").count()
    fonts = page.evaluate(
        """document.fonts.ready.then(all => [...all].filter(face => face.status === 'loaded')
             .map(face => face.family))"""
    )
    assert any("KaTeX" in font for font in fonts)


def test_an_address_leads_to_its_section(page: Page) -> None:
    page.goto("/method?lang=en#method-robustness")
    heading = page.get_by_role("heading", name="Would the rank hold under other weights")
    expect(heading).to_be_in_viewport()
    page.goto("/method?lang=en")
    page.get_by_role("link", name="Weights by method").click()
    expect(page.get_by_role("heading", name="Weights by method")).to_be_in_viewport()
    page.get_by_text("Tiếng Việt", exact=True).click()
    expect(page.locator("h1")).to_have_text("Phương pháp: mỗi con số được tính thế nào")
