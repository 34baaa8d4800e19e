"""What lies below a component, beside an index, and who answers for it."""

from __future__ import annotations

import dataframely as dy

from data.schema.units import UNIT


class Indicator(dy.Schema):
    """What lies below a component. `measure` is the unit of its values; `years` those that carry it."""

    index = dy.String(primary_key=True)
    indicator = dy.String(primary_key=True)
    component = dy.String()
    name_vi = dy.String()
    name_en = dy.String()
    measure = dy.String()
    direction = dy.Enum(["higher_better", "lower_better", "unclear"])
    direction_basis = dy.String(nullable=True)
    kind = dy.Enum(["survey", "hard_data", "unclear"])
    years = dy.String()
    bounds_shared_with = dy.String(nullable=True)
    source = dy.String()
    note_en = dy.String(nullable=True)


class IndicatorValue(dy.Schema):
    """A unit's value on an indicator, in the indicator's measure."""

    index = dy.String(primary_key=True)
    year = dy.Int32(primary_key=True)
    unit = dy.String(primary_key=True, regex=UNIT)
    indicator = dy.String(primary_key=True)
    value = dy.Float64()
    source = dy.String()


class IndicatorWeight(dy.Schema):
    """How a component's score follows from its indicators: score points per unit of the indicator (`slope`).

    `exact` is whether the linear rule holds for every unit to within 0.005. The row of the indicator
    `(component)` carries the intercept.
    """

    index = dy.String(primary_key=True)
    year = dy.Int32(primary_key=True)
    component = dy.String(primary_key=True)
    indicator = dy.String(primary_key=True)
    slope = dy.Float64(nullable=True)
    intercept = dy.Float64(nullable=True)
    nominal_weight = dy.Float64(nullable=True)
    implied_range = dy.Float64(nullable=True)
    low = dy.Float64(nullable=True)
    high = dy.Float64(nullable=True)
    bounds_basis = dy.String(nullable=True)
    max_residual = dy.Float64(nullable=True)
    units = dy.Int16(nullable=True)
    exact = dy.Bool()
    r2 = dy.Float64(nullable=True)
    rule_reproduces = dy.String(nullable=True)
    rule_max_residual = dy.Float64(nullable=True)
    note_en = dy.String(nullable=True)
    source = dy.String()


class ContextVariable(dy.Schema):
    """A figure about a province outside the indices, and its measure."""

    variable = dy.String(primary_key=True)
    name_vi = dy.String()
    name_en = dy.String()
    measure_vi = dy.String()
    measure_en = dy.String()
    note_vi = dy.String(nullable=True)
    note_en = dy.String(nullable=True)


class ContextValue(dy.Schema):
    """GRDP, population, enterprises …, in the variable's measure."""

    year = dy.Int32(primary_key=True)
    unit = dy.String(primary_key=True, regex=UNIT)
    variable = dy.String(primary_key=True)
    value = dy.Float64()
    source = dy.String()


class Agency(dy.Schema):
    """Who usually answers for a component, before and since 1 July 2025; lists are joined by `|`."""

    index = dy.String(primary_key=True)
    component = dy.String(primary_key=True)
    lead_before = dy.String()
    coordinating_before = dy.String(nullable=True)
    lead_after = dy.String()
    coordinating_after = dy.String(nullable=True)
    evidence = dy.Enum(["plan-documented", "plan-indicative", "mandate-only"])
    source = dy.String(nullable=True)
    note_en = dy.String(nullable=True)
