"""The three lists of weaknesses side by side, the strengths quietly below: HTML, pure and escaped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html import escape
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.weakness.disagreement import Disagreement
from analytics.weakness.weakness import LISTS
from dashboard.html import tables
from dashboard.text import weaknesses as words
from dashboard.text.weaknesses import WeaknessWording
from data import number

Row = Mapping[str, Any]
Link = Callable[[str], str]

_WEAK, _STRONG = 5, 3


def lead(found: Disagreement, wording: WeaknessWording) -> str:
    """What the lists say together, and in one sentence why they differ."""
    why = words.why(found, wording)
    said = f"<p>{escape(why)}</p>" if why else ""
    title = escape(words.finding(found, wording))
    return f'<section class="vb-lead-in" lang="{wording.lang}"><h2>{title}</h2>{said}</section>'


def lists(answer: Answer, weakest: Collection[str], wording: WeaknessWording, link: Link) -> str:
    """The rows of `analytics.weakness.weakness` in three lists, the strengths quietly below each."""
    columns = "".join(_list(kind, answer, weakest, wording, link) for kind in LISTS)
    said = escape(wording.say("list.everywhere"))
    key = (
        f'<p class="vb-key" lang="{wording.lang}"><span class="vb-everywhere"></span> {said}</p>'
        if weakest
        else ""
    )
    return f'<div class="vb-lists" lang="{wording.lang}">{columns}</div>{key}'


def _list(kind: str, answer: Answer, weakest: Collection[str], wording: WeaknessWording, link: Link) -> str:
    place, strength = f"place_by_{kind}", f"strength_by_{kind}"
    known = answer.rows.drop_nulls(place)
    title, below = _heading(kind, answer.rows, wording)
    head = f"<h3>{escape(title)}</h3>"
    if known.is_empty():
        missing = wording.say("no_other_lists", what=wording.say(f"what_{kind}"))
        return f'<section>{head}<p class="vb-soft">{escape(missing)}</p></section>'
    weak = known.sort(place, maintain_order=True).head(min(_WEAK, -(-known.height // 2)))
    rest = known.filter(~pl.col("component").is_in(weak["component"].to_list()))
    strong = rest.sort(strength, maintain_order=True).head(_STRONG)
    one_scale = known["out_of"].n_unique() == 1

    def items(rows: pl.DataFrame, by: str, marked: Collection[str]) -> str:
        return "".join(
            _item(
                code := row["component"],
                _value(kind, row, one_scale, wording),
                wording,
                link,
                first=row[by] == 1,
                marked=code in marked,
            )
            for row in rows.iter_rows(named=True)
        )

    strengths = ""
    if strong.height:
        named = escape(wording.say("list.strong"))
        strengths = f'<h4>{named}</h4><ol class="vb-strong">{items(strong, strength, ())}</ol>'
    return (
        f'<section>{head}<p class="vb-soft">{escape(below)}</p>'
        f'<ol class="vb-weak">{items(weak, place, weakest)}</ol>{strengths}</section>'
    )


def _heading(kind: str, rows: pl.DataFrame, wording: WeaknessWording) -> tuple[str, str]:
    known = rows.drop_nulls(f"place_by_{kind}")
    of = known["of"].max() if known.height else rows["of"].max()
    if kind == "rank":
        printed, computed = known["published_rank"].count(), known["rank"].count()
        if known.height and not (printed or computed):
            return wording.say("list.order"), wording.say("list.order_sub", of=of)
        key = "rank_sub" if printed == known.height else "rank_sub_computed"
        return wording.say("list.rank"), wording.say(f"list.{key}", of=of)
    if kind == "gap":
        return wording.say("list.gap"), wording.say("list.gap_sub", reference=wording.reference)
    scales = known["out_of"].unique().to_list()
    if len(scales) == 1 and scales[0] is not None:
        end = words.scale_end(scales[0], wording.lang)
        return wording.say("list.score"), wording.say("list.score_sub", scale=end)
    return wording.say("list.score"), wording.say("list.score_sub_many")


def _item(code: str, value: str, wording: WeaknessWording, link: Link, *, first: bool, marked: bool) -> str:
    said = escape(wording.say("list.everywhere"))
    style = ' class="vb-first"' if first else ""
    mark = f'<span class="vb-everywhere" title="{said}"><span class="vb-hidden"> ({said})</span></span>'
    return (
        f"<li{style}>"
        f'<a href="{escape(link(code))}" target="_self">{escape(wording.component(code))}</a>'
        f"{mark if marked else ''}<span>{value}</span></li>"
    )


def _value(kind: str, row: Row, one_scale: bool, wording: WeaknessWording) -> str:
    if kind == "score":
        return score(row, wording, with_scale=not one_scale)
    if kind == "rank":
        return place(row, wording)
    return escape(words.beside(row["weighted_gap"], wording))


def score(row: Row, wording: WeaknessWording, *, with_scale: bool = False) -> str:
    """A score with the sign of how it is known, and the end of its scale where scales differ."""
    if row["score"] is None:
        return f'<span class="vb-quiet">{number.MISSING}</span>'
    written = number.decimal(row["score"], wording.index.score_decimals, wording.lang)
    if with_scale and row["out_of"] is not None:
        written += f"/{words.scale_end(row['out_of'], wording.lang)}"
    return escape(written) + tables.sign(row["score_status"], wording.lang)


def place(row: Row, wording: WeaknessWording) -> str:
    """The rank that is shown with the sign of how it is known, or the order where no more is: `55/63`."""
    known = (row[key] for key in ("published_rank", "rank", "order"))
    written = escape(wording.place(next((rank for rank in known if rank is not None), None), row["of"]))
    return written + (tables.sign(row["rank_status"], wording.lang) if row["published_rank"] is not None else "")
