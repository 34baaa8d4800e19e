"""What a person decides about a table: every offer is an answer, cells are typed anew, plans kept for the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.frames import Frames, load
from data.intake import Column, Intake, Plan, enter, examined, kept, opened, understand, undo
from data.intake.plan import column_of
from data.names import Names
from data.store import Store
from data.text import Problem
from tests.data.intake.test_shapes import ASKED, NAMES, ROWS, book, found, read, rows_of, table, text
from tests.stores import copied

COMPONENTS = {"overall", "institutions"}


def offers(intake: Intake) -> list[tuple[str, Plan]]:
    """Every answer that is offered to a question, with the question's kind."""
    answers = []
    for question in intake.questions:
        offer = question.offer or {}
        for letter, options in offer.get("column", {}).items():
            for option in options:
                answers.append((question.kind, Plan(columns=dict([column_of(f"{letter}={option}", COMPONENTS)]))))
        for name, units in offer.get("as", {}).items():
            answers += [(question.kind, Plan(names={name: unit})) for unit in units]
        answers += [(question.kind, Plan(drop=(line,))) for line in offer.get("drop", ())]
        answers += [(question.kind, Plan(tables=(number,))) for number in offer.get("table", ())]
        if "accept" in offer:
            answers.append((question.kind, Plan(accepted=(offer["accept"],))))
    return answers


@pytest.mark.parametrize("shape", ASKED)
def test_every_offer_answers_its_question(frames: Frames, shape: str) -> None:
    content, _ = ASKED[shape]
    file = opened("bang.csv", content, Names.of(frames))
    asked = examined(file, frames, "par", 2023)
    answers = offers(asked)
    assert {kind for kind, _ in answers} == {question.kind for question in asked.questions}
    for kind, plan in answers:
        again = Plan.read(plan.toml())
        assert again == plan
        left = [question.kind for question in examined(file, frames, "par", 2023, again).questions]
        # That one of two columns is what it was taken for says nothing of the other.
        kept_so = {column.kind for column in plan.columns.values()} <= {"score", "rank"}
        assert kind not in left or (kind == "two_columns" and kept_so), plan


def test_a_cell_typed_anew_mends_a_fault_and_what_stood_there_is_kept(frames: Frames) -> None:
    content = rows_of("Tỉnh;Điểm;Hạng", "Huế;8o,1;9")
    file = opened("bang.csv", content, Names.of(frames))
    (fault,) = examined(file, frames, "par", 2023).faults
    assert fault.cells == ("B2",)
    mended = examined(file, frames, "par", 2023, Plan(cells={"B2": "80,1"}))
    assert mended.faults == ()
    assert found(mended)["63-46"] == (80.1, 9)
    assert mended.readings[0].table.grid.retyped == {(1, 1): "8o,1"}
    assert found(understand("bang.csv", content, frames, "par", 2023, Plan.read(mended.plan.toml()))) == found(
        mended
    )
    assert examined(file, frames, "par", 2023).faults  # the file itself stays as it is
    with pytest.raises(Problem, match="Z99"):
        examined(file, frames, "par", 2023, Plan(cells={"Z99": "1"}))


def test_a_cell_is_typed_anew_in_its_own_sheet_and_as_it_stands_in_the_file(frames: Frames) -> None:
    file = opened("bang.xlsx", book(("a", table()), ("b", table(score=1))), Names.of(frames))
    plan = Plan(tables=(2,), cells={"b!B2": "99,5"})
    before = examined(file, frames, "par", 2023, Plan(tables=(2,)))
    after = examined(file, frames, "par", 2023, plan)
    assert len(dict(found(before).items() ^ found(after).items())) == 1
    assert 99.5 in {score for score, _ in found(after).values()}
    across = text(*(";".join(row) for row in zip(*[("Tỉnh", "Điểm"), *((n, s) for n, s, _ in ROWS)], strict=True)))
    turned = opened("bang.csv", across, Names.of(frames))
    after = examined(turned, frames, "par", 2023, Plan(cells={"C2": "99,5"}))
    assert found(after)[examined(turned, frames, "par", 2023).rows["unit"][1]][0] == 99.5


def test_a_meaning_that_was_chosen_answers_no_question_about_the_figures(frames: Frames) -> None:
    content = text("Tỉnh;Chỉ tiêu X", *(f"{n};0,{s[:2]}{s[3:]}" for n, s, _ in ROWS))
    chosen = Plan(columns={"B": Column("", "score", "overall", "B", why="chosen")})
    assert [question.kind for question in read(frames, content, chosen).questions] == ["fractions"]
    said = Plan(columns=dict([column_of("B=score:fraction", COMPONENTS)]))
    assert read(frames, content, said).rows["score"].min() > 80


def test_per_cent_of_a_maximum_is_entered_as_that_and_never_as_points(
    frames: Frames, store_path: Path, tmp_path: Path
) -> None:
    content = text("Tỉnh;Điểm;Cải cách thể chế (%)", *(f"{n};{s};{s}" for n, s, _ in ROWS))
    said = Plan(columns=dict([column_of("C=institutions:percent", COMPONENTS)]))
    intake = read(frames, content, said)
    assert intake.questions == ()
    scales = dict(intake.rows.select("component", "scale").unique().iter_rows())
    assert scales == {"overall": "points", "institutions": "percent"}
    path = copied(store_path, tmp_path / "own.duckdb")
    with Store.open(path) as store:
        enter(store, intake)
        row = load(store).score.filter(
            index="par", year=2023, component="institutions", unit=intake.rows["unit"][0]
        )
    assert row.select("scale", "score").rows() == [("percent", float(ROWS[0][1].replace(",", ".")))]


def test_what_was_decided_is_kept_for_the_next_table_of_the_shape(store_path: Path, tmp_path: Path) -> None:
    def file(year: int) -> bytes:
        return text(f"Tỉnh;Kết quả gì đó {year}", *(f"{n};{s}" for n, s, _ in ROWS), "Quảng Nin;70,5")

    decided = Plan(
        columns={"B": Column("", "score", "overall", "B", why="chosen")},
        names={"Quảng Nin": "63-51"},
        drop=(3,),
        cells={"B2": "90,5"},
    )
    path = copied(store_path, tmp_path / "own.duckdb")
    with Store.open(path) as store:
        frames = load(store)
        names = Names.of(frames)
        first = opened("a.csv", file(2020), names)
        assert kept(store, first.shape) is None
        batch = enter(store, examined(first, frames, "par", 2020, decided))
        (entry,) = store.entered("reading_plan").iter_rows(named=True)
        assert (entry["batch"], entry["sha256"]) == (batch, first.sha256)
        second = opened("b.csv", file(2021), names)
        assert (second.shape, second.sha256 != first.sha256) == (first.shape, True)
        found_again = kept(store, second.shape)
        assert found_again is not None
        assert (found_again.batch, found_again.author) == (batch, store.entered("batch")["author"][0])
        again = examined(second, frames, "par", 2021, found_again.plan)
        assert (again.questions, again.faults) == ((), ())
        assert again.rows.height == len(NAMES) + 1  # no line and no cell of the other file
        assert kept(store, opened("c.csv", rows_of("Tỉnh;Điểm;Hạng"), names).shape) is None
        undo(store, batch)
        assert kept(store, second.shape) is None
