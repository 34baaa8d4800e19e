"""The tables of the method page: weights with their status and source, and how figures are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.html.markup import NOTHING, fill, fragment, items, tag, visually_hidden
from dashboard.html.table import Column, table
from dashboard.text import grammar, say
from dashboard.text.signs import SIGNS
from dashboard.text.weights import share
from data.definition import Index, Regime
from data.status import STATUSES
from data.text import Language

# A source of weights: of what kind it is, its title, its publisher, and its address where it has one.
Source = tuple[str, str, str, str | None]

# The row of the table of weights that says how the weights of each regime are known.
_STATUS = "status"


def weights(index: Index, sources: Mapping[str, Source], lang: Language) -> Markup:
    """The weights of every component in every regime, the status of each regime, its source and its note."""
    below = _below(index, sources, lang)
    if not any(regime.components for regime in index.regimes):
        return fragment(tag("p", _say(lang, "only_total", index=index.name.in_(lang))), below)
    # The newest first: on a phone that is the one in view.
    regimes = index.regimes[::-1]
    codes = [item.code for item in index.components if any(item.code in regime.components for regime in regimes)]

    def name(code: str) -> str:
        return _say(lang, "status") if code == _STATUS else index.component(code).name.in_(lang)

    def column(regime: Regime) -> Column[str]:
        return Column(years(regime, lang), lambda code: _weight(index, regime, code, lang), "number")

    word = grammar.capital(index.component_word.in_(lang))
    caption = _say(lang, "caption", index=index.name.in_(lang))
    shown = table(
        [Column[str](word, name, "name"), *map(column, regimes)],
        [_STATUS, *codes],
        caption,
        lang,
        attributes=lambda code: {"class": "vb-status"} if code == _STATUS else {},
    )
    # Wider than most screens: it scrolls, with the keyboard too.
    return fragment(tag("div.vb-wide-table", shown, role="region", tabindex="0", aria_label=caption), below)


def statuses(lang: Language) -> Markup:
    """Every way in which a figure is known, with its sign and what it means."""

    def meaning(status: str) -> str:
        return say(lang, "method.status.published" if status == "published" else f"legend.{status}")

    columns: list[Column[str]] = [
        Column(say(lang, "method.status.sign"), lambda status: SIGNS.get(status, "")),
        Column(say(lang, "method.status.name"), lambda status: say(lang, f"status.{status}"), "name"),
        Column(say(lang, "method.status.meaning"), meaning),
    ]
    return table(columns, STATUSES, say(lang, "method.status.caption"), lang)


def years(regime: Regime, lang: Language) -> str:
    """`2013–2021`, `từ 2025`."""
    if regime.last is None:
        return say(lang, "method.table.since", first=regime.first)
    if regime.first == regime.last:
        return str(regime.first)
    return say(lang, "method.table.years", first=regime.first, last=regime.last)


def _weight(index: Index, regime: Regime, code: str, lang: Language) -> str:
    """A weight, or how the weights of the regime are known."""
    if code == _STATUS:
        return _say(lang, f"status_{regime.weight_status}")
    if code not in regime.components:
        return visually_hidden(_say(lang, "not_there"))
    weight = index.weight(code, regime.first)
    return share(weight, lang) if weight is not None else tag("span.vb-quiet", _say(lang, "unknown"))


def _below(index: Index, sources: Mapping[str, Source], lang: Language) -> Markup:
    """The notes of each regime, the sources of its weights, and the series breaks inside it."""
    newest = index.regimes[::-1]
    lines: list[str] = [
        _say(lang, "note", years=years(regime, lang), note=regime.note.in_(lang))
        for regime in newest
        if regime.note is not None
    ]
    told: dict[Markup, list[str]] = {}
    for regime in newest:
        found = [_titled(sources[source], lang) for source in regime.weight_source if source in sources]
        if found:
            told.setdefault(Markup("; ").join(found), []).append(years(regime, lang))
    lines += [
        fill(_say(lang, "source", years=", ".join(when), titles="{titles}"), titles=titles)
        for titles, when in told.items()
    ]
    breaks = [_say(lang, "note", years=str(item.year), note=item.note.in_(lang)) for item in index.series_breaks]
    broken = fragment(tag("p", tag("b", _say(lang, "breaks"))), _list(breaks)) if breaks else NOTHING
    listed = fragment(_list(lines), broken)
    return tag("div.vb-notes", listed) if listed else NOTHING


def _titled(source: Source, lang: Language) -> Markup:
    kind, title, publisher, location = source
    if kind == "own":
        return fragment(_say(lang, "own"))
    named = f"{title} ({publisher})"
    if location is None or not location.startswith("https://"):
        return fragment(named)
    return tag("a", named, href=location, rel="noreferrer", target="_blank")


def _list(lines: Iterable[str]) -> Markup:
    listed = items(lines)
    return tag("ul", listed) if listed else NOTHING


def _say(lang: Language, key: str, **values: object) -> str:
    return say(lang, f"method.table.{key}", **values)
