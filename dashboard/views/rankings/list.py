"""The ranking as a table: with the scores drawn on a strip, or the band of ranks by luck or by other weights.

The table is the same text whoever is chosen, and kept: a change of province sends it to nobody again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.core.coverage import unlisted
from analytics.core.ranking import ranking
from analytics.core.search import matching
from analytics.standing.noise_band import noise_band
from analytics.weights.robustness import robustness
from dashboard.html import cards
from dashboard.html import ranking as ranking_html
from dashboard.html.cells import Setting
from dashboard.html.markup import NOTHING, tag
from dashboard.html.ranking import Layout
from dashboard.html.strip_plot import Strip
from dashboard.session import address
from dashboard.session.address import Selection
from dashboard.session.context import Context
from dashboard.text import sentences
from dashboard.views.rankings.download import as_csv
from dashboard.views.rankings.parameters import Banded
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Problem, Text

_BANDS: dict[Banded, Callable[[Frames, str, int], Answer]] = {"luck": noise_band, "bands": robustness}


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """What a table shows: the rows of the region chosen, of the whole ranking, and how they are written."""

    index: Index
    whole: Answer
    rows: pl.DataFrame
    layout: Layout
    setting: Setting
    bands: Answer | None
    banded: Banded | None
    lost: tuple[str, ...]


def listing(frames: Frames, chosen: Selection, banded: Banded | None) -> Listing:
    """The ranking that a selection asks for; `banded`: with each rank's band by luck, or under other weights.

    Raises Problem where the bands cannot be computed.
    """
    index, asked = frames.index(chosen.index), (chosen.index, chosen.year, chosen.component)
    bands = None if banded is None else _BANDS[banded](frames, chosen.index, chosen.year)
    whole = ranking(frames, *asked)
    rows = ranking(frames, *asked, chosen.region).rows
    layout = Layout.of(whole.rows)
    if bands is not None:
        found = bands.rows.select("unit", rank_low="low", rank_high="high")
        rows = rows.join(found, on="unit", how="left", maintain_order="left")
        # The strip needs the room of a column that the standing card says for the chosen province.
        layout = replace(layout, bands=Strip(whole.coverage.of, 1), in_region=False)
    unit_set = index.edition(chosen.year).unit_set
    regions = frames.region.filter(unit_set=unit_set).select("region", "name_vi", "name_en")
    setting = Setting(
        lang=chosen.lang,
        places=index.score_decimals,
        regions={code: Text(vi, en) for code, vi, en in regions.iter_rows()},
        link=lambda unit: chosen.link(province=unit),
    )
    units = frames.unit.filter(unit_set=unit_set)
    lost = unlisted(units, whole.rows, chosen.year, whole.coverage.of)
    names = dict(units.select("unit", f"name_{chosen.lang}").iter_rows())
    named = tuple(sorted((names[unit] for unit in lost), key=address.order))
    return Listing(index, whole, rows, layout, setting, bands, banded, named)


def found(at: Context, banded: Banded | None = None) -> Listing:
    """The listing of the choice without its province: one for all provinces."""
    if banded != "bands" or at.resources.known(listing, _nobody(at), banded):
        return at.resources.ask(listing, _nobody(at), banded)
    # It takes a tenth of a second; on a slow machine readers see what they wait for.
    with st.spinner(at.say("rankings.drawing")):
        return at.resources.ask(listing, _nobody(at), banded)


def band_of(at: Context, unit: str, banded: Banded) -> dict[str, Any] | None:
    """A unit's band of ranks (a row of the answer behind it) and its `top`; None without one."""
    if at.selection.component != OVERALL:
        return None
    try:
        bands = found(at, banded).bands
    except Problem:
        return None
    own = bands.rows.filter(unit=unit) if bands is not None else pl.DataFrame()
    return own.row(0, named=True) | {"top": bands.figures["top"]} if bands is not None and own.height else None


def draw(at: Context, written: str, banded: Banded | None) -> None:
    """The table narrowed by the search, its notes, and its file."""
    refused = None if banded is None else _refused(at, banded)
    banded = banded if refused is None else None
    shown = found(at, banded)
    if refused is not None:
        st.html(cards.notices([refused], at.lang))
    if written:
        rows = matching(shown.rows, at.resources.names, written, at.unit_set)
        shown = replace(shown, rows=rows)
        above, below = _table(shown), _below(shown)
    else:
        above, below = at.resources.ask(_kept, _nobody(at), banded)
    st.html(above)
    st.html(below)
    _take_away(at, shown)


def below(at: Context) -> Markup:
    """The notes below a chart of the ranking."""
    return _below(found(at), sourced=False)


def _refused(at: Context, banded: Banded) -> str | None:
    """Why there are no bands here; None where there are some."""
    if at.selection.component != OVERALL:
        total = at.index.component(OVERALL).name.in_(at.lang)
        return at.say(f"rankings.{banded}_total", total=total)
    try:
        found(at, banded)
    except Problem as problem:
        return problem.text.in_(at.lang)
    return None


def _kept(frames: Frames, chosen: Selection, banded: Banded | None) -> tuple[Markup, Markup]:
    shown = listing(frames, chosen, banded)
    return _table(shown), _below(shown)


def _table(shown: Listing) -> Markup:
    setting = shown.setting
    if shown.rows.is_empty():
        return cards.notices([setting.say("rankings.no_match")], setting.lang)
    title = sentences.ranking_title(shown.index, shown.whole, setting.lang)
    return _stack(
        _finding(shown),
        ranking_html.legend(shown.layout, setting),
        ranking_html.ranking_table(shown.rows, shown.layout, setting, title),
    )


def _finding(shown: Listing) -> Markup:
    """What the bands say of the whole ranking, and what they are."""
    if shown.bands is None:
        return NOTHING
    say, figures = shown.setting.say, shown.bands.figures
    of = shown.whole.coverage.of
    counts = {"top": figures["top"], "sure": figures["sure"], "contested": figures["contested"], "of": of}
    said = (note.in_(shown.setting.lang) for note in shown.bands.notes_only("sensitivity", "noise_band"))
    how = " ".join((say(f"rankings.{shown.banded}_how"), *said))
    title = say(f"rankings.{shown.banded}", **counts)
    return tag("section.vb-finding", tag("h2", title), tag("p", how), lang=shown.setting.lang)


def _below(shown: Listing, *, sourced: bool = True) -> Markup:
    lang, say = shown.setting.lang, shown.setting.say
    lost = shown.lost
    return _stack(
        cards.missing(say("rankings.missing", count=len(lost)), lost, lang) if lost else NOTHING,
        ranking_html.footnotes(shown.rows, shown.setting),
        cards.notes(say("rankings.notes"), (note.in_(lang) for note in shown.whole.notes), lang),
        cards.source(sentences.source(shown.index, shown.whole, lang), lang) if sourced else NOTHING,
    )


def _take_away(at: Context, shown: Listing) -> None:
    chosen = at.selection
    st.download_button(
        at.say("control.download"),
        data=lambda: as_csv(shown.rows, shown.setting),
        file_name=f"{chosen.index}-{chosen.year}-{chosen.component}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _stack(*parts: Markup) -> Markup:
    """Pieces below each other as one, for one element costs less than five."""
    return tag("div.vb-stack", *parts)


def _nobody(at: Context) -> Selection:
    return replace(at.selection, province=None)
