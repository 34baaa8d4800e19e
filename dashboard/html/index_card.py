"""A card of one thought: where a unit stands on one index, in which edition, how it moved, its ranks so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from dashboard.charts import sparkline
from dashboard.charts.theme import Mode
from dashboard.html import tables
from dashboard.text import overview as words
from dashboard.text import say
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What a card shows: a unit's totals on an index (rows of `analytics.history.history`) and the edition of it.

    `title` and `link` head it; `lines` are sentences below. `small` leaves out all but the standing.
    """

    index: Index
    totals: pl.DataFrame
    year: int
    title: str
    link: str | None = None
    chosen: bool = False
    small: bool = False
    lines: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The figures of the edition shown."""
        return self.totals.filter(year=self.year).row(0, named=True)


def card(shown: Card, lang: Language, mode: Mode) -> str:
    """The card as HTML."""
    row = shown.row
    place = words.rank(row)
    big = number.standing(place, row["of"], lang) if place is not None else say(lang, "overview.rank_unknown")
    marks = " vb-current" if shown.chosen else ""
    size = " vb-small" if shown.small else ""
    return (
        f'<article class="vb-card{size}{marks}" lang="{lang}">'
        f"{_head(shown, lang)}"
        f'<p class="vb-figures"><span class="vb-big{"" if place is not None else " vb-none"}">{escape(big)}</span>'
        f'<span class="vb-points">{_score(row, shown.index, lang)}</span></p>'
        f"{_provenance(row, lang)}{_moved(row, shown, lang)}{_spark(shown, lang, mode)}"
        f"{_lines(shown.lines)}</article>"
    )


def empty(title: str, sentence: str, lang: Language, small: bool = False) -> str:
    """A card for an index on which nothing is known."""
    return (
        f'<article class="vb-card{" vb-small" if small else ""}" lang="{lang}"><h2>{escape(title)}</h2>'
        f'<p class="vb-soft">{escape(sentence)}</p></article>'
    )


def grid(cards: Iterable[str], name: str = "") -> str:
    """Cards side by side, below one another where there is no room."""
    return f'<div class="vb-cards {name}">{"".join(cards)}</div>'


def _head(shown: Card, lang: Language) -> str:
    title = escape(shown.title)
    if shown.link is None:
        return f"<h2>{title}</h2>"
    said = say(lang, "overview.chosen") if shown.chosen else ""
    tag = f'<span class="vb-tag">{escape(said)}</span>' if said else ""
    label = escape(say(lang, "overview.look", index=shown.title))
    return (
        f'<h2><a href="{escape(shown.link)}" target="_self" aria-label="{label}"'
        f"{' aria-current=true' if shown.chosen else ''}>{title}</a>{tag}</h2>"
    )


def _score(row: Row, index: Index, lang: Language) -> str:
    low, high = row["score_low"], row["score_high"]
    if row["score"] is not None:
        written = number.decimal(row["score"], index.score_decimals, lang)
    elif low is not None and high is not None:
        written = "–".join(number.decimal(end, index.score_decimals, lang) for end in (low, high))
    else:
        return f'<span class="vb-soft vb-none">{escape(say(lang, "overview.score_unknown"))}</span>'
    return escape(say(lang, "standing.points", points=written))


def _provenance(row: Row, lang: Language) -> str:
    said = words.provenance(row, lang)
    return f'<p class="vb-how">{escape("; ".join(said))}</p>' if said else ""


def _moved(row: Row, shown: Card, lang: Language) -> str:
    """The change of rank and score since the edition before, and why one is missing."""
    before = shown.index.previous(row["year"])
    if before is None:
        return ""
    known = shown.totals.filter(year=before.year)
    if known.is_empty():
        named = words.edition(shown.index, before.year, lang)
        return f'<p class="vb-moved vb-soft">{escape(say(lang, "overview.no_before", edition=named))}</p>'
    parts = []
    if row["change_rank"] == 0:
        parts.append(escape(say(lang, "standing.rank_same")))
    elif row["change_rank"] is not None:
        parts.append(words.steps(row["change_rank"], lang, tables.change(row["change_rank"], 0, lang)))
    if row["change_score"] is not None:
        amount = tables.change(row["change_score"], shown.index.score_decimals, lang)
        parts.append(say(lang, "overview.points", amount=amount))
    # The card's title names the index: here the year says enough.
    against = escape(say(lang, "overview.against", edition=before.year))
    method = ""
    if row["change_score"] is None and not shown.index.comparable(before.year, row["year"]) and not shown.small:
        method = f'<br><span class="vb-soft">{escape(say(lang, "overview.method"))}</span>'
    if not parts:
        return f'<p class="vb-moved vb-soft">{against}: {number.MISSING}{method}</p>'
    return f'<p class="vb-moved">{", ".join(parts)} <span class="vb-soft">{against}</span>{method}</p>'


def _spark(shown: Card, lang: Language, mode: Mode) -> str:
    points = sparkline.points(shown.totals, shown.index)
    if not points:
        return ""
    unit_set = shown.index.edition(shown.year).unit_set
    years = [item.year for item in shown.index.editions if item.unit_set == unit_set]
    top = shown.index.target_group.get(unit_set, 0)
    label = words.spark(shown.index, points, lang)
    return sparkline.sparkline(points, years, shown.year, top, label, mode)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f'<p class="vb-line">{escape(line)}</p>' for line in lines)
