"""What a pack will say, as HTML: each part with its slides, its sentences, its tables, what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from dashboard.documents.content.outline import Outline, Outlined, Part
from dashboard.text import say
from data.number import MISSING
from data.text import Language


def preview(outline: Outline, lang: Language) -> str:
    """The pack chapter by chapter. `lang` is the page's; the pack's own words may be in the other."""
    tongue = lang if outline.lang == lang else outline.lang
    chapters = "".join(_chapter(chapter, len(outline.chapters) > 1, tongue, lang) for chapter in outline.chapters)
    title = escape(say(lang, "packing.preview.title"))
    return (
        f'<section class="vb-pack" lang="{lang}"><h2>{title}</h2>'
        f'<p class="vb-pack-title" lang="{tongue}">{escape(outline.title)}</p>{chapters}</section>'
    )


def _chapter(chapter: Outlined, several: bool, tongue: Language, lang: Language) -> str:
    title = f"<h3>{escape(chapter.title)}</h3>" if several else ""
    lacking = _lacking(chapter, lang)
    rows = "".join(_part(part, tongue, lang) for part in chapter.parts if _told(part))
    if chapter.after:
        rows += _row(
            say(lang, "packing.preview.after"),
            chapter.after,
            _paragraphs(chapter.unknowns) + _folded(chapter.methods, lang),
            tongue,
        )
    heads = (say(lang, f"packing.preview.{name}") for name in ("part", "slides", "sentences"))
    head = "".join(f'<th scope="col">{escape(item)}</th>' for item in heads)
    caption = escape(say(lang, "packing.preview.caption", title=chapter.title))
    table = (
        f'<table class="vb-table vb-outline"><caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return title + lacking + table


def _told(part: Part) -> bool:
    return bool(part.slides or part.sentences or part.tables)


def _lacking(chapter: Outlined, lang: Language) -> str:
    """What was asked for and will not be there, and why; a part that has something else is not lost."""
    reasons = [(part.heading, reason) for part in chapter.parts for reason in part.missing]
    if not reasons:
        return ""
    whole = sum(1 for part in chapter.parts if part.missing and not _told(part))
    key = "packing.preview.missing" if whole else "packing.preview.missing_some"
    title = escape(say(lang, key, count=whole, of=len(chapter.parts), title=chapter.title))
    listed = "".join(f"<li><b>{escape(heading)}</b> {escape(reason)}</li>" for heading, reason in reasons)
    return f'<details class="vb-lacking" open><summary>{title}</summary><ul>{listed}</ul></details>'


def _part(part: Part, tongue: Language, lang: Language) -> str:
    tables = (
        f'<p class="vb-soft">{escape(say(lang, "packing.preview.table", title=title))}</p>'
        for title in part.tables
    )
    return _row(part.heading, part.slides, _paragraphs(part.sentences) + "".join(tables), tongue)


def _row(heading: str, slides: Iterable[str], said: str, tongue: Language) -> str:
    titles = "".join(f"<li>{escape(title)}</li>" for title in slides)
    shown = f"<ol>{titles}</ol>" if titles else MISSING
    return f'<tr lang="{tongue}"><th scope="row">{escape(heading)}</th><td>{shown}</td><td>{said}</td></tr>'


def _paragraphs(sentences: Iterable[str]) -> str:
    return "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)


def _folded(sentences: Collection[str], lang: Language) -> str:
    """An annex is read in the file; here it is there for those who look for it."""
    if not sentences:
        return ""
    title = escape(say(lang, "packing.preview.methods", count=len(sentences)))
    return f"<details><summary>{title}</summary>{_paragraphs(sentences)}</details>"
