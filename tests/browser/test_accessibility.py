"""What a screen reader and weak eyes need: axe-core finds nothing serious on any page, light or dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import WIDTHS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = (
    "overview",
    "rankings",
    "trends",
    "weaknesses",
    "target",
    "change",
    "drivers",
    "pack",
    "data",
    "method",
)
# An empty group of a drawing is announced by nobody.
ASIDE = {"exclude": [["svg g:empty"]]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(browser: Browser, address: str, name: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    size = {"width": max(WIDTHS), "height": 900}
    context = browser.new_context(base_url=address, viewport=size, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"/{name}?index=pci&year=2019&province=63-36")
    page.locator("h1").wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("[data-stale=true]").first.wait_for(state="detached")
    found = Axe().run(page, context=ASIDE).response["violations"]
    serious = [
        (item["id"], node["target"], node["failureSummary"])
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]
    context.close()
    assert serious == []
