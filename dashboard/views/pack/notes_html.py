"""A province's notes: as the report will print them, their versions, and a table of all components."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlencode

from markupsafe import Markup

from dashboard.documents.content.prose import Paragraph, Run, paragraphs
from dashboard.html.markup import NOTHING, fragment, items, link, tag
from dashboard.html.table import Column, table
from dashboard.text import say
from dashboard.text.dates import day, local
from data.definition import OVERALL, Index
from data.notes import Version, Words
from data.number import MISSING
from data.text import Language

_SHORT = 140
# Where on the page the notes are.
PLACE = "notes"


def section(title: str, below: str, lang: Language) -> Markup:
    """The heading of this part of the page."""
    return tag("header.vb-pack-head", tag("h2", title), tag("p", below), id=PLACE, lang=lang)


def state(sentence: str, lang: Language) -> Markup:
    """Whether the note is saved."""
    return tag("p.vb-pack-state", sentence, role="status", lang=lang)


def printed(name: str, words: Words, lang: Language) -> Markup:
    """A note as the report will print it."""
    title = tag("h3", say(lang, "packing.note.preview"))
    body = _words(words, lang) if words else tag("p.vb-soft", say(lang, "packing.note.empty"))
    return tag("section.vb-printed", title, tag("p", tag("b", name)), body, lang=lang)


def theirs(version: Version, lang: Language) -> Markup:
    """What somebody else saved since this reader began, to be looked at before choosing."""
    told = say(lang, "packing.note.theirs", author=version.author, when=when(version.written_at, lang))
    body = _words(version.words, lang) or tag("p", say(lang, "packing.note.was_taken_back"))
    return tag("section.vb-printed", tag("h3", told), body, role="alert", lang=lang)


def history(past: Iterable[Version], lang: Language) -> Markup:
    """All versions of a note, newest first, folded."""
    taken_back = tag("p", say(lang, "packing.note.was_taken_back"))
    listed = [
        fragment(tag("b", f"{when(item.written_at, lang)}, {item.author}"), _words(item.words, lang) or taken_back)
        for item in past
    ]
    title = tag("summary", say(lang, "packing.note.history", count=len(listed)))
    return tag("details.vb-history", title, tag("ol", items(listed)), lang=lang)


def all_of(
    index: Index, year: int, saved: Mapping[str, Words], drafts: Container[str], address: str, lang: Language
) -> Markup:
    """A table of all components and the notes on them.

    `address` is an address that ends where the code of a component goes; `drafts` are the components whose note is
    not saved yet.
    """
    codes = [item.code for item in index.components_of(year)]
    codes = [*([OVERALL] if OVERALL in saved or not codes else []), *codes]

    def named(code: str) -> Markup:
        flag = fragment(" ", tag("span.vb-soft", say(lang, "packing.note.draft"))) if code in drafts else NOTHING
        return fragment(link(index.component(code).name.in_(lang), address + code), flag)

    def words(code: str) -> Words:
        return saved.get(code) or Words()

    def head(name: str) -> str:
        return say(lang, f"packing.note.head.{name}")

    columns: list[Column[str]] = [
        Column(head("component"), named, "name"),
        Column(head("cause"), lambda code: _short(words(code).cause) or MISSING),
        Column(head("remedy"), lambda code: _short(words(code).remedy) or MISSING),
        Column(head("responsible"), lambda code: words(code).responsible or MISSING),
        Column(head("deadline"), lambda code: words(code).deadline or MISSING),
    ]
    caption = say(lang, "packing.note.caption", edition=f"{index.name.in_(lang)} {year}")
    return tag("div.vb-scroll", table(columns, codes, caption, lang, style="vb-noted", captioned=True))


def address(params: Mapping[str, str], name: str) -> str:
    """An address of this page that ends where the value of `name` goes."""
    kept = {key: value for key, value in params.items() if key != name}
    return "?" + urlencode(kept) + f"&{name}="


def when(written_at: datetime, lang: Language) -> str:
    """A moment as Hanoi's clocks showed it: `14:05 ngày 22/11/2026`."""
    shown = local(written_at)
    return say(lang, "packing.note.when", time=f"{shown:%H:%M}", day=day(shown, lang))


def _words(words: Words, lang: Language) -> Markup:
    parts = []
    for name, text in asdict(words).items():
        if text:
            body = markdown(text) if name in ("cause", "remedy") else tag("p", text)
            parts.append(fragment(tag("dt", say(lang, f"packing.note.head.{name}")), tag("dd", body)))
    return tag("dl", *parts) if parts else NOTHING


def markdown(text: str) -> Markup:
    """A text of the notes as HTML, read as for report and slides (`documents.content.prose`)."""
    return fragment(*(_paragraph(item) for item in paragraphs(text)))


def _paragraph(item: Paragraph) -> Markup:
    words = fragment(*(_run(run) for run in item.runs))
    if not item.depth:
        return tag("p", words)
    mark = tag("span.vb-mark", "•" if item.mark == "-" else item.mark)
    return tag("p.vb-item", mark, " ", words, style=f"margin-left:{item.depth * 1.25:g}em")


def _run(run: Run) -> Markup:
    words = tag("br").join(run.text.split("\n"))
    words = tag("i", words) if run.italic else words
    return tag("b", words) if run.bold else words


def _short(text: str) -> str:
    """The first words of a text, without its marks."""
    said = " · ".join(item.text for item in paragraphs(text)).replace("\n", " ")
    if len(said) > _SHORT:
        said = said[:_SHORT].rsplit(" ", 1)[0] + " …"
    return said
