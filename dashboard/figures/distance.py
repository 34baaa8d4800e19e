"""Where a province stands among all, with the target group: the chart of the overview and of the brief."""

from __future__ import annotations

from analytics.core.answer import Answer
from dashboard.charts.distance import Words, distance_chart
from dashboard.charts.figure import Figure
from dashboard.charts.theme import Mode
from dashboard.subject import Gist
from dashboard.text import overview as words
from dashboard.text import say, sentences
from data import number
from data.text import Language


def distance_figure(gist: Gist, mode: Mode) -> Figure | None:
    """The chart; None where no score of the edition is known or nothing of the province."""
    whole, found = gist.whole, gist.distance
    known = whole.rows.drop_nulls("score")
    if known.is_empty() or found is None:
        return None
    within = None if gist.crowd is None else gist.crowd["within"]
    edge = (found.edge_low, found.edge_high)
    return distance_chart(whole.rows, gist.unit, edge, within, _words(gist, whole), gist.lang, mode)


def _words(gist: Gist, whole: Answer) -> Words:
    index, lang, found = gist.index, gist.lang, gist.distance
    assert found is not None  # the caller has asked
    scores = whole.rows.drop_nulls("score")["score"].to_list()
    places = index.score_decimals
    counts = {
        "edition": words.edition(index, gist.year, lang),
        "known": len(scores),
        "of": whole.coverage.of,
    }
    low, high, own = (number.decimal(score, places, lang) for score in (scores[-1], scores[0], found.score))
    return Words(
        title=words.distance_title(found, gist.name, places, lang)
        or say(lang, "overview.distance.title_unknown", **counts),
        subtitle="; ".join(_subtitle(gist, whole, counts)),
        source=sentences.source(index, whole, lang),
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
        own=say(lang, "overview.distance.own", name=gist.name, score=own) if found.score is not None else None,
        headings=_headings(lang),
    )


def _subtitle(gist: Gist, whole: Answer, counts: dict[str, object]) -> list[str]:
    """What is drawn, each mark named as far as it is there."""
    lang, found, crowd = gist.lang, gist.distance, gist.crowd
    assert found is not None
    said = [
        say(lang, "overview.distance.subtitle", **counts),
        say(lang, "overview.distance.subtitle_band", top=found.top),
    ]
    if found.edge is None and found.edge_low is not None:
        said.append(say(lang, "overview.distance.subtitle_bracket"))
    if crowd is not None:
        around = {"within": number.decimal(crowd["within"], 1, lang), "count": crowd["neighbours"]}
        key = "overview.distance.subtitle_near" if crowd["neighbours"] else "overview.near.alone"
        said.append(say(lang, key, name=gist.name, **around))
    if not (whole.rows.drop_nulls("score")["score_status"] == "published").all():
        said.append(say(lang, "overview.distance.subtitle_hollow"))
    return said


def _headings(lang: Language) -> dict[str, str]:
    return {key: say(lang, f"column.{key}") for key in ("name", "score", "shown_rank")}
