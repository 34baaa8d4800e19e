"""Commands on what is known and where units stand: coverage, ranking, history, audit."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, loaded, opened, says_something, show
from data.text import language

app = typer.Typer()


@app.command()
def coverage(
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.coverage import coverage

    with opened() as store:
        frames = loaded(store)
    answer = coverage(frames, index)
    columns = ("index", "year", "component", "units", "scores_known", "ranks_known", "complete")
    show(answer, columns, as_json, as_csv, index=None if index is None else frames.index(index))


@app.command()
def ranking(
    index: Index,
    year: Year,
    component: Annotated[str, typer.Option("--component", "-c")] = "overall",
    region: Annotated[str | None, typer.Option("--region", "-r")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.ranking import ranking

    with opened() as store:
        frames = loaded(store)
    answer = ranking(frames, index, year, component, region)
    ordered = "order" if answer.rows["order"].count() else "rank"
    name = "name" if language() == "vi" else "name_en"
    columns = ["published_rank", ordered, "unit", name, "score", "score_status", "published_score"]
    columns += ["rank_in_region", "change_score", "change_rank"]
    definition = frames.index(index)
    title = f"{definition.name.in_(language())} {year}: {definition.component(component).name.in_(language())}"
    show(answer, [item for item in columns if says_something(answer, item)], as_json, as_csv, title, definition)


@app.command()
def history(
    province: Province,
    index: Index,
    component: Annotated[str | None, typer.Option("--component", "-c")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.history import history
    from data.names import Names

    with opened() as store:
        frames = loaded(store)
    names = Names.of(frames)
    unit = names.find(province, "34" if province.strip().startswith("34-") else "63").unit
    answer = history(frames, unit, index, component)
    definition = frames.index(index)
    title = f"{names.name(unit).in_(language())} ({unit}): {definition.name.in_(language())}"
    columns = ("year", "component", "score", "score_status", "rank", "published_rank", "of", "regime")
    changes = ("change_score", "change_rank")
    show(answer, columns + changes, as_json, as_csv, title, definition)


@app.command()
def audit(
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.audit import audit, audits, joined
    from dashboard.terminal import print_audit

    with opened() as store:
        frames = loaded(store)
    answers = audits(frames, year) if index is None else [audit(frames, index, year)]
    if as_json or as_csv:
        show(answers[0] if index is not None else joined(answers), (), as_json, as_csv)
        return
    for answer in answers:
        print_audit(answer, frames.index(str(answer.index)), language())
