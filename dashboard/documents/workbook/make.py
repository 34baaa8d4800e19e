"""The workbook of a pack: its tables as sheets, totals and ranks as formulas, a sheet to try new scores on.

Text is never taken for a formula, whatever it begins with. Every formula carries its result, so that a viewer that
does not compute shows the right figures too.
"""

from __future__ import annotations

import io

from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.edition_scores import Scores
from dashboard.documents.workbook.chart import add_charts
from dashboard.documents.workbook.scores import scores_title, write_scores
from dashboard.documents.workbook.style import COLOURS, FONT, Book
from dashboard.documents.workbook.table import write_table
from dashboard.documents.workbook.text_sheets import write_cover, write_sources
from dashboard.documents.workbook.whatif import what_if, write_what_if
from dashboard.text import say


def workbook(content: Content) -> bytes:
    """The workbook as a file."""
    import xlsxwriter

    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 10, "font_color": COLOURS.ink},
    }
    with xlsxwriter.Workbook(target, options) as file:
        file.set_properties(
            {"title": content.title, "author": say(content.lang, "product.name"), "subject": content.name}
        )
        file.set_calc_mode("auto")
        _sheets(Book(file, content.lang), content)
    return target.getvalue()


def _sheets(book: Book, content: Content) -> None:
    """All sheets; the cover comes first but is written last, as it lists the others."""
    first = book.sheet(say(book.lang, "workbook.sheet.cover"))
    names: list[tuple[str, str]] = []
    absent: list[str] = []
    for chapter in content.chapters:
        before = f"{chapter.index.name.in_(book.lang)} " if len(content.chapters) > 1 else ""
        _chapter(book, chapter, before, names, absent)
    sources = write_sources(book, say(book.lang, "workbook.sheet.sources"), content)
    names.append((sources.get_name(), say(book.lang, "workbook.words.sources")))
    write_cover(book, first, content, names, absent)


def _chapter(book: Book, chapter: Chapter, before: str, names: list[tuple[str, str]], absent: list[str]) -> None:
    """The sheets of one index; adds to `names` each sheet's name and title, to `absent` why others are missing."""

    def named(sheet: str) -> str:
        return before + say(book.lang, f"workbook.sheet.{sheet}")

    for table in chapter.tables:
        placed = write_table(book, named(table.name), table)
        add_charts(book, placed, table, chapter)
        names.append((placed.name, table.title))
    absent += [item.reason for item in chapter.absent]
    scores = Scores(chapter)
    if not scores.can_be_weighed:
        word = chapter.index.component_word.in_(book.lang)
        absent.append(say(book.lang, "workbook.scores.absent", edition=chapter.title, word=word))
        return
    sheet = write_scores(book, named("scores"), scores)
    names.append((sheet.name, scores_title(scores)))
    tried = what_if(sheet)
    if isinstance(tried, str):
        absent.append(tried)
    else:
        names.append((write_what_if(book, named("whatif"), tried), tried.say("title")))
