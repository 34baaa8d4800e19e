"""The tables of those a province is held against: its peers and its region."""

from __future__ import annotations

import polars as pl

from analytics.standing.peers import VARIABLES
from dashboard.documents.content.draft import Draft
from dashboard.documents.content.history_tables import mark_computed
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Absent, Table
from dashboard.subject import Subject
from dashboard.text import grammar
from dashboard.text.findings.standing import tier_name


def peers(subject: Subject) -> Table | Absent:
    """The province and its peers, best first: distance and what it is made of, score, rank and their changes.

    Peers chosen by hand have no distance (title `chosen`).
    """
    draft = Draft(subject, "peers", Section.NEIGHBOURS)
    chosen = bool(subject.peers)
    if not subject.peer_units:
        return draft.absent("peers")
    if not subject.ranked(subject.peer_units).select(_place().count()).item():
        return draft.absent("peers_scores")
    rows = subject.ranked([subject.unit, *subject.peer_units])
    if not chosen and subject.nearest_peers is not None:
        own = pl.DataFrame([subject.nearest_peers.figures["own"]]).select("unit", *VARIABLES)
        near = pl.concat([subject.nearest_peers.rows.select("unit", *VARIABLES, "distance"), own], how="diagonal")
        rows = rows.join(near, on="unit", how="left", maintain_order="left")
        draft.note(draft.say("note.distance", year=subject.nearest_peers.figures["data_year"]))
        draft.note(draft.say("note.context"))
    else:
        rows = rows.with_columns(pl.lit(None, pl.Float64).alias(key) for key in (*VARIABLES, "distance"))
    table = _standing(draft, rows, *VARIABLES, "distance")
    _without(draft, [unit for unit in subject.peer_units if unit not in set(rows["unit"])])
    columns = (
        draft.column("name"),
        draft.column("distance", "score", 2),
        draft.column("grdp_per_capita", "score", 1),
        draft.column("population_avg", "score", 1),
        draft.column("urban_share", "score", 1),
        draft.column("score", "score"),
        draft.column("change_score", "change"),
        draft.column("rank", "rank"),
        draft.column("change_rank", "change", 0),
    )
    source = draft.source([subject.year], [*rows["score_status"], *rows["rank_status"]])
    title = "chosen" if chosen else None
    return draft.table(columns, table, source, title=title, highlighted=_own(subject, rows))


def region(subject: Subject) -> Table | Absent:
    """The units of the province's region, best first: rank in the region, score, rank, their changes, group."""
    draft = Draft(subject, "region", Section.NEIGHBOURS)
    named, rows = subject.region_name, subject.ranked(subject.region_units)
    if not rows.select(_place().count()).item():
        return draft.absent("region", region=named)
    table = _standing(draft, rows)
    _without(draft, [unit for unit in subject.region_units if unit not in set(rows["unit"])])
    columns = (
        draft.column("name"),
        draft.column("rank_in_region", "rank"),
        draft.column("score", "score"),
        draft.column("change_score", "change"),
        draft.column("rank", "rank"),
        draft.column("change_rank", "change", 0),
        draft.column("tier"),
    )
    source = draft.source([subject.year], [*rows["score_status"], *rows["rank_status"]])
    return draft.table(columns, table, source, highlighted=_own(subject, rows), region=named)


def _place() -> pl.Expr:
    return pl.coalesce(pl.col("published_rank").cast(pl.Int64), "rank")


def _standing(draft: Draft, rows: pl.DataFrame, *more: str) -> pl.DataFrame:
    """Name, score, rank and changes of rows of `analytics.ranking`, with their signs."""
    subject = draft.subject
    lang = subject.lang
    table = rows.select(
        *more,
        *("rank_in_region", "score", "change_score", "change_rank"),
        name="name" if lang == "vi" else "name_en",
        rank=_place(),
        tier=pl.Series([tier_name(subject.index, tier, lang) for tier in rows["tier"]], dtype=pl.String),
    )
    draft.mark_status(table, "score", rows["score_status"])
    draft.mark_status(table, "rank", rows["rank_status"])
    mark_computed(draft, rows)
    if rows["change_rank"].count():
        draft.note(draft.say("note.change_rank"))
    return table


def _without(draft: Draft, units: list[str]) -> None:
    """A note with the units that the table leaves out, since nothing is known of them."""
    if units:
        names = grammar.listed([draft.subject.name_of(unit) for unit in units], draft.subject.lang)
        draft.note(draft.say("note.without", count=len(units), names=names))


def _own(subject: Subject, rows: pl.DataFrame) -> int | None:
    units = rows["unit"].to_list()
    return units.index(subject.unit) if subject.unit in units else None
