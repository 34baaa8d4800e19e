"""The tables of the page on why a rank moved, as HTML: components by score and rank, and one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboard.html import tables
from dashboard.text import grammar, say
from dashboard.text.change import WAYS, Account
from dashboard.text.weights import share
from data import number

Row = Mapping[str, Any]

_UNKNOWN = "?/?"


def crossed(account: Account) -> str:
    """Components by score (down the side) and rank (across the top), each by its name."""
    everything: Mapping[str, Sequence[str]] = account.figures["crossed"]
    # Of what neither score nor rank can be compared, the table would only say so twice.
    found = {way: codes for way, codes in everything.items() if way != _UNKNOWN}
    met = [way.split("/") for way in found]
    scores = [way for way in WAYS if way in ("up", "down") or any(score == way for score, _ in met)]
    ranks = [way for way in WAYS if way in ("up", "down") or any(rank == way for _, rank in met)]
    # Where no score can be compared, or no rank, the empty rows and columns would say that some could.
    scores = ["?"] if all(score == "?" for score, _ in met) else scores
    ranks = ["?"] if all(rank == "?" for _, rank in met) else ranks
    head = "".join(f'<th scope="col">{escape(account.say(f"crossed.rank.{rank}"))}</th>' for rank in ranks)
    body = "".join(
        f'<tr><th scope="row">{escape(account.say(f"crossed.score.{score}"))}</th>'
        + "".join(_cell(account, found.get(f"{score}/{rank}", ()), score, rank) for rank in ranks)
        + "</tr>"
        for score in scores
    )
    caption = escape(
        account.say(
            "crossed.caption",
            word=grammar.capital(account.word),
            name=account.name,
            edition=account.edition,
            before=account.before,
        )
    )
    return (
        f'<table class="vb-table vb-crossed" lang="{account.lang}"><caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr><td>{escape(account.say('crossed.corner'))}</td>{head}</tr></thead><tbody>{body}</tbody></table>"
        + _unknown(account, everything.get(_UNKNOWN, ()))
    )


def _unknown(account: Account, codes: Sequence[str]) -> str:
    if not codes:
        return ""
    names = grammar.listed([account.short(code) for code in codes], account.lang, len(codes))
    return f'<p class="vb-soft">{escape(account.say("crossed.unknown", names=names))}</p>'


def _cell(account: Account, codes: Sequence[str], score: str, rank: str) -> str:
    if not codes:
        return f'<td class="vb-quiet">{escape(account.say("crossed.nobody"))}</td>'
    style = {"upup": "vb-better", "downdown": "vb-worse"}.get(score + rank, "")
    # Short names: the full ones stand in the table below.
    listed = "".join(f"<li>{escape(account.short(code))}</li>" for code in codes)
    return f'<td><b class="vb-count {style}">{len(codes)}</b><ul>{listed}</ul></td>'


def components(account: Account) -> str:
    """Each component: score and rank in both editions, what changed, its weight, what it added to the total."""
    years = (account.figures["previous_year"], account.year)
    columns = [
        (account.say("table.score", year=years[0]), "vb-number vb-medium"),
        (account.say("table.score", year=years[1]), "vb-number"),
        (account.say("table.change"), "vb-number vb-medium"),
        (account.say("table.weight"), "vb-number vb-wide"),
        (account.say("table.contribution"), "vb-number"),
        (account.say("table.rank", year=years[0]), "vb-number vb-medium"),
        (account.say("table.rank", year=years[1]), "vb-number vb-medium"),
        (account.say("table.change_rank"), "vb-number"),
    ]
    head = "".join(f'<th scope="col" class="{style}">{escape(title)}</th>' for title, style in columns)
    body = "".join(
        f'<tr><th scope="row">{_named(account, row)}</th>'
        + "".join(
            f'<td class="{style}">{content}</td>'
            for content, (_, style) in zip(_contents(account, row), columns, strict=True)
        )
        + "</tr>"
        for row in account.parts.iter_rows(named=True)
    )
    word = grammar.capital(account.word)
    caption = escape(
        account.say("table.caption", word=word, name=account.name, before=account.before, edition=account.edition)
    )
    return (
        f'<div class="vb-scroll" lang="{account.lang}"><table class="vb-table">'
        f'<caption class="vb-hidden">{caption}</caption>'
        f'<thead><tr><th scope="col">{escape(word)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def legend(account: Account) -> str:
    """What the signs beside figures mean; empty where there are none."""
    figures, parts = account.figures, account.parts
    met = {figures[f"{what}_{side}"] for what in ("status", "rank_status") for side in ("before", "after")}
    met |= {*parts["status_before"], *parts["status_after"]}
    listed = "".join(
        f"<li>{tables.sign(status, account.lang)} {escape(say(account.lang, f'legend.{status}'))}</li>"
        for status in tables.SIGNS
        if status in met
    )
    return f'<ul class="vb-legend" lang="{account.lang}">{listed}</ul>' if listed else ""


def _named(account: Account, row: Row) -> str:
    broken = (
        f' <span class="vb-soft">({escape(account.say("table.broken"))})</span>' if row["series_break"] else ""
    )
    return escape(account.component(row["component"])) + broken


def _contents(account: Account, row: Row) -> list[str]:
    places, lang = account.index.score_decimals, account.lang
    return [
        _score(account, row, "before"),
        _score(account, row, "after"),
        tables.change(row["change"], places, lang),
        _weight(account, row),
        tables.change(row["contribution"], places, lang),
        number.whole(row["rank_before"], lang),
        number.whole(row["rank_after"], lang),
        tables.change(row["change_rank"], 0, lang),
    ]


def _score(account: Account, row: Row, side: str) -> str:
    written = number.decimal(row[side], account.index.score_decimals, account.lang)
    return written + tables.sign(row[f"status_{side}"], account.lang)


def _weight(account: Account, row: Row) -> str:
    """The weight; both where it changed."""
    before, after = (share(row[f"weight_{side}"], account.lang) for side in ("before", "after"))
    return after if before == after else f"{before} → {after}"
