"""The overview on one sheet of paper: its content as plain data, and the PDF that a Typst template makes of it.

Every figure and every word goes to the template as data, never as markup: whatever stands in a text stays text.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from dashboard.charts.figure import FONTS
from dashboard.documents.brief import successor as brief_successor
from dashboard.documents.brief.tables import sources, standings
from dashboard.documents.content import strip
from dashboard.figures.distance import distance_figure
from dashboard.subject import Asked, Gist
from dashboard.text import account, agency, dates, say
from dashboard.text import overview as standing_words
from dashboard.text import summary as words
from dashboard.text.target import TargetWording
from data.frames import Frames
from data.text import Language, Text

TEMPLATE = Path(__file__).parent / "brief.typ"

Sheet = dict[str, Any]


def brief(source: Asked, unit: str, index: str, year: int, lang: Language, made: date) -> Sheet:
    """What the sheet of a unit says, an edition of an index looked at closely; `made` is the day on it.

    For one of the 34 what is known of its members, of its components and of its total by estimate. Raises Problem
    for an index or edition that does not exist.
    """
    definition = source.frames.index(index)
    definition.edition(year)
    gist = Gist(source, unit, definition, year, lang)
    if unit.startswith("34-"):
        gist, body = brief_successor.body(gist)
    else:
        body = _body(gist)
    return {
        "lang": lang,
        "labels": {key: say(lang, f"brief.{key}") for key in ("product", "kind", "inferred")},
        "legend": say(lang, "agency.legend"),
        "sides": _sides(gist),
        "odds": _odds(gist),
        "made": _made(source.frames, made, lang),
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


def _body(gist: Gist) -> Sheet:
    lang, index = gist.lang, gist.index
    found = gist.standing(index)
    said = None if found is None else account.standing(index, gist.name, found.row, None, lang)
    edition = standing_words.edition(index, gist.year, lang)
    figure = distance_figure(gist, "light")
    drawn = None
    if figure is not None:
        drawn = {"title": figure.title, "below": figure.subtitle, "alt": figure.alt}
        drawn |= strip.of_distance(figure, lang)
    known = [item for other in gist.source.frames.indices.values() if (item := gist.standing(other))]
    notes = [note.in_(lang) for note in gist.whole.notes]
    if found is not None and gist.year != gist.asked:
        asked = standing_words.edition(index, gist.asked, lang)
        notes.insert(0, say(lang, "brief.stands_in", asked=asked, shown=edition))
    return {
        "title": gist.name,
        "edition": edition,
        "lead": said or say(lang, "brief.nothing", name=gist.name, edition=edition),
        "table": standings(known, index, lang),
        "figure": drawn,
        "why": {
            "title": say(lang, "overview.why.title"),
            "text": words.why(index, gist.name, gist.year, gist.change, lang),
        },
        "sources": sources(gist.source, ((item.index, item.year) for item in known), lang),
        "notes": notes,
    }


def _sides(gist: Gist) -> Sheet:
    found, lang, index = gist.strengths, gist.lang, gist.index
    if found is None:
        return {"sentence": words.no_sides(index, gist.name, gist.year, lang)}
    weak, strong = words.side_titles(found, index, lang)

    def item(row: words.Row) -> Sheet:
        led = gist.agencies.get(row["component"])
        return {
            "name": index.component(row["component"]).name.in_(lang),
            "amount": words.amount(row, found, index, lang),
            "way": words.way(row, found),
            "agency": None if led is None else agency.written(led, lang, city=gist.city),
            "inferred": led is not None and led.inferred,
        }

    return {
        "lists": [
            {"title": weak, "items": [item(row) for row in found.weak]},
            {"title": strong, "items": [item(row) for row in found.strong]},
        ],
        "none": words.no_weakness(found, index, lang),
        "measure": words.side_measure(found, index, lang),
        "led": bool(gist.agencies),
    }


def _odds(gist: Gist) -> Sheet:
    top = gist.distance.top if gist.distance else gist.index.target_group.get(gist.unit[:2], 0)
    wording = TargetWording(gist.index, gist.year, gist.name, gist.lang, top)
    title, refused = words.odds(gist.chance, gist.distance, wording)
    if isinstance(gist.chance, Text) or isinstance(gist.outlook, Text):
        return {"title": title, "share": None, "text": refused}
    new_method = gist.outlook.notes_only("odds_new_method")
    said = [*(note.in_(gist.lang) for note in new_method), words.skill(gist.tested(), wording)]
    return {"title": title, "share": gist.chance, "text": " ".join(said)}


def _made(frames: Frames, made: date, lang: Language) -> str:
    """When it was made, of which version of the data, and when the last table was taken in, if any was."""
    entered = frames.batch.filter(pl.col("undone_at").is_null())["entered_at"].max()
    said = say(lang, "brief.made", date=dates.day(made, lang), version=frames.version[:8])
    if isinstance(entered, datetime):
        said += " " + say(lang, "brief.entered", date=dates.day(dates.local(entered), lang))
    return said
