"""Which components go with better outcomes one year later, and could the outcome have been predicted from them?

The outcomes lie outside the index (`analytics.outcomes`): an index regressed on its own parts only gives back its
formula, and `analytics.shares` gives that exactly. Three looks at the same rows (`analytics.panel`):

- two-way fixed effects with errors clustered by province and q-values over the terms (`analytics.effects`): does a
  province's outcome rise when its component rises, compared with itself and with the year?
- ridge regression held against naive guesses on provinces and years it has not seen (`analytics.skill`).
- the fixed effects once more on the longest run of editions that nothing was changed in.

They answer different questions and often disagree: provinces with high scores are richer (which the second sees),
while a rise in a score brings no more firms a year later (which the first looks for). What is known in scattered
years only is a cross-section: the first look then compares provinces with each other, and is labelled so. The
literature on these indices is sober: few effects are stable over samples and specifications. Terms without an
effect stay in the table.

The caveats: association, not causation; a survey score is measured with error, which draws estimates towards zero;
four or five years are few, and what has not been found may only have been too small to be found (`detectable`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.drivers.drivers_notes import FALSE_RATE, notes_of
from analytics.drivers.estimates import estimates
from analytics.drivers.outcomes import LAG, outcome_of
from analytics.drivers.panel import Panel, panel
from data.frames import Frames

DRIVER_COLUMNS = (
    "term",
    "estimate",
    "error",
    "low",
    "high",
    "p_value",
    "q_value",
    "detectable",
    "reliability",
    "estimate_plain",
    "q_plain",
    "estimate_ppml",
    "error_ppml",
    "q_ppml",
    "estimate_unbroken",
    "error_unbroken",
    "q_unbroken",
    "importance",
    "importance_spread",
    "deviation",
)


def drivers(frames: Frames, index: str, outcome: str, year: int | None = None) -> Answer:
    """How an outcome goes with each component of the edition one year earlier.

    Rows (`DRIVER_COLUMNS`), in the publisher's order: `term` (a component); `estimate`, the change of the
    outcome's natural logarithm that goes with one standard deviation more of it among the units of the edition,
    its `error`, 95 % interval, `p_value`, `q_value`, `detectable` (`analytics.effects`; divided by the
    `reliability` of the component within provinces, `analytics.reliability`, null below 0.1); of a
    cross-section, whose estimates hold income, size and urbanisation equal as far as they are known,
    `estimate_plain` and `q_plain` without that, and `estimate_ppml`, `error_ppml` and `q_ppml` by Poisson
    pseudo-likelihood (`analytics.effects.pseudo_poisson`); `estimate_unbroken`, `error_unbroken` and
    `q_unbroken` from the years over whose editions nothing was redefined (null where there are too few, or no
    breaks at all); `importance` and `importance_spread` in skill (`analytics.skill.grouped`); `deviation`, one
    standard deviation in the component's points. Null where nothing can be estimated.

    Figures: outcome, method (`two_way_fixed_effects` or `cross_section`), units, observations, years, editions,
    missing (unit, year, why: `outcome` unknown, `not_positive`, `components` unknown, `single` year of its
    unit), years_left_out (with how many had both, of how many), terms_left_out (not in every edition), controls
    and controls_year (of a cross-section), breaks (edition, what_vi, what_en), unbroken_years, significant
    (terms with q ≤ 0.05), r2_within, skill {grouped, forward} (forward null in a cross-section). `year` chooses
    the year of a cross-section. Coverage counts observations, of units × years.

    Notes: `association` (not causation), `sample` (which years and units, what an estimate is), `found` (which
    terms can be told from chance, how weak an association would be seen), `empty` (terms that can't be estimated),
    `breaks` and `unbroken` (redefinitions between the editions, and the estimates without them), `skill`,
    `years_left_out`, `terms_left_out`, `missing` (cells of province × year, by reason), `context:VARIABLE` (what
    must be known of the outcome's own figures).

    Raises Problem where the outcome lies inside the index or doesn't exist, and where too few years or units carry
    it.
    """
    definition = frames.index(index)
    item = outcome_of(definition, outcome)
    table = panel(frames, definition, item, year)
    found = estimates(table)
    deviation = pl.DataFrame({"term": table.terms, "deviation": [table.spread[term] for term in table.terms]})
    rows = found.rows.join(deviation, on="term", how="left", maintain_order="left")
    figures = _figures(table) | {
        "unbroken_years": list(table.unbroken) if rows["estimate_unbroken"].count() else None,
        "significant": rows.filter(pl.col("q_value") <= FALSE_RATE)["term"].to_list(),
        "r2_within": found.r2_within,
        "skill": found.skill,
    }
    rows = rows.select(DRIVER_COLUMNS)
    return Answer(
        question="drivers",
        index=definition.code,
        year=table.years[0] if item.cross_section else None,
        unit=None,
        rows=rows,
        coverage=Coverage(table.rows.height, table.expected),
        figures=figures,
        notes=notes_of(frames, definition, table, rows, figures),
    )


def _figures(table: Panel) -> dict[str, Any]:
    return {
        "outcome": table.outcome.code,
        "method": "cross_section" if table.outcome.cross_section else "two_way_fixed_effects",
        "units": table.units,
        "observations": table.rows.height,
        "years": list(table.years),
        "editions": [year - LAG for year in table.years],
        "missing": table.missing.to_dicts(),
        "years_left_out": [{name: row[name] for name in ("year", "both", "of")} for row in table.left_out],
        "terms_left_out": list(table.dropped),
        "controls": list(table.controls),
        "controls_year": table.controls_year,
        "breaks": [{"edition": edition, "what_vi": what.vi, "what_en": what.en} for edition, what in table.breaks],
    }
