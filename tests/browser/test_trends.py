"""Trends, map, tile map and slope in a real browser: they fit, they reload as they were, they ask nobody else."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

TRENDS = "/trends?index=pci&year=2023&province=63-36&rivals=63-37&lang=vi"
MAP = "/rankings?index=pci&year=2019&province=63-36&view=map&lang=vi"
PICTURES = [
    (TRENDS, 3),
    ("/trends?index=pci&year=2025&province=34-37&lang=en", 4),
    ("/trends?index=pci&year=2023&province=63-04&behind=peers&lang=vi", 3),
    ("/rankings?index=pci&year=2019&province=63-36&view=merged&lang=vi", 1),
    ("/rankings?index=pci&year=2023&province=63-48&view=merged&by=score&lang=en", 1),
    ("/trends?index=papi&year=2024&province=63-04&lang=en", 3),
    (MAP, 1),
    ("/rankings?index=pci&year=2019&province=63-46&view=map&lang=vi", 1),
    ("/rankings?index=par&year=2023&province=63-36&view=tiles&lang=en", 1),
    ("/rankings?index=pci&year=2023&province=63-36&view=slope&from=2015&lang=vi", 1),
]

pytestmark = pytest.mark.timeout(300)

# A line of text is a little taller than its letters.
OUTSIDE = """() => [...document.querySelectorAll('.stVegaLiteChart')].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('svg text')].filter(text => text.textContent.trim()).flatMap(text => {
        const box = text.getBoundingClientRect();
        const out = box.left < frame.left - 4 || box.right > frame.right + 4
            || box.top < frame.top - 4 || box.bottom > frame.bottom + 4;
        return out ? [text.textContent] : [];
    });
})"""


def drawn(page: Page, count: int) -> None:
    charts = page.locator(".stVegaLiteChart svg")
    expect(charts).to_have_count(count)
    expect(page.locator(".vb-source").last).to_be_visible()
    # The rows and the outlines come after the first drawing.
    page.wait_for_function("() => document.querySelectorAll('.stVegaLiteChart svg text').length > 5")
    page.wait_for_timeout(500)


@pytest.mark.parametrize(("path", "count"), PICTURES)
def test_nothing_sticks_out(page: Page, path: str, count: int) -> None:
    page.goto(path)
    drawn(page, count)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(OUTSIDE) == []


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
    "path",
    [TRENDS, "/trends?index=pci&year=2025&province=34-37&lang=vi"]
    + [
        f"/rankings?index=pci&year=2019&province=63-36&view={view}&lang=vi"
        for view in ("tiles", "slope", "merged")
    ]
    + [MAP],
)
@pytest.mark.parametrize("page", [1440], indirect=True)  # the same drawing at every width
def test_another_province_moves_the_drawing_and_draws_no_new_one(page: Page, path: str) -> None:
    page.goto(path)
    page.locator(".stVegaLiteChart svg").last.wait_for()
    page.wait_for_timeout(1500)
    before = page.locator(".stVegaLiteChart").first.inner_text()
    page.evaluate("() => { window.kept = [...document.querySelectorAll('.stVegaLiteChart svg')] }")
    page.get_by_role("combobox", name="Tỉnh, thành phố").first.click()
    page.keyboard.type("quang ninh")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-figure h2").first).to_contain_text("Quảng Ninh")
    page.wait_for_timeout(1500)
    assert page.evaluate("() => window.kept.every(drawing => drawing.isConnected)")
    if "merged" not in path:  # the bars change their colour alone
        assert page.locator(".stVegaLiteChart").first.inner_text() != before or "tiles" in path


CROWDED = ["63-42", "63-44", "63-45", "63-46", "63-48", "63-49", "63-51"]


@pytest.mark.parametrize("unit", CROWDED)
def test_no_name_lies_over_an_archipelago(page: Page, unit: str) -> None:
    page.goto(f"/rankings?index=pci&year=2019&province={unit}&view=map&lang=vi")
    drawn(page, 1)
    over = page.locator(".stVegaLiteChart svg").evaluate(
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
    assert over[0] >= 19
    assert over[1] == 0


def test_the_outlines_are_fetched_once(page: Page) -> None:
    page.goto(MAP)
    drawn(page, 1)
    page.get_by_role("combobox", name="Tỉnh, thành phố").click()
    page.keyboard.type("Quảng Ninh")
    page.keyboard.press("Enter")
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
    chosen = {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}
    assert chosen["by"] == "rank"
    assert chosen["rivals"] == "63-37"
    headings, address = page.locator(".vb-figure h2").all_inner_texts(), page.url
    page.reload()
    drawn(page, 3)
    expect(page.locator("h2", has_text="lên hạng ở")).to_be_visible()
    assert page.locator(".vb-figure h2").all_inner_texts() == headings
    assert page.url == address


def test_rivals_are_remembered_in_the_browser(page: Page) -> None:
    page.goto(TRENDS)
    drawn(page, 3)
    page.goto("/trends?index=pci&year=2023&province=63-22&lang=vi")
    drawn(page, 3)
    expect(page.locator(".vb-figure p").first).to_contain_text("nét xanh nhạt: Ninh Bình")
