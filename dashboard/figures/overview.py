"""The charts of the overview: asks for what they draw and writes the words around them."""

from __future__ import annotations

from typing import get_args

import polars as pl

from analytics.standing.profile import nearest_profile
from dashboard.charts import orders as orders_of
from dashboard.charts import profile as profile_of
from dashboard.charts.figure import Figure
from dashboard.session.context import Context
from dashboard.text import overview as words
from dashboard.text import sentences
from dashboard.widgets import page_filters
from data import number
from data.definition import Index


def order(at: Context) -> profile_of.Order:
    """How the reader wants the components ordered; the page's own choice, kept in the address."""
    orders = get_args(profile_of.Order)
    label = at.say("overview.profile.order")
    chosen = page_filters.one_of(at, "order", orders, label, lambda key: at.say(f"overview.profile.order_{key}"))
    return next(order for order in orders if order == chosen)


def profile(at: Context, year: int, by: profile_of.Order) -> Figure:
    """The province's components beside the median of the edition, or of the nearest that has them."""
    unit = str(at.selection.province)
    answer = at.resources.ask(nearest_profile, at.index.code, year, unit)
    assert answer is not None  # the page has asked
    assert answer.year is not None  # a profile is of one edition
    index, lang, rows = at.index, at.lang, answer.rows
    name = at.resources.names.name(unit).in_(lang)
    measure = str(answer.figures["measure"])
    edition = words.edition(index, answer.year, lang)
    word = index.component_word.in_(lang)
    said = at.say(
        "overview.profile.subtitle",
        measure=_measure(at, measure, edition, word),
        name=name,
    )
    with_median = rows["median"].count()
    if not with_median:
        said += "; " + at.say("overview.profile.no_median")
    elif with_median < rows.height:
        said += "; " + at.say("overview.profile.some_median", count=with_median, word=word)
    if rows["value"].null_count():
        said += "; " + at.say("overview.profile.no_scale", count=rows["value"].null_count(), word=word)
    if not (rows["score_status"] == "published").all():
        said += "; " + at.say("overview.profile.hollow")
    values = words.profile_values(rows, measure, lang)
    labels = _labels(index, rows["component"].to_list(), at)
    listed = "; ".join(f"{labels[code]} {value}" for code, value in zip(rows["component"], values, strict=True))
    headings = {"component": "column.component", "score": "column.score"} | {
        key: f"overview.profile.{key}" for key in ("value", "median", "lowest", "highest", "gap", "known")
    }
    written = profile_of.Words(
        title=words.profile_title(index, rows, name, answer.year, answer.coverage.of, lang),
        subtitle=said,
        source=sentences.source(index, answer, lang),
        alt=at.say("overview.profile.alt", edition=edition, values=listed),
        axis=at.say("overview.axis_points", index=index.name.in_(lang))
        if measure == "points"
        else at.say("overview.axis_share"),
        median=at.say("overview.profile.median"),
        labels=labels,
        values=values,
        headings={key: at.say(heading) for key, heading in headings.items()},
    )
    return profile_of.profile_chart(rows, by, written, at.mode)


def orders(at: Context, unit: str, index: Index, year: int, rows: pl.DataFrame) -> Figure:
    """The order on each component of an edition of which little more is known."""
    lang = at.lang
    name = at.resources.names.name(unit).in_(lang)
    edition = words.edition(index, year, lang)
    own = rows.filter(unit=unit)
    labels = _labels(index, own["component"].to_list(), at)
    places = {
        code: number.standing(place, of, lang)
        for code, place, of in own.select("component", "order", "of").iter_rows()
    }
    headings = {key: f"column.{key}" for key in ("component", "name", "order", "score", "score_low", "score_high")}
    written = orders_of.Words(
        title=words.orders_title(index, own, name, lang),
        subtitle=at.say("overview.orders.subtitle", edition=edition, of=own["of"][0]),
        source=at.say("overview.orders.source", publisher=index.publisher.in_(lang), edition=edition),
        alt=at.say(
            "overview.orders.alt",
            edition=edition,
            name=name,
            values="; ".join(f"{labels[code]} {place}" for code, place in places.items()),
        ),
        axis=at.say("overview.orders.axis"),
        labels=labels,
        places=places,
        headings={key: at.say(heading) for key, heading in headings.items()}
        | {"scaled": at.say("overview.orders.scaled")},
    )
    return orders_of.orders_chart(rows, unit, written, lang, at.mode)


def _measure(at: Context, measure: str, edition: str, word: str) -> str:
    if measure == "points":
        return at.say("overview.profile.measure_points", edition=edition)
    return at.say("overview.profile.measure_percent", edition=edition, word=word)


def _labels(index: Index, codes: list[str], at: Context) -> dict[str, str]:
    return {code: index.component(code).name.in_(at.lang) for code in codes}
