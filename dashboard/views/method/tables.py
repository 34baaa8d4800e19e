"""The tables of the method page, as HTML: weights with their status and source, and how figures are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from dashboard.text import grammar, say
from dashboard.text.signs import SIGNS
from dashboard.text.weights import share
from data.definition import Index, Regime
from data.status import STATUSES
from data.text import Language

# A source of weights: of what kind it is, its title, its publisher, and its address where it has one.
Source = tuple[str, str, str, str | None]


def weights(index: Index, sources: Mapping[str, Source], lang: Language) -> str:
    """The weights of every component in every regime, the status of each regime, its source and its note."""
    if not any(regime.components for regime in index.regimes):
        return f"<p>{_say(lang, 'only_total', index=index.name.in_(lang))}</p>" + _below(index, sources, lang)
    # The newest first: on a phone that is the one in view.
    regimes = index.regimes[::-1]
    head = "".join(f'<th scope="col" class="vb-number">{escape(years(regime, lang))}</th>' for regime in regimes)
    status = "".join(f'<td class="vb-number">{_status(regime, lang)}</td>' for regime in regimes)
    codes = [item for item in index.components if any(item.code in regime.components for regime in regimes)]
    body = "".join(
        f'<tr><th scope="row">{escape(item.name.in_(lang))}</th>'
        + "".join(_weight(index, regime, item.code, lang) for regime in regimes)
        + "</tr>"
        for item in codes
    )
    caption = _say(lang, "caption", index=index.name.in_(lang))
    word = escape(grammar.capital(index.component_word.in_(lang)))
    return (
        f'<div class="vb-wide-table" role="region" tabindex="0" aria-label="{caption}">'
        f'<table class="vb-table"><caption class="vb-hidden">{caption}</caption>'
        f'<thead><tr><th scope="col">{word}</th>{head}</tr></thead>'
        f'<tbody><tr class="vb-status"><th scope="row">{_say(lang, "status")}</th>{status}</tr>{body}</tbody>'
        f"</table></div>{_below(index, sources, lang)}"
    )


def statuses(lang: Language) -> str:
    """Every way in which a figure is known, with its sign and what it means."""

    def meaning(status: str) -> str:
        return say(lang, "method.status.published" if status == "published" else f"legend.{status}")

    head = "".join(
        f'<th scope="col">{escape(say(lang, f"method.status.{key}"))}</th>' for key in ("sign", "name", "meaning")
    )
    body = "".join(
        f"<tr><td>{escape(SIGNS.get(status, ''))}</td>"
        f'<th scope="row">{escape(say(lang, f"status.{status}"))}</th>'
        f"<td>{escape(meaning(status))}</td></tr>"
        for status in STATUSES
    )
    caption = escape(say(lang, "method.status.caption"))
    return (
        f'<table class="vb-table"><caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def years(regime: Regime, lang: Language) -> str:
    """`2013–2021`, `từ 2025`."""
    if regime.last is None:
        return say(lang, "method.table.since", first=regime.first)
    if regime.first == regime.last:
        return str(regime.first)
    return say(lang, "method.table.years", first=regime.first, last=regime.last)


def _weight(index: Index, regime: Regime, code: str, lang: Language) -> str:
    if code not in regime.components:
        return f'<td class="vb-number"><span class="vb-hidden">{_say(lang, "not_there")}</span></td>'
    weight = index.weight(code, regime.first)
    if weight is None:
        return f'<td class="vb-number vb-quiet">{_say(lang, "unknown")}</td>'
    return f'<td class="vb-number">{escape(share(weight, lang))}</td>'


def _status(regime: Regime, lang: Language) -> str:
    return _say(lang, f"status_{regime.weight_status}")


def _below(index: Index, sources: Mapping[str, Source], lang: Language) -> str:
    """What is to be said of each regime, where its weights were read, and what changed inside it."""
    newest = index.regimes[::-1]
    lines = [
        _say(lang, "note", years=years(regime, lang), note=regime.note.in_(lang))
        for regime in newest
        if regime.note is not None
    ]
    told: dict[str, list[str]] = {}
    for regime in newest:
        titles = "; ".join(_titled(sources[source], lang) for source in regime.weight_source if source in sources)
        if titles:
            told.setdefault(titles, []).append(escape(years(regime, lang)))
    lines += [
        say(lang, "method.table.source", years=", ".join(when), titles=titles) for titles, when in told.items()
    ]
    listed = _list(lines)
    breaks = [_say(lang, "note", years=str(item.year), note=item.note.in_(lang)) for item in index.series_breaks]
    if breaks:
        listed += f"<p><b>{_say(lang, 'breaks')}</b></p>{_list(breaks)}"
    return f'<div class="vb-notes">{listed}</div>' if listed else ""


def _titled(source: Source, lang: Language) -> str:
    kind, title, publisher, location = source
    if kind == "own":
        return _say(lang, "own")
    named = escape(f"{title} ({publisher})")
    if location is None or not location.startswith("https://"):
        return named
    return f'<a href="{escape(location)}" rel="noreferrer" target="_blank">{named}</a>'


def _list(lines: Iterable[str]) -> str:
    listed = "".join(f"<li>{line}</li>" for line in lines)
    return f"<ul>{listed}</ul>" if listed else ""


def _say(lang: Language, key: str, **values: object) -> str:
    return escape(say(lang, f"method.table.{key}", **values))
