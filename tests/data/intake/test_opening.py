"""Files that would stop a server are refused in a sentence, soon, in little memory; nothing is lost unsaid."""

from __future__ import annotations

import io
import json
import os
import resource
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path

import docx
import pytest
import xlsxwriter

from data.child import lost, process
from data.child.sheets import Sheet
from data.frames import Frames
from data.intake import opening, understand
from data.intake.grid import Cell
from data.intake.opening import sheets
from data.names import Names
from data.text import Problem, Text
from tests.data import spoiling
from tests.data.spoiling import respelt

# Enough to name what is refused; encodings are told apart by more of them elsewhere.
NAMES = Names({"63-01": Text("Hà Nội", "Ha Noi")}, {"63": {"hanoi": "63-01"}, "34": {}}, {})


def cells(name: str, content: bytes) -> list[list[Cell]]:
    """The cells of the first sheet."""
    return sheets(name, content, NAMES)[0].rows


TABLE = [["Tỉnh", "Điểm", "Ngày"], ["Hà Nội", 91.5, date(2024, 5, 6)], ["Huế", 80, None]]


def xlsx(
    rows: list[list[object]] | None = None,
    change: Callable[[bytes], bytes] = bytes,
    results: dict[str, object] | None = None,
) -> bytes:
    """A book of one sheet; `change` spoils the sheet's own part."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy", "nan_inf_to_errors": True}) as book:
        page = book.add_worksheet()
        for line, row in enumerate(TABLE if rows is None else rows):
            page.write_row(line, 0, ["" if cell is None else cell for cell in row])
        for place, value in (results or {}).items():
            page.write_formula(place, "=1/0" if value == "#DIV/0!" else "=1+1", None, value)
    return respelt(buffer.getvalue(), {"xl/worksheets/sheet1.xml": change})


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same book, with an error and without, as other programs keep it."""
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice to write the older formats with")
    folder = tmp_path_factory.mktemp("formats")
    wrong = xlsx([["Tỉnh", "Điểm"], ["Hà Nội", ""], ["Huế", ""]], results={"B2": "#DIV/0!", "B3": 2})
    (folder / "right.xlsx").write_bytes(xlsx())
    (folder / "wrong.xlsx").write_bytes(wrong)
    made = {}
    for ending in ("xls", "ods"):
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            ending,
        ]
        command += ["--outdir", str(folder), str(folder / "right.xlsx"), str(folder / "wrong.xlsx")]
        subprocess.run(command, check=True, capture_output=True)
        for name in ("right", "wrong"):
            made[f"{name}.{ending}"] = (folder / f"{name}.{ending}").read_bytes()
    return made


def refused(name: str, content: bytes) -> Problem:
    """The refusal, given soon and within the memory of this process."""
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Problem) as caught:
        cells(name, content)
    # The clock stops the reading; what else is running on this machine is not for a test to judge.
    assert time.monotonic() - begun < 30
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10
    assert caught.value.text.vi.startswith(name)
    return caught.value


def test_cells_are_read_as_they_are() -> None:
    rows = cells("b.xlsx", xlsx())
    assert rows == [["Tỉnh", "Điểm", "Ngày"], ["Hà Nội", 91.5, date(2024, 5, 6)], ["Huế", 80.0, ""]]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_formats_say_the_same(converted: dict[str, bytes], ending: str) -> None:
    rows = cells(f"b.{ending}", converted[f"right.{ending}"])
    assert [row[:2] for row in rows] == [["Tỉnh", "Điểm"], ["Hà Nội", 91.5], ["Huế", 80.0]]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_an_error_is_known_in_other_formats_too(converted: dict[str, bytes], ending: str) -> None:
    (grid,) = sheets(f"b.{ending}", converted[f"wrong.{ending}"], NAMES)
    assert grid.lost == {(1, 1): "error"}


def test_an_error_is_known() -> None:
    wrong = xlsx(
        change=lambda part: part.replace(b'<c r="B2"><v>91.5</v></c>', b'<c r="B2" t="e"><v>#N/A</v></c>')
    )
    assert sheets("b.xlsx", wrong, NAMES)[0].lost == {(1, 1): "error"}


def test_a_formula_without_a_result_is_known() -> None:
    wrong = xlsx(change=lambda part: part.replace(b"<v>91.5</v>", b"<f>SUM(A1:A9)</f>"))
    assert sheets("b.xlsx", wrong, NAMES)[0].lost == {(1, 1): "formula"}


@pytest.mark.parametrize("number", [b"1e999", b"-1e999"])
def test_a_number_without_end_is_named(number: bytes) -> None:
    wrong = xlsx(change=lambda part: part.replace(b"<v>91.5</v>", b"<v>" + number + b"</v>"))
    assert "B2" in refused("b.xlsx", wrong).text.vi


@pytest.mark.parametrize("number", [b"NaN", b"inf"])
def test_a_number_that_is_none_is_never_read_as_one(number: bytes) -> None:
    wrong = xlsx(change=lambda part: part.replace(b"<v>91.5</v>", b"<v>" + number + b"</v>"))
    said = refused("b.xlsx", wrong).text.vi
    assert "không mở được" in said or "B2" in said


def test_xlsb_names_its_errors() -> None:
    # Row 1, then a cell in its second column that came to an error: type, size, column, style, error.
    records = b"\x00\x19" + (1).to_bytes(4, "little") + bytes(21)
    records += b"\x0b\x09" + (1).to_bytes(4, "little") + bytes(4) + b"\x2a"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.bin", records)
    with zipfile.ZipFile(made) as archive:
        sheet = Sheet("", [])
        lost.in_xlsb(archive, 0, sheet)
    assert sheet.lost == {(1, 1): "error"}


def far_away() -> bytes:
    return xlsx(
        change=lambda part: part.replace(b'r="B3"', b'r="XFD1048576"').replace(b'<row r="3"', b'<row r="1048576"')
    )


def unfolding() -> bytes:
    """A megabyte that unfolds to a gigabyte, and says so."""
    return respelt(xlsx(), {"xl/worksheets/sheet1.xml": lambda part: part + b" " * (1 << 30)})


def unfolding_in_secret() -> bytes:
    """The same in shared strings below what the zip may say, in many cells."""
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 400_000))
    return xlsx(change=lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))


def slow_expression() -> bytes:
    return xlsx(change=lambda part: part.replace(b"</sheetData>", b'<c r="A1" ' * 8000 + b"</sheetData>"))


def laughing() -> bytes:
    """Names that stand for ten of the one before."""
    names = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + names + b"]>"
    return xlsx(change=lambda part: head + part.split(b"?>", 1)[1].replace(b"<v>91.5</v>", b"<v>&a11;</v>"))


def deep() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"<a>" * 200_000 + b"</a>" * 200_000)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("far.xlsx", far_away),
        ("bomb.xlsx", unfolding),
        ("rows.xlsx", unfolding_in_secret),
        ("lines.csv", lambda: b"\n" * (19 << 20)),
        ("wide.csv", lambda: b"a;b\n" + b"x;" * 100_000),
        ("huge.csv", lambda: b"\n" * (100 << 20)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_too_much_is_refused(name: str, make: Callable[[], bytes]) -> None:
    assert "lớn quá mức" in refused(name, make()).text.vi


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("slow.xlsx", slow_expression),
        ("laughs.xlsx", laughing),
        ("quote.csv", lambda: b'a;b\n"' + b"x" * 1_000_000),
        ("nothing.xlsx", bytes),
        ("zip.xlsx", lambda: b"PK\x03\x04" + bytes(60)),
        ("deep.ods", deep),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused(name: str, make: Callable[[], bytes]) -> None:
    refused(name, make())


def test_a_cell_without_end_is_named() -> None:
    """Nobody understands what it says: its unit would be sought among all for minutes, and told in full."""
    said = refused("long.csv", ("Tỉnh;Điểm\n" + "Nam Định " * 10_000 + ";1\n").encode())
    assert "A2" in said.text.vi
    assert len(said.text.vi) < 200


def merged_again_and_again() -> bytes:
    everything = b"<mergeCells>" + b'<mergeCell ref="A1:ALL900"/>' * 3000 + b"</mergeCells>"
    far = [*TABLE, *[[] for _ in range(880)], [""] * 900 + ["x"]]
    return xlsx(far, change=lambda part: part.replace(b"</sheetData>", b"</sheetData>" + everything))


@pytest.mark.parametrize(
    "make",
    [
        merged_again_and_again,
        lambda: b"x;" * 998 + b"x\n" + b"a\n" * 19_990,
        lambda: b"<html>" + b"<table><tr><td>a<td>1</table>" * 300,
    ],
    ids=["merged", "ragged", "tables"],
)
def test_what_would_hold_whoever_understands_it_is_refused(make: Callable[[], bytes]) -> None:
    """A few kilobytes that the process reads in no time, and the server would go through for minutes."""
    assert "lớn quá mức" in refused("many", make()).text.vi


def test_a_truncated_xls_is_refused(converted: dict[str, bytes]) -> None:
    whole = converted["right.xls"]
    for part in (0.3, 0.6, 0.9):
        said = refused("b.xls", whole[: int(len(whole) * part)]).text.vi
        assert "không mở được" in said or "lớn quá mức" in said


def test_the_process_that_reads_has_little_memory_and_time() -> None:
    """What it may take is set by the system, not by its good will."""
    script = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); from data.child import process; process.limit(); "
        "print(*(resource.getrlimit(what)[0] for what in (resource.RLIMIT_AS, resource.RLIMIT_CPU)))"
    )
    folder = str(Path(process.__file__).parents[2])
    done = subprocess.run(["python3", "-P", "-c", script, folder], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(400 << 20), "3"]


def test_a_process_that_never_answers_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    hung = tmp_path / "hung.py"
    hung.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(process, "__file__", str(hung))
    monkeypatch.setattr(opening, "_PATIENCE", 0.3)
    assert "Thử lại" in refused("b.xlsx", xlsx()).text.vi


def test_many_files_at_once_are_all_read() -> None:
    """A busy server must not take the wait for its turn for a fault of the file."""
    content = b"a;b\n1;2\n"
    with ThreadPoolExecutor(24) as pool:
        found = list(pool.map(lambda _: cells("b.csv", content), range(24)))
    assert found == [[["a", "b"], ["1", "2"]]] * 24


def xlsb() -> bytes:
    """The same table as a binary book, which no library writes."""

    def record(kind: int, data: bytes = b"") -> bytes:
        return (
            bytes([kind]) * (kind < 128)
            + bytes([kind & 0x7F | 0x80, kind >> 7]) * (kind > 127)
            + size(data)
            + data
        )

    def size(data: bytes) -> bytes:
        return bytes([len(data)]) if len(data) < 128 else bytes([len(data) & 0x7F | 0x80, len(data) >> 7])

    def text(written: str) -> bytes:
        return struct.pack("<I", len(written)) + written.encode("utf-16-le")

    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Bảng"))
    page = record(129) + record(148, struct.pack("<4I", 0, 2, 0, 1)) + record(145)
    for line, row in enumerate([["Tỉnh", "Điểm"], ["Hà Nội", 91.5], ["Huế", 80.0]]):
        page += record(0, struct.pack("<I", line) + bytes(21))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            page += (
                record(6, place + text(value))
                if isinstance(value, str)
                else record(5, place + struct.pack("<d", value))
            )
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kinds}/{{}}" Target="{{}}"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("_rels/.rels", named.format("officeDocument", "xl/workbook.bin"))
        archive.writestr("xl/_rels/workbook.bin.rels", named.format("worksheet", "worksheets/sheet1.bin"))
        archive.writestr("xl/workbook.bin", book + record(144) + record(132))
        archive.writestr("xl/worksheets/sheet1.bin", page + record(146) + record(130))
    return made.getvalue()


def test_a_binary_book_says_the_same() -> None:
    assert cells("b.xlsb", xlsb()) == [["Tỉnh", "Điểm"], ["Hà Nội", 91.5], ["Huế", 80.0]]


HTML = (
    "<html><body><p>PAR INDEX 2023</p><table><tr><th rowspan=2>Tỉnh</th><th colspan=2>Năm 2023</th></tr>"
    "<tr><th>Điểm</th><th>Hạng</th></tr><tr><td>Hà Nội</td><td>91,5<sup>3</sup></td><td>1</td></tr></table>"
).encode()


def word() -> bytes:
    """A document with a table, cells of it merged."""
    document = docx.Document()
    document.add_paragraph("PAR INDEX 2023")
    table = document.add_table(3, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Năm 2023"
    for row, texts in enumerate((["Tỉnh", "Điểm"], ["Hà Nội", "91,5"]), start=1):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf() -> bytes:
    """A page with a ruled table, written by hand."""
    words = [(60, 690, "Tinh"), (160, 690, "Diem"), (60, 670, "Ha Noi"), (160, 670, "91,5")]
    words += [(60, 650, "Hue"), (160, 650, "80"), (60, 630, "Da Nang"), (160, 630, "82")]
    lines = [f"50 {y} m 250 {y} l S" for y in range(620, 721, 20)] + [
        f"{x} 620 m {x} 720 l S" for x in (50, 150, 250)
    ]
    page = "\n".join([*lines, *(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in words)]).encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(made)
    made += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(made + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)


def test_a_table_of_a_web_page_is_read_without_its_footnotes() -> None:
    (grid,) = sheets("b.xls", HTML, NAMES)
    assert grid.kind == "html"
    assert grid.above == ("PAR INDEX 2023",)
    assert grid.texts == [["Tỉnh", "Năm 2023", ""], ["", "Điểm", "Hạng"], ["Hà Nội", "91,5", "1"]]
    assert grid.merged == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_a_table_of_a_document_is_read_once_where_cells_are_merged() -> None:
    (grid,) = sheets("b.docx", word(), NAMES)
    assert grid.texts == [["Năm 2023", ""], ["Tỉnh", "Điểm"], ["Hà Nội", "91,5"]]
    assert (grid.merged, grid.above) == ([(0, 0, 0, 1)], ("PAR INDEX 2023",))


def test_a_ruled_table_of_a_pdf_is_read() -> None:
    (grid,) = sheets("b.pdf", pdf(), NAMES)
    assert grid.texts[1:3] == [["Tinh", "Diem"], ["Ha Noi", "91,5"]]


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", [".xlsx", ".xls", ".ods", ".xlsb", ".csv", ".html", ".docx", ".pdf"])
def test_spoiled_files_neither_hang_nor_surprise(
    request: pytest.FixtureRequest, frames: Frames, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """`VUOTBAC_FUZZ=10000` for a long run. A death of the process is an answer; a hang or a stray error is not.

    What can be read of a spoiled file is a table like any other: understood, or refused in a sentence.
    """
    if kind in (".xls", ".ods"):
        whole = request.getfixturevalue("converted")[f"right{kind}"]
    else:
        csv = 'Tỉnh;Điểm\nHà Nội;91,5\n"Huế";80\n'.encode()
        made = {".xlsx": xlsx, ".xlsb": xlsb, ".docx": word, ".pdf": pdf}
        made |= {".csv": lambda: csv, ".html": lambda: HTML}
        whole = made[kind]()
    count = os.environ.get("VUOTBAC_FUZZ", "60")
    command = [sys.executable, "-P", spoiling.__file__, f"{kind}-2026", count]
    done = subprocess.run(command, input=whole, stdout=subprocess.PIPE, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == int(count)
    assert {item["answer"] for item in answers} <= {"read", "refused", "died"}
    assert "read" in {item["answer"] for item in answers}  # or nothing was tried
    assert max(item["megabytes"] for item in answers) <= 400
    for plain in {json.dumps(item["sheets"]) for item in answers if item["answer"] == "read"}:
        grids = [opening._grid(kind, sheet) for sheet in json.loads(plain)]
        monkeypatch.setattr(opening, "sheets", lambda *_, grids=grids: grids)
        with suppress(Problem):
            understand(f"b{kind}", b"", frames, "par", 2020)
