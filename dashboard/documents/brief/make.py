"""The overview on one sheet of paper: its content as plain data, and the PDF that a Typst template makes of it.

Every number and word goes to the template as data, never as markup, so that no text can change the layout.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from analytics.core.caveats import equal_weights
from analytics.core.history import scored
from dashboard.charts.figure import FONTS
from dashboard.documents.brief import successor
from dashboard.documents.brief.tables import sources, standings
from dashboard.documents.content import strip
from dashboard.figures import overview
from dashboard.subject import Subject
from dashboard.text import agency, dates, grammar, say, summary
from dashboard.text.findings import standing
from dashboard.text.target import trust
from data.frames import Frames
from data.text import Language, Text

TEMPLATE = Path(__file__).parent / "brief.typ"

Sheet = dict[str, Any]


def brief(asked: Subject, made: date) -> Sheet:
    """The content of the sheet, on the subject's edition or the nearest one with a figure of the unit.

    For one of the 34 without a total of its own: what is known of its members and its components, and the
    estimate of its total. `made` is the date printed on it.
    """
    lang = asked.lang
    if asked.unit in asked.asker.names.members and not asked.ask(scored, asked.unit, asked.index.code, asked.year):
        subject, body = successor.body(asked)
    else:
        subject = asked.nearest()
        body = _body(subject, asked)
    return {
        "lang": lang,
        "labels": {key: say(lang, f"brief.{key}") for key in ("product", "kind", "inferred")},
        "legend": say(lang, "agency.legend"),
        "sides": _sides(subject),
        "odds": _odds(subject),
        "made": _made(asked.frames, made, lang),
        **body,
    }


def as_pdf(sheet: Sheet) -> bytes:
    """The sheet as a PDF of one A4 page."""
    import typst

    content = json.dumps(sheet, ensure_ascii=False)
    made: bytes = typst.compile(
        str(TEMPLATE),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"sheet": content},
        timestamp=0,
        pdf_standards=["ua-1"],
    )
    return made


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


def _body(subject: Subject, asked: Subject) -> Sheet:
    lang, index, row, edition = subject.lang, subject.index, subject.row, subject.wording.edition
    said = None if row is None else standing.standing(index, subject.name, row, None, lang)
    figure = overview.distance(subject)
    drawn = None
    if figure is not None:
        drawn = {"title": figure.title, "below": figure.subtitle, "alt": figure.alt}
        drawn |= strip.of_distance(figure, lang)
    everywhere = (subject.on(other) for other in subject.frames.indices.values())
    known = [item for item in everywhere if item.row is not None]
    notes = [note.in_(lang) for note in (*equal_weights(index, subject.year), *subject.ranking.notes)]
    members = subject.asker.names.members.get(subject.unit, ())
    if len(members) > 1:
        named = grammar.listed([subject.name_of(unit) for unit in sorted(members)], lang)
        notes.append(say(lang, "brief.merged", members=named))
    if row is not None and subject.year != asked.year:
        notes.insert(0, say(lang, "brief.stands_in", asked=asked.wording.edition, shown=edition))
    return {
        "title": subject.name,
        "edition": edition,
        "lead": said or say(lang, "brief.nothing", name=subject.name, edition=edition),
        "table": standings(known, index, lang),
        "figure": drawn,
        "why": {
            "title": say(lang, "overview.why.title"),
            "text": summary.why(index, subject.name, subject.year, subject.change, lang),
        },
        "sources": sources(known),
        "notes": notes,
    }


def _sides(subject: Subject) -> Sheet:
    found, lang, index = subject.strengths, subject.lang, subject.index
    if found is None:
        return {"sentence": summary.no_strengths(index, subject.name, subject.year, lang)}
    weak, strong = summary.strengths_titles(found, index, lang)

    def item(row: summary.Row) -> Sheet:
        led = subject.agencies.get(row["component"])
        return {
            "name": index.component(row["component"]).name.in_(lang),
            "amount": summary.amount(row, found, index, lang),
            "direction": summary.direction(row, found),
            "agency": None if led is None else agency.written(led, lang, city=subject.city),
            "inferred": led is not None and led.inferred,
        }

    return {
        "lists": [
            {"title": weak, "items": [item(row) for row in found.weak]},
            {"title": strong, "items": [item(row) for row in found.strong]},
        ],
        "none": summary.no_weakness(found, index, lang),
        "measure": summary.strengths_measure(found, index, lang),
        "led": bool(subject.agencies),
    }


def _odds(subject: Subject) -> Sheet:
    wording = subject.target_wording
    title, refused = summary.odds(subject.chance, subject.distance, wording)
    if isinstance(subject.chance, Text) or isinstance(subject.outlook, Text):
        return {"title": title, "share": None, "text": refused}
    new_method = subject.outlook.notes_only("odds_new_method")
    said = [*(note.in_(subject.lang) for note in new_method), trust(subject.backtest(), wording)]
    return {"title": title, "share": subject.chance, "text": " ".join(said)}


def _made(frames: Frames, made: date, lang: Language) -> str:
    """When it was made, from which version of the data, and when the last table was imported, if any was."""
    entered = frames.batch.filter(pl.col("undone_at").is_null())["entered_at"].max()
    said = say(lang, "brief.made", date=dates.day(made, lang), version=frames.version[:8])
    if isinstance(entered, datetime):
        said += " " + say(lang, "brief.entered", date=dates.day(dates.local(entered), lang))
    return said
