"""What a province wrote of its components, as a table: cause, remedy, agency, deadline."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.documents.content.prose import paragraphs
from dashboard.documents.report.template import CELL, ROOM
from dashboard.documents.report.xml import cell, look, paragraph, row, run, runs, table, twips
from dashboard.text import say
from data.notes import Words
from data.number import MISSING
from data.text import Language

# Millimetres of each column.
_COLUMNS = {"component": 26, "cause": 49, "remedy": 49, "responsible": 24, "deadline": 17}
_SIZE = 12.0
_STEP = 3  # millimetres by which a nested list is indented


def notes_table(notes: Mapping[str, Words], names: Mapping[str, str], title: str, lang: Language) -> str:
    """The table, with a row for each component of which something was written; as XML."""
    assert sum(_COLUMNS.values()) == ROOM
    grid = {name: twips(wide) for name, wide in _COLUMNS.items()}
    heads = [
        cell(
            paragraph(
                run(say(lang, f"report.column.{name}"), look(bold=True)),
                CELL,
                '<w:keepNext/><w:jc w:val="center"/>',
            ),
            wide,
        )
        for name, wide in grid.items()
    ]
    rows = [row(heads, head=True)]
    for code, words in notes.items():
        contents = {
            "component": paragraph(run(names[code]), CELL),
            "cause": _written(words.cause),
            "remedy": _written(words.remedy),
            "responsible": _line(words.responsible),
            "deadline": _line(words.deadline),
        }
        rows.append(_divided([cell(contents[name], wide, middle=False) for name, wide in grid.items()]))
    return table(grid.values(), rows, title=title)


def _divided(cells: list[str]) -> str:
    """A row that may be split across pages: people write long."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _line(words: str) -> str:
    return paragraph(run(words.strip() or MISSING), CELL)


def _written(markdown: str) -> str:
    """The paragraphs of a text in Markdown, or a dash where there are none."""
    found = ""
    for item in paragraphs(markdown):
        mark = run(f"{item.mark} ") if item.mark else ""
        inner = max(0, item.depth - 1) * _STEP
        indent = f'<w:ind w:left="{twips(inner)}"/>' if inner else ""
        found += paragraph(mark + runs(item.runs), CELL, indent)
    return found or _line("")
