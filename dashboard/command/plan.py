"""Commands on a province's plan: begin it, enter what agencies register and report, ask whether it adds up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, open_store, show, text
from dashboard.text import texts
from data.text import Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.plans import PlanKey
    from data.store import Store

app = typer.Typer()
plan = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plan, name="plan")

_START_COLUMNS = ("component", "agency", "before", "target", "points")
_ROLL_UP_COLUMNS = ("component", "agency", "before", "target", "points", "status")
_ENTRY_COLUMNS = ("entry", "when", "author", "act", "table", "item", "column", "before", "after")
File = Annotated[Path, typer.Argument(metavar="FILE")]


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
    from data.names import Names
    from data.plan_file import Items, table, targets
    from data.plans import enter, plan_of

    content = _content(file)
    with open_store() as store:
        frames, key = _key(store, province, index, year)
        known = plan_of(store, key)
        known.head  # noqa: B018  (a plan that there is not is said before the file is read)
        wanted = ("item", "target", "lead", "deadline")
        lines = table(file.name, content, Names.of(frames), wanted, ("item", "target"))
        rows = targets(lines, Items(frames.index(key.index), known, frames.indices))
        entry = enter(store, key, "register", rows, seen=known.seen)
        answer = roll_up(frames, plan_of(store, key))
    _show(frames, key, answer, _ROLL_UP_COLUMNS, as_json, as_csv)
    if not as_json and not as_csv:
        _print_entered(entry, key)


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


def _content(file: Path) -> bytes:
    from dashboard.command.importing import content_of

    return content_of(file)
