"""The policy that goes out with every answer breaks no page: what is drawn, taken away and copied under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, HEIGHT

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage

pytestmark = pytest.mark.timeout(300)

ASKED = "province=63-36&index=pci&year=2019"
# Pages, and whether a chart is drawn on them.
PAGES = {
    "overview": True,
    "rankings": False,
    "trends": True,
    "weaknesses": True,
    "target": True,
    "change": True,
    "drivers": True,
    "pack": False,
    "data": True,
    "method": False,
}
LISTEN = """
window.refused = []
document.addEventListener('securitypolicyviolation', event =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""


def test_no_page_is_refused_anything(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    page.add_init_script(LISTEN)
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # Streamlit's own script looks for the server below the page's address first.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, drawn in PAGES.items():
        page.goto(f"{address}/{name}?{ASKED}&lang=vi")
        expect(page.locator("h1, h2").first).to_be_visible()
        if drawn:
            charts = page.locator(".stVegaLiteChart svg, .stVegaLiteChart canvas")
            expect(charts.first, name).to_be_visible(timeout=60_000)
        page.wait_for_timeout(300)
        assert page.evaluate("window.refused") == [], name
    assert not [text for text in said if "Content Security Policy" in text or "Refused to" in text]
    assert said == []
    page.close()
