"""How tests in a browser read a page: when it has settled, what its address says, what sticks out of it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, HEIGHT, PHONE

CHARTS = ".stVegaLiteChart svg, .stVegaLiteChart canvas"
MAIN = "[data-testid=stMainBlockContainer]"

# Where a phone has another layout than a desk.
at_both_widths = pytest.mark.parametrize(
    "page", [pytest.param(width, id=f"{width}px") for width in (DESK, PHONE)], indirect=True
)

# The server is done, no part is from an earlier run or still to come, and every chart has its drawing.
_DRAWN = """() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
    && !document.querySelector('[data-stale=true], .vb-waiting, [aria-busy=true]')
    && [...document.querySelectorAll('.stVegaLiteChart')]
        .every(chart => chart.querySelector('svg text, canvas'))"""
# Drawings come in steps (frame, rows, outlines): wait until nothing has changed for a while.
_QUIET = """() => new Promise(resolve => {
    let waiting;
    const end = () => { watch.disconnect(); resolve(); };
    const again = () => { clearTimeout(waiting); waiting = setTimeout(end, 300); };
    const watch = new MutationObserver(again);
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    again();
})"""
_STICKING_OUT = """() => [document.documentElement,
    ...document.querySelectorAll('[class^=vb-], .stVegaLiteChart, .stButton, [data-testid=stMarkdown], textarea')]
    .filter(element => !element.closest('.vb-hidden, details:not([open]), .vb-wide-table > *'))
    .filter(element => Math.max(element.getBoundingClientRect().right,
        element === document.documentElement ? element.scrollWidth : 0) > innerWidth)
    .map(element => `${element.tagName} ${element.className}: ${element.getBoundingClientRect().right}`)"""
# A line of text is a little taller than its letters.
_CUT_OFF = """() => [...document.querySelectorAll('.stVegaLiteChart')].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim()).flatMap(text => {
        const box = text.getBoundingClientRect();
        const out = box.left < frame.left - 4 || box.right > frame.right + 4
            || box.top < frame.top - 4 || box.bottom > frame.bottom + 4;
        return out ? [text.textContent] : [];
    });
})"""


def settled(page: Page) -> None:
    """Wait until the page is drawn to its end."""
    page.wait_for_function(_DRAWN)
    page.evaluate(_QUIET)
    page.wait_for_function(_DRAWN)


def resized(page: Page, width: int) -> None:
    """The same page on another screen."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.wait_for_function("width => innerWidth === width", arg=width)
    settled(page)


def opened(page: Page, path: str, charts: int) -> None:
    """Open a page and wait until all of it stands, with so many charts."""
    page.goto(path)
    page.locator("h1").wait_for()
    expect(page.locator(CHARTS)).to_have_count(charts, timeout=60_000)
    settled(page)


def sticking_out(page: Page) -> list[str]:
    """What is wider than the screen, and words of charts that are cut off."""
    found: list[str] = [*page.evaluate(_STICKING_OUT), *page.evaluate(_CUT_OFF)]
    return found


def chosen(page: Page) -> dict[str, str]:
    """What the address says."""
    return dict(parse_qsl(urlsplit(page.url).query))


def whole(page: Page) -> str:
    """All words of the page."""
    return page.locator(MAIN).inner_text()
