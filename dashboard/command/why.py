"""Commands on why a province stands where it stands: weakness, peers, precedent, whatif, change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from dashboard.text import texts
from data.number import MISSING, decimal, whole
from data.text import language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
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
    from analytics.weakness.indicators import indicators
    from analytics.weakness.weakness import weakness

    frames, unit, said = common.asked(province, index, year)
    if part is not None:
        answer = common.with_note(indicators(frames, unit, index, year, part), said)
        # The code is what whatif takes.
        columns = ["indicator", "code", "value", "measure", "direction", "median", "lowest", "highest", "rank"]
        columns += ["change", "previous_year"]
        title = common.title_of(frames, unit, index, year, part)
        leads = answer.rows["lead_after"].unique(maintain_order=True).to_list()
        if len(leads) == 1:
            # One component has one agency: said once, it leaves the names their room. For the agencies of all
            # components there is the table without --component.
            title += f" – {texts(language())['column.lead_after']}: {leads[0] or MISSING}"
        shown = _worded(answer, frames, {"code": "indicator", "indicator": f"name_{language()}"})
        common.show(answer if as_json or as_csv else shown, columns, as_json, as_csv, title)
        return
    units = [common.unit_of(frames, index, year, item) for item in chosen or ()]
    how: Any = "peers" if units else against
    answer = common.with_note(weakness(frames, unit, index, year, how, top, units), said)
    reference = common.spoken(f"command.against.{how}", top=answer.figures["top"])
    machine = as_json or as_csv
    # People see the ranks by which the components are placed: the publisher's, where there is one.
    shown = answer if machine else _worded(_with_shown_rank(answer), frames, {})
    ordered = [name for name in ("rank", "order") if shown.rows[name].count()]
    columns = ["component", "score", *ordered, "weight", "reference", "weighted_gap"]
    columns += ["place_by_score", "place_by_rank", "place_by_gap", "lead_after"]
    compared = common.spoken("command.say.against", reference=reference)
    title = f"{common.title_of(frames, unit, index, year)} – {compared}"
    common.show(shown, columns, as_json, as_csv, title)


@app.command()
def peers(
    province: Province,
    year: Annotated[int | None, typer.Option("--year", "-y")] = None,
    count: Annotated[int, typer.Option("--count")] = 10,
    measure: Annotated[str, typer.Option("--measure")] = "euclid",
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.edition import name_of
    from analytics.standing.peers import peers

    frames, unit = common.asked_of_any(province)
    kind: Any = measure
    answer = peers(frames, unit, year, count, kind)
    columns = ("unit", common.name_column(), "distance", "grdp_per_capita", "population_avg", "urban_share")
    title = f"{name_of(frames, unit).in_(language())} ({unit}), {answer.figures['data_year']}"
    common.show(answer, (*columns, "same_region", "merged"), as_json, as_csv, title)


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

    frames, unit, said = common.asked(province, index, year)
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

    frames, unit, said = common.asked(province, index, year)
    answer = common.with_note(whatif(frames, unit, index, year, [read(item) for item in wishes]), said)
    machine = as_json or as_csv
    if not machine:
        _say("whatif", answer.figures)
    shown = answer if machine else _worded(answer, frames, {"value": "before", "value_after": "after"})
    columns = ("component", "indicator", "value", "value_after", "contribution")
    common.show(shown, columns, as_json, as_csv, common.title_of(frames, unit, index, year))


@app.command()
def change(
    province: Province,
    index: Index,
    year: Year,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.change.change import change

    frames, unit, said = common.asked(province, index, year)
    answer = common.with_note(change(frames, unit, index, year), said)
    machine = as_json or as_csv
    if not machine:
        _say("change", answer.figures)
        if answer.figures["own"] is not None:
            _say_parts(answer.figures)
    columns = ["component", "weight_after", "before", "after", "contribution"]
    columns += ["rank_before", "rank_after", "change_rank", "crossing"]
    common.show(
        _as_shown(answer, frames, machine), columns, as_json, as_csv, common.title_of(frames, unit, index, year)
    )


def _with_shown_rank(answer: Answer) -> Answer:
    import polars as pl

    return replace(answer, rows=answer.rows.with_columns(rank=pl.coalesce("published_rank", "rank")))


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
    from dashboard.command.terminal import print_line

    lang = language()
    values = {name: decimal(figures[name], 2, lang) for name in ("score_before", "score_after")}
    values |= {name: whole(figures[name], lang) for name in ("rank_before", "rank_after")}
    score_move = figures.get("change_score", figures.get("score_change"))
    rank_move = figures.get("change_rank", figures.get("rank_change"))
    values["score_move"] = decimal(score_move, 2, lang, signed=True)
    values["rank_move"] = whole(rank_move, lang, signed=True)
    print_line(common.spoken(f"command.say.{key}", **values, of=figures.get("of")))


def _say_parts(figures: Mapping[str, Any]) -> None:
    from dashboard.command.terminal import print_line

    parts = {name: decimal(figures[name], 1, language(), signed=True) for name in ("own", "others", "method")}
    kept = whole(figures["rank_if_score_kept"], language())
    print_line(common.spoken("command.say.rank_parts", kept=kept, **parts))
