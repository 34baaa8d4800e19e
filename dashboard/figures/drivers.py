"""The figures of what goes with an outcome: estimates, skill, importance.

`answer` is that of `analytics.drivers.effects`.
"""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer
from dashboard.charts import scales
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.whiskers import whiskers
from dashboard.subject import Subject
from dashboard.text import grammar
from dashboard.text.drivers import (
    DriversWording,
    effects_subtitle,
    effects_title,
    importance_title,
    percent,
    q_value,
    skill_subtitle,
    skill_title,
    verdict,
)
from data import number

_STEP, _SKILL_STEP, _IMPORTANCE_STEP = 40, 56, 34
_ROW = {
    "label": pl.String,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "second": pl.Float64,
    "strong": pl.Boolean,
    "written": pl.String,
}


def wording_of(subject: Subject, answer: Answer) -> DriversWording:
    """The names and number formats of sentences on the answer."""
    return DriversWording(subject.index, subject.year, subject.name, subject.lang, answer)


def effects(subject: Subject, answer: Answer) -> Figure:
    """Each component's estimate with its interval, in per cent of the outcome; hollow those that may be chance."""
    wording = wording_of(subject, answer)
    called = wording.figures["significant"]
    rows = pl.DataFrame(
        [
            (
                wording.component(row["term"]),
                row["estimate"],
                row["low"],
                row["high"],
                row["estimate_unbroken"],
                row["term"] in called,
                _estimate(wording, row["estimate"], row["q_value"]),
            )
            for row in wording.answer.rows.iter_rows(named=True)
        ],
        schema=_ROW,
        orient="row",
    )
    caption = _caption(subject, wording, effects_title(wording), effects_subtitle(wording), rows)
    scale = scales.of_logarithms(rows, wording.say("effects.axis"), wording.lang)
    caveat = wording.say("caveat_section" if wording.section else "caveat")
    return with_caveat(whiskers("drivers", rows, scale, _STEP, caption), caveat, subject.mode)


def _estimate(wording: DriversWording, estimate: float | None, q: float | None) -> str:
    if estimate is None or q is None:
        return wording.say("effects.inseparable").replace("|", "\n")
    return f"{percent(estimate, wording.lang)}\n{wording.say('effects.q', q=q_value(q, wording.lang))}"


def skill(subject: Subject, answer: Answer) -> Figure:
    """The skill of predictions on provinces and on years held out, in per cent (`analytics.drivers.skill`)."""
    wording = wording_of(subject, answer)
    found = wording.figures["skill"]
    guesses = [("grouped", found["grouped"]["skill"], found["grouped"]["low"], found["grouped"]["high"])]
    if found["forward"] is not None:
        forward = found["forward"]
        guesses.append(("forward", forward["skill"], forward["low"], forward["high"]))
        guesses.append(("last", forward["skill_last"], None, None))
    rows = pl.DataFrame(
        [
            (
                wording.say(f"skill.{key}"),
                *(None if value is None else 100 * value for value in (skill, low, high)),
                None,
                low is not None and low > 0,
                _skill(wording, skill),
            )
            for key, skill, low, high in guesses
        ],
        schema=_ROW,
        orient="row",
    )
    caption = _caption(subject, wording, skill_title(wording), skill_subtitle(wording), rows)
    scale = scales.of_shares(rows, wording.say("skill.axis"), wording.lang)
    figure = whiskers("drivers-skill", rows, scale, _SKILL_STEP, caption)
    return with_caveat(figure, wording.say("caveat_skill"), subject.mode)


def _skill(wording: DriversWording, skill: float | None) -> str:
    if skill is None:
        return wording.say("skill.none").replace("|", "\n")
    return f"{number.decimal(100 * skill, 1, wording.lang, signed=True)} %"


def importance(subject: Subject, answer: Answer) -> Figure:
    """The loss of skill where a component's values are shuffled, in per cent; the largest on top."""
    wording = wording_of(subject, answer)
    ordered = wording.answer.rows.sort("importance", descending=True, nulls_last=True, maintain_order=True)
    good = verdict(wording.figures["skill"]["grouped"]) == "better"
    rows = ordered.select(
        label=pl.col("term").map_elements(wording.component, return_dtype=pl.String),
        value=100 * pl.col("importance"),
        low=100 * (pl.col("importance") - pl.col("importance_spread")),
        high=100 * (pl.col("importance") + pl.col("importance_spread")),
        second=pl.lit(None, pl.Float64),
        strong=pl.lit(good) & (pl.int_range(pl.len()) == 0) & (pl.col("importance") > 0),
        written=(100 * pl.col("importance")).map_elements(
            lambda value: number.decimal(value, 1, wording.lang, signed=True), return_dtype=pl.String
        ),
    )
    word = wording.index.component_word.in_(wording.lang)
    subtitle = wording.say(
        "importance.subtitle",
        folds=wording.figures["skill"]["grouped"]["folds"],
        word_capital=grammar.capital(word),
    )
    caption = _caption(subject, wording, importance_title(wording), subtitle, rows)
    scale = scales.of_numbers(rows, wording.say("importance.axis"), wording.lang)
    figure = whiskers("drivers-importance", rows, scale, _IMPORTANCE_STEP, caption)
    return with_caveat(figure, wording.say("caveat_skill"), subject.mode)


def _caption(subject: Subject, wording: DriversWording, title: str, subtitle: str, rows: pl.DataFrame) -> Caption:
    pairs = rows.select("label", pl.col("written").str.replace_all("\n", ", ")).iter_rows()
    values = "; ".join(f"{label}: {written}" for label, written in pairs)
    return Caption(
        title=title,
        subtitle=subtitle,
        source=wording.say("effects.source"),
        alt=wording.say("effects.alt", values=values),
        lang=wording.lang,
        mode=subject.mode,
    )
