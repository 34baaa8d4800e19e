"""A scale with a dot for each unit, its positions as shares of the width from 0 to 1."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from dashboard.charts.distance import levels
from dashboard.charts.figure import Figure
from data import number
from data.text import Language

Strip = dict[str, Any]

# The share of the width left free at either end, and about how many ticks the scale has.
_MARGIN = 0.03
_TICKS = 6


class _Scale:
    """Scores as shares of the strip's width."""

    def __init__(self, lowest: float, highest: float) -> None:
        room = _MARGIN * ((highest - lowest) or 1.0)
        self.low, self.high = lowest - room, highest + room

    def at(self, score: float) -> float:
        return min(max((score - self.low) / (self.high - self.low), 0.0), 1.0)

    def ticks(self, lang: Language) -> list[dict[str, object]]:
        """Round scores, a handful of them."""
        rough = (self.high - self.low) / _TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
        places = max(0, -math.floor(math.log10(step) + 1e-9))
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [
            {"at": self.at(count * step), "text": number.decimal(count * step, places, lang)}
            for count in range(first, last + 1)
        ]


def of_distance(figure: Figure, lang: Language) -> Strip:
    """The chart of `dashboard.charts.distance`: dots, areas, and the labels of the edge and of the unit."""
    rows = figure.rows
    dots = rows.filter(pl.col("kind").is_in(["unit", "own"]))
    scale = _Scale(*_ends(dots["score"]))
    return {
        "dots": [
            _dot(scale.at(row["score"]), row["level"], row["kind"] == "own", row["printed"])
            # The unit's own dot last, so that no other covers it.
            for row in dots.sort(pl.col("kind") == "own").iter_rows(named=True)
        ],
        "areas": [
            {"kind": row["kind"], "from": scale.at(row["score"]), "to": scale.at(row["end"])}
            for row in rows.filter(pl.col("kind").is_in(["group", "bracket", "near"])).iter_rows(named=True)
        ],
        "labels": [
            {"kind": row["kind"].removesuffix("_label"), "at": scale.at(row["score"]), "text": row["name"]}
            for row in rows.filter(pl.col("kind").is_in(["own_label", "edge_label"])).iter_rows(named=True)
        ],
        "ticks": scale.ticks(lang),
    }


def of_bands(figure: Figure, lang: Language) -> Strip:
    """The chart of the 34 (`dashboard.charts.bands`): every estimate a dot, the unit's with its band."""
    rows = figure.rows.sort("value", "shown_name")
    own = rows.filter("own")
    scale = _Scale(*_ends(pl.concat([rows["value"], own["low"], own["high"]])))
    names = rows["shown_name"].to_list()
    placed = levels(rows["value"].to_list(), names, own["shown_name"][0] if own.height else "")
    dots = [
        _dot(scale.at(row["value"]), level, row["own"], row["printed"])
        for row, level in zip(rows.iter_rows(named=True), placed, strict=True)
    ]
    mine = own.row(0, named=True) if own.height else None
    return {
        "dots": sorted(dots, key=lambda dot: bool(dot["own"])),
        "areas": [{"kind": "near", "from": scale.at(mine["low"]), "to": scale.at(mine["high"])}] if mine else [],
        "labels": [{"kind": "own", "at": scale.at(mine["value"]), "text": _said(mine)}] if mine else [],
        "ticks": scale.ticks(lang),
    }


def _said(row: dict[str, Any]) -> str:
    """The name and the estimate with its band, where there is one."""
    said = str(row["said"])
    return said if row["high"] > row["low"] else said.partition(" (")[0]


def _dot(at: float, level: float, own: bool, full: bool) -> dict[str, object]:
    return {"at": at, "level": level, "own": own, "full": full}


def _ends(scores: pl.Series) -> tuple[float, float]:
    known = scores.drop_nulls().to_list()
    return min(known), max(known)
