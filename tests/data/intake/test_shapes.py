"""Shapes of tables and ways to misread them, with made-up figures: what is wrong is never read silently."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

from data.child.charsets import tcvn3, vni
from data.frames import Frames
from data.intake import Faults, Intake, Plan, understand
from data.intake.plan import Column
from data.text import Problem

FIVE = {"63-22": (92.18, 1), "63-31": (91.87, 2), "63-01": (91.43, 3), "63-24": (91.16, 4), "63-19": (90.76, 5)}
NAMES = ["Quảng Ninh", "Hải Phòng", "Hà Nội", "Bắc Giang", "Thái Nguyên"]
SCORES = ["92,18", "91,87", "91,43", "91,16", "90,76"]
ROWS = list(zip(NAMES, SCORES, "12345", strict=True))


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def rows_of(*heading: str, mark: str = ";") -> bytes:
    """A table of the five with a heading."""
    return text(*heading, *(mark.join(row) for row in ROWS))


def book(*sheets: tuple[str, list[list[Any]]], after: Any = None) -> bytes:
    """A workbook of some sheets; `after` may do more with it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as made:
        for name, rows in sheets:
            page = made.add_worksheet(name)
            for line, row in enumerate(rows):
                page.write_row(line, 0, row)
        if after is not None:
            after(made)
    return buffer.getvalue()


def table(*, score: float = 0.0, heading: tuple[str, ...] = ("Tỉnh", "Điểm", "Hạng")) -> list[list[Any]]:
    """The five as numbers, each score moved by so much."""
    return [list(heading)] + [
        [name, round(float(value.replace(",", ".")) + score, 2), int(rank)] for name, value, rank in ROWS
    ]


def read(frames: Frames, content: bytes, plan: Plan | None = None, index: str = "par", year: int = 2023) -> Intake:
    return understand("bang", content, frames, index, year, plan)


def found(intake: Intake) -> dict[str, tuple[float | None, int | None]]:
    totals = intake.rows.filter(component="overall")
    return {
        unit: (score, rank) for unit, score, rank in totals.select("unit", "score", "published_rank").iter_rows()
    }


def html(rows: str) -> bytes:
    return f"<html><body><table>{rows}</table></body></html>".encode()


def hidden(made: Any) -> None:
    made.worksheets()[0].hide()
    made.worksheets()[1].activate()
    made.worksheets()[1].set_first_sheet()


CELLS = "".join(
    f"<tr><td>{name}</td><td>{score}<sup>3</sup></td><td>{rank}</td></tr>" for name, score, rank in ROWS
)
READ: dict[str, bytes] = {
    "title": rows_of("BẢNG XẾP HẠNG PAR INDEX NĂM 2023", "", "Tỉnh;Điểm;Hạng"),
    "letterhead": rows_of("BỘ NỘI VỤ;;CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tỉnh;Điểm;Hạng"),
    "dated": rows_of("PAR INDEX 2023 (Quyết định 280/QĐ-BNV ngày 17/4/2024)", "Tỉnh;Điểm;Hạng"),
    "numbering": rows_of("Tỉnh;Điểm;Hạng", "(1);(2);(3)"),
    "letters": rows_of("Tỉnh;Điểm;Hạng", "A;B;C"),
    "sep": rows_of("sep=;", "Tỉnh;Điểm;Hạng"),
    "old code page": rows_of("Tỉnh;Điểm;Hạng").decode().encode("utf-16-le"),
    "icelandic": rows_of("Tỉnh;Ðiểm;Hạng"),
    "no-break": rows_of("Tỉnh;Điểm;Hạng").replace("Hà Nội".encode(), "Hà\u00a0Nội\u200b ".encode()),
    "decomposed": rows_of("Tỉnh;Điểm;Hạng").replace("Hà Nội".encode(), "Hà Nội".encode()),
    "offices": text(
        "Đơn vị;Điểm;Hạng", *(f"UBND tỉnh {name} (*);{score} điểm;thứ {rank}/63" for name, score, rank in ROWS)
    ),
    "marks": text(
        "Tỉnh;Điểm;Hạng", *(f"{rank}. {name} ({rank});{score}*;{rank} (+2)" for name, score, rank in ROWS)
    ),
    "out of": text("Tỉnh;Điểm;Hạng", *(f"{name};{score}/100;0{rank}" for name, score, rank in ROWS)),
    "one cell": text("Tỉnh;Hạng (điểm)", *(f"{name};0{rank} ({score})" for name, score, rank in ROWS)),
    "unmerged years": text(
        ";Năm 2022;;Năm 2023;", "Tỉnh;Điểm;Hạng;Điểm;Hạng", *(f"{n};80,5;9;{s};{r}" for n, s, r in ROWS)
    ),
    "years as headings": text("Tỉnh;2022;2023;Hạng 2023", *(f"{n};80,5{r};{s};{r}" for n, s, r in ROWS)),
    "footnotes raised": html("<tr><td>Tỉnh</td><td>Điểm</td><td>Hạng</td></tr>" + CELLS),
    "one under another": rows_of(
        "PAR INDEX 2022",
        "Tỉnh;Điểm;Hạng",
        "Huế;70,5;9",
        "Kon Tum;60,5;10",
        "Cà Mau;50,5;11",
        "",
        "PAR INDEX 2023",
        "Tỉnh;Điểm;Hạng",
    ),
    "two indices": text(
        "Tỉnh;PAR INDEX;Xếp hạng PAR INDEX;SIPAS;PCI", *(f"{n};{s};{r};80,1;60,{r}" for n, s, r in ROWS)
    ),
    "parts": text(
        "Tỉnh;Điểm tự đánh giá;Điểm thẩm định;Tổng điểm;Hạng", *(f"{n};95,5;60,1;{s};{r}" for n, s, r in ROWS)
    ),
    "means": rows_of("Tỉnh;Điểm;Hạng", "CẢ NƯỚC;87,5;", "Tây Nguyên;85,1;", "Nguồn: Bộ Nội vụ;;"),
    "cover sheet": book(("Bìa", [["Báo cáo"], ["Năm 2023"]]), ("Số liệu", table())),
    "hidden sheet": book(("cũ", table(score=-5)), ("Số liệu", table()), after=hidden),
    "summary again": book(("Tổng hợp", table()), ("Chi tiết", table())),
    "per cent": book(
        ("PL", [["Tỉnh", "Chỉ số (%)", "Hạng"]]),
        after=lambda made: [
            (
                made.worksheets()[0].write_string(line, 0, name),
                made.worksheets()[0].write_number(
                    line, 1, float(score.replace(",", ".")) / 100, made.add_format({"num_format": "0.00%"})
                ),
                made.worksheets()[0].write_number(line, 2, int(rank)),
            )
            for line, (name, score, rank) in enumerate(ROWS, start=1)
        ],
    ),
    "superscripts": book(
        ("PL", [["Tỉnh", "Điểm", "Hạng"]]),
        after=lambda made: [
            (
                made.worksheets()[0].write_string(line, 0, name),
                made.worksheets()[0].write_rich_string(line, 1, score, made.add_format({"font_script": 1}), "3"),
                made.worksheets()[0].write_number(line, 2, int(rank)),
            )
            for line, (name, score, rank) in enumerate(ROWS, start=1)
        ],
    ),
    "long": text(
        "Tỉnh;Năm;Lĩnh vực;Điểm;Hạng",
        *(f"{n};2022;Tổng điểm;80,5;9" for n, _, _ in ROWS),
        *(f"{n};2023;Tổng điểm;{s};{r}" for n, s, r in ROWS),
        *(f"{n};2023;Cải cách thể chế;9,{r};" for n, _, r in ROWS),
    ),
}


@pytest.mark.parametrize("shape", READ)
def test_a_shape_is_read_right(frames: Frames, shape: str) -> None:
    intake = read(frames, READ[shape])
    assert intake.questions == ()
    assert found(intake) == FIVE


ASKED: dict[str, tuple[bytes, str]] = {
    "fractions": (text("Tỉnh;Điểm", *(f"{n};0,{s[:2]}{s[3:]}" for n, s, _ in ROWS)), "fractions"),
    "ranks called scores": (text("Tỉnh;Điểm", *(f"{n};{r}" for n, _, r in ROWS)), "ranks"),
    "two scores": (text("Tỉnh;Điểm;Điểm số", *(f"{n};{s};80,1" for n, s, _ in ROWS)), "two_columns"),
    "rank of which year": (
        text("Tỉnh;2022;2023;Hạng", *(f"{n};80,5{r};{s};{r}" for n, s, r in ROWS)),
        "year_of_column",
    ),
    "two tables differ": (book(("a", table()), ("b", table(score=1))), "two_tables"),
    "could be two": (rows_of("Tỉnh;Điểm;Hạng", "H. Giang;80,1;9"), "two_units"),
    "unknown": (rows_of("Tỉnh;Điểm;Hạng", "Quảng Nin;80,1;9"), "unknown_unit"),
    "nameless": (text("Tỉnh;Điểm;", *(f"{n};{s};{r}" for n, s, r in ROWS)), "nameless"),
    "zero": (rows_of("Tỉnh;Điểm;Hạng", "Huế;0;"), "low"),
    "one fraction": (rows_of("Tỉnh;Điểm;Hạng", "Huế;0,8812;9"), "low"),
    "within a region": (
        text("Tỉnh;Điểm;Hạng", "Kon Tum;86,1;1", "Lâm Đồng;85,8;2", "Đắk Nông;85,4;3", "Gia Lai;83,5;4"),
        "ranks_in_region",
    ),
    "per cent of a maximum": (
        text("Tỉnh;Cải cách thể chế (%)", *(f"{n};{s}" for n, s, _ in ROWS)),
        "percent_of_maximum",
    ),
    "a footnote or a rank": (text("Tỉnh;Điểm", *(f"{n};{s} ({r})" for n, s, r in ROWS)), "both"),
    "whose figures": (
        text(
            "Tỉnh;Giáp ranh;Điểm",
            *(f"{n};{NAMES[-int(r)]};{s}" for n, s, r in ROWS),
        ),
        "two_unit_columns",
    ),
    "a quarter": (rows_of("PAR INDEX QUÝ I NĂM 2023", "Tỉnh;Điểm;Hạng"), "part_of_year"),
    "cut decimals": (
        text("Tỉnh,Điểm,Hạng,Ghi chú", "Hà Nội,92,18,1", "Huế,91,27,2", "Kon Tum,90,11,3", "Cà Mau,90,05,4"),
        "cut_decimals",
    ),
}


@pytest.mark.parametrize("shape", ASKED)
def test_what_could_mean_two_things_is_asked(frames: Frames, shape: str) -> None:
    content, kind = ASKED[shape]
    intake = read(frames, content)
    assert kind in {question.kind for question in intake.questions}
    assert all(question.text.vi and question.text.en for question in intake.questions)


REFUSED: dict[str, tuple[bytes, str]] = {
    "another year": (rows_of("PAR INDEX 2022", "Tỉnh;Điểm;Hạng"), "2022"),
    "another index": (rows_of("CHỈ SỐ SIPAS 2023", "Tỉnh;Điểm;Hạng"), "SIPAS"),
    "a year of the 34": (text("Tỉnh;Điểm;Hạng", *(f"{n};{s};{r}/34" for n, s, r in ROWS)), "63 đơn vị"),
    "a span": (rows_of("Tỉnh;Điểm;Hạng", "Huế;80,5;9-10"), "khoảng"),
    "twice": (rows_of("Tỉnh;Điểm;Hạng", "Hà Nội;80,5;9"), "đã có"),
    "off the scale": (rows_of("Tỉnh;Điểm;Hạng", "Huế;9218;9"), "ngoài thang điểm"),
    "thousands": (rows_of("Tỉnh;Điểm;Hạng", "Huế;9.218,5;9"), "hàng nghìn"),
    "of another scale": (rows_of("Tỉnh;Điểm;Hạng", "Huế;62,1/80;9"), "thang điểm 100"),
    "unquoted commas": (rows_of("Tỉnh,Điểm,Hạng", mark=","), "dấu phân cách"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "ảnh"),
    "no figures": (text("Tỉnh;Điểm", *(f"{n};-" for n in NAMES)), "không có số liệu"),
}


@pytest.mark.parametrize("shape", REFUSED)
def test_what_is_wrong_is_refused_with_the_reason(frames: Frames, shape: str) -> None:
    content, says = REFUSED[shape]
    with pytest.raises(Problem, match=says):
        read(frames, content)


def test_all_faults_are_said_at_once_grouped_and_with_their_cells(frames: Frames) -> None:
    rows = table()
    rows[1][1], rows[2][1], rows[3][2] = "9x", "8y", "9-10"
    with pytest.raises(Faults) as caught:
        read(frames, book(("PL2", rows)))
    assert [fault.kind for fault in caught.value.faults] == ["score_none", "rank_span"]
    assert caught.value.faults[0].cells == ("B2", "B3")
    assert "ô B2" in caught.value.text.vi


def test_the_34_under_a_year_of_the_63_are_asked_about(frames: Frames) -> None:
    names = frames.unit.filter(unit_set="34")["name_vi"].to_list()
    content = text(
        "Tỉnh;Điểm;Hạng", *(f"{name};{90 - rank / 10:.2f};{rank}" for rank, name in enumerate(names, 1))
    )
    assert "merged_units" in {question.kind for question in read(frames, content).questions}


def test_a_plan_answers_and_reads_the_same_again(frames: Frames) -> None:
    content = rows_of("Tỉnh;Điểm;Cột", "Quảng Nin;80,1;9")
    chosen = Column("", "rank", "overall", "C", why="chosen")
    plan = Plan(columns={"C": chosen}, names={"Quảng Nin": "63-51"})
    first = read(frames, content, plan)
    assert first.questions == ()
    assert found(first) == FIVE | {"63-51": (80.1, 9)}
    again = read(frames, content, Plan.read(first.plan.toml()))
    assert found(again) == found(first)
    assert again.plan == first.plan


@pytest.mark.parametrize(
    "content", ["columns = 3", "tables = ['a']", "year = 'x'", "= 1", "[columns.D]\nkind = 'x'"]
)
def test_what_is_no_plan_is_refused(content: str) -> None:
    with pytest.raises(Problem, match="save-plan"):
        Plan.read(content)


def test_old_fonts_are_told_apart_by_the_names_they_make(frames: Frames) -> None:
    whole = rows_of("Tỉnh;Điểm;Hạng").decode()
    for convert in (tcvn3, vni):
        letters = {convert(chr(code)): chr(code) for code in range(0xA0, 0x100)}
        pairs = {
            convert(first + chr(code)): first + chr(code)
            for first in "aeouyôöAEOUY"
            for code in range(0xC0, 0x100)
        }
        old = "".join(letters.get(letter) or pairs.get(letter) or letter for letter in whole)
        assert found(read(frames, old.encode("cp1252"))) == FIVE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings_of_every_office(frames: Frames, encoding: str) -> None:
    assert found(read(frames, rows_of("Tỉnh;Điểm;Hạng").decode().encode(encoding))) == FIVE


def test_the_vietnamese_code_page_writes_accents_apart(frames: Frames) -> None:
    apart = {
        "ả": "a\u0309",
        "ộ": "ô\u0323",
        "ắ": "ă\u0301",
        "ỉ": "i\u0309",
        "ạ": "a\u0323",
        "ể": "ê\u0309",
        "ò": "o\u0300",
    }
    content = "".join(apart.get(letter, letter) for letter in rows_of("Tỉnh;Điểm;Hạng").decode())
    assert found(read(frames, content.encode("cp1258"))) == FIVE


def test_a_list_in_running_text_is_read(frames: Frames) -> None:
    content = text("Kết quả PAR INDEX 2023:", *(f"{rank}. {name}: {score} điểm" for name, score, rank in ROWS))
    intake = read(frames, content)
    assert found(intake) == {unit: (score, None) for unit, (score, _) in FIVE.items()}


def test_satisfaction_s_result_is_a_factor_and_no_total(frames: Frames) -> None:
    content = text("Tỉnh;Kết quả;SIPAS", *(f"{name};70,1;{score}" for name, score, _ in ROWS))
    intake = read(frames, content, index="sipas")
    assert {unit: score for unit, (score, _) in found(intake).items()} == {u: s for u, (s, _) in FIVE.items()}


def test_per_cent_of_a_maximum_that_nobody_knows_is_no_points(frames: Frames) -> None:
    content = text("Tỉnh;Cải cách thể chế", *(f"{name};{score}" for name, score, _ in ROWS))
    assert "percent_of_maximum" in {question.kind for question in read(frames, content, year=2019).questions}
    points = text("Tỉnh;Cải cách thể chế", *(f"{name};9,{rank}" for name, _, rank in ROWS))
    assert read(frames, points, year=2019).questions == ()


def test_codes_of_the_statistics_office_name_units(frames: Frames) -> None:
    intake = read(frames, text("Mã tỉnh;Điểm", "22;92,18", "01;91,43"))
    assert {unit: score for unit, (score, _) in found(intake).items()} == {"63-22": 92.18, "63-01": 91.43}


def test_a_merged_province_is_refused_by_what_became_of_it(frames: Frames) -> None:
    content = text("Tỉnh;Điểm", "Quảng Ninh;92,18", "Hà Nội;91,43", "Hải Phòng;91,1", "Bình Dương;90,5")
    intake = read(frames, content, year=2025)
    said = " ".join(item.text.vi + item.text.en for item in (*intake.questions, *intake.faults, *intake.notes))
    assert "“Bình Dương” từ 1/7/2025 thuộc TP. Hồ Chí Minh (34-79)" in said
    assert "dưới đây" not in said
    assert "this is" not in said
