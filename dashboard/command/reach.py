"""Commands on the way into the target group: target with its odds and their back-test, robustness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from data.number import MISSING, decimal, standing
from data.text import Problem, language, prefixed

app = typer.Typer()

# Ten thousand draws from a dozen editions can't tell less than one in a hundred from never, or from always.
CERTAIN = (0.01, 0.99)

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

    frames, unit, said = common.asked(province, index, year)
    answer = common.with_note(target(frames, unit, index, year, top, common.number_of("--margin", margin)), said)
    columns = ("route", "component", "from", "to", "gain", "effort", "points", "share")
    title = common.title_of(frames, unit, index, year)
    definition = frames.index(index)
    if not backtest:
        if not as_json and not as_csv:
            _say(answer.figures)
        common.show(answer, columns, as_json, as_csv, title, definition)
        return

    from analytics.path.backtest import RELIABILITY_COLUMNS
    from analytics.path.backtest import backtest as test

    tested = test(frames, index, top)
    if as_json:
        found = {**tested.figures, "reliability": tested.rows.to_dicts()}
        notes = (*answer.notes, *prefixed("backtest", tested.notes))
        whole = replace(answer, figures={**answer.figures, "backtest": found}, notes=notes)
        common.show(whole, columns, as_json, as_csv)
        return
    if not as_csv:
        _say(answer.figures)
        common.show(answer, columns, as_json, as_csv, title, definition)
    heading = common.spoken(
        "command.say.backtest", index=definition.name.in_(language()), top=tested.figures["top"]
    )
    common.show(tested, RELIABILITY_COLUMNS, as_json, as_csv, heading)


@app.command()
def robustness(
    index: Index,
    year: Year,
    draws: Annotated[int, typer.Option("--draws")] = 10_000,
    seed: Annotated[int, typer.Option("--seed")] = 1,
    top: Top = None,
    weights: Annotated[list[str] | None, typer.Option("--weight")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.weights.robustness import robustness

    frames = common.loaded_now()
    answer = robustness(frames, index, year, draws, seed, top, _weights(weights))
    columns = ("unit", common.name_column(), "rank", "low", "high", "p_target", "rank_equal")
    title = f"{frames.index(index).name.in_(language())} {year}"
    common.show(answer, columns, as_json, as_csv, title, frames.index(index))


def _weights(given: list[str] | None) -> dict[str, float] | None:
    """`transparency=20` as a weight by component."""
    if not given:
        return None
    found = {}
    for item in given:
        code, equals, text = item.partition("=")
        weight = common.number_of(f"--weight {code}", text) if equals else None
        if weight is None:
            raise Problem(
                f"--weight “{item}”: viết thành phần=trọng số, ví dụ transparency=20.",
                f"--weight “{item}”: write component=weight, such as transparency=20.",
            )
        found[code.strip()] = weight
    return found


def _say(figures: Mapping[str, Any]) -> None:
    """The lines above the routes: where the province stands, and the odds."""
    from dashboard.command.terminal import print_line

    lang = language()
    # As on every page: the publisher's rank, where there is one.
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    points = {name: decimal(figures[name], 2, lang) for name in ("score", "threshold", "margin")}
    gap = decimal(figures["gap"], 2, lang, signed=True)
    place = standing(rank, figures["of"], lang)
    print_line(common.spoken("command.say.distance", place=place, top=figures["top"], gap=gap, **points))
    odds = figures["odds"]
    if odds is None:
        return
    print_line(common.spoken("command.say.odds", top=figures["top"], p=_percent(odds["without"])))
    if odds["with"]:
        print_line(common.spoken("command.say.odds_with", p=_percent(max(odds["with"].values()))))


def _percent(share: float | None) -> str:
    """A chance in per cent; next to 0 or 1, no more than the simulation can tell."""
    if share is None:
        return MISSING
    if share < CERTAIN[0]:
        return common.spoken("command.say.hardly")
    if share > CERTAIN[1]:
        return common.spoken("command.say.nearly")
    return f"{decimal(100 * share, 0, language())} %"
