"""The agency answerable for a component, as HTML: a full mark where it was read, a hollow one where inferred."""

from __future__ import annotations

from html import escape

from analytics.weakness.agency import Agency
from dashboard.text import agency as words
from dashboard.text import say
from data.number import MISSING
from data.text import Language


def answerable(agency: Agency | None, lang: Language, *, city: bool = False) -> str:
    """Today's agency, the former one in brackets; hollow and said where it is only inferred (see `page.css`)."""
    if agency is None:
        return f'<span class="vb-quiet">{MISSING}</span>'
    said = say(lang, "agency.inferred") if agency.inferred else ""
    attributes = f' title="{escape(said)}"' if said else ""
    hidden = f'<span class="vb-hidden"> ({escape(said)})</span>' if said else ""
    style = "vb-agency vb-inferred" if agency.inferred else "vb-agency"
    today = escape(words.name(agency.today, lang, city=city))
    former = ""
    if agency.former is not None:
        whole = escape(words.written(agency, lang, city=city))
        former = f' <span class="vb-soft">{whole.removeprefix(today).strip()}</span>'
    return f'<span class="{style}"{attributes}>{today}{former}{hidden}</span>'


def legend(lang: Language) -> str:
    """What the marks mean."""
    sample = f'<span class="vb-agency vb-inferred">{escape(say(lang, "agency.inferred"))}</span>'
    return f'<p class="vb-source" lang="{lang}">{escape(say(lang, "agency.legend"))} {sample}</p>'
