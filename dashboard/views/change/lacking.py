"""What the page on why a rank moved says where something is missing: what, why, and where to look instead."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import polars as pl

from analytics.change.change import known_changes
from analytics.standing.slope import biggest_moves
from dashboard.html import cards, tables
from dashboard.session.context import Context
from dashboard.text import overview
from dashboard.text.change import ChangeWording
from data.text import Language

_MOVERS = 5
_LINKS = 4

Links = list[tuple[str, str]]


def panel(title: str, why: Iterable[str], more: str, lang: Language) -> str:
    """In place of a chart: what is missing, and why."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in why)
    return f'<section class="vb-empty" lang="{lang}"><h2>{escape(title)}</h2>{said}{more}</section>'


def parts(at: Context, wording: ChangeWording) -> str:
    """In place of the contributions: why there are none, and editions in which there are."""
    values = {"name": wording.name, "before": wording.before, "edition": wording.edition, "word": wording.word}
    if wording.parts.is_empty():
        return panel(wording.say("parts.none_total", **values), [], "", at.lang)
    if not wording.comparable:
        title = wording.say("parts.none_regime", **values)
        why = [note.in_(at.lang) for note in wording.answer.notes_only("new_method")]
    else:
        title = wording.say("parts.none_unknown", **values)
        why = [wording.say("parts.none_unknown_why", **values)]
    known = at.resources.ask(known_changes, at.selection.province or "", at.selection.index)
    links = _editions(at, known.filter(pl.col("parts") == pl.col("of"), pl.col("of") > 0))
    more = _listed(wording.say("known_parts", **values), links)
    if wording.comparable:
        offer = escape(at.say("data.offer_import"))
        more += f'<p><a href="{escape(at.selection.importing())}" target="_self">{offer}</a></p>'
    return panel(title, why, more, at.lang)


def nothing(at: Context, unit: str, name: str) -> str:
    """The change can't be told: why, which editions can be looked at, and how figures get in."""
    edition = overview.edition(at.index, at.selection.year, at.lang)
    previous = at.index.previous(at.selection.year)
    if previous is None or _first(at):
        title = at.say("change.first", edition=edition, units=at.unit_set)
        lead = at.say("change.first_members", name=name)
        return panel(title, [at.say("change.first_why")], _listed(lead, _members(at, unit)), at.lang)
    before = overview.edition(at.index, previous.year, at.lang)
    return cards.empty(
        at.say("change.cannot", name=name, edition=edition),
        [at.say("change.cannot_why", name=name, before=before, edition=edition)],
        at.say("change.known", name=name),
        _editions(at, at.resources.ask(known_changes, unit, at.selection.index)),
        (at.say("empty.import"), at.say("empty.command", index=at.selection.index, year=at.selection.year)),
        at.lang,
        at.selection.importing(),
    )


def start(at: Context) -> str:
    """No province chosen: who moved furthest."""
    edition = overview.edition(at.index, at.selection.year, at.lang)
    previous = at.index.previous(at.selection.year)
    if previous is None or _first(at):
        title = at.say("change.first", edition=edition, units=at.unit_set)
        return panel(title, [at.say("change.first_why")], "", at.lang)
    before = overview.edition(at.index, previous.year, at.lang)
    moves = at.resources.ask(biggest_moves, at.selection.index, at.selection.year, _MOVERS)
    if moves.is_empty():
        return cards.notices([at.say("change.moved_none", before=before, edition=edition)], at.lang)
    title = escape(at.say("change.moved", before=before, edition=edition))
    lists = _movers(at, moves.filter(pl.col("change_rank") > 0), "up")
    lists += _movers(at, moves.filter(pl.col("change_rank") < 0), "down")
    return f'<section class="vb-movers" lang="{at.lang}"><h2>{title}</h2>{lists}</section>'


def _first(at: Context) -> bool:
    """Whether the edition is the first of its units."""
    before = at.index.previous(at.selection.year)
    return before is None or before.unit_set != at.unit_set


def _editions(at: Context, known: pl.DataFrame) -> Links:
    """Other editions of the same province, of the rows of `known_changes`."""

    def named(year: int) -> str:
        return overview.edition(at.index, year, at.lang)

    return [
        (at.say("change.known_one", edition=named(year), before=named(before)), at.selection.link(year=year))
        for year, before in known.head(_LINKS).select("year", "previous_year").iter_rows()
    ]


def _members(at: Context, unit: str) -> Links:
    """The provinces that formed one of the 34, each in its newest edition that can be compared."""
    links = []
    for member in at.resources.names.members.get(unit, ()):
        known = at.resources.ask(known_changes, member, at.selection.index)
        if not known.is_empty():
            year = int(known["year"][0])
            named = at.resources.names.name(member).in_(at.lang)
            edition = overview.edition(at.index, year, at.lang)
            links.append((f"{named}, {edition}", at.selection.link(province=member, year=year)))
    return links


def _listed(lead: str, links: Links) -> str:
    if not links:
        return ""
    ways = "".join(
        f'<li><a href="{escape(address)}" target="_self">{escape(name)}</a></li>' for name, address in links
    )
    return f"<p><b>{escape(lead)}</b></p><ul>{ways}</ul>"


def _movers(at: Context, moves: pl.DataFrame, way: str) -> str:
    def one(unit: str, name: str, before: int, after: int, moved: int) -> str:
        link = escape(at.selection.link(province=unit))
        return (
            f'<li><a href="{link}" target="_self">{escape(name)}</a> {tables.change(moved, 0, at.lang)} '
            f'<span class="vb-soft">{before}\u00a0→\u00a0{after}</span></li>'
        )

    name = "name" if at.lang == "vi" else "name_en"
    rows = moves.select("unit", name, "rank_before", "rank_after", "change_rank").iter_rows()
    listed = "".join(one(*row) for row in rows)
    return f"<section><h3>{escape(at.say(f'change.{way}'))}</h3><ul>{listed}</ul></section>"
