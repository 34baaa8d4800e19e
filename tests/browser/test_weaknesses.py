"""The weaknesses in a real browser: a click opens a component, a link reopens the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

NAM_DINH = "/weaknesses?index=pci&year=2019&province=63-36&lang=vi"

pytestmark = pytest.mark.timeout(300)


def test_a_component_opens_from_the_list_and_the_page_goes_along(page: Page) -> None:
    page.goto(NAM_DINH)
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Chi phí không chính thức")
    page.locator(".vb-lists a", has_text="Tiếp cận đất đai").first.click()
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Tiếp cận đất đai")
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_be_in_viewport()
    assert "part=land_access" in page.url


def test_reloading_and_the_other_language_keep_reference_and_component(page: Page) -> None:
    page.goto(f"{NAM_DINH}&part=land_access")
    page.get_by_text("Nơi tốt nhất", exact=True).click()
    title = page.locator(".st-key-chart-card-gaps h2")
    expect(title).to_contain_text("kém nơi tốt nhất ở cả 10")
    expect(page.locator(".vb-about:not(.vb-pareto)")).to_contain_text("kém nơi tốt nhất")
    said = page.locator(".vb-about:not(.vb-pareto)").inner_text()
    page.reload()
    expect(title).to_contain_text("kém nơi tốt nhất ở cả 10")
    expect(page.locator(".vb-about:not(.vb-pareto)")).to_have_text(said, use_inner_text=True)
    page.get_by_text("English", exact=True).click()
    expect(title).to_contain_text("behind the best province on all 10")
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Land access and security of tenure")
    assert "against=best" in page.url
    assert "part=land_access" in page.url


def test_going_back_gives_the_component_before(page: Page) -> None:
    page.goto(NAM_DINH)
    page.locator(".vb-about:not(.vb-pareto)").wait_for()
    page.get_by_text("Đất đai", exact=True).click()
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Tiếp cận đất đai")
    page.go_back()
    expect(page.locator(".vb-about:not(.vb-pareto) h2")).to_have_text("Chi phí không chính thức")
