"""Figures and sources to take away as CSV, and an empty workbook to fill in."""

from __future__ import annotations

import io
import textwrap

import polars as pl

from analytics.core.provenance import BATCH
from analytics.core.ranking import ranked
from dashboard.text import say
from data.csv_file import csv_file
from data.definition import OVERALL, Index
from data.frames import Frames
from data.names import Names
from data.status import SOURCE_KINDS, STATUSES
from data.text import Language


def figures(frames: Frames, index: Index, year: int | None, lang: Language) -> bytes:
    """Every figure of an edition, or of all: score and rank, how each is known, and the ids of its sources."""
    vietnamese = lang == "vi"
    rows = ranked(frames, index)
    if year is not None:
        rows = rows.filter(year=year)
    order = {item.code: place for place, item in enumerate(index.components)}
    name = {item.code: item.name.in_(lang) for item in index.components}
    statuses = {status: say(lang, f"status.{status}") for status in STATUSES}
    columns = {
        "column.year": pl.col("year"),
        "column.unit": pl.col("unit"),
        "column.name": pl.col("name" if vietnamese else "name_en"),
        "data.download.code": pl.col("component"),
        "column.component": pl.col("component").replace(name),
        "column.score": pl.col("score"),
        "column.score_status": pl.col("score_status").cast(pl.String).replace(statuses),
        "column.score_low": pl.col("score_low"),
        "column.score_high": pl.col("score_high"),
        "column.order": pl.col("order"),
        "column.published_score": pl.col("published_score"),
        "column.published_rank": pl.col("published_rank"),
        "column.rank_status": pl.col("rank_status").cast(pl.String).replace(statuses),
        "column.rank": pl.col("rank"),
        "column.of": pl.col("of"),
        "column.tier": pl.col("tier"),
        "data.figure.scale": _scale(lang),
        "column.source": pl.col("source"),
        "column.note": pl.col("note_vi" if vietnamese else "note_en"),
    }
    place = pl.col("component").replace_strict(order, return_dtype=pl.Int64)
    return csv_file(
        rows.sort("year", place, "unit").select(value.alias(say(lang, key)) for key, value in columns.items()),
        lang,
    )


def sources(frames: Frames, index: Index, lang: Language) -> bytes:
    """Every source of an index, imports included, and how many figures rest on it."""
    kinds = {kind: say(lang, f"data.kind.{kind}") for kind in (*SOURCE_KINDS, BATCH)}
    cited = (
        frames.score.filter(index=index.code)
        .select(pl.col("source").str.split(";").alias("source"))
        .explode("source")
        .group_by("source")
        .agg(cited=pl.len())
    )
    own = frames.source.filter(collection=index.code).select(pl.all().cast(pl.String))
    rows = pl.concat([own, _imports(frames, index)], how="diagonal").join(cited, on="source", how="left")
    columns = {
        "column.source": pl.col("source"),
        "data.download.kind": pl.col("kind").replace(kinds),
        "data.download.title": pl.col("title"),
        "data.download.publisher": pl.col("publisher"),
        "data.figure.location": pl.col("location"),
        "data.download.version": pl.col("version"),
        "data.figure.licence": pl.col("licence"),
        "data.download.cited": pl.col("cited").fill_null(0),
        "data.figure.remark": pl.col("note"),
    }
    return csv_file(rows.select(value.alias(say(lang, key)) for key, value in columns.items()), lang)


def template(index: Index, year: int, frames: Frames, names: Names, lang: Language) -> bytes:
    """An empty workbook of an edition for people to fill in: its units, and a column for each figure.

    The edition may be one that is not known yet: it has the units of that year and the components of the last.
    """
    import xlsxwriter

    known_to = index if year in index.years else index.with_edition(year)
    heading = [say(lang, f"data.import.{column}") for column in ("unit", "score", "rank")]
    heading += [component.name.in_(lang) for component in known_to.components_of(year)]
    units = [names.name(unit).in_(lang) for unit in _scored(known_to, year, frames)]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(f"{index.code.upper()} {year}"[:31])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        score, rank = book.add_format({"num_format": "0.00"}), book.add_format({"num_format": "0"})
        sheet.set_column(0, 0, max(map(len, units)) + 2)
        sheet.set_column(1, len(heading) - 1, 16, score)
        # Said, as not every spreadsheet makes room for a heading of several lines by itself.
        sheet.set_row(0, 15 * max(len(textwrap.wrap(name, 13)) for name in heading))
        sheet.set_column(2, 2, 10, rank)
        sheet.write_row(0, 0, heading, head)
        sheet.write_column(1, 0, units)
        sheet.freeze_panes(1, 1)
    return file.getvalue()


def _scored(index: Index, year: int, frames: Frames) -> pl.Series:
    """The units of an edition; where all totals are known, those scored alone: others would be refused."""
    edition = index.edition(year)
    units = frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=edition.unit_set,
    )
    known = frames.score.filter(index=index.code, year=year, component=OVERALL).drop_nulls("score")
    return (units.join(known, on="unit", how="semi") if known.height == edition.units else units)["unit"]


def _scale(lang: Language) -> pl.Expr:
    """What the figure is out of: per cent, or so many points."""
    end = pl.col("out_of").cast(pl.String).str.strip_suffix(".0")
    end = end.str.replace(".", ",", literal=True) if lang == "vi" else end
    return pl.when(pl.col("scale") == "percent").then(pl.lit(say(lang, "data.figure.percent"))).otherwise(end)


def _imports(frames: Frames, index: Index) -> pl.DataFrame:
    standing = frames.batch.filter(pl.col("undone_at").is_null(), index=index.code)
    return standing.select(
        source=pl.format("batch:{}", "batch"),
        kind=pl.lit(BATCH),
        title="source",
        location="file",
    )
