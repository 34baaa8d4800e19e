"""Data: what is known, where a figure comes from, whether figures agree; a table in, files out."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import streamlit as st
from markupsafe import Markup

import analytics.core.coverage
from analytics.core.answer import Answer
from analytics.core.audit import audit
from analytics.core.coverage import coverage
from analytics.core.provenance import provenance
from analytics.core.ranking import ranking
from dashboard.figures.coverage import known_scores
from dashboard.html import cards
from dashboard.html.cells import Setting
from dashboard.html.markup import NOTHING, link, tag
from dashboard.html.parts import part, sentences
from dashboard.html.ranking import Layout
from dashboard.session.context import Context, context
from dashboard.text import sentences as words
from dashboard.views.data import audit as audit_html
from dashboard.views.data import coverage as coverage_html
from dashboard.views.data import figure as figure_html
from dashboard.views.data import files, history, importing, new_index
from dashboard.views.data.parameters import PARTS, DataParameters, Part
from dashboard.widgets import filters
from dashboard.widgets.chart_card import chart_card
from dashboard.widgets.notices import notices
from data import number
from data.definition import spans
from data.text import Problem


def page() -> None:
    """Select, ask, draw: one part of the page at a time, named in the address."""
    at = context()
    chosen = DataParameters.read().part
    title = at.say(f"data.title.{chosen}")
    st.set_page_config(page_title=f"{title} · {at.say('product.name')}")
    st.html(cards.heading(title, at.say(f"data.lead.{chosen}"), at.lang))
    _switch(at, chosen)
    said = cards.notices(notices(at), at.lang)
    if said:
        st.html(said)
    parts: dict[Part, Callable[[Context], None]] = {
        "coverage": _coverage,
        "figure": _figure,
        "audit": _audit,
        "import": importing.part,
        "index": new_index.part,
        "history": _history,
        "download": _download,
    }
    parts[chosen](at)


def address(at: Context, to: Part, **changed: str | int) -> str:
    """The address of a part of this page with something else chosen."""
    return at.selection.link(part=to, **changed)


def _switch(at: Context, chosen: Part) -> None:
    st.session_state["part"] = chosen
    st.pills(
        at.say("data.part_label"),
        PARTS,
        key="part",
        required=True,
        format_func=lambda item: at.say(f"data.part.{item}"),
        label_visibility="collapsed",
        on_change=_switched,
    )


def _switched() -> None:
    DataParameters.write(part=st.session_state["part"])


def _coverage(at: Context) -> None:
    """How much is known of every index, and of the chosen one edition by edition."""
    frames, lang = at.resources.frames, at.lang
    everything = pl.concat(at.resources.ask(coverage, code).rows for code in frames.indices)
    whole = analytics.core.coverage.by_index(everything)
    st.html(coverage_html.indices(whole, frames.indices, at.index.code, lambda code: _of_index(at, code), lang))
    filters.show(at, "index", "year")
    rows = at.resources.ask(coverage, at.index.code).rows
    chart_card(known_scores(at.subject()), at)
    st.html(
        coverage_html.edition(
            at.index, rows, at.selection.year, lambda code: address(at, "figure", component=code), lang
        )
    )
    _offer(at)


def _of_index(at: Context, code: str) -> str:
    """The address of another index: its own opening edition, its total."""
    year = at.resources.opening_year(code)
    return address(at, "coverage", index=code, year=year, component="overall")


def _figure(at: Context) -> None:
    """One figure of one province, and all that is known of where it comes from."""
    filters.show(at, "index", "year", "component", "province")
    chosen = at.selection
    if chosen.province is None:
        st.html(cards.notices([at.say("data.figure.choose")], at.lang))
        return
    try:
        answer = at.resources.ask(provenance, chosen.index, chosen.year, chosen.province, chosen.component)
    except Problem as problem:
        st.html(cards.notices([problem.text.in_(at.lang)], at.lang))
        return
    if answer.figures["figure"] is None:
        name = at.resources.names.name(chosen.province).in_(at.lang)
        what = words.edition(at.index, chosen.year, chosen.component, at.lang)
        notes = sentences((note.in_(at.lang) for note in answer.notes), at.lang)
        title = at.say("data.figure.none_title", what=what, name=name)
        st.html(part(title, notes, _other_years(at, answer.figures["years"]), lang=at.lang))
        _offer(at)
        return
    st.html(_standing(at, answer))
    st.html(
        figure_html.figure(at.index, answer, at.lang)
        + figure_html.readings(at.index, answer, at.lang)
        + figure_html.sources(answer, at.lang)
    )


def _standing(at: Context, answer: Answer) -> Markup:
    """The figure as the ranking page shows it, and what must be read with it."""
    chosen = at.selection
    whole = at.resources.ask(ranking, chosen.index, chosen.year, chosen.component)
    row = whole.rows.filter(unit=chosen.province).row(0, named=True)
    setting = Setting(
        lang=at.lang,
        places=at.index.score_decimals,
        regions=at.regions(),
        link=lambda unit: address(at, "figure", province=unit),
    )
    own = setting.note(row)  # the card says it itself
    notes = (said for note in answer.notes if (said := note.in_(at.lang)) != own)
    return cards.standing(row, whole.coverage.of, Layout.of(whole.rows).ordered, notes, setting)


def _other_years(at: Context, years: list[int]) -> Markup:
    """Links to the editions in which this figure is known."""
    if not years:
        return NOTHING
    links = Markup(" · ").join(link(str(year), address(at, "figure", year=year)) for year in years)
    return tag("p", at.say("data.figure.elsewhere"), " ", links)


def _audit(at: Context) -> None:
    """Whether the figures of the chosen index agree with themselves."""
    filters.show(at, "index", "year")
    with st.spinner(at.say("data.audit.running")):
        answer = at.resources.ask(audit, at.index.code)
    index, year, lang = at.index, at.selection.year, at.lang
    st.html(
        audit_html.finding(index, answer, lang)
        + audit_html.editions(index, answer, year, lambda item: address(at, "audit", year=item), lang)
        + audit_html.weights(index, answer, year, lang)
        + audit_html.findings(index, answer, year, at.resources.names, lang)
    )
    st.html(cards.source(at.say("data.audit.source", publisher=index.publisher.in_(lang)), lang))


def _history(at: Context) -> None:
    """What was entered, by whom, and what stood before."""
    rows, frames, names, lang = at.resources.history, at.resources.frames, at.resources.names, at.lang
    st.html(history.entries(rows, frames, names, lang))
    if not rows.is_empty():
        st.download_button(
            at.say("data.history.get"),
            data=lambda: history.file(rows, frames, names, lang),
            file_name=at.say("data.history.file"),
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="history-file",
        )


def _download(at: Context) -> None:
    """The edition, the whole index and its sources as files, each made on the click."""
    filters.show(at, "index", "year")
    index, year, lang, frames = at.index, at.selection.year, at.lang, at.resources.frames
    mine = frames.score.filter(index=index.code)
    here = mine.filter(year=year).height
    edition = f"{index.name.in_(lang)} {year}"
    if here:
        about = at.say("data.download.edition_about", rows=here)
        _file(at, edition, about, f"{index.code}-{year}.csv", lambda: files.figures(frames, index, year, lang))
    else:
        st.html(part(edition, at.say("data.download.empty"), lang=lang))
    rows = number.whole(mine.height, lang)
    _file(
        at,
        at.say("data.download.whole", index=index.name.in_(lang)),
        at.say("data.download.whole_about", rows=rows, years=spans(mine["year"].unique())),
        f"{index.code}.csv",
        lambda: files.figures(frames, index, None, lang),
    )
    sources = frames.source.filter(collection=index.code).height
    _file(
        at,
        at.say("data.download.sources", index=index.name.in_(lang)),
        at.say("data.download.sources_about", rows=sources),
        f"{index.code}-{at.say('column.source').lower()}.csv",
        lambda: files.sources(frames, index, lang),
    )
    cite = at.say("data.download.cite", publisher=index.publisher.in_(lang), index=index.name.in_(lang))
    st.html(sentences([cite, at.say("data.download.format")], lang))
    _offer(at)


def _file(at: Context, title: str, about: str, name: str, made: Callable[[], bytes]) -> None:
    with st.container(gap="xxsmall", key=f"download-{name}"):
        st.html(part(title, about, lang=at.lang))
        st.download_button(
            at.say("data.download.get"),
            data=made,
            file_name=name,
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"file-{name}",
        )


def _offer(at: Context) -> None:
    """The way to bring in what is missing."""
    offer = link(at.say("data.offer_import"), address(at, "import"))
    st.html(tag("p.vb-offer", offer, lang=at.lang))
