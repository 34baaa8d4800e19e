"""The table of all components: score, reference, rank, and the agency that leads each today."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from markupsafe import Markup

from analytics.weakness.agency import Agency
from dashboard.html.agency import agency
from dashboard.html.cells import Row
from dashboard.html.markup import link
from dashboard.html.table import Column, table
from dashboard.text import say
from dashboard.text.weaknesses import WeaknessWording
from dashboard.views.weaknesses.lists import Address, place, score


def agency_table(
    rows: pl.DataFrame, agencies: Mapping[str, Agency], city: bool, wording: WeaknessWording, address: Address
) -> Markup:
    """The rows of `analytics.weakness.weakness` in their order; a column without any value is left out.

    `city` is True for a city, whose agencies have names of their own. `address` gives a component's address.
    """
    lang = wording.lang
    scored = rows["score"].count() > 0
    ranked = rows.select(pl.coalesce("published_rank", "rank", "order").count()).item() > 0
    ordered = ranked and rows.select(pl.coalesce("published_rank", "rank").count()).item() == 0
    one_scale = rows.drop_nulls("score")["out_of"].n_unique() <= 1
    columns: list[Column[Row]] = [
        Column(
            say(lang, "column.component"),
            lambda row: link(wording.component(row["component"]), address(row["component"])),
            "name",
        ),
        Column(
            say(lang, "column.score"),
            lambda row: score(row, wording, with_scale=not one_scale),
            "number",
            shown=scored,
        ),
        Column(
            say(lang, "column.reference"),
            lambda row: wording.points(row["reference"]),
            "number",
            "medium",
            shown=rows["reference"].count() > 0,
        ),
        Column(
            say(lang, "column.order" if ordered else "column.shown_rank"),
            lambda row: place(row, wording),
            "number",
            shown=ranked,
        ),
        Column(
            say(lang, "weaknesses.table.agency"),
            lambda row: agency(agencies.get(row["component"]), lang, city=city),
            shown=bool(agencies),
        ),
    ]
    caption = wording.say("table.caption" if scored or ranked else "table.caption_plain")
    return table(columns, rows.iter_rows(named=True), caption, lang, style="vb-agencies")
