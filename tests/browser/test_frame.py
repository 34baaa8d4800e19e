"""What frames every page: the link to take along, and the menu of the framework in the reader's language."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect
from websockets.typing import Subprotocol

pytestmark = pytest.mark.timeout(300)


def test_what_pages_send_is_not_compressed_unless_that_is_set(address: str) -> None:
    stream = f"ws{address.removeprefix('http')}/_stcore/stream"
    with connect(stream, subprotocols=[Subprotocol("streamlit")], compression="deflate") as socket:
        assert socket.protocol.extensions == []


def _copied(page: Page, label: str) -> str:
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".vb-copy.vb-done")).to_have_count(1)
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_link_says_what_the_address_leaves_open(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/change?province=63-36&behind=peers")
    expect(page.locator("h1")).to_contain_text("Nam Định")
    title = page.locator("h1").inner_text()
    link = urlsplit(_copied(page, "Chép liên kết"))
    told = {"province": "63-36", "behind": "peers", "index": "pci", "year": "2023", "lang": "vi"}
    assert (link.netloc, link.path) == (urlsplit(page.url).netloc, "/change")
    assert dict(parse_qsl(link.query)) == told
    expect(page.get_by_role("status").filter(has_text="Đã chép liên kết")).to_have_count(1)
    page.goto(link.geturl())
    expect(page.locator("h1")).to_have_text(title)


def test_what_was_chosen_since_is_in_the_link(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/change?province=63-36&lang=en")
    expect(page.locator("h1")).to_contain_text("Nam Dinh")
    page.get_by_label("Edition").first.select_option("2019")
    expect(page.locator("h1")).to_contain_text("2019")
    assert ("year", "2019") in parse_qsl(urlsplit(_copied(page, "Copy link")).query)


def test_a_province_that_was_cleared_is_not_in_the_link(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/rankings?province=63-36&index=pci&year=2019&lang=vi")
    expect(page.locator(".vb-standing h2")).to_have_text("Nam Định")
    page.get_by_role("button", name="Bỏ chọn").first.click()
    expect(page.locator(".vb-standing h2")).to_have_count(0)
    assert "province" not in dict(parse_qsl(urlsplit(_copied(page, "Chép liên kết")).query))


def test_without_a_clipboard_of_its_own_the_page_copies_it_too(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/data?part=download&lang=vi")
    page.locator("h1").wait_for()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('not secure')); }")
    assert "/data?" in _copied(page, "Chép liên kết")


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", ["Tự động", "Sáng", "Tối", "In trang này"]), ("en", ["Auto", "Light", "Dark", "Print this page"])],
)
def test_the_menu_speaks_the_language_of_the_page(page: Page, lang: str, words: list[str]) -> None:
    page.goto(f"/data?part=download&lang={lang}")
    page.locator("h1").wait_for()
    page.locator("[data-testid=stMainMenu] button").click()
    page.get_by_test_id("stMainMenuList").wait_for()
    shown = page.evaluate(
        """() => [...document.querySelectorAll("[data-testid^=stMainMenuItem-]")]
             .filter((item) => item.checkVisibility())
             .map((item) => {
               const label = item.querySelector("[data-testid=stMainMenuItemLabel]") ?? item;
               const size = parseFloat(getComputedStyle(label).fontSize);
               return size ? label.textContent : JSON.parse(getComputedStyle(label, "::after").content);
             })"""
    )
    assert shown == words
    expect(page.get_by_text("Made with Streamlit")).to_be_hidden()


def test_another_language_keeps_what_was_chosen_before_it(page: Page) -> None:
    page.goto("/change?province=63-36&index=pci&year=2019&lang=vi")
    expect(page.locator("h1")).to_contain_text("PCI 2019")
    page.get_by_label("Năm", exact=True).select_option("2018")
    expect(page.locator("h1")).to_contain_text("PCI 2018")
    page.get_by_label("Chỉ số").first.select_option("papi")
    expect(page.locator("h1")).to_contain_text("PAPI")
    title = page.locator("h1").inner_text()
    page.get_by_text("English", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Nam Dinh, PAPI 2018")
    page.get_by_text("Tiếng Việt", exact=True).click()
    expect(page.locator("h1")).to_have_text(title)


def test_of_two_choices_while_the_server_is_busy_neither_is_lost(page: Page) -> None:
    page.goto("/target?province=63-36&index=pci&year=2019&lang=vi")
    page.locator(".vb-slider").first.wait_for()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    # A busy server hears the last of several messages about the same row of choices.
    page.evaluate(
        """() => {
             const send = WebSocket.prototype.send;
             let busy = true;
             WebSocket.prototype.send = function (message) {
               if (busy) busy = false;
               else send.call(this, message);
             };
           }"""
    )
    page.get_by_label("Năm", exact=True).select_option("2018")
    page.get_by_label("Nhóm dẫn đầu").first.select_option("10")
    expect(page.locator("h1")).to_have_text("Nam Định: đường vào nhóm 10 dẫn đầu PCI 2018")


def test_a_page_that_there_is_not_is_said_in_the_readers_language(page: Page) -> None:
    page.goto("/nothing?province=63-36&index=pci&year=2019&lang=en")
    expect(page.locator(".vb-heading p")).to_contain_text("There is no “/nothing” here")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("link", name="Rankings").first.click()
    expect(page.locator(".vb-table").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert "/rankings?" in page.url
