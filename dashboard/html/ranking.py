"""The table of a ranking, its legend and its notes, from the rows of `analytics.core.ranking.ranking`.

To add a column to the table, add a `Column` to `_columns` and its heading to the texts of both languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from dashboard.html import cells, strip_plot
from dashboard.html.cells import MISSING, Row, Setting
from dashboard.html.markup import NOTHING, fragment, items, tag, visually_hidden
from dashboard.html.strip_plot import Strip
from dashboard.html.table import Column, table
from dashboard.text.signs import SIGNS
from data import number


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a ranking has and how they are drawn.

    It is read from all rows of the ranking, so that a filter on the rows does not change the columns.

    `strip` is the scale on which the scores are drawn. `bands`, where it is given, is the scale of ranks: in place
    of each score a band of ranks is drawn, from the columns `rank_low` and `rank_high` that the rows then have.
    """

    ordered: bool
    scored: bool
    change_score: bool
    change_rank: bool
    in_region: bool
    one_scale: bool
    strip: Strip | None
    signs: tuple[str, ...]
    computed: bool
    bands: Strip | None = None

    @classmethod
    def of(cls, rows: pl.DataFrame) -> Layout:
        """The layout for the rows of `analytics.ranking.ranking`."""
        shown = pl.coalesce("published_rank", "rank")
        ordered = rows["order"].count() > 0 and rows.select(shown.count()).item() == 0
        known = rows.filter(pl.any_horizontal(pl.col("score", "score_low", "score_high").is_not_null()))
        one_scale = known.select("scale", "out_of").unique().height <= 1
        met = {*rows["score_status"].drop_nulls(), *rows["rank_status"].drop_nulls()}
        return cls(
            ordered=ordered,
            scored=not known.is_empty(),
            change_score=rows["change_score"].count() > 0,
            change_rank=rows["change_rank"].count() > 0,
            in_region=rows["rank_in_region"].count() > 0,
            one_scale=one_scale,
            strip=strip_plot.score_strip(known) if one_scale else None,
            signs=tuple(status for status in SIGNS if status in met),
            computed=rows.select((pl.col("published_rank").is_null() & pl.col("rank").is_not_null()).any()).item()
            or False,
        )


def ranking_table(rows: pl.DataFrame, layout: Layout, setting: Setting, caption: str) -> Markup:
    """The ranking in the order of `rows`; units with a score but no rank follow as a group of their own.

    Each line carries its unit as `data-unit`. The table is the same for every chosen unit, so it can be cached: a
    style beside it (`dashboard.html.highlight`) sets the chosen line apart.
    """
    listed = list(rows.iter_rows(named=True))
    placed = [row for row in listed if layout.ordered or _placed(row)]
    loose = [row for row in listed if not (layout.ordered or _placed(row))]
    noted = [row["unit"] for row in listed if setting.note(row)]
    shown = table(
        _columns(layout, setting, {unit: place for place, unit in enumerate(noted, start=1)}),
        placed or loose,
        caption,
        setting.lang,
        attributes=lambda row: {"data-unit": row["unit"]},
        groups=[(setting.say("rankings.without_rank"), loose)] if placed and loose else (),
    )
    return tag("div.vb-scroll", shown)


def _columns(layout: Layout, setting: Setting, notes: Mapping[str, int]) -> list[Column[Row]]:
    """All columns in their order; `notes` gives the number of the footnote by unit."""
    say, lang, places = setting.say, setting.lang, setting.places
    return [
        Column(
            say("column.order" if layout.ordered else "column.shown_rank"),
            lambda row: cells.rank(row, setting, ordered=layout.ordered),
            "number",
        ),
        Column(say("column.name"), lambda row: _named(row, setting, notes), "name"),
        Column(
            say("column.score"),
            lambda row: cells.score(row, setting, one_scale=layout.one_scale),
            "number",
            shown=layout.scored,
        ),
        *_drawn(layout, setting),
        Column(
            say("column.change_score"),
            lambda row: cells.change(row["change_score"], places, lang),
            "number",
            room="medium",
            shown=layout.change_score,
        ),
        Column(
            say("column.change_rank"),
            lambda row: cells.change(row["change_rank"], 0, lang),
            "number",
            shown=layout.change_rank,
        ),
        Column(
            say("column.rank_in_region"),
            lambda row: number.whole(row["rank_in_region"], lang),
            "number",
            room="wide",
            shown=layout.in_region,
        ),
        Column(
            say("column.region"),
            lambda row: _region(row, setting),
            room="wide",
            style="vb-soft",
            shown=bool(setting.regions),  # units of one's own lie in none
        ),
    ]


def _drawn(layout: Layout, setting: Setting) -> list[Column[Row]]:
    """The strip plot of the scores; with `layout.bands` the ranks' bands instead, as text and as a strip plot."""
    bands, strip = layout.bands, layout.strip
    if bands is not None:
        heading = _ends("rankings.strip_ranks", bands, 0, setting)
        return [
            Column(setting.say("column.rank_band"), lambda row: _band(row, setting), "number"),
            Column(heading, lambda row: _band_mark(row, bands), room="wide", drawn=True),
        ]
    if strip is None:
        return []
    heading = _ends("rankings.strip", strip, setting.places, setting)
    return [Column(heading, lambda row: strip_plot.score_mark(row, strip), room="wide", drawn=True)]


def _ends(key: str, strip: Strip, places: int, setting: Setting) -> Markup:
    """The heading of a strip plot: the two ends of its scale, and what it shows for screen readers."""
    low, high = (number.decimal(end, places, setting.lang) for end in (strip.low, strip.high))
    ends = tag("span.vb-ends", tag("span", low), tag("span", high), aria_hidden="true")
    return fragment(visually_hidden(setting.say(key, low=low, high=high)), ends)


def _named(row: Row, setting: Setting, notes: Mapping[str, int]) -> Markup:
    """The unit's name as a link, with the number of its footnote."""
    note = notes.get(row["unit"])
    return fragment(setting.linked(row), NOTHING if note is None else tag("sup", str(note)))


def _region(row: Row, setting: Setting) -> str:
    region = setting.regions.get(row["region"])
    return region.in_(setting.lang) if region else ""


def _placed(row: Row) -> bool:
    return row["published_rank"] is not None or row["rank"] is not None


def _band(row: Row, setting: Setting) -> str:
    """`2–5`; one number where both ends are the same."""
    if row["rank_low"] is None:
        return MISSING
    low, high = (number.whole(row[end], setting.lang) for end in ("rank_low", "rank_high"))
    return low if low == high else f"{low}–{high}"


def _band_mark(row: Row, strip: Strip) -> Markup:
    value = row["published_rank"] or row["rank"]
    if row["rank_low"] is None or value is None:
        return NOTHING
    hollow = row["rank_status"] != "published"
    return strip_plot.band_mark(row["rank_low"], value, row["rank_high"], strip, hollow=hollow)


def legend(layout: Layout, setting: Setting) -> Markup:
    """The meaning of the signs and of outlined ranks; empty where the table has none."""
    outlined = tag("span.vb-computed", "12", aria_hidden="true")
    meanings = cells.meanings(layout.signs, setting.lang)
    if layout.computed:
        meanings.append(fragment(outlined, " ", setting.say("legend.computed")))
    if layout.ordered:
        meanings.append(fragment(outlined, " ", setting.say("legend.ordered")))
    return cells.legend(meanings, setting.lang)


def footnotes(rows: pl.DataFrame, setting: Setting) -> Markup:
    """The footnotes of the table, numbered as in its names, folded; empty where there are none."""
    noted = [
        fragment(tag("b", setting.name(row)), ": ", note)
        for row in rows.iter_rows(named=True)
        if (note := setting.note(row))
    ]
    if not noted:
        return NOTHING
    title = tag("summary", setting.say("rankings.footnotes", count=len(noted)))
    return tag("details.vb-notes", title, tag("ol", items(noted)), lang=setting.lang)
