"""A table held against itself and against the year before: what is odd is named, what is in order is not."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.core.prospect import prospect
from data.frames import Frames, load
from data.intake import Intake, Plan, enter, supposed, understand
from data.intake.plan import column_of
from data.store import Store
from tests.data.intake.test_shapes import text
from tests.stores import copied


def names_of(frames: Frames, unit_set: str = "63") -> list[str]:
    units = frames.unit.filter(pl.col("valid_to").fill_null(9999) >= 2024, unit_set=unit_set)
    return units["name_vi"].to_list()


def keys(intake: Intake) -> set[str]:
    return {
        note.key for note in intake.notes if not note.key.startswith(("left_out", "missing", "also", "ranks_of"))
    }


def whole(frames: Frames, *more: str, change: dict[int, str] | None = None) -> Intake:
    """All 63 of a year that nothing is known of, ranked by their scores, with some lines in place of others."""
    lines = [f"{name};{95 - place / 4:.2f};{place}" for place, name in enumerate(names_of(frames), 1)]
    for place, line in (change or {}).items():
        lines[place - 1] = f"{names_of(frames)[place - 1]};{line}"
    return understand("bang.csv", text("Tỉnh;Điểm;Hạng", *lines, *more), frames, "par", 2013)


def test_a_table_in_order_has_nothing_odd(frames: Frames) -> None:
    mean = sum(95 - place / 4 for place in range(1, 64)) / 63
    assert keys(whole(frames, f"Trung bình cả nước;{mean:.2f};")) == set()
    tied = whole(frames, change={6: f"{95 - 5 / 4:.2f};5"})
    assert keys(tied) == set()


@pytest.mark.parametrize(
    ("change", "more", "expected", "said"),
    [
        ({6: "93.50;5"}, (), {"double:overall"}, "5 ("),
        ({6: "93.50;3"}, (), {"double:overall", "gaps:overall", "contradiction:overall"}, "đứng hạng 6."),
        ({}, ("Trung bình;70,1;",), {"mean:overall"}, "70,10, tính lại là 87,00"),
        ({}, ("Điểm tối đa;80;",), {"maximum:overall"}, "80,00, ở đây là 100,00"),
        ({6: "93.50;7", 7: "93.25;6"}, (), {"contradiction:overall"}, "ngược"),
    ],
)
def test_what_is_odd_is_named(
    frames: Frames, change: dict[int, str], more: tuple[str, ...], expected: set[str], said: str
) -> None:
    found = whole(frames, *more, change=change)
    assert keys(found) == expected
    assert any(said in note.text.vi for note in found.notes)


def test_components_that_do_not_add_up_are_named(frames: Frames) -> None:
    index = frames.index("par")
    assert index.regime(2023).additive
    fields = index.components_of(2023)
    parts = [5.0 + place / 10 for place in range(len(fields))]
    heading = ";".join(["Tỉnh", "Điểm", *(item.name.vi for item in fields)])
    figures = ";".join(f"{part:.2f}" for part in parts)
    right = understand("a.csv", text(heading, f"Huế;{sum(parts):.2f};{figures}"), frames, "par", 2023)
    assert "ra đúng tổng điểm" in str(right.note("sum"))
    wrong = understand("a.csv", text(heading, f"Huế;{sum(parts) + 1:.2f};{figures}"), frames, "par", 2023)
    assert "1/1 đơn vị" in str(wrong.note("sum"))
    assert f"{sum(parts) + 1:.2f}".replace(".", ",") in str(wrong.note("sum"))


def test_changes_unlike_all_others_and_figures_off_by_ten_are_named(frames: Frames) -> None:
    known = frames.score.filter(index="pci", year=2018, component="transparency").drop_nulls("score").head(40)
    names = dict(frames.unit.select("unit", "name_vi").iter_rows())
    shift = [0.02 if place % 2 else -0.02 for place in range(known.height)]
    scores = [round(score + by, 2) for score, by in zip(known["score"], shift, strict=True)]
    units = [names[unit] for unit in known["unit"]]

    def read(scores: list[float]) -> Intake:
        heading = f"Tỉnh;{frames.index('pci').component('transparency').name.vi}"
        lines = [f"{name};{score}" for name, score in zip(units, scores, strict=True)]
        return understand("a.csv", text(heading, *lines), frames, "pci", 2019)

    assert not {"jump:transparency", "factor:transparency"} & keys(read(scores))
    odd = read([scores[0] + 2, *scores[1:]])
    assert "1 đơn vị" in str(odd.note("jump:transparency"))
    assert units[0] in str(odd.note("jump:transparency"))


def test_a_figure_a_tenth_of_that_of_the_year_before_is_named(frames: Frames) -> None:
    known = frames.score.filter(index="par", year=2018, component="overall").drop_nulls("score")
    names = dict(frames.unit.select("unit", "name_vi").iter_rows())
    lines = [f"{names[unit]};{score:.2f}" for unit, score in known.select("unit", "score").iter_rows()]
    assert len(lines) >= 5
    unit, score = known.select("unit", "score").row(0)
    plan = Plan(columns=dict([column_of("B=score:points", set())]))

    def read(lines: list[str]) -> Intake:
        return understand("a.csv", text("Tỉnh;Điểm", *lines), frames, "par", 2019, plan)

    assert "factor:overall" not in keys(read(lines))
    wrong = read([f"{names[unit]};{score / 10:.2f}", *lines[1:]])
    assert names[unit] in str(wrong.note("factor:overall"))


def test_what_it_would_be_with_the_table_is_what_it_is_once_entered_and_nothing_is_written(
    store_path: Path, tmp_path: Path
) -> None:
    path = copied(store_path, tmp_path / "own.duckdb")
    with Store.open(path) as store:
        before, version = load(store), store.version
        lines = [f"{name};{95 - place / 4:.2f};{place}" for place, name in enumerate(names_of(before, "34"), 1)]
        intake = understand("a.csv", text("Tỉnh;Điểm;Hạng", *lines), before, "par", 2025)
        after = supposed(store, intake)
        assert store.version == version
        assert store.entered("batch").is_empty()
        answer = prospect(before, after, "par", 2025)
        assert (answer.figures["completed"], answer.figures["new_ranks"]) == (["overall"], 34)
        assert answer.rows["rank_before"].null_count() == 34
        assert answer.rows["rank_after"].to_list() == list(range(1, 35))
        assert "34 đơn vị có hạng chung lần đầu" in str(answer.note("ranks"))
        assert [note.key for note in answer.notes] == ["complete", "ranks", "audit"]
        enter(store, intake)
        entered = load(store)
        same = ["index", "year", "unit", "component", "score", "score_status", "published_rank", "batch"]
        assert entered.score.select(same).equals(after.score.select(same))
        assert prospect(entered, entered, "par", 2025).rows.is_empty()
