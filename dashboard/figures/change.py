"""The figures of a change: what moved the total, and what moved the rank."""

from __future__ import annotations

import polars as pl

from analytics.change.change import REMAINDER
from analytics.change.rank_change import LISTS, METHOD, OTHERS, OWN
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.row_names import folded
from dashboard.charts.waterfall import waterfall
from dashboard.subject import Subject
from dashboard.text import change as words
from dashboard.text import grammar
from dashboard.text.change import ChangeWording
from dashboard.text.findings.change import shown_rows
from data import number

_LINES = 2
_STEP = {"label": pl.String, "kind": pl.String, "value": pl.Float64, "printed": pl.Boolean, "written": pl.String}


def contributions(subject: Subject) -> Figure | None:
    """The contribution of each component to the change of the total, in points, between the two totals.

    None where no contribution is known, or one of the totals is not.
    """
    wording = subject.change_wording
    if wording is None or not wording.parts["contribution"].count() or wording.figures["score_change"] is None:
        return None
    figures, rows = wording.figures, shown_rows(wording.index, wording.answer)
    ends = [
        (edition, kind, figures[f"score_{side}"], _printed(figures[f"status_{side}"]), wording.points(value))
        for side, kind, edition, value in (
            ("before", "start", wording.before, figures["score_before"]),
            ("after", "end", wording.edition, figures["score_after"]),
        )
    ]
    unknown = wording.parts["contribution"].null_count()
    steps = [_step(wording, row, unknown) for row in rows.iter_rows(named=True)]
    drawn = pl.DataFrame([ends[0], *steps, ends[1]], schema=_STEP, orient="row")
    subtitle = [wording.say("parts.subtitle", before=wording.before)]
    if unknown:
        subtitle.append(wording.say("parts.unknown_some", count=unknown, word=wording.words(unknown)))
    if not drawn["printed"].all():
        subtitle.append(wording.say("parts.hollow"))
    said = [f"{label}: {written}" for label, written in drawn.select("label", "written").iter_rows()]
    caption = Caption(
        title=words.parts_title(wording),
        subtitle="; ".join(subtitle),
        source=words.source(wording),
        alt=wording.say("parts.alt", start=said[0], steps="; ".join(said[1:-1]), end=said[-1]),
        lang=wording.lang,
        mode=subject.mode,
    )
    axis = wording.say("parts.axis", index=wording.index.name.in_(wording.lang))
    return waterfall("change-parts", drawn, figures["score_before"], axis, signed=False, caption=caption)


def _step(wording: ChangeWording, row: dict[str, object], unknown: int) -> tuple[object, ...]:
    value = row["contribution"]
    assert value is None or isinstance(value, float)
    if row["component"] == REMAINDER:
        label = wording.say("parts.rest_unknown" if unknown else "parts.rest")
        return label, "rest", value, True, wording.points(value, signed=True)
    written = wording.say("parts.unknown") if value is None else wording.points(value, signed=True)
    printed = all(_printed(row[f"status_{side}"]) for side in ("before", "after"))
    return _label(wording, str(row["component"])), "part", value, printed or value is None, written


def _label(wording: ChangeWording, code: str) -> str:
    """A component's name; its short one where the full one would take more lines than a row has room for."""
    name = wording.component(code)
    if folded(name).count("\n") < _LINES:
        return name
    return wording.short(code)


def _printed(status: object) -> bool:
    return status in (None, "published")


def rank_parts(subject: Subject) -> Figure | None:
    """The parts of the change of rank, in places: own scores, the others', the method, and how the lists differ.

    None where the change can't be split.
    """
    wording = subject.change_wording
    if wording is None or wording.figures[OWN] is None:
        return None
    figures, lang = wording.figures, wording.lang
    shares = [OWN, OTHERS, *([] if wording.comparable else [METHOD]), *([LISTS] if figures[LISTS] else [])]
    change = figures["rank_change"]
    steps = [
        (
            wording.say(f"places.{part}", name=wording.name),
            "part",
            float(figures[part]),
            True,
            grammar.half(figures[part], lang, signed=True),
        )
        for part in shares
    ]
    total = (wording.say("places.sum"), "sum", float(change), True, number.whole(change, lang, signed=True))
    drawn = pl.DataFrame([*steps, total], schema=_STEP, orient="row")
    caption = Caption(
        title=words.places_title(wording),
        subtitle=wording.say("places.subtitle", of=figures["compared"]),
        source=words.source(wording),
        alt=wording.say(
            "places.alt",
            steps="; ".join(
                f"{label}: {written}" for label, written in drawn.select("label", "written").iter_rows()
            ),
        ),
        lang=lang,
        mode=subject.mode,
    )
    return waterfall("change-places", drawn, 0.0, wording.say("places.axis"), signed=True, caption=caption)
