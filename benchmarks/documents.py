"""How long documents take, side by side in one run: `python benchmarks/documents.py`.

Nothing here is asserted: a machine that others work on is no judge. Trust the ratios.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import polars as pl

from dashboard.charts.export.drawer import VEGA_LITE
from dashboard.charts.export.drawing import Drawers, Job, processors
from dashboard.charts.figure import FONTS, standalone
from dashboard.documents.content.content import content
from dashboard.documents.content.specification import Specification
from dashboard.documents.images.make import KINDS, drawings
from dashboard.documents.pack import pack
from data.frames import Frames, load
from data.store import Store

ASKED = ("63-36", ("pci",), 2019)
FILES = ("deck", "report", "workbook")
PICTURES, RUNS = 10, 5


def seconds(run: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def line(name: str, took: float, goal: str = "") -> None:
    """A line of the table."""
    sys.stdout.write(f"{name:64}{took:8.2f}   {goal}\n")


def pictures(frames: Frames) -> None:
    """Ten charts of a pack as PNG: one call of vl-convert after the other, and in processes."""
    import vl_convert

    found = drawings(content(frames, Specification(*ASKED)))
    specs = [standalone(item.figure, "vi") for item in found][:PICTURES]
    png = [Job(spec, (("png", 2.0),)) for spec in specs]

    def alone() -> None:
        for spec in specs:
            vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=2.0)

    vl_convert.register_font_directory(str(FONTS))
    cold, alone_again = seconds(alone), [seconds(alone) for _ in range(RUNS)]

    def begun() -> None:
        with Drawers() as drawers:
            drawers.draw(png)

    together = [seconds(begun) for _ in range(RUNS)]
    with Drawers() as drawers:
        drawers.draw(png[:1] * processors())
        ready = [seconds(lambda: drawers.draw(png)) for _ in range(RUNS)]
    line(f"{len(png)} PNG, vl-convert one after the other, from nothing", cold)
    line("the same again, warm", median(alone_again))
    line(
        f"in {processors()} processes, from nothing",
        median(together),
        f"{median(together) / cold:.2f} of the first",
    )
    line(
        "in processes that are ready (pack begins them first)",
        median(ready),
        f"{median(ready) / median(alone_again):.2f} of the second; goal 0.75",
    )
    every = [Job(spec, tuple(form for form, _ in KINDS.values())) for spec in specs]

    def each() -> None:
        for spec in specs:
            vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=2.0)
            vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=4.0)
            vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
            vl_convert.vegalite_to_pdf(spec, vl_version=VEGA_LITE)

    def all_kinds() -> None:
        with Drawers() as drawers:
            drawers.draw(every)

    one, many = seconds(each), seconds(all_kinds)
    line("all four kinds of each, one after the other", one)
    line("in processes, laid out once for all four", many, f"{many / one:.2f}")


def documents(frames: Frames) -> None:
    """Slides, report and workbook without pictures, from loaded frames."""

    def made() -> None:
        pack(frames, Specification(*ASKED), FILES, pictures=False)

    first = seconds(made)
    again = [seconds(made) for _ in range(RUNS)]
    line("slides, report and workbook without pictures, the first time", first)
    line("the same, warm", min(again), f"median {median(again):.2f}; goal 1.0")


def growth(frames: Frames) -> None:
    """The same for more and more provinces."""
    units = frames.unit.filter(pl.col("valid_to") == 2025, unit_set="63")["unit"].to_list()
    base = 0.0
    for count in (8, 16, 32, 63):
        took = seconds(
            lambda count=count: [
                pack(frames, Specification(unit, *ASKED[1:]), FILES, pictures=False) for unit in units[:count]
            ]
        )
        base = base or took / count
        line(f"{count} provinces", took, f"{took / count / base:.2f} of the first eight, each")


def main() -> None:
    """Print the table."""
    with Store.open() as store:
        frames = load(store)
    sys.stdout.write(f"{'seconds':64}{'':8}\n")
    documents(frames)
    pictures(frames)
    growth(frames)


if __name__ == "__main__":
    main()
