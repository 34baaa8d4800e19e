"""The workbook, opened again and reckoned anew: figures, formulas, what staff may type, what must stay text."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from analytics.core.ranking import ranked
from analytics.path.setting import read
from analytics.path.whatif import whatif
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.edition_scores import Scores
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.workbook.make import workbook
from dashboard.documents.workbook.scores import agreement
from dashboard.text import LANGUAGES, say
from data.definition import OVERALL
from data.frames import Frames
from data.text import Language
from tests import sample
from tests.documents.office import converted, needs_office, without_results

CASES = [
    ("63-22", "pci", 2023),
    ("63-36", "pci", 2019),
    ("63-04", "pci", 2021),
    ("63-36", "par", 2023),
    ("63-36", "papi", 2023),
    ("63-36", "sipas", 2022),
    ("34-37", "pci", 2025),
]
SCORES, WHATIF = say("vi", "workbook.sheet.scores"), say("vi", "workbook.sheet.whatif")
# Rows and columns of the sheet of scores, counted from 1 as Excel does.
HEAD, FIRST = 7, 8


@cache
def made(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi") -> tuple[Content, bytes]:
    found = content(frames, Specification(unit, (index,), year, lang=lang))
    return found, workbook(found)


def opened(file: bytes, *, results: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(file), data_only=results)


def cells(sheet: Worksheet) -> list[Any]:
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def rows(file: bytes, name: str) -> list[list[Any]]:
    """A sheet's values as another program reads them."""
    return CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name(name).to_python()


# --- Every workbook ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_table_is_a_sheet_with_its_numbers_as_numbers(
    frames: Frames, case: tuple[str, str, int], lang: Language
) -> None:
    found, file = made(frames, *case, lang)
    book = opened(file)
    (chapter,) = found.chapters
    for table in chapter.tables:
        sheet = book[say(lang, f"workbook.sheet.{table.name}")]
        assert sheet["A1"].value == table.title
        assert sheet["A2"].value == table.source
        head = 5 if table.grouped else 4
        assert [sheet.cell(head, place).value for place in range(1, len(table.columns) + 1)] == [
            column.heading for column in table.columns
        ]
        for row in range(table.rows.height):
            for place, column in enumerate(table.columns, start=1):
                value, cell = table.rows[column.key][row], sheet.cell(head + 1 + row, place)
                if value is None:
                    assert cell.value is None
                elif column.is_number:
                    assert cell.data_type == "n"
                    assert cell.value == pytest.approx(value, abs=1e-12)
                else:
                    assert cell.value == value + table.marks.get((row, column.key), "")
        assert sheet.freeze_panes == f"B{head + 1}"
        assert sheet.auto_filter.ref is not None
        for note in table.notes:
            assert note in [cell.value for cell in cells(sheet)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_signs_are_seen_and_explained(frames: Frames, case: tuple[str, str, int]) -> None:
    found, file = made(frames, *case)
    book = opened(file)
    for table in found.chapters[0].tables:
        sheet = book[say("vi", f"workbook.sheet.{table.name}")]
        head = 5 if table.grouped else 4
        places = {column.key: place for place, column in enumerate(table.columns, start=1)}
        for (row, key), sign in table.marks.items():
            cell = sheet.cell(head + 1 + row, places[key])
            assert sign in (cell.number_format if cell.data_type == "n" else cell.value)
            assert cell.comment is not None, (table.name, row, key)
            assert cell.comment.text in "\n".join(table.notes)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_cover_leads_to_every_sheet_and_says_what_is_missing(
    frames: Frames, case: tuple[str, str, int]
) -> None:
    found, file = made(frames, *case)
    book = opened(file)
    cover = book.worksheets[0]
    linked = [cell.hyperlink.location for cell in cells(cover) if cell.hyperlink is not None]
    links = {place.partition("!")[0].strip("'") for place in linked}
    assert links == set(book.sheetnames[1:])
    said = [cell.value for cell in cells(cover)]
    assert set(found.chapters[0].sentences(Section.SUMMARY)) <= set(said)
    for absent in found.chapters[0].absent:
        assert absent.reason in said
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_only_formulas_of_ours_are_formulas(frames: Frames) -> None:
    for case in CASES:
        book = opened(made(frames, *case)[1])
        with_formulas = {cell.parent.title for sheet in book for cell in cells(sheet) if cell.data_type == "f"}
        assert with_formulas <= {SCORES, WHATIF}


def test_text_that_looks_like_a_formula_or_markup_stays_text() -> None:
    toy = sample.index({"a": 1.0}, units=2)
    names = ["=1+1", "<b>@x"]
    scores = sample.score_rows(
        {
            (year, unit): {"a": 5.0 + place}
            for year in (2018, 2019)
            for place, unit in enumerate(("63-01", "63-02"))
        },
        total=toy,
    )
    units = sample.unit_rows(["63-01", "63-02"]).with_columns(
        pl.Series("name_vi", names), pl.Series("name_en", names)
    )
    whole = content(sample.frames(toy, scores, units), Specification("63-01", ("toy",), 2019))
    book = opened(workbook(whole))
    found = [cell for sheet in book for cell in cells(sheet) if cell.value in names]
    assert {cell.value for cell in found} == set(names)
    assert all(cell.data_type == "s" for cell in found)
    titles = [chart.title.tx.strRef.f for sheet in book for chart in sheet._charts]
    # A title is taken from its cell: as words of its own, `=1+1 …` would be a reference.
    assert titles
    assert all(title.endswith("!$A$1") for title in titles)


def test_two_indices_have_sheets_of_their_own(frames: Frames) -> None:
    both = content(frames, Specification("63-36", ("pci", "par"), 2023))
    names = opened(workbook(both)).sheetnames
    assert names[0] == say("vi", "workbook.sheet.cover")
    assert f"PCI {SCORES}" in names
    assert f"PAR INDEX {SCORES}" in names
    assert len({name.lower() for name in names}) == len(names)


# --- Charts ----------------------------------------------------------------------------------------------------


def values(book: openpyxl.Workbook, reference: str) -> list[Any]:
    name, _, area = reference.rpartition("!")
    found = book[name.strip("'")][area.replace("$", "")]
    return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


def test_native_charts_draw_the_cells(frames: Frames) -> None:
    found, file = made(frames, "63-36", "pci", 2019)
    book, (chapter,) = opened(file), found.chapters
    history = book[say("vi", "workbook.sheet.history")]
    score, rank = history._charts
    lines = [values(book, series.yVal.numRef.f) for series in score.series]
    # Regimes apart: 2005, 2006–08, 2009–12, 2013–.
    assert [len(line) for line in lines] == [1, 3, 4, 7]
    table = chapter.table("history")
    assert table is not None
    assert [value for line in lines for value in line] == table.rows["score"].to_list()
    (ranks,) = [values(book, series.yVal.numRef.f) for series in rank.series]
    assert ranks == table.rows["rank"].to_list()
    assert rank.y_axis.scaling.orientation == "maxMin"
    (gaps,) = book[say("vi", "workbook.sheet.gaps")]._charts
    table = chapter.table("gaps")
    assert table is not None
    assert values(book, gaps.series[0].val.numRef.f) == pytest.approx(table.rows["weighted_gap"].to_list())
    (parts,) = book[say("vi", "workbook.sheet.contributions")]._charts
    table = chapter.table("contributions")
    assert table is not None
    assert values(book, parts.series[0].val.numRef.f) == pytest.approx(table.rows["contribution"].to_list()[:-1])


def test_components_on_unlike_scales_are_not_drawn_side_by_side(frames: Frames) -> None:
    found, file = made(frames, "63-49", "par", 2023)
    assert found.chapters[0].table("components") is not None
    assert not opened(file)[say("vi", "workbook.sheet.components")]._charts


# --- The sheet of scores ---------------------------------------------------------------------------------------


def headed(frames: Frames, index: str, year: int) -> dict[str, int]:
    """The columns of the sheet of scores by what stands in them, counted from 0."""
    parts = [item.code for item in frames.index(index).components_of(year)]
    names = ["unit", "name", *parts, "total", "known", "apart", "rank", "published_rank"]
    return {name: place for place, name in enumerate(names)}


# Index, year, and how far a total may be from the published one.
RECKONED = [("pci", 2019, 0.0004), ("pci", 2012, 0.0005), ("pci", 2023, 0.005), ("papi", 2023, 0.0003)]
PARTIAL = [("63-04", "pci", 2021), ("63-36", "par", 2023)]
# Who, which year of PCI, and the scores that staff type in.
TYPED: list[tuple[str, int, dict[str, float]]] = [
    ("63-36", 2019, {}),
    ("63-36", 2019, {"transparency": 7.5, "labour_training": 7.0}),
    ("63-36", 2019, {"transparency": 1.0}),
    ("63-22", 2023, {"business_support": 3.0, "entry_costs": 10.0}),
]


@pytest.fixture(scope="module")
def reckoned(frames: Frames, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Workbooks reckoned anew from their formulas alone, by name: a whole one, the others with what reckons."""
    cases = [("63-36", index, year) for index, year, _ in RECKONED] + PARTIAL
    whole, *others = cases
    books = {named(*whole): made(frames, *whole)[1]} | {named(*case): reckoning(frames, *case) for case in others}
    books = {name: without_results(book) for name, book in books.items()}
    for number, (unit, year, new) in enumerate(TYPED):
        books[f"typed-{number}"] = typed(reckoning(frames, unit, "pci", year), new, frames.index("pci"), year)
    return converted(books, "xlsx", tmp_path_factory.mktemp("office"))


@cache
def reckoning(frames: Frames, unit: str, index: str, year: int) -> bytes:
    """A workbook without the sheets that hold no formulas."""
    return workbook(content(frames, Specification(unit, (index,), year, contents=(Section.HISTORY,))))


def named(unit: str, index: str, year: int) -> str:
    return f"{unit}-{index}-{year}"


@needs_office
@pytest.mark.parametrize(("index", "year", "apart"), RECKONED)
def test_reckoned_anew_totals_are_the_published_ones_and_ranks_exactly(
    frames: Frames, reckoned: dict[str, bytes], index: str, year: int, apart: float
) -> None:
    anew = rows(reckoned[named("63-36", index, year)], SCORES)
    at, edition = headed(frames, index, year), ranked(frames, frames.index(index)).filter(year=year)
    totals = {row["unit"]: row for row in edition.filter(component=OVERALL).to_dicts()}
    listed = [row for row in anew[FIRST - 1 :] if str(row[0])[:3] in ("63-", "34-")]
    assert len(listed) == frames.index(index).edition(year).units
    compared = 0
    for row in listed:
        known = totals[row[0]]
        parts = edition.filter(pl.col("component") != OVERALL, unit=row[0])
        weighted = parts.select((pl.col("score") * pl.col("unit_value")).sum()).item()
        assert row[at["total"]] == pytest.approx(weighted, abs=0.0001)
        assert row[at["rank"]] == known["rank"]
        if known["published_rank"] is not None:
            assert row[at["rank"]] == known["published_rank"] == row[at["published_rank"]]
        # To print as near as rounded figures allow; PAPI's totals are sums of ours.
        printed = known["published_score"]
        if printed is None and known["score_status"] != "derived":
            printed = known["score"]
        if printed is not None:
            compared += 1
            assert row[at["total"]] == pytest.approx(printed, abs=apart)
            assert row[at["apart"]] == pytest.approx(row[at["total"]] - printed, abs=1e-6)
    assert compared or index == "papi"


def test_it_says_how_well_totals_agree(frames: Frames) -> None:
    found, file = made(frames, "63-36", "pci", 2019)
    assert rows(file, SCORES)[2][0] == agreement(Scores(found.chapters[0]))
    assert "63" in agreement(Scores(found.chapters[0]))
    assert "0,00025" in agreement(Scores(found.chapters[0]))
    # PAPI's totals are sums of ours: there is nothing to hold against them.
    (papi,) = made(frames, "63-36", "papi", 2023)[0].chapters
    assert agreement(Scores(papi)) == say("vi", "workbook.scores.no_agreement")


def test_the_results_that_come_with_it_are_those_of_reckoning(frames: Frames) -> None:
    """A viewer that does not reckon shows the right figures too."""
    _, file = made(frames, "63-36", "pci", 2019)
    at = headed(frames, "pci", 2019)
    edition = ranked(frames, frames.index("pci")).filter(year=2019, component=OVERALL)
    shown = {row[0]: row for row in rows(file, SCORES)[FIRST - 1 :] if str(row[0]).startswith("63-")}
    assert len(shown) == 63
    for unit, rank in edition.select("unit", "rank").iter_rows():
        assert shown[unit][at["rank"]] == rank


@needs_office
@pytest.mark.parametrize("case", PARTIAL, ids=str)
def test_nobody_is_ranked_by_totals_that_are_not_all_known(
    frames: Frames, reckoned: dict[str, bytes], case: tuple[str, str, int]
) -> None:
    anew = rows(reckoned[named(*case)], SCORES)
    at = headed(frames, case[1], case[2])
    totals = {
        row["unit"]: row
        for row in ranked(frames, frames.index(case[1])).filter(year=case[2], component=OVERALL).to_dicts()
    }
    listed = [row for row in anew[FIRST - 1 :] if str(row[0]).startswith("63-")]
    for row in listed:
        # 2021: every total is known, not every component: ranks are those of the known totals. PAR: nobody's.
        assert (row[at["rank"]] or None) == totals[row[0]]["rank"]
        full = all(row[place] != "" for name, place in at.items() if 1 < place < at["total"])
        assert (row[at["total"]] != "") == full
    assert any(row[at["total"]] == "" for row in listed)


def test_figures_in_per_cent_are_turned_into_points(frames: Frames) -> None:
    _, file = made(frames, "63-36", "par", 2023)
    edition = (
        ranked(frames, frames.index("par")).filter(pl.col("component") != OVERALL, year=2023).drop_nulls("score")
    )
    turned = edition.filter(pl.col("scale") == "percent", pl.col("unit_value").is_not_null()).to_dicts()
    whole = edition.filter(pl.col("scale") != "percent").to_dicts()
    assert turned
    assert whole
    sheet, at = opened(file)[SCORES], headed(frames, "par", 2023)
    lines = {sheet.cell(row, 1).value: row for row in range(FIRST, sheet.max_row + 1)}
    shown = {row[0]: row for row in rows(file, SCORES)}
    for row in turned:
        cell = sheet.cell(lines[row["unit"]], at[row["component"]] + 1)
        assert cell.data_type == "f"
        assert cell.comment is not None
        worth = frames.index("par").unit_value(row["component"], 2023)
        assert shown[row["unit"]][at[row["component"]]] * worth == pytest.approx(row["score"] * row["unit_value"])
    for row in whole:
        assert sheet.cell(lines[row["unit"]], at[row["component"]] + 1).value == row["score"]


def test_an_edition_without_weights_has_neither_scores_nor_whatif(frames: Frames) -> None:
    found, file = made(frames, "34-37", "pci", 2025)
    book = opened(file)
    assert {SCORES, WHATIF}.isdisjoint(book.sheetnames)
    assert found.chapters[0].table("components") is not None
    assert say("vi", "workbook.sheet.components") in book.sheetnames
    reason = say("vi", "workbook.scores.absent", edition="PCI 2025", word="chỉ số thành phần")
    assert reason in [cell.value for cell in cells(book.worksheets[0])]


# --- What if ---------------------------------------------------------------------------------------------------


def typed(file: bytes, new: dict[str, float], index: Any, year: int) -> bytes:
    """The workbook with new scores typed in; openpyxl keeps formulas and loses their results."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    sheet = book[WHATIF]
    names = {item.code: item.name.vi for item in index.components_of(year)}
    lines = {sheet.cell(row, 1).value: row for row in range(6, 30)}
    for code, score in new.items():
        sheet.cell(lines[names[code]], 4).value = score
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@needs_office
@pytest.mark.parametrize("number", range(len(TYPED)))
def test_new_scores_give_the_total_and_rank_that_the_question_gives(
    frames: Frames, reckoned: dict[str, bytes], number: int
) -> None:
    unit, year, new = TYPED[number]
    index = frames.index("pci")
    anew = rows(reckoned[f"typed-{number}"], WHATIF)
    answered = {row[0]: row for row in anew}
    total, rank = answered["Tổng điểm"], answered["Thứ hạng trong 63"]
    if not new:
        own = ranked(frames, index).filter(year=year, component=OVERALL, unit=unit)
        assert total[2] == total[3] == pytest.approx(own["score"].item(), abs=1e-6)
        assert rank[2] == rank[3] == own["rank"].item()
        return
    asked = whatif(frames, unit, "pci", year, [read(f"{code}={score}") for code, score in new.items()])
    assert total[3] == pytest.approx(asked.figures["score_after"], abs=1e-5)
    assert total[2] == pytest.approx(asked.figures["score_before"], abs=1e-5)
    assert rank[3] == asked.figures["rank_after"]
    assert rank[2] == asked.figures["rank_before"]


def test_only_new_scores_can_be_typed_and_only_on_the_scale(frames: Frames) -> None:
    _, file = made(frames, "63-36", "pci", 2019)
    sheet = opened(file)[WHATIF]
    assert sheet.protection.sheet
    free = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert [cell.coordinate for cell in free] == [f"D{row}" for row in range(6, 16)]
    grounds = {cell.fill.fgColor.rgb for cell in free}
    assert len(grounds) == 1
    assert grounds.isdisjoint(cell.fill.fgColor.rgb for cell in sheet["E"] if cell.value is not None)
    rules = sheet.data_validations.dataValidation
    assert {str(area) for rule in rules for area in rule.sqref.ranges} == {f"D{row}" for row in range(6, 16)}
    low = frames.index("pci").component("transparency").minimum
    assert all((rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", low, 10) for rule in rules)


def test_without_every_total_there_is_no_rank_to_try(frames: Frames) -> None:
    partial = ranked(frames, frames.index("par")).filter(year=2023).drop_nulls("score")
    full = partial.filter(pl.col("component") != OVERALL, pl.col("unit_value").is_not_null())
    unit = next(item for item in full["unit"] if item in partial.filter(component=OVERALL)["unit"].to_list())
    _, file = made(frames, unit, "par", 2023)
    said = [cell.value for cell in cells(opened(file)[WHATIF])]
    assert not [item for item in said if isinstance(item, str) and item.startswith("Thứ hạng trong")]
    assert any(isinstance(item, str) and "không tính thứ hạng" in item for item in said)


def test_who_has_no_components_is_told_why_there_is_nothing_to_try(frames: Frames) -> None:
    _, file = made(frames, "63-04", "pci", 2021)
    book = opened(file)
    if WHATIF in book.sheetnames:
        pytest.fail("Cao Bằng's components of 2021 are not known")
    said = [str(cell.value) for cell in cells(book.worksheets[0])]
    assert any("không có trang thử điểm" in item for item in said)


def test_names_of_sheets_are_such_as_excel_takes() -> None:
    from dashboard.documents.workbook.style import Book

    class File:
        def add_worksheet(self, name: str) -> Any:
            self.names = [*getattr(self, "names", []), name]
            return type("Sheet", (), {"__getattr__": lambda *_: lambda *_, **__: None})()

    file = File()
    book = Book(file, "vi")
    for name in ("History", "A/B: [C]*?", "x" * 40, "X" * 40, "'", "Điểm"):
        book.sheet(name)
    assert len({name.lower() for name in file.names}) == len(file.names)
    for name in file.names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.lower() != "history"
        assert not name.startswith("'")


def test_the_figures_of_a_changed_edition_are_the_ones_written(frames: Frames) -> None:
    """The sheet reads the frames it is given, not some kept ones."""
    scores = frames.score.with_columns(
        score=pl.when(
            (pl.col("index") == "pci")
            & (pl.col("year") == 2019)
            & (pl.col("unit") == "63-36")
            & (pl.col("component") == "transparency")
        )
        .then(9.5)
        .otherwise("score")
    )
    changed = replace(frames, version="changed", score=scores)
    found = content(changed, Specification("63-36", ("pci",), 2019, contents=(Section.HISTORY,)))
    shown = {row[0]: row for row in rows(workbook(found), SCORES)[FIRST - 1 :]}
    at = headed(frames, "pci", 2019)
    assert shown["63-36"][at["transparency"]] == 9.5
