"""One component from close by: its score, who answers for it, and its indicators."""

from __future__ import annotations

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.weakness.indicators import indicator_years, indicators, on_scale
from analytics.weakness.weakness import Against
from dashboard.charts.figure import Figure
from dashboard.figures import weakness as weakness_charts
from dashboard.html import agency, cards
from dashboard.html.markup import NOTHING, fragment, items, link, script, tag
from dashboard.session.context import Context
from dashboard.text import weaknesses as words
from dashboard.views.weaknesses.indicator_table import indicator_table
from dashboard.views.weaknesses.parameters import WeaknessParameters
from dashboard.views.weaknesses.view import View, view_of
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import chart_card
from data.frames import Frames
from data.text import Note, Problem, Text

# A link to a component further up changes what is shown here: the page goes along, until the reader moves it.
# For a while, since the page is taken apart and built anew in between, or even loaded again.
_SCROLL = """
if (!window.vuotbacPart) {
  window.vuotbacPart = true;
  const key = "vuotbac-part";
  let until = 0;
  const stop = () => { until = 0; sessionStorage.removeItem(key); };
  const turn = () => {
    if (Date.now() > until) return stop();
    const part = document.querySelector(".vb-part");
    if (part && Math.abs(part.getBoundingClientRect().top - 64) > 32) part.scrollIntoView();
    setTimeout(turn, 100);
  };
  const go = () => { until = Date.now() + 2500; turn(); };
  for (const kind of ["wheel", "touchstart", "keydown"]) document.addEventListener(kind, stop, { passive: true });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".vb-lists a, .vb-agencies a")) return;
    sessionStorage.setItem(key, Date.now());
    go();
  });
  if (Date.now() - Number(sessionStorage.getItem(key)) < 20000) go();
}
"""


def answered(frames: Frames, unit: str, index: str, year: int, part: str) -> tuple[Answer, pl.DataFrame] | Text:
    """The indicators of a component, and the same on one scale; or the sentence that says why there are none."""
    try:
        found = indicators(frames, unit, index, year, part)
    except Problem as problem:
        return problem.text
    return found, on_scale(found.rows)


def draw(view: View) -> tuple[Note, ...]:
    """The component chosen; the weakest one, where none is. Gives what must be read with it."""
    at, wording = view.at, view.wording
    codes = view.answer.rows["component"].to_list()
    st.html(tag("div.vb-part", script(_SCROLL)), unsafe_allow_javascript=True)
    asked, label = WeaknessParameters.read(), wording.say("part.choose")
    part = page_filters.one_of(at, asked, "part", codes, label, lambda code: short(view, code))
    st.html(at.cached(_facts, view.asked, part))
    chosen = at.selection
    found = at.resources.ask(answered, view.unit, chosen.index, chosen.year, part)
    if isinstance(found, Text):
        st.html(_without(view, part, found))
        return ()
    answer, _ = found
    figure = at.cached(_chart, view.asked, part)
    if figure is not None:
        chart_card(figure, at)
    st.html(at.cached(_table, view.asked, part))
    return answer.notes


def _placed(view: View, part: str) -> pl.DataFrame:
    chosen = view.at.selection
    found = view.at.resources.ask(answered, view.unit, chosen.index, chosen.year, part)
    assert not isinstance(found, Text)  # the page has asked
    return found[1]


def _chart(at: Context, against: Against, part: str) -> Figure | None:
    return weakness_charts.indicators(view_of(at, against).subject, part)


def _table(at: Context, against: Against, part: str) -> Markup:
    view = view_of(at, against)
    wording, placed = view.wording, _placed(view, part)
    title = wording.say("drill.table", part=wording.component(part), count=placed.height)
    return fragment(
        cards.figure(title, at.lang, level=3),
        indicator_table(placed, wording.component(part), wording),
        cards.source(weakness_charts.source(view.subject), at.lang),
    )


def short(view: View, part: str) -> str:
    """A component's short name, for a button."""
    return view.at.index.component(part).short.in_(view.at.lang)


def _facts(at: Context, against: Against, part: str) -> Markup:
    """Where a component stands, what it weighs, who answers for it, and where to read on."""
    view = view_of(at, against)
    wording, row = view.wording, view.answer.rows.filter(component=part).row(0, named=True)
    facts = [words.points_of(row, wording), words.standing_of(row, wording)]
    if row["weight"] is not None:
        facts.append(wording.say("part.weight", weight=words.share(row["weight"], at.lang)))
    facts += filter(None, [words.gap_facts(row, wording)])
    found, who = view.agencies.get(part), NOTHING
    if found is not None:
        who = tag("p", wording.say("part.agency"), " ", agency.agency(found, at.lang, city=view.city))
    here = at.selection.link(component=part)
    links = [
        (wording.say("part.to_trends", part=wording.component(part)), f"trends{here}"),
        (wording.say("part.to_rankings", part=wording.component(part)), f"rankings{here}"),
        (wording.say("part.to_target"), f"target{at.selection.link()}"),
    ]
    onward = tag(
        "nav",
        tag("ul", items(link(name, address) for name, address in links)),
        aria_label=wording.say("part.onward", part=wording.component(part)),
    )
    said = tag("p", f"{'; '.join(facts)}.")
    return tag("section.vb-about", tag("h2", wording.component(part)), said, who, onward, lang=at.lang)


def _without(view: View, part: str, why: Text) -> Markup:
    """No indicators here: why, and the nearest edition that has them."""
    at, wording = view.at, view.wording
    years = at.resources.ask(indicator_years, view.unit, at.selection.index, part)
    near = min(years, key=lambda year: (abs(year - at.selection.year), -year), default=None)
    more = NOTHING
    if near is not None:
        named = wording.say("part.indicators_of", edition=f"{at.index.name.in_(at.lang)} {near}")
        more = fragment(" ", link(named, at.selection.link(year=near, part=part)))
    return tag("p.vb-none-here", why.in_(at.lang), more, lang=at.lang)
