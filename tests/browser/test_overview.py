"""The overview in a real browser: the first screen, what is remembered, and that all of it fits."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.reading import CHARTS, MAIN, chosen, resized, settled, whole

NAM_DINH = "/?province=63-36&index=pci&year=2019&lang=vi"
PANELS = (".vb-strengths", ".vb-why", ".vb-odds", ".vb-onward")

pytestmark = pytest.mark.timeout(300)


def wait_for_charts(page: Page, count: int) -> None:
    page.locator(".vb-notes").wait_for()  # the last thing that is drawn
    expect(page.locator(CHARTS)).to_have_count(count)


def wait_for_cookie(page: Page, said: str) -> None:
    page.wait_for_function("said => document.cookie.split('; ').includes(said)", arg=said)


def test_the_first_screen_finds_a_province_without_accents_and_the_browser_remembers_it(page: Page) -> None:
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Tỉnh ta đứng đâu?")
    page.get_by_label("Tìm tỉnh, thành phố").fill("nam dinh")
    names = page.locator(".vb-regions a")
    # The province of the 34 that it is part of now, and below it the province itself.
    expect(names).to_have_text(["Ninh Bình", "Nam Định"])
    names.last.click()
    expect(page.locator("h1")).to_have_text("Nam Định")
    expect(page.locator(".vb-card").first).to_contain_text("thứ 45/63")
    wait_for_cookie(page, "vuotbac_province=63-36")
    page.goto("about:blank")
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Nam Định")
    assert chosen(page)["province"] == "63-36"


def test_the_language_is_remembered_too_and_the_address_wins(page: Page) -> None:
    page.goto(NAM_DINH)
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Nam Dinh")
    wait_for_cookie(page, "vuotbac_lang=en")
    page.goto("/overview?province=63-04")
    expect(page.locator("h1")).to_have_text("Cao Bang")
    page.goto("/overview?province=63-04&lang=vi")
    expect(page.locator("h1")).to_have_text("Cao Bằng")


def test_a_province_that_was_cleared_is_not_remembered(page: Page) -> None:
    page.goto(NAM_DINH)
    expect(page.locator("h1")).to_have_text("Nam Định")
    page.get_by_role("button", name="Bỏ chọn").click()
    expect(page.locator("h1")).to_have_text("Tỉnh ta đứng đâu?")
    page.wait_for_function("!document.cookie.includes('vuotbac_province')")
    page.goto("/overview")
    expect(page.locator("h1")).to_have_text("Tỉnh ta đứng đâu?")


def tops_of_cards(page: Page) -> list[float]:
    cards = page.locator(".vb-card")
    expect(cards).to_have_count(4)
    return cards.evaluate_all("cards => cards.map(card => card.getBoundingClientRect().top)")


def test_the_first_cards_stand_in_a_row_and_below_one_another_on_a_phone(page: Page) -> None:
    page.goto(NAM_DINH)
    wait_for_charts(page, 2)
    tops = tops_of_cards(page)
    assert tops[0] == tops[1]
    resized(page, PHONE)
    tops = tops_of_cards(page)
    assert sorted(set(tops)) == tops


@pytest.mark.parametrize(
    "province", ["63-22&year=2019", "63-36&year=2023", "63-36&year=2019", "63-48&year=2023", "63-77&year=2023"]
)
def test_the_whole_finding_is_on_the_first_screen_in_both_languages(page: Page, province: str) -> None:
    page.goto(f"/overview?index=pci&province={province}&lang=vi")
    wait_for_charts(page, 2)
    settled(page)
    assert below_the_first_screen(page) == []
    page.get_by_text("English", exact=True).click()
    expect(page.locator(".vb-product")).to_have_attribute("lang", "en")
    wait_for_charts(page, 2)
    settled(page)
    assert below_the_first_screen(page) == []


def below_the_first_screen(page: Page) -> list[str]:
    """The parts of the finding that a reader at a desk would have to scroll for."""
    parts = (".vb-cards >> nth=0", ".vb-supporting", ".st-key-chart-card-distance", *PANELS)
    ends = {part: page.locator(part).evaluate("part => part.getBoundingClientRect().bottom") for part in parts}
    return [f"{part}: {end}" for part, end in ends.items() if end > 900]


def test_the_brief_comes_as_one_file_in_the_language_chosen(page: Page) -> None:
    page.goto(NAM_DINH.replace("lang=vi", "lang=en"))
    wait_for_charts(page, 2)
    with page.expect_download() as download:
        page.get_by_role("button", name="Brief (PDF)").click()
    assert download.value.suggested_filename == "vuotbac-pci-2019-63-36-en.pdf"
    content = Path(download.value.path()).read_bytes()
    assert content.startswith(b"%PDF")


def test_a_panel_leads_to_the_page_behind_it_without_a_reload(page: Page) -> None:
    page.goto(NAM_DINH)
    wait_for_charts(page, 2)
    page.evaluate("window.__still_here = true")
    page.locator(".vb-why a").click()
    page.wait_for_url("**/change?**")
    assert page.evaluate("window.__still_here")
    assert chosen(page)["province"] == "63-36"


def test_the_sparklines_are_pictures_with_words(page: Page) -> None:
    page.goto(NAM_DINH)
    pictures = page.locator(".vb-spark img")
    expect(pictures).to_have_count(4)
    assert pictures.first.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    assert "2019: 33/63" in (pictures.first.get_attribute("alt") or "")


def test_reloading_gives_the_same_page(page: Page) -> None:
    page.goto("/overview?province=63-48&index=papi&year=2022&order=gap")
    wait_for_charts(page, 2)
    # The last line to come is how good the odds were.
    expect(page.locator(MAIN)).not_to_contain_text("Đang kiểm nghiệm")
    address, said = page.url, whole(page)
    page.reload()
    wait_for_charts(page, 2)
    expect(page.locator(MAIN)).to_have_text(said, use_inner_text=True)
    assert page.url == address


def test_the_navigation_keeps_what_was_chosen(page: Page) -> None:
    page.goto(NAM_DINH)
    expect(page.locator("h1")).to_have_text("Nam Định")
    page.get_by_role("link", name="Xếp hạng", exact=True).click()
    expect(page.locator("h1")).to_have_text("PCI 2019: xếp hạng 63 tỉnh, thành phố")
    expect(page.locator(".vb-standing h2")).to_have_text("Nam Định")
    assert chosen(page) == {"province": "63-36", "index": "pci", "year": "2019", "lang": "vi"}


def test_a_card_leads_to_the_same_page_on_its_index(page: Page) -> None:
    page.goto(NAM_DINH)
    page.get_by_role("link", name="Xem kỹ PAR INDEX 2023").click()
    expect(page.locator(".vb-current h2")).to_contain_text("PAR INDEX 2023")
    expect(page.locator(".st-key-chart-card-distance h2")).to_contain_text("từ 1,06 đến 1,28 điểm")
