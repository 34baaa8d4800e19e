"""The command on what goes with better outcomes: drivers, and the exact shares in the spread of the total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, year_of
from data.text import Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer

app = typer.Typer()

_PRINTED = (
    "term",
    "estimate",
    "error",
    "q_value",
    "detectable",
    "reliability",
    "estimate_plain",
    "estimate_ppml",
    "estimate_unbroken",
)
_IMPORTANCE = ("importance", "importance_spread")


@app.command()
def drivers(
    index: Index,
    outcome: Annotated[str | None, typer.Option("--outcome")] = None,
    shared: Annotated[bool, typer.Option("--shares")] = False,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    if shared:
        _shares(index, outcome, year, as_json, as_csv)
        return
    frames = common.load_frames()
    name = frames.index(index).name.in_(language())
    if outcome is None:
        from analytics.drivers.outcomes import OUTCOME_COLUMNS, outcomes

        title = common.text("command.say.outcomes", index=name)
        common.show(outcomes(frames, index), OUTCOME_COLUMNS, as_json, as_csv, title)
        return

    from analytics.drivers.drivers import drivers

    answer = drivers(frames, index, outcome, year)
    # A column without a figure is left away for people.
    columns = [item for item in _PRINTED if answer.rows[item].count() or item == "term"]
    title = f"{name} → {_outcome_name(answer)}"
    shown = answer if as_json or as_csv else common.worded(answer, frames)
    common.show(shown, (*columns, *_IMPORTANCE), as_json, as_csv, title)


def _shares(index: str, outcome: str | None, year: int | None, as_json: bool, as_csv: bool) -> None:
    if outcome is not None or year is None:
        raise Problem(
            "--shares cần --year, không đi cùng --outcome: vuotbac drivers --index CHỈ_SỐ --shares --year NĂM.",
            "--shares needs --year and no --outcome: vuotbac drivers --index INDEX --shares --year YEAR.",
        )
    from analytics.drivers.shares import SHARE_COLUMNS, shares

    frames = common.load_frames()
    answer = shares(frames, index, year)
    title = common.text("command.say.shares", index=frames.index(index).name.in_(language()), year=year)
    shown = answer if as_json or as_csv else common.worded(answer, frames)
    common.show(shown, SHARE_COLUMNS, as_json, as_csv, title)


def _outcome_name(answer: Answer) -> str:
    from analytics.drivers.outcomes import OUTCOMES

    item = next(item for item in OUTCOMES if item.code == answer.figures["outcome"])
    return item.name.in_(language())
