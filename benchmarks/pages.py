"""The dashboard in a real browser against a stock Streamlit page, side by side in one run.

Prints ratios; the machine's own speed cancels out of them. Needs Debian's chromium and the `test` extra:

    python benchmarks/pages.py [--runs 5]

Measured: cold start to the first usable page; a change of province to redrawn text, charts, maps; bytes over the
wire of a first visit. The stock pages are written out below.
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

HELLO = """
import streamlit as st
st.title("Hello")
st.session_state.setdefault("n", 0)
if st.button("Click"):
    st.session_state.n += 1
st.html(f"<p id='said'>said {st.session_state.n}</p>")
"""

STOCK = """
import numpy as np, pandas as pd, streamlit as st
rng = np.random.default_rng(1)
frame = pd.DataFrame(rng.normal(size=(63, 4)), columns=list("abcd"))
st.title("Stock")
st.line_chart(frame)
st.dataframe(frame)
"""


@dataclass(frozen=True)
class Change:
    """A change of province on one page: where, what must be there before, and what tells that it is redrawn."""

    name: str
    address: str
    ready: str
    redrawn: str
    goal: float


PROVINCES = ("Thanh Hóa", "Bến Tre", "Quảng Ninh", "Nam Định")

_FIGURE = "[class*='st-key-chart_card'] h2"
_WEIGHTS = "/drivers?part=robustness&index=pci&year=2019&province=63-36"

# On every page that is about a province. `redrawn` selects what changes; the page is redrawn when its text has.
CHANGES = [
    Change(
        "rankings, text", "/rankings?index=pci&year=2019&province=63-36", ".vb-standing h2", ".vb-standing", 1.0
    ),
    Change("overview, text", "/overview?index=pci&year=2019&province=63-36", "h1", ".vb-cards", 1.0),
    Change("overview, charts", "/overview?index=pci&year=2019&province=63-36", _FIGURE, _FIGURE, 2.0),
    Change("trends, text", "/trends?index=pci&province=63-36", "h1", ".vb-heading", 1.0),
    Change("trends, small multiples", "/trends?index=pci&province=63-36", _FIGURE, _FIGURE, 3.0),
    Change("weaknesses, text", "/weaknesses?index=pci&year=2019&province=63-36", "h1", ".vb-heading", 1.0),
    Change("weaknesses, charts", "/weaknesses?index=pci&year=2019&province=63-36", _FIGURE, _FIGURE, 2.0),
    Change("target, text", "/target?index=pci&year=2019&province=63-36", "h1", ".vb-heading", 1.0),
    Change("target, charts", "/target?index=pci&year=2019&province=63-36", _FIGURE, _FIGURE, 2.0),
    Change("change, text", "/change?index=pci&year=2019&province=63-36", "h1", ".vb-facts", 1.0),
    Change("change, charts", "/change?index=pci&year=2019&province=63-36", _FIGURE, _FIGURE, 2.0),
    Change("drivers, text", _WEIGHTS, "h1", ".vb-heading", 1.0),
    Change("drivers, charts", _WEIGHTS, _FIGURE, _FIGURE, 2.0),
    Change("pack, text", "/pack?index=pci&year=2019&province=63-36", "h1", ".vb-heading", 1.0),
    Change("rankings, map", "/rankings?index=pci&year=2019&province=63-36&view=map", _FIGURE, _FIGURE, 3.0),
]

# Installed before each click: stamps the last pointer or key event before the text changes, and the change.
WATCH = """
(selector) => {
  window.__stop?.();
  window.__start = null; window.__end = null;
  const read = () => Array.from(document.querySelectorAll(selector)).map(e => e.textContent).join('|');
  const before = read();
  const stamp = () => { if (window.__end === null) window.__start = performance.now(); };
  const look = () => {
    if (window.__start !== null && window.__end === null && read() !== before && read() !== '')
      requestAnimationFrame(() => { window.__end ??= performance.now(); });
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, {subtree: true, childList: true, characterData: true});
  for (const kind of ['pointerup', 'keydown']) document.addEventListener(kind, stamp, {capture: true});
  window.__stop = () => {
    observer.disconnect();
    for (const kind of ['pointerup', 'keydown']) document.removeEventListener(kind, stamp, {capture: true});
  };
}
"""


SHOWN = "(selector) => document.querySelector(selector)?.getClientRects().length"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    for floor in ("analytics", "dashboard", "data"):
        compileall.compile_dir(ROOT / floor, quiet=1)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        os.environ["VUOTBAC_STORE"] = str(Path(folder) / "store.duckdb")
        subprocess.run([sys.executable, "-m", "dashboard.command", "build"], check=True, capture_output=True)
        hello, stock = (Path(folder) / name for name in ("hello.py", "stock.py"))
        hello.write_text(HELLO, encoding="utf-8")
        stock.write_text(STOCK, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        cold(browser, hello, runs)
        changes(browser, hello, runs)
        wire(browser, stock)
        browser.close()


def cold(browser: Browser, hello: Path, runs: int) -> None:
    """From the command typed to the page usable, in turn."""
    ours, theirs = [], []
    for _ in range(max(3, runs // 2)):
        theirs.append(_cold(browser, streamlit(hello), "/", "#said"))
        ours.append(_cold(browser, dashboard(), "/rankings?index=pci&year=2019", ".vb-table tbody tr"))
    report("cold start", ours, theirs, 1.3)


def changes(browser: Browser, hello: Path, runs: int) -> None:
    """A change of province against the click of the stock hello, in turn on servers that are warm."""
    with served(streamlit(hello)) as there, served(dashboard()) as here:
        stock = browser.new_page()
        stock.goto(there)
        stock.wait_for_selector("#said")
        for change in CHANGES:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(here + change.address + "&lang=vi")
            try:
                page.wait_for_selector(change.ready, timeout=15_000)
            except Exception:
                print(f"{change.name:28} not on this page")
                page.close()
                continue
            page.wait_for_timeout(1500)
            ours, theirs = [], []
            for turn in range(2 * runs):
                theirs.append(_timed(stock, "#said", _press))
                ours.append(
                    _timed(page, change.redrawn, partial(_province, name=PROVINCES[turn % len(PROVINCES)]))
                )
            report(change.name, ours, theirs, change.goal)
            page.close()


def wire(browser: Browser, stock: Path) -> None:
    """Bytes of a first visit, pictures and scripts included, nothing cached."""
    with served(streamlit(stock)) as there, served(dashboard()) as here:
        theirs = _bytes(browser, there, "canvas")
        ours = _bytes(browser, here + "/rankings?index=pci&year=2019&province=63-36", ".vb-table tbody tr")
    sizes = f"{ours / 1e6:8.2f} MB  {theirs / 1e6:8.2f} MB  ratio {ours / theirs:5.2f}  goal ≤ 1.15"
    print(f"{'bytes over the wire':28} {sizes}")


def streamlit(script: Path) -> list[str]:
    """A stock Streamlit on a script, as `streamlit run` starts it."""
    options = ["--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    return [sys.executable, "-m", "streamlit", "run", str(script), *options, "--server.port"]


def dashboard() -> list[str]:
    """Ours, as `vuotbac serve` starts it."""
    return [sys.executable, "-m", "dashboard.command", "serve", "--no-browser", "--port"]


@contextlib.contextmanager
def served(command: list[str]) -> Iterator[str]:
    """A server on a free port, ready to answer.

    In a folder of its own: Streamlit reads the settings of the one it is started in, and a stock page with ours
    would be no stock page (without Streamlit's collection of garbage after every rerun it answers twice as fast).
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [*command, str(port)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            deadline = time.monotonic() + 60
            while time.monotonic() < deadline:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


def _cold(browser: Browser, command: list[str], address: str, ready: str) -> float:
    start = time.perf_counter()
    with served(command) as base:
        page = browser.new_page()
        page.goto(base + address)
        # Looked for at every frame: `wait_for_selector` looks twice a second once a page takes longer.
        page.wait_for_function(SHOWN, arg=ready, timeout=60_000, polling="raf")
        seconds = time.perf_counter() - start
        page.close()
    return 1000 * seconds


def _timed(page: Page, selector: str, act: Callable[[Page], None]) -> float:
    """Milliseconds from the reader's last key or click to the changed text on the screen."""
    page.evaluate(WATCH, selector)
    act(page)
    page.wait_for_function("window.__end !== null", timeout=20_000)
    milliseconds = float(page.evaluate("window.__end - window.__start"))
    page.wait_for_timeout(400)
    return milliseconds


def _press(page: Page) -> None:
    page.get_by_role("button", name="Click").click()


def _province(page: Page, name: str) -> None:
    page.get_by_label("Tỉnh, thành phố").first.click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).first.wait_for()
    page.keyboard.press("Enter")


def _bytes(browser: Browser, address: str, ready: str) -> int:
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    total = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal total
        total += int(event.get("encodedDataLength") or len(event.get("response", {}).get("payloadData", "")))

    session.on("Network.loadingFinished", count)
    session.on("Network.webSocketFrameReceived", count)
    session.send("Network.enable")
    page.goto(address)
    page.wait_for_selector(ready)
    page.wait_for_timeout(3000)
    context.close()
    return total


def report(name: str, ours: list[float], theirs: list[float], goal: float) -> None:
    """Medians, their ratio, and how far the slow ones trail."""
    here, there = statistics.median(ours), statistics.median(theirs)
    slow = sorted(ours)[max(0, int(len(ours) * 0.95) - 1)]
    ratio = f"ratio {here / there:5.2f}  goal ≤ {goal:g}  p95/p50 {slow / here:4.2f}"
    print(f"{name:28} {here:8.0f} ms  {there:8.0f} ms  {ratio}", flush=True)


if __name__ == "__main__":
    main()
