"""Trends: how a province's total, rank and components have gone from edition to edition."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.history import history
from analytics.core.ranking import ranking
from dashboard.charts.figure import Figure
from dashboard.figures import trends as figures
from dashboard.figures.trend_lines import OLD, TrendLines
from dashboard.figures.trends import Measure
from dashboard.html import cards
from dashboard.session import address
from dashboard.session.context import Context, context
from dashboard.session.returning_visitor import recall, remember
from dashboard.subject import Behind, Subject
from dashboard.text import sentences, trends
from dashboard.text.trends import TrendWording
from dashboard.views.trends.parameters import TrendParameters
from dashboard.widgets import filters, page_filters
from dashboard.widgets.background_filter import background_filter
from dashboard.widgets.chart_card import breathe, chart_card
from dashboard.widgets.notices import notices
from data.definition import OVERALL
from data.frames import Frames
from data.text import Language

# How many comparators there may be, and the cookie that remembers them, named like their parameter.
_MOST = 4
_REMEMBERED = TrendParameters.parameter("comparators")


def page() -> None:
    """Select, ask, draw."""
    at = context()
    parameters = TrendParameters.read()
    asked = tuple(_chosen(at)), parameters.behind
    opening = at.cached(_opening, *asked)
    st.set_page_config(page_title=f"{opening.title} · {at.say('product.name')}")
    unknown = [unit for unit in _asked(at) if unit not in _known(at)]
    said = notices(at)
    if unknown:
        names = ", ".join(_name(at, unit) if unit in at.resources.names.units else unit for unit in unknown)
        said.append(at.say("trends.no_comparators", names=names, units=OLD))
    if opening.no_peers:
        said.append(opening.no_peers)
    st.html(opening.heading + cards.notices(said, at.lang))
    if at.selection.province and at.unit_set == OLD:
        remember({_REMEMBERED: ",".join(_chosen(at)) or None})
    filters.show(at, "index", "year", "component", "province")
    if not at.selection.province:
        _start(at)
        return
    if at.unit_set == OLD:
        with st.container(horizontal=True, vertical_alignment="bottom", key="beside"):
            _choose_comparators(at)
            background_filter(at, parameters)
    else:
        _show(at, at.cached(_among_34, *asked))
    if not opening.known:
        st.html(at.cached(_nothing, *asked))
    else:
        _show(at, at.cached(_chart, *asked, "rank"))
        breathe()
        _show(at, at.cached(_chart, *asked, "score"))
    if opening.components:
        _by(at, parameters)
        _show(at, at.cached(_components, *asked, parameters.by))


def _name(at: Context, unit: str) -> str:
    return at.resources.names.name(unit).in_(at.lang)


def _show(at: Context, found: Figure | str) -> None:
    if isinstance(found, Figure):
        chart_card(found, at)
    elif found:
        st.html(found)


def _by(at: Context, asked: TrendParameters) -> None:
    """Whether the components are shown by score or by rank."""
    options = ("score", "rank")
    page_filters.one_of(at, asked, "by", options, at.say("trends.by"), lambda key: at.say(f"trends.by_{key}"))


@dataclass(frozen=True, slots=True)
class Opening:
    """The top of the page, and what there is to draw below it.

    no_peers: A sentence that the peers asked for are not known, else empty.
    known: Whether any figure of the total or the component is known.
    components: Whether any figure of a component is known.
    """

    title: str
    heading: Markup
    no_peers: str
    known: bool
    components: bool


def _opening(at: Context, comparators: tuple[str, ...], behind: Behind) -> Opening:
    lines = _lines(at, comparators, behind)
    title, background = _title(at, lines), lines.background
    alone = background.kind == "peers" and not background.units and lines.wording.own
    return Opening(
        title=title,
        heading=cards.heading(title, " ".join(_below(at, lines)), at.lang),
        no_peers=at.say("view.peers_none", name=lines.wording.name) if alone else "",
        known=not lines.drawn.filter(pl.col("unit").is_in(lines.ours)).is_empty(),
        components=not lines.components.is_empty(),
    )


def _among_34(at: Context, comparators: tuple[str, ...], behind: Behind) -> Figure | str:
    return figures.rank_among_34(_subject(at, comparators, behind)) or ""


def _chart(at: Context, comparators: tuple[str, ...], behind: Behind, what: Measure) -> Figure | str:
    """The chart of ranks or scores; a notice where none of them is known."""
    subject = _subject(at, comparators, behind)
    figure = figures.rank(subject) if what == "rank" else figures.score(subject)
    return figure or cards.notices([figures.title(_lines(at, comparators, behind), what)], at.lang)


def _components(at: Context, comparators: tuple[str, ...], behind: Behind, by: Measure) -> Figure | str:
    """The chart of the components; a notice where none of them is known."""
    subject = _subject(at, comparators, behind)
    return figures.components(subject, by) or cards.notices(
        [_lines(at, comparators, behind).wording.say("components_none")], at.lang
    )


def _subject(at: Context, comparators: tuple[str, ...], behind: Behind) -> Subject:
    return replace(at.subject(), comparators=comparators, behind=behind)


def _lines(at: Context, comparators: tuple[str, ...], behind: Behind) -> TrendLines:
    return TrendLines(_subject(at, comparators, behind))


def _asked(at: Context) -> list[str]:
    """The comparators that the address names; those last chosen in this browser, where it names none."""
    named = TrendParameters.read().comparators
    if named is None:
        named = TrendParameters.parse({_REMEMBERED: recall(_REMEMBERED) or ""}).comparators or ()
    return list(named)


def _known(at: Context) -> list[str]:
    """Every unit that may be a comparator, in the order of the alphabet."""
    return at.resources.ask(_alphabet, at.lang)


def _alphabet(frames: Frames, lang: Language) -> list[str]:
    units = frames.unit.filter(unit_set=OLD).select("unit", f"name_{lang}").rows()
    return [unit for unit, _ in sorted(units, key=lambda row: address.order(row[1]))]


def _chosen(at: Context) -> list[str]:
    """The comparators to draw."""
    known = {*_known(at)} - {at.selection.province}
    return [unit for unit in _asked(at) if unit in known][:_MOST]


def _choose_comparators(at: Context) -> None:
    options = [unit for unit in _known(at) if unit != at.selection.province]
    label, hint = at.say("trends.comparators"), at.say("trends.comparators_hint", most=_MOST)
    asked = TrendParameters.read()
    page_filters.several(
        asked, "comparators", options, _chosen(at), label, hint, _MOST, lambda unit: _name(at, unit)
    )


def _title(at: Context, lines: TrendLines) -> str:
    index = at.index.name.in_(at.lang)
    if not at.selection.province:
        return at.say("trends.start", index=index)
    if at.selection.component == OVERALL:
        return at.say("trends.title", name=lines.wording.name, index=index)
    component = at.index.component(at.selection.component).name.in_(at.lang)
    return at.say("trends.title_component", name=lines.wording.name, index=index, component=component)


def _below(at: Context, lines: TrendLines) -> list[str]:
    """What is known of the unit, and what its merger means for the page."""
    wording = lines.wording
    if not at.selection.province:
        return [at.say("trends.choose", word=at.index.component_word.in_(at.lang))]
    said = _own(at, wording)
    if wording.members:
        said.append(at.say("trends.members", name=wording.name, members=", ".join(wording.members.values())))
    elif wording.own != at.selection.province:
        said.append(at.say("trends.unmerged", name=wording.name))
    if wording.own:
        own = lines.drawn.filter(unit=wording.own)
        said += trends.known_years(wording, own, lines.years)
    return said


def _own(at: Context, wording: TrendWording) -> list[str]:
    """The standing of one of the 34 in its own editions; the charts are of the provinces before it."""
    chosen = at.selection
    if chosen.province is None or chosen.province not in at.resources.names.members:
        return []
    rows = at.resources.ask(history, chosen.province, chosen.index, chosen.component).rows
    return trends.own_editions(wording, rows)


def _start(at: Context) -> None:
    """No province chosen: where to begin."""
    whole = at.resources.ask(ranking, at.selection.index, at.selection.year, at.selection.component).rows
    if whole.is_empty():
        return
    rows = [whole.row(place, named=True) for place in sorted({0, whole.height // 2, whole.height - 1})]
    column = "name" if at.lang == "vi" else "name_en"
    links = [(str(row[column]), at.selection.link(province=row["unit"])) for row in rows]
    edition = sentences.edition(at.index, at.selection.year, at.selection.component, at.lang)
    st.html(cards.examples(at.say("trends.for_example", edition=edition), links, at.lang))


def _nothing(at: Context, comparators: tuple[str, ...], behind: Behind) -> Markup:
    """The empty state: nothing is known of the unit here, links to what is, and how to import figures."""
    lines = _lines(at, comparators, behind)
    known = lines.figures.filter(pl.col("unit").is_in(lines.ours), component=OVERALL)
    total = at.index.component(OVERALL).name.in_(at.lang)
    links = [] if known.is_empty() else [(total, at.selection.link(component=OVERALL))]
    title = at.say("trends.nothing", name=lines.wording.name, index=figures.what_is_drawn(lines.subject))
    command = at.say("empty.command", index=at.selection.index, year=at.selection.year)
    importing = (at.say("empty.import"), command)
    return cards.empty(title, [], at.say("trends.known"), links, importing, at.lang, at.selection.importing())
