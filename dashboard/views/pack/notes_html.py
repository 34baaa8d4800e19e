"""What a province wrote, as HTML: as the report will print it, version by version, component by component."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from html import escape
from urllib.parse import urlencode

from dashboard.documents.content.prose import Paragraph, Run, paragraphs
from dashboard.text import say
from dashboard.text.dates import day, local
from data.definition import OVERALL, Index
from data.notes import Version, Words
from data.number import MISSING
from data.text import Language

_SHORT = 140
# Where on the page the notes are.
PLACE = "notes"


def section(title: str, below: str, lang: Language) -> str:
    """The heading of this part of the page."""
    said = f"<h2>{escape(title)}</h2><p>{escape(below)}</p>"
    return f'<header class="vb-pack-head" id="{PLACE}" lang="{lang}">{said}</header>'


def state(sentence: str, lang: Language) -> str:
    """Whether it is saved."""
    return f'<p class="vb-pack-state" role="status" lang="{lang}">{escape(sentence)}</p>'


def printed(name: str, words: Words, lang: Language) -> str:
    """The words as they will stand in the report."""
    title = escape(say(lang, "packing.note.preview"))
    body = _words(words, lang) if words else f'<p class="vb-soft">{escape(say(lang, "packing.note.empty"))}</p>'
    return (
        f'<section class="vb-printed" lang="{lang}"><h3>{title}</h3><p><b>{escape(name)}</b></p>{body}</section>'
    )


def history(past: Iterable[Version], lang: Language) -> str:
    """All versions, newest first, folded away."""
    taken_back = f"<p>{escape(say(lang, 'packing.note.was_taken_back'))}</p>"
    listed = [
        f"<li><b>{escape(when(item.written_at, lang))}</b>{_words(item.words, lang) or taken_back}</li>"
        for item in past
    ]
    title = escape(say(lang, "packing.note.history", count=len(listed)))
    return (
        f'<details class="vb-history" lang="{lang}"><summary>{title}</summary><ol>{"".join(listed)}</ol></details>'
    )


def all_of(
    index: Index, year: int, saved: Mapping[str, Words], drafts: Container[str], link: str, lang: Language
) -> str:
    """Every component, and what was written of it; `link` is an address to put the component behind."""
    codes = [item.code for item in index.components_of(year)]
    codes = [*([OVERALL] if OVERALL in saved or not codes else []), *codes]
    names = ("component", *asdict(Words()))
    head = "".join(f'<th scope="col">{escape(say(lang, f"packing.note.head.{name}"))}</th>' for name in names)
    rows = "".join(
        _row(index.component(code).name.in_(lang), link + code, saved.get(code), code in drafts, lang)
        for code in codes
    )
    caption = escape(say(lang, "packing.note.caption", edition=f"{index.name.in_(lang)} {year}"))
    return (
        f'<div class="vb-scroll" lang="{lang}"><table class="vb-table vb-noted">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def address(params: Mapping[str, str], name: str) -> str:
    """An address of this page that ends where the value of `name` goes."""
    kept = {key: value for key, value in params.items() if key != name}
    return "?" + urlencode(kept) + f"&{name}="


def when(written_at: datetime, lang: Language) -> str:
    """A moment as Hanoi's clocks showed it: `14:05 ngày 22/11/2026`."""
    shown = local(written_at)
    return say(lang, "packing.note.when", time=f"{shown:%H:%M}", day=day(shown, lang))


def _words(words: Words, lang: Language) -> str:
    parts = []
    for name, text in asdict(words).items():
        if text:
            title = escape(say(lang, f"packing.note.head.{name}"))
            body = markdown(text) if name in ("cause", "remedy") else f"<p>{escape(text)}</p>"
            parts.append(f"<dt>{title}</dt><dd>{body}</dd>")
    return f"<dl>{''.join(parts)}</dl>" if parts else ""


def markdown(text: str) -> str:
    """The paragraphs that report and slides make of a text, with their looks."""
    return "".join(_paragraph(item) for item in paragraphs(text))


def _paragraph(item: Paragraph) -> str:
    words = "".join(_run(run) for run in item.runs)
    if not item.depth:
        return f"<p>{words}</p>"
    mark = "•" if item.mark == "-" else item.mark
    inside = f'<span class="vb-mark">{escape(mark)}</span> {words}'
    return f'<p class="vb-item" style="margin-left:{item.depth * 1.25:g}em">{inside}</p>'


def _run(run: Run) -> str:
    words = escape(run.text).replace("\n", "<br>")
    words = f"<i>{words}</i>" if run.italic else words
    return f"<b>{words}</b>" if run.bold else words


def _row(name: str, link: str, words: Words | None, draft: bool, lang: Language) -> str:
    found = words or Words()
    cells = (_short(found.cause), _short(found.remedy), found.responsible, found.deadline)
    flag = f' <span class="vb-soft">{escape(say(lang, "packing.note.draft"))}</span>' if draft else ""
    body = "".join(f"<td>{escape(text or MISSING)}</td>" for text in cells)
    return f'<tr><th scope="row"><a href="{escape(link)}" target="_self">{escape(name)}</a>{flag}</th>{body}</tr>'


def _short(text: str) -> str:
    """The first words of a text, without its marks."""
    said = " · ".join(item.text for item in paragraphs(text)).replace("\n", " ")
    if len(said) > _SHORT:
        said = said[:_SHORT].rsplit(" ", 1)[0] + " …"
    return said
