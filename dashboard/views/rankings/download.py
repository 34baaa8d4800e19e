"""The ranking as a file for a spreadsheet."""

from __future__ import annotations

import polars as pl

from dashboard.html.cells import Setting
from data.csv_file import csv_file
from data.status import STATUSES

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
