"""The routes side by side as HTML: what each component has to do, what that adds, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import polars as pl

from analytics.weakness.agency import Agency
from dashboard.html.agency import answerable, legend
from dashboard.text import grammar, say
from dashboard.text import target as words
from dashboard.text.target import Figures, TargetWording

Row = Mapping[str, Any]


def distinct(rows: pl.DataFrame) -> dict[tuple[str, ...], pl.DataFrame]:
    """The routes (rows of `analytics.target.target`) by their names: routes of the same steps are one."""
    found: dict[tuple[Any, ...], tuple[list[str], pl.DataFrame]] = {}
    for route in rows["route"].unique(maintain_order=True):
        steps = rows.filter(route=route)
        key = tuple(steps.select("component", pl.col("gain").round(6)).iter_rows())
        found.setdefault(key, ([], steps))[0].append(route)
    return {tuple(names): steps for names, steps in found.values()}


def cards(
    routes: Mapping[tuple[str, ...], pl.DataFrame],
    facts: Mapping[str, Figures],
    agencies: Mapping[str, Agency],
    wording: TargetWording,
    link: Callable[[str], str],
    city: bool,
) -> str:
    """A card for each route with its steps, the largest first; `link` leads to the precedents of a component."""
    listed = "".join(
        _card(names, steps, facts[names[0]], agencies, wording, link, city) for names, steps in routes.items()
    )
    marks = legend(wording.lang) if agencies else ""
    return f'<div class="vb-routes" lang="{wording.lang}">{listed}</div>{marks}'


def _card(
    names: tuple[str, ...],
    steps: pl.DataFrame,
    facts: Figures,
    agencies: Mapping[str, Agency],
    wording: TargetWording,
    link: Callable[[str], str],
    city: bool,
) -> str:
    title = name(names, wording)
    ideas = " ".join(wording.say(f"routes.{route}") for route in names)
    return (
        f'<article class="vb-route"><h3>{escape(title)}</h3><p>{escape(ideas)}</p>'
        f'<p class="vb-soft">{escape(words.route_facts(facts, wording))}</p>'
        f"{_table(steps, title, agencies, wording, link, city)}</article>"
    )


def name(names: tuple[str, ...], wording: TargetWording) -> str:
    """What a route is called; both names where two ideas come to the same."""
    said = [say(wording.lang, f"route.{route}") for route in names]
    return grammar.capital("; ".join([said[0], *(f"{one[:1].lower()}{one[1:]}" for one in said[1:])]))


def _table(
    steps: pl.DataFrame,
    title: str,
    agencies: Mapping[str, Agency],
    wording: TargetWording,
    link: Callable[[str], str],
    city: bool,
) -> str:
    columns = [("column_part", ""), ("column_way", "vb-number"), ("column_share", "vb-number")]
    head = "".join(
        f'<th scope="col" class="{style}">{escape(wording.say(f"routes.{key}"))}</th>' for key, style in columns
    )
    whole = float(steps["points"].sum())
    body = "".join(_row(row, whole, agencies, wording, link, city) for row in steps.iter_rows(named=True))
    caption = escape(wording.say("routes.caption", route=title))
    return (
        f'<table class="vb-table"><caption class="vb-hidden">{caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(
    row: Row,
    whole: float,
    agencies: Mapping[str, Agency],
    wording: TargetWording,
    link: Callable[[str], str],
    city: bool,
) -> str:
    code = row["component"]
    part = wording.index.component(code).name.in_(wording.lang)
    agency = agencies.get(code)
    who = f'<span class="vb-who">{answerable(agency, wording.lang, city=city)}</span>' if agency else ""
    share = 100 * row["points"] / whole
    ends = [escape(wording.points(row[end])) for end in ("from", "to")]
    seen = escape(wording.say("routes.seen", component=part))
    name = f'<a href="{escape(link(code))}" target="_self" title="{seen}">{escape(part)}</a>'
    return (
        f'<tr><th scope="row">{name}{who}</th>'
        f'<td class="vb-number">{ends[0]}&nbsp;→&nbsp;<b>{ends[1]}</b>'
        f'<br><span class="vb-better"><span aria-hidden="true">▲</span> '
        f"{escape(wording.points(abs(row['gain']), signed=True))}</span></td>"
        f'<td class="vb-number"><span class="vb-part" aria-hidden="true"><i style="width:{share:.1f}%"></i></span>'
        f"{escape(wording.say('routes.share', share=f'{share:.0f}'))}</td></tr>"
    )
