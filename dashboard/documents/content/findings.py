"""The findings of a pack, in order, and what isn't known: sentences, each where enough is known for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from analytics.path.burden import burden
from dashboard.documents.content import unknown
from dashboard.documents.content.history_tables import ends
from dashboard.documents.content.specification import EVERYTHING, Section
from dashboard.subject import Subject
from dashboard.text import change as titles
from dashboard.text import grammar, say, sentences
from dashboard.text.findings import change, components, indicators, neighbours, routes, standing
from data.definition import OVERALL


@dataclass(frozen=True, slots=True)
class Finding:
    """A true sentence of a section, by a key, and a short form of it for a title where there is one."""

    key: str
    section: Section
    sentence: str
    headline: str | None = None


def findings(subject: Subject, contents: Sequence[Section] = EVERYTHING) -> list[Finding]:
    """The findings that enough is known for, in the order of the contents."""
    makers = {
        Section.SUMMARY: _summary,
        Section.HISTORY: _history,
        Section.COMPONENTS: _components,
        Section.GRID: _grid,
        Section.CHANGE: _change,
        Section.GAPS: _gaps,
        Section.INDICATORS: _indicators,
        Section.NEIGHBOURS: _neighbours,
        Section.ROUTES: _routes,
        Section.PRECEDENTS: _precedents,
    }
    found = []
    for section in contents:
        if section in makers:
            for key, said in makers[section](subject):
                sentence, headline = (said, None) if isinstance(said, str) else said
                found.append(Finding(key, section, sentence, headline or None))
    return found


Said = tuple[str, str | tuple[str, str | None]]


def _some(key: str, said: str | tuple[str, str] | tuple[str, str | None] | None) -> Iterator[Said]:
    if said is not None:
        yield key, said


def _summary(subject: Subject) -> Iterator[Said]:
    index, lang, name = subject.index, subject.lang, subject.name
    row = subject.row
    if row is not None:
        sentence = standing.standing(index, name, row, subject.region_ranked, lang)
        if sentence is not None:
            yield "standing", (sentence, standing.standing_headline(index, name, row, lang))
    if subject.change is not None:
        sentence = change.reason(index, name, subject.change, lang)
        if sentence is not None:
            yield "reason", (sentence, change.reason_headline(name, subject.change, lang))
    if subject.distance is not None:
        yield from _some("distance", standing.distance(index, name, subject.distance, lang))
        yield from _some("noise", standing.noise(index, subject.distance, subject.noise_points, lang))
    if subject.target is not None:
        yield from _some("odds", routes.odds(name, subject.target, lang))


def _history(subject: Subject) -> Iterator[Said]:
    said = standing.course(subject.index, subject.name, subject.totals, subject.lang)
    yield from _some("course", said)


def _components(subject: Subject) -> Iterator[Said]:
    index, lang = subject.index, subject.lang
    if subject.comparison is not None:
        rows = subject.comparison.rows
        named = sentences.edition(index, subject.year, OVERALL, lang)
        yield from _some("orders", components.orders(index, subject.name, rows, named, lang))
        yield from _some("medians", components.medians(index, rows, lang))
    if subject.change is not None:
        yield from _some("crossed", components.crossed(index, subject.change, lang))
        yield from _some("risen", components.mover(index, subject.change, True, lang))
        yield from _some("fallen", components.mover(index, subject.change, False, lang))


def _grid(subject: Subject) -> Iterator[Said]:
    for what in ("score", "rank"):
        found = ends(subject, what == "score")
        if found is not None:
            said = components.moves(subject.index, what, *found, subject.lang)
            yield from _some(f"grid_{what}", said)


def _change(subject: Subject) -> Iterator[Said]:
    if subject.change is None:
        return
    index, lang, name = subject.index, subject.lang, subject.name
    yield from _some("contributors", change.contributors(index, name, subject.change, lang))
    yield from _some("kept", change.kept(index, name, subject.change, lang))
    if subject.change_wording is not None:
        moved = subject.change.figures["score_change"]
        yield from _some("change_noise", titles.noise(moved, subject.noise_band, subject.change_wording))


def _gaps(subject: Subject) -> Iterator[Said]:
    if subject.weakness is None:
        return
    index, lang, name = subject.index, subject.lang, subject.name
    against = components.reference(subject.weakness, bool(subject.peers), lang)
    said = components.weakest(index, name, subject.weakness, against, lang, city=subject.city)
    yield from _some("weakest", said)
    yield from _some("strongest", components.strongest(index, name, subject.weakness, lang))


def _indicators(subject: Subject) -> Iterator[Said]:
    if subject.indicators is None:
        return
    lang = subject.lang
    yield from _some("indicators", indicators.indicators(subject.indicators, lang))
    yield from _some("indicators_worst", indicators.worst_indicators(subject.indicators, lang))


def _neighbours(subject: Subject) -> Iterator[Said]:
    index, lang, name = subject.index, subject.lang, subject.name
    own = subject.ranked([subject.unit])
    if own.is_empty():
        return
    if subject.behind == "region":
        said = neighbours.region(
            index, subject.unit, subject.ranked(subject.region_units), subject.region_name, lang
        )
        yield from _some("region", said)
    row, chosen = own.row(0, named=True), bool(subject.peers)
    yield from _some("peers", neighbours.peers(name, row, subject.ranked(subject.peer_units), chosen, lang))
    if subject.nearest_peers is not None and not chosen:
        yield from _some("no_near_peer", neighbours.no_near_peer(name, subject.nearest_peers, lang))


def _routes(subject: Subject) -> Iterator[Said]:
    if subject.target is None or subject.planned is None:
        return
    index, lang = subject.index, subject.lang
    yield from _some("route", routes.route(index, subject.name, subject.target, subject.planned, lang))
    shares = burden(subject.frames, index, subject.planned.rows)
    yield from _some("agencies", routes.agencies(shares, lang, city=subject.city))


def _precedents(subject: Subject) -> Iterator[Said]:
    for code, answer in subject.precedents.items():
        yield (
            f"precedent.{code}",
            routes.precedent(subject.index, subject.name, answer, subject.lang),
        )


def unknowns(subject: Subject) -> list[str]:
    """Sentences on what isn't known of the province in the edition, or only derived."""
    return [*_unknown_total(subject), *_unknown_parts(subject), *_edition_notes(subject)]


def _unknown_total(subject: Subject) -> Iterator[str]:
    index, lang = subject.index, subject.lang
    about = {
        "name": subject.name,
        "edition": sentences.edition(index, subject.year, OVERALL, lang),
    }
    row = subject.row
    rank = sentences.shown_rank(row) if row is not None else None
    if row is None or (rank is None and row["score"] is None):
        yield unknown.total(subject)
    elif row["score"] is None:
        yield say(lang, "documents.unknown.score", **about)
    elif rank is None:
        yield say(lang, "documents.unknown.rank", **about)
    if row is not None and row["score_status"] == "derived" and row["published_score"] is None:
        yield say(lang, "documents.unknown.derived", **about)
    if row is not None and row["published_rank"] is None and row["rank"] is not None:
        yield say(lang, "documents.unknown.computed", of=row["of"], **about)
    ranking = subject.ranking
    if 0 < ranking.coverage.known < ranking.coverage.of:
        known = {"known": ranking.coverage.known, "of": ranking.coverage.of}
        yield say(lang, "documents.unknown.partial", **known, **about)


def _unknown_parts(subject: Subject) -> Iterator[str]:
    index, lang = subject.index, subject.lang
    about = {"name": subject.name, "edition": sentences.edition(index, subject.year, OVERALL, lang)}
    word = grammar.component_words(index, 1, lang)
    if subject.comparison is not None:
        parts = subject.comparison.rows.filter(pl.col("component") != OVERALL)
        missing = parts.filter(pl.all_horizontal(pl.col("score", "rank", "order").is_null()))["component"]
        if len(missing) == parts.height and parts.height:
            yield unknown.components(subject)
        elif len(missing):
            known = {"known": parts.height - len(missing), "of": parts.height}
            items = "; ".join(index.component(code).name.in_(lang) for code in missing)
            yield say(lang, "documents.unknown.components", word=word, items=items, **known, **about)
    parts_of = index.regime(subject.year).components
    if any(index.weight(code, subject.year) is None for code in parts_of):
        yield say(lang, "documents.unknown.weights", word=word, year=subject.year)
    if index.regime(subject.year).weight_status == "assumed":
        yield say(lang, "documents.method.weights_assumed", word=word)
    change = subject.change
    if change is not None and change.figures["rank_change"] is not None and change.figures["own"] is None:
        yield say(lang, "documents.unknown.split")


def _edition_notes(subject: Subject) -> Iterator[str]:
    """The notes of the definition on the edition, and of the data on the province's total."""
    lang, edition = subject.lang, subject.edition
    if edition.note is not None:
        yield edition.note.in_(lang)
    if subject.row is not None and subject.row[f"note_{lang}"] is not None:
        yield str(subject.row[f"note_{lang}"])
