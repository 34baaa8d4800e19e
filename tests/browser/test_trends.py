"""Trends, map, tile map and slope in a real browser: what is drawn, what moves, what is kept."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE
from tests.browser.reading import CHARTS, chosen, resized, settled

TRENDS = "/trends?index=pci&year=2023&province=63-36&rivals=63-37&lang=vi"
MAP = "/rankings?index=pci&year=2019&province=63-36&view=map&lang=vi"
RANKINGS = "/rankings?index=pci&year=2019&province=63-36&lang=vi"
# Their names stand beside the archipelagos, some shortened to the last word (TT-Huế).
CROWDED = ("Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế", "Đà Nẵng", "Quảng Nam", "Quảng Ngãi")

pytestmark = pytest.mark.timeout(300)


def drawn(page: Page, count: int) -> None:
    expect(page.locator(CHARTS)).to_have_count(count)
    expect(page.locator(".vb-source").last).to_be_visible()
    settled(page)


def pick(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="Tỉnh, thành phố").first.click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def test_the_map_shows_the_country_and_both_archipelagos(page: Page) -> None:
    page.goto(MAP)
    drawn(page, 1)
    chart = page.locator(".stVegaLiteChart svg")
    for name in ("Quần đảo Hoàng Sa", "(Đà Nẵng)", "Quần đảo Trường Sa", "(Khánh Hòa)", "Nam Định 65,09"):
        expect(chart.locator("text", has_text=name).first).to_be_visible()
    # An outline that covers the whole frame is one that is wound the wrong way.
    widest = chart.evaluate(
        """svg => Math.max(...[...svg.querySelectorAll('[aria-roledescription="geoshape"] path, path')]
             .filter(path => path.getAttribute('fill') && path.getAttribute('fill').startsWith('rgb'))
             .map(path => path.getBoundingClientRect().width / svg.getBoundingClientRect().width))"""
    )
    assert 0.02 < widest < 0.5
    assert chart.evaluate("svg => svg.getBoundingClientRect().height") > 300


@pytest.mark.parametrize(
    ("path", "count"),
    [
        (TRENDS, 3),
        ("/trends?index=pci&year=2025&province=34-37&lang=vi", 4),
        (f"{RANKINGS}&view=tiles", 1),
        (f"{RANKINGS}&view=slope", 1),
        (f"{RANKINGS}&view=merged", 1),
        (MAP, 1),
    ],
)
def test_another_province_moves_the_drawing_and_draws_no_new_one(page: Page, path: str, count: int) -> None:
    page.goto(path)
    drawn(page, count)
    before = page.evaluate(
        """() => {
            window.kept = [...document.querySelectorAll('.stVegaLiteChart svg')];
            return window.kept[0].innerHTML;
        }"""
    )
    pick(page, "quang ninh")
    expect(page.locator(".vb-figure h2").first).to_contain_text("Quảng Ninh")
    # Names and places, or as in tiles and bars the colours alone.
    page.wait_for_function("before => window.kept[0].innerHTML !== before", arg=before)
    settled(page)
    assert page.evaluate("() => window.kept.every(drawing => drawing.isConnected)")


def test_no_name_lies_over_an_archipelago_on_a_desk_or_on_a_phone(page: Page) -> None:
    page.goto(MAP)
    drawn(page, 1)
    covered: list[tuple[int, str]] = []
    for width in (DESK, PHONE):
        resized(page, width)
        for name in CROWDED:
            pick(page, name)
            page.locator(
                ".stVegaLiteChart svg text[font-weight='600']", has_text=name.rpartition(" ")[2]
            ).first.wait_for()
            settled(page)
            islands, over = page.locator(".stVegaLiteChart svg").evaluate(
                """svg => {
                    const box = element => element.getBoundingClientRect();
                    const texts = [...svg.querySelectorAll('text')];
                    const name = texts.find(text => getComputedStyle(text).fontWeight === '600');
                    const islands = [...svg.querySelectorAll('.mark-symbol path')]
                        .filter(dot => box(dot).width > 1 && box(dot).width < 8);
                    const others = [...islands, ...texts.filter(text => text.textContent.includes('Quần đảo'))];
                    const meet = (a, b) => a.left < b.right && b.left < a.right
                        && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
                    return [islands.length, others.filter(other => meet(box(name), box(other))).length];
                }"""
            )
            assert islands >= 19
            if over:
                covered.append((width, name))
    assert covered == []


def test_the_outlines_are_fetched_once(page: Page) -> None:
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(MAP)
    drawn(page, 1)
    pick(page, "Quảng Ninh")
    expect(page.locator(".stVegaLiteChart svg text", has_text="Quảng Ninh 73,40").first).to_be_visible()
    sent = page.evaluate(
        """() => performance.getEntriesByType('resource')
             .filter(entry => entry.name.includes('outlines-')).map(entry => entry.transferSize)"""
    )
    assert 0 < sent[0] < 16_000
    assert not any(sent[1:])  # from the browser's own cache


def test_reloading_gives_the_same_page(page: Page) -> None:
    page.goto(TRENDS)
    drawn(page, 3)
    page.get_by_text("Hạng", exact=True).last.click()
    expect(page.locator("h2", has_text="lên hạng ở")).to_be_visible()
    assert chosen(page)["by"] == "rank"
    assert chosen(page)["rivals"] == "63-37"
    headings, address = page.locator(".vb-figure h2").all_inner_texts(), page.url
    page.reload()
    drawn(page, 3)
    expect(page.locator("h2", has_text="lên hạng ở")).to_be_visible()
    assert page.locator(".vb-figure h2").all_inner_texts() == headings
    assert page.url == address


def test_comparators_are_remembered_in_the_browser(page: Page) -> None:
    page.goto(TRENDS)
    drawn(page, 3)
    page.goto("/trends?index=pci&year=2023&province=63-22&lang=vi")
    drawn(page, 3)
    expect(page.locator(".vb-figure p").first).to_contain_text("nét xanh nhạt: Ninh Bình")
