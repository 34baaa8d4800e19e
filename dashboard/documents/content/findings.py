"""What a pack finds, in order: the sentences that the figures can carry, and what isn't known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from analytics.path.burden import burden
from dashboard.documents.content import lacking
from dashboard.documents.content.history_tables import ends
from dashboard.documents.content.material import Material
from dashboard.documents.content.specification import Section
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


def findings(material: Material) -> list[Finding]:
    """The findings that the figures carry, in the order of the sections asked for."""
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
    for section in material.specification.contents:
        if section in makers:
            for key, said in makers[section](material):
                sentence, headline = (said, None) if isinstance(said, str) else said
                found.append(Finding(key, section, sentence, headline or None))
    return found


Said = tuple[str, str | tuple[str, str | None]]


def _some(key: str, said: str | tuple[str, str] | tuple[str, str | None] | None) -> Iterator[Said]:
    if said is not None:
        yield key, said


def _summary(material: Material) -> Iterator[Said]:
    index, lang, name = material.index, material.specification.lang, material.name()
    row = material.row
    if row is not None:
        sentence = standing.standing(index, name, row, material.region_ranked, lang)
        if sentence is not None:
            yield "standing", (sentence, standing.standing_headline(index, name, row, lang))
    if material.change is not None:
        sentence = change.reason(index, name, material.change, lang)
        if sentence is not None:
            yield "reason", (sentence, change.reason_headline(name, material.change, lang))
    if material.distance is not None:
        yield from _some("distance", standing.distance(index, name, material.distance, lang))
    if material.target is not None:
        yield from _some("odds", routes.odds(name, material.target, lang))


def _history(material: Material) -> Iterator[Said]:
    said = standing.course(material.index, material.name(), material.totals, material.specification.lang)
    yield from _some("course", said)


def _components(material: Material) -> Iterator[Said]:
    index, lang = material.index, material.specification.lang
    if material.comparison is not None:
        rows = material.comparison.rows
        named = sentences.edition(index, material.year, OVERALL, lang)
        yield from _some("orders", components.orders(index, material.name(), rows, named, lang))
        yield from _some("medians", components.medians(index, rows, lang))
    if material.change is not None:
        yield from _some("crossed", components.crossed(index, material.change, lang))
        yield from _some("risen", components.mover(index, material.change, True, lang))
        yield from _some("fallen", components.mover(index, material.change, False, lang))


def _grid(material: Material) -> Iterator[Said]:
    for what in ("score", "rank"):
        found = ends(material, what == "score")
        if found is not None:
            said = components.moves(material.index, what, *found, material.specification.lang)
            yield from _some(f"grid_{what}", said)


def _change(material: Material) -> Iterator[Said]:
    if material.change is None:
        return
    index, lang, name = material.index, material.specification.lang, material.name()
    yield from _some("contributors", change.contributors(index, name, material.change, lang))
    yield from _some("kept", change.kept(index, name, material.change, lang))


def _gaps(material: Material) -> Iterator[Said]:
    if material.weakness is None:
        return
    index, lang, name = material.index, material.specification.lang, material.name()
    against = components.reference(material.weakness, bool(material.specification.peers), lang)
    said = components.weakest(index, name, material.weakness, against, lang, city=material.city)
    yield from _some("weakest", said)
    yield from _some("strongest", components.strongest(index, name, material.weakness, lang))


def _indicators(material: Material) -> Iterator[Said]:
    if material.indicators is None:
        return
    lang = material.specification.lang
    yield from _some("indicators", indicators.indicators(material.indicators, lang))
    yield from _some("indicators_worst", indicators.worst_indicators(material.indicators, lang))


def _neighbours(material: Material) -> Iterator[Said]:
    index, lang, name = material.index, material.specification.lang, material.name()
    own = material.ranking.rows.filter(unit=material.unit) if material.ranking is not None else None
    if own is None or own.is_empty():
        return
    if material.specification.region:
        said = neighbours.region(index, material.unit, material.region_rows, material.region_name, lang)
        yield from _some("region", said)
    row, chosen = own.row(0, named=True), bool(material.specification.peers)
    yield from _some("peers", neighbours.peers(name, row, material.peer_rows, chosen, lang))
    if material.peers is not None and not chosen:
        yield from _some("no_near_peer", neighbours.no_near_peer(name, material.peers, lang))


def _routes(material: Material) -> Iterator[Said]:
    if material.target is None:
        return
    index, lang = material.index, material.specification.lang
    yield from _some("route", routes.route(index, material.name(), material.target, lang))
    shares = burden(material.frames, index, material.target.rows)
    yield from _some("agencies", routes.agencies(shares, lang, city=material.city))


def _precedents(material: Material) -> Iterator[Said]:
    for code, answer in material.precedents.items():
        yield (
            f"precedent.{code}",
            routes.precedent(material.index, material.name(), answer, material.specification.lang),
        )


def unknowns(material: Material) -> list[str]:
    """What isn't known of the province in the edition, or only derived, sentence by sentence."""
    return [*_unknown_total(material), *_unknown_parts(material), *_edition_notes(material)]


def _unknown_total(material: Material) -> Iterator[str]:
    index, lang = material.index, material.specification.lang
    about = {
        "name": material.name(),
        "edition": sentences.edition(index, material.year, OVERALL, lang),
    }
    row = material.row
    rank = standing.shown_rank(row) if row is not None else None
    if row is None or (rank is None and row["score"] is None):
        yield lacking.total(material)
    elif row["score"] is None:
        yield say(lang, "documents.unknown.score", **about)
    elif rank is None:
        yield say(lang, "documents.unknown.rank", **about)
    if row is not None and row["score_status"] == "derived" and row["published_score"] is None:
        yield say(lang, "documents.unknown.derived", **about)
    if row is not None and row["published_rank"] is None and row["rank"] is not None:
        yield say(lang, "documents.unknown.computed", of=row["of"], **about)
    ranking = material.ranking
    if ranking is not None and 0 < ranking.coverage.known < ranking.coverage.of:
        known = {"known": ranking.coverage.known, "of": ranking.coverage.of}
        yield say(lang, "documents.unknown.partial", **known, **about)


def _unknown_parts(material: Material) -> Iterator[str]:
    index, lang = material.index, material.specification.lang
    about = {"name": material.name(), "edition": sentences.edition(index, material.year, OVERALL, lang)}
    word = grammar.component_words(index, 1, lang)
    if material.comparison is not None:
        parts = material.comparison.rows.filter(pl.col("component") != OVERALL)
        missing = parts.filter(pl.all_horizontal(pl.col("score", "rank", "order").is_null()))["component"]
        if len(missing) == parts.height and parts.height:
            yield lacking.components(material)
        elif len(missing):
            known = {"known": parts.height - len(missing), "of": parts.height}
            items = "; ".join(index.component(code).name.in_(lang) for code in missing)
            yield say(lang, "documents.unknown.components", word=word, items=items, **known, **about)
    parts_of = index.regime(material.year).components
    if any(index.weight(code, material.year) is None for code in parts_of):
        yield say(lang, "documents.unknown.weights", word=word, year=material.year)
    change = material.change
    if change is not None and change.figures["rank_change"] is not None and change.figures["own"] is None:
        yield say(lang, "documents.unknown.split")


def _edition_notes(material: Material) -> Iterator[str]:
    """What the definition says of the edition, and what was said of the province's own figure."""
    lang, edition = material.specification.lang, material.edition
    if edition.note is not None:
        yield edition.note.in_(lang)
    if material.row is not None and material.row[f"note_{lang}"] is not None:
        yield str(material.row[f"note_{lang}"])
