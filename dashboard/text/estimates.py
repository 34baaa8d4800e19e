"""Estimates in sentences: the next score, and the 34 from the 63; for pages, documents and commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import say, sentences
from data import number
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Language, Text

Row = Mapping[str, Any]


def forecast_title(index: Index, name: Text, answer: Answer, lang: Language) -> str:
    """What is expected: `Nam Định, PCI 2020: dự báo 65,18 điểm, khoảng 62,02–68,35`; or why not."""
    row, component = answer.rows.row(0, named=True), str(answer.figures["component"])
    part = "" if component == OVERALL else f", {index.component(component).name.in_(lang)}"
    what = {"name": name.in_(lang), "edition": f"{index.name.in_(lang)} {row['year']}{part}"}
    if row["score"] is None:
        reason = say(lang, f"estimates.reason.{answer.figures['reason']}")
        return say(lang, "estimates.forecast_none", reason=reason, **what)
    written = {key: number.decimal(row[key], index.score_decimals, lang) for key in ("score", "low", "high")}
    return say(lang, "estimates.forecast", **what, **written)


def forecast_trust(answer: Answer, lang: Language) -> str | None:
    """How well such forecasts did in the back-test; None where none could be tested."""
    figures = answer.figures
    if figures["skill"] is None:
        return None
    verdict = {True: "better", False: "worse", None: "alike"}[figures["better"]]
    return say(
        lang,
        f"estimates.trust_{verdict}",
        share=number.decimal(100 * abs(figures["skill"]), 0, lang),
        editions=len(figures["tested"]),
    )


def merger_title(index: Index, name: Text, row: Row, units: int, lang: Language, component: str = OVERALL) -> str:
    """Where one of the 34 would stand: `Ninh Bình: từ thứ 9 đến thứ 25 trong 34, ước tính từ PCI 2023`.

    `row` is one of `analytics.merger_history` (it has the year) on the component.
    """
    edition = sentences.edition(index, row["year"], component, lang)
    values = {"name": name.in_(lang), "edition": edition, "units": units}
    if row["mean"] is None:
        return say(lang, "estimates.merger_none", **values)
    mean = number.decimal(row["mean"], index.score_decimals, lang)
    if row["rank_mean"] is None and row["score_status"] != "estimated":
        return say(lang, "estimates.merger_unranked", mean=mean, **values)
    if row["rank_mean"] is None:
        low, high = (number.decimal(row[key], index.score_decimals, lang) for key in ("low", "high"))
        return say(lang, "estimates.merger_scores", mean=mean, low=low, high=high, **values)
    place = number.standing(row["rank_mean"], units, lang)
    band = {"best": row["rank_best"], "worst": row["rank_worst"]}
    if row["score_status"] != "estimated":
        return say(lang, "estimates.merger_same", mean=mean, place=place, **band, **values)
    return say(lang, "estimates.merger", mean=mean, place=place, **band, **values)


def member_scores(answer: Answer, frames: Frames, unit: str, lang: Language, places: int = 2) -> str:
    """The members of one of the 34 with their scores: `Hà Nam 67,83 · Nam Định 65,65`, the heaviest first."""
    names = _names(frames, lang)
    own = [item for item in answer.figures["members"] if item["unit"] == unit]
    own.sort(key=lambda item: (-(item["share"] or 0), item["member"]))
    return " · ".join(f"{names[item['member']]} {number.decimal(item['score'], places, lang)}" for item in own)


def with_member_names(answer: Answer, frames: Frames, lang: Language) -> Answer:
    """The answer of `analytics.merger` with the members' names and scores in place of their codes."""
    said = {unit: member_scores(answer, frames, unit, lang) for unit in answer.rows["unit"]}
    return replace(
        answer,
        rows=answer.rows.with_columns(members=pl.col("unit").replace_strict(said, return_dtype=pl.String)),
    )


def _names(frames: Frames, lang: Language) -> dict[str, str]:
    return dict(frames.unit.select("unit", f"name_{lang}").iter_rows())
