"""Where a figure comes from: its sources, the import over it, the readings that disagree."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.core.provenance import FIGURE, SOURCE_COLUMNS, provenance
from data import intake
from data.frames import Frames, load
from data.store import Store
from data.text import Problem
from tests.stores import copied


def test_a_published_figure_names_the_publishers_workbook(frames: Frames) -> None:
    answer = provenance(frames, "pci", 2019, "63-36", "transparency")
    figure = answer.figures["figure"]
    assert isinstance(figure, dict)
    assert tuple(figure) == FIGURE
    assert figure["score_status"] == "published"
    assert tuple(answer.rows.columns) == SOURCE_COLUMNS
    assert answer.rows["kind"].to_list()[0] == "publisher"
    assert answer.figures["weight"] == 0.2
    assert (answer.coverage.known, answer.coverage.of) == (1, 1)


def test_every_id_that_a_figure_cites_is_found_in_its_order(frames: Frames) -> None:
    for index, definition in frames.indices.items():
        cells = frames.score.filter(index=index).sample(6, seed=1)
        for row in cells.iter_rows(named=True):
            answer = provenance(frames, definition.code, row["year"], row["unit"], row["component"])
            assert answer.rows["source"].to_list() == row["source"].split(";")
            assert answer.rows["title"].null_count() == 0


def test_a_reading_that_differs_is_a_conflict(frames: Frames) -> None:
    answer = provenance(frames, "par", 2023, "63-31")
    readings = answer.figures["readings"]
    assert isinstance(readings, list)
    assert [item["score"] for item in readings if item["score_agrees"] is False] == [91.81]
    assert answer.figures["conflicts"] == 1
    assert "91,81" in answer.note("figure").vi


def test_readings_on_another_scale_are_not_compared(frames: Frames) -> None:
    for row in frames.reading.iter_rows(named=True):
        answer = provenance(frames, row["index"], row["year"], row["unit"], row["component"])
        figure, readings = answer.figures["figure"], answer.figures["readings"]
        assert isinstance(readings, list)
        scale = figure["scale"] if isinstance(figure, dict) else None
        assert all(item["score_agrees"] is None for item in readings if item["scale"] != scale)
        if row["year"] < 2023:
            break


def test_nothing_known_says_which_years_are(frames: Frames) -> None:
    answer = provenance(frames, "pci", 2024, "63-02")
    assert answer.figures["figure"] is None
    assert answer.rows.is_empty()
    assert answer.coverage.known == 0
    assert "2006–2023" in answer.note("unknown").vi
    years = answer.figures["years"]
    assert isinstance(years, list)
    assert max(years) == 2023


@pytest.mark.parametrize(
    ("year", "unit", "component"),
    [
        (1999, "63-36", "overall"),
        (2019, "34-37", "overall"),
        (2019, "63-99", "overall"),
        (2019, "63-36", "nothing"),
    ],
)
def test_what_is_not_there_is_refused(frames: Frames, year: int, unit: str, component: str) -> None:
    with pytest.raises(Problem):
        provenance(frames, "pci", year, unit, component)


def test_an_import_says_which_of_score_and_rank_it_replaced(store_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    copied(store_path, path)

    def asked() -> pl.DataFrame:
        with Store.open(path) as store:
            return provenance(load(store), "par", 2023, "63-31").rows

    def entered(table: str) -> int:
        with Store.open(path) as store:
            understood = intake.understand("bảng.csv", table.encode(), load(store), "par", 2023)
            return intake.enter(store, understood, source="QĐ 1")

    before = asked()
    batch = entered("Tỉnh,Điểm\nHải Phòng,91.9\n")
    first, *others = asked().iter_rows(named=True)
    assert (first["kind"], first["title"], first["location"]) == ("batch", "QĐ 1", "bảng.csv")
    assert (first["for_score"], first["for_rank"]) == (True, False)
    assert {(item["for_score"], item["for_rank"]) for item in others} == {(False, True)}
    with Store.open(path) as store:
        intake.undo(store, batch)
    assert asked().equals(before)
    entered("Tỉnh,Điểm,Hạng\nHải Phòng,91.9,2\n")
    first, *others = asked().iter_rows(named=True)
    assert (first["for_score"], first["for_rank"]) == (True, True)
    assert {(item["for_score"], item["for_rank"]) for item in others} == {(False, False)}
