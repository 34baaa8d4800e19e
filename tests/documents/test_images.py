"""The charts of a pack as pictures, and the processes that draw them."""

from __future__ import annotations

import io
import struct
from typing import Any

import polars as pl
import pytest
from pypdf import PdfReader

from dashboard.charts.export import drawing
from dashboard.charts.export.drawing import Drawers, Job, processors
from dashboard.charts.export.files import as_pdf, as_png, as_svg
from dashboard.charts.figure import Figure, standalone
from dashboard.documents.content.content import content
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.images.make import KINDS, drawings, files, jobs
from dashboard.text import LANGUAGES
from data.frames import Frames
from data.text import Language
from tests.documents.reading import unmatched, values

EVERY = {
    *("distance", "rank", "score", "profile", "components", "change-parts", "change-places", "gaps"),
    *("map", "slope", "threshold"),
}


def figures(frames: Frames, unit: str, index: str, year: int, **wish: Any) -> dict[str, Figure]:
    found = drawings(content(frames, Specification(unit, (index,), year, **wish)))
    return {item.figure.name: item.figure for item in found}


@pytest.fixture
def figure() -> Figure:
    rows = pl.DataFrame({"name": ["Nam Định", "=1+1"], "value": [6.75, 5.25]})
    spec = {
        "width": "container",
        "height": 60,
        "mark": "bar",
        "encoding": {"y": {"field": "name", "type": "nominal"}, "x": {"field": "value", "type": "quantitative"}},
    }
    return Figure("thu", "Nam Định mất điểm", "Điểm", "Nguồn: VCCI", "alt", spec, rows, rows)


# --- Drawing -----------------------------------------------------------------------------------------------------


def test_what_the_processes_draw_is_what_is_drawn_here(figure: Figure) -> None:
    forms = (("png", 2.0), ("png", 4.0), ("pdf", 1.0), ("svg", 1.0))
    told: list[tuple[int, int]] = []
    with Drawers(2) as drawers:
        assert drawers.draw([]) == []
        found = drawers.draw([Job(standalone(figure, "vi"), forms)] * 3, lambda *done: told.append(done))
        again = drawers.draw([Job(standalone(figure, "vi"), forms[:1])])
    assert told == [(1, 3), (2, 3), (3, 3)]
    # A page numbers the parts of its font as it likes.
    assert all((item[0], item[1], item[3]) == (found[0][0], found[0][1], found[0][3]) for item in found)
    small, large, page, picture = found[0]
    assert small == as_png(figure, "vi") == again[0][0]
    assert large == as_png(figure, "vi", 4.0)
    assert len(PdfReader(io.BytesIO(page)).pages) == len(PdfReader(io.BytesIO(as_pdf(figure, "vi"))).pages) == 1
    body = picture.decode()[picture.decode().index(">") :]
    assert as_svg(figure, "vi").decode().endswith(body)


def test_a_chart_that_cannot_be_drawn_says_why_and_the_others_go_on(figure: Figure) -> None:
    with Drawers(1) as drawers:
        with pytest.raises(RuntimeError, match="Vega"):
            drawers.draw([Job({"mark": 5}, (("png", 1.0),))])
        (found,) = drawers.draw([Job(standalone(figure, "vi"), (("png", 1.0),))])
    assert found[0].startswith(b"\x89PNG")


@pytest.mark.parametrize("kilobytes", [1, 1000], ids=["fits the pipe", "breaks it"])
def test_a_process_that_ends_early_is_told(
    figure: Figure, monkeypatch: pytest.MonkeyPatch, kilobytes: int
) -> None:
    monkeypatch.setattr(drawing.drawer, "__file__", "/dev/null")
    specification = standalone(figure, "vi") | {"description": "x" * 1024 * kilobytes}
    with pytest.raises(RuntimeError, match="ended before its work"), Drawers(1) as drawers:
        drawers.draw([Job(specification, (("png", 1.0),))])


def test_breaking_off_comes_through_and_leaves_no_process(figure: Figure) -> None:
    class Enough(Exception):
        pass

    def stop(*_done: int) -> None:
        raise Enough

    drawers = Drawers(2)
    with pytest.raises(Enough), drawers:
        drawers.draw([Job(standalone(figure, "vi"), (("png", 1.0),))] * 6, stop)
    workers = [drawers._idle.get_nowait() for _ in range(2)]
    assert all(worker._process.returncode is not None for worker in workers)


def test_there_is_at_least_one_processor() -> None:
    assert processors() >= 1


# --- Charts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("unit", "year"), [("63-22", 2023), ("63-36", 2019)])
def test_a_whole_edition_has_every_chart(frames: Frames, unit: str, year: int, lang: Language) -> None:
    found = figures(frames, unit, "pci", year, lang=lang)
    assert set(found) >= EVERY
    drills = [name for name in found if name.startswith("indicators-")]
    assert 1 <= len(drills) <= 3
    assert set(found) == EVERY | set(drills)
    for figure in found.values():
        assert all((figure.title, figure.subtitle, figure.source, figure.alt)), figure.name
        assert figure.rows.height, figure.name
        assert "VCCI" in figure.source


@pytest.mark.parametrize("lang", LANGUAGES)
def test_partial_editions_have_fewer_charts_and_none_is_empty(frames: Frames, lang: Language) -> None:
    tail = figures(frames, "63-04", "pci", 2021, lang=lang)
    assert {"profile", "gaps", "change-parts"}.isdisjoint(tail)
    partial = figures(frames, "63-36", "par", 2023, lang=lang)
    assert set(partial) == {"distance", "rank", "score", "map", "slope", "threshold"}
    merged = figures(frames, "34-37", "pci", 2025, lang=lang)
    assert set(merged) == {"orders"}
    for found in (tail, partial, merged):
        assert all(figure.rows.height for figure in found.values())


def test_charts_follow_the_contents(frames: Frames) -> None:
    assert set(figures(frames, "63-36", "pci", 2019, contents=(Section.SUMMARY,))) == {"distance"}
    assert set(figures(frames, "63-36", "pci", 2019, contents=(Section.HISTORY,))) == {"rank", "score"}
    assert not figures(frames, "63-36", "pci", 2019, contents=(Section.METHOD,))


def test_nothing_of_later_editions_is_drawn(frames: Frames) -> None:
    found = figures(frames, "63-36", "pci", 2012)
    for name in ("rank", "score", "threshold"):
        years = found[name].rows["year"].drop_nulls()
        assert max(years) <= 2012, name


def test_what_titles_say_is_known(frames: Frames) -> None:
    whole = content(frames, Specification("63-36", ("pci",), 2019))
    subject = whole.chapters[0].subject
    assert subject.weakness is not None
    assert subject.change is not None
    known = values(
        *(item.rows for item in (subject.history, subject.weakness, subject.change, subject.ranking)),
        *(item.figures for item in (subject.weakness, subject.change)),
        [2012, 2013, 2018, 2019, 15, 10, 63, 1],
    )
    titles = {item.figure.name: item.figure.title for item in drawings(whole)}
    for name in ("rank", "score", "gaps", "change-parts", "slope"):
        assert not unmatched(titles[name].replace("/", " / "), known), titles[name]


def test_every_chart_comes_in_every_kind(frames: Frames) -> None:
    wish = (Section.SUMMARY, Section.CHANGE)
    charts = drawings(content(frames, Specification("63-36", ("pci",), 2019, contents=wish)))
    with Drawers() as drawers:
        found = files(charts, drawers.draw(jobs(charts, "vi")))
        only = files(charts, drawers.draw(jobs(charts, "vi", ("svg",))), ("svg",))
    stems = {f"pci-2019-63-36-{name}" for name in ("distance", "change-parts", "change-places")}
    assert set(found) == {stem + ending for stem in stems for _, ending in KINDS.values()}
    for stem in stems:
        small, large = (struct.unpack(">II", found[stem + ending][16:24]) for ending in (".png", "@4x.png"))
        assert small[0] > 900
        assert all(abs(big - 2 * little) <= 2 for little, big in zip(small, large, strict=True))
        assert found[f"{stem}.svg"].count(b"@font-face") == 2
        text = PdfReader(io.BytesIO(found[f"{stem}.pdf"])).pages[0].extract_text()
        assert "Nam Định" in text
    assert set(only) == {f"{stem}.svg" for stem in stems}
