"""The charts of the route of least effort; each is None where the chapter has no such table."""

from __future__ import annotations

import polars as pl

from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.chart import Chart, Series
from dashboard.documents.deck.chart_common import alt_text
from dashboard.text import say
from dashboard.text.findings.routes import LEAST_EFFORT
from data.text import Language


def route(chapter: Chapter, lang: Language) -> Chart | None:
    """Each component from its score to the one needed."""
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
        alt_text(caption, rows, "gain", chapter.index.score_decimals, lang, signed=True),
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
    """The share of that route that falls to each agency."""
    table = chapter.table("agencies")
    if table is None:
        return None
    # A component without a known agency has a share too.
    names = [name or say(lang, "documents.cell.no_agency") for name in table.rows["lead"]]
    values = [100 * share for share in table.rows["share"]]
    rows = pl.DataFrame({"component": names, "share": values})
    return Chart(
        "bar",
        table.title,
        alt_text(table.title, rows, "share", 0, lang),
        tuple(names),
        (Series(say(lang, "deck.series.share"), tuple(values), "peer", "percent", bold=True),),
        lang,
        0,
        low=0,
    )
