"""The charts of what goes with an outcome: estimates, skill, importance; what they draw and the words around."""

from __future__ import annotations

import polars as pl

from dashboard.charts import scales
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.theme import Mode
from dashboard.charts.whiskers import whiskers
from dashboard.text import drivers as words
from dashboard.text import grammar
from dashboard.text.drivers import Study
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


def effects(study: Study, mode: Mode) -> Figure:
    """Each component's estimate with its interval, those that can't be told from chance hollow."""
    called = study.figures["significant"]
    rows = pl.DataFrame(
        [
            (
                study.name(row["term"]),
                row["estimate"],
                row["low"],
                row["high"],
                row["estimate_unbroken"],
                row["term"] in called,
                _estimate(study, row["estimate"], row["q_value"]),
            )
            for row in study.answer.rows.iter_rows(named=True)
        ],
        schema=_ROW,
        orient="row",
    )
    caption = _caption(study, words.effects_title(study), words.effects_subtitle(study), rows, mode)
    scale = scales.of_logarithms(rows, study.say("effects.axis"), study.lang)
    caveat = study.say("caveat_section" if study.section else "caveat")
    return with_caveat(whiskers("drivers", rows, scale, _STEP, caption), caveat, mode)


def _estimate(study: Study, estimate: float | None, q: float | None) -> str:
    if estimate is None or q is None:
        return study.say("effects.inseparable").replace("|", "\n")
    return f"{words.percent(estimate, study.lang)}\n{study.say('effects.q', q=words.q_value(q, study.lang))}"


def skill(study: Study, mode: Mode) -> Figure:
    """How much better than naive guesses the outcome is foretold, on provinces and years held out."""
    found = study.figures["skill"]
    guesses = [("grouped", found["grouped"]["skill"], found["grouped"]["low"], found["grouped"]["high"])]
    if found["forward"] is not None:
        forward = found["forward"]
        guesses.append(("forward", forward["skill"], forward["low"], forward["high"]))
        guesses.append(("last", forward["skill_last"], None, None))
    rows = pl.DataFrame(
        [
            (
                study.say(f"skill.{key}"),
                *(None if value is None else 100 * value for value in (skill, low, high)),
                None,
                low is not None and low > 0,
                _skill(study, skill),
            )
            for key, skill, low, high in guesses
        ],
        schema=_ROW,
        orient="row",
    )
    caption = _caption(study, words.skill_title(study), words.skill_subtitle(study), rows, mode)
    scale = scales.of_shares(rows, study.say("skill.axis"), study.lang)
    figure = whiskers("drivers-skill", rows, scale, _SKILL_STEP, caption)
    return with_caveat(figure, study.say("caveat_skill"), mode)


def _skill(study: Study, skill: float | None) -> str:
    if skill is None:
        return study.say("skill.none").replace("|", "\n")
    return f"{number.decimal(100 * skill, 1, study.lang, signed=True)} %"


def importance(study: Study, mode: Mode) -> Figure:
    """How much the guesses lean on each component, the most on top."""
    ordered = study.answer.rows.sort("importance", descending=True, nulls_last=True, maintain_order=True)
    good = words.verdict(study.figures["skill"]["grouped"]) == "better"
    rows = ordered.select(
        label=pl.col("term").map_elements(study.name, return_dtype=pl.String),
        value=100 * pl.col("importance"),
        low=100 * (pl.col("importance") - pl.col("importance_spread")),
        high=100 * (pl.col("importance") + pl.col("importance_spread")),
        second=pl.lit(None, pl.Float64),
        strong=pl.lit(good) & (pl.int_range(pl.len()) == 0) & (pl.col("importance") > 0),
        written=(100 * pl.col("importance")).map_elements(
            lambda value: number.decimal(value, 1, study.lang, signed=True), return_dtype=pl.String
        ),
    )
    word = study.index.component_word.in_(study.lang)
    subtitle = study.say(
        "importance.subtitle", folds=study.figures["skill"]["grouped"]["folds"], word_capital=grammar.capital(word)
    )
    caption = _caption(study, words.importance_title(study), subtitle, rows, mode)
    scale = scales.of_numbers(rows, study.say("importance.axis"), study.lang)
    figure = whiskers("drivers-importance", rows, scale, _IMPORTANCE_STEP, caption)
    return with_caveat(figure, study.say("caveat_skill"), mode)


def _caption(study: Study, title: str, subtitle: str, rows: pl.DataFrame, mode: Mode) -> Caption:
    pairs = rows.select("label", pl.col("written").str.replace_all("\n", ", ")).iter_rows()
    values = "; ".join(f"{label}: {written}" for label, written in pairs)
    return Caption(
        title=title,
        subtitle=subtitle,
        source=study.say("effects.source"),
        alt=study.say("effects.alt", values=values),
        lang=study.lang,
        mode=mode,
    )
