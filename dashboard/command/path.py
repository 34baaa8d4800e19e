"""Commands on the way into the target group: target with its odds and their back-test, precedent, what-if."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeVar

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, year_of
from dashboard.text import LANGUAGES, say
from data.number import MISSING, decimal, standing
from data.text import Problem, language

T = TypeVar("T")

app = typer.Typer()

_BAND_COLUMNS = ("band", "forecasts", "base", "predicted", "observed", "skill", "skill_low", "skill_high")

Top = Annotated[int | None, typer.Option("--top")]


@app.command()
def target(
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    province: Annotated[str | None, typer.Option("--province", "-p")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    top: Top = None,
    margin: Annotated[str | None, typer.Option("--margin")] = None,
    backtest: Annotated[bool, typer.Option("--backtest")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    if backtest:
        _show_backtest(index, top, as_json, as_csv)
        return
    from analytics.path.target import TARGET_COLUMNS, target

    index, province, year = _needed("--index", index), _needed("--province", province), _needed("--year", year)
    frames, unit, said = common.find_edition(province, index, year)
    answer = common.with_note(target(frames, unit, index, year, top, _margin(margin)), said)
    if not as_json and not as_csv:
        _print_distance(answer.figures)
    title = common.title_of(frames, unit, index, year)
    common.show(answer, TARGET_COLUMNS, as_json, as_csv, title, frames.index(index))


def _margin(written: str | None) -> Any:
    """`median` or `p80` by their names, else points."""
    return written if written in ("median", "p80") else common.number_of("--margin", written)


def _needed(option: str, given: T | None) -> T:
    if given is None:
        raise Problem(*(say(lang, "command.say.missing", what=option, command="target") for lang in LANGUAGES))
    return given


def _show_backtest(index: str | None, top: int | None, as_json: bool, as_csv: bool) -> None:
    """How good the odds would have been: for groups of several sizes, then by chance and by starting band."""
    import polars as pl

    from analytics.path.backtest import (
        BACKTEST_COLUMNS,
        BACKTESTS_COLUMNS,
        RELIABILITY_COLUMNS,
        backtest,
        backtests,
    )

    frames = common.load_frames()
    if index is None:
        heading = common.text("command.say.backtests")
        common.show(backtests(frames, top), BACKTESTS_COLUMNS, as_json, as_csv, heading)
        return
    tested = backtest(frames, index, top)
    groups = replace(tested, rows=pl.DataFrame(tested.figures["groups"]).select(BACKTEST_COLUMNS))
    if as_json:
        figures = {**tested.figures, "reliability": tested.rows.to_dicts()}
        common.show(replace(groups, figures=figures), BACKTEST_COLUMNS, as_json, as_csv)
        return
    name, size = frames.index(index).name.in_(language()), tested.figures["top"]
    heading = common.text("command.say.backtest_groups", index=name)
    common.show(groups if as_csv else replace(groups, notes=()), BACKTEST_COLUMNS, as_json, as_csv, heading)
    if not as_csv:
        bands = replace(groups, rows=pl.DataFrame(tested.figures["bands"]), notes=())
        common.show(bands, _BAND_COLUMNS, as_json, as_csv, common.text("command.say.bands", index=name, top=size))
        heading = common.text("command.say.backtest", index=name, top=size)
        common.show(tested, RELIABILITY_COLUMNS, as_json, as_csv, heading)


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
    columns += ["total_gain", "others_up", "others_down", "series_break", "held"]
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
    from dashboard.text import grammar

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
    ahead = grammar.chances_ahead(odds["within"], lang)
    if ahead:
        print_line(common.text("command.say.odds_within", top=figures["top"], chances=ahead))
    if odds["with"]:
        print_line(common.text("command.say.odds_with", p=_chance(max(odds["with"].values()))))


def _chance(share: float | None) -> str:
    from dashboard.text import grammar

    return MISSING if share is None else grammar.chance(share, language())
