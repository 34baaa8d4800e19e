"""What people enter of a plan: whose target is what, what is done about it, and what came of it.

Every row belongs to the plan of a unit for an index, made from the edition of `year`. `item` is what a row is
about: a component by its code, else `criterion:1.2.1` (a criterion as its publisher numbers it), `yearly:1` (a
target of the province's yearly plan) or `measure:1`. `author` entered the row as it stands, at `written_at` (UTC),
with entry `entry` of the history; what stood before is there.
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from data.schema.units import UNIT

LONGEST = 5000


class _Row(dy.Schema):
    unit = dy.String(primary_key=True, regex=UNIT)
    index = dy.String(primary_key=True)
    year = dy.Int32(primary_key=True)
    author = dy.String()
    written_at = dy.Datetime(time_unit="us")
    entry = dy.Int64(min=1)


class Plan(_Row):
    """The headline: to be among the first `top`, by way of the first `step` where that is too far for one edition.

    `score` is the total it takes, on the index's scale; `top` is null where a score alone is aimed at. `towards`
    is the edition that it shall be true of; agencies register their targets until `register_by`.
    """

    towards = dy.Int16()
    top = dy.Int16(nullable=True, min=1)
    step = dy.Int16(nullable=True, min=1)
    score = dy.Float64()
    route = dy.String(nullable=True)
    register_by = dy.Date(nullable=True)


class Target(_Row):
    """What an item shall be: `asked` by the plan, and `target` as its agency registered it; null: not yet.

    Both are in points of the component or criterion, or in the `measure` of a target of the yearly plan, which
    alone has a `name`, a `base`, a `direction` and a `source` of its own. `component` is what the item counts
    towards, null for a yearly target.
    """

    item = dy.String(primary_key=True, max_length=200)
    component = dy.String(nullable=True)
    name = dy.String(nullable=True)
    measure = dy.String(nullable=True)
    base = dy.Float64(nullable=True)
    direction = dy.Enum(["higher_better", "lower_better"], nullable=True)
    asked = dy.Float64(nullable=True)
    target = dy.Float64(nullable=True)
    source = dy.String(nullable=True)


class Assignment(_Row):
    """Who answers for an item, who helps (joined by `|`), by when; `evidence` of the agency table, or entered."""

    item = dy.String(primary_key=True, max_length=200)
    lead = dy.String()
    coordinating = dy.String(nullable=True)
    evidence = dy.Enum(["plan-documented", "plan-indicative", "mandate-only", "entered"])
    deadline = dy.Date(nullable=True)


class Measure(_Row):
    """One thing to do (nhiệm vụ) and what comes of it (sản phẩm); who answers for it is its assignment's."""

    item = dy.String(primary_key=True, max_length=200)
    component = dy.String(nullable=True)
    task = dy.String()
    product = dy.String(nullable=True)

    @dy.rule()
    def short_enough(cls) -> pl.Expr:
        return (pl.col("task").str.len_chars() <= LONGEST) & (
            pl.col("product").fill_null("").str.len_chars() <= LONGEST
        )


class Progress(_Row):
    """What was reported of an item for a month (`2019-03`), a quarter (`2019-Q1`) or the year (`2019`).

    A `value` in the measure of its target, or whether it is `done`; where neither is given, it has begun.
    """

    item = dy.String(primary_key=True, max_length=200)
    period = dy.String(primary_key=True, regex=r"^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$")
    value = dy.Float64(nullable=True)
    done = dy.Bool(nullable=True)
    note = dy.String(nullable=True)
    evidence = dy.String(nullable=True)


class Criterion(_Row):
    """A criterion as its publisher appraised it: points at most, claimed by the province, and given.

    `by` says how it is appraised; `recoverable` whether the province can win the points back by its own work, null
    where nobody has said.
    """

    item = dy.String(primary_key=True, max_length=200)
    component = dy.String()
    name = dy.String()
    maximum = dy.Float64(min=0)
    own_score = dy.Float64(nullable=True)
    appraised_score = dy.Float64(nullable=True)
    by = dy.Enum(["document", "survey"], nullable=True)
    reason = dy.String(nullable=True)
    recoverable = dy.Bool(nullable=True)

    @dy.rule()
    def within_maximum(cls) -> pl.Expr:
        return pl.all_horizontal(
            pl.col(name).is_null() | (pl.col(name) <= pl.col("maximum") + 1e-9)
            for name in ("own_score", "appraised_score")
        )


class Review(_Row):
    """Who is reviewed (kiểm điểm) for falling short, on which day, for what, and what was concluded."""

    item = dy.String(primary_key=True, max_length=200)
    agency = dy.String(primary_key=True, max_length=200)
    held_on = dy.Date(primary_key=True)
    finding = dy.String()
    conclusion = dy.String(nullable=True)


PLANS: dict[str, type[dy.Schema]] = {
    "plan": Plan,
    "target": Target,
    "assignment": Assignment,
    "measure": Measure,
    "progress": Progress,
    "criterion": Criterion,
    "review": Review,
}
