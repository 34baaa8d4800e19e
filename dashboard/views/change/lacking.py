"""The page on why a rank moved where something is missing: what, why, and links to editions that have it."""

from __future__ import annotations

import polars as pl
from markupsafe import Markup

from analytics.change.change import known_changes
from analytics.standing.slope import biggest_moves
from dashboard.html import cards, cells
from dashboard.html.cards import Links
from dashboard.html.markup import NOTHING, fragment, items, link, tag
from dashboard.session.context import Context
from dashboard.text import overview
from dashboard.text.change import ChangeWording

_MOVERS = 5
_LINKS = 4


def parts(at: Context, wording: ChangeWording) -> Markup:
    """In place of the contributions: why there are none, and editions in which there are."""
    values = {"name": wording.name, "before": wording.before, "edition": wording.edition, "word": wording.word}
    if wording.parts.is_empty():
        return cards.panel(wording.say("parts.none_total", **values), [], NOTHING, at.lang)
    if not wording.comparable:
        title = wording.say("parts.none_regime", **values)
        why = [note.in_(at.lang) for note in wording.answer.notes_only("new_method")]
    else:
        title = wording.say("parts.none_unknown", **values)
        why = [wording.say("parts.none_unknown_why", **values)]
    known = at.resources.ask(known_changes, at.selection.province or "", at.selection.index)
    links = _editions(at, known.filter(pl.col("parts") == pl.col("of"), pl.col("of") > 0))
    more = cards.links(wording.say("known_parts", **values), links)
    if wording.comparable:
        more += tag("p", link(at.say("data.offer_import"), at.selection.importing()))
    return cards.panel(title, why, more, at.lang)


def nothing(at: Context, unit: str, name: str) -> Markup:
    """Why the change of the total is not known, editions in which it is, and how to import figures."""
    edition = overview.edition(at.index, at.selection.year, at.lang)
    previous = at.index.previous(at.selection.year)
    if previous is None or _first(at):
        title = at.say("change.first", edition=edition, units=at.unit_set)
        lead = at.say("change.first_members", name=name)
        return cards.panel(title, [at.say("change.first_why")], cards.links(lead, _members(at, unit)), at.lang)
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


def start(at: Context) -> Markup:
    """Without a province: the units whose rank changed most."""
    edition = overview.edition(at.index, at.selection.year, at.lang)
    previous = at.index.previous(at.selection.year)
    if previous is None or _first(at):
        title = at.say("change.first", edition=edition, units=at.unit_set)
        return cards.panel(title, [at.say("change.first_why")], NOTHING, at.lang)
    before = overview.edition(at.index, previous.year, at.lang)
    moves = at.resources.ask(biggest_moves, at.selection.index, at.selection.year, _MOVERS)
    if moves.is_empty():
        return cards.notices([at.say("change.moved_none", before=before, edition=edition)], at.lang)
    return tag(
        "section.vb-movers",
        tag("h2", at.say("change.moved", before=before, edition=edition)),
        _movers(at, moves.filter(pl.col("change_rank") > 0), "up"),
        _movers(at, moves.filter(pl.col("change_rank") < 0), "down"),
        lang=at.lang,
    )


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


def _movers(at: Context, moves: pl.DataFrame, way: str) -> Markup:
    def one(unit: str, name: str, before: int, after: int, moved: int) -> Markup:
        return fragment(
            link(name, at.selection.link(province=unit)),
            " ",
            cells.change(moved, 0, at.lang),
            " ",
            tag("span.vb-soft", f"{before}\u00a0→\u00a0{after}"),
        )

    name = "name" if at.lang == "vi" else "name_en"
    rows = moves.select("unit", name, "rank_before", "rank_after", "change_rank").iter_rows()
    return tag("section", tag("h3", at.say(f"change.{way}")), tag("ul", items(one(*row) for row in rows)))
