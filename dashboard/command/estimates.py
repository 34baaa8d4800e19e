"""Commands that estimate what nobody has measured, and say how far to trust it: forecast, merger."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, year_of
from data.text import language, prefixed

app = typer.Typer()

Component = Annotated[str, typer.Option("--component", "-c")]


@app.command()
def forecast(
    province: Province,
    index: Index,
    start: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    component: Component = "overall",
    backtest: Annotated[bool, typer.Option("--backtest")] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.forecast.forecast import forecast
    from data.definition import OVERALL

    if start is None:
        frames, unit = common.find_unit(province, index)
        said = None
    else:
        frames, unit, said = common.find_edition(province, index, start)
    answer = common.with_note(forecast(frames, unit, index, start, component), said)
    assert answer.year is not None  # the edition that the forecast starts from
    columns = ["year", "score", "low", "high", "last"]
    columns += [name for name in ("actual",) if answer.rows[name].count()]
    title = common.title_of(frames, unit, index, answer.year, None if component == OVERALL else component)
    heading = common.text("command.say.forecast", origin=title)
    if not backtest:
        common.show(answer, columns, as_json, as_csv, heading)
        return

    from analytics.forecast.forecast_backtest import FORECAST_BACKTEST_COLUMNS, forecast_backtest

    tested = forecast_backtest(frames, index, component)
    if as_json:
        found = {**tested.figures, "years": tested.rows.to_dicts()}
        notes = (*answer.notes, *prefixed("backtest", tested.notes))
        whole = replace(answer, figures={**answer.figures, "backtest": found}, notes=notes)
        common.show(whole, columns, as_json, as_csv)
        return
    if not as_csv:
        common.show(answer, columns, as_json, as_csv, heading)
    definition = frames.index(index)
    what = definition.component(component).name.in_(language())
    heading = common.text("command.say.forecast_backtest", index=definition.name.in_(language()), component=what)
    common.show(tested, FORECAST_BACKTEST_COLUMNS, as_json, as_csv, heading)


@app.command()
def merger(
    index: Index,
    year: Year,
    component: Component = "overall",
    weighting: Annotated[str, typer.Option("--weight")] = "population",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.merger.merger import merger
    from dashboard.text.estimates import with_member_names
    from data.definition import OVERALL

    frames = common.load_frames()
    weight: Any = weighting
    answer = merger(frames, index, year, component, weight)
    definition = frames.index(index)
    part = "" if component == OVERALL else f", {definition.component(component).name.in_(language())}"
    title = common.text("command.say.merger", edition=f"{definition.name.in_(language())} {year}{part}")
    columns = ["unit", common.name_column(), "members", "mean", "low", "high"]
    columns += [name for name in ("rank_mean", "rank_best", "rank_worst") if answer.rows[name].count()]
    columns.append("score_status")
    machine = as_json or as_csv
    shown = answer if machine else with_member_names(answer, frames, language())
    common.show(shown, columns, as_json, as_csv, title)
