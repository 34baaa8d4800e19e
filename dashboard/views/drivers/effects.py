"""Which components go with new firms, investment, income or foreign investment a year later; nulls are shown."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
import streamlit as st
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.drivers.drivers import drivers
from analytics.drivers.outcomes import LAG, OUTCOMES, outcome_of, outcomes
from analytics.drivers.panel import LEAST_YEARS
from dashboard.figures import drivers as figures
from dashboard.session import pending
from dashboard.session.context import Context
from dashboard.session.pending import Pending
from dashboard.views.drivers import tables as driver_tables
from dashboard.views.drivers.frame import Choose, Links, head, lacking, link, notes, notices
from dashboard.views.drivers.parameters import DriverParameters
from dashboard.widgets import page_filters
from dashboard.widgets.chart_card import chart_card
from dashboard.widgets.waiting import waiting
from data import number
from data.definition import spans
from data.text import Problem

_CODES = tuple(item.code for item in OUTCOMES)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """An outcome and the years in which its figures can be compared with the index."""

    at: Context
    code: str
    carried: Answer

    @property
    def years(self) -> list[int]:
        """The years that have enough figures of both."""
        found: list[int] = self.carried.figures["years"][self.code]
        return found

    @property
    def section(self) -> bool:
        """Whether it is known in scattered years only, each of which stands alone."""
        return outcome_of(self.at.index, self.code).cross_section

    @property
    def enough(self) -> bool:
        """Whether there are enough years for an estimate."""
        return len(self.years) >= (1 if self.section else LEAST_YEARS)

    @property
    def year(self) -> int | None:
        """The year of a cross-section that the address asks for, else the last."""
        if not (self.section and self.years):
            return None
        asked = DriverParameters.read().year
        return asked if asked in self.years else self.years[-1]

    def say(self, key: str, **values: object) -> str:
        """A text of this part."""
        shown = self.years if self.year is None else [self.year]
        used = self.carried.rows.filter(pl.col("year").is_in(shown), outcome=self.code)["both"]
        given: dict[str, object] = {
            "index": self.at.index.name.in_(self.at.lang),
            "word": self.at.index.component_word.in_(self.at.lang),
            "outcome": self.at.say(f"drivers.result.{self.code}"),
            "years": spans(shown),
            "editions": spans(year - LAG for year in shown),
            "observations": number.whole(int(used.sum()), self.at.lang),
            "units": int(used.sum()),
        }
        return self.at.say(f"drivers.{key}", **(given | values))


def draw(at: Context, choose: Choose) -> None:
    """The title and the filters at once; then the estimates, which take seconds."""
    named = DriverParameters.read().outcome
    code = named if named in _CODES else _CODES[0]
    asked = Asked(at, code, at.resources.ask(outcomes, at.selection.index))
    if asked.enough:
        kind = "_section" if asked.section else ""
        head(at, asked.say(f"effects.title{kind}"), asked.say(f"effects.lead{kind}"))
    else:
        head(at, asked.say("effects.title_unknown"), "")
    choose("index", more=lambda: _which(asked))
    notices(at)
    if asked.enough:
        _answer(asked)
    else:
        st.html(_nothing(asked))


def _which(asked: Asked) -> None:
    """Which outcome; of a cross-section, in which year."""
    at = asked.at
    parameters, label = DriverParameters.read(), at.say("drivers.outcome_label")
    page_filters.one_of(at, parameters, "outcome", _CODES, label, lambda item: at.say(f"drivers.outcome.{item}"))
    if asked.section and len(asked.years) > 1:
        label = at.say("drivers.year_label")
        page_filters.one_number(at, parameters, "year", asked.years, asked.years[-1], label)


def _answer(asked: Asked) -> None:
    """The estimates, what they are good for, and all figures below."""
    at = asked.at
    try:
        found = pending.ask(at.resources, drivers, at.selection.index, asked.code, asked.year)
    except Problem as problem:
        st.html(lacking(at, at.say("drivers.missing"), [problem.text.in_(at.lang)], "", []))
        return
    if isinstance(found, Pending):
        waiting(found, at.say("drivers.computing"), at.lang)
        return
    subject = at.subject()
    chart_card(figures.effects(subject, found), at)
    left, right = st.columns(2, gap="medium")
    with left:
        chart_card(figures.skill(subject, found), at)
    with right:
        chart_card(figures.importance(subject, found), at)
    st.html(driver_tables.estimates(figures.wording_of(subject, found)))
    notes(at, found.notes)


def _nothing(asked: Asked) -> Markup:
    """Too few years: how many provinces the best year has, and which indices can be asked instead."""
    some = asked.carried.rows.filter(pl.col("both") > 0, outcome=asked.code)
    if some.is_empty():
        why = asked.say("lacking.why_none")
    else:
        best = some.sort("both", "year", descending=True).row(0, named=True)
        why = asked.say("lacking.why", **{name: best[name] for name in ("year", "both", "of")})
    lead = asked.at.say("drivers.elsewhere")
    return lacking(asked.at, asked.at.say("drivers.missing"), [why], lead, _others(asked))


def _others(asked: Asked) -> Links:
    """The same outcome with the other indices that have enough years."""
    at, links = asked.at, []
    for index in at.resources.frames.indices.values():
        other = Asked(at, asked.code, at.resources.ask(outcomes, index.code))
        if other.enough:
            said = asked.say("lacking.other", index=index.name.in_(at.lang), years=spans(other.years))
            year = at.resources.opening_year(index.code)
            links.append((said, link(at, index=index.code, year=year)))
    return links
