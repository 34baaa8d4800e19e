"""Commands on the way into the target group: target with its odds and their back-test, precedent, what-if."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from data.number import MISSING, decimal, standing
from data.text import language, prefixed

app = typer.Typer()

Top = Annotated[int | None, typer.Option("--top")]


@app.command()
def target(
    province: Province,
    index: Index,
    year: Year,
    top: Top = None,
    margin: Annotated[str | None, typer.Option("--margin")] = None,
    backtest: Annotated[bool, typer.Option("--backtest")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.path.target import target

    frames, unit, said = common.find_edition(province, index, year)
    answer = common.with_note(target(frames, unit, index, year, top, common.number_of("--margin", margin)), said)
    columns = ("route", "component", "from", "to", "gain", "effort", "points", "share")
    title = common.title_of(frames, unit, index, year)
    definition = frames.index(index)
    if not backtest:
        if not as_json and not as_csv:
            _print_distance(answer.figures)
        common.show(answer, columns, as_json, as_csv, title, definition)
        return

    from analytics.path import backtest as reliability

    tested = reliability.backtest(frames, index, top)
    if as_json:
        found = {**tested.figures, "reliability": tested.rows.to_dicts()}
        notes = (*answer.notes, *prefixed("backtest", tested.notes))
        whole = replace(answer, figures={**answer.figures, "backtest": found}, notes=notes)
        common.show(whole, columns, as_json, as_csv)
        return
    if not as_csv:
        _print_distance(answer.figures)
        common.show(answer, columns, as_json, as_csv, title, definition)
    heading = common.text("command.say.backtest", index=definition.name.in_(language()), top=tested.figures["top"])
    common.show(tested, reliability.RELIABILITY_COLUMNS, as_json, as_csv, heading)


@app.command()
def precedent(
    province: Province,
    index: Index,
    year: Year,
    part: Annotated[str, typer.Option("--component", "-c")],
    gain: Annotated[str | None, typer.Option("--gain")] = None,
    within: Annotated[int, typer.Option("--within")] = 3,
    near: Annotated[str | None, typer.Option("--near")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.path.precedent import precedent

    frames, unit, said = common.find_edition(province, index, year)
    answer = precedent(
        frames, unit, index, year, part, common.number_of("--gain", gain), within, common.number_of("--near", near)
    )
    columns = ["unit", common.name_column(), "from_year", "to_year", "from", "to", "gain", "rank_from", "rank_to"]
    columns += ["total_gain", "others_up", "others_down", "series_break"]
    title = common.title_of(frames, unit, index, year, part)
    common.show(common.with_note(answer, said), columns, as_json, as_csv, title)


@app.command()
def whatif(
    province: Province,
    index: Index,
    year: Year,
    wishes: Annotated[list[str], typer.Option("--set")],
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.path.setting import read
    from analytics.path.whatif import whatif

    frames, unit, said = common.find_edition(province, index, year)
    answer = common.with_note(whatif(frames, unit, index, year, [read(item) for item in wishes]), said)
    machine = as_json or as_csv
    if not machine:
        common.print_before_after("whatif", answer.figures)
    shown = answer if machine else common.worded(answer, frames, {"value": "before", "value_after": "after"})
    columns = ("component", "indicator", "value", "value_after", "contribution")
    common.show(shown, columns, as_json, as_csv, common.title_of(frames, unit, index, year))


def _print_distance(figures: Mapping[str, Any]) -> None:
    """The lines above the routes: where the province stands, and the odds."""
    from dashboard.command.terminal import print_line

    lang = language()
    # As on every page: the publisher's rank, where there is one.
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    points = {name: decimal(figures[name], 2, lang) for name in ("score", "threshold", "margin")}
    gap = decimal(figures["gap"], 2, lang, signed=True)
    place = standing(rank, figures["of"], lang)
    print_line(common.text("command.say.distance", place=place, top=figures["top"], gap=gap, **points))
    odds = figures["odds"]
    if odds is None:
        return
    print_line(common.text("command.say.odds", top=figures["top"], p=_chance(odds["without"])))
    if odds["with"]:
        print_line(common.text("command.say.odds_with", p=_chance(max(odds["with"].values()))))


def _chance(share: float | None) -> str:
    from dashboard.text import grammar

    return MISSING if share is None else grammar.chance(share, language())
