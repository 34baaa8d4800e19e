"""Where a province stands, in sentences: its total and rank, over the years, its distance to the target group.

Figures in, a true sentence out; None where the figures can't carry one. Every number is one of the answer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.standing.standing import Distance
from dashboard.text import grammar, say
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import Index, spans
from data.text import Language

Row = Mapping[str, Any]

# With fewer editions, highest and lowest ranks say nothing.
_COURSE = 3


def standing(index: Index, name: str, row: Row, region: tuple[str, int] | None, lang: Language) -> str | None:
    """Score, rank, their changes, tier and rank in the region, in one sentence; None where nothing is known.

    `row` is the edition's of `analytics.history`; `region` its name and how many of its units were ranked.
    """
    score, rank = _score_clause(index, row, lang), _rank_clause(index, row, lang)
    if score is None and rank is None:
        return None
    before = index.previous(row["year"])
    halves = []
    against = before is not None
    for clause, moved in ((score, _score_moved(index, row, lang)), (rank, _rank_moved(row, lang))):
        if clause is None:
            continue
        # The edition compared with is named once, with the first change that is known.
        said = moved
        if moved and against and before is not None:
            if str(before.year) not in moved:
                said = say(lang, "documents.standing.against", move=moved, before=before.year)
            against = False
        halves.append(f"{clause}, {said}" if said else clause)
    tier = tier_name(index, row["tier"], lang)
    if rank is not None and tier is not None:
        halves[-1] += ", " + say(lang, "documents.standing.tier", tier=tier)
    if region is not None and row["rank_in_region"] is not None:
        place, how = number.standing(row["rank_in_region"], region[1], lang), _computed(row, lang)
        halves.append(say(lang, "documents.standing.region", place=place, region=region[0], how=how))
    return say(lang, "documents.standing.sentence", year=row["year"], name=name, clauses="; ".join(halves))


def standing_headline(index: Index, name: str, row: Row, lang: Language) -> str | None:
    """The headline of `standing`."""
    rank, moved = shown_rank(row), _rank_moved(row, lang)
    about = {"name": name, "index": index.name.in_(lang), "year": row["year"]}
    if rank is None:
        if row["score"] is None:
            return None
        written = number.decimal(row["score"], index.score_decimals, lang)
        return say(lang, "documents.standing.headline_score", score=written, **about)
    about |= {"place": number.standing(rank, row["of"], lang), "how": _computed(row, lang)}
    if moved is None:
        return say(lang, "documents.standing.headline", **about)
    return say(lang, "documents.standing.headline_moved", move=moved, **about)


def tier_name(index: Index, tier: str | None, lang: Language) -> str | None:
    """The name of a tier in a language; as the edition words it where the definition does not have it."""
    if tier is None:
        return None
    return next((item.name.in_(lang) for item in index.tiers if item.name.vi == tier), tier)


def _score_clause(index: Index, row: Row, lang: Language) -> str | None:
    def written(value: float) -> str:
        return number.decimal(value, index.score_decimals, lang)

    named = index.name.in_(lang)
    if row["published_score"] is not None:
        return say(lang, "documents.standing.score", score=written(row["published_score"]), index=named, how="")
    if row["score"] is not None:
        how = _how("score", row["score_status"], lang)
        return say(lang, "documents.standing.score", score=written(row["score"]), index=named, how=how)
    low, high = row["score_low"], row["score_high"]
    if high is None:
        return None
    if low is None or low == index.component("overall").minimum:
        return say(lang, "documents.standing.score_most", high=written(high), index=named)
    return say(lang, "documents.standing.score_range", low=written(low), high=written(high), index=named)


def _rank_clause(index: Index, row: Row, lang: Language) -> str | None:
    rank = shown_rank(row)
    if rank is None:
        return None
    place = number.standing(rank, row["of"], lang)
    status = "computed" if row["published_rank"] is None else row["rank_status"]
    alone = row["score"] is None and row["score_high"] is None and row["published_score"] is None
    key = "documents.standing.rank_alone" if alone else "documents.standing.rank"
    return say(lang, key, place=place, how=_how("rank", status, lang), index=index.name.in_(lang))


def _computed(row: Row, lang: Language) -> str:
    return grammar.bracketed("documents.how.computed", lang) if row["published_rank"] is None else ""


def _how(what: str, status: str | None, lang: Language) -> str:
    return "" if status in (None, "published") else grammar.bracketed(f"documents.how.{what}_{status}", lang)


def _score_moved(index: Index, row: Row, lang: Language) -> str | None:
    change, before = row["change_score"], index.previous(row["year"])
    if change is None:
        # Where both totals are known, it is the method that rules out comparing them.
        broken = before is not None and not index.comparable(before.year, row["year"])
        known = row["score"] is not None and row["change_rank"] is not None
        if before is None or not (broken and known):
            return None
        return say(lang, "documents.standing.method", before=before.year)
    way = grammar.direction(change, index.score_decimals)
    amount = number.decimal(abs(change), index.score_decimals, lang)
    return say(lang, f"documents.standing.score_{way}", amount=amount)


def _rank_moved(row: Row, lang: Language) -> str | None:
    change = row["change_rank"]
    if change is None:
        return None
    way = grammar.direction(change, 0)
    return say(lang, f"documents.standing.rank_{way}", places=grammar.places(change, lang))


def course(index: Index, name: str, totals: pl.DataFrame, lang: Language) -> tuple[str, str] | None:
    """The highest and the lowest rank over the editions with as many units as the last, and a headline.

    `totals` are rows of `analytics.history` of the total, the edition that is reported last.
    """
    if totals.is_empty():
        return None
    ranked = (
        totals.filter(pl.col("of") == totals["of"][-1])
        .select("year", "of", place=pl.coalesce("published_rank", "rank").cast(pl.Int64))
        .drop_nulls()
    )
    if ranked.height < _COURSE:
        return None
    place = pl.col("place")
    best, worst = (ranked.filter(place == edge) for edge in (place.min(), place.max()))
    values = {
        "count": ranked.height,
        "index": index.name.in_(lang),
        "of": ranked["of"][0],
        "years": spans(ranked["year"]),
        "name": name,
        "best": best["place"][0],
        "best_when": _when(best["year"], lang),
        "worst": worst["place"][0],
        "worst_when": _when(worst["year"], lang),
    }
    if values["best"] == values["worst"]:
        return say(lang, "documents.course.same", **values), say(lang, "documents.course.headline_same", **values)
    return say(lang, "documents.course.sentence", **values), say(lang, "documents.course.headline", **values)


def _when(years: pl.Series, lang: Language) -> str:
    key = "one_year" if years.len() == 1 else "years"
    return say(lang, f"documents.course.{key}", years=spans(years))


def distance(index: Index, name: str, found: Distance, lang: Language) -> tuple[str, str] | None:
    """The distance to the target group or the lead over the first unit outside, the threshold, and a headline."""
    by = _by(index, found, lang)
    if found.inside is None or by is None:
        return None
    side = "inside" if found.inside else "outside"
    about = {"name": name, "top": found.top, "by": by}
    headline = say(lang, f"documents.distance.headline_{side}", **about)
    if found.points == 0:
        return say(lang, f"documents.distance.{side}_even", edge=_edge(index, found, lang), **about), headline
    return say(lang, f"documents.distance.{side}", edge=_edge(index, found, lang), **about), headline


def noise(index: Index, found: Distance, band: float | None, lang: Language) -> str | None:
    """Whether the distance to the target group is more than luck; `band` of `analytics.standing.noise_band`."""
    if band is None or found.points is None:
        return None
    key = "within" if abs(found.points) <= band else "beyond"
    return say(lang, f"documents.noise.{key}", noise=number.decimal(band, index.score_decimals, lang))


def _by(index: Index, found: Distance, lang: Language) -> str | None:
    apart = distance_points(found, index.score_decimals, lang)
    steps = None if found.places is None else grammar.places(found.places, lang)
    if apart and steps:
        return say(lang, "documents.distance.both", points=apart, places=steps)
    return apart or steps


def distance_points(found: Distance, decimals: int, lang: Language) -> str | None:
    """A distance in points, or the bounds it lies between; None where nothing bounds it."""

    def written(value: float) -> str:
        return number.decimal(value, decimals, lang)

    if found.points is not None:
        return say(lang, "documents.unit.points", amount=written(found.points))
    if found.low is not None and found.high is not None:
        return say(lang, "documents.distance.between", low=written(found.low), high=written(found.high))
    if found.low is not None:
        return say(lang, "documents.distance.least", amount=written(found.low))
    return None if found.high is None else say(lang, "documents.distance.most", amount=written(found.high))


def _edge(index: Index, found: Distance, lang: Language) -> str:
    def written(value: float | None) -> str:
        return number.decimal(value, index.score_decimals, lang)

    if found.edge is not None:
        side = "inside" if found.inside else "outside"
        return say(lang, f"documents.distance.edge_{side}", score=written(found.edge))
    if found.edge_low is None or found.edge_high is None:
        return ""
    side = "inside" if found.inside else "outside"
    low, high = written(found.edge_low), written(found.edge_high)
    return say(lang, f"documents.distance.edge_between_{side}", low=low, high=high)
