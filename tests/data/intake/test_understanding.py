from __future__ import annotations

import io
from csv import writer
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.ranking import ranking
from data.frames import Frames, load
from data.intake import Intake, enter, understand, undo
from data.store import Store
from data.text import Problem
from tests.stores import copied

Rows = list[list[Any]]


@pytest.fixture
def path(store_path: Path, tmp_path: Path) -> Path:
    return copied(store_path, tmp_path / "own.duckdb")


def csv(rows: Rows, mark: str = ";") -> bytes:
    buffer = io.StringIO()
    writer(buffer, delimiter=mark).writerows(rows)
    return buffer.getvalue().encode("utf-8")


def xlsx(rows: Rows, above: int = 0, sheets: int = 1) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for _ in range(sheets - 1):
            book.add_worksheet()
        sheet = book.add_worksheet()
        for line, row in enumerate(rows, start=above):
            sheet.write_row(line, 0, row)
    return buffer.getvalue()


def read(frames: Frames, rows: Rows, index: str = "par", year: int = 2020) -> Intake:
    return understand("bang.csv", csv(rows), frames, index, year)


def whole_table(frames: Frames, unit_set: str = "63") -> Rows:
    """A full table of an edition: every unit with a score and the rank that follows."""
    units = frames.unit.filter(pl.col("valid_to").fill_null(9999) >= 2024, unit_set=unit_set)["name_vi"].to_list()
    return [["STT", "Tỉnh, thành phố", "Điểm", "Thứ hạng"]] + [
        [place, name, f"{95 - place / 4:.2f}".replace(".", ","), place]
        for place, name in enumerate(units, start=1)
    ]


HEADINGS = [
    ["Tỉnh", "Điểm", "Hạng"],
    ["TT", "Tỉnh/thành phố", "Tổng điểm", "Xếp hạng"],
    ["Địa phương", "Chỉ số", "Thứ hạng", "Ghi chú"],
    ["Province", "Score", "Rank"],
    ["No.", "PROVINCE/CITY", "Total score", "RANKING"],
    ["Tên tỉnh", "PAR INDEX", "Vị trí"],
]


@pytest.mark.parametrize("heading", HEADINGS, ids="|".join)
def test_headings_as_people_write_them(frames: Frames, heading: list[str]) -> None:
    serial = heading[0] in ("TT", "No.")
    row = ["7"] * serial + ["Nam Định", "80,5", "41"]
    row += ["ghi chú"] * (len(heading) - len(row))
    intake = read(frames, [heading, row])
    assert intake.rows.select("unit", "component", "score", "published_rank").rows() == [
        ("63-36", "overall", 80.5, 41)
    ]


def test_columns_may_stand_in_any_order_and_name_components(frames: Frames) -> None:
    rows = [
        ["Hạng", "Cải cách thể chế", "Năm", "Tỉnh", "Hạng Cải cách thể chế", "Tổng điểm", "civil_service"],
        [3, "9,4", 2023, "Hà Nội", 12, "91,43", "14.1"],
    ]
    intake = read(frames, rows, year=2023)
    found = {code: (score, rank) for _, _, code, score, rank, _ in intake.rows.iter_rows()}
    assert found == {"overall": (91.43, 3), "institutions": (9.4, 12), "civil_service": (14.1, None)}


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_files_of_every_office(frames: Frames, mark: str, encoding: str) -> None:
    content = mark.join(["Tỉnh", "Điểm"]) + "\n" + mark.join(["Đắk Lắk", "80.5"]) + "\n"
    intake = understand("bang.csv", content.encode(encoding), frames, "par", 2020)
    assert intake.rows.select("unit", "score").rows() == [("63-66", 80.5)]


def test_commas_in_the_headings_of_a_pasted_table_part_nothing(frames: Frames) -> None:
    field = frames.index("par").component("digital_government").name.vi
    assert "," in field
    pasted = f"Tỉnh\t{field}\nHà Nội\t5,5\n".encode()
    assert understand("dán.csv", pasted, frames, "par", 2023).rows["score"].to_list() == [5.5]


def test_an_excel_file_is_read_from_its_first_filled_sheet_with_excels_line_numbers(frames: Frames) -> None:
    rows: Rows = [["Tỉnh", "Điểm"], ["Hà Nội", 91.43], ["Nam Định", 80.5]]
    intake = understand("bang.xlsx", xlsx(rows, above=2, sheets=2), frames, "par", 2020)
    assert intake.units == 2
    rows[2][1] = "8o,5"
    with pytest.raises(Problem, match="Dòng 5, cột “Điểm”"):
        understand("bang.xlsx", xlsx(rows, above=2), frames, "par", 2020)


HEAD = ["Tỉnh", "Điểm", "Hạng"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([HEAD, ["Nam Định", 80, 1], ["Hà Nội", 81, 2], ["nam dinh", 82, 3]], ["Dòng 4", "Nam Định", "dòng 2"]),
        ([HEAD, ["Nam Định", "6;5", 1]], ["Dòng 2", "Điểm", "Viết như 6,5"]),
        ([HEAD, ["Nam Định", "806,5", 1]], ["Dòng 2", "Điểm", "0–100"]),
        ([HEAD, ["Nam Định", "-1", 1]], ["Dòng 2", "Điểm", "0–100"]),
        ([HEAD, ["Nam Định", 80, 64]], ["Dòng 2", "Hạng", "1 đến 63"]),
        ([HEAD, ["Nam Định", 80, "1,5"]], ["Dòng 2", "Hạng"]),
        ([HEAD, ["", 80, 1]], ["Dòng 2", "Tỉnh"]),
        ([["Tỉnh", "Cột lạ"], ["Nam Định", 80]], ["Cột lạ", "Tỉnh, Điểm, Hạng"]),
        ([["Tỉnh", "Ghi chú"], ["Nam Định", "x"]], ["điểm hoặc hạng"]),
        ([["Điểm", "Hạng"], [80, 1]], ["tên tỉnh"]),
        ([HEAD, ["Nam Định", "80", "5", "41"]], ["Dòng 2", "4 ô", "3 ô"]),
        ([HEAD], ["tiêu đề"]),
        ([HEAD, ["Nam Định", "", ""]], ["không có số liệu"]),
        ([[*HEAD, "Năm"], ["Nam Định", 80, 1, 2019]], ["Dòng 2", "2019", "2020"]),
    ],
)
def test_what_is_not_understood_stops_it_with_its_place(frames: Frames, rows: Rows, says: list[str]) -> None:
    with pytest.raises(Problem) as caught:
        read(frames, rows)
    for part in says:
        assert part in caught.value.text.vi
    assert caught.value.text.en
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bang.pdf", b"%PDF", ".xlsx"),
        ("bang.xlsx", b"not a workbook", "tiêu đề"),
        ("bang.xlsx", b"PK\x03\x04", "Excel"),
        ("bang.xls", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("bang.png", b"\x89PNG\r\n", "ảnh"),
        ("bang.csv", "Tỉnh;Điểm".encode("cp1258", "replace") + b"\xff", "UTF-8"),
    ],
)
def test_files_that_cannot_be_read(frames: Frames, name: str, content: bytes, says: str) -> None:
    with pytest.raises(Problem, match=says):
        understand(name, content, frames, "par", 2020)


def test_points_beyond_a_fields_maximum_are_taken_for_per_cent(frames: Frames) -> None:
    rows = [["Tỉnh", "Cải cách thể chế"], ["Nam Định", "92,5"]]
    with pytest.raises(Problem, match="0–10,0"):
        read(frames, rows, year=2023)


def test_a_province_of_the_63_is_not_taken_for_one_of_the_34(frames: Frames) -> None:
    (question,) = read(frames, [HEAD, ["Nam Định", 80, 1]], year=2025).questions
    assert question.kind == "other_units"
    assert "34-37" in question.text.vi
    assert "dưới đây" not in question.text.vi
    assert read(frames, [HEAD, ["Ninh Bình", 80, 1]], year=2025).rows["unit"].item() == "34-37"


@pytest.mark.parametrize(
    ("rows", "kind", "says"),
    [
        ([HEAD, ["Nam Dinhh", 80, 1]], "unknown_unit", ["Dòng 2", "Nam Dinhh", "Nam Định"]),
        ([HEAD, ["H.Giang", 80, 1]], "two_units", ["Hà Giang", "Hậu Giang"]),
        ([["Tỉnh", "Điểm", "Điểm số"], ["Nam Định", 80, 80]], "two_columns", ["“Điểm”", "“Điểm số”"]),
        ([["Tỉnh", "Điểm", ""], ["Nam Định", 80, 1]], "nameless", ["Cột C"]),
        ([["Tỉnh", "Điểm"], ["Kon Tum", "0,8312"], ["Hà Nội", "0,9"]], "fractions", ["không quá 1"]),
        ([["Tỉnh", "Điểm"], ["Hà Nội", 1], ["Huế", 2], ["Kon Tum", 3]], "ranks", ["điểm hay hạng"]),
        ([["Tỉnh", "Điểm"], ["Hà Nội", 81], ["Huế", 82], ["Kon Tum", 0]], "low", ["chưa có số liệu"]),
        ([["Tỉnh", "Điểm"], ["Hà Nội", "91,5 (1)"], ["Huế", "90,5 (2)"]], "both", ["ghi chú"]),
        ([["Tỉnh", "Cải cách thể chế"], ["Hà Nội", "91,5%"]], "percent_of_maximum", ["phần trăm"]),
    ],
)
def test_what_only_a_person_can_say_is_asked_and_never_entered(
    path: Path, frames: Frames, rows: Rows, kind: str, says: list[str]
) -> None:
    intake = read(frames, rows, year=2023)
    assert [question.kind for question in intake.questions] == [kind]
    for part in says:
        assert part in intake.questions[0].text.vi
    with Store.open(path) as opened, pytest.raises(Problem, match="câu hỏi"):
        enter(opened, intake)


def test_a_heading_that_is_not_known_is_left_out_and_said(frames: Frames) -> None:
    intake = read(frames, [["Tỉnh", "Điểm", "Cột lạ"], ["Nam Định", 80, 1]])
    assert intake.rows.select("unit", "score", "published_rank").rows() == [("63-36", 80.0, None)]
    assert "Cột lạ" in str(intake.note("unknown_columns"))


def test_an_edition_the_definition_does_not_know_yet(frames: Frames) -> None:
    this_year = date.today().year  # noqa: DTZ011
    assert read(frames, [HEAD, ["Ninh Bình", 80, 1]], "papi", this_year).edition.year == this_year
    with pytest.raises(Problem, match="2012–2025"):
        read(frames, [HEAD, ["Ninh Bình", 80, 1]], "par", this_year + 1)


def test_a_copy_that_agrees_is_published_and_one_that_does_not_is_not(frames: Frames) -> None:
    known = frames.score.filter(index="par", year=2023, component="overall").drop_nulls("score").head(5)
    names = dict(frames.unit.select("unit", "name_vi").iter_rows())
    rows: Rows = [["Tỉnh", "Điểm"]] + [
        [names[unit], score] for unit, score in known.select("unit", "score").iter_rows()
    ]
    intake = read(frames, rows, year=2023)
    assert (intake.compared, intake.contradicted.height, intake.status) == (5, 0, "published")
    rows[1][1] = float(rows[1][1]) - 1
    intake = read(frames, rows, year=2023)
    assert intake.status == "provincial"
    assert intake.contradicted.select("known", "entered").row(0) == (rows[1][1] + 1, rows[1][1])


def test_an_excel_error_is_named_and_not_read_as_empty(frames: Frames) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["Nam Định", "", 29])
        sheet.write_formula(1, 1, "=NA()", value="#N/A")
    with pytest.raises(Problem, match="B2"):
        understand("bang.xlsx", buffer.getvalue(), frames, "par", 2020)


def test_a_csv_without_its_closing_quote_is_a_sentence(frames: Frames) -> None:
    content = 'Tỉnh,Điểm\n"Nam Định,80\n' + "x" * 140_000
    with pytest.raises(Problem, match="dấu nháy"):
        understand("bang.csv", content.encode(), frames, "par", 2020)


@pytest.mark.parametrize(
    ("index", "year", "name"), [("pci", 2010, "Hà Tây"), ("papi", 2021, "Bắc Giang"), ("pci", 2005, "Hậu Giang")]
)
def test_a_unit_the_edition_never_scored_would_spoil_it(frames: Frames, index: str, year: int, name: str) -> None:
    with pytest.raises(Problem, match=name):
        read(frames, [HEAD[:2], [name, 40]], index, year)


def test_what_is_missing_is_counted_after_the_table_is_laid_over(frames: Frames) -> None:
    whole = read(frames, [HEAD[:2], ["Nam Định", 55.6]], "pci", 2010)
    assert not any("thiếu" in note.text.vi for note in whole.notes)
    part = read(frames, [HEAD[:2], ["Nam Định", 70.0]], "pci", 2024)
    assert any("46 đơn vị" in note.text.vi for note in part.notes)


def test_ranks_that_contradict_scores_and_missing_units_are_said(frames: Frames) -> None:
    intake = read(frames, [HEAD, ["Nam Định", 80, 1], ["Hà Nội", 90, 2]])
    notes = " ".join(note.text.vi for note in intake.notes)
    assert "hạng ngược với điểm" in notes
    # 16 of the 63 are known then: the fifteen read before, Hà Nội among them, and Nam Định.
    assert "47 đơn vị" in notes


def test_the_ministrys_whole_table_is_ranked_within_a_minute_and_out_again(path: Path) -> None:
    with Store.open(path) as opened:
        frames = load(opened)
        intake = understand("bang.xlsx", xlsx(whole_table(frames)), frames, "par", 2016)
        before = ranking(frames, "par", 2016)
    with Store.open(path) as opened:
        batch = enter(opened, intake, source="Quyết định thử", status="published")
        frames = load(opened)
    after = ranking(frames, "par", 2016)
    assert after.coverage.complete
    assert after.rows["rank"].to_list() == after.rows["published_rank"].to_list() == list(range(1, 64))
    assert after.rows["source"].str.starts_with(f"batch:{batch}").all()
    assert set(after.rows["score_status"]) == {"published"}
    with Store.open(path) as opened:
        undo(opened, batch)
        assert ranking(load(opened), "par", 2016).rows.equals(before.rows)
        assert opened.entered("batch").select("batch", "rows", "source").rows() == [(1, 63, "Quyết định thử")]


def test_a_newer_batch_stands_over_an_older_one_until_it_is_undone(path: Path) -> None:
    def total() -> float:
        with Store.open(path) as opened:
            rows = ranking(load(opened), "par", 2020).rows
        return float(rows.filter(unit="63-36")["score"].item())

    with Store.open(path) as opened:
        for score in (70.0, 71.0):
            enter(opened, read(load(opened), [HEAD[:2], ["Nam Định", score]]))
        assert total() == 71.0
        undo(opened, 2)
        assert total() == 70.0


def test_a_table_with_ranks_alone_leaves_scores_as_they_were(path: Path) -> None:
    with Store.open(path) as opened:
        frames = load(opened)
        old = frames.score.filter(index="par", year=2023, component="overall", unit="63-22")["score"].item()
        enter(opened, read(frames, [["Tỉnh", "Hạng"], ["Quảng Ninh", 2]], year=2023))
        row = ranking(load(opened), "par", 2023).rows.filter(unit="63-22").row(0, named=True)
    assert (row["score"], row["published_rank"]) == (old, 2)


@pytest.mark.parametrize("batch", [0, 1, 99])
def test_there_must_be_something_to_undo(path: Path, batch: int) -> None:
    with Store.open(path) as opened:
        with pytest.raises(Problem, match=str(batch)):
            undo(opened, batch)
        assert opened.entered("history").is_empty()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_table_written_out_is_read_back(frames: Frames, data: st.DataObject) -> None:
    """Any units in any order, with or without scores and ranks, through Excel and through CSV."""
    units = frames.unit.filter(pl.col("unit") != "63-28", unit_set="63").select("unit", "name_vi").rows()
    chosen = data.draw(st.lists(st.sampled_from(units), min_size=1, max_size=20, unique=True))
    score = st.none() | st.integers(4000, 9999).map(lambda n: n / 100)  # figures that nothing need be asked of
    figures = [(data.draw(score), data.draw(st.none() | st.integers(1, 63))) for _ in chosen]
    rows: Rows = [HEAD] + [[name, *pair] for (_, name), pair in zip(chosen, figures, strict=True)]
    expected = [(unit, *pair) for (unit, _), pair in zip(chosen, figures, strict=True) if pair != (None, None)]
    for name, content in (("a.csv", csv(rows)), ("a.xlsx", xlsx(rows))):
        if expected:
            found = understand(name, content, frames, "par", 2020).rows
            assert found.select("unit", "score", "published_rank").rows() == expected
        else:
            with pytest.raises(Problem):
                understand(name, content, frames, "par", 2020)


@pytest.mark.timeout(60)  # they took minutes
def test_cells_full_of_marks_hold_nobody(frames: Frames) -> None:
    """Each was searched anew from each of its marks; and a figure of thousands of digits is none."""
    units = [row[1] for row in whole_table(frames)[1:41]]
    for cell in ("*" * 4000 + "x", "(*" * 2000, "9" * 4000):
        rows: Rows = [["Tỉnh", "Điểm"], *([unit, cell] for unit in units), ["Nam Định" + cell, "80,5"]]
        with pytest.raises(Problem) as caught:
            read(frames, rows)
        assert len(str(caught.value)) < 6000


@pytest.mark.timeout(60)  # they took minutes
def test_headings_of_prose_hold_nobody_and_are_named_in_short(frames: Frames) -> None:
    prose = ("điểm hạng năm 2019 (x) " * 150)[:3400]
    heading = ["Tỉnh", *(f"{prose}{place}" for place in range(900))]
    rows: Rows = [heading, *([row[1], *["5"] * 900] for row in whole_table(frames)[1:41])]
    with pytest.raises(Problem) as caught:
        read(frames, rows)
    assert prose[:60] in str(caught.value)
    assert prose[:200] not in str(caught.value)
