"""Commands on what is known and where units stand: coverage, ranking, history, peers, audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year, has_values, load_frames, show, year_of
from data.text import language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.definition import Index as Definition

app = typer.Typer()

_SCORE = ("score", "score_range", "out_of", "score_status")


@app.command()
def coverage(
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.coverage import coverage

    frames = load_frames()
    answer = coverage(frames, index)
    columns = ("index", "year", "component", "units", "scores_known", "ranks_known", "complete")
    blocks = () if index is None else frames.blocks(index)
    show(answer, columns, as_json, as_csv, index=blocks[0] if len(blocks) == 1 else None)


@app.command()
def ranking(
    index: Index,
    year: Year,
    component: Annotated[str, typer.Option("--component", "-c")] = "overall",
    region: Annotated[str | None, typer.Option("--region", "-r")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.ranking import joined, ranking

    frames = load_frames()
    blocks = frames.blocks(index) or (frames.index(index),)
    answers = [ranking(frames, item.code, year, component, region) for item in blocks]
    if as_json or as_csv:
        show(joined(answers, blocks[0].family), (), as_json, as_csv)
        return
    for answer, definition in zip(answers, blocks, strict=True):
        _print_ranking(answer, definition, year, component)


def _points(answer: Answer) -> list[str]:
    return [name for name in ("points", "points_of") if name in answer.rows.columns]


def _print_ranking(answer: Answer, definition: Definition, year: int, component: str) -> None:
    from data.period import named

    lang = language()
    title = f"{definition.name.in_(lang)} {named(year, lang)}: {definition.component(component).name.in_(lang)}"
    ordered = "order" if answer.rows["order"].count() else "rank"
    name = "name" if language() == "vi" else "name_en"
    columns = ["published_rank", ordered, "unit", name, *_SCORE, *_points(answer), "published_score"]
    columns += ["rank_in_region", "change_score", "change_rank"]
    _print_scores(answer, columns, title, definition, lambda row: str(row[name]))


@app.command()
def history(
    province: Province,
    index: Index,
    component: Annotated[str | None, typer.Option("--component", "-c")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.edition import name_of
    from analytics.core.history import history

    frames, unit = common.find_unit(province, index)
    answer = history(frames, unit, index, component)
    definition = frames.index(index)
    title = f"{name_of(frames, unit).in_(language())} ({unit}): {definition.name.in_(language())}"
    if as_json or as_csv:
        show(answer, (), as_json, as_csv)
        return
    columns = ["year", "component", *_SCORE, "rank", "published_rank", "order", "of", "regime"]
    columns += ["change_score", "change_rank"]

    def place(row: Mapping[str, Any]) -> str:
        return f"{row['year']}, {definition.component(row['component']).name.in_(language())}"

    _print_scores(answer, columns, title, definition, place)


@app.command()
def peers(
    province: Province,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    count: Annotated[int, typer.Option("--count")] = 10,
    measure: Annotated[str, typer.Option("--measure")] = "euclid",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.edition import name_of
    from analytics.standing.peers import peers

    frames, unit = common.find_unit(province)
    kind: Any = measure
    answer = peers(frames, unit, year, count, kind)
    columns = ("unit", common.name_column(), "distance", "grdp_per_capita", "population_avg", "urban_share")
    title = f"{name_of(frames, unit).in_(language())} ({unit}), {answer.figures['data_year']}"
    common.show(answer, (*columns, "same_region", "merged"), as_json, as_csv, title)


@app.command()
def audit(
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.audit import audit, audits, joined
    from dashboard.command.terminal import print_audit

    frames = load_frames()
    if index is None:
        answers = audits(frames, year)
    else:
        answers = [audit(frames, item.code, year) for item in frames.blocks(index) or (frames.index(index),)]
    if as_json or as_csv:
        show(answers[0] if len(answers) == 1 else joined(answers), (), as_json, as_csv)
        return
    for answer in answers:
        print_audit(answer, frames.index(str(answer.index)), language())


def _print_scores(
    answer: Answer, columns: list[str], title: str, index: Definition, place: Callable[[Mapping[str, Any]], str]
) -> None:
    """Print a table with scales where they differ, ranges where no score is known, and the notes of its rows."""
    import polars as pl

    from dashboard.command.terminal import print_line
    from data.number import decimal

    lang = language()
    low, high = pl.col("score_low"), pl.col("score_high")
    ranges = pl.struct(low, high).map_elements(
        lambda pair: f"{decimal(pair['score_low'], 2, lang)}–{decimal(pair['score_high'], 2, lang)}",
        return_dtype=pl.String,
    )
    rows = answer.rows.with_columns(score_range=pl.when(low.is_not_null()).then(ranges))
    known = rows.drop_nulls("score")
    mixed = known.group_by("component" if "component" in rows.columns else pl.lit(0)).agg(
        pl.col("out_of").n_unique()
    )
    shown = replace(answer, rows=rows)
    wanted = [item for item in columns if has_values(shown, item)]
    if not (mixed["out_of"] > 1).any():
        wanted = [item for item in wanted if item != "out_of"]
    show(shown, wanted, False, False, title, index)
    for row in rows.drop_nulls("note_vi").iter_rows(named=True):
        print_line(f"• {place(row)}: {row[f'note_{lang}']}")
