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
        ("figure", 11817 + 331 + 113 + 6963),
        ("indicator_value", 93969 + 21891),
        ("indicator_weight", 1664),
        ("reading", 479),
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


# Both are printed so; see sipas/CHECKS.md.
OUT_OF_ORDER = {("sipas", 2023, "overall", "63-10")}


def test_no_place_is_taken_twice_and_none_goes_to_a_lower_score(tables: dict[str, pl.DataFrame]) -> None:
    lists = ["index", "year", "component"]
    ranked = tables["figure"].filter(pl.col("published_rank").is_not_null())
    assert ranked.filter(pl.struct(*lists, "published_rank").is_duplicated()).is_empty()
    above = pl.col("score").shift().over([*lists, "scale"], order_by="published_rank")
    wrong = ranked.drop_nulls("score").filter(pl.col("score") > above + 1e-9)
    assert set(wrong.select(*lists, "unit").rows()) == OUT_OF_ORDER


def test_ten_sub_indices_of_a_province_add_up_to_the_total_that_vcci_printed(
    tables: dict[str, pl.DataFrame],
) -> None:
    cells = tables["figure"].filter(index="pci", year=2020, unit="63-11")
    total = cells.filter(component="overall").row(0, named=True)
    assert (total["published_rank"], total["score_status"], total["tier"]) == (46, "published", "Trung bình")
    parts = cells.join(tables["weight"], on=["index", "year", "component"])
    assert parts.height == 10
    assert set(parts["score_status"]) == {"provincial"}
    added = (10 * parts["weight"] * parts["score"]).sum()
    assert added == pytest.approx(62.635)
    assert abs(added - total["score"]) < 0.035


def test_what_contradicts_a_figure_is_named_on_it(tables: dict[str, pl.DataFrame]) -> None:
    cells = tables["figure"].filter(component="overall", index="par", year=2018)
    first, tenth = (cells.filter(unit=unit).row(0, named=True) for unit in ("63-22", "63-79"))
    assert (first["score"], first["published_rank"]) == (89.06, 1)
    assert "81" in first["note_vi"]
    assert (tenth["score"], tenth["published_rank"]) == (None, 10)
    assert "79,6" in tenth["note_vi"]
    charges = tables["figure"].filter(index="pci", component="informal_charges")
    cell = charges.filter(year=2024, unit="63-11").row(0, named=True)
    assert (cell["score"], cell["published_rank"], cell["rank_status"]) == (6.39, 52, "provincial")
    before = charges.filter(year=2023).with_columns(pl.col("score").rank("min", descending=True))
    assert before.filter(unit="63-11")["score"].item() == 60
    assert "60" in cell["note_en"]


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
