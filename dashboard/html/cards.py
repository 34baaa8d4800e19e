"""Small pieces of a page as HTML: heading, a province's standing, what to do where there is nothing, notes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from dashboard.html import tables
from dashboard.html.tables import Row, Setting
from data import number
from data.text import Language


def heading(title: str, below: str, lang: Language) -> str:
    """A page's title and the sentence that must be read with it."""
    return f'<header class="vb-heading" lang="{lang}"><h1>{escape(title)}</h1><p>{escape(below)}</p></header>'


def notices(sentences: Iterable[str], lang: Language) -> str:
    """What was asked for and could not be had; empty where there is nothing to say."""
    listed = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f'<div class="vb-notice" role="status" lang="{lang}">{listed}</div>' if listed else ""


def standing(row: Row, of: int, ordered: bool, sentences: Iterable[str], setting: Setting) -> str:
    """One unit's rank and score large, and what is to be said about them below."""
    value = row["order"] if ordered else row["published_rank"]
    computed = value is None and row["rank"] is not None
    place = number.standing(row["rank"] if computed else value, of, setting.lang)
    label = setting.say("standing.ordered") if ordered else setting.say("standing.computed") if computed else ""
    points = tables.score(row, setting)
    known = any(row[name] is not None for name in ("score", "score_low", "score_high"))
    said = [*sentences, *filter(None, [setting.note(row)])]
    return (
        f'<section class="vb-standing" lang="{setting.lang}"><h2>{escape(setting.name(row))}</h2>'
        f'<p class="vb-figures"><span class="vb-big">{escape(place)}</span>'
        + (f'<span class="vb-soft">{escape(label)}</span>' if label else "")
        + (f'<span class="vb-points">{setting.say("standing.points", points=points)}</span>' if known else "")
        + "</p>"
        + "".join(f"<p>{escape(sentence)}</p>" for sentence in said)
        + "</section>"
    )


def unknown(name: str, sentence: str, lang: Language) -> str:
    """A unit of which nothing is known here."""
    return f'<section class="vb-standing" lang="{lang}"><h2>{escape(name)}</h2><p>{escape(sentence)}</p></section>'


def empty(
    title: str,
    why: Iterable[str],
    lead: str,
    links: Iterable[tuple[str, str]],
    command: tuple[str, str],
    lang: Language,
    importing: str,
) -> str:
    """Nothing to show: what is missing, why, where to go from here, and what mends it.

    `importing` is the address where a table is taken in; `command` says the same for the command line.
    """
    reasons = "".join(f"<p>{escape(sentence)}</p>" for sentence in why)
    ways = "".join(
        f'<li><a href="{escape(address)}" target="_self">{escape(name)}</a></li>' for name, address in links
    )
    return (
        f'<section class="vb-empty" lang="{lang}"><h2>{escape(title)}</h2>{reasons}'
        + (f"<p><b>{escape(lead)}</b></p><ul>{ways}</ul>" if ways else "")
        + f'<p><a href="{escape(importing)}" target="_self"><b>{escape(command[0])}</b></a></p>'
        + f"<code>{escape(command[1])}</code>"
        + "</section>"
    )


def notes(title: str, sentences: Iterable[str], lang: Language) -> str:
    """Sentences that must be read with the figures, each said once."""
    listed = "".join(f"<li>{escape(sentence)}</li>" for sentence in dict.fromkeys(sentences))
    return f'<section class="vb-notes" lang="{lang}"><h2>{escape(title)}</h2><ul>{listed}</ul></section>'


def missing(title: str, names: Iterable[str], lang: Language) -> str:
    """The units of which nothing is known, folded away."""
    listed = escape(", ".join(names))
    return f'<details class="vb-notes" lang="{lang}"><summary>{escape(title)}</summary><p>{listed}</p></details>'


def source(line: str, lang: Language) -> str:
    """Whose figures they are."""
    return f'<p class="vb-source" lang="{lang}">{escape(line)}</p>'
