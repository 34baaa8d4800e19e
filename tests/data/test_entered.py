"""A table that fills an edition changes what the edition is; undone, all is as before, table by table."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import polars as pl
import pytest

from data import schema
from data.frames import Frames, load
from data.intake import enter, understand, undo
from data.store import Store
from tests.edition import INDEX, YEAR, MadeUp, entered, made_up, read
from tests.stores import copied

# What an undone batch leaves in the store, which is the memory of it.
REMEMBERED = {"batch", "entered_score", "entered_weight", "history"}


@pytest.fixture
def path(store_path: Path, tmp_path: Path) -> Path:
    return copied(store_path, tmp_path / "store.duckdb")


@pytest.fixture
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


def rows_of(frames: Frames) -> pl.DataFrame:
    return frames.score.filter(index=INDEX, year=YEAR)


def test_no_older_order_range_or_second_hand_rank_stands_beside_a_table(
    path: Path, edition: MadeUp, frames: Frames
) -> None:
    before = rows_of(frames)
    assert before["order"].count() > 300
    assert before["score_low"].count() > 50
    now, _ = entered(path, edition.table())
    after = rows_of(now)
    older = ("order", "scaled", "score_low", "score_high", "published_score", "tier", "note_vi", "maximum")
    assert {name: after[name].count() for name in older} == dict.fromkeys(older, 0)
    for code in ("overall", *edition.headings):
        found = dict(after.filter(component=code).select("unit", "score").rows())
        assert found == edition.column(code)
    ranks = after.drop_nulls("published_rank")
    assert ranks["component"].unique().to_list() == ["overall"]
    assert dict(ranks.select("unit", "published_rank").rows()) == edition.ranks()


def test_an_order_of_a_cell_that_no_table_speaks_of_stays(path: Path, edition: MadeUp, frames: Frames) -> None:
    lines = edition.table().decode().splitlines()
    few = "\n".join(lines[:6]).encode()  # the first five of the 34
    now, _ = entered(path, few)
    named = rows_of(now).filter(pl.col("batch").is_not_null())["unit"].unique()
    assert len(named) == 5
    both = rows_of(frames).filter(~pl.col("unit").is_in(named.implode()))
    assert rows_of(now).filter(pl.col("batch").is_null()).select(both.columns).equals(both)
    # Five of 34 fill no edition: what is said of it is still true.
    assert now.index(INDEX).edition(YEAR) == frames.index(INDEX).edition(YEAR)


def test_a_second_hand_rank_goes_with_a_whole_column_of_scores_and_a_published_one_stays(
    path: Path, frames: Frames
) -> None:
    known = frames.score.filter(
        pl.col("published_rank").is_not_null(), index=INDEX, year=2024, component="overall"
    )
    assert "provincial" in known["rank_status"]
    assert "published" in known["rank_status"]
    units = frames.score.filter(index=INDEX, year=2019, component="overall")["unit"]
    names = dict(frames.unit.select("unit", "name_vi").rows())
    lines = [f"{names[unit]},{50 + place / 10:.2f}" for place, unit in enumerate(units)]
    with Store.open(path) as store:
        content = "\n".join(["Tỉnh,Điểm", *lines]).encode()
        enter(store, understand("whole.csv", content, load(store), INDEX, 2024))
        after = load(store).score.filter(index=INDEX, year=2024, component="overall")
    standing = after.drop_nulls("published_rank")
    assert after["score"].count() == 63
    assert set(standing["rank_status"]) == {"published"}
    assert set(standing["unit"]) == set(known.filter(rank_status="published")["unit"])


def test_what_is_said_of_the_edition_follows_from_the_table(path: Path, edition: MadeUp, frames: Frames) -> None:
    before = frames.index(INDEX).edition(YEAR)
    assert before.note is not None
    now, batch = entered(path, edition.table())
    index = now.index(INDEX)
    said = index.edition(YEAR).note
    assert said is not None
    assert "không có tổng điểm" not in said.vi
    assert f"lô {batch}" in said.vi
    assert "9/9" in said.vi
    assert "34 đơn vị" in said.vi
    assert f"batch {batch}" in index.announcements[index.edition(YEAR).announced].en
    # Of no other edition anything else is said.
    others = [item for item in index.editions if item.year != YEAR]
    assert others == [item for item in frames.index(INDEX).editions if item.year != YEAR]


def test_a_table_without_totals_says_that_it_has_none(path: Path, edition: MadeUp) -> None:
    now, _ = entered(path, edition.table(totals=False, ranks=False))
    said = now.index(INDEX).edition(YEAR).note
    assert said is not None
    assert "không có tổng điểm" in said.vi
    assert "no total" in said.en


def over(path: Path, frames: Frames, year: int, units: int) -> Frames:
    """The data with a made-up table of totals over those of the first so many units of an older edition."""
    known = frames.score.filter(index=INDEX, year=year, component="overall").drop_nulls("score").head(units)
    names = dict(frames.unit.select("unit", "name_vi").iter_rows())
    lines = [f"{names[unit]},{score + 0.5:.2f}" for unit, score in known.select("unit", "score").iter_rows()]
    with Store.open(path) as store:
        enter(store, understand("over.csv", "\n".join(["Tỉnh,Điểm", *lines]).encode(), load(store), INDEX, year))
        return load(store)


@pytest.mark.parametrize("units", [1, 63])
def test_what_is_said_of_totals_that_were_known_stays(path: Path, frames: Frames, units: int) -> None:
    assert frames.index(INDEX).edition(2011).note is not None
    assert over(path, frames, 2011, units).index(INDEX) == frames.index(INDEX)


def test_totals_in_place_of_derived_ones_are_said_to_be_entered(path: Path, frames: Frames) -> None:
    before, after = (item.index(INDEX).edition(2023).note for item in (frames, over(path, frames, 2023, 63)))
    assert before is not None
    assert after is not None
    assert "suy ra" in before.vi
    assert "suy ra" not in after.vi


@pytest.mark.parametrize(
    "table",
    [{}, {"totals": False, "ranks": False}, {"totals": False, "ranks": False, "weights": True}],
    ids=["whole", "components", "summed"],
)
def test_undone_everything_is_as_before_table_by_table(
    path: Path, edition: MadeUp, frames: Frames, table: dict[str, bool]
) -> None:
    with Store.open(path) as store:
        batch = enter(store, read(load(store), edition.table(**table)))
        assert not load(store).score.equals(frames.score)
        undo(store, batch)
        now = load(store)
        for item in fields(Frames):
            if item.name not in {"version", "indices", *REMEMBERED}:
                assert getattr(now, item.name).equals(getattr(frames, item.name)), item.name
        assert now.indices == frames.indices
        for name in schema.ENTERED.keys() - REMEMBERED:
            kept = store.entered(name)
            assert kept.is_empty() or name == "reading_plan", name
