"""What the tests in a real browser share: one chromium, one server, and a page that may ask nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.serving import served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE = 1440, 390
HEIGHT = 900
# What a reader leaves in the browser; its cache of scripts stays.
LEFT = "cookies,local_storage,indexeddb,service_workers"


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without playwright there is nothing to collect here; in CI that is a mistake and must not pass silently."""
    if os.environ.get("CI") == "true" or collection_path.name == "conftest.py":
        return None
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return True
    return None


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, address: str) -> Iterator[BrowserContext]:
    """Debian's chromium without windows; skipped with a reason where it is not installed, failed in CI.

    With a profile on disk: a page's scripts are fetched and compiled for the first test alone, which halves what
    every other one costs.
    """
    from playwright.sync_api import expect, sync_playwright

    # A loaded machine draws late; what is expected must still come.
    expect.set_options(timeout=20_000)

    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"no chromium at {CHROMIUM}: apt-get install chromium-headless-shell")
        pytest.skip(f"no chromium at {CHROMIUM}: apt-get install chromium-headless-shell")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"), executable_path=str(CHROMIUM), args=ARGUMENTS, base_url=address
        )
        opened.set_default_timeout(60_000)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def address(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server of all tests that only read."""
    with served(store_path, tmp_path_factory.mktemp("serve")) as server:
        yield server.address


@pytest.fixture
def own_address(store_path: Path, tmp_path: Path) -> Iterator[str]:
    """A server for one test, which may write to its store."""
    with served(store_path, tmp_path) as server:
        yield server.address


@pytest.fixture
def page(browser: BrowserContext, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A new reader's page, at a desk unless the test says otherwise; it may ask no other host for anything."""
    allowed = {urlsplit(address).netloc}
    if "own_address" in request.fixturenames:
        allowed = {urlsplit(request.getfixturevalue("own_address")).netloc}
    opened = browser.new_page()
    opened.set_viewport_size({"width": getattr(request, "param", DESK), "height": HEIGHT})
    hosts: set[str] = set()
    opened.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    opened.on("websocket", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    yield opened
    opened.close()
    forget = browser.new_cdp_session(browser.pages[0])
    for host in allowed:
        forget.send("Storage.clearDataForOrigin", {"origin": f"http://{host}", "storageTypes": LEFT})
    browser.clear_cookies()
    browser.clear_permissions()
    assert hosts - {""} == allowed
