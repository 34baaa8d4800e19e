"""An answer on the terminal: a table for people, or JSON or CSV for programs."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl
from rich import box
from rich.console import Console
from rich.table import Table

from analytics.core.answer import Answer
from dashboard.text import say, texts
from data.csv_file import csv_file, inert
from data.definition import Index
from data.number import MISSING, decimal, whole
from data.period import readable
from data.text import Language

# How the columns of answers are written: decimals, a whole number, or a word that has a text of its own.
_DECIMALS = {"score": 2, "published_score": 2, "change_score": 2, "percentile": 0, "worst": 4, "next_misses": 4}
_DECIMALS |= dict.fromkeys(
    ("weight", "weight_before", "weight_after", "reference", "weighted_gap", "before", "after", "contribution"), 2
)
_DECIMALS |= {"out_of": 1, "distance": 2, "from": 2, "to": 2, "gain": 2, "total_gain": 2}
_DECIMALS |= {"grdp_per_capita": 1, "population_avg": 1, "urban_share": 1}
_DECIMALS |= dict.fromkeys(("asked", "target", "delivered"), 2)
_DECIMALS |= dict.fromkeys(("effort", "points", "share", "p_target", "predicted", "observed"), 2)
_DECIMALS |= {"low": 2, "high": 2}
_DECIMALS |= dict.fromkeys(("last", "actual", "mean", "shrinkage", "bias", "half_width", "covered"), 2)
_DECIMALS |= {"error_shrunken": 2, "error_last": 2}
_SIGNED = {
    "change_score",
    "change_rank",
    "difference",
    "weighted_gap",
    "contribution",
    "gain",
    "total_gain",
    "change",
    "bias",
}
_WORDS = {
    "score_status": "status",
    "rank_status": "status",
    "status": "status",
    "finding": "finding",
    "check": "check",
    "route": "route",
}


# Unicode's kinds of signs that move a cursor or turn a line around: control, format, line and paragraph ends; and
# halves of signs, which no terminal can show.
_ORDERS = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def print_json(answer: Answer, lang: Language) -> None:
    """One object, figures unrounded."""
    sys.stdout.write(json.dumps(answer.to_dict(lang), ensure_ascii=False, indent=2, default=str) + "\n")


def print_csv(answer: Answer, lang: Language | None) -> None:
    """The rows, with the columns' own names: plain for programs, or for spreadsheets in a language.

    In both, what somebody entered neither runs as a formula nor gives the terminal orders.
    """
    texts = [name for name, kind in answer.rows.schema.items() if kind == pl.String]
    rows = answer.rows.with_columns(pl.col(texts).map_elements(printable, return_dtype=pl.String, skip_nulls=True))
    if lang is None:
        sys.stdout.write(rows.with_columns(inert(name) for name in texts).write_csv())
    else:
        sys.stdout.write(csv_file(rows, lang).decode())


def print_table(
    answer: Answer, columns: Sequence[str], lang: Language, title: str = "", index: Index | None = None
) -> None:
    """The rows as a table for people, with the notes below."""
    if answer.rows.height:
        _console().print(_table(answer.rows, columns, lang, title, index))
    print_notes(answer, lang)


def print_notes(answer: Answer, lang: Language) -> None:
    """The notes of an answer."""
    for note in answer.notes:
        print_line(f"• {note.in_(lang)}")


def print_line(text: str) -> None:
    """One line of text, as it is."""
    _console().print(printable(text), highlight=False, markup=False)
    sys.stdout.flush()


def print_audit(answer: Answer, index: Index, lang: Language) -> None:
    """An audit: a row for each edition, then the weights recovered and the other findings."""
    editions: Mapping[int, dict[str, Any]] = answer.figures["editions"]
    recovered: Mapping[int, dict[str, Any]] = answer.figures["recovered_weights"]
    rows = pl.DataFrame(
        [
            {"year": year, "units": item["units"], "largest": item["largest"], "finding": item["finding"]}
            for year, item in editions.items()
        ],
        schema={"year": pl.Int64, "units": pl.Int64, "largest": pl.Float64, "finding": pl.String},
    )
    console = _console()
    if rows.height:
        title = say(lang, "command.say.totals", index=index.name.in_(lang))
        console.print(_table(rows, rows.columns, lang, title))
    if recovered:
        console.print(_recovered(index, recovered, lang))
    others = answer.rows.filter(pl.col("check") != "total").drop("index", "difference")
    if others.height:
        # What these checks compare are ranks and scores as printed: whole, or as many decimals as there are.
        written = others.with_columns(
            pl.col("published", "recomputed").map_elements(
                lambda value: decimal(value, 0 if value == int(value) else 4, lang), return_dtype=pl.String
            )
        )
        console.print(_table(written, written.columns, lang, say(lang, "command.say.other_findings"), index))
    print_notes(answer, lang)


def _recovered(index: Index, recovered: Mapping[int, dict[str, Any]], lang: Language) -> Table:
    table = Table(title=say(lang, "command.say.recovered"), box=box.SIMPLE_HEAD, title_justify="left")
    for key in ("year", "units"):
        table.add_column(texts(lang)[f"column.{key}"], justify="right")
    table.add_column("%", overflow="fold")
    for key in ("worst", "next_misses"):
        table.add_column(say(lang, f"command.say.{key}"), justify="right")
    table.add_column("")
    for year, item in recovered.items():
        weights = ", ".join(
            f"{index.component(code).short.in_(lang)} {decimal(100 * share, 0, lang)}"
            for code, share in item["weights"].items()
        )
        verdict = "identified" if item["identified"] else "not_identified"
        table.add_row(
            str(readable(year)),
            str(item["units"]),
            weights,
            decimal(item["worst"], 4, lang),
            decimal(item["next_worst"], 4, lang),
            say(lang, f"command.say.{verdict}"),
        )
    return table


def _table(
    rows: pl.DataFrame, columns: Sequence[str], lang: Language, title: str, index: Index | None = None
) -> Table:
    table = Table(title=printable(title) or None, box=box.SIMPLE_HEAD, title_justify="left")
    for name in columns:
        numeric = rows.schema[name].is_numeric()
        # A code that is wrapped can't be copied.
        no_wrap = numeric or name == "code"
        table.add_column(texts(lang)[f"column.{name}"], justify="right" if numeric else "left", no_wrap=no_wrap)
    for row in rows.select(columns).iter_rows(named=True):
        table.add_row(*(_cell(name, value, lang, index) for name, value in row.items()))
    return table


def _cell(name: str, value: object, lang: Language, index: Index | None) -> str:
    if value is None:
        return MISSING
    if isinstance(value, bool):
        return texts(lang)[f"answer.{str(value).lower()}"]
    if name in _WORDS:
        return texts(lang)[f"{_WORDS[name]}.{value}"]
    if name == "component" and index is not None:
        return index.component(str(value)).name.in_(lang)
    if name == "year" and isinstance(value, int):
        return str(readable(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return decimal(value, _DECIMALS.get(name, 4), lang, signed=name in _SIGNED)
    if isinstance(value, int):
        return whole(value, lang, signed=name in _SIGNED)
    return printable(str(value))


def printable(text: str) -> str:
    """Text without the signs by which a terminal takes orders (colours, titles, a cursor moved elsewhere)."""
    return "".join(sign if sign == "\n" or unicodedata.category(sign) not in _ORDERS else "�" for sign in text)


def _console() -> Console:
    # A pipe has no width: keep rows whole there.
    width = None if sys.stdout.isatty() else 160
    return Console(width=width, highlight=False, markup=False, soft_wrap=False)
