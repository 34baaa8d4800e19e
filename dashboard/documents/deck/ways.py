"""The charts of indicators, neighbours and the way ahead: tables of a chapter as categories and series.

Each gives None where the table carries too little for a chart.
"""

from __future__ import annotations

import polars as pl

from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.chart import Chart, Series
from dashboard.documents.deck.common import marked, told
from dashboard.text import say
from dashboard.text.account_ways import LEAST_EFFORT
from data.text import Language

# With fewer there is nothing to compare.
_LEAST = 2


def indicators(chapter: Chapter, lang: Language) -> Chart | None:
    """How many indicators of each component got better, stayed, got worse."""
    table = chapter.table("indicators")
    if table is None or "moved" not in table.rows.columns:
        return None
    rows = table.rows.drop_nulls("moved")
    parts = list(dict.fromkeys(rows["component"]))
    counts = _counts(rows)
    kinds = [("better", "better", "ground"), ("same", "context", "ink"), ("worse", "worse", "ground")]
    series = []
    for kind, role, letters in kinds:
        cell = say(lang, f"documents.cell.{kind}")
        values = tuple(counts.get((part, cell)) for part in parts)
        if any(value is not None for value in values):
            name = say(lang, f"deck.series.{kind}")
            series.append(Series(name, values, role, "whole", letters, bold=True))
    if not series:
        return None
    caption = say(lang, "deck.chart.indicators", index=chapter.index.name.in_(lang), year=chapter.year)
    return Chart(
        "bar_stacked",
        caption,
        say(lang, "deck.alt.indicators", caption=caption, count=rows.height),
        tuple(parts),
        tuple(series),
        lang,
        legend=True,
    )


def _counts(rows: pl.DataFrame) -> dict[tuple[str, str], int]:
    counted = rows.group_by("component", "moved").len().iter_rows()
    return {(part, moved): count for part, moved, count in counted}


def neighbours(chapter: Chapter, name: str, lang: Language) -> Chart | None:
    """The scores of a region or of peers, the province's own strong."""
    table = chapter.table(name)
    if table is None or "score" not in table.rows.columns:
        return None
    rows = table.rows.with_columns(name=marked(table, "name")).with_row_index("place").drop_nulls("score")
    if rows.height < _LEAST:
        return None
    own = [here for here, place in enumerate(rows["place"]) if place == table.highlighted]
    return Chart(
        "bar",
        table.title,
        told(table.title, rows.rename({"name": "component"}), "score", chapter.index.score_decimals, lang),
        tuple(rows["name"]),
        (
            Series(
                chapter.index.name.in_(lang),
                tuple(rows["score"]),
                "context",
                points=dict.fromkeys(own, "chosen"),
            ),
        ),
        lang,
        chapter.index.score_decimals,
        low=0,
    )


def route(chapter: Chapter, lang: Language) -> Chart | None:
    """The route of least effort: each component from its score to the one needed."""
    table = chapter.table("routes")
    if table is None:
        return None
    rows = table.rows.filter(route=say(lang, f"route.{LEAST_EFFORT}"))
    if rows.is_empty():
        return None
    gains = list(rows["gain"])
    caption = say(lang, "deck.chart.route", title=table.title)
    copies = tuple(f"=C{row}" for row in range(2, len(gains) + 2))
    return Chart(
        "bar_stacked",
        caption,
        told(caption, rows, "gain", chapter.index.score_decimals, lang, signed=True),
        tuple(rows["component"]),
        (
            Series(say(lang, "deck.series.now"), tuple(rows["from"]), "context"),
            Series(say(lang, "deck.series.rise"), tuple(gains), "chosen", "change", None),
            Series(
                say(lang, "deck.series.rise_label"),
                tuple(gains),
                None,
                "change",
                "chosen",
                formulas=copies,
                bold=True,
            ),
        ),
        lang,
        chapter.index.score_decimals,
        low=0,
        high=1.25 * max(rows["to"]),
    )


def agencies(chapter: Chapter, lang: Language) -> Chart | None:
    """Who carries how much of that route."""
    table = chapter.table("agencies")
    if table is None:
        return None
    # Whoever isn't known carries a share too.
    names = [name or say(lang, "documents.cell.no_agency") for name in table.rows["lead"]]
    values = [100 * share for share in table.rows["share"]]
    rows = pl.DataFrame({"component": names, "share": values})
    return Chart(
        "bar",
        table.title,
        told(table.title, rows, "share", 0, lang),
        tuple(names),
        (Series(say(lang, "deck.series.share"), tuple(values), "peer", "percent", bold=True),),
        lang,
        0,
        low=0,
    )
