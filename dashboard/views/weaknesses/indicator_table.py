"""The indicators of a component against median, best and worst, with unit, direction, rank and change."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from markupsafe import Markup

from dashboard.html.cells import MISSING, Row
from dashboard.html.markup import NOTHING, fragment, tag
from dashboard.html.table import Column, table
from dashboard.text import indicators as words
from dashboard.text import say
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from data import number

_ARROWS = {True: "▲", False: "▼"}


def indicator_table(placed: pl.DataFrame, part: str, wording: WeaknessWording) -> Markup:
    """The rows of `analytics.weakness.indicators.on_scale`, in their order; `part` is the component's name."""
    years = placed.drop_nulls("change")["previous_year"].unique().to_list()
    lang = wording.lang
    # The year that all changes count from, for the heading; where they differ, each cell says its own.
    since = years[0] if len(years) == 1 else None

    def written(name: str) -> Callable[[Row], str]:
        return lambda row: Measured.of(row, lang).write(row[name])

    columns: list[Column[Row]] = [
        Column(say(lang, "column.indicator"), lambda row: words.name(row, lang), "name"),
        Column(wording.say("drill.measure"), lambda row: words.unit(row, lang), room="wide", style="vb-soft"),
        Column(
            say(lang, "column.direction"),
            lambda row: say(lang, f"direction.{row['direction']}"),
            room="wide",
            style="vb-soft",
        ),
        Column(wording.say("drill.value"), lambda row: tag("b", written("value")(row)), "number"),
        Column(say(lang, "column.median"), written("median"), "number"),
        Column(wording.say("drill.best_column"), written("best"), "number", "medium"),
        Column(wording.say("drill.worst_column"), written("worst"), "number", "medium"),
        Column(say(lang, "column.shown_rank"), _rank, "number"),
        Column(
            wording.say("drill.change", year=since) if since else wording.say("drill.change_many"),
            lambda row: _change(row, since, wording),
            "number",
            "medium",
        ),
    ]
    caption = wording.say("drill.caption", part=part)
    return table(columns, placed.iter_rows(named=True), caption, lang, style="vb-indicators")


def _rank(row: Row) -> str:
    return number.MISSING if row["rank"] is None else f"{row['rank']}/{row['of']}"


def _change(row: Row, since: int | None, wording: WeaknessWording) -> Markup:
    """The change with an arrow for its direction, and a word for whether it is better or worse."""
    if row["change"] is None:
        return MISSING
    written = Measured.of(row, wording.lang)
    amount = written.change(row["change"])
    said = wording.say("drill.since", year=row["previous_year"])
    year = NOTHING if since else fragment(tag("br"), tag("span.vb-soft.vb-word", said))
    moved = row["moved"]
    if moved not in ("better", "worse") or written.is_nothing(row["change"]):
        return fragment(tag("span.vb-quiet", amount), year)
    arrow = tag("span", _ARROWS[row["change"] > 0], aria_hidden="true")
    word = tag(f"span.vb-{moved}.vb-word", wording.say(f"drill.{moved}"))
    return fragment(tag(f"span.vb-{moved}", arrow, f" {amount}"), tag("br"), word, year)
