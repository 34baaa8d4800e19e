"""The figures of the overview: distance to the target group, components beside the median, order among the 34."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from analytics.core.answer import Answer
from analytics.standing.profile import orders as orders_of
from analytics.standing.standing import Distance
from dashboard.charts import distance as distances
from dashboard.charts import orders as order
from dashboard.charts import profile as profiles
from dashboard.charts.figure import Figure
from dashboard.subject import Subject
from dashboard.text import overview as words
from dashboard.text import say, sentences
from data import number


def distance(subject: Subject) -> Figure | None:
    """Every unit's total, with the target group, the unit and those close to it.

    None where no score of the edition is known, nothing of the unit, or no target group.
    """
    found, rows = subject.distance, subject.ranking.rows
    if found is None or rows["score"].count() == 0:
        return None
    within = None if subject.density is None else subject.density["within"]
    edge = (found.edge_low, found.edge_high)
    written = _distance_words(subject, found)
    return distances.distance_chart(rows, subject.unit, edge, within, written, subject.lang, subject.mode)


def _distance_words(subject: Subject, found: Distance) -> distances.Words:
    index, lang, places = subject.index, subject.lang, subject.index.score_decimals
    scores = subject.ranking.rows["score"].drop_nulls().to_list()
    counts = {
        "edition": subject.wording.edition,
        "known": len(scores),
        "of": subject.ranking.coverage.of,
    }
    low, high, own = (subject.wording.points(score) for score in (scores[-1], scores[0], found.score))
    return distances.Words(
        title=words.distance_title(found, subject.name, places, lang)
        or say(lang, "overview.distance.title_unknown", **counts),
        subtitle="; ".join(_distance_marks(subject, found, counts)),
        source=sentences.source(index, subject.ranking, lang),
        alt=say(
            lang,
            "overview.distance.alt",
            edition=counts["edition"],
            known=len(scores),
            lowest=low,
            highest=high,
            sentence=words.distance(found, places, lang),
        ),
        axis=say(lang, "overview.axis_points", index=index.name.in_(lang)),
        edge=words.edge(found, places, lang),
        own=say(lang, "overview.distance.own", name=subject.name, score=own) if found.score is not None else None,
        headings=_headings(subject, {key: f"column.{key}" for key in ("name", "score", "shown_rank")}),
    )


def _distance_marks(subject: Subject, found: Distance, counts: dict[str, object]) -> Iterator[str]:
    """What the marks mean, those that are drawn."""
    lang, near = subject.lang, subject.density
    yield say(lang, "overview.distance.subtitle", **counts)
    yield say(lang, "overview.distance.subtitle_band", top=found.top)
    if found.edge is None and found.edge_low is not None:
        yield say(lang, "overview.distance.subtitle_bracket")
    if near is not None:
        around = {"within": number.decimal(near["within"], 1, lang), "count": near["neighbours"]}
        key = "overview.distance.subtitle_near" if near["neighbours"] else "overview.near.alone"
        yield say(lang, key, name=subject.name, **around)
    if not (subject.ranking.rows.drop_nulls("score")["score_status"] == "published").all():
        yield say(lang, "overview.distance.subtitle_hollow")


def profile(subject: Subject, by: profiles.Order = "publisher") -> Figure | None:
    """The unit's components beside the median, the lowest and the highest of all units.

    Where none is known in the edition, those of the newest edition with any; None without one. `by` orders them as
    the publisher does, or by the gap to the median.
    """
    if subject.profile is None:
        return None
    written = _profile_words(subject, subject.profile)
    return profiles.profile_chart(subject.profile.rows, by, written, subject.mode)


def _profile_words(subject: Subject, answer: Answer) -> profiles.Words:
    assert answer.year is not None  # a profile is of one edition
    index, lang, rows = subject.index, subject.lang, answer.rows
    measure = str(answer.figures["measure"])
    edition = words.edition(index, answer.year, lang)
    values = words.profile_values(rows, measure, lang)
    labels = {code: subject.wording.component(code) for code in rows["component"]}
    listed = "; ".join(f"{labels[code]} {value}" for code, value in zip(rows["component"], values, strict=True))
    headings = {"component": "column.component", "score": "column.score"} | {
        key: f"overview.profile.{key}" for key in ("value", "median", "lowest", "highest", "gap", "known")
    }
    axis = "overview.axis_points" if measure == "points" else "overview.axis_share"
    return profiles.Words(
        title=words.profile_title(index, rows, subject.name, answer.year, answer.coverage.of, lang),
        subtitle="; ".join(_profile_marks(subject, rows, measure, edition)),
        source=sentences.source(index, answer, lang),
        alt=say(lang, "overview.profile.alt", edition=edition, values=listed),
        axis=say(lang, axis, index=index.name.in_(lang)),
        median=say(lang, "overview.profile.median"),
        labels=labels,
        values=values,
        headings=_headings(subject, headings),
    )


def _profile_marks(subject: Subject, rows: pl.DataFrame, measure: str, edition: str) -> Iterator[str]:
    """How the chart is read, and what it leaves out."""
    lang, word = subject.lang, subject.wording.word
    measured = say(lang, f"overview.profile.measure_{measure}", edition=edition, word=word)
    yield say(lang, "overview.profile.subtitle", measure=measured, name=subject.name)
    medians, unmeasured = rows["median"].count(), rows["value"].null_count()
    if not medians:
        yield say(lang, "overview.profile.no_median")
    elif medians < rows.height:
        yield say(lang, "overview.profile.some_median", count=medians, word=word)
    if unmeasured:
        yield say(lang, "overview.profile.no_scale", count=unmeasured, word=word)
    if not (rows["score_status"] == "published").all():
        yield say(lang, "overview.profile.hollow")


def orders(subject: Subject) -> Figure | None:
    """The order of all units on each component, for an edition of which no more than the order is known.

    None where the unit's place on no component is known.
    """
    index, lang, edition = subject.index, subject.lang, subject.wording.edition
    rows = subject.ask(orders_of, index.code, subject.year)
    own = rows.filter(unit=subject.unit)
    if own.is_empty():
        return None
    labels = {code: subject.wording.component(code) for code in own["component"]}
    places = {
        code: number.standing(place, of, lang)
        for code, place, of in own.select("component", "order", "of").iter_rows()
    }
    listed = "; ".join(f"{labels[code]} {place}" for code, place in places.items())
    columns = ("component", "name", "order", "score", "score_low", "score_high")
    headings = {key: f"column.{key}" for key in columns} | {"scaled": "overview.orders.scaled"}
    written = order.Words(
        title=words.orders_title(index, own, subject.name, lang),
        subtitle=say(lang, "overview.orders.subtitle", edition=edition, of=own["of"][0]),
        source=say(lang, "overview.orders.source", publisher=index.publisher.in_(lang), edition=edition),
        alt=say(lang, "overview.orders.alt", edition=edition, name=subject.name, values=listed),
        axis=say(lang, "overview.orders.axis"),
        labels=labels,
        places=places,
        headings=_headings(subject, headings),
    )
    return order.orders_chart(rows, subject.unit, written, lang, subject.mode)


def _headings(subject: Subject, keys: dict[str, str]) -> dict[str, str]:
    """The headings of the figure's table."""
    return {column: say(subject.lang, key) for column, key in keys.items()}
