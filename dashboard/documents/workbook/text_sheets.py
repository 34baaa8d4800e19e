"""The sheets of text: a cover with what is inside and what is missing, and the sources and methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.specification import Section
from dashboard.documents.workbook.style import COLOURS, Book, lines
from dashboard.text import say

_WIDE, _LINE = 118.0, 14.5
_COLUMNS = ("code", "document", "publisher", "place")


def write_cover(
    book: Book, sheet: Any, content: Content, names: Sequence[tuple[str, str]], absent: Sequence[str]
) -> None:
    """What the workbook is, its findings, its sheets by name, and why others are missing.

    `names` are the sheets' names and titles, `absent` the reasons for those that are missing.
    """
    book.title(sheet, content.title)
    sheet.fit_to_pages(1, 1)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, _WIDE - 30)
    row = _lines(book, sheet, 2, [_say(content, "about"), _say(content, "colours")])
    for chapter in content.chapters:
        row = _part(book, sheet, row + 1, chapter.title, chapter.sentences(Section.SUMMARY))
    row = _heading(book, sheet, row + 1, _say(content, "inside"))
    link = book.format(font_color=COLOURS.chosen, underline=1)
    for name, holds in names:
        place = "internal:'" + name.replace("'", "''") + "'!A1"
        sheet.write_url(row, 0, place, link, name)
        book.text(sheet, row, 1, holds)
        row += 1
    _part(book, sheet, row + 1, _say(content, "absent"), list(dict.fromkeys(absent)))


def write_sources(book: Book, name: str, content: Content) -> Any:
    """Sources, methods, what is not known, and the documents that the figures were read in; returns the sheet."""
    sheet = book.sheet(name)
    book.title(sheet, _say(content, "sources"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, _WIDE - 18)
    sheet.set_column(2, 2, 34)
    sheet.set_column(3, 3, 60)
    row = 1
    for chapter in content.chapters:
        said = list(dict.fromkeys(table.source for table in chapter.tables))
        row = _part(book, sheet, row + 1, f"{chapter.title}: {_say(content, 'whose')}", said)
        row = _part(book, sheet, row + 1, f"{chapter.title}: {_say(content, 'methods')}", chapter.methods)
        row = _part(book, sheet, row + 1, f"{chapter.title}: {_say(content, 'unknowns')}", chapter.unknowns)
        row = _documents(book, sheet, row + 1, content, chapter)
    return sheet


def _say(content: Content, key: str) -> str:
    return say(content.lang, f"workbook.words.{key}")


def _heading(book: Book, sheet: Any, row: int, heading: str) -> int:
    book.text(sheet, row, 0, heading, bold=True, font_size=12, font_color=COLOURS.chosen)
    return row + 1


def _part(book: Book, sheet: Any, row: int, heading: str, said: Sequence[str]) -> int:
    """A heading with sentences below; nothing where there are none. Returns the next free row."""
    return _lines(book, sheet, _heading(book, sheet, row, heading), said) if said else row - 1


def _lines(book: Book, sheet: Any, row: int, said: Sequence[str]) -> int:
    """Sentences, each across the sheet in as many lines as it needs."""
    look = book.format(text_wrap=True, valign="top")
    for sentence in said:
        sheet.merge_range(row, 0, row, 1, "", look)
        sheet.write_string(row, 0, sentence, look)
        sheet.set_row(row, _LINE * lines(sentence, _WIDE))
        row += 1
    return row


def _documents(book: Book, sheet: Any, row: int, content: Content, chapter: Chapter) -> int:
    """The documents that the edition's figures and the province's own history were read in."""
    found = _read(chapter)
    if found.is_empty():
        return row
    row = _heading(book, sheet, row, f"{chapter.title}: {_say(content, 'documents')}")
    for column, key in enumerate(_COLUMNS):
        sheet.write_string(row, column, _say(content, key), book.head("left"))
    look = book.format(text_wrap=True, valign="top", bottom=1, bottom_color=COLOURS.rule)
    for place, values in enumerate(found.iter_rows(), start=row + 1):
        for column, value in enumerate(values):
            sheet.write_string(place, column, value or "", look)
        high = max(lines(value or "", across) for value, across in zip(values, (16, 96, 32, 58), strict=True))
        sheet.set_row(place, _LINE * high)
    return row + found.height + 1


def _read(chapter: Chapter) -> pl.DataFrame:
    frames, index = chapter.subject.frames, chapter.index.code
    edition = (pl.col("year") == chapter.year) | (
        (pl.col("unit") == chapter.subject.unit) & (pl.col("year") < chapter.year)
    )
    codes = frames.score.filter(edition, index=index)["source"].drop_nulls().str.split(";").explode().unique()
    return (
        frames.source.filter(pl.col("source").is_in(codes.to_list()), collection=index)
        .unique("source", keep="first", maintain_order=True)
        .sort("source")
        .select("source", "title", "publisher", "location")
    )
