"""The routes into the target group side by side: each component's step, its share, and the leading agency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from analytics.weakness.agency import Agency
from dashboard.html import agency, cells
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fragment, tag
from dashboard.html.table import Column, table
from dashboard.text import grammar, say
from dashboard.text.target import Figures, TargetWording, route_facts


def distinct(rows: pl.DataFrame) -> dict[tuple[str, ...], pl.DataFrame]:
    """The routes (rows of `analytics.target.target`) by their names: routes of the same steps are one."""
    found: dict[tuple[Any, ...], tuple[list[str], pl.DataFrame]] = {}
    for route in rows["route"].unique(maintain_order=True):
        steps = rows.filter(route=route)
        key = tuple(steps.select("component", pl.col("gain").round(6)).iter_rows())
        found.setdefault(key, ([], steps))[0].append(route)
    return {tuple(names): steps for names, steps in found.values()}


@dataclass(frozen=True, slots=True)
class Agencies:
    """The agency that leads each component; `city` is True for a city, whose agencies have names of their own."""

    known: Mapping[str, Agency]
    city: bool


def cards(
    routes: Mapping[tuple[str, ...], pl.DataFrame],
    facts: Mapping[str, Figures],
    agencies: Agencies,
    wording: TargetWording,
    address: Callable[[str], str],
) -> Markup:
    """A card for each route with its steps, the largest first; `address` leads to the precedents of a component.

    `routes` are those of `distinct`, `facts` what the answer's figures say of each.
    """
    listed = (_card(names, steps, facts[names[0]], agencies, wording, address) for names, steps in routes.items())
    marks = agency.legend(wording.lang) if agencies.known else NOTHING
    return fragment(tag("div.vb-routes", *listed, lang=wording.lang), marks)


def _card(
    names: tuple[str, ...],
    steps: pl.DataFrame,
    facts: Figures,
    agencies: Agencies,
    wording: TargetWording,
    address: Callable[[str], str],
) -> Markup:
    title = name(names, wording)
    return tag(
        "article.vb-route",
        tag("h3", title),
        tag("p", " ".join(wording.say(f"routes.{route}") for route in names)),
        tag("p.vb-soft", route_facts(facts, wording)),
        _steps(steps, title, agencies, wording, address),
    )


def name(names: tuple[str, ...], wording: TargetWording) -> str:
    """What a route is called; both names where two ideas come to the same."""
    said = [say(wording.lang, f"route.{route}") for route in names]
    return grammar.capital("; ".join([said[0], *(f"{one[:1].lower()}{one[1:]}" for one in said[1:])]))


def _steps(
    steps: pl.DataFrame,
    title: str,
    agencies: Agencies,
    wording: TargetWording,
    address: Callable[[str], str],
) -> Markup:
    whole = float(steps["points"].sum())

    def say(key: str) -> str:
        return wording.say(f"routes.{key}")

    columns: list[Column[Row]] = [
        Column(say("column_part"), lambda row: _component(row["component"], agencies, wording, address), "name"),
        Column(say("column_way"), lambda row: _way(row, wording), "number"),
        Column(say("column_share"), lambda row: _share(row["points"] / whole, wording), "number"),
    ]
    return table(columns, steps.iter_rows(named=True), wording.say("routes.caption", route=title), wording.lang)


def _component(code: str, agencies: Agencies, wording: TargetWording, address: Callable[[str], str]) -> Markup:
    """A component's name as a link to its precedents, and the agency that leads it."""
    component, found = wording.component(code), agencies.known.get(code)
    seen = wording.say("routes.seen", component=component)
    who = tag("span.vb-who", agency.agency(found, wording.lang, city=agencies.city)) if found else NOTHING
    return fragment(tag("a", component, href=address(code), target="_self", title=seen), who)


def _way(row: Row, wording: TargetWording) -> Markup:
    """The step of a component: `5,80 → 6,88`, and its gain."""
    before, after = (wording.points(row[end]) for end in ("from", "to"))
    gain = cells.better(f" {wording.points(abs(row['gain']), signed=True)}")
    return fragment(f"{before}\u00a0→\u00a0", tag("b", after), tag("br"), gain)


def _share(share: float, wording: TargetWording) -> Markup:
    """A step's share of the points that the route gains, as a bar and a figure."""
    bar = tag("span.vb-step", cells.length(share), aria_hidden="true")
    return fragment(bar, wording.say("routes.share", share=f"{100 * share:.0f}"))
