"""The sentences of the overview, from figures, in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analytics.core.history import Point
from analytics.standing.standing import Distance
from dashboard.text import grammar, say, sentences
from dashboard.text.findings.standing import distance_points
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import OVERALL, Index
from data.text import Language

Row = Mapping[str, Any]


def edition(index: Index, year: int, lang: Language) -> str:
    """`PCI 2023`."""
    return sentences.edition(index, year, OVERALL, lang)


def provenance(row: Row, lang: Language) -> list[str]:
    """The statuses of score and rank, where they are not published ones."""
    score = row["score_status"] if row["score"] is not None or row["score_low"] is not None else None
    place = row["rank_status"] if row["published_rank"] is not None else None
    if score == place and score not in (None, "published"):
        return [say(lang, "overview.both_status", status=_status(score, lang))]
    said = []
    if score not in (None, "published"):
        said.append(say(lang, "overview.score_status", status=_status(score, lang)))
    if place not in (None, "published"):
        said.append(say(lang, "overview.rank_status", status=_status(place, lang)))
    if row["published_rank"] is None and row["rank"] is not None:
        said.append(say(lang, "overview.rank_computed"))
    return said


def newer(index: Index, row: Row, lang: Language) -> str:
    """A newer edition than the one shown: `PCI 2024: thứ 2/63 (nguồn thứ cấp)`."""
    named = edition(index, row["year"], lang)
    if shown_rank(row) is None:
        return say(lang, "overview.newer_none", edition=named)
    where = number.standing(shown_rank(row), row["of"], lang)
    # Only the status of the rank, as only the rank is shown.
    status = (
        say(lang, "overview.rank_computed") if row["published_rank"] is None else _status(row["rank_status"], lang)
    )
    return say(lang, "overview.newer", edition=named, standing=where, status=status)


def spark(index: Index, points: Sequence[Point], lang: Language) -> str:
    """The alternative text of the sparkline."""
    ranks = "; ".join(
        say(lang, "overview.spark_rank", year=point.year, rank=point.rank, of=point.of) for point in points
    )
    return say(lang, "overview.spark", index=index.name.in_(lang), ranks=ranks)


def distance(found: Distance, places: int, lang: Language) -> str:
    """The distance to the target group, or the lead over the first unit outside, in a sentence."""
    by = _by(found, places, lang)
    if found.inside is None or by is None:
        return say(lang, "overview.distance.unknown", top=found.top)
    side = "inside" if found.inside else "outside"
    known = "" if found.points is not None or found.low is not None or found.high is not None else "_places"
    return say(lang, f"overview.distance.{side}{known}", top=found.top, by=by)


def distance_title(found: Distance, name: str, places: int, lang: Language) -> str | None:
    """The same with a name, as the title of a chart; None where the distance is not known."""
    by = _by(found, places, lang)
    if found.inside is None or by is None:
        return None
    side = "inside" if found.inside else "outside"
    return say(lang, f"overview.distance.title_{side}", name=name, top=found.top, by=by)


def _by(found: Distance, places: int, lang: Language) -> str | None:
    """The distance in points and places, whichever are known."""
    apart = distance_points(found, places, lang)
    place = None if found.places is None else grammar.places(found.places, lang)
    if apart and place:
        return say(lang, "overview.and", one=apart, other=place)
    return apart or place


def edge(found: Distance, places: int, lang: Language) -> str | None:
    """The label of the threshold, with its score or the bounds it lies between."""
    low, high = (number.decimal(value, places, lang) for value in (found.edge_low, found.edge_high))
    if found.edge is not None:
        key = "edge_inside" if found.inside else "edge_outside"
        return say(lang, f"overview.distance.{key}", top=found.top, score=number.decimal(found.edge, places, lang))
    if found.edge_low is None or found.edge_high is None:
        return None
    return say(lang, "overview.distance.edge_between", top=found.top, low=low, high=high)


def profile_title(index: Index, rows: pl.DataFrame, name: str, year: int, of: int, lang: Language) -> str:
    """On how many components a unit is above the median, and where it is furthest below; `rows` of `profile`."""
    word = index.component_word.in_(lang)
    measured = rows.drop_nulls("gap").sort("gap")
    if measured.height < rows.height or measured.is_empty():
        known = {"edition": edition(index, year, lang), "known": rows.height, "of": of}
        return say(lang, "overview.profile.title_known", word=word, name=name, **known)
    worst, best = (index.component(measured["component"][place]).name.in_(lang) for place in (0, -1))
    above = measured.filter(pl.col("gap") > 0).height
    if above == 0:
        return say(lang, "overview.profile.title_below", name=name, word=word, worst=worst)
    if measured["gap"][0] >= 0:
        return say(lang, "overview.profile.title_above", name=name, word=word, best=best)
    return say(
        lang, "overview.profile.title_mixed", name=name, above=above, of=measured.height, word=word, worst=worst
    )


def profile_values(rows: pl.DataFrame, measure: str, lang: Language) -> list[str]:
    """The label at the end of each line of the profile: `5,97 (−0,12)`; in per cent with one decimal."""
    places, unit = (1, " %") if measure == "percent" else (2, "")

    def written(value: float | None, gap: float | None) -> str:
        if value is None:
            return number.MISSING
        beside = "" if gap is None else f" ({number.decimal(gap, places, lang, signed=True)})"
        return f"{number.decimal(value, places, lang)}{unit}{beside}"

    return [written(value, gap) for value, gap in rows.select("value", "gap").iter_rows()]


def orders_title(index: Index, own: pl.DataFrame, name: str, lang: Language) -> str:
    """The best and the worst of a unit's places in order; `found` of `analytics.profile.orders`."""
    placed = own.sort("order", maintain_order=True)

    def at(place: int) -> tuple[str, str]:
        row = placed.row(place, named=True)
        where = number.standing(row["order"], row["of"], lang)
        return where, index.component(row["component"]).name.in_(lang)

    (best_place, best), (worst_place, worst) = at(0), at(-1)
    if placed["order"][0] == placed["order"][-1]:
        return say(lang, "overview.orders.title_one", name=name, best_place=best_place, best=best)
    return say(
        lang,
        "overview.orders.title_two",
        name=name,
        best_place=best_place,
        best=best,
        worst_place=worst_place,
        worst=worst,
    )


def _status(status: str | None, lang: Language) -> str:
    return say(lang, f"status.{status}")
