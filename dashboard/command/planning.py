"""What the commands on a plan share: which plan is meant, a file taken into it, an answer shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import show, text
from dashboard.text import texts
from data.text import Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.plan import PlanKey, PlanTables
    from data.plan.file import Items, Line
    from data.store import Store

File = Annotated[Path, typer.Argument(metavar="FILE")]
Today = Annotated[str | None, typer.Option("--today", metavar="DAY")]


def take_in(
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
    from data.plan import enter, no_plan, plan_of
    from data.plan.file import Items, table

    content, known = content_of(file), plan_of(store, key)
    if known.plan.is_empty():
        raise no_plan(key)
    lines = table(file.name, content, Names.of(frames), wanted, needed)
    found = rows(lines, Items(frames.index(key.index), known, frames.indices), known)
    return enter(store, key, act, found, seen=known.seen)


def key_of(store: Store, province: str, index: str, year: int) -> tuple[Frames, PlanKey]:
    """The frames, and the plan that is meant. Raises Problem where the plan of that edition is another's."""
    from data.frames import load
    from data.plan import PlanKey

    frames = load(store)
    definition = frames.index(index)
    return frames, PlanKey(common.unit_of(frames, index, year, province), definition.code, year)


def show_plan(
    frames: Frames, key: PlanKey, answer: Answer, columns: tuple[str, ...], as_json: bool, as_csv: bool
) -> None:
    """Print an answer about a plan, its statuses in words."""
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


def print_entered(entry: int | None, key: PlanKey) -> None:
    """The line that says which entry was made, and how it goes back."""
    from dashboard.command.terminal import print_line

    if entry is None:
        print_line(text("command.say.plan_same"))
        return
    options = f"--province {key.unit} --index {key.index} --year {key.year}"
    print_line(text("command.say.plan_entered", entry=entry, options=options))


def day_of(option: str, written: str | None) -> date | None:
    """A day as an option gives it. Raises Problem where it is none."""
    from data.plan.file import day

    if written is None:
        return None
    found = day(written)
    if found is None:
        raise Problem(
            f"{option}: “{written}” không phải là ngày. Viết 1/8/2019 hoặc 2019-08-01.",
            f"{option}: “{written}” is not a day. Write 2019-08-01 or 1/8/2019.",
        )
    return found


def today_of(written: str | None) -> date:
    """The day that is asked about; today where none is given."""
    return day_of("--today", written) or datetime.now().astimezone().date()


def period_of(written: str | None) -> str | None:
    """A period as an option gives it. Raises Problem where it is none."""
    from data.plan.file import period

    if written is None:
        return None
    found = period(written)
    if found is None:
        raise Problem(
            f"--period: “{written}” không phải là kỳ. Viết 3/2019, quý I/2019 hoặc 2019.",
            f"--period: “{written}” is no period. Write 2019-03, 2019-Q1 or 2019.",
        )
    return found
