"""What the tests in a real browser share: chromium, a server of its own, and a page that may ask nobody else."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
SERVE = "from dashboard.server.serve import serve; serve(port=0, say=lambda address: print(address, flush=True))"
WIDTHS = (1440, 390)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Without playwright there is nothing to collect here; in CI that is a mistake and must not pass silently."""
    if os.environ.get("CI") == "true" or collection_path.name == "conftest.py":
        return None
    try:
        import playwright  # noqa: F401
    except ModuleNotFoundError:
        return True
    return None


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's chromium; skipped with a reason where it is not installed, failed in CI."""
    from playwright.sync_api import expect, sync_playwright

    # A loaded machine draws late; what is expected must still come.
    expect.set_options(timeout=20_000)

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
