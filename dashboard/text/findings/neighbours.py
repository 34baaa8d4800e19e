"""Where a province stands in its region and among its peers, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import grammar, say
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]

_NUMBER = {0: "_none", 1: "_one"}


def region(index: Index, unit: str, rows: pl.DataFrame, named: str, lang: Language) -> tuple[str, str] | None:
    """The rank in the region with the units right before and after, and a headline.

    `rows` are those of `analytics.ranking` for the units of the region; None where one of them has no rank.
    """
    own = rows.filter(unit=unit)
    if own.is_empty() or own["rank_in_region"].item() is None:
        return None
    row = own.row(0, named=True)
    others = rows.filter(pl.col("unit") != unit).drop_nulls("rank_in_region")
    place = row["rank_in_region"]
    # A unit with the same rank is neither ahead nor behind.
    ahead = others.filter(pl.col("rank_in_region") < place).sort("rank_in_region", "unit").tail(1)
    behind = others.filter(pl.col("rank_in_region") > place).sort("rank_in_region", "unit").head(1)
    said = {
        side: say(
            lang,
            f"documents.region.{side}",
            name=_name(found.row(0, named=True), lang),
            score=number.decimal(found["score"].item(), index.score_decimals, lang),
        )
        if found.height
        else ""
        for side, found in (("ahead", ahead), ("behind", behind))
    }
    values = {"of": rows.height, "region": named, "name": _name(row, lang), "rank": grammar.ordinal(place, lang)}
    how = grammar.bracketed("documents.how.computed", lang) if row["published_rank"] is None else ""
    headline = say(lang, "documents.region.headline", how=how, **values)
    return say(lang, "documents.region.sentence", how=how, **values, **said), headline


def peers(name: str, own: Row, rows: pl.DataFrame, chosen: bool, lang: Language) -> tuple[str, str] | None:
    """How many peers rank above and below, and a headline; `own` and `rows` are of `analytics.ranking`."""
    rank = shown_rank(own)
    ranks = rows.select(pl.coalesce("published_rank", "rank")).to_series().drop_nulls()
    if rank is None or ranks.is_empty():
        return None
    counts = {"above": int((ranks < rank).sum()), "level": int((ranks == rank).sum())}
    counts["below"] = len(ranks) - counts["above"] - counts["level"]
    said = [
        say(lang, f"documents.peers.{side}{_NUMBER.get(count, '')}", count=count, name=name)
        for side, count in counts.items()
        if count or side != "level"
    ]
    values = {"of": len(ranks), "above": counts["above"], "name": name}
    key = "chosen" if chosen else "sentence"
    sentence = say(lang, f"documents.peers.{key}", places=", ".join(said), **values)
    headline = ("headline_chosen" if chosen else "headline") + ("" if counts["above"] else "_none")
    return sentence, say(lang, f"documents.peers.{headline}", **values)


def no_near_peer(name: str, answer: Answer, lang: Language) -> str | None:
    """A remark that no peer is near, where that is so; of the answer of `analytics.peers`."""
    if not answer.figures["no_near_peer"]:
        return None
    nearest = number.decimal(answer.figures["nearest"], 2, lang)
    return say(lang, "documents.peers.far", name=name, nearest=nearest)


def _name(row: Row, lang: Language) -> str:
    return str(row["name"] if lang == "vi" else row["name_en"])
