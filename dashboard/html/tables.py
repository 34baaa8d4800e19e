"""Frames in, HTML tables out: pure, escaped, readable by a screen reader and on a phone.

A table is HTML rather than Streamlit's own, which draws on a canvas: nothing there can be read aloud, and its
decimals follow the browser instead of the language chosen here. `page.css` gives it its looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from dashboard.html import strip_plot
from dashboard.html.strip_plot import Rail
from dashboard.text import say
from dashboard.text.signs import SIGNS
from data import number
from data.csv_file import csv_file
from data.names import Names, UnitSet, fold
from data.status import STATUSES
from data.text import Language, Text

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a ranking has to show, found out from all its rows, so that a filter does not change the columns.

    `bands`, where it is given, is the scale of ranks: in place of the scores' rail there is a band of ranks, from
    the columns `rank_low` and `rank_high` that the rows then have.
    """

    ordered: bool
    scored: bool
    change_score: bool
    change_rank: bool
    in_region: bool
    one_scale: bool
    rail: Rail | None
    signs: tuple[str, ...]
    computed: bool
    bands: Rail | None = None

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
            rail=strip_plot.score_rail(known) if one_scale else None,
            signs=tuple(status for status in SIGNS if status in met),
            computed=rows.select((pl.col("published_rank").is_null() & pl.col("rank").is_not_null()).any()).item()
            or False,
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """How a ranking is to be written: language, decimals, regions by code, where a province's link leads."""

    lang: Language
    places: int
    regions: Mapping[str, Text]
    link: Callable[[str], str]

    def say(self, key: str, **values: object) -> str:
        """A text in the language chosen."""
        return say(self.lang, key, **values)

    def name(self, row: Row) -> str:
        """The unit's name in the language chosen."""
        return str(row["name"] if self.lang == "vi" else row["name_en"])

    def note(self, row: Row) -> str | None:
        """What stands to be said about the row's figure."""
        note = row["note_vi"] if self.lang == "vi" else row["note_en"]
        return None if note is None else str(note)


def matching(rows: pl.DataFrame, names: Names, written: str, unit_set: UnitSet) -> pl.DataFrame:
    """The rows whose unit goes by a name, spelling or code that contains what was written, accents or not."""
    key = fold(written)
    if not key:
        return rows
    units = {unit for spelling, unit in names.keys[unit_set].items() if key in spelling}
    return rows.filter(pl.col("unit").is_in(list(units)) | pl.col("unit").str.replace("-", "").str.contains(key))


def without_figures(units: pl.DataFrame, rows: pl.DataFrame, year: int, of: int) -> list[str]:
    """The units of `units` (as in the store) that were scored in a year and have no row in `rows`.

    Empty where the publisher scored fewer units than there were: then nobody here knows which.
    """
    there = units.filter(pl.col("valid_from").fill_null(year) <= year, pl.col("valid_to").fill_null(year) >= year)
    if there.height != of:
        return []
    return there.join(rows, on="unit", how="anti")["unit"].to_list()


def ranking_table(rows: pl.DataFrame, layout: Layout, setting: Setting, caption: str) -> str:
    """The ranking as a table, in the order of `rows`."""
    body = "".join(_body(rows, layout, setting))
    return (
        f'<div class="vb-scroll" lang="{setting.lang}"><table class="vb-table">'
        f'<caption class="vb-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{_head(layout, setting)}</tr></thead>{body}</table></div>"
    )


def legend(layout: Layout, setting: Setting) -> str:
    """What the signs and the outlined ranks mean; empty where there are none."""
    items = [f"{_sign(status, setting)} {escape(setting.say(f'legend.{status}'))}" for status in layout.signs]
    if layout.computed:
        sample = '<span class="vb-computed" aria-hidden="true">12</span>'
        items.append(f"{sample} {escape(setting.say('legend.computed'))}")
    if layout.ordered:
        sample = '<span class="vb-computed" aria-hidden="true">12</span>'
        items.append(f"{sample} {escape(setting.say('legend.ordered'))}")
    if not items:
        return ""
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="vb-legend" lang="{setting.lang}">{listed}</ul>'


def footnotes(rows: pl.DataFrame, setting: Setting) -> str:
    """The notes on single figures, numbered as the table refers to them; empty where there are none."""
    noted = [(row, note) for row in rows.iter_rows(named=True) if (note := setting.note(row))]
    if not noted:
        return ""
    listed = "".join(f"<li><b>{escape(setting.name(row))}</b>: {escape(note)}</li>" for row, note in noted)
    title = escape(setting.say("rankings.footnotes", count=len(noted)))
    return f'<details class="vb-notes" lang="{setting.lang}"><summary>{title}</summary><ol>{listed}</ol></details>'


def change(value: float | None, places: int, lang: Language) -> str:
    """A change with its arrow, sign and colour; a dash where it is not known."""
    if value is None:
        return f'<span class="vb-quiet">{number.MISSING}</span>'
    written = number.decimal(value, places, lang, signed=True)
    # What is rounded away is no change: the arrow follows the figure as it is written.
    if written.startswith("+"):
        return f'<span class="vb-better"><span aria-hidden="true">▲</span> {written}</span>'
    if written.startswith(number.MINUS) and written.strip(f"{number.MINUS}0,."):
        return f'<span class="vb-worse"><span aria-hidden="true">▼</span> {written}</span>'
    return f'<span class="vb-quiet">{number.decimal(0, places, lang)}</span>'


def score(row: Row, setting: Setting, *, one_scale: bool = True) -> str:
    """A score or its range with the sign of how it is known, and its scale where that differs row by row."""
    unit = "" if one_scale else _scale(row, setting)
    if row["score"] is not None:
        return f"{number.decimal(row['score'], setting.places, setting.lang)}{unit}" + _sign(
            row["score_status"], setting
        )
    if row["score_low"] is not None:
        low, high = (number.decimal(row[end], setting.places, setting.lang) for end in ("score_low", "score_high"))
        written = low if low == high else f"{low}–{high}"
        return f"{written}{unit}"
    if row["score_high"] is not None:
        # Known only to lie below a cut that was published.
        return f"&lt;\u00a0{number.decimal(row['score_high'], setting.places, setting.lang)}{unit}"
    return f'<span class="vb-quiet">{number.MISSING}</span>'


def rank(row: Row, setting: Setting, *, ordered: bool = False) -> str:
    """The rank that is shown: the publisher's, else the computed one in outline, else only the order."""
    if row["published_rank"] is not None:
        written = number.whole(row["published_rank"], setting.lang)
        return f'<span class="vb-rank">{written}</span>{_sign(row["rank_status"], setting)}'
    value = row["order"] if ordered else row["rank"]
    if value is None:
        return f'<span class="vb-quiet">{number.MISSING}</span>'
    said = setting.say("legend.ordered" if ordered else "legend.computed")
    return f'<span class="vb-computed" title="{escape(said)}">{number.whole(value, setting.lang)}</span>'


def _head(layout: Layout, setting: Setting) -> str:
    def cell(key: str, style: str = "", extra: str = "") -> str:
        return f'<th scope="col" class="{style}">{escape(setting.say(key))}{extra}</th>'

    cells = [
        cell("column.order" if layout.ordered else "column.shown_rank", "vb-number"),
        cell("column.name"),
    ]
    if layout.scored:
        cells.append(cell("column.score", "vb-number"))
    if layout.bands is not None:
        cells.append(cell("column.rank_band", "vb-number"))
        cells.append(_ends("rankings.rail_ranks", layout.bands, 0, setting))
    elif layout.rail is not None:
        cells.append(_ends("rankings.rail", layout.rail, setting.places, setting))
    if layout.change_score:
        cells.append(cell("column.change_score", "vb-number vb-medium"))
    if layout.change_rank:
        cells.append(cell("column.change_rank", "vb-number"))
    if layout.in_region:
        cells.append(cell("column.rank_in_region", "vb-number vb-wide"))
    cells.append(cell("column.region", "vb-wide"))
    return "".join(cells)


def _ends(key: str, rail: Rail, places: int, setting: Setting) -> str:
    """The heading of a rail: its two ends, and in words for those who listen what it is."""
    low, high = (number.decimal(end, places, setting.lang) for end in (rail.low, rail.high))
    return (
        f'<th scope="col" class="vb-wide"><span class="vb-hidden">{escape(setting.say(key, low=low, high=high))}'
        f'</span><span class="vb-ends" aria-hidden="true"><span>{low}</span><span>{high}</span></span></th>'
    )


def _body(rows: pl.DataFrame, layout: Layout, setting: Setting) -> Iterator[str]:
    """One group of rows; those with a score and no rank follow in a group of their own."""
    listed = list(rows.iter_rows(named=True))
    placed = [row for row in listed if layout.ordered or _placed(row)]
    loose = [row for row in listed if not (layout.ordered or _placed(row))]
    noted = [row["unit"] for row in listed if setting.note(row)]
    numbers = {unit: place for place, unit in enumerate(noted, start=1)}
    yield f"<tbody>{''.join(_row(row, layout, setting, numbers) for row in placed)}</tbody>"
    if loose:
        title = escape(setting.say("rankings.without_rank"))
        heading = f'<tr><th colspan="9" scope="rowgroup" class="vb-group">{title}</th></tr>' if placed else ""
        yield f"<tbody>{heading}{''.join(_row(row, layout, setting, numbers) for row in loose)}</tbody>"


def _placed(row: Row) -> bool:
    return row["published_rank"] is not None or row["rank"] is not None


def _row(row: Row, layout: Layout, setting: Setting, notes: Mapping[str, int]) -> str:
    note = notes.get(row["unit"])
    noted = "" if note is None else f"<sup>{note}</sup>"
    region = setting.regions.get(row["region"])
    cells = [
        f'<td class="vb-number">{rank(row, setting, ordered=layout.ordered)}</td>',
        f'<th scope="row"><a href="{escape(setting.link(row["unit"]))}" target="_self">'
        f"{escape(setting.name(row))}</a>{noted}</th>",
    ]
    if layout.scored:
        cells.append(f'<td class="vb-number">{score(row, setting, one_scale=layout.one_scale)}</td>')
    if layout.bands is not None:
        cells.append(f'<td class="vb-number">{_band(row, setting)}</td>')
        cells.append(f'<td class="vb-wide" aria-hidden="true">{_band_mark(row, layout.bands)}</td>')
    elif layout.rail is not None:
        cells.append(f'<td class="vb-wide" aria-hidden="true">{strip_plot.score_mark(row, layout.rail)}</td>')
    if layout.change_score:
        changed = change(row["change_score"], setting.places, setting.lang)
        cells.append(f'<td class="vb-number vb-medium">{changed}</td>')
    if layout.change_rank:
        cells.append(f'<td class="vb-number">{change(row["change_rank"], 0, setting.lang)}</td>')
    if layout.in_region:
        within = number.whole(row["rank_in_region"], setting.lang)
        cells.append(f'<td class="vb-number vb-wide">{within}</td>')
    cells.append(f'<td class="vb-wide vb-soft">{escape(region.in_(setting.lang)) if region else ""}</td>')
    # Who is chosen is said above the table and shown by a style beside it (`highlight`): the rows stay the same.
    return f'<tr data-unit="{row["unit"]}">{"".join(cells)}</tr>'


def _band(row: Row, setting: Setting) -> str:
    """From where to where a rank goes; one number where it stays."""
    if row["rank_low"] is None:
        return f'<span class="vb-quiet">{number.MISSING}</span>'
    low, high = (number.whole(row[end], setting.lang) for end in ("rank_low", "rank_high"))
    return low if low == high else f"{low}–{high}"


def _band_mark(row: Row, rail: Rail) -> str:
    value = row["published_rank"] or row["rank"]
    if row["rank_low"] is None or value is None:
        return ""
    hollow = row["rank_status"] != "published"
    return strip_plot.band_mark(row["rank_low"], value, row["rank_high"], rail, hollow=hollow)


def _scale(row: Row, setting: Setting) -> str:
    if row["scale"] == "percent":
        return " %"
    if row["out_of"] is None:
        return ""
    return f"/{number.decimal(row['out_of'], 0 if row['out_of'] == int(row['out_of']) else 1, setting.lang)}"


def sign(status: str | None, lang: Language) -> str:
    """The sign of a figure that its publisher did not print, and the same in words for those who listen."""
    shown = SIGNS.get(status or "")
    if shown is None:
        return ""
    words = escape(say(lang, f"status.{status}"))
    return (
        f'<span class="vb-sign" title="{words}"><span aria-hidden="true">{escape(shown)}</span>'
        f'<span class="vb-hidden"> ({words})</span></span>'
    )


def _sign(status: str | None, setting: Setting) -> str:
    return sign(status, setting.lang)


# As written to a file, where there is room: what the page folds into one cell has columns of its own.
_CSV_COLUMNS = (
    "unit",
    "name",
    "region",
    "score",
    "score_status",
    "score_low",
    "score_high",
    "order",
    "published_score",
    "published_rank",
    "rank_status",
    "rank",
    "rank_in_region",
    "change_score",
    "change_rank",
    "rank_low",
    "rank_high",
    "note",
)


def as_csv(rows: pl.DataFrame, setting: Setting) -> bytes:
    """The rows as a CSV file for a spreadsheet in the reader's language."""
    vietnamese = setting.lang == "vi"
    regions = {code: name.in_(setting.lang) for code, name in setting.regions.items()}
    statuses = {status: setting.say(f"status.{status}") for status in STATUSES}
    frame = rows.with_columns(
        pl.col("name" if vietnamese else "name_en").alias("name"),
        pl.col("region").replace(regions),
        pl.col("score_status", "rank_status").cast(pl.String).replace(statuses),
        pl.col("note_vi" if vietnamese else "note_en").alias("note"),
    )
    there = [column for column in _CSV_COLUMNS if column in frame.columns]
    frame = frame.select(pl.col(column).alias(setting.say(f"column.{column}")) for column in there)
    return csv_file(frame, setting.lang)
