"""One component in detail: its score, its agency, and its indicators."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from analytics.weakness.indicators import indicator_years, on_scale
from analytics.weakness.weakness import Against
from dashboard.charts.figure import Figure
from dashboard.figures import weakness as figures
from dashboard.html import agency, cards
from dashboard.html.markup import NOTHING, fragment, items, link, script, tag
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.text import weaknesses as words
from dashboard.views.weaknesses.indicator_table import indicator_table
from dashboard.views.weaknesses.parameters import WeaknessParameters
from dashboard.views.weaknesses.subject import answer_of, subject_of
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import chart_card
from data.text import Note, Text

# After a click on a component further up the page, the browser scrolls to this part and keeps it in view for 2.5
# s, while the page is rebuilt or reloaded; until the reader scrolls.
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


def draw(at: Context, against: Against, subject: Subject) -> tuple[Note, ...]:
    """Draw the component chosen, by default the weakest, and return the notes on its indicators."""
    wording, codes = subject.weakness_wording, answer_of(subject).rows["component"].to_list()
    st.html(tag("div.vb-part", script(_SCROLL)), unsafe_allow_javascript=True)
    asked, label = WeaknessParameters.read(), wording.say("part.choose")
    part = page_filters.one_of(at, asked, "part", codes, label, wording.short)
    st.html(at.cached(_facts, against, part))
    found = subject.indicators_of(part)
    if isinstance(found, Text):
        st.html(_without(at, subject, part, found))
        return ()
    figure = at.cached(_chart, against, part)
    if figure is not None:
        chart_card(figure, at)
    st.html(at.cached(_table, against, part))
    return found.notes


def _chart(at: Context, against: Against, part: str) -> Figure | None:
    return figures.indicators(subject_of(at, against), part)


def _table(at: Context, against: Against, part: str) -> Markup:
    subject = subject_of(at, against)
    wording, found = subject.weakness_wording, subject.indicators_of(part)
    assert not isinstance(found, Text)  # the page has asked
    placed = on_scale(found.rows)
    title = wording.say("drill.table", part=wording.component(part), count=placed.height)
    return fragment(
        cards.figure(title, at.lang, level=3),
        indicator_table(placed, wording.component(part), wording),
        cards.source(figures.source(subject), at.lang),
    )


def _facts(at: Context, against: Against, part: str) -> Markup:
    """Where a component stands, what it weighs, who answers for it, and where to read on."""
    subject = subject_of(at, against)
    wording, row = subject.weakness_wording, answer_of(subject).rows.filter(component=part).row(0, named=True)
    facts = [words.points_of(row, wording), words.standing_of(row, wording)]
    if row["weight"] is not None:
        facts.append(wording.say("part.weight", weight=words.share(row["weight"], at.lang)))
    facts += filter(None, [words.gap_facts(row, wording)])
    found, who = subject.agencies.get(part), NOTHING
    if found is not None:
        who = tag("p", wording.say("part.agency"), " ", agency.agency(found, at.lang, city=subject.city))
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


def _without(at: Context, subject: Subject, part: str, why: Text) -> Markup:
    """No indicators here: why, and the nearest edition that has them."""
    wording = subject.weakness_wording
    years = subject.ask(indicator_years, subject.unit, subject.index.code, part)
    near = min(years, key=lambda year: (abs(year - at.selection.year), -year), default=None)
    more = NOTHING
    if near is not None:
        named = wording.say("part.indicators_of", edition=f"{at.index.name.in_(at.lang)} {near}")
        more = fragment(" ", link(named, at.selection.link(year=near, part=part)))
    return tag("p.vb-none-here", why.in_(at.lang), more, lang=at.lang)
