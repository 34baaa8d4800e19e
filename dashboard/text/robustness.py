"""Titles on ranks under other weights: figures of `analytics.weights.robustness` in, words out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import polars as pl

from analytics.core.answer import Answer
from analytics.weights.sensitivity import overlapping
from dashboard.text import grammar
from dashboard.text.wording import Wording
from data import number

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class RobustnessWording(Wording):
    """Words for an answer of `analytics.weights.robustness`; `unit` is the unit chosen, empty where none is."""

    PAGE: ClassVar[str] = "drivers"

    answer: Answer
    unit: str

    @property
    def own(self) -> Row | None:
        """The row of the unit; None where it has no rank."""
        return next(self.answer.rows.filter(unit=self.unit).iter_rows(named=True), None)

    @property
    def top(self) -> int:
        """How many units are in the target group."""
        return int(self.answer.figures["top"])

    def _given(self) -> dict[str, object]:
        return Wording._given(self) | {
            "top": self.top,
            "draws": number.whole(self.answer.figures["draws"], self.lang),
            "units": self.answer.coverage.of,
        }


def title(wording: RobustnessWording) -> str:
    """`Nam Định, PCI 2019: thứ 33/63, từ thứ 29 đến thứ 37 nếu trọng số khác đi`."""
    own = wording.own
    if own is None:
        return wording.say("robustness.title_nation")
    rank = number.standing(own["rank"], wording.answer.coverage.of, wording.lang)
    if own["low"] == own["high"] == own["rank"]:
        return wording.say("robustness.title_firm", rank=rank)
    low, high = (grammar.ordinal(own[end], wording.lang) for end in ("low", "high"))
    return wording.say("robustness.title", rank=rank, low=low, high=high)


def lead(wording: RobustnessWording) -> str:
    """How the weights were varied, and how often the unit is in the target group."""
    own = wording.own
    if own is None:
        lead = wording.say("robustness.lead_nation")
        return f"{lead} {wording.say('choose')}" if not wording.unit else lead
    share = own["p_target"]
    key = "never" if share == 0 else "always" if share == 1 else "some"
    inside = wording.say(f"robustness.inside_{key}", share=grammar.chance(share, wording.lang))
    return wording.say("robustness.lead", inside=inside, equal=grammar.ordinal(own["rank_equal"], wording.lang))


def bands_title(wording: RobustnessWording) -> str:
    """The units whose bands overlap the unit's; without its rank, those certain to be in the target group."""
    if wording.own is None:
        figures = wording.answer.figures
        return wording.say("robustness.bands_nation", sure=figures["sure"], contested=figures["contested"])
    count = overlapping(wording.answer.rows, wording.unit)
    return wording.say("robustness.bands_many" if count else "robustness.bands_none", count=count)


def bands_subtitle(wording: RobustnessWording, rows: pl.DataFrame) -> str:
    """How to read the chart."""
    key = "subtitle_chance" if rows["p_target"].n_unique() > 1 else "subtitle_band"
    return f"{wording.say('robustness.subtitle')}; {wording.say(f'robustness.{key}')}"


def left_out_title(wording: RobustnessWording, rows: pl.DataFrame) -> str:
    """Which component, left out, would raise the unit's rank most, and which would lower it most."""
    best, worst = (rows.row(end, named=True) for end in (0, -1))
    up, down = best["change"] > 0, worst["change"] < 0
    key = "both" if up and down else "up" if up else "down" if down else "same"
    return wording.say(
        f"left_out.title_{key}",
        best=wording.component(best["component"]),
        worst=wording.component(worst["component"]),
        best_move=wording.say("left_out.moves_up", rank=grammar.ordinal(best["rank"], wording.lang)),
        worst_move=wording.say("left_out.moves_down", rank=grammar.ordinal(worst["rank"], wording.lang)),
    )


def favourable_title(wording: RobustnessWording, answer: Answer) -> str:
    """The unit's rank under the weights most favourable to it (`analytics.weights.benefit_of_doubt`)."""
    rank, before = answer.figures["rank_favourable"], answer.figures["rank"]
    key = "title_first" if rank == 1 else "title_up" if rank <= wording.top < before else "title"
    return wording.say(f"favourable.{key}", rank=grammar.ordinal(rank, wording.lang))


def favourable_below(wording: RobustnessWording, answer: Answer) -> str:
    """Between which bounds the weights were chosen, and how near the best its total comes."""
    low, high = (number.decimal(factor, 1, wording.lang) for factor in answer.figures["bounds"])
    ratio, own = (
        number.decimal(100 * answer.figures[name], 1, wording.lang) for name in ("ratio_favourable", "ratio")
    )
    return wording.say("favourable.below", low=low, high=high, ratio=ratio, own=own)
