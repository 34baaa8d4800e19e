"""How the figures of a pack were computed: sentences for the annex."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.path.precedent import CALIPER
from dashboard.documents.content.findings import Finding
from dashboard.documents.content.table import Table
from dashboard.subject import Subject
from dashboard.text import grammar, say
from data import number

# Columns that hold a rank, and those that hold a change of one.
_RANKS = frozenset({"rank", "rank_before", "rank_after", "rank_in_region", "rank_from", "rank_to"})
_MOVED = "change_rank"
_MEDIANS = frozenset({"median", "median_before"})


def methods(subject: Subject, tables: Sequence[Table], findings: Sequence[Finding]) -> tuple[str, ...]:
    """Publisher, weights, and the method of every figure shown in tables and findings."""
    return (*_sources(subject), *_applied(subject, tables, findings))


def _sources(subject: Subject) -> Iterator[str]:
    index, lang = subject.index, subject.lang
    word = grammar.component_words(index, 1, lang)
    yield say(
        lang,
        "documents.method.source",
        index=index.name.in_(lang),
        full=index.full_name.in_(lang),
        publisher=index.publisher.in_(lang),
    )
    regime = index.regime(subject.year)
    # Weights that aren't known are listed among the unknowns.
    if regime.components and all(index.weight(code, subject.year) is not None for code in regime.components):
        yield say(lang, f"documents.method.weights_{regime.weight_status}", word=word)
    if regime.note is not None and regime.weight_status != "assumed":
        yield regime.note.in_(lang)


def _applied(subject: Subject, tables: Sequence[Table], findings: Sequence[Finding]) -> Iterator[str]:
    """One sentence per method, in the order of the sections, where there is a figure that it made."""
    names = {table.name for table in tables}
    columns = {column.key for table in tables for column in table.columns}
    keys = {item.key.partition(".")[0] for item in findings}
    split = subject.change is not None and subject.change.figures["own"] is not None
    by_peers = subject.weakness is not None and subject.weakness.figures["against"] == "peers"
    near = not subject.peers
    shown = {
        "rank": bool(columns & _RANKS) or "grid_rank" in names or "standing" in keys,
        "change_rank": _MOVED in columns or (split and "reason" in keys),
        "comparable": bool({"history", "grid_score"} & names) or "change_score" in columns,
        "median": bool(columns & _MEDIANS) or bool(keys & {"medians"}),
        "contribution": "contributions" in names or "contributors" in keys,
        "split": split and bool(keys & {"reason"}),
        "gap": "gaps" in names,
        "agencies": "lead" in columns or ("weakest" in keys and _led(subject)),
        "indicators": "indicators" in names,
        "peers": near and ("peers" in names or "peers" in keys or (by_peers and "gaps" in names)),
        "routes": "routes" in names or "route" in keys,
        "odds": "odds" in keys,
        "noise": bool(keys & {"noise", "change_noise"}),
        "precedents": "precedents" in names or "precedent" in keys,
    }
    lang = subject.lang
    for key, is_shown in shown.items():
        if is_shown:
            yield say(lang, f"documents.method.{key}", near=number.decimal(CALIPER, 1, lang))


def _led(subject: Subject) -> bool:
    return subject.weakness is not None and subject.weakness.rows["lead_after"].count() > 0
