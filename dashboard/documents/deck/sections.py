"""The slides of each section of a chapter: charts of its tables, findings as titles, figures for the speaker.

Each function yields the slides of one section, in order; none where nothing of it is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Table
from dashboard.documents.deck import component_charts, history_charts, neighbour_charts, route_charts
from dashboard.documents.deck.builder import SlideBuilder
from dashboard.documents.deck.cards import cards
from dashboard.documents.deck.chart_common import sign_notes
from dashboard.documents.deck.notes import remark_lines, remark_paragraphs, speaker_notes
from dashboard.documents.deck.slide import Slide
from dashboard.documents.deck.table import subset
from dashboard.documents.deck.text import Paragraph
from dashboard.text import say
from data.text import Language

# As many indicators as a slide shows, the lowest places first.
LOWEST = 6
# The columns that can be read from the back of a room; report and workbook have the others too.
_SHOWN = {
    "components": (
        *("component", "score_before", "rank_before", "score", "median", "gap", "rank", "change_score"),
        *("change_rank", "order", "of", "third_order", "score_low", "score_high"),
    ),
    "indicators": ("indicator", "value", "measure", "median", "rank", "change", "moved", "lead"),
}


def summary(build: SlideBuilder) -> Iterator[Slide]:
    """The key figures as cards above the sentences of the summary; what is missing where nothing is known."""
    chapter = build.chapter
    said = chapter.sentences(Section.SUMMARY)
    unknown = chapter.unknowns[:1] if not said else ()
    more = () if said else build.sentences("orders", "strongest", "course", "region")
    words = (*unknown, *said, *more)
    if not words:
        return
    otherwise = unknown[0].rstrip(".") if unknown else say(build.lang, "documents.section.summary")
    title = build.title("standing", "distance", otherwise=otherwise)
    told = [item for item in words if item.rstrip(".") != title]
    yield build.slide(
        "summary",
        Section.SUMMARY,
        title,
        source=build.source("history", "components", "peers", "region"),
        cards=cards(chapter, build.lang),
        words=tuple(Paragraph(item, bullet=True) for item in told),
        notes=speaker_notes(words),
    )


def history(build: SlideBuilder) -> Iterator[Slide]:
    """Line charts of ranks and of scores; a table where neither has two points."""
    chapter, lang = build.chapter, build.lang
    charts = tuple(
        chart for chart in (history_charts.ranks(chapter, lang), history_charts.scores(chapter, lang)) if chart
    )
    table = chapter.table("history")
    if not charts:
        yield from build.table_slide("history", Section.HISTORY, table, "course")
        return
    yield build.slide(
        "history",
        Section.HISTORY,
        build.title("course", otherwise=table.title if table else charts[0].caption),
        source=build.source("history"),
        charts=charts,
        notes=speaker_notes(build.sentences("course"), [table]),
    )


def components(build: SlideBuilder) -> Iterator[Slide]:
    """Scores beside the national median, ranks of two editions, and both as a table."""
    chapter, lang = build.chapter, build.lang
    bars, slope = component_charts.medians(chapter, lang), component_charts.slope(chapter, lang)
    yield from build.chart_slide(
        "medians", Section.COMPONENTS, bars, "components", ("medians",), "medians", "risen", "fallen"
    )
    yield from build.chart_slide("slope", Section.COMPONENTS, slope, "components", ("crossed",), "crossed")
    table = chapter.table("components")
    shown = None if table is None else subset(table, _SHOWN["components"])
    found = list(build.table_slide("components", Section.COMPONENTS, shown, "orders", "risen", "fallen"))
    yield from found
    if table is None:
        yield from build.text_slide(Section.COMPONENTS, "orders", "crossed")


def grid(build: SlideBuilder) -> Iterator[Slide]:
    """The table of components by edition: their ranks, or else their scores."""
    table = build.chapter.table("grid_rank") or build.chapter.table("grid_score")
    if table is not None:
        yield from build.table_slide("grid", Section.GRID, table, table.name, "strongest")


def change(build: SlideBuilder) -> Iterator[Slide]:
    """What moved the total, and what of the change of rank is the province's own."""
    chapter, lang = build.chapter, build.lang
    steps, shares = component_charts.contributions(chapter, lang), component_charts.shares(chapter, lang)
    beside = ("contributors", "kept", "change_noise")
    yield from build.chart_slide(
        "contributions", Section.CHANGE, steps, "contributions", ("contributors", "kept"), *beside
    )
    if shares is not None:
        yield from build.chart_slide(
            "shares", Section.CHANGE, shares, "contributions", ("reason", "kept"), "reason", "kept"
        )
    if steps is None and shares is None:
        yield from build.text_slide(Section.CHANGE, "contributors", "kept", "change_noise")


def gaps(build: SlideBuilder) -> Iterator[Slide]:
    """How far each component is behind, and which agency leads it."""
    chart = component_charts.gaps(build.chapter, build.lang)
    yield from build.chart_slide("gaps", Section.GAPS, chart, "gaps", ("weakest",), "weakest")
    table = build.chapter.table("gaps")
    yield from build.table_slide("leads", Section.GAPS, table, *(() if chart else ("weakest",)), "strongest")
    if table is None:
        yield from build.text_slide(Section.GAPS, "weakest")


def indicators(build: SlideBuilder) -> Iterator[Slide]:
    """How many got better in each component, and the lowest places."""
    chapter, lang = build.chapter, build.lang
    chart = component_charts.indicators(chapter, lang)
    table = chapter.table("indicators")
    worst = _lowest(chapter, table, lang) if table is not None else None
    if chart is not None:
        yield build.slide(
            "indicators",
            Section.INDICATORS,
            build.title("indicators", otherwise=chart.caption),
            source=build.source("indicators"),
            charts=(chart,),
            words=build.words("indicators", "indicators_worst"),
            notes=speaker_notes(build.sentences("indicators", "indicators_worst")),
        )
    yield from build.table_slide("lowest", Section.INDICATORS, worst, "indicators_worst")


def _lowest(chapter: Chapter, table: Table, lang: Language) -> Table | None:
    """The indicators in the last places."""
    if "rank" not in table.rows.columns:
        return None
    order = (
        table.rows.with_row_index("place").drop_nulls("rank").sort("rank", descending=True, maintain_order=True)
    )
    if order.is_empty():
        return None
    picked = subset(table, _SHOWN["indicators"], order["place"].head(LOWEST).to_list())
    about = {"index": chapter.index.name.in_(lang), "year": chapter.year, "name": chapter.name}
    title = say(lang, "deck.title.lowest", count=picked.rows.height, **about)
    return replace(picked, title=title)


def map_slide(build: SlideBuilder) -> Iterator[Slide]:
    """The map of the edition, where one was drawn."""
    if build.picture is None:
        return
    said = build.sentences("region")
    yield build.slide(
        "map",
        Section.NEIGHBOURS,
        build.picture.title,
        source=build.picture.source,
        picture=build.picture,
        words=tuple(Paragraph(item) for item in (build.picture.caption, *said) if item),
        notes=speaker_notes((build.picture.title, build.picture.caption, *said)),
    )


def neighbours(build: SlideBuilder) -> Iterator[Slide]:
    """The map, then region and peers side by side; tables where neither can be charted."""
    chapter, lang = build.chapter, build.lang
    yield from map_slide(build)
    charts = tuple(
        chart
        for name in ("region", "peers")
        if (chart := neighbour_charts.neighbours(chapter, name, lang)) is not None
    )
    tables = [chapter.table(name) for name in ("region", "peers")]
    if charts:
        yield build.slide(
            "neighbours",
            Section.NEIGHBOURS,
            build.title("region", "peers", otherwise=charts[0].caption),
            source=build.source("region", "peers"),
            charts=charts,
            remarks=tuple(dict.fromkeys(note for table in tables if table for note in sign_notes(table))),
            notes=speaker_notes(build.sentences("region", "peers", "no_near_peer"), tables),
        )
        return
    made = [
        slide
        for table in tables
        for slide in build.table_slide(table.name if table else "", Section.NEIGHBOURS, table)
    ]
    yield from made or build.text_slide(Section.NEIGHBOURS, "region", "peers")


def routes(build: SlideBuilder) -> Iterator[Slide]:
    """The route of least effort, and the share of it that falls to each agency."""
    chapter, lang = build.chapter, build.lang
    charts = tuple(chart for make in (route_charts.route, route_charts.agencies) if (chart := make(chapter, lang)))
    tables = [chapter.table(name) for name in ("routes", "agencies")]
    if charts:
        yield build.slide(
            "routes",
            Section.ROUTES,
            build.title("route", "agencies", otherwise=charts[0].caption),
            source=build.source("routes"),
            charts=charts,
            words=build.words("route", "odds"),
            notes=speaker_notes(build.sentences("route", "agencies", "odds"), tables),
        )
        return
    yield from build.text_slide(Section.ROUTES, "route")


def precedents(build: SlideBuilder) -> Iterator[Slide]:
    """Provinces that have made such a gain before."""
    table = build.chapter.table("precedents")
    keys = [item.key for item in build.chapter.findings if item.section == Section.PRECEDENTS]
    yield from build.table_slide("precedents", Section.PRECEDENTS, table, *keys)
    if table is None:
        yield from build.text_slide(Section.PRECEDENTS, *keys)


def remarks(build: SlideBuilder) -> Iterator[Slide]:
    """What the province wrote of its components."""
    words = remark_paragraphs(build.chapter, build.remarks, build.lang)
    if words:
        heading = say(build.lang, "deck.title.remarks", name=build.chapter.name)
        spoken = remark_lines(build.chapter, build.remarks, build.lang)
        yield Slide("remarks", build.chapter.title, heading, words=words, notes=spoken)


def unknown(build: SlideBuilder) -> Iterator[Slide]:
    """What is not known, and which sections are missing for that reason."""
    chapter, lang = build.chapter, build.lang
    found = {item.sentence for item in chapter.findings}
    reasons = (item.reason for item in chapter.absent if item.reason not in found)
    said = tuple(dict.fromkeys([*chapter.unknowns, *reasons]))
    if said:
        words = tuple(Paragraph(item, bullet=True) for item in said)
        yield Slide("unknown", chapter.title, say(lang, "deck.title.unknown"), words=words, notes=said)


def method(build: SlideBuilder) -> Iterator[Slide]:
    """How the figures were computed."""
    said = build.chapter.methods
    if said:
        heading = say(build.lang, "documents.section.method")
        words = tuple(Paragraph(item, bullet=True) for item in said)
        yield Slide("method", build.chapter.title, heading, words=words, notes=said)


MAKERS: dict[Section, Callable[[SlideBuilder], Iterator[Slide]]] = {
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
