"""The dashboard in a real browser beside a plain Streamlit app of the same content, in turn on one machine.

A reader chooses a province that nobody has chosen before. The clock runs from the last key; nothing has been done
ahead. It is read twice: when the figures of the province stand there, and when the last mark of the last chart is
drawn. Beside that: the cold start against Streamlit's hello page, the bytes of a first visit, and how many runs a
second one process of each manages. Needs Debian's chromium and the `test` extra:

    python benchmarks/pages.py [--runs 6]

Prints medians, their ratio and the goal; a machine's own speed cancels out of ratios. `plain/app.py` is the other
app, on the same figures and as `streamlit run` serves it.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from runs import ADDRESS, CODES, Load, PlainReader
from served import ROOT, Server, dashboard, script

PLAIN = Path(__file__).parent / "plain" / "app.py"
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
TEXT, CHARTS, START, WIRE = 0.5, 1.0, 1.3, 1.15

Serve = Callable[[], AbstractContextManager[Server]]

HELLO = """
import streamlit as st
st.title("Hello")
st.html("<p id='said'>said</p>")
"""


@dataclass(frozen=True)
class Shown:
    """The same content on both sides: the pages, and what holds the figures of the province chosen."""

    name: str
    page: str
    figures: str
    plain: str
    plain_figures: str = "[data-testid=stMetricValue]"
    charts: bool = True

    def sides(self, ours: Server, plain: Server) -> tuple[tuple[str, str], tuple[str, str]]:
        """The address on each side, and where its figures stand."""
        asked = "&" if "?" in self.page else "?"
        address = f"{ours.address}/{self.page}{asked}{ADDRESS}&province={CODES[0]}"
        return (address, self.figures), (f"{plain.address}/{self.plain}", self.plain_figures)


PAGES = (
    Shown("overview", "overview", ".vb-cards", ""),
    Shown("rankings", "rankings", ".vb-standing", "rankings", charts=False),
    Shown("trends", "trends", ".vb-heading", "trends", "h1"),
    Shown("map", "rankings?view=map", ".vb-standing", "map"),
)
PROVINCES = (
    *(
        "Thanh Hóa",
        "Bến Tre",
        "Quảng Ninh",
        "Lào Cai",
        "Đồng Tháp",
        "Sóc Trăng",
        "Kon Tum",
        "Tây Ninh",
        "Bắc Giang",
    ),
    *("Hải Dương", "Phú Yên", "Cà Mau", "Lạng Sơn", "Nghệ An", "Điện Biên", "Bình Dương", "Kiên Giang", "Sơn La"),
    *(
        "Quảng Trị",
        "Đắk Nông",
        "Lâm Đồng",
        "Thái Bình",
        "Hậu Giang",
        "Yên Bái",
        "Ninh Thuận",
        "Gia Lai",
        "An Giang",
    ),
    *(
        "Hòa Bình",
        "Trà Vinh",
        "Phú Thọ",
        "Long An",
        "Hưng Yên",
        "Bạc Liêu",
        "Tuyên Quang",
        "Quảng Bình",
        "Lai Châu",
    ),
)

# Installed before each choice. From the last key: when the figures have changed, and when a chart was last drawn,
# both read in the next frame; and when anything moved last.
WATCH = """
(figures) => {
  const text = () => [...document.querySelectorAll(figures)].map(found => found.textContent).join("|");
  const before = text();
  const seen = window.__seen = { key: null, text: null, chart: null, moved: 0 };
  const stamp = event => { if (seen.text === null) seen.key = event.timeStamp; };
  const drawn = found => found.target.closest?.(".stVegaLiteChart svg")
    || (found.type === "childList" && found.target.closest?.(".stVegaLiteChart"));
  const watch = new MutationObserver(found => {
    seen.moved = performance.now();
    if (seen.key === null) return;
    const texted = seen.text === null && text() !== before && text() !== "";
    const charted = found.some(drawn);
    if (texted || charted) requestAnimationFrame(() => {
      const now = performance.now();
      if (texted) seen.text ??= now;
      if (charted) seen.chart = now;
    });
  });
  watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener("keydown", stamp, { capture: true });
  window.__stop = () => { watch.disconnect(); document.removeEventListener("keydown", stamp, { capture: true }); };
}
"""
DONE = """
() => window.__seen.text !== null && performance.now() - window.__seen.moved > 700
  && document.querySelector("[data-testid=stApp]").dataset.testScriptState === "notRunning"
  && !document.querySelector("[data-stale=true]")
"""
READ = "() => { window.__stop(); return [__seen.text - __seen.key, __seen.chart && __seen.chart - __seen.key]; }"
STANDS = "(selector) => document.querySelector(selector)?.getClientRects().length"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=6, help="choices on each page")
    runs = parser.parse_args().runs
    for floor in ("analytics", "dashboard", "data"):
        compileall.compile_dir(ROOT / floor, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        store, figures, hello = (Path(folder) / name for name in ("store.duckdb", "plain.duckdb", "hello.py"))
        build = [sys.executable, "-m", "dashboard.command", "build"]
        own = {"PYTHONPATH": str(ROOT), "VUOTBAC_STORE": str(store)}
        subprocess.run(build, check=True, capture_output=True, env=os.environ | own)
        shutil.copyfile(store, figures)
        hello.write_text(HELLO, encoding="utf-8")
        print(f"{'':24}{'ours':>10}{'plain':>10}{'ratio':>8}")
        with opened() as browser:
            cold(browser, partial(dashboard, store), partial(script, hello), runs)
        with dashboard(store) as ours, script(PLAIN, PLAIN_STORE=str(figures)) as plain:
            ours.warm()
            with opened() as browser:
                choices(browser, ours, plain, runs)
                wire(browser, ours, plain)
            asyncio.run(per_second(ours, plain))


@contextlib.contextmanager
def opened() -> Iterator[Browser]:
    """A browser that does nothing but what it is told."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def cold(browser: Browser, ours: Serve, hello: Serve, runs: int) -> None:
    """From the command typed to the page usable, in turn."""

    def start(serve: Serve, address: str, ready: str) -> float:
        begun = time.perf_counter()
        with serve() as server, contextlib.closing(browser.new_page()) as page:
            page.goto(server.address + address)
            # Looked for at every frame: `wait_for_selector` looks twice a second once a page takes longer.
            page.wait_for_function(STANDS, arg=ready, timeout=120_000, polling="raf")
            return 1000 * (time.perf_counter() - begun)

    pairs = [
        (start(ours, f"/rankings?{ADDRESS}", ".vb-table tbody tr"), start(hello, "/", "#said"))
        for _ in range(max(3, runs // 2))
    ]
    report("cold start, ms", pairs, START)


def choices(browser: Browser, ours: Server, plain: Server, runs: int) -> None:
    """Each page on both sides: a first province to warm up, then others that nobody has chosen."""
    for number, shown in enumerate(PAGES):
        names = [PROVINCES[(number * (runs + 1) + turn) % len(PROVINCES)] for turn in range(runs + 1)]
        sides = shown.sides(ours, plain)
        pages = [browser.new_page(viewport={"width": 1440, "height": 900}) for _ in sides]
        for page, (address, figures) in zip(pages, sides, strict=True):
            page.goto(address)
            page.wait_for_function(STANDS, arg=figures, timeout=60_000)
            page.wait_for_timeout(3000)
        took = [[choose(page, side[1], name) for page, side in zip(pages, sides, strict=True)] for name in names]
        report(f"{shown.name}, text, ms", [[text for text, _ in pair] for pair in took[1:]], TEXT)
        if shown.charts:
            report(f"{shown.name}, charts, ms", [[chart for _, chart in pair] for pair in took[1:]], CHARTS)
        for page in pages:
            page.close()


def choose(page: Page, figures: str, name: str) -> tuple[float, float]:
    """Choose a province as a reader does; milliseconds from the last key to its figures, and to the last chart."""
    field = page.get_by_label("Tỉnh, thành phố").first
    field.click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).first.wait_for()
    page.wait_for_timeout(300)
    page.evaluate(WATCH, figures)
    page.keyboard.press("Enter")
    page.wait_for_function(DONE, timeout=60_000)
    text, chart = page.evaluate(READ)
    return text, chart or 0.0


def wire(browser: Browser, ours: Server, plain: Server) -> None:
    """Bytes of a first visit, pictures and scripts included, nothing cached."""
    sizes = [visited(browser, *side) / 1e6 for side in PAGES[0].sides(ours, plain)]
    report("first visit, MB", [sizes], WIRE)


def visited(browser: Browser, address: str, figures: str) -> int:
    """Bytes that come over the wire."""
    with contextlib.closing(browser.new_context()) as context:
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
        page.wait_for_selector(figures)
        page.wait_for_timeout(5000)
        return total


async def per_second(ours: Server, plain: Server) -> None:
    """Runs per second that one process manages, of its processor time (see `runs.py`)."""
    for shown in PAGES:
        async with contextlib.AsyncExitStack() as stack:
            loads = (
                await Load.of(ours, shown.page, 2, stack),
                await Load.of(plain, shown.plain, 2, stack, PlainReader),
            )
            pairs = [[1 / (await load.round(4)).processor for load in loads] for _ in range(3)]
        report(f"{shown.name}, runs/s", pairs)


def report(name: str, pairs: Sequence[Sequence[float]], goal: float | None = None) -> None:
    """The medians of both sides, their ratio, and what it should be at most."""
    here, there = (statistics.median(side) for side in zip(*pairs, strict=True))
    said = "" if goal is None else f"   goal ≤ {goal:g}{'' if here / there <= goal else ', missed'}"
    digits = 2 if there < 20 else 0
    print(f"{name:24}{here:10.{digits}f}{there:10.{digits}f}{here / there:8.2f}{said}", flush=True)


if __name__ == "__main__":
    main()
