"""Frames as CSV that a spreadsheet opens without asking, in the dialect of its reader's language.

Vietnamese spreadsheets part columns by semicolons and write decimals with a comma, English ones use a comma and a
point; the mark at the start tells Excel that the letters are UTF-8. What somebody typed must not run as a formula.
"""

from __future__ import annotations

import polars as pl

from data.text import Language

# What spreadsheets take for a formula when a text begins with it, the full-width forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Begins like a formula, but is a number with its sign and must stay one.
_NUMBER = r"^[+-] ?\d[\d., \x{A0}]*%?$"


def csv_file(rows: pl.DataFrame, lang: Language) -> bytes:
    """The rows and their heading as a file in the dialect of `lang`; see `inert` for its texts."""
    vietnamese = lang == "vi"
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    headings = pl.DataFrame({"heading": rows.columns}).select(inert("heading")).to_series()
    safe = rows.with_columns(inert(name) for name in texts).rename(dict(zip(rows.columns, headings, strict=True)))
    return safe.write_csv(
        include_bom=True, separator=";" if vietnamese else ",", decimal_comma=vietnamese
    ).encode()


def inert(column: str) -> pl.Expr:
    """Texts, those that a spreadsheet would run as a formula after an apostrophe; signed numbers stay numbers."""
    text = pl.col(column)
    risky = pl.any_horizontal(text.str.starts_with(start) for start in FORMULA_STARTS)
    return pl.when(risky & ~text.str.contains(_NUMBER)).then("'" + text).otherwise(text).alias(column)
