"""Figures and sources to take away, and an empty table to fill in: what is in each CSV file."""

from __future__ import annotations

from typing import Any

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
    """An empty table of an edition for people to fill in: its units, and a column for each figure."""
    edition = index.edition(year)
    units = frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=edition.unit_set,
    )
    known = frames.score.filter(index=index.code, year=year, component=OVERALL).drop_nulls("score")
    if known.height == edition.units:
        # All that were scored are known: the others would be refused.
        units = units.join(known, on="unit", how="semi")
    heading = [say(lang, f"data.import.{column}") for column in ("unit", "score", "rank")]
    heading += [component.name.in_(lang) for component in index.components_of(year)]
    filled: dict[str, Any] = {heading[0]: [names.name(unit).in_(lang) for unit in units["unit"]]}
    filled |= {column: pl.Series([None] * units.height, dtype=pl.String) for column in heading[1:]}
    return csv_file(pl.DataFrame(filled), lang)


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
