"""Who has done it, as a table with links to those provinces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from analytics.core.answer import Answer
from dashboard.html import tables
from dashboard.text import say
from dashboard.text.target import TargetWording
from data import number
from data.definition import OVERALL

Row = Mapping[str, Any]
# More than these are folded away.
_SHOWN = 8


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


def table(answer: Answer, wording: TargetWording, link: Callable[[str], str]) -> str:
    """The rises, largest first."""
    rows = list(answer.rows.iter_rows(named=True))
    if not rows:
        return f'<p class="vb-soft" lang="{wording.lang}">{escape(wording.say("precedents.nobody"))}</p>'
    first = _table(rows[:_SHOWN], answer, wording, link) + _legend(rows, wording)
    if len(rows) <= _SHOWN:
        return first
    more = escape(wording.say("precedents.more", count=len(rows) - _SHOWN))
    rest = _table(rows[_SHOWN:], answer, wording, link)
    return f'{first}<details class="vb-notes" lang="{wording.lang}"><summary>{more}</summary>{rest}</details>'


def _legend(rows: Sequence[Row], wording: TargetWording) -> str:
    if not any(row["series_break"] for row in rows):
        return ""
    words = escape(wording.say("precedents.break"))
    return f'<ul class="vb-legend" lang="{wording.lang}"><li><span aria-hidden="true">†</span> {words}</li></ul>'


def _table(rows: Sequence[Row], answer: Answer, wording: TargetWording, link: Callable[[str], str]) -> str:
    whole = answer.figures["component"] == OVERALL
    head = [
        ("column.name", ""),
        ("when", ""),
        ("way", "vb-number"),
        ("gain", "vb-number"),
        ("place", "vb-number vb-medium"),
    ]
    if not whole:
        head.append(("total_gain", "vb-number vb-medium"))
    head.append(("others", "vb-wide"))
    cells = "".join(f'<th scope="col" class="{style}">{escape(_label(key, wording))}</th>' for key, style in head)
    body = "".join(_row(row, whole, wording, link) for row in rows)
    gain = number.decimal(answer.figures["gain"], 2, wording.lang)
    caption = escape(wording.say("precedents.caption", gain=gain))
    return (
        f'<div class="vb-scroll" lang="{wording.lang}"><table class="vb-table">'
        f'<caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, whole: bool, wording: TargetWording, link: Callable[[str], str]) -> str:
    lang = wording.lang
    name = row["name"] if lang == "vi" else row["name_en"]
    mark = escape(wording.say("precedents.break"))
    sign = f'<span class="vb-sign" title="{mark}"><span aria-hidden="true">†</span>'
    broken = f'{sign}<span class="vb-hidden"> ({mark})</span></span>' if row["series_break"] else ""
    ends = (number.decimal(row[end], 2, lang) for end in ("from", "to"))
    ranks = (number.MISSING if row[end] is None else str(row[end]) for end in ("rank_from", "rank_to"))
    total = f'<td class="vb-number vb-medium">{tables.change(row["total_gain"], 2, lang)}</td>'
    others = (
        ""
        if row["others_up"] is None
        else wording.say("precedents.others_moved", up=row["others_up"], down=row["others_down"])
    )
    return (
        f'<tr><th scope="row"><a href="{escape(link(row["unit"]))}" target="_self">{escape(name)}</a></th>'
        f'<td class="vb-years-run">{row["from_year"]}–{row["to_year"]}{broken}</td>'
        f'<td class="vb-number">{"&nbsp;→&nbsp;".join(map(escape, ends))}</td>'
        f'<td class="vb-number">{tables.change(row["gain"], 2, lang)}</td>'
        f'<td class="vb-number vb-medium">{"&nbsp;→&nbsp;".join(ranks)}</td>'
        f'{"" if whole else total}<td class="vb-wide vb-soft">{escape(others)}</td></tr>'
    )


def _label(key: str, wording: TargetWording) -> str:
    return say(wording.lang, key) if "." in key else wording.say(f"precedents.{key}")


def _part(answer: Answer, wording: TargetWording) -> str:
    code = str(answer.figures["component"])
    if code == OVERALL:
        return wording.say("precedents.total")
    return wording.index.component(code).name.in_(wording.lang)
