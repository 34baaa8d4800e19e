"""The back-test of the odds as tables: by the chance told, and by where a unit started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from analytics.core.answer import Answer
from analytics.path.backtest import BANDS
from dashboard.text import say
from dashboard.text import target as words
from dashboard.text.target import TargetWording
from data import number

Row = Mapping[str, Any]


def reliability(answer: Answer, wording: TargetWording) -> str:
    """What was told beside what came."""
    head = ["target.tested.column_chance", "column.forecasts", "column.predicted", "column.observed"]
    body = [
        (
            f"{row['low'] * 100:.0f}–{row['high'] * 100:.0f} %",
            number.whole(row["forecasts"], wording.lang),
            _share(row["predicted"], wording),
            _share(row["observed"], wording),
        )
        for row in answer.rows.iter_rows(named=True)
    ]
    return _table(wording.say("tested.reliability"), head, body, wording)


def bands(answer: Answer, wording: TargetWording) -> str:
    """The Brier score and the base rates' by starting rank, then of all and of those whose method stayed."""
    figures = answer.figures
    head = [f"target.tested.column_{name}" for name in ("band", "base", "brier", "brier_base", "skill")]
    head.insert(1, "column.forecasts")
    body = [_scores(_band(row["band"], figures["top"], wording), row, wording) for row in figures["bands"]]
    body.append(_scores(wording.say("tested.all"), figures, wording))
    kept = figures["same_weights"]
    if 0 < kept["forecasts"] < figures["forecasts"]:
        body.append(_scores(wording.say("tested.same_weights"), kept, wording))
    return _table(wording.say("tested.bands"), head, body, wording)


def _band(band: int, top: int, wording: TargetWording) -> str:
    """The ranks of a band: 1–7, 8–15 …, from 31."""
    edges = [0, *(int(edge * top) for edge in BANDS)]
    first = edges[band - 1] + 1
    if band > len(BANDS):
        return wording.say("tested.band_last", **{"from": first})
    return wording.say("tested.band", to=edges[band], **{"from": first})


def _scores(name: str, row: Row, wording: TargetWording) -> tuple[str, ...]:
    brier = (number.decimal(row[key], 3, wording.lang) for key in ("brier", "brier_base"))
    skill = words.skill(row["skill"], wording.lang)
    return (
        name,
        number.whole(row["forecasts"], wording.lang),
        _share(row.get("base"), wording),
        *brier,
        skill if row["skill"] is None else f"{skill} %",
    )


def _share(share: float | None, wording: TargetWording) -> str:
    return number.MISSING if share is None else f"{number.decimal(100 * share, 0, wording.lang)} %"


def _table(title: str, head: Sequence[str], body: Iterable[Sequence[str]], wording: TargetWording) -> str:
    cells = "".join(
        f'<th scope="col" class="{"vb-number" if place else ""}">{escape(say(wording.lang, key))}</th>'
        for place, key in enumerate(head)
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(f'<td class="vb-number">{escape(item)}</td>' for item in rest)
        + "</tr>"
        for first, *rest in body
    )
    return (
        f'<section class="vb-tested" lang="{wording.lang}"><h3>{escape(title)}</h3><div class="vb-scroll">'
        f'<table class="vb-table"><caption class="vb-hidden">{escape(title)}</caption>'
        f"<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
