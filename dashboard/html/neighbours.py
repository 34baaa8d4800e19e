"""Who is around a unit, whom it overtook and who overtook it, and where to read on: small panels as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import polars as pl

from dashboard.session.address import Selection
from dashboard.text import say
from data.text import Language


def panel(met: pl.DataFrame, before: str, partial: bool, selection: Selection, lang: Language) -> str:
    """The rows of `analytics.ranking.overtaking` in two lists; `partial` where not every rank is known."""
    note = f'<p class="vb-soft">{escape(say(lang, "overview.rivals_partial"))}</p>' if partial else ""
    return (
        f'<section class="vb-rivals" lang="{lang}"><h2>{escape(say(lang, "overview.rivals", before=before))}</h2>'
        f"{_list(met, 'overtaken', 'better', '▲', selection, lang)}"
        f"{_list(met, 'overtook', 'worse', '▼', selection, lang)}{note}</section>"
    )


def unknown(sentence: str, lang: Language) -> str:
    """In place of the lists: why there are none."""
    return f'<section class="vb-rivals" lang="{lang}"><p class="vb-soft">{escape(sentence)}</p></section>'


def crowding(title: str, sentence: str, lang: Language) -> str:
    """How many are close by, and what a few tenths of a point are worth."""
    return f'<section class="vb-crowd" lang="{lang}"><h3>{escape(title)}</h3><p>{escape(sentence)}</p></section>'


def onward(title: str, links: Iterable[tuple[str, str]], lang: Language) -> str:
    """Where to read on: names and addresses."""
    listed = "".join(
        f'<li><a href="{escape(address)}" target="_self">{escape(name)}</a></li>' for name, address in links
    )
    return f'<nav class="vb-onward" lang="{lang}"><h2>{escape(title)}</h2><ul>{listed}</ul></nav>'


def _list(met: pl.DataFrame, relation: str, style: str, arrow: str, selection: Selection, lang: Language) -> str:
    rows = met.filter(relation=relation)
    mark = f'<span class="vb-{style}"><span aria-hidden="true">{arrow}</span>'
    if rows.is_empty():
        return f'<p class="vb-soft">{escape(say(lang, f"overview.nobody_{relation}"))}</p>'
    title = f"<h3>{mark} {escape(say(lang, f'overview.{relation}', count=rows.height))}</span></h3>"
    listed = "".join(
        f'<li><a href="{escape(selection.link(province=row["unit"]))}" target="_self">'
        f"{escape(row['name'] if lang == 'vi' else row['name_en'])}</a>"
        f'<span class="vb-soft"> {row["rank_before"]}\u00a0→\u00a0{row["rank_after"]}</span></li>'
        for row in rows.iter_rows(named=True)
    )
    return f"{title}<ul>{listed}</ul>"


def section(title: str, below: str, lang: Language) -> str:
    """A heading inside a page, and the sentence that must be read with what follows."""
    return f'<header class="vb-section" lang="{lang}"><h2>{escape(title)}</h2><p>{escape(below)}</p></header>'
