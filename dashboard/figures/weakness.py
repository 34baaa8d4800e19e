"""The figures of the weaknesses: gaps to the reference, and the indicators below a component."""

from __future__ import annotations

import textwrap
from typing import Any

import polars as pl

from analytics.standing.profile import profile
from analytics.weakness.indicators import on_scale
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gaps import gaps_chart
from dashboard.charts.indicator_strip import indicator_strip
from dashboard.subject import Subject
from dashboard.text import indicators as indicator_words
from dashboard.text import say, sentences
from dashboard.text import weaknesses as words
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from data.text import Text

# At most so many strips are drawn; the table has the others.
STRIPS = 8
_WIDE, _NARROW = 118, 46


def gaps(subject: Subject) -> Figure | None:
    """Each component's gap to the reference, weighted: in points of the total.

    None where no gap is known: without a reference, or without weights.
    """
    answer, wording = subject.weakness, subject.weakness_wording
    if answer is None or answer.rows["weighted_gap"].count() == 0:
        return None
    rows = answer.rows.drop_nulls("weighted_gap")
    names = {code: wording.component(code) for code in answer.rows["component"]}
    gaps = dict(rows.select("component", "weighted_gap").iter_rows())
    written = {code: words.beside(gap, wording) for code, gap in gaps.items()}
    said = [wording.say("gaps.subtitle", reference=wording.reference)]
    missing = answer.rows.height - rows.height
    if missing:
        said.append(wording.say("gaps.missing", count=missing, word=wording.words(missing)))
    if not (rows["score_status"] == "published").all():
        said.append(wording.say("gaps.hollow"))
    values = "; ".join(f"{names[code]} {text}" for code, text in written.items())
    alt = wording.say("gaps.alt", values=values)
    caption = Caption(
        words.gaps_title(rows, wording), "; ".join(said), source(subject), alt, subject.lang, subject.mode
    )
    axis, detail = wording.say("gaps.axis"), wording.say("gaps.detail")
    return gaps_chart(
        answer.rows, names, written, axis, detail, answer.figures["against"] in ("target", "target_year"), caption
    )


def indicators(subject: Subject, component: str) -> Figure | None:
    """The unit's place on each indicator of a component, from the worst to the best unit.

    Those furthest behind the median come first, at most `STRIPS`; the table has all. None where no place is known.
    """
    found, wording = subject.indicators_of(component), subject.weakness_wording
    if isinstance(found, Text):
        return None
    placed = on_scale(found.rows)
    known = placed.drop_nulls("place")
    if known.is_empty():
        return None
    drawn = known.head(STRIPS)
    said = [wording.say("drill.subtitle")]
    if drawn.height < known.height:
        said.append(wording.say("drill.subtitle_some", shown=drawn.height, known=known.height))
    labels = {row["indicator"]: _labels(row, wording) for row in drawn.iter_rows(named=True)}
    title = indicator_words.title(placed, wording.component(component), wording)
    alt = wording.say("drill.alt", values="; ".join(label["said"] for label in labels.values()))
    caption = Caption(title, "; ".join(said), source(subject), alt, subject.lang, subject.mode)
    headings = (wording.say("drill.worst"), wording.say("drill.best"))
    return indicator_strip(drawn, labels, headings, _table(placed, wording), caption)


def source(subject: Subject) -> str:
    """The source line of the components' figures."""
    answer = subject.ask(profile, subject.index.code, subject.year, subject.unit)
    return sentences.source(subject.index, answer, subject.lang)


def _labels(row: dict[str, Any], wording: WeaknessWording) -> dict[str, str]:
    written = Measured.of(row, wording.lang)
    name = indicator_words.name(row, wording.lang)
    own = written.write(row["value"])
    rank = "" if row["rank"] is None else f" ({row['rank']}/{row['of']})"
    median = (
        "" if row["median"] is None else f"; {wording.say('drill.median', value=written.write(row['median']))}"
    )
    return {
        "name": _folded(name, _WIDE),
        "narrow": _folded(name, _NARROW),
        "worst": written.write(row["worst"]),
        "best": written.write(row["best"]),
        "own": f"{own}{rank}",
        "said": f"{name}: {own}{rank}{median}",
    }


def _folded(name: str, letters: int) -> str:
    """The name in at most two lines; the table has all of it."""
    lines = textwrap.wrap(name, letters)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: letters - 1].rstrip() + "…"]
    return "\n".join(lines)


def _table(placed: pl.DataFrame, wording: WeaknessWording) -> pl.DataFrame:
    """The figure's table: all indicators."""
    rows = list(placed.iter_rows(named=True))

    def shared(key: str) -> str:
        return say(wording.lang, key)

    described = {
        shared("column.indicator"): [indicator_words.name(row, wording.lang) for row in rows],
        wording.say("drill.measure"): [shared(f"measure.{row['measure']}") for row in rows],
        shared("column.direction"): [shared(f"direction.{row['direction']}") for row in rows],
    }
    headings = {
        "value": wording.say("drill.value"),
        "median": shared("column.median"),
        "best": wording.say("drill.best_column"),
        "worst": wording.say("drill.worst_column"),
        "rank": shared("column.shown_rank"),
        "change": shared("column.change"),
        "previous_year": shared("column.previous_year"),
    }
    figures = [placed[column].alias(heading) for column, heading in headings.items()]
    return pl.DataFrame(described).hstack(figures)
