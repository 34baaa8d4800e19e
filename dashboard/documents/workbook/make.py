"""The workbook of a pack: its tables as sheets, totals and ranks that Excel reckons, a sheet to try new scores on.

Texts are written as texts whatever they begin with; formulas are only ours. Every formula carries its result, so
that a viewer that does not reckon shows the right figures too.
"""

from __future__ import annotations

import io

from dashboard.documents.content.content import Chapter, Content
from dashboard.documents.content.edition_scores import Scores
from dashboard.documents.workbook import chart as workbook_chart
from dashboard.documents.workbook import scores as workbook_scores
from dashboard.documents.workbook import table as workbook_table
from dashboard.documents.workbook import whatif as workbook_whatif
from dashboard.documents.workbook import words as workbook_words
from dashboard.documents.workbook.style import COLOURS, FONT, Book
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
    """The cover first, though it is written last: it names the others."""
    first = book.sheet(say(book.lang, "workbook.sheet.cover"))
    names: list[tuple[str, str]] = []
    absent: list[str] = []
    for chapter in content.chapters:
        before = f"{chapter.index.name.in_(book.lang)} " if len(content.chapters) > 1 else ""
        _chapter(book, chapter, before, names, absent)
    sources = workbook_words.sources(book, say(book.lang, "workbook.sheet.sources"), content)
    names.append((sources.get_name(), say(book.lang, "workbook.words.sources")))
    workbook_words.cover(book, first, content, names, absent)


def _chapter(book: Book, chapter: Chapter, before: str, names: list[tuple[str, str]], absent: list[str]) -> None:
    """The sheets of an index; adds their names and what they hold, and why others are not there."""

    def named(sheet: str) -> str:
        return before + say(book.lang, f"workbook.sheet.{sheet}")

    for table in chapter.tables:
        placed = workbook_table.write(book, named(table.name), table)
        workbook_chart.below(book, placed, table, chapter)
        names.append((placed.name, table.title))
    absent += [item.reason for item in chapter.absent]
    scores = Scores(chapter)
    if not scores.can_be_weighed:
        word = chapter.index.component_word.in_(book.lang)
        absent.append(say(book.lang, "workbook.scores.absent", edition=chapter.title, word=word))
        return
    sheet = workbook_scores.write(book, named("scores"), scores)
    names.append((sheet.name, workbook_scores.title(scores)))
    trial = workbook_whatif.possible(sheet)
    if isinstance(trial, str):
        absent.append(trial)
    else:
        whatif = workbook_whatif.write(book, named("whatif"), trial)
        names.append((whatif, trial.say("title")))
