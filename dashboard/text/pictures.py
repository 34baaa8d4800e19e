"""Titles and subtitles of a ranking's charts: the map, the tile map and the slope between two editions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.standing.slope import largest
from dashboard.text import say
from dashboard.text.shades import SHAPES, Shades
from data import number
from data.definition import Index
from data.status import STATUSES
from data.text import Language, Text

Row = Mapping[str, Any]


def map_title(
    edition: str,
    shades: Shades,
    medians: pl.DataFrame,
    regions: Mapping[str, Text],
    of: int,
    places: int,
    lang: Language,
) -> str:
    """The title of the map: which regions score highest and lowest, else how much is known."""
    own = _own(shades)
    name = {"name": own["name"], "own": _value(own, shades, lang)} if own else {}
    suffix = "_own" if own else ""
    known = shades.rows.drop_nulls("value")
    if shades.measure == "order" and not known.is_empty():
        ends = known.sort("value", "unit")["name"]
        return say(lang, f"pictures.ordered{suffix}", edition=edition, first=ends[0], last=ends[-1], **name)
    if shades.measure != "score" or medians.height < 2:
        what = say(lang, f"pictures.what_{shades.measure}")
        return say(lang, f"pictures.few{suffix}", edition=edition, what=what, known=known.height, of=of, **name)
    best, worst = medians.row(0, named=True), medians.row(-1, named=True)
    return say(
        lang,
        f"pictures.regions{suffix}",
        edition=edition,
        best=regions[best["region"]].in_(lang),
        best_score=number.decimal(best["median"], places, lang),
        worst=regions[worst["region"]].in_(lang),
        worst_score=number.decimal(worst["median"], places, lang),
        **name,
    )


def tiles_title(edition: str, answer: Answer, shades: Shades, regions: Mapping[str, Text], lang: Language) -> str:
    """The title of the tile map: the chosen unit's ranks in its region and the country, else the leaders."""
    own = _own(shades)
    row = answer.rows.filter(unit=own["unit"]).row(0, named=True) if own else None
    if own and row and row["rank_in_region"] is not None:
        inside = answer.rows.filter(region=row["region"]).height
        return say(
            lang,
            "pictures.in_region",
            edition=edition,
            name=own["name"],
            rank=number.standing(row["published_rank"] or row["rank"], answer.coverage.of, lang),
            rank_in_region=number.standing(row["rank_in_region"], inside, lang),
            region=regions[row["region"]].in_(lang),
        )
    if answer.figures["complete"] and shades.measure in ("score", "rank"):
        first = answer.rows.head(3).select("name" if lang == "vi" else "name_en").to_series()
        return say(lang, "pictures.first_three", edition=edition, names=", ".join(first))
    return map_title(edition, shades, answer.rows.clear(), regions, answer.coverage.of, 0, lang)


def shades_subtitle(
    edition: str,
    shades: Shades,
    statuses: pl.Series,
    picture: str,
    scored: bool,
    region: str | None,
    lang: Language,
) -> str:
    """How to read the shades, the statuses of the figures, what is not known; `scored`: every unit was scored."""
    parts = [say(lang, f"pictures.sub_{shades.measure}", edition=edition)]
    known = how_known(statuses, lang)
    if known:
        parts.append(say(lang, "pictures.how", statuses=known))
    if shades.unknown:
        key = "unknown" if scored else "unscored"
        parts.append(say(lang, f"pictures.{key}_{picture}", count=shades.unknown))
    if region:
        parts.append(say(lang, "pictures.region_only", region=region))
    return "; ".join(parts)


def how_known(statuses: pl.Series, lang: Language) -> str:
    """The statuses of figures with counts and marks; empty where all are published."""
    counts = {status: int((statuses == status).sum()) for status in STATUSES}
    met = {status: count for status, count in counts.items() if count}
    if set(met) <= {"published"}:
        return ""
    if len(met) == 1:
        return say(lang, f"coverage.how_{next(iter(met))}")
    listed = [
        say(lang, f"pictures.mark_{SHAPES.get(status, 'none')}", count=count, status=say(lang, f"status.{status}"))
        for status, count in met.items()
    ]
    return ", ".join(listed)


def slope_title(
    pairs: pl.DataFrame, chosen: str | None, titles: tuple[str, str], of: tuple[int, int], lang: Language
) -> str:
    """The title of the slope: the chosen unit's ranks, or the units that moved furthest where it has none."""
    name = "name" if lang == "vi" else "name_en"
    between = {"from": titles[0], "to": titles[1]}
    own = pairs.filter(unit=chosen or "")
    if not own.is_empty():
        row = own.row(0, named=True)
        way = "same" if row["change_rank"] == 0 else "up" if row["change_rank"] > 0 else "down"
        before = number.standing(row["rank_before"], of[0], lang)
        after = number.standing(row["rank_after"], of[1], lang)
        return say(lang, f"slope.own_{way}", name=row[name], before=before, after=after, **between)
    moved = largest(pairs, 1)
    words: dict[str, object] = {}
    for row in moved.iter_rows(named=True):
        way = "up" if row["change_rank"] > 0 else "down"
        words |= {way: row[name], f"{way}_by": abs(row["change_rank"])}
    key = {0: "still", 2: "movers"}.get(moved.height) or ("mover_up" if "up" in words else "mover_down")
    return say(lang, f"slope.{key}", **between, **words)


def slope_subtitle(
    index: Index,
    pairs: pl.DataFrame,
    years: tuple[int, int],
    of: tuple[int, int],
    own: str | None,
    behind: str | None,
    lang: Language,
) -> str:
    """What the slope compares, with which units behind it, and what limits the comparison."""
    between = {"from": years[0], "to": years[1]}
    parts = [say(lang, "slope.subtitle", edition=index.name.in_(lang), count=pairs.height)]
    if of[0] != of[1]:
        parts.append(say(lang, "slope.of", before=of[0], after=of[1], **between))
    parts.append(say(lang, "slope.labelled", name=own) if own else say(lang, "slope.labelled_movers"))
    if behind:
        parts.append(say(lang, "slope.behind", behind=behind))
    if pairs.filter(pl.any_horizontal(pl.col("status_before", "status_after") != "published")).height:
        parts.append(say(lang, "slope.hollow"))
    if not index.comparable(*years):
        parts.append(say(lang, "slope.regimes"))
    return "; ".join(parts)


def _own(shades: Shades) -> Row | None:
    own = shades.rows.filter(pl.col("chosen"), pl.col("value").is_not_null())
    return own.row(0, named=True) if own.height else None


def _value(own: Row, shades: Shades, lang: Language) -> str:
    if shades.measure == "order":
        return str(own["written"])
    if shades.measure == "rank":
        return say(lang, "pictures.own_rank", value=number.standing(int(own["value"]), shades.of, lang))
    return say(lang, f"pictures.own_{shades.measure}", value=own["written"])
