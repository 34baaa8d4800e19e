"""Every entry that was made: by whom, when, what stood before and what stands since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.html import cards
from dashboard.html.cells import Row
from dashboard.html.markup import items, paragraphs, tag
from dashboard.html.parts import bare, part
from dashboard.text import say
from dashboard.text.dates import moment
from data import number
from data.csv_file import csv_file
from data.frames import Frames
from data.names import Names
from data.plan.history import cells_of
from data.plan.taking_back import PART
from data.text import Language

_SHOWN = 50  # the newest; the file has all
_LONG = 300  # letters of one side, beyond which it is folded
_FIRST = 120  # of them in view then


def entries(rows: pl.DataFrame, frames: Frames, names: Names, lang: Language) -> Markup:
    """The newest entries, newest first; `rows` are those of `data.schema.History`."""
    title = say(lang, "data.history.title", count=number.whole(rows.height, lang))
    if rows.is_empty():
        return part(title, say(lang, "data.history.none"), lang=lang)
    newest = rows.sort("entry", descending=True).head(_SHOWN)
    listed = items(_entry(row, frames, names, lang) for row in newest.iter_rows(named=True))
    more = say(lang, "data.history.newest", count=_SHOWN) if rows.height > _SHOWN else ""
    return bare(title, lang) + tag("ol.vb-entries", listed, lang=lang) + paragraphs([more] if more else [])


def file(rows: pl.DataFrame, frames: Frames, names: Names, lang: Language) -> bytes:
    """All entries as a CSV file, newest first, in the words of the page."""
    told = [
        {
            say(lang, "data.history.entry"): row["entry"],
            say(lang, "data.history.at"): moment(row["at"], lang),
            say(lang, "data.history.author"): row["author"],
            say(lang, "data.history.what"): _what(row, frames, names, lang),
            say(lang, "data.history.before"): "\n".join(_before(row, frames, lang)),
            say(lang, "data.history.after"): "\n".join(_after(row, frames, lang)),
        }
        for row in rows.sort("entry", descending=True).iter_rows(named=True)
    ]
    return csv_file(pl.DataFrame(told, infer_schema_length=None), lang)


def _entry(row: Row, frames: Frames, names: Names, lang: Language) -> Markup:
    sides = (("before", _before(row, frames, lang)), ("after", _after(row, frames, lang)))
    told = (
        tag("div", tag("dt", say(lang, f"data.history.{key}")), tag("dd", _side(said, lang)))
        for key, said in sides
    )
    made = tag("p.vb-soft", f"{moment(row['at'], lang)} · {row['author']}")
    return tag("p", tag("b", _what(row, frames, names, lang))) + made + tag("dl.vb-sides", *told)


def _side(said: list[str], lang: Language) -> Markup:
    whole = paragraphs(said)
    text = " · ".join(said)
    if len(text) <= _LONG:
        return whole
    return cards.folded(text[:_FIRST].rsplit(" ", 1)[0] + " …", whole, lang)


def _what(row: Row, frames: Frames, names: Names, lang: Language) -> str:
    """What was done to what, as a title."""
    act, about = row["act"], row["about"]
    if act == "note":
        unit, index, year, component = about.split(" ")
        known = frames.indices.get(index)
        of = component if known is None else known.component(component).name.in_(lang)
        # An index of one's own that was removed takes its units along; what was written of them stays on record.
        name = names.name(unit).in_(lang) if unit in names.units else unit
        return say(lang, "data.history.note", name=name, edition=_edition(index, year, frames, lang), component=of)
    if row["part"] == PART:
        unit, index, year = about.split(" ")
        name, edition = names.name(unit).in_(lang), _edition(index, year, frames, lang)
        return say(lang, "data.history.plan", name=name, edition=edition, act=say(lang, f"plan.act.{act}"))
    if act in ("import", "undo"):
        batch = _content(row["after"])
        edition = _edition(str(batch["index"]), batch["year"], frames, lang)
        return say(lang, f"data.history.{act}", batch=batch["batch"], edition=edition)
    if act in ("define", "remove"):
        return say(lang, f"data.history.{act}", index=about.removeprefix("index "))
    return say(lang, f"data.history.{act}", file=about)


def _before(row: Row, frames: Frames, lang: Language) -> list[str]:
    if row["act"] == "undo":
        return [_batch(_content(row["before"]), frames, lang)]
    if row["part"] == PART:
        return _cells(row, "before", lang)
    if row["act"] == "note" and row["before"]:
        return _words(_content(row["before"]), lang)
    return [say(lang, f"data.history.{'kept' if row['act'] == 'restore' else 'nothing'}")]


def _after(row: Row, frames: Frames, lang: Language) -> list[str]:
    if row["part"] == PART:
        return _cells(row, "after", lang)
    content = _content(row["after"])
    match row["act"]:
        case "import":
            return [_batch(content, frames, lang)]
        case "undo":
            return [say(lang, "data.history.undone")]
        case "define":
            return [say(lang, "data.history.defined", file=content.get("file", ""))]
        case "remove":
            return [say(lang, "data.history.removed")]
        case "note":
            return _words(content, lang) if content else [say(lang, "data.history.taken_back")]
        case _:
            counts = {
                name: number.whole(content.get(name, 0), lang) for name in ("batch", "entered_score", "note")
            }
            return [say(lang, "data.history.counts", **counts)]


def _content(side: str | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(side) if side else {}
    return found


def _batch(batch: Mapping[str, Any], frames: Frames, lang: Language) -> str:
    return say(
        lang,
        "data.history.batch" if batch["rows"] else "data.history.weights",
        edition=_edition(batch["index"], batch["year"], frames, lang),
        units=batch["rows"],
        status=say(lang, f"status.{batch['status']}"),
        source=batch["source"],
        file=batch["file"],
    )


def _words(words: Mapping[str, Any], lang: Language) -> list[str]:
    """A note field by field, as it was typed."""
    return [f"{say(lang, f'packing.note.head.{name}')}: {text}" for name, text in words.items() if text]


def _cells(row: Row, side: str, lang: Language) -> list[str]:
    """The cells of a plan that an entry changed, as they stood on one side of it."""
    said = []
    for cell in cells_of(row):
        if cell[side] is not None:
            column = say(lang, f"plan.column.{cell['column']}")
            said.append(f"{cell['item'] or say(lang, 'plan.table.plan')}, {column}: {cell[side]}")
    return said or [say(lang, "data.history.nothing")]


def _edition(index: str, year: object, frames: Frames, lang: Language) -> str:
    known = frames.indices.get(index)
    return f"{index if known is None else known.name.in_(lang)} {year}"
