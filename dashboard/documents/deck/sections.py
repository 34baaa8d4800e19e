"""The slides of each part of a chapter: charts of its tables, findings as titles, figures for the speaker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Table
from dashboard.documents.deck import history as deck_history
from dashboard.documents.deck import series as deck_series
from dashboard.documents.deck import ways as deck_ways
from dashboard.documents.deck.cards import cards
from dashboard.documents.deck.common import signs_meant
from dashboard.documents.deck.notes import remark_words, remarked, speaker
from dashboard.documents.deck.part import Part
from dashboard.documents.deck.slide import Slide
from dashboard.documents.deck.table import narrowed
from dashboard.documents.deck.text import Paragraph
from dashboard.text import say
from data.text import Language

# As many indicators as a slide shows, the lowest places first.
LOWEST = 6
# The columns of a table that a room can read; all others are the report's and the workbook's.
_SHOWN = {
    "components": (
        *("component", "score_before", "rank_before", "score", "median", "gap", "rank", "change_score"),
        *("change_rank", "order", "of", "third_order", "score_low", "score_high"),
    ),
    "indicators": ("indicator", "value", "measure", "median", "rank", "change", "moved", "lead"),
}


def summary(part: Part) -> Iterator[Slide]:
    """The figures that matter, and the sentences of the summary; what isn't known where nothing is."""
    chapter = part.chapter
    said = chapter.said(Section.SUMMARY)
    unknown = chapter.unknowns[:1] if not said else ()
    more = () if said else part.sentences("orders", "strongest", "course", "region")
    words = (*unknown, *said, *more)
    if not words:
        return
    otherwise = unknown[0].rstrip(".") if unknown else say(part.lang, "documents.section.summary")
    title = part.title("standing", "distance", otherwise=otherwise)
    told = [item for item in words if item.rstrip(".") != title]
    yield part.slide(
        "summary",
        Section.SUMMARY,
        title,
        source=part.source("history", "components", "peers", "region"),
        cards=cards(chapter, part.lang),
        words=tuple(Paragraph(item, bullet=True) for item in told),
        notes=speaker(words),
    )


def history(part: Part) -> Iterator[Slide]:
    """Ranks above, scores below; a table where neither makes a line."""
    chapter, lang = part.chapter, part.lang
    charts = tuple(
        chart for chart in (deck_history.ranks(chapter, lang), deck_history.scores(chapter, lang)) if chart
    )
    table = chapter.table("history")
    if not charts:
        yield from part.tabled("history", Section.HISTORY, table, "course")
        return
    yield part.slide(
        "history",
        Section.HISTORY,
        part.title("course", otherwise=table.title if table else charts[0].caption),
        source=part.source("history"),
        charts=charts,
        notes=speaker(part.sentences("course"), [table]),
    )


def components(part: Part) -> Iterator[Slide]:
    """Scores beside the median, ranks of two editions, and both as a table."""
    chapter, lang = part.chapter, part.lang
    bars, slope = deck_series.medians(chapter, lang), deck_series.slope(chapter, lang)
    yield from part.charted(
        "medians", Section.COMPONENTS, bars, "components", ("medians",), "medians", "risen", "fallen"
    )
    yield from part.charted("slope", Section.COMPONENTS, slope, "components", ("crossed",), "crossed")
    table = chapter.table("components")
    shown = None if table is None else narrowed(table, _SHOWN["components"])
    found = list(part.tabled("components", Section.COMPONENTS, shown, "orders", "risen", "fallen"))
    yield from found
    if table is None:
        yield from part.spoken(Section.COMPONENTS, "orders", "crossed")


def grid(part: Part) -> Iterator[Slide]:
    """Ranks of the components over the editions, or their scores."""
    table = part.chapter.table("grid_rank") or part.chapter.table("grid_score")
    if table is not None:
        yield from part.tabled("grid", Section.GRID, table, table.name, "strongest")


def change(part: Part) -> Iterator[Slide]:
    """What moved the total, and what of the change of rank is the province's own."""
    chapter, lang = part.chapter, part.lang
    steps, shares = deck_series.contributions(chapter, lang), deck_series.shares(chapter, lang)
    beside = ("contributors", "kept")
    yield from part.charted(
        "contributions", Section.CHANGE, steps, "contributions", ("contributors", "kept"), *beside
    )
    if shares is not None:
        yield from part.charted(
            "shares", Section.CHANGE, shares, "contributions", ("reason", "kept"), "reason", "kept"
        )
    if steps is None and shares is None:
        yield from part.spoken(Section.CHANGE, "contributors", "kept")


def gaps(part: Part) -> Iterator[Slide]:
    """The distances, and who leads."""
    chart = deck_series.gaps(part.chapter, part.lang)
    yield from part.charted("gaps", Section.GAPS, chart, "gaps", ("weakest",), "weakest")
    table = part.chapter.table("gaps")
    yield from part.tabled("leads", Section.GAPS, table, *(() if chart else ("weakest",)), "strongest")
    if table is None:
        yield from part.spoken(Section.GAPS, "weakest")


def indicators(part: Part) -> Iterator[Slide]:
    """How many got better in each component, and the lowest places."""
    chapter, lang = part.chapter, part.lang
    chart = deck_ways.indicators(chapter, lang)
    table = chapter.table("indicators")
    worst = _lowest(chapter, table, lang) if table is not None else None
    if chart is not None:
        yield part.slide(
            "indicators",
            Section.INDICATORS,
            part.title("indicators", otherwise=chart.caption),
            source=part.source("indicators"),
            charts=(chart,),
            words=part.words("indicators", "indicators_worst"),
            notes=speaker(part.sentences("indicators", "indicators_worst")),
        )
    yield from part.tabled("lowest", Section.INDICATORS, worst, "indicators_worst")


def _lowest(chapter: Chapter, table: Table, lang: Language) -> Table | None:
    """The indicators in the last places."""
    if "rank" not in table.rows.columns:
        return None
    order = (
        table.rows.with_row_index("place").drop_nulls("rank").sort("rank", descending=True, maintain_order=True)
    )
    if order.is_empty():
        return None
    picked = narrowed(table, _SHOWN["indicators"], order["place"].head(LOWEST).to_list())
    about = {"index": chapter.index.name.in_(lang), "year": chapter.year, "name": chapter.name}
    title = say(lang, "deck.title.lowest", count=picked.rows.height, **about)
    return replace(picked, title=title)


def mapped(part: Part) -> Iterator[Slide]:
    """The map, where one was made."""
    if part.picture is None:
        return
    said = part.sentences("region")
    yield part.slide(
        "map",
        Section.NEIGHBOURS,
        part.picture.title,
        source=part.picture.source,
        picture=part.picture,
        words=tuple(Paragraph(item) for item in (part.picture.caption, *said) if item),
        notes=speaker((part.picture.title, part.picture.caption, *said)),
    )


def neighbours(part: Part) -> Iterator[Slide]:
    """The map where there is one; region and peers side by side."""
    chapter, lang = part.chapter, part.lang
    yield from mapped(part)
    charts = tuple(
        chart for name in ("region", "peers") if (chart := deck_ways.neighbours(chapter, name, lang)) is not None
    )
    tables = [chapter.table(name) for name in ("region", "peers")]
    if charts:
        yield part.slide(
            "neighbours",
            Section.NEIGHBOURS,
            part.title("region", "peers", otherwise=charts[0].caption),
            source=part.source("region", "peers"),
            charts=charts,
            remarks=tuple(dict.fromkeys(note for table in tables if table for note in signs_meant(table))),
            notes=speaker(part.sentences("region", "peers", "no_near_peer"), tables),
        )
        return
    made = [
        slide for table in tables for slide in part.tabled(table.name if table else "", Section.NEIGHBOURS, table)
    ]
    yield from made or part.spoken(Section.NEIGHBOURS, "region", "peers")


def routes(part: Part) -> Iterator[Slide]:
    """The route of least effort and who carries it."""
    chapter, lang = part.chapter, part.lang
    charts = tuple(chart for make in (deck_ways.route, deck_ways.agencies) if (chart := make(chapter, lang)))
    tables = [chapter.table(name) for name in ("routes", "agencies")]
    if charts:
        yield part.slide(
            "routes",
            Section.ROUTES,
            part.title("route", "agencies", otherwise=charts[0].caption),
            source=part.source("routes"),
            charts=charts,
            words=part.words("route", "odds"),
            notes=speaker(part.sentences("route", "agencies", "odds"), tables),
        )
        return
    yield from part.spoken(Section.ROUTES, "route")


def precedents(part: Part) -> Iterator[Slide]:
    """Who has done it before."""
    table = part.chapter.table("precedents")
    keys = [item.key for item in part.chapter.findings if item.section == Section.PRECEDENTS]
    yield from part.tabled("precedents", Section.PRECEDENTS, table, *keys)
    if table is None:
        yield from part.spoken(Section.PRECEDENTS, *keys)


def remarks(part: Part) -> Iterator[Slide]:
    """What the province wrote."""
    words = remark_words(part.chapter, part.remarks, part.lang)
    if words:
        heading = say(part.lang, "deck.title.remarks", name=part.chapter.name)
        spoken = remarked(part.chapter, part.remarks, part.lang)
        yield Slide("remarks", part.chapter.title, heading, words=words, notes=spoken)


def unknown(part: Part) -> Iterator[Slide]:
    """What isn't known, and what couldn't be shown for it."""
    chapter, lang = part.chapter, part.lang
    found = {item.sentence for item in chapter.findings}
    reasons = (item.reason for item in chapter.absent if item.reason not in found)
    said = tuple(dict.fromkeys([*chapter.unknowns, *reasons]))
    if said:
        words = tuple(Paragraph(item, bullet=True) for item in said)
        yield Slide("unknown", chapter.title, say(lang, "deck.title.unknown"), words=words, notes=said)


def method(part: Part) -> Iterator[Slide]:
    """How the figures were reckoned."""
    said = part.chapter.methods
    if said:
        heading = say(part.lang, "documents.section.method")
        words = tuple(Paragraph(item, bullet=True) for item in said)
        yield Slide("method", part.chapter.title, heading, words=words, notes=said)


MAKERS: dict[Section, Callable[[Part], Iterator[Slide]]] = {
    Section.SUMMARY: summary,
    Section.HISTORY: history,
    Section.COMPONENTS: components,
    Section.GRID: grid,
    Section.CHANGE: change,
    Section.GAPS: gaps,
    Section.INDICATORS: indicators,
    Section.NEIGHBOURS: neighbours,
    Section.ROUTES: routes,
    Section.PRECEDENTS: precedents,
}
