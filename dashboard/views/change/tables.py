"""The tables of the page on why a rank moved: components by score and rank, and one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from dashboard.html import cells
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fragment, items, tag
from dashboard.html.table import Column, table
from dashboard.text import grammar
from dashboard.text.change import DIRECTIONS, ChangeWording
from dashboard.text.weights import share
from data import number

_UNKNOWN = "?/?"


def crossed(wording: ChangeWording) -> Markup:
    """The names of the components by how their score (rows) and their rank (columns) changed."""
    everything: Mapping[str, Sequence[str]] = wording.figures["crossed"]
    # Components without comparable score and rank are listed below the table.
    found = {pair: codes for pair, codes in everything.items() if pair != _UNKNOWN}
    met = [pair.split("/") for pair in found]
    scores = [item for item in DIRECTIONS if item in ("up", "down") or any(score == item for score, _ in met)]
    ranks = [item for item in DIRECTIONS if item in ("up", "down") or any(rank == item for _, rank in met)]
    # Where no score (or no rank) can be compared at all, one row (or column) says so; empty ones would mislead.
    scores = ["?"] if all(score == "?" for score, _ in met) else scores
    ranks = ["?"] if all(rank == "?" for _, rank in met) else ranks

    def column(rank: str) -> Column[str]:
        title = wording.say(f"crossed.rank.{rank}")
        return Column(title, lambda score: _named(wording, found.get(f"{score}/{rank}", ()), score, rank))

    side = Column[str](wording.say("crossed.corner"), lambda score: wording.say(f"crossed.score.{score}"), "name")
    caption = wording.say("crossed.caption", word=grammar.capital(wording.word), before=wording.before)
    return fragment(
        table([side, *map(column, ranks)], scores, caption, wording.lang, style="vb-crossed"),
        _unknown(wording, everything.get(_UNKNOWN, ())),
    )


def _unknown(wording: ChangeWording, codes: Sequence[str]) -> Markup:
    if not codes:
        return NOTHING
    names = grammar.listed([wording.short(code) for code in codes], wording.lang, len(codes))
    return tag("p.vb-soft", wording.say("crossed.unknown", names=names))


def _named(wording: ChangeWording, codes: Sequence[str], score: str, rank: str) -> Markup:
    """The number of components in a cell, and their names."""
    if not codes:
        return tag("span.vb-quiet", wording.say("crossed.nobody"))
    style = {"upup": ".vb-better", "downdown": ".vb-worse"}.get(score + rank, "")
    # The table of components, further down, has their full names.
    named = tag("ul", items(wording.short(code) for code in codes))
    return fragment(tag(f"b.vb-count{style}", str(len(codes))), named)


def components(wording: ChangeWording) -> Markup:
    """A row for each component: scores and ranks, their change, weight, contribution to the total."""
    before, now = wording.figures["previous_year"], wording.year
    say, lang, places = wording.say, wording.lang, wording.index.score_decimals
    word = grammar.capital(wording.word)

    def changed(name: str, places: int) -> Callable[[Row], Markup]:
        return lambda row: cells.change(row[name], places, lang)

    columns: list[Column[Row]] = [
        Column(word, lambda row: _component(wording, row), "name"),
        Column(say("table.score", year=before), lambda row: _score(wording, row, "before"), "number", "medium"),
        Column(say("table.score", year=now), lambda row: _score(wording, row, "after"), "number"),
        Column(say("table.change"), changed("change", places), "number", "medium"),
        Column(say("table.weight"), lambda row: _weight(wording, row), "number", "wide"),
        Column(say("table.contribution"), changed("contribution", places), "number"),
        Column(
            say("table.rank", year=before), lambda row: number.whole(row["rank_before"], lang), "number", "medium"
        ),
        Column(say("table.rank", year=now), lambda row: number.whole(row["rank_after"], lang), "number", "medium"),
        Column(say("table.change_rank"), changed("change_rank", 0), "number"),
    ]
    caption = say("table.caption", word=word, before=wording.before)
    return tag("div.vb-scroll", table(columns, wording.parts.iter_rows(named=True), caption, lang))


def legend(wording: ChangeWording) -> Markup:
    """The meaning of the signs beside figures; empty where there are none."""
    figures, parts = wording.figures, wording.parts
    met = {figures[f"{what}_{side}"] for what in ("status", "rank_status") for side in ("before", "after")}
    met |= {*parts["status_before"], *parts["status_after"]}
    return cells.legend(cells.meanings(met, wording.lang), wording.lang)


def _component(wording: ChangeWording, row: Row) -> str:
    name = wording.component(row["component"])
    if not row["series_break"]:
        return name
    return fragment(name, " ", tag("span.vb-soft", f"({wording.say('table.broken')})"))


def _score(wording: ChangeWording, row: Row, side: str) -> Markup:
    return fragment(wording.points(row[side]), cells.sign(row[f"status_{side}"], wording.lang))


def _weight(wording: ChangeWording, row: Row) -> str:
    """The weight; both where it changed."""
    before, after = (share(row[f"weight_{side}"], wording.lang) for side in ("before", "after"))
    return after if before == after else f"{before} → {after}"
