"""What stands behind a total as charts to take away: components, what moved it, gaps, indicators."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from analytics.standing.profile import profile
from analytics.weakness.indicators import on_scale
from dashboard.charts import change as change_charts
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gaps import gaps_chart
from dashboard.charts.indicator_strip import indicator_strip
from dashboard.documents.content.content import Chapter
from dashboard.figures import overview
from dashboard.text import indicators as indicator_words
from dashboard.text import sentences
from dashboard.text import weaknesses as words
from dashboard.text.change import ChangeWording
from dashboard.text.grammar import component_words
from dashboard.text.indicators import Measured
from dashboard.text.weaknesses import WeaknessWording
from data.text import Language

_STRIPS = 8
_WIDE, _NARROW = 118, 46


def ordered(chapter: Chapter) -> Iterator[Figure]:
    """The order of all on each component, of an edition of which little more is known."""
    figure = overview.orders(chapter.material.subject)
    if figure is not None:
        yield figure


def moved(chapter: Chapter) -> Iterator[Figure]:
    """Whose doing the change of rank is; the change of the total is a chart of the report too."""
    answer = chapter.material.change
    if answer is not None and answer.figures["own"] is not None:
        yield change_charts.places(
            ChangeWording(chapter.index, chapter.year, chapter.name, _lang(chapter), answer), "light"
        )


def gaps(chapter: Chapter) -> Iterator[Figure]:
    """What each component costs or earns against the reference."""
    answer = chapter.material.weakness
    rows = pl.DataFrame() if answer is None else answer.rows.drop_nulls("weighted_gap")
    if answer is None or rows.is_empty():
        return
    wording = _subject(chapter)
    names = {code: wording.component(code) for code in answer.rows["component"]}
    written = {
        code: words.beside(gap, wording) for code, gap in rows.select("component", "weighted_gap").iter_rows()
    }
    said = [wording.say("gaps.subtitle", edition=wording.edition, name=wording.name, reference=wording.reference)]
    missing = answer.rows.height - rows.height
    if missing:
        word = component_words(wording.index, missing, wording.lang)
        said.append(wording.say("gaps.missing", count=missing, word=word))
    if not (rows["score_status"] == "published").all():
        said.append(wording.say("gaps.hollow"))
    values = "; ".join(f"{names[code]} {text}" for code, text in written.items())
    caption = _caption(chapter, words.gaps_title(rows, wording), said, wording.say("gaps.alt", values=values))
    axis, detail = wording.say("gaps.axis"), wording.say("gaps.detail")
    in_target = answer.figures["against"] == "target"
    yield gaps_chart(answer.rows, names, written, axis, detail, in_target, caption)


def indicators(chapter: Chapter) -> Iterator[Figure]:
    """The indicators of the components where most is to be gained, from worst to best province."""
    answer = chapter.material.indicators
    if answer is None:
        return
    wording = _subject(chapter)
    for code in chapter.material.foremost:
        placed = on_scale(answer.rows.filter(component=code)).drop_nulls("place")
        if placed.is_empty():
            continue
        drawn = placed.head(_STRIPS)
        said = [wording.say("drill.subtitle", edition=wording.edition, name=wording.name)]
        if drawn.height < placed.height:
            said.append(wording.say("drill.subtitle_some", shown=drawn.height, known=placed.height))
        labels = {row["indicator"]: _labels(row, wording) for row in drawn.iter_rows(named=True)}
        values = "; ".join(label["said"] for label in labels.values())
        title = indicator_words.title(placed, wording.component(code), wording)
        caption = _caption(chapter, title, said, wording.say("drill.alt", values=values))
        ends = (wording.say("drill.worst"), wording.say("drill.best"))
        table = pl.DataFrame({"indicator": list(labels), "value": drawn["value"]})
        yield replace(indicator_strip(drawn, labels, ends, table, caption), name=f"indicators-{code}")


def _labels(row: dict[str, Any], wording: WeaknessWording) -> dict[str, str]:
    written, name = Measured.of(row, wording.lang), indicator_words.name(row, wording.lang)
    rank = "" if row["rank"] is None else f" ({row['rank']}/{row['of']})"
    own = written.write(row["value"]) + rank
    median = (
        "" if row["median"] is None else f"; {wording.say('drill.median', value=written.write(row['median']))}"
    )
    return {
        "name": _folded(name, _WIDE),
        "narrow": _folded(name, _NARROW),
        "worst": written.write(row["worst"]),
        "best": written.write(row["best"]),
        "own": own,
        "said": f"{name}: {own}{median}",
    }


def _folded(name: str, letters: int) -> str:
    """In two lines at most: the workbook has the whole of it."""
    lines = textwrap.wrap(name, letters)
    if len(lines) > 2:
        lines = [lines[0], lines[1][: letters - 1].rstrip() + "…"]
    return "\n".join(lines)


def _lang(chapter: Chapter) -> Language:
    return chapter.material.specification.lang


def _subject(chapter: Chapter) -> WeaknessWording:
    """Whose weaknesses, against what."""
    material, lang = chapter.material, _lang(chapter)
    reference = ""
    if material.weakness is not None:
        reference = words.reference(material.weakness, material.region_name, lang)
    return WeaknessWording(chapter.index, chapter.year, chapter.name, lang, reference)


def _caption(chapter: Chapter, title: str, said: list[str], alt: str) -> Caption:
    whole = profile(chapter.material.frames, chapter.index.code, chapter.year, chapter.material.unit)
    source = sentences.source(chapter.index, whole, _lang(chapter))
    return Caption(title, "; ".join(said), source, alt, _lang(chapter), "light")
