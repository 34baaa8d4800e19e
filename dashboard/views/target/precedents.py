"""The table of precedents: provinces that gained as much from a similar level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from analytics.core.answer import Answer
from dashboard.html import cards, cells
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fragment, link, tag
from dashboard.html.table import Column, table
from dashboard.text import say as shared
from dashboard.text.target import TargetWording
from data import number
from data.definition import OVERALL

# More than these are folded away.
_SHOWN = 8
# The mark of a gain across a change of definition.
_BREAK = "†"


def title(answer: Answer, wording: TargetWording) -> str:
    """How many of those who started alike made it."""
    figures = answer.figures
    if not figures["starts"]:
        return wording.say("precedents.title_none", within=figures["within"])
    counts = {name: figures[name] for name in ("reached", "starts", "within")}
    return wording.say("precedents.title", gain=number.decimal(figures["gain"], 2, wording.lang), **counts)


def below(answer: Answer, wording: TargetWording) -> str:
    """On what, and from which levels."""
    figures = answer.figures
    level, near = (number.decimal(figures[name], 2, wording.lang) for name in ("level", "near"))
    part = _part(answer, wording)
    return wording.say("precedents.below", component=part, level=level, near=near)


def rises(answer: Answer, wording: TargetWording, address: Callable[[str], str]) -> Markup:
    """The gains, largest first, all but the first eight folded; `address` gives a province's address."""
    rows = list(answer.rows.iter_rows(named=True))
    if not rows:
        return tag("p.vb-soft", wording.say("precedents.nobody"), lang=wording.lang)
    shown, rest = rows[:_SHOWN], rows[_SHOWN:]
    first = fragment(_table(shown, answer, wording, address), _legend(rows, wording))
    if not rest:
        return first
    more = wording.say("precedents.more", count=len(rest))
    return fragment(first, cards.folded(more, _table(rest, answer, wording, address), wording.lang))


def _legend(rows: Sequence[Row], wording: TargetWording) -> Markup:
    if not any(row["series_break"] for row in rows):
        return NOTHING
    words = fragment(tag("span", _BREAK, aria_hidden="true"), " ", wording.say("precedents.break"))
    return cells.legend([words], wording.lang)


def _table(rows: Sequence[Row], answer: Answer, wording: TargetWording, address: Callable[[str], str]) -> Markup:
    lang = wording.lang

    def say(key: str) -> str:
        return wording.say(f"precedents.{key}")

    columns: list[Column[Row]] = [
        Column(shared(lang, "column.name"), lambda row: _named(row, wording, address), "name"),
        Column(say("when"), lambda row: _years(row, wording), style="vb-years-run"),
        Column(
            say("way"), lambda row: _arrow(number.decimal(row[end], 2, lang) for end in ("from", "to")), "number"
        ),
        Column(say("gain"), lambda row: cells.change(row["gain"], 2, lang), "number"),
        Column(say("held"), lambda row: _held(row, wording), room="medium"),
        Column(
            say("place"),
            lambda row: _arrow(_rank(row[end]) for end in ("rank_from", "rank_to")),
            "number",
            "medium",
        ),
        Column(
            say("total_gain"),
            lambda row: cells.change(row["total_gain"], 2, lang),
            "number",
            "medium",
            shown=answer.figures["component"] != OVERALL,
        ),
        Column(say("others"), lambda row: _others(row, wording), room="wide", style="vb-soft"),
    ]
    caption = wording.say("precedents.caption", gain=number.decimal(answer.figures["gain"], 2, lang))
    return tag("div.vb-scroll", table(columns, rows, caption, lang))


def _named(row: Row, wording: TargetWording, address: Callable[[str], str]) -> Markup:
    return link(row["name"] if wording.lang == "vi" else row["name_en"], address(row["unit"]))


def _years(row: Row, wording: TargetWording) -> Markup:
    """The first and the last year, with a mark where a definition changed in between."""
    broken = cells.marked(_BREAK, wording.say("precedents.break")) if row["series_break"] else NOTHING
    return fragment(f"{row['from_year']}–{row['to_year']}", broken)


def _held(row: Row, wording: TargetWording) -> str:
    """Whether the rise was still there one edition later."""
    if row["held"] is None:
        return number.MISSING
    return wording.say("precedents.held_yes" if row["held"] else "precedents.held_no")


def _rank(value: int | None) -> str:
    return number.MISSING if value is None else str(value)


def _arrow(ends: Iterable[str]) -> str:
    """`5,80 → 6,88`, without a line break."""
    return "\u00a0→\u00a0".join(ends)


def _others(row: Row, wording: TargetWording) -> str:
    """How many other components rose and fell in the same editions."""
    if row["others_up"] is None:
        return ""
    return wording.say("precedents.others_moved", up=row["others_up"], down=row["others_down"])


def _part(answer: Answer, wording: TargetWording) -> str:
    code = str(answer.figures["component"])
    if code == OVERALL:
        return wording.say("precedents.total")
    return wording.index.component(code).name.in_(wording.lang)
