"""The tables of the page on why a rank moved, as HTML: components by score and rank, and one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.html import tables
from dashboard.text import grammar, say
from dashboard.text.change import WAYS, ChangeWording
from dashboard.text.signs import SIGNS
from dashboard.text.weights import share
from data import number

Row = Mapping[str, Any]

_UNKNOWN = "?/?"


def crossed(wording: ChangeWording) -> str:
    """Components by score (down the side) and rank (across the top), each by its name."""
    everything: Mapping[str, Sequence[str]] = wording.figures["crossed"]
    # Of what neither score nor rank can be compared, the table would only say so twice.
    found = {way: codes for way, codes in everything.items() if way != _UNKNOWN}
    met = [way.split("/") for way in found]
    scores = [way for way in WAYS if way in ("up", "down") or any(score == way for score, _ in met)]
    ranks = [way for way in WAYS if way in ("up", "down") or any(rank == way for _, rank in met)]
    # Where no score can be compared, or no rank, the empty rows and columns would say that some could.
    scores = ["?"] if all(score == "?" for score, _ in met) else scores
    ranks = ["?"] if all(rank == "?" for _, rank in met) else ranks
    head = "".join(f'<th scope="col">{escape(wording.say(f"crossed.rank.{rank}"))}</th>' for rank in ranks)
    body = "".join(
        f'<tr><th scope="row">{escape(wording.say(f"crossed.score.{score}"))}</th>'
        + "".join(_cell(wording, found.get(f"{score}/{rank}", ()), score, rank) for rank in ranks)
        + "</tr>"
        for score in scores
    )
    caption = escape(
        wording.say(
            "crossed.caption",
            word=grammar.capital(wording.word),
            name=wording.name,
            edition=wording.edition,
            before=wording.before,
        )
    )
    return (
        f'<table class="vb-table vb-crossed" lang="{wording.lang}"><caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr><td>{escape(wording.say('crossed.corner'))}</td>{head}</tr></thead><tbody>{body}</tbody></table>"
        + _unknown(wording, everything.get(_UNKNOWN, ()))
    )


def _unknown(wording: ChangeWording, codes: Sequence[str]) -> str:
    if not codes:
        return ""
    names = grammar.listed([wording.short(code) for code in codes], wording.lang, len(codes))
    return f'<p class="vb-soft">{escape(wording.say("crossed.unknown", names=names))}</p>'


def _cell(wording: ChangeWording, codes: Sequence[str], score: str, rank: str) -> str:
    if not codes:
        return f'<td class="vb-quiet">{escape(wording.say("crossed.nobody"))}</td>'
    style = {"upup": "vb-better", "downdown": "vb-worse"}.get(score + rank, "")
    # Short names: the full ones stand in the table below.
    listed = "".join(f"<li>{escape(wording.short(code))}</li>" for code in codes)
    return f'<td><b class="vb-count {style}">{len(codes)}</b><ul>{listed}</ul></td>'


def components(wording: ChangeWording) -> str:
    """Each component: score and rank in both editions, what changed, its weight, what it added to the total."""
    years = (wording.figures["previous_year"], wording.year)
    columns = [
        (wording.say("table.score", year=years[0]), "vb-number vb-medium"),
        (wording.say("table.score", year=years[1]), "vb-number"),
        (wording.say("table.change"), "vb-number vb-medium"),
        (wording.say("table.weight"), "vb-number vb-wide"),
        (wording.say("table.contribution"), "vb-number"),
        (wording.say("table.rank", year=years[0]), "vb-number vb-medium"),
        (wording.say("table.rank", year=years[1]), "vb-number vb-medium"),
        (wording.say("table.change_rank"), "vb-number"),
    ]
    head = "".join(f'<th scope="col" class="{style}">{escape(title)}</th>' for title, style in columns)
    body = "".join(
        f'<tr><th scope="row">{_named(wording, row)}</th>'
        + "".join(
            f'<td class="{style}">{content}</td>'
            for content, (_, style) in zip(_contents(wording, row), columns, strict=True)
        )
        + "</tr>"
        for row in wording.parts.iter_rows(named=True)
    )
    word = grammar.capital(wording.word)
    caption = escape(
        wording.say("table.caption", word=word, name=wording.name, before=wording.before, edition=wording.edition)
    )
    return (
        f'<div class="vb-scroll" lang="{wording.lang}"><table class="vb-table">'
        f'<caption class="vb-hidden">{caption}</caption>'
        f'<thead><tr><th scope="col">{escape(word)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def legend(wording: ChangeWording) -> str:
    """What the signs beside figures mean; empty where there are none."""
    figures, parts = wording.figures, wording.parts
    met = {figures[f"{what}_{side}"] for what in ("status", "rank_status") for side in ("before", "after")}
    met |= {*parts["status_before"], *parts["status_after"]}
    listed = "".join(
        f"<li>{tables.sign(status, wording.lang)} {escape(say(wording.lang, f'legend.{status}'))}</li>"
        for status in SIGNS
        if status in met
    )
    return f'<ul class="vb-legend" lang="{wording.lang}">{listed}</ul>' if listed else ""


def _named(wording: ChangeWording, row: Row) -> str:
    broken = (
        f' <span class="vb-soft">({escape(wording.say("table.broken"))})</span>' if row["series_break"] else ""
    )
    return escape(wording.component(row["component"])) + broken


def _contents(wording: ChangeWording, row: Row) -> list[str]:
    places, lang = wording.index.score_decimals, wording.lang
    return [
        _score(wording, row, "before"),
        _score(wording, row, "after"),
        tables.change(row["change"], places, lang),
        _weight(wording, row),
        tables.change(row["contribution"], places, lang),
        number.whole(row["rank_before"], lang),
        number.whole(row["rank_after"], lang),
        tables.change(row["change_rank"], 0, lang),
    ]


def _score(wording: ChangeWording, row: Row, side: str) -> str:
    written = number.decimal(row[side], wording.index.score_decimals, wording.lang)
    return written + tables.sign(row[f"status_{side}"], wording.lang)


def _weight(wording: ChangeWording, row: Row) -> str:
    """The weight; both where it changed."""
    before, after = (share(row[f"weight_{side}"], wording.lang) for side in ("before", "after"))
    return after if before == after else f"{before} → {after}"
