"""What the data page is put together from: cells, sources, files."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from analytics.core.audit import audit
from analytics.core.provenance import provenance
from dashboard.html.cells import share
from dashboard.text import LANGUAGES
from dashboard.text.dates import moment
from dashboard.text.signs import status
from dashboard.views.data import audit as audit_html
from dashboard.views.data import figure as figure_html
from dashboard.views.data import files
from dashboard.views.data.figure import exact
from data import intake
from data.frames import Frames, load
from data.names import Names
from data.store import Store
from data.text import Language
from tests.stores import copied


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(65.645, "65,645", "65.645"), (60.3244, "60,3244", "60.3244"), (7.0, "7,00", "7.00")]
)
def test_a_figure_is_shown_with_all_its_decimals(frames: Frames, value: float, vi: str, en: str) -> None:
    pci = frames.index("pci")
    assert (exact(value, pci, "vi"), exact(value, pci, "en")) == (vi, en)


def test_small_pieces() -> None:
    assert status("derived", "vi") == "◇ suy ra"
    assert status("range", "vi") == "khoảng"
    assert status(None, "vi") == "–"
    assert "vb-full" in share(63, 63, "vi")
    assert "width:50.0%" in share(1, 2, "vi")
    assert moment(datetime(2026, 11, 22, 20, 30), "vi") == "03:30 23/11/2026 (giờ Việt Nam)"  # noqa: DTZ001


def test_only_whole_addresses_can_be_clicked(frames: Frames) -> None:
    shown = figure_html.sources(provenance(frames, "pci", 2023, "63-36"), "vi")
    assert 'href="https://pcivietnam.vn/ho-so-tinh/nam-dinh"' in shown
    cut = figure_html.sources(provenance(frames, "par", 2023, "63-31"), "vi")
    assert "shipbolt.vn/blog/2024/04/17/..." in cut
    assert "href" not in cut


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_weights_of_an_edition_stand_beside_those_in_use(frames: Frames, lang: Language) -> None:
    pci = frames.index("pci")
    answer = audit(frames, "pci", 2023)
    shown = audit_html.weights(pci, answer, 2023, lang)
    assert shown.count('scope="row"') == 10
    assert ("0,3271" if lang == "vi" else "0.3271") in shown
    assert "20 %" not in audit_html.weights(pci, answer, 2022, lang)


def test_findings_name_what_differs_first(frames: Frames) -> None:
    shown = audit_html.findings(frames.index("pci"), audit(frames, "pci", 2011), 2011, Names.of(frames), "vi")
    assert shown.index("Vĩnh Long") < shown.index("Hà Giang")
    assert "Xem thêm" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_hold_every_figure_with_status_and_sources(frames: Frames, lang: Language) -> None:
    mark, comma = (";", True) if lang == "vi" else (",", False)
    for index, year in (("pci", 2023), ("pci", None), ("par", 2025), ("sipas", None)):
        content = files.figures(frames, frames.index(index), year, lang)
        assert content.startswith(b"\xef\xbb\xbf")
        read = pl.read_csv(io.BytesIO(content), separator=mark, decimal_comma=comma, infer_schema_length=None)
        mine = frames.score.filter(index=index)
        mine = mine if year is None else mine.filter(year=year)
        assert read.height == mine.height
        if mine.height:
            score, source = ("Điểm", "Nguồn") if lang == "vi" else ("Score", "Source")
            assert read[score].drop_nulls().sum() == pytest.approx(mine["score"].sum())
            assert read[source].null_count() == 0


def test_the_list_of_sources_counts_what_rests_on_them(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    copied(store_path, path)
    with Store.open(path) as store:
        table_in = "Tỉnh,Điểm\nHà Nội,91.5\nHải Phòng,90.5\n".encode()
        intake.enter(store, intake.understand("b.csv", table_in, load(store), "par", 2025), source="=1+1")
    with Store.open(path) as store:
        frames = load(store)
    content = files.sources(frames, frames.index("par"), "en")
    read = pl.read_csv(io.BytesIO(content))
    assert read.height == frames.source.filter(collection="par").height + 1
    imported = read.filter(pl.col("Kind") == "imported table").row(0, named=True)
    assert (imported["Title"], imported["Figures resting on it"]) == ("'=1+1", 2)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("index", "year", "units"),
    [
        ("pci", 2005, 42),
        ("pci", 2023, 63),
        ("pci", 2026, 34),
        ("par", 2025, 34),
        ("sipas", 2023, 63),
        ("papi", 2024, 61),
    ],
)
def test_an_empty_workbook_is_understood_when_it_comes_back_filled(
    frames: Frames, index: str, year: int, units: int, lang: Language
) -> None:
    definition, names = frames.index(index), Names.of(frames)
    book = load_workbook(io.BytesIO(files.template(definition, year, frames, names, lang)))
    assert book.sheetnames == [f"{index.upper()} {year}"]
    sheet = book.worksheets[0]
    assert (sheet.freeze_panes, sheet.max_row) == ("B2", 1 + units)
    longest = max(len(cell.value) for cell in sheet[1])
    assert (sheet.row_dimensions[1].height or 15) >= 15 * longest / 16
    for row in range(2, sheet.max_row + 1):
        for column in range(2, sheet.max_column + 1):
            sheet.cell(row, column).value = row - 1 if column == 3 else 6 - row / 100
    filled = io.BytesIO()
    book.save(filled)
    found = intake.understand("b.xlsx", filled.getvalue(), frames, index, year)
    known = definition if year in definition.years else definition.with_edition(year)
    assert [column.kind for column in found.columns][:3] == ["unit", "score", "rank"]
    assert {column.component for column in found.columns[3:]} == {item.code for item in known.components_of(year)}
    assert found.units == units == known.edition(year).units
    assert (found.questions, found.faults) == ((), ())
