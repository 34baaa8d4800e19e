"""The tables of what comes next: routes into the target group, each agency's share, and precedents."""

from __future__ import annotations

import polars as pl

from analytics.core.edition import agencies as led_by
from analytics.path.burden import burden
from dashboard.documents.content.component_tables import leads, mark_inferred
from dashboard.documents.content.draft import HOLLOW, Draft
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Absent, Table
from dashboard.subject import Subject
from dashboard.text import say
from dashboard.text.findings.components import agency
from dashboard.text.findings.routes import LEAST_EFFORT, route
from data import number

# So many rises of one component are listed: a conference reads no more.
SHOWN_RISES = 5


def routes(subject: Subject) -> Table | Absent:
    """Each route into the target group: component, from, to, gain, points of the total, precedent, who leads."""
    draft = Draft(subject, "routes", Section.ROUTES)
    answer = subject.planned
    if answer is None or answer.rows.is_empty():
        return _no_route(draft)
    lang = subject.lang
    rows = answer.rows.join(
        led_by(subject.frames, subject.index), on="component", how="left", maintain_order="left"
    )
    table = rows.select(
        pl.Series("route", [say(lang, f"route.{route}") for route in rows["route"]], dtype=pl.String),
        pl.Series("component", [draft.component(code) for code in rows["component"]], dtype=pl.String),
        *("from", "to", "gain", "points"),
        precedent="share",
        lead=leads(draft, rows),
    )
    draft.note(draft.say("note.precedent"))
    for note in answer.notes_only("other_units"):
        draft.note(note.in_(lang))
    mark_inferred(draft, rows)
    columns = (
        draft.column("route"),
        draft.column("component"),
        draft.column("from", "score"),
        draft.column("to", "score"),
        draft.column("gain", "change"),
        draft.column("points", "change"),
        draft.column("precedent", "percent"),
        draft.column("lead"),
    )
    return draft.table(columns, table, draft.source([subject.year]), top=answer.figures["top"])


def agencies(subject: Subject) -> Table | Absent:
    """Each agency's share in the route of least effort, the largest first."""
    draft = Draft(subject, "agencies", Section.ROUTES)
    answer = subject.planned
    if answer is None or answer.rows.is_empty():
        return _no_route(draft)
    lang = subject.lang
    rows = burden(subject.frames, subject.index, answer.rows).filter(route=LEAST_EFFORT)
    table = rows.select(
        pl.Series(
            "lead",
            [
                agency(after, before, lang, city=subject.city)
                for after, before in rows.select("lead_after", "lead_before").iter_rows()
            ],
            dtype=pl.String,
        ),
        pl.Series(
            "components",
            ["; ".join(draft.component(code) for code in codes) for codes in rows["components"]],
            dtype=pl.String,
        ),
        "points",
        "share",
    )
    draft.note(draft.say("note.least_effort", route=say(lang, f"route.{LEAST_EFFORT}")))
    for row, inferred in enumerate(rows["inferred"]):
        if inferred:
            draft.mark(row, "lead", f" {HOLLOW}")
            draft.note(draft.say("note.inferred", sign=HOLLOW))
    if rows["lead_after"].count():
        draft.note(draft.say("note.agencies"))
    columns = (
        draft.column("lead"),
        draft.column("components"),
        draft.column("points", "change"),
        draft.column("share", "percent"),
    )
    return draft.table(columns, table, draft.source([subject.year]), top=answer.figures["top"])


def _no_route(draft: Draft) -> Absent:
    """Why there is none: inside already, more than one edition brings, or too little known."""
    subject, found = draft.subject, draft.subject.distance
    top = subject.group_size
    if found is not None and found.inside:
        return draft.absent("inside", top=found.top)
    lang = subject.lang
    if subject.target is not None:
        said = route(subject.index, subject.name, subject.target, subject.planned, lang)
        if said is not None:
            return Absent(draft.name, draft.section, said[0])
    return draft.absent("routes", top=top)


def _no_precedent(draft: Draft) -> Absent:
    """Why there is none: no gap is known, no component is behind, or too little is known of other units."""
    answer = draft.subject.weakness
    known, of = (0, 0) if answer is None else (answer.rows["weighted_gap"].count(), answer.rows.height)
    if not known:
        return draft.absent("precedents")
    if draft.subject.largest_gaps:
        return draft.absent("few_precedents")
    return draft.absent("no_gap" if known == of else "no_gap_some")


def precedents(subject: Subject) -> Table | Absent:
    """Units that gained as much as the province is behind, on the components with the largest gaps."""
    draft = Draft(subject, "precedents", Section.PRECEDENTS)
    if not subject.precedents:
        return _no_precedent(draft)
    lang = subject.lang
    found, statuses = [], []
    kept = {True: say(lang, "target.precedents.held_yes"), False: say(lang, "target.precedents.held_no")}
    for code, answer in subject.precedents.items():
        rises = answer.rows.head(SHOWN_RISES)
        statuses.append(rises.height < answer.rows.height)
        found.append(
            rises.select(
                pl.lit(draft.component(code)).alias("component"),
                pl.col("name" if lang == "vi" else "name_en").alias("name"),
                *("from_year", "to_year", "from", "to", "gain", "rank_from", "rank_to", "total_gain"),
                held=pl.col("held").replace_strict(kept, default=number.MISSING, return_dtype=pl.String),
            )
        )
    table = pl.concat(found)
    if table.is_empty():
        return draft.absent("no_precedents")
    if any(statuses):
        draft.note(draft.say("note.shown", shown=SHOWN_RISES))
    columns = (
        draft.column("component"),
        draft.column("name"),
        draft.column("from_year", "year"),
        draft.column("to_year", "year"),
        draft.column("from", "score"),
        draft.column("to", "score"),
        draft.column("gain", "change"),
        draft.column("rank_from", "rank"),
        draft.column("rank_to", "rank"),
        draft.column("total_gain", "change"),
        draft.column("held"),
    )
    years = [*table["from_year"], *table["to_year"]]
    return draft.table(columns, table, draft.source(years))
