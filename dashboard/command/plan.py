"""Commands on a province's plan: begin it, take in what agencies register, ask whether it adds up, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common, plan_follow
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, open_store, show, text
from dashboard.command.planning import (
    File,
    day_of,
    key_of,
    print_entered,
    show_plan,
    take_in,
)
from data.text import language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.plan import PlanTables
    from data.plan.file import Items, Line

app = typer.Typer()
plan = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
plan.add_typer(plan_follow.app)
app.add_typer(plan, name="plan")

_START_COLUMNS = ("component", "agency", "before", "target", "points")
_ROLL_UP_COLUMNS = ("component", "agency", "before", "target", "points", "status")
_ENTRY_COLUMNS = ("entry", "when", "author", "act", "table", "item", "column", "before", "after")


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
    from data.plan import PlanKey, enter, plan_of

    due = day_of("--register-by", register_by)
    with open_store() as store:
        frames, key = key_of(store, province, index, year)
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
    show_plan(frames, key, shown, _START_COLUMNS, as_json, as_csv)
    if not as_json and not as_csv:
        print_entered(entry, key)


@plan.command("show")
def show_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from dataclasses import asdict, replace

    from analytics.plan.roll_up import roll_up
    from dashboard.command.terminal import print_line
    from data.plan import plan_of

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        known = plan_of(store, key)
        answer = roll_up(frames, known)
    definition = frames.index(key.index)
    # What the province wrote of the edition, and what is to be done, are parts of its plan.
    causes = {code: asdict(words) for code, words in known.causes(definition).items()}
    measures = known.measure.select("item", "component", "task", "product").to_dicts()
    answer = replace(answer, figures={**answer.figures, "causes": causes, "measures": measures})
    columns = (*_ROLL_UP_COLUMNS[:2], "deadline", *_ROLL_UP_COLUMNS[2:])
    show_plan(frames, key, answer, columns, as_json, as_csv)
    if not as_json and not as_csv:
        for code, words in causes.items():
            said = "; ".join(part for part in words.values() if part)
            print_line(f"• {definition.component(code).name.in_(language())}: {said}")
        for row in measures:
            print_line(f"• {row['item']}: {'; '.join(filter(None, (row['task'], row['product'])))}")


@plan.command()
def rollup(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.plan.roll_up import roll_up
    from data.plan import plan_of

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        answer = roll_up(frames, plan_of(store, key))
    show_plan(frames, key, answer, _ROLL_UP_COLUMNS, as_json, as_csv)


@plan.command()
def register(
    file: File, province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from analytics.plan.roll_up import roll_up
    from data.plan import plan_of
    from data.plan.file import targets

    def rows(lines: list[Line], items: Items, _: PlanTables) -> dict[str, list[dict[str, Any]]]:
        return targets(lines, items)

    wanted = ("item", "target", "lead", "coordinating", "deadline")
    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        entry = take_in(store, frames, key, file, "register", wanted, ("item", "target"), rows)
        answer = roll_up(frames, plan_of(store, key))
    show_plan(frames, key, answer, _ROLL_UP_COLUMNS, as_json, as_csv)
    if not as_json and not as_csv:
        print_entered(entry, key)


@plan.command("history")
def history_(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.core.answer import Answer, Coverage
    from data.plan.history import changes

    with open_store() as store:
        frames, key = key_of(store, province, index, year)
        rows = changes(store, key)
    answer = Answer("plan_history", key.index, year, key.unit, rows, Coverage(rows.height, rows.height))
    shown = answer if as_json or as_csv else _renamed(answer, {"at": "when"})
    show_plan(frames, key, shown, _ENTRY_COLUMNS, as_json, as_csv)


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
    from data.plan import take_back
    from data.plan.history import changes

    with open_store() as store:
        _, key = key_of(store, province, index, year)
        gone, made = take_back(store, key, entry)
        rows = changes(store, key).filter(entry=made)
    if as_json or as_csv:
        figures = {"taken_back": gone, "entry": made}
        show(Answer("plan_undo", key.index, year, key.unit, rows, Coverage(1, 1), figures), (), as_json, as_csv)
    else:
        print_line(text("command.say.plan_undone", entry=gone, made=made))


def _renamed(answer: Answer, names: dict[str, str]) -> Answer:
    from dataclasses import replace

    return replace(answer, rows=answer.rows.rename(names))
