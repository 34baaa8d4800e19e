"""A made-up edition of the 34 goes in, the overview of one of them leads with it, and it goes out again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from data.frames import Frames
from tests.browser.reading import MAIN, settled
from tests.edition import FILE, INDEX, YEAR, made_up
from tests.reckoning import TRUE, Reckoned, vi

UNIT = "34-37"

pytestmark = pytest.mark.timeout(300)


def said(page: Page, address: str) -> str:
    page.goto(f"{address}/overview?province={UNIT}&lang=vi")
    page.locator(".vb-notes").wait_for()  # the last thing that is drawn
    settled(page)
    return page.locator(MAIN).inner_text()


def test_the_overview_of_one_of_the_34_follows_a_table_in_and_out(
    page: Page, own_address: str, frames: Frames
) -> None:
    edition = made_up(frames)
    own = Reckoned(edition, UNIT, TRUE)
    before = said(page, own_address)
    assert "thứ 45/63" in before  # a member's
    assert vi(own.total) not in before

    page.goto(f"{own_address}/data?part=import&index={INDEX}&year={YEAR}&lang=vi")
    table = {"name": FILE, "mimeType": "text/csv", "buffer": edition.table(weights=True)}
    page.locator("input[type=file]").set_input_files([table])  # type: ignore[list-item]
    page.get_by_label("Bảng này lấy từ đâu").fill("bịa ra để thử")
    page.get_by_role("button", name=re.compile(r"^Nhập \d+ số liệu")).click()
    expect(page.locator(".vb-said")).to_contain_text(f"PCI {YEAR}")

    after = said(page, own_address)
    card = page.locator(".vb-card").first
    expect(card).to_contain_text(f"PCI {YEAR}")
    expect(card).to_contain_text(f"thứ {own.rank}/34")
    expect(card).to_contain_text(vi(own.total))
    assert after.index(f"thứ {own.rank}/34") < after.index("thứ 45/63")
    page.locator(".vb-start, .vb-onward").get_by_role("link", name=re.compile("^Bảng xếp hạng")).click()
    expect(page.locator("h1")).to_contain_text(f"PCI {YEAR}: xếp hạng 34")

    page.goto(f"{own_address}/data?part=import&index={INDEX}&year={YEAR}&lang=vi")
    page.get_by_role("button", name="Hoàn tác", exact=True).click()
    page.get_by_role("button", name=re.compile(r"Hoàn tác lô \d+")).click()
    expect(page.locator(".vb-said")).to_contain_text("Đã hoàn tác lô")
    assert said(page, own_address) == before
