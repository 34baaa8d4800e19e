"""Every table of the store: columns, types, units, keys. The one place that knows.

A figure's unit of measure is said in the class's docstring. `unit` is always what is scored: `63-36`, one of
the 63 provinces, or `34-37`, one of the 34. `source` holds one or more ids joined by `;`, found in `source`
under the same collection (an index's code, `geography` or `context`).
"""

from __future__ import annotations

import dataframely as dy

from data.schema.entries import Batch, Definition, EnteredScore, EnteredWeight, History, Note, ReadingPlan
from data.schema.figures import Aggregate, Component, Edition, Part, Reading, Score, Source, Weight
from data.schema.indicators import (
    Agency,
    ContextValue,
    ContextVariable,
    Indicator,
    IndicatorValue,
    IndicatorWeight,
)
from data.schema.plans import PLANS
from data.schema.units import Crosswalk, Region, Tile, Unit, UnitAlias

__all__ = ["COMPILED", "ENTERED", "PLANS", "Score", "Source", "Unit"]

# What is compiled from the project's own files, and what people entered: two parts of the store.
COMPILED: dict[str, type[dy.Schema]] = {
    "unit": Unit,
    "unit_alias": UnitAlias,
    "region": Region,
    "crosswalk": Crosswalk,
    "tile": Tile,
    "source": Source,
    "edition": Edition,
    "component": Component,
    "weight": Weight,
    "figure": Score,
    "reading": Reading,
    "part": Part,
    "aggregate": Aggregate,
    "indicator": Indicator,
    "indicator_value": IndicatorValue,
    "indicator_weight": IndicatorWeight,
    "context_variable": ContextVariable,
    "context_value": ContextValue,
    "agency": Agency,
}
ENTERED: dict[str, type[dy.Schema]] = {
    "batch": Batch,
    "entered_score": EnteredScore,
    "entered_weight": EnteredWeight,
    "reading_plan": ReadingPlan,
    "definition": Definition,
    "note": Note,
    **PLANS,
    "history": History,
}
