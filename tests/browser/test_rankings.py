"""The rankings in a real browser: what is there, on a wide and on a narrow screen, and where it asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.reading import chosen, resized

NAM_DINH = "/rankings?index=pci&year=2019&province=63-36&lang=vi"

pytestmark = pytest.mark.timeout(300)


def test_the_page_says_where_nam_dinh_stands(page: Page) -> None:
    page.goto(NAM_DINH)
    expect(page.locator("h1")).to_have_text("PCI 2019: xếp hạng 63 tỉnh, thành phố")
    expect(page.locator(".vb-standing")).to_contain_text("thứ 33/63")
    expect(page.locator(".vb-standing")).to_contain_text("65,09")
    expect(page.locator(".vb-table tbody tr")).to_have_count(63)
    expect(page.locator(".vb-source")).to_have_text("Nguồn: VCCI, PCI 2019; tính toán: Vượt Bậc")
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.title().startswith("PCI 2019")
    # Set in the shipped font.
    loaded = page.evaluate(
        """document.fonts.ready.then(all => [...all].filter(face => face.status === 'loaded')
             .map(face => face.family + ' ' + face.unicodeRange))"""
    )
    assert any("Be Vietnam Pro" in face and "1EA0" in face.upper() for face in loaded)
    assert "Be Vietnam Pro" in page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily")


def test_the_chosen_row_stays_in_view_on_a_desk_and_on_a_phone(page: Page) -> None:
    page.goto(NAM_DINH)
    scroll_past_the_chosen_row(page)
    resized(page, PHONE)
    scroll_past_the_chosen_row(page)


def scroll_past_the_chosen_row(page: Page) -> None:
    row = page.locator("tr[data-unit='63-36'] > th")
    for place in (".vb-table tbody tr:nth-child(2)", ".vb-table tbody tr:nth-child(62)"):
        page.locator(place).evaluate("element => element.scrollIntoView({block: 'center'})")
        expect(row).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("view", ["table", "bands", "merged"])
def test_another_province_leaves_the_table_as_it_is(page: Page, view: str) -> None:
    page.goto(f"{NAM_DINH}&view={view}")
    units = ("63-36", "63-22") if view != "merged" else ("34-37", "34-22")
    rows = [page.locator(f"tr[data-unit='{unit}'] > th") for unit in units]
    strong = "element => getComputedStyle(element).position"
    expect(rows[0]).to_have_css("position", "sticky")
    page.evaluate("() => { window.kept = document.querySelector('.vb-table') }")
    page.get_by_role("combobox", name="Tỉnh, thành phố").click()
    page.keyboard.type("quang ninh")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-standing h2")).to_have_text("Quảng Ninh")
    expect(rows[1]).to_have_css("position", "sticky")
    assert rows[0].evaluate(strong) != "sticky"
    assert page.evaluate("() => window.kept.isConnected")


def test_the_bands_of_ranks_reload_as_they_were(page: Page) -> None:
    page.goto(f"{NAM_DINH}&view=bands")
    row = page.locator("tr[data-unit='63-36']")
    expect(row).to_contain_text("30–36")
    expect(page.locator(".vb-finding")).to_contain_text("không phải sai số khảo sát")
    said = page.locator(".vb-finding").inner_text()
    page.reload()
    expect(page.locator(".vb-finding")).to_have_text(said, use_inner_text=True)


def test_the_other_language_keeps_the_selection(page: Page) -> None:
    page.goto(NAM_DINH)
    before = chosen(page)
    page.locator("h1").wait_for()
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_have_text("PCI 2019: ranking of 63 provinces")
    expect(page.locator(".vb-standing")).to_contain_text("33rd of 63")
    expect(page.locator(".vb-standing")).to_contain_text("65.09")
    assert chosen(page) == before | {"lang": "en"}


def test_reloading_gives_the_same_page(page: Page) -> None:
    page.goto("/rankings")
    page.get_by_role("combobox", name="Tỉnh, thành phố").click()
    page.keyboard.type("nam dinh")
    page.keyboard.press("Enter")
    expect(page.locator(".vb-standing h2")).to_have_text("Nam Định")
    page.get_by_label("Tìm trong bảng").fill("ninh")
    names = page.locator(".vb-table tbody th")
    expect(names).to_have_text(["Quảng Ninh", "Ninh Thuận", "Ninh Bình", "Tây Ninh", "Bắc Ninh"])
    said, address = page.locator(".vb-standing").inner_text(), page.url
    page.reload()
    expect(names).to_have_count(5)
    expect(page.locator(".vb-standing")).to_have_text(said, use_inner_text=True)
    assert page.url == address


def test_a_second_server_on_the_port_is_refused_with_a_remedy(address: str) -> None:
    port = urlsplit(address).port
    second = subprocess.run(
        [sys.executable, "-c", f"from dashboard.server.serve import serve; serve(port={port})"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"VUOTBAC_LANG": "vi"},
    )
    assert second.returncode != 0
    assert f"--port {(port or 0) + 1}" in second.stderr
