"""Packs: every file of one content, steps told, whole or not at all."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation

from dashboard.charts.export.drawing import Drawers
from dashboard.documents.content.content import content
from dashboard.documents.content.specification import SHORT, Section, Specification
from dashboard.documents.delivery import deliver
from dashboard.documents.formats import FORMATS
from dashboard.documents.pack import check_formats, pack, zipped
from dashboard.text import LANGUAGES, say, texts
from data.frames import Frames
from data.notes import Words
from data.text import Language, Problem

TABLES = ("deck", "report", "workbook")


def wanted(unit: str, index: str, year: int, **wish: Any) -> Specification:
    return Specification(unit, (index,), year, **wish)


def named(files: dict[str, bytes], ending: str) -> bytes:
    (name,) = [name for name in files if name.endswith(ending)]
    return files[name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pack_is_slides_report_workbook_and_charts(frames: Frames, lang: Language) -> None:
    asked = wanted("63-36", "pci", 2019, lang=lang, contents=(Section.SUMMARY, Section.HISTORY))
    files = pack(frames, asked)
    whole = content(frames, asked)
    deck = Presentation(io.BytesIO(named(files, ".pptx")))
    assert whole.title == deck.slides[0].shapes.title.text.replace("\xa0", " ").replace("\x0b", " ")
    # The map is a picture; the report has the course of the rank as one.
    assert [shape for slide in deck.slides for shape in slide.shapes if hasattr(shape, "image")]
    report = Document(io.BytesIO(named(files, ".docx")))
    assert report.inline_shapes
    book = openpyxl.load_workbook(io.BytesIO(named(files, ".xlsx")))
    assert book.worksheets[0]["A1"].value == whole.title
    folder = say(lang, "pack.file.images")
    charts = [name for name in files if name.startswith(f"{folder}/")]
    assert len(charts) == 4 * 3  # distance, rank, score
    assert all(name.isascii() for name in files)
    assert all("63-36" in name and "2019" in name for name in files)


def test_formats_are_only_those_asked_for_and_pictures_can_be_left_out(frames: Frames) -> None:
    asked = wanted("63-22", "pci", 2023, contents=SHORT)
    only = pack(frames, asked, ("workbook",))
    assert [name.rpartition(".")[2] for name in only] == ["xlsx"]
    plain = pack(frames, asked, ("report", "deck"), pictures=False)
    assert [name.rpartition(".")[2] for name in plain] == ["pptx", "docx"]
    assert not Document(io.BytesIO(named(plain, ".docx"))).inline_shapes
    assert check_formats(("images", "deck")) == ("deck", "images")
    with pytest.raises(Problem, match="pdf"):
        check_formats(("deck", "pdf"))
    with pytest.raises(Problem):
        check_formats(())


def test_nobody_draws_where_nothing_is_drawn(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    def begun(_self: Drawers) -> None:
        pytest.fail("a process was begun")

    monkeypatch.setattr(Drawers, "begin", begun)
    assert len(pack(frames, wanted("63-36", "pci", 2019), TABLES, pictures=False)) == 3
    assert len(pack(frames, wanted("63-36", "pci", 2019), ("workbook",))) == 1


def test_how_far_it_is_only_grows_and_ends(frames: Frames) -> None:
    told: list[tuple[float, str]] = []
    asked = wanted("63-36", "pci", 2019, contents=(Section.SUMMARY,))
    pack(frames, asked, progress=lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert told[-1][1] == say("vi", "pack.step.done")
    assert {say("vi", f"pack.step.{step}") for step in ("content", *TABLES)} <= {doing for _, doing in told}


def test_who_stops_it_is_heard(frames: Frames) -> None:
    class Stopped(Exception):
        pass

    def stop(_share: float, doing: str) -> None:
        if doing == say("vi", "pack.step.report"):
            raise Stopped

    with pytest.raises(Stopped):
        pack(frames, wanted("63-36", "pci", 2019), TABLES, stop, pictures=False)


def test_what_the_province_wrote_is_in_report_and_slides(frames: Frames) -> None:
    words = Words("Cổng thông tin chậm cập nhật", "- Công khai quy hoạch\n- =1+1", "Sở Tư pháp")
    notes = {"pci": {"transparency": words}}
    files = pack(frames, wanted("63-36", "pci", 2019), ("deck", "report"), notes=notes, pictures=False)
    report = Document(io.BytesIO(named(files, ".docx")))
    said = "\n".join(cell.text for table in report.tables for row in table.rows for cell in row.cells)
    deck = Presentation(io.BytesIO(named(files, ".pptx")))
    shown = "\n".join(
        shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame
    )
    spoken = "\n".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    for text in ("Cổng thông tin chậm cập nhật", "Công khai quy hoạch", "=1+1", "Sở Tư pháp"):
        assert text in said
        assert text in shown
        assert text in spoken
    assert say("vi", "pack.remark.deadline") not in shown
    given = pack(frames, wanted("63-36", "pci", 2019), ("deck",), notes={}, pictures=False)
    assert "Sở Tư pháp lo" not in str(given)
    other = Presentation(io.BytesIO(named(given, ".pptx")))
    assert not any(
        "Cổng thông tin chậm" in shape.text_frame.text
        for slide in other.slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


@pytest.mark.parametrize(
    ("unit", "index", "year"), [("63-36", "par", 2023), ("63-04", "pci", 2021), ("34-37", "pci", 2025)]
)
def test_a_partial_edition_gives_a_shorter_pack(frames: Frames, unit: str, index: str, year: int) -> None:
    files = pack(frames, wanted(unit, index, year), TABLES, pictures=False)
    whole = pack(frames, wanted("63-36", "pci", 2019), TABLES, pictures=False)

    def slides(made: dict[str, bytes]) -> int:
        return len(Presentation(io.BytesIO(named(made, ".pptx"))).slides)

    assert 1 < slides(files) < slides(whole)
    assert len(named(files, ".xlsx")) < len(named(whole, ".xlsx"))


def test_of_whom_nothing_is_known_there_is_no_pack(frames: Frames) -> None:
    nothing = replace(frames, version="empty", score=frames.score.filter(pl.col("unit") != "63-36"))
    with pytest.raises(Problem, match="Nam Định"):
        pack(nothing, wanted("63-36", "par", 2022, contents=(Section.SUMMARY, Section.HISTORY)))


def test_a_zip_holds_the_files(frames: Frames) -> None:
    files = {"a.xlsx": b"1", "bieu-do/b.png": b"2"}
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_format_has_its_words(lang: Language) -> None:
    helped = texts(lang)["command.option.format_"]
    for key, output in FORMATS.items():
        assert say(lang, f"pack.file.{key}").isascii()
        assert say(lang, f"pack.step.{key}")
        assert output.ending in say(lang, f"pack.format.{key}")
        assert key in helped


# --- Into a folder -----------------------------------------------------------------------------------------------


def test_files_are_delivered_with_their_folders_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    deliver(tmp_path / "new", {"a.txt": b"1"})
    deliver(tmp_path, {"a.txt": b"new", "bieu-do/b.png": b"2"})
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"a.txt", "bieu-do/b.png", "new/a.txt"}
    assert (tmp_path / "a.txt").read_bytes() == b"new"


def test_what_cannot_be_written_whole_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(Problem, match="--out"):
        deliver(tmp_path, {"a.txt": b"new", "taken/b.png": b"2"})
    with pytest.raises(Problem, match="--out"):
        deliver(tmp_path / "taken", {"a.txt": b"new"})
    real = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if content == b"2":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Problem, match="--out"):
        deliver(tmp_path, {"a.txt": b"new", "b.png": b"2"})
    assert (tmp_path / "a.txt").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"a.txt", "taken"}
