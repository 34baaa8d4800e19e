"""The titles of a forecast and of its back-test, in either language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from analytics.core.answer import Answer
from dashboard.text import say
from dashboard.text.wording import Wording
from data import number
from data.definition import OVERALL, Index, spans
from data.text import Language


@dataclass(frozen=True, slots=True, eq=False)
class ForecastWording(Wording):
    """Words for an answer of `analytics.forecast`; its edition is the one that the forecast starts from."""

    PAGE: ClassVar[str] = "drivers.ahead"

    answer: Answer

    def _given(self) -> dict[str, object]:
        component = str(self.answer.figures["component"])
        return Wording._given(self) | {"what": what(self.index, component, self.lang)}


def what(index: Index, component: str, lang: Language) -> str:
    """What the scores are of: `PCI`, or `PCI, Tính minh bạch`."""
    name = index.name.in_(lang)
    return name if component == OVERALL else f"{name}, {index.component(component).name.in_(lang)}"


def chart_title(wording: ForecastWording) -> str:
    """The forecast against the last score, and whether the actual score lay inside its interval."""
    figures, row = wording.answer.figures, wording.answer.rows.row(0, named=True)
    last = wording.points(row["last"])
    if row["score"] is None:
        return wording.say("known", score=last, year=figures["from_year"])
    by = wording.points(abs(row["score"] - row["last"]))
    key = "same" if not by.strip("0,.") else "up" if row["score"] > row["last"] else "down"
    title = wording.say(key, last=last, year=figures["from_year"], by=by)
    if row["actual"] is None:
        return title
    inside = row["low"] <= row["actual"] <= row["high"]
    return wording.say("inside" if inside else "outside", title=title, actual=wording.points(row["actual"]))


def chart_subtitle(wording: ForecastWording, own: pl.DataFrame) -> str:
    """What the marks mean."""
    row = wording.answer.rows.row(0, named=True)
    said = [wording.say("subtitle")]
    if row["score"] is not None:
        said.append(
            wording.say(
                "subtitle_band", level=number.decimal(100 * wording.answer.figures["level"], 0, wording.lang)
            )
        )
        if row["actual"] is not None:
            said.append(wording.say("subtitle_came"))
    if len({wording.index.regime(year).code for year in own["year"]}) > 1:
        said.append(wording.say("subtitle_breaks"))
    return "; ".join(said)


def source(index: Index, own: pl.DataFrame, lang: Language) -> str:
    """The source line; it says so where most figures are second-hand."""
    first = own["score_status"].is_in(["published", "derived"]).sum()
    return say(
        lang,
        "trends.source" if 2 * first >= own.height else "trends.source_second",
        publisher=index.publisher.in_(lang),
        index=index.name.in_(lang),
        years=spans(own["year"]),
    )


def errors_title(tested: Answer, lang: Language) -> str:
    """How much closer forecasts were than the last score, or that the difference may be chance."""
    figures = tested.figures
    key = {True: "better", False: "worse", None: "alike"}[figures["better"]]
    return say(
        lang,
        f"drivers.ahead.errors_{key}",
        closer=figures["closer_in"],
        editions=figures["editions"],
        share=number.decimal(100 * abs(figures["skill"] or 0.0), 0, lang),
    )


def errors_subtitle(index: Index, tested: Answer, lang: Language) -> str:
    """What the errors are of, and how often the actual score lay inside the interval."""
    figures = tested.figures
    named = what(index, str(figures["component"]), lang)
    forecasts = number.whole(figures["forecasts"], lang)
    said = [say(lang, "drivers.ahead.errors_subtitle", what=named, forecasts=forecasts)]
    if figures["covered"] is not None:
        level, covered = (number.decimal(100 * figures[name], 0, lang) for name in ("level", "covered"))
        editions = len(figures["covered_editions"])
        said.append(say(lang, "drivers.ahead.errors_covered", level=level, covered=covered, editions=editions))
    return "; ".join(said)
