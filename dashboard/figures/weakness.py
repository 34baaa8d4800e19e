"""The charts of the weaknesses: asks for what they draw and writes the words around them."""

from __future__ import annotations

import textwrap
from typing import Any

import polars as pl

from analytics.standing.profile import profile
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gaps import gaps_chart
from dashboard.charts.indicator_strip import indicator_strip
from dashboard.text import indicators as indicator_words
from dashboard.text import say, sentences
from dashboard.text import weaknesses as words
from dashboard.text.grammar import component_words
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from dashboard.views.weaknesses.view import View

# More strips than these are a table, which stands below.
STRIPS = 8
_WIDE, _NARROW = 118, 46


def source(view: View) -> str:
    """Whose figures they are."""
    at, chosen = view.at, view.at.selection
    whole = at.resources.ask(profile, chosen.index, chosen.year, view.unit)
    return sentences.source(at.index, whole, at.lang)


def gaps(view: View) -> Figure:
    """What each component costs or earns against the reference."""
    wording, answer = view.wording, view.answer
    rows = answer.rows.drop_nulls("weighted_gap")
    names = {code: wording.component(code) for code in answer.rows["component"]}
    written = {
        code: words.beside(gap, wording) for code, gap in rows.select("component", "weighted_gap").iter_rows()
    }
    said = [wording.say("gaps.subtitle", edition=wording.edition, name=wording.name, reference=wording.reference)]
    missing = answer.rows.height - rows.height
    if missing:
        said.append(
            wording.say("gaps.missing", count=missing, word=component_words(wording.index, missing, wording.lang))
        )
    if not (rows["score_status"] == "published").all():
        said.append(wording.say("gaps.hollow"))
    values = "; ".join(f"{names[code]} {text}" for code, text in written.items())
    caption = Caption(
        title=words.gaps_title(rows, wording),
        subtitle="; ".join(said),
        source=source(view),
        alt=wording.say("gaps.alt", values=values),
        lang=wording.lang,
        mode=view.at.mode,
    )
    axis = wording.say("gaps.axis")
    detail = wording.say("gaps.detail")
    return gaps_chart(answer.rows, names, written, axis, detail, answer.figures["against"] == "target", caption)


def indicators(view: View, placed: pl.DataFrame, part: str) -> Figure:
    """A component's indicators from worst to best province, those furthest behind the median."""
    wording = view.wording
    known = placed.drop_nulls("place")
    drawn = known.head(STRIPS)
    said = [wording.say("drill.subtitle", edition=wording.edition, name=wording.name)]
    if drawn.height < known.height:
        said.append(wording.say("drill.subtitle_some", shown=drawn.height, known=known.height))
    labels = {row["indicator"]: _labels(row, wording) for row in drawn.iter_rows(named=True)}
    values = "; ".join(label["said"] for label in labels.values())
    caption = Caption(
        title=indicator_words.title(placed, part, wording),
        subtitle="; ".join(said),
        source=source(view),
        alt=wording.say("drill.alt", values=values),
        lang=wording.lang,
        mode=view.at.mode,
    )
    headings = (wording.say("drill.worst"), wording.say("drill.best"))
    return indicator_strip(drawn, labels, headings, _table(placed, wording), caption)


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
    """In two lines at most; the table below the chart has the whole of it."""
    lines = textwrap.wrap(name, letters)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: letters - 1].rstrip() + "…"]
    return "\n".join(lines)


def _table(placed: pl.DataFrame, wording: WeaknessWording) -> pl.DataFrame:
    """All indicators, as they are taken away."""
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
