"""Commands that follow a plan: who has registered, what was reported, where points were lost, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, open_store
from dashboard.command.planning import (
    File,
    Today,
    key_of,
    period_of,
    print_entered,
    show_plan,
    take_in,
    today_of,
)

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.plan import PlanKey, PlanTables
    from data.plan.file import Items, Line
    from data.store import Store

app = typer.Typer()


@app.command("registration")
def registration_(
    province: Province,
    index: Index,
    year: Year,
    today: Today = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from dataclasses import replace

    import polars as pl

    from analytics.plan.registration import registration
    from data.plan import plan_of

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        answer = registration(frames, plan_of(store, key), today_of(today))
    if not as_json:
        answer = replace(answer, rows=answer.rows.with_columns(pl.col("missing").list.join("|")))
    columns = ("agency", "status", "items", "registered", "missing", "days_late")
    show_plan(frames, key, answer, columns, as_json, as_csv)


@app.command("progress")
def progress_(
    province: Province,
    index: Index,
    year: Year,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="3/2019")] = None,
    today: Today = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from data.plan import file as plan_file

    when = period_of(period)
    day = today_of(today)

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return plan_file.progress(lines, items, when)

    wanted = ("item", "period", "value", "done", "note", "evidence")
    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        entry = None if file is None else take_in(store, frames, key, file, "progress", wanted, ("item",), rows)
        answer = _followed(store, frames, key, day)
    columns = ("item", "agency", "deadline", "target", "expected", "value", "period", "status", "days_late")
    show_plan(frames, key, answer, columns, as_json, as_csv)
    if file is not None and not as_json and not as_csv:
        print_entered(entry, key)


@app.command("board")
def board_(
    province: Province,
    index: Index,
    year: Year,
    today: Today = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from dataclasses import replace

    from analytics.plan.follow_up import BOARD_COLUMNS, board

    day = today_of(today)
    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        answer = _followed(store, frames, key, day)
    answer = replace(answer, question="board", rows=board(answer.rows, day))
    show_plan(frames, key, answer, BOARD_COLUMNS, as_json, as_csv)


@app.command("measures")
def measures_(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from data.plan.file import measures

    wanted = ("task", "product", "lead", "coordinating", "deadline", "item")
    _entered(file, province, index, year, "measure", wanted, ("task",), measures, as_json, as_csv)


@app.command("yearly")
def yearly_(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from data.plan.file import yearly

    def rows(lines: list[Line], _: Items, known: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return yearly(lines, known)

    wanted = ("name", "measure", "base", "target", "direction", "source", "lead", "coordinating", "deadline")
    _entered(file, province, index, year, "yearly", wanted, ("name", "target"), rows, as_json, as_csv)


@app.command("ledger")
def ledger_(
    province: Province,
    index: Index,
    year: Year,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.plan.ledger import ledger
    from data.plan import plan_of
    from data.plan.ledger_file import NEEDED, WANTED, criteria

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return criteria(lines, items)

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        entry = None if file is None else take_in(store, frames, key, file, "ledger", WANTED, NEEDED, rows)
        answer = ledger(frames, plan_of(store, key))
    columns = ("item", "name", "maximum", "own_score", "appraised_score", "lost", "agency", "recoverable")
    show_plan(frames, key, answer, columns, as_json, as_csv)
    if file is not None and not as_json and not as_csv:
        print_entered(entry, key)


@app.command("result")
def result_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.plan.result import RESULT_COLUMNS, result
    from data.plan import plan_of

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        answer = result(frames, plan_of(store, key))
    show_plan(frames, key, answer, RESULT_COLUMNS, as_json, as_csv)


def _entered(
    file: Path,
    province: str,
    index: str,
    year: int,
    act: str,
    wanted: tuple[str, ...],
    needed: tuple[str, ...],
    rows: Callable[[list[Line], Items, PlanTables], dict[str, list[dict[str, Any]]]],
    as_json: bool,
    as_csv: bool,
) -> None:
    """Enter a file and show what the entry changed."""
    from analytics.core.answer import Answer, Coverage
    from data.plan.history import changes

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        entry = take_in(store, frames, key, file, act, wanted, needed, rows)
        made = changes(store, key).filter(entry=entry or 0)
    answer = Answer(f"plan_{act}", key.index, year, key.unit, made, Coverage(made.height, made.height))
    show_plan(frames, key, answer, ("item", "column", "before", "after"), as_json, as_csv)
    if not as_json and not as_csv:
        print_entered(entry, key)


def _followed(store: Store, frames: Frames, key: PlanKey, day: date) -> Answer:
    from analytics.plan.follow_up import follow_up
    from data.plan import plan_of

    return follow_up(frames, plan_of(store, key), day)
