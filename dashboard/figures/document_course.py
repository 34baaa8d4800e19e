"""The course of a province over the editions as charts to take away: rank, score, every component in a panel."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.core.ranking import ranked
from analytics.standing.trend import Move, along, bands, pieces, turn
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.panels import Scale, panels
from dashboard.charts.trend import Frame, trend_chart
from dashboard.charts.trend_spec import Role, What
from dashboard.documents.content.content import Chapter
from dashboard.text import say, trends
from dashboard.text.trends import TrendWording
from data.definition import OVERALL
from data.text import Language

# A line through fewer points shows no course.
_LEAST = 3


def course(chapter: Chapter) -> Iterator[Figure]:
    """The total's rank and score up to the edition."""
    rows = _rows(chapter).filter(component=OVERALL)
    wording, places = _subject(chapter), chapter.index.score_decimals
    if rows["shown_rank"].count() >= _LEAST:
        move = turn(rows, chapter.year)
        yield _line(chapter, "rank", rows, trends.rank_title(wording, rows), move)
    if rows["score"].count() >= _LEAST:
        kind: What = "share" if rows.drop_nulls("score")["out_of"].n_unique() > 1 else "score"
        move = along(rows, chapter.index, chapter.year)
        yield _line(chapter, kind, rows, trends.score_title(wording, rows, places), move)


def components(chapter: Chapter) -> Iterator[Figure]:
    """Every component of the edition in a panel of its own, by score; by its share where maxima changed."""
    index, lang = chapter.index, _lang(chapter)
    parts = index.components_of(chapter.year)
    rows = _rows(chapter).filter(pl.col("component").is_in([part.code for part in parts]))
    known = rows.drop_nulls("score")
    if known["year"].n_unique() < _LEAST:
        return
    value = "share" if known["out_of"].n_unique() > 1 else "score"
    lines = pieces(rows, index, value)
    if lines.is_empty():
        return
    step = 10 if value == "share" else 1
    low, high = lines.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    scale = Scale(low // step * step, -(-high // step) * step, 0 if value == "share" else 2)
    wording, names = _subject(chapter), {part.code: part.name.in_(lang) for part in parts}
    ends = {"low": f"{scale.low:.0f}", "high": f"{scale.high:.0f}"}
    said = [wording.say(f"sub_components_{value}", word=index.component_word.in_(lang), **ends)]
    title = trends.components_title(wording, rows, "score", names, index.score_decimals)
    shown = [(part.code, part.name, part.short) for part in parts]
    years = (min(lines["year"].to_list()), chapter.year)
    caption = _caption(chapter, rows, title, [*said, *_reading(wording, lines, "score")])
    unit = chapter.material.unit
    yield panels(lines, shown, {unit: "own"}, {unit: chapter.name}, years, scale, caption)


def _rows(chapter: Chapter) -> pl.DataFrame:
    """The province's figures up to the edition."""
    found = ranked(chapter.material.frames, chapter.index)
    return found.filter(pl.col("year") <= chapter.year, unit=chapter.material.unit)


def _lang(chapter: Chapter) -> Language:
    return chapter.material.specification.lang


def _subject(chapter: Chapter) -> TrendWording:
    return TrendWording(chapter.index, chapter.year, chapter.name, _lang(chapter), chapter.material.unit, {})


def _line(chapter: Chapter, what: What, rows: pl.DataFrame, title: str, move: Move | None) -> Figure:
    index, material, unit = chapter.index, chapter.material, chapter.material.unit
    value = {"rank": "shown_rank", "score": "score", "share": "share"}[what]
    lines = pieces(rows, index, value)
    wording = _subject(chapter)
    measured = {"of": trends.units_scored(wording, rows)} if what == "rank" else {}
    said = wording.say(f"sub_{what}", what=index.name.in_(_lang(chapter)), **measured)
    own: dict[str, Role] = {unit: "own"}
    known = rows.drop_nulls("shown_rank" if what == "rank" else "score")["year"]
    frame = Frame(
        first=min(known.to_list()),
        last=chapter.year,
        bands=[band for band in bands(index, material.edition.unit_set) if band.first <= chapter.year],
        ranks=max(rows["of"].drop_nulls().to_list()),
        top=material.specification.top or index.target_group.get(material.edition.unit_set),
        marked=() if move is None else (move.from_year, move.to_year),
    )
    caption = _caption(chapter, rows, title, [said, *_reading(wording, lines, what)])
    return trend_chart(what, lines, own, {unit: chapter.name}, frame, index.score_decimals, caption)


def _reading(wording: TrendWording, lines: pl.DataFrame, what: What) -> Iterator[str]:
    """What the kinds of line and point mean, as far as they are met."""
    if lines["dashed"].any():
        yield wording.say("breaks")
    status = lines["rank_status" if what == "rank" else "score_status"].cast(pl.String)
    if (status.fill_null("computed") != "published").any():
        yield wording.say("hollow")


def _caption(chapter: Chapter, rows: pl.DataFrame, title: str, said: list[str]) -> Caption:
    wording, subtitle = _subject(chapter), "; ".join(said)
    first = min(rows["year"].to_list())
    named = {
        "from": first,
        "to": chapter.year,
        "name": chapter.name,
        "index": chapter.index.name.in_(wording.lang),
    }
    return Caption(
        title=title,
        subtitle=subtitle,
        source=trends.source(wording, rows),
        alt=say(wording.lang, "pack.chart.course", title=title, **named),
        lang=wording.lang,
        mode="light",
    )
