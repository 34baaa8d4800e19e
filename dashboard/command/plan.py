"""Commands on a province's plan: begin it, enter what agencies register and report, ask whether it adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, open_store, show, text
from dashboard.text import texts
from data.text import Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.plan_file import Items, Line
    from data.plans import PlanKey, PlanTables
    from data.store import Store

app = typer.Typer()
plan = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plan, name="plan")

_START_COLUMNS = ("component", "agency", "before", "target", "points")
_ROLL_UP_COLUMNS = ("component", "agency", "before", "target", "points", "status")
_ENTRY_COLUMNS = ("entry", "when", "author", "act", "table", "item", "column", "before", "after")
File = Annotated[Path, typer.Argument(metavar="FILE")]
Today = Annotated[str | None, typer.Option("--today", metavar="DAY")]


@plan.command()
def start(
    province: Province,
    index: Index,
    year: Year,
    top: Annotated[int | None, typer.Option("--top")] = None,
    route: Annotated[str | None, typer.Option("--route")] = None,
    score: Annotated[str | None, typer.Option("--score")] = None,
    empty: Annotated[bool, typer.Option("--empty")] = False,
    last: Annotated[int | None, typer.Option("--last", metavar="YEAR")] = None,
    register_by: Annotated[str | None, typer.Option("--register-by", metavar="DAY")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.plan.start import drafted, start
    from data.plans import PlanKey, enter, plan_of

    due = _day("--register-by", register_by)
    with open_store() as store:
        frames, key = _key(store, province, index, year)
        before = None
        if last is not None:
            before = plan_of(store, PlanKey(key.unit, key.index, last))
        answer = start(
            frames,
            key.unit,
            key.index,
            year,
            top,
            route,
            score=common.number_of("--score", score),
            empty=empty,
            last=before,
        )
        rows = drafted(answer)
        rows["plan"][0]["register_by"] = due
        entry = enter(store, key, "start", rows, fresh=True)
    shown = answer if as_json or as_csv else _renamed(answer, {"lead": "agency", "asked": "target"})
    _show(frames, key, shown, _START_COLUMNS, as_json, as_csv)
    if not as_json and not as_csv:
        _print_entered(entry, key)


@plan.command("show")
def show_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    _roll_up(province, index, year, as_json, as_csv, (*_ROLL_UP_COLUMNS[:2], "deadline", *_ROLL_UP_COLUMNS[2:]))


@plan.command()
def rollup(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    _roll_up(province, index, year, as_json, as_csv, _ROLL_UP_COLUMNS)


def _roll_up(province: str, index: str, year: int, as_json: bool, as_csv: bool, columns: tuple[str, ...]) -> None:
    from analytics.plan.roll_up import roll_up
    from data.plans import plan_of

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        answer = roll_up(frames, plan_of(store, key))
    _show(frames, key, answer, columns, as_json, as_csv)


@plan.command()
def register(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from analytics.plan.roll_up import roll_up
    from data.plan_file import targets
    from data.plans import plan_of

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return targets(lines, items)

    wanted = ("item", "target", "lead", "coordinating", "deadline")
    with open_store() as store:
        frames, key = _key(store, province, index, year)
        entry = _take_in(store, frames, key, file, "register", wanted, ("item", "target"), rows)
        answer = roll_up(frames, plan_of(store, key))
    _show(frames, key, answer, _ROLL_UP_COLUMNS, as_json, as_csv)
    if not as_json and not as_csv:
        _print_entered(entry, key)


@plan.command("registration")
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
    from data.plans import plan_of

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        answer = registration(frames, plan_of(store, key), _today(today))
    if not as_json:
        answer = replace(answer, rows=answer.rows.with_columns(pl.col("missing").list.join("|")))
    columns = ("agency", "status", "items", "registered", "missing", "days_late")
    _show(frames, key, answer, columns, as_json, as_csv)


@plan.command("progress")
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
    from data import plan_file

    when = _period(period)
    day = _today(today)

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return plan_file.progress(lines, items, when)

    wanted = ("item", "period", "value", "done", "note", "evidence")
    with open_store() as store:
        frames, key = _key(store, province, index, year)
        entry = None if file is None else _take_in(store, frames, key, file, "progress", wanted, ("item",), rows)
        answer = _followed(store, frames, key, day)
    columns = ("item", "agency", "deadline", "target", "expected", "value", "period", "status", "days_late")
    _show(frames, key, answer, columns, as_json, as_csv)
    if file is not None and not as_json and not as_csv:
        _print_entered(entry, key)


@plan.command("board")
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

    day = _today(today)
    with open_store() as store:
        frames, key = _key(store, province, index, year)
        answer = _followed(store, frames, key, day)
    answer = replace(answer, question="board", rows=board(answer.rows, day))
    _show(frames, key, answer, BOARD_COLUMNS, as_json, as_csv)


@plan.command("measures")
def measures_(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from data.plan_file import measures

    wanted = ("task", "product", "lead", "coordinating", "deadline", "item")
    _entered(file, province, index, year, "measure", wanted, ("task",), measures, as_json, as_csv)


@plan.command("yearly")
def yearly_(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from data.plan_file import yearly

    def rows(lines: list[Line], _: Items, known: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return yearly(lines, known)

    wanted = ("name", "measure", "base", "target", "direction", "source", "lead", "coordinating", "deadline")
    _entered(file, province, index, year, "yearly", wanted, ("name", "target"), rows, as_json, as_csv)


@plan.command("ledger")
def ledger_(
    province: Province,
    index: Index,
    year: Year,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.plan.ledger import ledger
    from data.ledger_file import NEEDED, WANTED, criteria
    from data.plans import plan_of

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return criteria(lines, items)

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        entry = None if file is None else _take_in(store, frames, key, file, "ledger", WANTED, NEEDED, rows)
        answer = ledger(frames, plan_of(store, key))
    columns = ("item", "name", "maximum", "own_score", "appraised_score", "lost", "agency", "recoverable")
    _show(frames, key, answer, columns, as_json, as_csv)
    if file is not None and not as_json and not as_csv:
        _print_entered(entry, key)


@plan.command("result")
def result_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.plan.result import RESULT_COLUMNS, result
    from data.plans import plan_of

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        answer = result(frames, plan_of(store, key))
    _show(frames, key, answer, RESULT_COLUMNS, as_json, as_csv)


@plan.command("history")
def history_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.core.answer import Answer, Coverage
    from data.plan_history import changes

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        rows = changes(store, key)
    answer = Answer("plan_history", key.index, year, key.unit, rows, Coverage(rows.height, rows.height))
    shown = answer if as_json or as_csv else _renamed(answer, {"at": "when"})
    _show(frames, key, shown, _ENTRY_COLUMNS, as_json, as_csv)


@plan.command("undo")
def undo_(
    province: Province,
    index: Index,
    year: Year,
    entry: Annotated[int | None, typer.Argument(metavar="ENTRY")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line
    from data.plan_history import changes
    from data.plans import take_back

    with open_store() as store:
        _, key = _key(store, province, index, year)
        gone, made = take_back(store, key, entry)
        rows = changes(store, key).filter(entry=made)
    if as_json or as_csv:
        figures = {"taken_back": gone, "entry": made}
        show(Answer("plan_undo", key.index, year, key.unit, rows, Coverage(1, 1), figures), (), as_json, as_csv)
    else:
        print_line(text("command.say.plan_undone", entry=gone, made=made))


def _take_in(
    store: Store,
    frames: Frames,
    key: PlanKey,
    file: Path,
    act: str,
    wanted: tuple[str, ...],
    needed: tuple[str, ...],
    rows: Callable[[list[Line], Items, PlanTables], dict[str, list[dict[str, Any]]]],
) -> int | None:
    """Enter the table of a file into a plan; gives the entry's number, None where nothing is different."""
    from dashboard.command.importing import content_of
    from data.names import Names
    from data.plan_file import Items, table
    from data.plans import enter, no_plan, plan_of

    content, known = content_of(file), plan_of(store, key)
    if known.plan.is_empty():
        raise no_plan(key)
    lines = table(file.name, content, Names.of(frames), wanted, needed)
    found = rows(lines, Items(frames.index(key.index), known, frames.indices), known)
    return enter(store, key, act, found, seen=known.seen)


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
    from data.plan_history import changes

    with open_store() as store:
        frames, key = _key(store, province, index, year)
        entry = _take_in(store, frames, key, file, act, wanted, needed, rows)
        made = changes(store, key).filter(entry=entry or 0)
    answer = Answer(f"plan_{act}", key.index, year, key.unit, made, Coverage(made.height, made.height))
    _show(frames, key, answer, ("item", "column", "before", "after"), as_json, as_csv)
    if not as_json and not as_csv:
        _print_entered(entry, key)


def _followed(store: Store, frames: Frames, key: PlanKey, day: date) -> Answer:
    from analytics.plan.follow_up import follow_up
    from data.plans import plan_of

    return follow_up(frames, plan_of(store, key), day)


def _key(store: Store, province: str, index: str, year: int) -> tuple[Frames, PlanKey]:
    """The frames, and the plan that is meant. Raises Problem where the plan of that edition is another's."""
    from data.frames import load
    from data.plans import PlanKey

    frames = load(store)
    definition = frames.index(index)
    return frames, PlanKey(common.unit_of(frames, index, year, province), definition.code, year)


def _renamed(answer: Answer, names: dict[str, str]) -> Answer:
    from dataclasses import replace

    return replace(answer, rows=answer.rows.rename(names))


def _show(
    frames: Frames, key: PlanKey, answer: Answer, columns: tuple[str, ...], as_json: bool, as_csv: bool
) -> None:
    from dataclasses import replace

    import polars as pl

    words = texts(language())
    if not as_json and not as_csv and "status" in answer.rows.columns:
        said = (
            pl.col("status")
            .cast(pl.String)
            .replace(
                {name: words[f"plan.status.{name}"] for name in answer.rows["status"].unique().cast(pl.String)}
            )
        )
        answer = replace(answer, rows=answer.rows.with_columns(standing=said))
        columns = tuple("standing" if name == "status" else name for name in columns)
    title = common.title_of(frames, key.unit, key.index, key.year)
    show(answer, columns, as_json, as_csv, text("command.say.plan", title=title), frames.index(key.index))


def _print_entered(entry: int | None, key: PlanKey) -> None:
    from dashboard.command.terminal import print_line

    if entry is None:
        print_line(text("command.say.plan_same"))
        return
    options = f"--province {key.unit} --index {key.index} --year {key.year}"
    print_line(text("command.say.plan_entered", entry=entry, options=options))


def _day(option: str, written: str | None) -> date | None:
    from data.plan_file import day

    if written is None:
        return None
    found = day(written)
    if found is None:
        raise Problem(
            f"{option}: “{written}” không phải là ngày. Viết 1/8/2019 hoặc 2019-08-01.",
            f"{option}: “{written}” is not a day. Write 2019-08-01 or 1/8/2019.",
        )
    return found


def _today(written: str | None) -> date:
    return _day("--today", written) or datetime.now().astimezone().date()


def _period(written: str | None) -> str | None:
    from data.plan_file import period

    if written is None:
        return None
    found = period(written)
    if found is None:
        raise Problem(
            f"--period: “{written}” không phải là kỳ. Viết 3/2019, quý I/2019 hoặc 2019.",
            f"--period: “{written}” is no period. Write 2019-03, 2019-Q1 or 2019.",
        )
    return found
