"""The preview of a pack: each part with its slides, sentences and tables, and what will be missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from dashboard.documents.content.outline import Outline, Outlined, Part
from dashboard.html.markup import NOTHING, fragment, items, paragraphs, tag
from dashboard.html.table import Column, table
from dashboard.text import say
from data.number import MISSING
from data.text import Language


def preview(outline: Outline, lang: Language) -> Markup:
    """The pack chapter by chapter; `lang` is the page's language, which may differ from the pack's."""
    several = len(outline.chapters) > 1
    return tag(
        "section.vb-pack",
        tag("h2", say(lang, "packing.preview.title")),
        tag("p.vb-pack-title", outline.title, lang=outline.lang),
        *(_chapter(chapter, several, outline.lang, lang) for chapter in outline.chapters),
        lang=lang,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table: a part's heading, the titles of its slides, and its text."""

    heading: str
    slides: Collection[str]
    said: Markup


def _chapter(chapter: Outlined, several: bool, tongue: Language, lang: Language) -> Markup:
    rows = [_part(part, lang) for part in chapter.parts if _told(part)]
    if chapter.after:
        said = fragment(paragraphs(chapter.unknowns), _folded(chapter.methods, lang))
        rows.append(_Row(say(lang, "packing.preview.after"), chapter.after, said))
    columns: list[Column[_Row]] = [
        Column(say(lang, "packing.preview.part"), lambda row: row.heading, "name"),
        Column(say(lang, "packing.preview.slides"), _slides),
        Column(say(lang, "packing.preview.sentences"), lambda row: row.said),
    ]
    caption = say(lang, "packing.preview.caption", title=chapter.title)
    return fragment(
        tag("h3", chapter.title) if several else NOTHING,
        _lacking(chapter, lang),
        table(columns, rows, caption, lang, style="vb-outline", attributes=lambda _: {"lang": tongue}),
    )


def _told(part: Part) -> bool:
    return bool(part.slides or part.sentences or part.tables)


def _lacking(chapter: Outlined, lang: Language) -> Markup:
    """What will be missing, and why; the title counts the parts that are missing as a whole."""
    reasons = [(part.heading, reason) for part in chapter.parts for reason in part.missing]
    if not reasons:
        return NOTHING
    whole = sum(1 for part in chapter.parts if part.missing and not _told(part))
    key = "packing.preview.missing" if whole else "packing.preview.missing_some"
    title = say(lang, key, count=whole, of=len(chapter.parts), title=chapter.title)
    listed = items(fragment(tag("b", heading), " ", reason) for heading, reason in reasons)
    return tag("details.vb-lacking", tag("summary", title), tag("ul", listed), open="")


def _part(part: Part, lang: Language) -> _Row:
    tables = (tag("p.vb-soft", say(lang, "packing.preview.table", title=title)) for title in part.tables)
    return _Row(part.heading, part.slides, fragment(paragraphs(part.sentences), *tables))


def _slides(row: _Row) -> str:
    return tag("ol", items(row.slides)) if row.slides else MISSING


def _folded(sentences: Collection[str], lang: Language) -> Markup:
    """The annex on methods, folded."""
    if not sentences:
        return NOTHING
    title = say(lang, "packing.preview.methods", count=len(sentences))
    return tag("details", tag("summary", title), paragraphs(sentences))
