"""Entries of a store of format 1, which lay in the same file as the figures, moved over once.

Whatever was moved before is recognised by its number and left; so a move that was cut off is simply done again,
and the old file is replaced only when everything in it stands in the new place.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from data import schema
from data.store import figures, files
from data.store.entries import Entries, Part
from data.store.people import Person
from data.text import Problem

# Nobody's name was kept then.
BEFORE = Person("trước 12/2026")
_PARTS: dict[Part, tuple[str, ...]] = {"scores": ("batch", "entered_score"), "notes": ("note",)}


def move(path: Path, entries: Entries) -> None:
    """Copy the batches, their scores and the notes of the old store at `path` into `entries`.

    Raises Problem where it can't be read, or an entry of the same number says something else; the old file is
    left as it is.
    """
    old = _old(path)
    for part, names in _PARTS.items():
        if not any(old[name].height for name in names):
            continue
        with entries.write(part, BEFORE, datetime.now(UTC).replace(tzinfo=None)) as writing:
            moved = 0
            for name in names:
                key = schema.ENTERED[name].primary_key()
                here = writing.table(name)
                both = old[name].join(here.select(key), on=key, how="semi")
                if not both.sort(key).equals(here.join(old[name].select(key), on=key, how="semi").sort(key)):
                    raise _otherwise(path, entries)
                fresh = old[name].join(here.select(key), on=key, how="anti", maintain_order="left")
                writing.append(name, fresh)
                moved += fresh.height
            if moved:
                writing.record("move", path.name, None, {name: old[name].height for name in names})


def _old(path: Path) -> dict[str, pl.DataFrame]:
    connection = figures.attach(path)
    try:
        present = {name for (name,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall()}
        found: dict[str, pl.DataFrame] = {}
        for names in _PARTS.values():
            for name in names:
                if name not in present:  # a store from before notes were kept
                    found[name] = schema.ENTERED[name].create_empty()
                    continue
                rows: pl.DataFrame = connection.sql(f'SELECT * FROM figures."{name}"').pl()
                found[name] = _with_author(name, rows)
        return found
    except (duckdb.Error, pl.exceptions.PolarsError) as error:
        raise files.damaged(path, error) from error
    finally:
        connection.close()


def _with_author(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with nobody's name, and nothing in the columns that there were not yet."""
    stated = schema.ENTERED[name]
    if "author" in stated.column_names():
        rows = rows.with_columns(author=pl.lit(BEFORE.name))
    if "undone_by" in stated.column_names():
        undone = pl.when(pl.col("undone_at").is_not_null()).then(pl.lit(BEFORE.name))
        rows = rows.with_columns(undone_by=undone)
    later = [pl.lit(None).alias(column) for column in stated.column_names() if column not in rows.columns]
    return stated.validate(rows.with_columns(later).select(stated.column_names()), cast=True)


def _otherwise(path: Path, entries: Entries) -> Problem:
    return Problem(
        f"{path} là kho dữ liệu cũ có những mục đã nhập khác với {entries}; cả hai được giữ nguyên. "
        "Chuyển một trong hai sang thư mục khác rồi chạy lại.",
        f"{path} is an older store whose entries differ from those in {entries}. Move one of the two to another "
        "folder and run again; both were left as they are.",
    )
