"""The tables of the components: two editions beside the median, what moved the total, gaps and who leads."""

from __future__ import annotations

import polars as pl

from analytics.change.change import REMAINDER
from analytics.path.setting import PERCENTAGE_POINT
from dashboard.documents.content import unknown
from dashboard.documents.content.draft import HOLLOW, Draft
from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Absent, Column, Table
from dashboard.subject import Subject
from dashboard.text import texts
from dashboard.text.findings.change import shown_rows
from dashboard.text.findings.components import INFERRED, agency, reference
from data.definition import OVERALL

# Values of indicators are printed with up to six digits; two decimals tell them apart.
_INDICATOR_DECIMALS = 2


def components(subject: Subject) -> Table | Absent:
    """Each component in two editions: score, median, rank; changes and the third of the ranking; the total last.

    Where only the order is known: order and the bounds of the score (title `orders`).
    """
    draft = Draft(subject, "components", Section.COMPONENTS)
    answer = subject.comparison
    if answer is None or not answer.coverage.known:
        return Absent(draft.name, draft.section, unknown.components(subject))
    rows = answer.rows.filter(pl.any_horizontal(pl.col("score", "score_low", "rank", "order").is_not_null()))
    ordered = not rows["rank"].count() and rows["order"].count() > 0
    codes, previous = rows["component"].to_list(), answer.figures["previous_year"]
    for suffix, year in (("", subject.year), ("_before", previous)):
        if year is not None:
            draft.mark_own(rows, f"score{suffix}", codes, year, "score")
            draft.mark_own(rows, f"rank{suffix}", codes, year, "rank")
    named = rows.with_columns(
        component=pl.Series([draft.component(code) for code in rows["component"]], dtype=pl.String),
        third=pl.Series(
            [None if third is None else draft.say(f"cell.third_{third}") for third in rows["third"]],
            dtype=pl.String,
        ),
    )
    if ordered:
        draft.note(draft.say("note.order"))
        return draft.table(_ordered(draft), named, draft.source([subject.year]), title="orders")
    if rows["third"].count():
        draft.note(draft.say("note.third"))
    if rows["change_rank"].count():
        draft.note(draft.say("note.change_rank"))
    highlighted = named.height - 1 if codes[-1] == OVERALL else None
    source = draft.source([subject.year] if previous is None else [previous, subject.year])
    closing = highlighted is not None and named.height > 1
    columns = _two_editions(draft, previous)
    return draft.table(columns, named, source, highlighted=highlighted, closing=closing)


def _two_editions(draft: Draft, before: int | None) -> tuple[Column, ...]:
    now = draft.say("column.before")
    then = "" if before is None else draft.say("column.before", year=before)
    return (
        draft.column("component"),
        draft.column("score_before", "score", heading="score", group=then),
        draft.column("median_before", "score", heading="median", group=then),
        draft.column("rank_before", "rank", heading="rank", group=then),
        draft.column("score", "score", group=now),
        draft.column("median", "score", group=now),
        draft.column("gap", "change", group=now),
        draft.column("rank", "rank", group=now),
        draft.column("third", group=now),
        draft.column("change_score", "change"),
        draft.column("change_rank", "change", 0),
    )


def _ordered(draft: Draft) -> tuple[Column, ...]:
    return (
        draft.column("component"),
        draft.column("order", "rank"),
        draft.column("of", "whole"),
        draft.column("third"),
        draft.column("score", "score"),
        draft.column("score_low", "score", heading="low"),
        draft.column("score_high", "score", heading="high"),
    )


def contributions(subject: Subject) -> Table | Absent:
    """What each component added to the change of the total, the remainder and the sum, which is highlighted."""
    draft = Draft(subject, "contributions", Section.CHANGE)
    answer, previous = subject.change, subject.index.previous(subject.year)
    if previous is None or previous.unit_set != subject.edition.unit_set:
        return draft.absent("first", units=subject.edition.unit_set)
    if not subject.index.comparable(previous.year, subject.year):
        return draft.absent("method", before=previous.year)
    if answer is None or not answer.rows.filter(pl.col("component") != REMAINDER)["contribution"].count():
        return draft.absent("contributions", before=previous.year)
    figures = answer.figures
    rows = shown_rows(subject.index, answer)
    total = pl.DataFrame(
        {
            "component": ["sum"],
            "before": [figures["score_before"]],
            "after": [figures["score_after"]],
            "change": [figures["score_change"]],
            "contribution": [figures["score_change"]],
            "rank_before": [figures["rank_before"]],
            "rank_after": [figures["rank_after"]],
            "change_rank": [figures["rank_change"]],
        },
        schema_overrides=dict(rows.schema),
    )
    table = pl.concat([rows, total], how="diagonal").with_columns(
        component=pl.Series([_row_name(draft, code) for code in [*rows["component"], "sum"]], dtype=pl.String)
    )
    codes = [OVERALL if code == "sum" else code for code in [*rows["component"], "sum"]]
    for suffix, year in (("before", previous.year), ("after", subject.year)):
        draft.mark_own(table, suffix, codes, year, "score")
        draft.mark_own(table, f"rank_{suffix}", codes, year, "rank")
    if table["change_rank"].count():
        draft.note(draft.say("note.change_rank"))
    columns = (
        draft.column("component"),
        draft.column("weight_after", "percent", heading="weight"),
        draft.column("before", "score", heading="score_before", year=previous.year),
        draft.column("after", "score", heading="score_before"),
        draft.column("change", "change", heading="change_score"),
        draft.column("contribution", "change"),
        draft.column("rank_before", "rank", year=previous.year),
        draft.column("rank_after", "rank", heading="rank_before"),
        draft.column("change_rank", "change", 0),
    )
    source = draft.source([previous.year, subject.year])
    return draft.table(columns, table, source, highlighted=table.height - 1, closing=True)


def _row_name(draft: Draft, code: str) -> str:
    return draft.say(f"cell.{code}") if code in (REMAINDER, "sum") else draft.component(code)


def gaps(subject: Subject) -> Table | Absent:
    """Each component's distance to the reference, the largest in points of the total first, and who leads."""
    draft = Draft(subject, "gaps", Section.GAPS)
    answer = subject.weakness
    if answer is None:
        known = subject.comparison is not None and subject.comparison.coverage.known > 0
        if known and subject.no_weakness:
            return Absent(draft.name, draft.section, subject.no_weakness.in_(subject.lang))
        return draft.absent("gaps")
    rows = answer.rows
    if not rows["reference"].count():
        return draft.absent("no_reference")
    lang = subject.lang
    against = reference(answer, bool(subject.peers), lang)
    rows = rows.filter(pl.col("score").is_not_null())
    table = rows.select(
        pl.Series("component", [draft.component(code) for code in rows["component"]], dtype=pl.String),
        "score",
        pl.coalesce(pl.col("published_rank").cast(pl.Int64), "rank").alias("rank"),
        "reference",
        behind="gap",
        weighted_gap="weighted_gap",
        lead=leads(draft, rows),
    )
    codes = rows["component"].to_list()
    draft.mark_own(table, "score", codes, subject.year, "score")
    draft.mark_own(table, "rank", codes, subject.year, "rank")
    if (table["behind"] < 0).any():
        draft.note(draft.say("note.behind"))
    mark_inferred(draft, rows)
    columns = (
        draft.column("component"),
        draft.column("score", "score"),
        draft.column("rank", "rank"),
        draft.column("reference", "score"),
        draft.column("behind", "score"),
        draft.column("weighted_gap", "score"),
        draft.column("lead"),
    )
    return draft.table(columns, table, draft.source([subject.year]), reference=against)


def leads(draft: Draft, rows: pl.DataFrame) -> pl.Series:
    """The agency that leads each component today, its predecessor in brackets; null where none is known."""
    subject = draft.subject
    return pl.Series(
        "lead",
        [
            None if after is None else agency(after, [before], subject.lang, city=subject.city)
            for after, before in rows.select("lead_after", "lead_before").iter_rows()
        ],
        dtype=pl.String,
    )


def mark_inferred(draft: Draft, rows: pl.DataFrame, key: str = "lead") -> None:
    """A hollow sign on agencies that are inferred from their mandate, and the notes on agencies."""
    for row, evidence in enumerate(rows["agency_evidence"]):
        if evidence == INFERRED:
            draft.mark(row, key, f" {HOLLOW}")
            draft.note(draft.say("note.inferred", sign=HOLLOW))
    if rows["lead_after"].count():
        draft.note(draft.say("note.agencies"))


def indicators(subject: Subject) -> Table | Absent:
    """Every indicator: component, unit, value, median, lowest, highest, rank, change, direction, who leads.

    Shares are printed in per cent and their changes in percentage points.
    """
    draft = Draft(subject, "indicators", Section.INDICATORS)
    answer = subject.indicators
    if answer is None or not answer.rows["value"].count():
        return draft.absent("indicators")
    lang, words = subject.lang, texts(subject.lang)
    rows = answer.rows.filter(pl.col("value").is_not_null())
    shares = [measure in PERCENTAGE_POINT and PERCENTAGE_POINT[measure] < 1 for measure in rows["measure"]]
    factor = pl.Series([100.0 if share else 1.0 for share in shares])
    table = rows.select(
        pl.Series("component", [draft.component(code) for code in rows["component"]], dtype=pl.String),
        pl.col(f"name_{lang}").alias("indicator"),
        pl.Series(
            "measure",
            [
                words["documents.cell.percent"] if share else words.get(f"measure.{measure}", measure)
                for share, measure in zip(shares, rows["measure"], strict=True)
            ],
            dtype=pl.String,
        ),
        *((pl.col(key) * factor).alias(key) for key in ("value", "median", "lowest", "highest")),
        "rank",
        "of",
        (pl.col("change") * factor).alias("change"),
        "previous_year",
        pl.Series(
            "moved",
            [None if moved is None else draft.say(f"cell.{moved}") for moved in rows["moved"]],
            dtype=pl.String,
        ),
        lead=leads(draft, rows),
    )
    if any(shares) and table["change"].count():
        draft.note(draft.say("note.points"))
    mark_inferred(draft, rows)
    columns = (
        draft.column("component"),
        draft.column("indicator"),
        draft.column("measure"),
        draft.column("value", "number", _INDICATOR_DECIMALS),
        draft.column("median", "number", _INDICATOR_DECIMALS, heading="middle"),
        draft.column("lowest", "number", _INDICATOR_DECIMALS),
        draft.column("highest", "number", _INDICATOR_DECIMALS),
        draft.column("rank", "rank"),
        draft.column("of", "whole"),
        draft.column("change", "change"),
        draft.column("previous_year", "year", heading="since"),
        draft.column("moved"),
        draft.column("lead"),
    )
    return draft.table(columns, table, draft.source([subject.year]))
