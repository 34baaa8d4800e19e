"""Each component with its score, reference, rank and the agency answerable today: a table as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import polars as pl

from analytics.weakness.agency import Agency
from dashboard.html.agency import answerable
from dashboard.text import say
from dashboard.text.weaknesses import WeaknessWording
from dashboard.views.weaknesses.lists import Link, place, score

Row = Mapping[str, Any]


def agency_table(
    rows: pl.DataFrame, agencies: Mapping[str, Agency], city: bool, wording: WeaknessWording, link: Link
) -> str:
    """The rows of `analytics.weakness.weakness`, as they come; columns of which nothing is known are left out."""
    scored = rows["score"].count() > 0
    compared = rows["reference"].count() > 0
    ranked = rows.select(pl.coalesce("published_rank", "rank", "order").count()).item() > 0
    one_scale = rows.drop_nulls("score")["out_of"].n_unique() <= 1
    ordered = ranked and rows.select(pl.coalesce("published_rank", "rank").count()).item() == 0
    heads = [
        ("column.component", "", True),
        ("column.score", "vb-number", scored),
        ("column.reference", "vb-number vb-medium", compared),
        ("column.order" if ordered else "column.shown_rank", "vb-number", ranked),
        ("weaknesses.table.agency", "", bool(agencies)),
    ]
    head = "".join(
        f'<th scope="col" class="{style}">{escape(say(wording.lang, key))}</th>'
        for key, style, there in heads
        if there
    )

    def cells(row: Row) -> str:
        code = row["component"]
        name = f'<a href="{escape(link(code))}" target="_self">{escape(wording.component(code))}</a>'
        listed = [f'<th scope="row">{name}</th>']
        if scored:
            listed.append(f'<td class="vb-number">{score(row, wording, with_scale=not one_scale)}</td>')
        if compared:
            listed.append(f'<td class="vb-number vb-medium">{wording.points(row["reference"])}</td>')
        if ranked:
            listed.append(f'<td class="vb-number">{place(row, wording)}</td>')
        if agencies:
            listed.append(f"<td>{answerable(agencies.get(code), wording.lang, city=city)}</td>")
        return "".join(listed)

    body = "".join(f"<tr>{cells(row)}</tr>" for row in rows.iter_rows(named=True))
    key = "table.caption" if scored or ranked else "table.caption_plain"
    caption = wording.say(key, edition=wording.edition, name=wording.name, word=wording.word)
    return (
        f'<table class="vb-table vb-agencies" lang="{wording.lang}">'
        f'<caption class="vb-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
