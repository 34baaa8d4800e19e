"""Text in Markdown as paragraphs of runs: bold, italics and lists; any other markup is left as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; in a list, its mark (`-`, `1.`) and how deep the list is nested."""

    runs: tuple[Run, ...]
    mark: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """Its text, without styles."""
        return "".join(run.text for run in self.runs)


def paragraphs(markdown: str) -> list[Paragraph]:
    """The paragraphs of a text; a heading is a bold one, code and quotations are plain words."""
    found: list[Paragraph] = []
    marks: list[str] = []  # of the lists that are open, outermost first
    counts: list[int] = []
    fresh, heading = False, False
    for token in _parser().parse(_printable(markdown)):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            marks.append("-" if token.type == "bullet_list_open" else ".")
            counts.append(int(token.attrGet("start") or 1) - 1)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
            counts.pop()
        elif token.type == "list_item_open":
            counts[-1] += 1
            fresh = True
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "inline" or token.content.strip():
            runs = _joined(run for run in _runs(token, heading) if run.text)
            mark = ("-" if marks[-1] == "-" else f"{counts[-1]}.") if marks and fresh else ""
            if runs:
                found.append(Paragraph(runs, mark, len(marks)))
            fresh = False
    return found


def _printable(text: str) -> str:
    """Without the control characters that no document may hold."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))


def _runs(token: Token, bold: bool) -> Iterator[Run]:
    if not token.children:
        yield Run(token.content.strip("\n"), bold)  # code
        return
    strong, italic, address = bold, False, ""
    for child in token.children:
        if child.type in ("strong_open", "strong_close"):
            strong = bold or child.nesting > 0
        elif child.type in ("em_open", "em_close"):
            italic = child.nesting > 0
        elif child.type == "link_open":
            address = str(child.attrGet("href"))
        elif child.type == "link_close":
            yield Run(f" ({address})", strong, italic)
        elif child.type in ("softbreak", "hardbreak"):
            # A line break in what was typed is meant as one.
            yield Run("\n", strong, italic)
        elif child.content:
            yield Run(child.content, strong, italic)


def _joined(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Neighbouring runs of one style joined."""
    found: list[Run] = []
    for run in runs:
        if found and (found[-1].bold, found[-1].italic) == (run.bold, run.italic):
            found[-1] = Run(found[-1].text + run.text, run.bold, run.italic)
        else:
            found.append(run)
    return tuple(found)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # Pictures would be fetched and pages marked up: both stay the words that were typed.
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
