"""The back-test of the odds as tables: by the predicted chance, and by the rank that a unit started from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.path.base_rate import BANDS
from dashboard.html.cells import Row
from dashboard.html.markup import tag
from dashboard.html.table import Column, table
from dashboard.text import say
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from data import number
from data.text import Language

R = TypeVar("R")


def reliability(answer: Answer, wording: TargetWording) -> Markup:
    """Predicted chances beside observed frequencies: the rows of `analytics.path.backtest.backtest`."""
    lang = wording.lang
    columns: list[Column[Row]] = [
        Column(wording.say("tested.column_chance"), _told, "name"),
        Column(say(lang, "column.forecasts"), lambda row: number.whole(row["forecasts"], lang), "number"),
        Column(say(lang, "column.predicted"), lambda row: _share(row["predicted"], wording), "number"),
        Column(say(lang, "column.observed"), lambda row: _share(row["observed"], wording), "number"),
    ]
    return _titled(wording.say("tested.reliability"), columns, answer.rows.iter_rows(named=True), lang)


def _told(row: Row) -> str:
    """The interval of predicted chances: `10–20 %`."""
    return f"{row['low'] * 100:.0f}–{row['high'] * 100:.0f} %"


def bands(answer: Answer, wording: TargetWording) -> Markup:
    """Brier scores of the odds and of the base rates by starting rank; then of all, and of unchanged weights."""
    figures, lang = answer.figures, wording.lang
    rows = [(_band(row["band"], figures["top"], wording), row) for row in figures["bands"]]
    rows.append((wording.say("tested.all"), figures))
    kept = figures["same_weights"]
    if 0 < kept["forecasts"] < figures["forecasts"]:
        rows.append((wording.say("tested.same_weights"), kept))

    columns: list[Column[tuple[str, Row]]] = [
        Column(wording.say("tested.column_band"), lambda item: item[0], "name"),
        Column(say(lang, "column.forecasts"), lambda item: number.whole(item[1]["forecasts"], lang), "number"),
        Column(wording.say("tested.column_base"), lambda item: _share(item[1].get("base"), wording), "number"),
        *_scores(wording),
    ]
    return _titled(wording.say("tested.bands"), columns, rows, lang)


def groups(answer: Answer, wording: TargetWording) -> Markup:
    """The scores for groups of several sizes: the first 5, 8, 10 …"""
    lang = wording.lang
    columns: list[Column[tuple[str, Row]]] = [
        Column(wording.say("tested.column_top"), lambda item: item[0], "name"),
        *_scores(wording),
        Column(
            wording.say("tested.column_log_skill"), lambda item: words.skill(item[1], lang, "log_skill"), "number"
        ),
    ]
    rows = [(str(row["top"]), row) for row in answer.figures["groups"]]
    return _titled(wording.say("tested.groups"), columns, rows, lang)


def _scores(wording: TargetWording) -> list[Column[tuple[str, Row]]]:
    """The Brier scores of the odds and of the base rates, and the skill with its interval."""
    lang = wording.lang

    def score(name: str) -> Callable[[tuple[str, Row]], str]:
        return lambda item: number.decimal(item[1][name], 3, lang)

    return [
        *(Column(wording.say(f"tested.column_{name}"), score(name), "number") for name in ("brier", "brier_base")),
        Column(wording.say("tested.column_skill"), lambda item: words.skill(item[1], lang), "number"),
    ]


def _band(band: int, top: int, wording: TargetWording) -> str:
    """The ranks of a band: 1–7, 8–15 …, from 31."""
    edges = [0, *(int(edge * top) for edge in BANDS)]
    first = edges[band - 1] + 1
    if band > len(BANDS):
        return wording.say("tested.band_last", **{"from": first})
    return wording.say("tested.band", to=edges[band], **{"from": first})


def _share(share: float | None, wording: TargetWording) -> str:
    return number.MISSING if share is None else f"{number.decimal(100 * share, 0, wording.lang)} %"


def _titled(title: str, columns: Sequence[Column[R]], rows: Iterable[R], lang: Language) -> Markup:
    shown = tag("div.vb-scroll", table(columns, rows, title, lang))
    return tag("section.vb-tested", tag("h3", title), shown, lang=lang)
