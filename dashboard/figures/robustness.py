"""The figures of ranks under other weights: the bands around a unit, and each component left out."""

from __future__ import annotations

import polars as pl

from analytics.weights.robustness import robustness
from analytics.weights.sensitivity import around, around_threshold
from analytics.weights.sensitivity import left_out as ranks_left_out
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.rank_bands import rank_bands
from dashboard.charts.rank_shifts import rank_shifts
from dashboard.subject import Subject
from dashboard.text import grammar, say
from dashboard.text.robustness import RobustnessWording, bands_subtitle, bands_title, left_out_title


def wording_of(subject: Subject) -> RobustnessWording | None:
    """The names and number formats of sentences on such ranks; None where weights can't be varied."""
    answer = subject.known(robustness, subject.index.code, subject.year)
    if answer is None:
        return None
    return RobustnessWording(subject.index, subject.year, subject.name, subject.lang, answer, subject.unit)


def bands(subject: Subject) -> Figure | None:
    """The band of ranks of the unit and of those around it; without its rank, those at the target group's edge.

    None where weights can't be varied.
    """
    wording = wording_of(subject)
    if wording is None:
        return None
    everybody = wording.answer.rows
    rows = around_threshold(everybody, wording.top) if wording.own is None else around(everybody, subject.unit)
    shown = "name" if subject.lang == "vi" else "name_en"
    values = "; ".join(f"{row[shown]} {row['low']}–{row['high']}" for row in rows.iter_rows(named=True))
    alt = wording.say("robustness.alt", count=rows.height, values=values)
    caption = _caption(subject, bands_title(wording), bands_subtitle(wording, rows), alt)
    figure = rank_bands(rows, subject.unit or None, wording.top, wording.say("robustness.edge"), caption)
    return with_caveat(figure, wording.say("caveat_weights"), subject.mode)


def left_out(subject: Subject) -> Figure | None:
    """The unit's rank under equal weights and with each component left out; None where it has none."""
    wording = wording_of(subject)
    own = None if wording is None else wording.own
    if wording is None or own is None:
        return None
    rows = subject.ask(ranks_left_out, subject.unit, subject.index.code, subject.year)
    drawn = pl.concat(
        [
            pl.DataFrame(
                {
                    "label": [wording.say("left_out.equal")],
                    "rank": [own["rank_equal"]],
                    "change": [own["rank"] - own["rank_equal"]],
                    "strong": [True],
                }
            ),
            rows.select(
                label=pl.col("component").map_elements(wording.component, return_dtype=pl.String),
                rank="rank",
                change="change",
                strong=pl.lit(False),
            ),
        ]
    )
    subtitle = wording.say("left_out.subtitle", own=grammar.ordinal(own["rank"], subject.lang))
    values = "; ".join(f"{row['label']}: {row['rank']}" for row in drawn.iter_rows(named=True))
    alt = wording.say("left_out.alt", values=values)
    caption = _caption(subject, left_out_title(wording, rows), subtitle, alt)
    return with_caveat(rank_shifts(drawn, own["rank"], caption), wording.say("caveat_weights"), subject.mode)


def _caption(subject: Subject, title: str, subtitle: str, alt: str) -> Caption:
    publisher = subject.index.publisher.in_(subject.lang)
    source = say(subject.lang, "source.first_hand", publisher=publisher, edition=subject.wording.edition)
    return Caption(title, subtitle, source, alt, subject.lang, subject.mode)
