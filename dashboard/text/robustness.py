"""How firm ranks are under other weights, in words: figures of `analytics.robustness` in, titles out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from analytics.weights.sensitivity import overlapping
from dashboard.text import grammar, overview, say
from data import number
from data.definition import Index
from data.text import Language

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """An answer of `analytics.robustness`, and whose part of it is looked at; nobody's where `unit` is None."""

    answer: Answer
    index: Index
    unit: str | None
    name: str
    lang: Language

    @property
    def own(self) -> Row | None:
        """The row of the unit."""
        found = self.answer.rows.filter(pl.col("unit").eq_missing(pl.lit(self.unit, pl.String)))
        return None if found.is_empty() else found.row(0, named=True)

    @property
    def top(self) -> int:
        """How many units are in the target group."""
        return int(self.answer.figures["top"])

    @property
    def edition(self) -> str:
        """`PCI 2019`."""
        assert self.answer.year is not None  # weights are those of an edition
        return overview.edition(self.index, self.answer.year, self.lang)

    def component(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def say(self, key: str, **values: object) -> str:
        """A text of this part."""
        given: dict[str, object] = {
            "name": self.name,
            "edition": self.edition,
            "top": self.top,
            "word": self.index.component_word.in_(self.lang),
            "draws": number.whole(self.answer.figures["draws"], self.lang),
            "units": self.answer.coverage.of,
        }
        return say(self.lang, f"drivers.{key}", **(given | values))


def title(trial: Trial) -> str:
    """`Nam Định, PCI 2019: thứ 33/63, từ thứ 29 đến thứ 37 nếu trọng số khác đi`."""
    own = trial.own
    if own is None:
        return trial.say("robustness.title_nation")
    rank = number.standing(own["rank"], trial.answer.coverage.of, trial.lang)
    if own["low"] == own["high"] == own["rank"]:
        return trial.say("robustness.title_firm", rank=rank)
    low, high = (grammar.ordinal(own[end], trial.lang) for end in ("low", "high"))
    return trial.say("robustness.title", rank=rank, low=low, high=high)


def lead(trial: Trial) -> str:
    """How the weights were tried, and how often the unit is in the target group."""
    own = trial.own
    if own is None:
        lead = trial.say("robustness.lead_nation")
        return f"{lead} {trial.say('choose')}" if trial.unit is None else lead
    share = own["p_target"]
    key = "never" if share == 0 else "always" if share == 1 else "some"
    inside = trial.say(f"robustness.inside_{key}", share=grammar.chance(share, trial.lang))
    return trial.say("robustness.lead", inside=inside, equal=grammar.ordinal(own["rank_equal"], trial.lang))


def bands_title(trial: Trial) -> str:
    """Whose bands overlap the unit's; without one, who is surely inside the target group."""
    if trial.own is None or trial.unit is None:
        figures = trial.answer.figures
        return trial.say("robustness.bands_nation", sure=figures["sure"], contested=figures["contested"])
    count = overlapping(trial.answer.rows, trial.unit)
    return trial.say("robustness.bands_many" if count else "robustness.bands_none", count=count)


def bands_subtitle(trial: Trial, rows: pl.DataFrame) -> str:
    """What is drawn; what the chances are, where they differ."""
    key = "subtitle_chance" if rows["p_target"].n_unique() > 1 else "subtitle_band"
    return f"{trial.say('robustness.subtitle')}; {trial.say(f'robustness.{key}')}"


def left_out_title(trial: Trial, rows: pl.DataFrame) -> str:
    """Which component, left out, would lift the unit most, and which would drop it furthest."""
    best, worst = (rows.row(end, named=True) for end in (0, -1))
    up, down = best["change"] > 0, worst["change"] < 0
    key = "both" if up and down else "up" if up else "down" if down else "same"
    return trial.say(
        f"left_out.title_{key}",
        best=trial.component(best["component"]),
        worst=trial.component(worst["component"]),
        best_move=trial.say("left_out.moves_up", rank=grammar.ordinal(best["rank"], trial.lang)),
        worst_move=trial.say("left_out.moves_down", rank=grammar.ordinal(worst["rank"], trial.lang)),
    )
