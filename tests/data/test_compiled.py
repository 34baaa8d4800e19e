from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from data import compiled, schema
from data.text import Problem

STATUS_OF_KIND = {"publisher": "published", "copy": "published", "secondary": "provincial"}


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return compiled.tables()


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for part in ("figures", "geography", "context", "definitions"):
        shutil.copytree(compiled.FOLDER / part, folder / part)
    return folder


def test_every_table_is_there_and_as_the_schema_says(tables: dict[str, pl.DataFrame]) -> None:
    assert set(tables) == set(schema.COMPILED)
    for name, table in schema.COMPILED.items():
        table.validate(tables[name])
        assert tables[name].height > 0


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("figure", 11807 + 328 + 112 + 6963),
        ("indicator_value", 93969 + 21891),
        ("indicator_weight", 1664),
        ("reading", 471),
        ("crosswalk", 63),
        ("unit", 98),
        ("tile", 101),
        ("context_value", 16407),
        ("agency", 20),
    ],
)
def test_nothing_was_lost_on_the_way(tables: dict[str, pl.DataFrame], name: str, rows: int) -> None:
    assert tables[name].height == rows


def test_a_status_is_never_better_than_the_sources_behind_it(tables: dict[str, pl.DataFrame]) -> None:
    kinds = tables["source"].select("collection", "source", "kind")
    cited = (
        tables["figure"]
        .select(
            "index", "year", "unit", "component", "score_status", "rank_status", pl.col("source").str.split(";")
        )
        .explode("source")
        .join(kinds, left_on=["index", "source"], right_on=["collection", "source"])
        .group_by("index", "year", "unit", "component", "score_status", "rank_status")
        .agg(pl.col("kind").cast(pl.String))
    )
    for row in cited.iter_rows(named=True):
        for status in (row["score_status"], row["rank_status"]):
            if status == "published":
                assert {"publisher", "copy"} & set(row["kind"]), row
            if status == "provincial":
                assert "secondary" in row["kind"], row


def test_both_archipelagos_are_on_every_map(tables: dict[str, pl.DataFrame]) -> None:
    tiles = tables["tile"].filter(kind="archipelago")
    assert sorted(tiles.select("unit_set", "label").rows()) == sorted(
        (unit_set, label) for unit_set in ("63", "34") for label in ("Hoàng Sa", "Trường Sa")
    )
    for unit_set in ("63", "34"):
        outline = (compiled.FOLDER / "geography" / f"provinces_{unit_set}.geojson").read_text(encoding="utf-8")
        assert "Hoàng Sa" in outline
        assert "Trường Sa" in outline


def test_every_agency_answers_for_a_component_that_exists(tables: dict[str, pl.DataFrame]) -> None:
    known = tables["component"].select("index", "component").unique()
    assert tables["agency"].join(known, on=["index", "component"], how="anti").is_empty()


def test_every_indicator_value_has_its_indicator_and_component(tables: dict[str, pl.DataFrame]) -> None:
    values = tables["indicator_value"].select("index", "year", "indicator").unique()
    joined = values.join(tables["indicator"], on=["index", "indicator"], how="left")
    assert joined["component"].null_count() == 0
    editions = tables["component"].select("index", "year", "component")
    assert joined.join(editions, on=["index", "year", "component"], how="anti").is_empty()


def test_notes_on_what_the_figures_are_lie_beside_them() -> None:
    for place in ("figures/pci", "figures/par", "figures/sipas", "figures/papi", "geography", "context"):
        text = (compiled.FOLDER / place / "CHECKS.md").read_text(encoding="utf-8")
        assert len(text) > 1000


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "figures/pci/score.csv",
            "2005,63-01,overall,60.3244",
            "2005,63-01,overall,60;3244",
            ["dòng 2", "score", "60;3244"],
        ),
        ("figures/pci/score.csv", "2005,63-01,overall", "2005,63-1,overall", ["dòng 2", "unit", "63-1"]),
        (
            "figures/pci/score.csv",
            "2005,63-01,overall,60.3244,published",
            "2005,63-01,overall,60.3244,true",
            ["dòng 2", "score_status", "true"],
        ),
        (
            "figures/pci/score.csv",
            "2005,63-01,overall,60.3244,published",
            "2005,63-01,overall,60.3244,",
            ["dòng 2", "score_has_status"],
        ),
        ("figures/pci/score.csv", "2005,63-01,entry_costs", "2005,63-01,overall", ["overall", "duy nhất"]),
        (
            "figures/pci/score.csv",
            "2005,63-01,entry_costs",
            "2005,63-01,entry_cost",
            ["dòng 3", "entry_cost", "2005"],
        ),
        ("figures/pci/score.csv", "WB2005", "WB2005X", ["dòng 2", "WB2005X", "source.csv"]),
        ("figures/pci/score.csv", "2005,63-01,overall", "2005,63-03,overall", ["dòng 2", "unit", "63-03"]),
        ("geography/unit.csv", "63-01,63,01", "63-01,63,02", ["dòng", "unit_is_set_and_code"]),
        ("geography/unit.csv", "unit,unit_set", "unit,set", ["tiêu đề", "unit_set"]),
        ("context/agency.csv", "plan-documented", "hearsay", ["evidence", "hearsay"]),
    ],
)
def test_a_bad_row_stops_the_build_with_its_place(
    copied: Path, tmp_path: Path, file: str, old: str, new: str, says: list[str]
) -> None:
    original = (copied / file).read_text(encoding="utf-8")
    assert old in original
    (copied / file).write_text(original.replace(old, new, 1), encoding="utf-8")
    try:
        with pytest.raises(Problem) as caught:
            compiled.tables(copied)
    finally:
        (copied / file).write_text(original, encoding="utf-8")
    for part in (Path(file).name, *says):
        assert part in caught.value.text.vi
