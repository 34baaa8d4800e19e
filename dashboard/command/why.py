"""Commands on why a province stands where it stands: weakness, peers, precedent, whatif, change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command.common import (
    AsCsv,
    AsJson,
    Index,
    Province,
    Year,
    asked,
    loaded,
    name_column,
    number_of,
    opened,
    show,
    spoken,
    title_of,
    with_note,
)
from dashboard.text import texts
from data.number import decimal, whole
from data.text import language

if TYPE_CHECKING:
    from analytics.answer import Answer
    from data.frames import Frames

app = typer.Typer()

# Score and rank together, as arrows: a word for each of the sixteen would be longer than the table.
_ARROWS = {"up": "↑", "down": "↓", "same": "=", "?": "–"}


@app.command()
def weakness(
    province: Province,
    index: Index,
    year: Year,
    against: Annotated[str, typer.Option("--against")] = "target",
    top: Annotated[int | None, typer.Option("--top")] = None,
    chosen: Annotated[list[str] | None, typer.Option("--with")] = None,
    part: Annotated[str | None, typer.Option("--component", "-c")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.indicators import indicators
    from analytics.weakness import weakness

    frames, unit, said = asked(province, index, year)
    if part is not None:
        answer = with_note(indicators(frames, unit, index, year, part), said)
        columns = ("indicator", "value", "measure", "direction", "median", "lowest", "highest", "rank", "change")
        shown = _worded(answer, frames, {"indicator": f"name_{language()}"})
        show(
            answer if as_json or as_csv else shown,
            (*columns, "previous_year", "lead_after"),
            as_json,
            as_csv,
            title_of(frames, unit, index, year, part),
        )
        return
    units = [_unit_of(frames, index, year, item) for item in chosen or ()]
    how: Any = "peers" if units else against
    answer = with_note(weakness(frames, unit, index, year, how, top, units), said)
    reference = spoken(f"command.against.{how}", top=answer.figures["top"])
    ordered = "rank" if answer.rows["order"].count() == 0 else "order"
    shown_columns = ["component", "score", ordered, "weight", "reference", "weighted_gap"]
    shown_columns += ["place_by_score", "place_by_rank", "place_by_gap", "lead_after"]
    title = f"{title_of(frames, unit, index, year)} – {spoken('command.say.against', reference=reference)}"
    show(_as_shown(answer, frames, as_json or as_csv), shown_columns, as_json, as_csv, title)


@app.command()
def peers(
    province: Province,
    year: Annotated[int | None, typer.Option("--year", "-y")] = None,
    count: Annotated[int, typer.Option("--count")] = 10,
    measure: Annotated[str, typer.Option("--measure")] = "euclid",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.peers import peers
    from data.names import Names

    with opened() as store:
        frames = loaded(store)
    names = Names.of(frames)
    unit = names.find(province, "34" if province.strip().startswith("34-") else "63").unit
    kind: Any = measure
    answer = peers(frames, unit, year, count, kind)
    columns = ("unit", name_column(), "distance", "grdp_per_capita", "population_avg", "urban_share")
    title = f"{names.name(unit).in_(language())} ({unit}), {answer.figures['data_year']}"
    show(answer, (*columns, "same_region", "merged"), as_json, as_csv, title)


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
    from analytics.precedent import precedent

    frames, unit, said = asked(province, index, year)
    answer = precedent(
        frames, unit, index, year, part, number_of("--gain", gain), within, number_of("--near", near)
    )
    columns = ["unit", name_column(), "from_year", "to_year", "from", "to", "gain", "rank_from", "rank_to"]
    columns += ["total_gain", "others_up", "others_down", "series_break"]
    title = title_of(frames, unit, index, year, part)
    show(with_note(answer, said), columns, as_json, as_csv, title)


@app.command()
def whatif(
    province: Province,
    index: Index,
    year: Year,
    wishes: Annotated[list[str], typer.Option("--set")],
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.setting import read
    from analytics.whatif import whatif

    frames, unit, said = asked(province, index, year)
    answer = with_note(whatif(frames, unit, index, year, [read(item) for item in wishes]), said)
    machine = as_json or as_csv
    if not machine:
        _say("whatif", answer.figures)
    shown = answer if machine else _worded(answer, frames, {"value": "before", "value_after": "after"})
    columns = ("component", "indicator", "value", "value_after", "contribution")
    show(shown, columns, as_json, as_csv, title_of(frames, unit, index, year))


@app.command()
def change(
    province: Province,
    index: Index,
    year: Year,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.change import change

    frames, unit, said = asked(province, index, year)
    answer = with_note(change(frames, unit, index, year), said)
    machine = as_json or as_csv
    if not machine:
        _say("change", answer.figures)
        if answer.figures["own"] is not None:
            _say_parts(answer.figures)
    columns = ["component", "weight_after", "before", "after", "contribution"]
    columns += ["rank_before", "rank_after", "change_rank", "crossing"]
    show(_as_shown(answer, frames, machine), columns, as_json, as_csv, title_of(frames, unit, index, year))


def _unit_of(frames: Frames, index: str, year: int, name: str) -> str:
    from data.names import Names

    return Names.of(frames).find(name, frames.index(index).edition(year).unit_set).unit


def _as_shown(answer: Answer, frames: Frames, machine: bool) -> Answer:
    return answer if machine else _worded(answer, frames, {})


def _worded(answer: Answer, frames: Frames, renamed: Mapping[str, str]) -> Answer:
    """The answer with its codes as words for people; `renamed` gives columns another's content."""
    import polars as pl

    index = frames.index(str(answer.index))
    words = texts(language())
    names = {item.code: item.name.in_(language()) for item in index.components}
    rows = answer.rows.with_columns(pl.col(source).alias(name) for name, source in renamed.items())
    spelled: dict[str, dict[str, str]] = {
        "component": names | {"remainder": words["command.say.remainder"]},
        "measure": _words(rows, "measure", words),
        "direction": _words(rows, "direction", words),
        "crossing": {
            f"{score}/{rank}": f"{_ARROWS[score]} {_ARROWS[rank]}" for score in _ARROWS for rank in _ARROWS
        },
    }
    return replace(
        answer,
        rows=rows.with_columns(
            pl.col(name).replace(mapping) for name, mapping in spelled.items() if name in rows.columns
        ),
    )


def _words(rows: Any, column: str, words: Mapping[str, str]) -> dict[str, str]:
    """The words for a column's values; a measure that nobody has put into words stays as its source has it."""
    if column not in rows.columns:
        return {}
    return {value: words.get(f"{column}.{value}", value) for value in rows[column].drop_nulls().unique()}


def _say(key: str, figures: Mapping[str, Any]) -> None:
    """The line above the table: score and rank before and after."""
    from dashboard.terminal import print_line

    lang = language()
    values = {name: decimal(figures[name], 2, lang) for name in ("score_before", "score_after")}
    values |= {name: whole(figures[name], lang) for name in ("rank_before", "rank_after")}
    score_move = figures.get("change_score", figures.get("score_change"))
    rank_move = figures.get("change_rank", figures.get("rank_change"))
    values["score_move"] = decimal(score_move, 2, lang, signed=True)
    values["rank_move"] = whole(rank_move, lang, signed=True)
    print_line(spoken(f"command.say.{key}", **values, of=figures.get("of")))


def _say_parts(figures: Mapping[str, Any]) -> None:
    from dashboard.terminal import print_line

    parts = {name: decimal(figures[name], 1, language(), signed=True) for name in ("own", "others", "method")}
    kept = whole(figures["rank_if_score_kept"], language())
    print_line(spoken("command.say.rank_parts", kept=kept, **parts))
