"""A unit's place in its region and among its peers, and its rank band, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.standing.peer_standing import PeerStanding
from dashboard.text import grammar, say
from data import number
from data.text import Language


def ranks_among(
    in_region: int | None,
    of_region: int,
    region: str | None,
    near: PeerStanding | None,
    marked: bool,
    lang: Language,
) -> str | None:
    """The place in the region and among the peers, as far as they are known; None where neither is.

    `marked`: a table below marks the peers.
    """
    parts = []
    if in_region is not None and region:
        place = number.standing(in_region, of_region, lang)
        parts.append(say(lang, "rankings.in_region", place=place, region=region))
    if near is not None:
        parts.append(_among(near, marked, lang))
    if not parts:
        return None
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _among(near: PeerStanding, marked: bool, lang: Language) -> str:
    count = len(near.units)
    group = say(lang, "rankings.group_far" if near.far else "rankings.group", count=count, year=near.data_year)
    if marked:
        group = say(lang, "rankings.marked", group=group)
    if near.place is None:
        return say(lang, "rankings.among_unknown", group=group, known=near.known, count=count)
    return say(lang, "rankings.among", group=group, place=number.standing(near.place, near.of, lang))


def rank_band(row: Mapping[str, Any] | None, by: str, lang: Language) -> str | None:
    """The ranks between which a unit moves by `luck` or under other weights (`bands`).

    `row` is one of `analytics.standing.noise_band` or `analytics.weights.robustness`, with `top`.
    """
    if row is None:
        return None
    share = number.decimal(100 * row["p_target"], 0, lang)
    if by == "luck":
        share = grammar.chance(row["p_target"], lang)
    key = "one" if row["low"] == row["high"] else "many"
    return say(lang, f"rankings.{by}_{key}", low=row["low"], high=row["high"], share=share, top=row["top"])
