"""The charts of components and indicators: tables of a chapter as categories and series.

Each is None where the table has too few figures for a chart.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard.documents.content.content import Chapter
from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart, Series
from dashboard.documents.deck.chart_common import alt_text, component_rows, label_room, marked_names, signed_bars
from dashboard.text import say
from data import number
from data.text import Language

# With fewer there is nothing to compare.
_LEAST = 2


def medians(chapter: Chapter, lang: Language) -> Chart | None:
    """Each component's score beside the national median."""
    table = chapter.table("components")
    if table is None or not {"score", "median"} <= set(table.rows.columns):
        return None
    rows = component_rows(replace(table, rows=table.rows.with_columns(component=marked_names(table))))
    rows = rows.filter(pl.col("score").is_not_null())
    if rows.height < _LEAST:
        return None
    caption = say(lang, "deck.chart.medians", title=table.title, year=chapter.year)
    return Chart(
        "bar",
        caption,
        alt_text(caption, rows, "score", chapter.index.score_decimals, lang),
        tuple(rows["component"]),
        (
            Series(chapter.name, tuple(rows["score"]), "chosen", "score", "chosen", bold=True),
            Series(say(lang, "deck.series.median"), tuple(rows["median"]), "context"),
        ),
        lang,
        chapter.index.score_decimals,
        low=0,
        legend=True,
    )


def slope(chapter: Chapter, lang: Language) -> Chart | None:
    """Each component's rank in two editions."""
    table = chapter.table("components")
    if table is None or not {"rank_before", "rank"} <= set(table.rows.columns):
        return None
    rows = component_rows(table).drop_nulls(["rank_before", "rank"]).sort("rank", maintain_order=True)
    answer = chapter.subject.comparison
    if rows.height < _LEAST or answer is None:
        return None
    before = answer.figures["previous_year"]
    last = max(chapter.index.edition(year).units for year in (before, chapter.year))
    caption = say(lang, "deck.chart.slope", before=before, year=chapter.year, of=last)
    series = tuple(
        Series(
            row["component"], (row["rank_before"], row["rank"]), _moved(row["rank_before"] - row["rank"]), "whole"
        )
        for row in rows.iter_rows(named=True)
    )
    told = "; ".join(f"{item.name} {item.values[0]} → {item.values[1]}" for item in series)
    return Chart(
        "slope",
        caption,
        say(lang, "deck.alt.told", caption=caption, told=told),
        (str(before), str(chapter.year)),
        series,
        lang,
        low=1,
        high=last,
        reversed=True,
    )


def _moved(change: float) -> str:
    return "better" if change > 0 else "worse" if change < 0 else "quiet"


def contributions(chapter: Chapter, lang: Language) -> Chart | None:
    """What each component added or took: a waterfall where the steps add up to the new total, else bars."""
    table, answer = chapter.table("contributions"), chapter.subject.change
    if table is None or answer is None:
        return None
    steps = table.rows.head(table.rows.height - 1)  # the last row is their sum
    figures, places = answer.figures, chapter.index.score_decimals
    ends = (figures["score_before"], figures["score_after"])
    if None not in ends and steps["contribution"].null_count() == 0:
        left = ends[1] - ends[0] - steps["contribution"].sum()
        if abs(left) < 0.5 * 10.0**-places + 1e-9:
            return _waterfall(chapter, table, steps, ends, lang)
    return _bars(table, steps.drop_nulls("contribution"), "contribution", places, lang)


def _waterfall(
    chapter: Chapter, table: Table, steps: pl.DataFrame, ends: tuple[float, float], lang: Language
) -> Chart:
    """Stacked bars; in the chart's own workbook, formulas let a changed step move all that follow."""
    values = list(steps["contribution"])
    gains = [value if value >= 0 else None for value in values]
    losses = [-value if value < 0 else None for value in values]
    at, base = ends[0], []
    for value in values:
        base.append(min(at, at + value))
        at += value
    low, high = (
        min(*base, *ends),
        max(*ends, *(under + abs(value) for under, value in zip(base, values, strict=True))),
    )
    room = max(high - low, 10.0**-chapter.index.score_decimals)
    start = max(0.0, math.floor(low - 0.2 * room))
    places, rows = chapter.index.score_decimals, range(3, len(values) + 3)
    previous = chapter.index.previous(chapter.year)
    assert previous is not None  # there is a change
    named = [f"{chapter.index.name.in_(lang)} {year}" for year in (previous.year, chapter.year)]

    def line(name: str, middle: list[float | None], role: str | None, form: Any, **more: Any) -> Series:
        return Series(say(lang, f"deck.series.{name}"), (None, *middle, None), role, form, **more)

    levels = (ends[0], *(None for _ in values), ends[1])
    caption = say(lang, "deck.chart.waterfall", title=table.title, start=number.whole(int(start), lang))
    return Chart(
        "bar_stacked",
        caption,
        alt_text(caption, steps, "contribution", places, lang, signed=True),
        (named[0], *steps["component"], named[1]),
        (
            line("base", list(base), None, "score", letters=None, formulas=_standing(rows)),
            Series(say(lang, "deck.series.total"), levels, "chosen", "score", "ground", bold=True),
            line("gain", gains, "better", "change", letters=None),
            line("loss", losses, "worse", "loss", letters=None),
            line("gain_label", gains, None, "change", formulas=_copied(gains, "D")),
            line("loss_label", losses, None, "loss", formulas=_copied(losses, "E")),
        ),
        lang,
        places,
        low=start,
        high=high + 0.12 * room,
    )


def _standing(rows: range) -> tuple[str | None, ...]:
    """The formulas for the base of each step: where the step before ended, less its own loss."""
    return (None, *(f"=B{row - 1}+C{row - 1}+D{row - 1}-E{row}" for row in rows), None)


def _copied(values: list[float | None], column: str) -> tuple[str | None, ...]:
    return (
        None,
        *(None if value is None else f"={column}{row}" for row, value in enumerate(values, start=3)),
        None,
    )


def shares(chapter: Chapter, lang: Language) -> Chart | None:
    """How much of the change of rank is due to the province, to the others and to the method."""
    answer = chapter.subject.change
    if answer is None or answer.figures["own"] is None:
        return None
    parts = [(key, answer.figures[key]) for key in ("own", "others", "method")]
    # Where the method stayed, nothing of the change is its own.
    known = [(key, value) for key, value in parts if value is not None and (key != "method" or value)]
    caption = say(lang, "deck.chart.shares", name=chapter.name, before=answer.figures["previous_year"])
    named = tuple(say(lang, f"deck.cell.{key}", name=chapter.name) for key, _ in known)
    rows = pl.DataFrame({"component": named, "value": [float(value) for _, value in known]})
    places = 0 if all(value == round(value) for value in rows["value"]) else 1
    return signed_bars(rows, "value", caption, places, lang)


def gaps(chapter: Chapter, lang: Language) -> Chart | None:
    """How far each component lies behind the reference, in points of the total."""
    table = chapter.table("gaps")
    if table is None or "weighted_gap" not in table.rows.columns:
        return None
    rows = table.rows.with_columns(component=marked_names(table)).drop_nulls("weighted_gap")
    return _split(rows, "weighted_gap", ("behind", "ahead"), table.title, chapter.index.score_decimals, lang)


def _split(
    rows: pl.DataFrame, key: str, names: tuple[str, str], title: str, places: int, lang: Language
) -> Chart | None:
    """Bars of two series, for what is behind and what is ahead have colours of their own."""
    if rows.height < _LEAST:
        return None
    caption = say(lang, "deck.chart.gaps", title=title)
    values = list(rows[key])
    return Chart(
        "bar",
        caption,
        alt_text(caption, rows, key, places, lang),
        tuple(rows["component"]),
        tuple(
            Series(say(lang, f"deck.series.{name}"), tuple(picked), role, "score", bold=True)
            for name, role, picked in (
                (names[0], "worse", [value if value > 0 else None for value in values]),
                (names[1], "better", [value if value <= 0 else None for value in values]),
            )
            if any(value is not None for value in picked)
        ),
        lang,
        places,
        *label_room(values),
        legend=True,
    )


def _bars(table: Table, rows: pl.DataFrame, key: str, places: int, lang: Language) -> Chart | None:
    return signed_bars(rows, key, table.title, places, lang) if rows.height >= _LEAST else None


def indicators(chapter: Chapter, lang: Language) -> Chart | None:
    """How many indicators of each component got better, stayed, got worse."""
    table = chapter.table("indicators")
    if table is None or "moved" not in table.rows.columns:
        return None
    rows = table.rows.drop_nulls("moved")
    parts = list(dict.fromkeys(rows["component"]))
    counts = _counts(rows)
    kinds = [("better", "better", "ground"), ("same", "context", "ink"), ("worse", "worse", "ground")]
    series = []
    for kind, role, letters in kinds:
        cell = say(lang, f"documents.cell.{kind}")
        values = tuple(counts.get((part, cell)) for part in parts)
        if any(value is not None for value in values):
            name = say(lang, f"deck.series.{kind}")
            series.append(Series(name, values, role, "whole", letters, bold=True))
    if not series:
        return None
    caption = say(lang, "deck.chart.indicators", index=chapter.index.name.in_(lang), year=chapter.year)
    return Chart(
        "bar_stacked",
        caption,
        say(lang, "deck.alt.indicators", caption=caption, count=rows.height),
        tuple(parts),
        tuple(series),
        lang,
        legend=True,
    )


def _counts(rows: pl.DataFrame) -> dict[tuple[str, str], int]:
    counted = rows.group_by("component", "moved").len().iter_rows()
    return {(part, moved): count for part, moved, count in counted}
