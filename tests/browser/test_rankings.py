"""The rankings in a real browser: what is there, on a wide and on a narrow screen, and where it asks for it."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVE = "from dashboard.server import serve; serve(port=0, say=lambda address: print(address, flush=True))"
NAM_DINH = "/rankings?index=pci&year=2019&province=63-36&lang=vi"
WIDTHS = (1440, 390)

pytestmark = pytest.mark.timeout(300)

try:
    from playwright.sync_api import Browser, Page, expect, sync_playwright
except ModuleNotFoundError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("playwright is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no chromium at {CHROMIUM}: apt-get install chromium")
        pytest.skip(f"no chromium at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, started far from the project's folder, on a store of its own."""
    folder = tmp_path_factory.mktemp("serve")
    shutil.copyfile(store_path, folder / "store.duckdb")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "PYTEST_"))}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=folder,
        env=clean | {"VUOTBAC_STORE": str(folder / "store.duckdb")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield _said(server)
    finally:
        server.terminate()
        server.wait(timeout=20)
        assert server.stdout is not None
        server.stdout.close()


def _said(server: subprocess.Popen[str]) -> str:
    """The address that the server prints; a dead or silent server fails the test instead of hanging it."""
    lines: queue.Queue[str] = queue.Queue()
    assert server.stdout is not None
    threading.Thread(target=lambda out=server.stdout: lines.put(out.readline()), daemon=True).start()
    said = lines.get(timeout=120).strip()
    assert said.startswith("http://localhost:"), f"the server said {said!r} and ended with {server.poll()}"
    return said


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test where it asks any other host for anything."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, base_url=address)
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    hosts: set[str] = set()
    opened.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    opened.on("websocket", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    yield opened
    context.close()
    assert hosts - {""} == {urlsplit(address).netloc}


def chosen(page: Page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def test_the_page_says_where_nam_dinh_stands(page: Page) -> None:
    page.goto(NAM_DINH)
    expect(page.locator("h1")).to_have_text("PCI 2019: xếp hạng 63 tỉnh, thành phố")
    expect(page.locator(".vb-standing")).to_contain_text("thứ 33/63")
    expect(page.locator(".vb-standing")).to_contain_text("65,09")
    expect(page.locator(".vb-table tbody tr")).to_have_count(63)
    expect(page.locator(".vb-source")).to_have_text("Nguồn: VCCI, PCI 2019; tính toán: Vượt Bậc")
    assert page.evaluate("document.documentElement.lang") == "vi"
    assert page.title().startswith("PCI 2019")


def test_nothing_sticks_out(page: Page) -> None:
    page.goto(NAM_DINH)
    page.locator(".vb-source").wait_for()
    wide = page.evaluate(
        """() => Math.max(document.documentElement.scrollWidth,
             ...[...document.querySelectorAll('[class^=vb-]:not(.vb-hidden)')]
               .map(element => element.getBoundingClientRect().right))"""
    )
    assert wide <= page.evaluate("innerWidth")


def test_the_chosen_row_stays_in_view(page: Page) -> None:
    page.goto(NAM_DINH)
    row = page.locator("tr.vb-chosen > th")
    for place in (".vb-table tbody tr:nth-child(2)", ".vb-table tbody tr:nth-child(62)"):
        page.locator(place).evaluate("element => element.scrollIntoView({block: 'center'})")
        expect(row).to_be_in_viewport(ratio=0.9)


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
    page.goto("/")
    page.get_by_label("Tỉnh, thành phố").click()
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


def test_the_text_is_set_in_the_shipped_font(page: Page) -> None:
    page.goto(NAM_DINH)
    page.locator(".vb-source").wait_for()
    loaded = page.evaluate(
        """document.fonts.ready.then(all => [...all].filter(face => face.status === 'loaded')
             .map(face => face.family + ' ' + face.unicodeRange))"""
    )
    assert any("Be Vietnam Pro" in face and "1EA0" in face.upper() for face in loaded)
    assert "Be Vietnam Pro" in page.locator("h1").evaluate("element => getComputedStyle(element).fontFamily")


def test_a_second_server_on_the_port_is_refused_with_a_remedy(address: str) -> None:
    port = urlsplit(address).port
    second = subprocess.run(
        [sys.executable, "-c", f"from dashboard.server import serve; serve(port={port})"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"VUOTBAC_LANG": "vi"},
    )
    assert second.returncode != 0
    assert f"--port {(port or 0) + 1}" in second.stderr
