"""Brief, deck and report of one of the 34 with a made-up edition entered, beside an independent reckoning."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest
from pptx import Presentation

from analytics.core.asker import PlainAsker
from dashboard.documents.brief.make import Sheet, brief
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.specification import Specification
from dashboard.documents.deck.make import deck
from dashboard.documents.report.make import report
from dashboard.subject import Subject
from data.frames import Frames
from tests.edition import INDEX, TOP, YEAR, MadeUp, entered, made_up
from tests.reckoning import TRUE, Reckoned, vi
from tests.stores import copied


@pytest.fixture(scope="module")
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


@pytest.fixture(scope="module")
def now(store_path: Path, tmp_path_factory: pytest.TempPathFactory, edition: MadeUp) -> Frames:
    path = copied(store_path, tmp_path_factory.mktemp("papers") / "store.duckdb")
    return entered(path, edition.table(weights=True))[0]


# One in the target group, one outside it.
@pytest.fixture(scope="module", params=["34-37", "34-01"])
def own(request: pytest.FixtureRequest, edition: MadeUp) -> Reckoned:
    return Reckoned(edition, request.param, TRUE)


@pytest.fixture(scope="module")
def pack(now: Frames, own: Reckoned) -> Content:
    return content(now, Specification(own.unit, (INDEX,), YEAR))


@pytest.fixture(scope="module")
def sheet(now: Frames, own: Reckoned) -> Sheet:
    return brief(Subject(PlainAsker.of(now), own.unit, now.index(INDEX), YEAR, "vi"), date(2026, 12, 1))


def plain(cell: str) -> str:
    """A cell without the marks of where a figure comes from."""
    return cell.replace("○", "").strip()


def holds_the_figures(rows: list[list[str]], own: Reckoned) -> None:
    """A row per component with score and rank, and in another table its reference and its gap in total points."""
    for code, score in own.scores.items():
        name = own.edition.headings[code]
        of_component = [row[1:] for row in rows if row[0] == name]
        assert any(row[0] == vi(score) and str(own.place(code)) in row for row in of_component), name
        gap = ("−" if own.gaps[code] < 0 else "") + vi(own.gaps[code])
        assert any({vi(own.reference(code)), gap} <= {*row} for row in of_component), (name, gap, of_component)


def test_the_brief_leads_with_its_own_standing(sheet: Sheet, own: Reckoned) -> None:
    assert sheet["title"] == own.edition.names[own.unit]
    assert f"{vi(own.total)} điểm" in sheet["lead"]
    assert f"thứ {own.rank}/34" in sheet["lead"]
    ((first,), *_) = [[row["cells"] for row in sheet["table"]["rows"]]]
    assert [first[0]["text"], first[1]["text"], first[2]["text"]] == [
        f"{INDEX.upper()} {YEAR}",
        f"thứ {own.rank}/34",
        vi(own.total),
    ]
    assert f"{vi(own.lead)} điểm" in first[5]["text"]
    assert f"nhóm {TOP}" in first[5]["text"]


def test_the_brief_lists_the_largest_gaps_and_leads(sheet: Sheet, own: Reckoned) -> None:
    weak, strong = ([(item["name"], item["amount"]) for item in part["items"]] for part in sheet["sides"]["lists"])
    ordered = sorted(own.gaps, key=own.gaps.__getitem__)

    def listed(codes: list[str]) -> list[tuple[str, str]]:
        sign = {True: "−", False: "+"}
        return [(own.edition.headings[code], sign[own.gaps[code] > 0] + vi(own.gaps[code])) for code in codes]

    assert weak == listed(ordered[:-4:-1])
    assert strong == listed(ordered[:3])


def test_the_deck_prints_the_same(pack: Content, own: Reckoned) -> None:
    shapes = [shape for slide in Presentation(io.BytesIO(deck(pack))).slides for shape in slide.shapes]
    said = "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert f"đạt {vi(own.total)} điểm" in said
    assert f"thứ {own.rank}/34" in said
    assert vi(own.lead) in said
    if own.rank > TOP:
        assert f"ngưỡng của nhóm là {vi(own.threshold)} điểm" in said
    tables = [shape.table for shape in shapes if shape.has_table]
    rows = [[plain(cell.text) for cell in row.cells] for table in tables for row in table.rows]
    holds_the_figures(rows, own)


def test_the_report_prints_the_same(pack: Content, own: Reckoned) -> None:
    document = docx.Document(io.BytesIO(report(pack)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"đạt {vi(own.total)} điểm" in said
    assert f"thứ {own.rank}/34" in said
    assert vi(own.lead) in said
    rows = [[plain(cell.text) for cell in row.cells] for table in document.tables for row in table.rows]
    holds_the_figures(rows, own)
