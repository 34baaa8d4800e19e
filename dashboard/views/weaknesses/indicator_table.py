"""The indicators of a component against median, best and worst, with unit, direction, rank and change: HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from dashboard.text import indicators as words
from dashboard.text import say
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from data import number

Row = Mapping[str, Any]

_ARROWS = {True: "▲", False: "▼"}


def indicator_table(placed: pl.DataFrame, part: str, wording: WeaknessWording) -> str:
    """The rows of `analytics.indicators.on_scale`, in their order."""
    years = placed.drop_nulls("change")["previous_year"].unique().to_list()
    lang = wording.lang
    # Whether a year stands above the column, or beside each change.
    since = years[0] if len(years) == 1 else None
    change = wording.say("drill.change", year=since) if since else wording.say("drill.change_many")
    heads = [
        (say(lang, "column.indicator"), ""),
        (wording.say("drill.measure"), "vb-wide"),
        (say(lang, "column.direction"), "vb-wide"),
        (wording.say("drill.value"), "vb-number"),
        (say(lang, "column.median"), "vb-number"),
        (wording.say("drill.best_column"), "vb-number vb-medium"),
        (wording.say("drill.worst_column"), "vb-number vb-medium"),
        (say(lang, "column.shown_rank"), "vb-number"),
        (change, "vb-number vb-medium"),
    ]
    head = "".join(f'<th scope="col" class="{style}">{escape(text)}</th>' for text, style in heads)
    body = "".join(f"<tr>{_cells(row, since, wording)}</tr>" for row in placed.iter_rows(named=True))
    caption = wording.say("drill.caption", edition=wording.edition, name=wording.name, part=part)
    return (
        f'<table class="vb-table vb-indicators" lang="{lang}">'
        f'<caption class="vb-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _cells(row: Row, since: int | None, wording: WeaknessWording) -> str:
    written = Measured.of(row, wording.lang)

    def cell(text: str, style: str) -> str:
        return f'<td class="{style}">{text}</td>'

    rank = number.MISSING if row["rank"] is None else f"{row['rank']}/{row['of']}"
    return "".join(
        [
            f'<th scope="row">{escape(words.name(row, wording.lang))}</th>',
            cell(escape(words.unit(row, wording.lang)), "vb-wide vb-soft"),
            cell(escape(say(wording.lang, f"direction.{row['direction']}")), "vb-wide vb-soft"),
            cell(f"<b>{escape(written.write(row['value']))}</b>", "vb-number"),
            cell(escape(written.write(row["median"])), "vb-number"),
            cell(escape(written.write(row["best"])), "vb-number vb-medium"),
            cell(escape(written.write(row["worst"])), "vb-number vb-medium"),
            cell(rank, "vb-number"),
            cell(_change(row, written, since, wording), "vb-number vb-medium"),
        ]
    )


def _change(row: Row, written: Measured, since: int | None, wording: WeaknessWording) -> str:
    """How far and whether for the better; the arrow follows the figure, the word says what it means."""
    if row["change"] is None:
        return f'<span class="vb-quiet">{number.MISSING}</span>'
    amount = written.change(row["change"])
    said = wording.say("drill.since", year=row["previous_year"])
    year = "" if since else f'<br><span class="vb-soft vb-word">{escape(said)}</span>'
    moved = row["moved"]
    if moved not in ("better", "worse") or written.is_nothing(row["change"]):
        return f'<span class="vb-quiet">{escape(amount)}</span>{year}'
    arrow = _ARROWS[row["change"] > 0]
    word = escape(wording.say(f"drill.{moved}"))
    return (
        f'<span class="vb-{moved}"><span aria-hidden="true">{arrow}</span> {escape(amount)}</span>'
        f'<br><span class="vb-{moved} vb-word">{word}</span>{year}'
    )
