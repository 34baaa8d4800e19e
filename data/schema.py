"""Every table of the store: columns, types, units, keys. The one place that knows.

A figure's unit of measure is said in the class's docstring. `unit` is always what is scored: `63-36`, one of
the 63 provinces, or `34-37`, one of the 34. `source` holds one or more ids joined by `;`, found in `source`
under the same collection (an index's code, `geography` or `context`).
"""

from __future__ import annotations

import dataframely as dy
import polars as pl

from data.status import SOURCE_KINDS, STATUSES

UNIT = r"^(63|34)-\d\d$"
SHA256 = r"^[0-9a-f]{64}$"


def _pair(first: str, second: str) -> pl.Expr:
    """Both given or both missing."""
    return pl.col(first).is_null() == pl.col(second).is_null()


class Unit(dy.Schema):
    """What is scored. Area in km², population in persons; `valid_to` is the last year it was scored as such."""

    unit = dy.String(primary_key=True, regex=UNIT)
    unit_set = dy.Enum(["63", "34"])
    code = dy.String(regex=r"^\d\d$")
    name_vi = dy.String()
    name_en = dy.String()
    official_vi = dy.String()
    region = dy.String()
    is_city = dy.Bool()
    capital = dy.String(nullable=True)
    latitude = dy.Float64(nullable=True, min=5, max=25)
    longitude = dy.Float64(nullable=True, min=100, max=120)
    iso = dy.String(nullable=True)
    valid_from = dy.Int16(nullable=True)
    valid_to = dy.Int16(nullable=True)
    area_km2 = dy.Float64(nullable=True, min=0)
    population = dy.Int64(nullable=True, min=0)
    source = dy.String()

    @dy.rule()
    def unit_is_set_and_code(cls) -> pl.Expr:
        return pl.col("unit") == pl.col("unit_set").cast(pl.String) + "-" + pl.col("code")


class UnitAlias(dy.Schema):
    """A spelling under which a unit is met."""

    unit = dy.String(primary_key=True, regex=UNIT)
    alias = dy.String(primary_key=True, min_length=1)
    source = dy.String()


class Region(dy.Schema):
    """The regions of each unit set, in the order the statistics office prints them."""

    unit_set = dy.Enum(["63", "34"], primary_key=True)
    region = dy.String(primary_key=True)
    name_vi = dy.String()
    name_en = dy.String()
    position = dy.Int16(min=1)


class Crosswalk(dy.Schema):
    """Which of the 34 each of the 63 became on 1 July 2025."""

    old_unit = dy.String(primary_key=True, regex=r"^63-\d\d$")
    new_unit = dy.String(regex=r"^34-\d\d$")
    merged = dy.Bool()
    effective = dy.Date()
    source = dy.String()


class Tile(dy.Schema):
    """A square of the tile map; `unit` is missing for the two archipelagos, which are drawn but not scored."""

    unit_set = dy.Enum(["63", "34"], primary_key=True)
    code = dy.String()
    unit = dy.String(nullable=True, regex=UNIT)
    name = dy.String()
    label = dy.String(primary_key=True)
    row = dy.Int16(min=1)
    column = dy.Int16(min=1)
    kind = dy.Enum(["province", "archipelago"])


class Source(dy.Schema):
    """Where figures were read. `copy` agrees with the publisher's figures; `own` is arithmetic on them."""

    collection = dy.String(primary_key=True)
    source = dy.String(primary_key=True, regex=r"^[^;\s]+$")
    kind = dy.Enum(SOURCE_KINDS)
    title = dy.String()
    publisher = dy.String(nullable=True)
    location = dy.String(nullable=True)
    version = dy.String(nullable=True)
    licence = dy.String(nullable=True)
    note = dy.String(nullable=True)


class Edition(dy.Schema):
    """One index in one year; `units` is how many its publisher scored."""

    index = dy.String(primary_key=True)
    year = dy.Int16(primary_key=True)
    unit_set = dy.Enum(["63", "34"])
    units = dy.Int16(min=1)
    regime = dy.String()
    announced = dy.String()


class Component(dy.Schema):
    """A component of an edition and how many units were scored on it, in the publisher's order."""

    index = dy.String(primary_key=True)
    year = dy.Int16(primary_key=True)
    component = dy.String(primary_key=True)
    position = dy.Int16()
    name_vi = dy.String()
    name_en = dy.String()
    units = dy.Int16(min=1)
    minimum = dy.Float64()
    maximum = dy.Float64(nullable=True)
    direction = dy.Enum(["higher_better", "lower_better"])


class Weight(dy.Schema):
    """A component's share of the total, 0 to 1, and how it is known; missing where it is not."""

    index = dy.String(primary_key=True)
    year = dy.Int16(primary_key=True)
    component = dy.String(primary_key=True)
    weight = dy.Float64(nullable=True, min=0, max=1)
    weight_status = dy.Enum(["published", "recovered", "unknown"])
    source = dy.String(nullable=True)


class Score(dy.Schema):
    """A unit's figure on a component in an edition.

    Scores are in points of the component's scale, or in per cent where `scale` says so; `maximum` is what the
    figure is out of where that is not the definition's. `published_rank` is the rank in the publisher's list
    as far as it is known and `rank_status` says how it is known. `published_score` is the publisher's total
    where `score` itself is derived. `order` and `scaled` (0 the lowest unit, 10 the highest) serve editions
    of which no more is known.
    """

    index = dy.String(primary_key=True)
    year = dy.Int16(primary_key=True, min=2000, max=2100)
    unit = dy.String(primary_key=True, regex=UNIT)
    component = dy.String(primary_key=True)
    score = dy.Float64(nullable=True)
    score_status = dy.Enum(STATUSES, nullable=True)
    score_low = dy.Float64(nullable=True)
    score_high = dy.Float64(nullable=True)
    order = dy.Int16(nullable=True, min=1, max=64)
    scaled = dy.Float64(nullable=True, min=0, max=10)
    published_score = dy.Float64(nullable=True)
    published_rank = dy.Int16(nullable=True, min=1, max=64)
    rank_status = dy.Enum(STATUSES, nullable=True)
    tier = dy.String(nullable=True)
    scale = dy.Enum(["points", "percent"], nullable=True)
    maximum = dy.Float64(nullable=True, min=0)
    source = dy.String()
    note_vi = dy.String(nullable=True)
    note_en = dy.String(nullable=True)

    @dy.rule()
    def score_has_status(cls) -> pl.Expr:
        return pl.col("score").is_null() | pl.col("score_status").is_not_null()

    @dy.rule()
    def rank_and_status_together(cls) -> pl.Expr:
        return _pair("published_rank", "rank_status")

    @dy.rule()
    def range_in_order(cls) -> pl.Expr:
        return _pair("score_low", "score_high") & (pl.col("score_low") <= pl.col("score_high")).fill_null(True)

    @dy.rule()
    def says_something(cls) -> pl.Expr:
        return pl.any_horizontal(
            pl.col("score", "score_low", "order", "published_score", "published_rank").is_not_null()
        )

    @dy.rule()
    def note_in_both_languages(cls) -> pl.Expr:
        return _pair("note_vi", "note_en")


class Reading(dy.Schema):
    """One reading of a figure in one source, conflicts included; what `score` was chosen from."""

    index = dy.String()
    year = dy.Int16()
    unit = dy.String(regex=UNIT)
    component = dy.String()
    score = dy.Float64(nullable=True)
    rank = dy.Int16(nullable=True, min=1, max=64)
    basis = dy.Enum(["stated", "derived"])
    scale = dy.Enum(["points", "percent"], nullable=True)
    maximum = dy.Float64(nullable=True)
    source = dy.String()
    note_en = dy.String(nullable=True)


class Part(dy.Schema):
    """The publisher's other split of a total (appraisal, surveys, impact), in points."""

    index = dy.String(primary_key=True)
    year = dy.Int16(primary_key=True)
    unit = dy.String(primary_key=True, regex=UNIT)
    component = dy.String(primary_key=True)
    part = dy.String(primary_key=True)
    score = dy.Float64()
    maximum = dy.Float64(nullable=True)
    source = dy.String()
    note_vi = dy.String(nullable=True)
    note_en = dy.String(nullable=True)


class Aggregate(dy.Schema):
    """A mean, highest or lowest score that the publisher states for the nation or a region."""

    index = dy.String()
    year = dy.Int16()
    component = dy.String()
    region = dy.String(nullable=True)
    statistic = dy.Enum(["mean", "max", "min"])
    value = dy.Float64()
    source = dy.String()
    note_vi = dy.String(nullable=True)
    note_en = dy.String(nullable=True)


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
    year = dy.Int16(primary_key=True)
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
    year = dy.Int16(primary_key=True)
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

    year = dy.Int16(primary_key=True)
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


class Batch(dy.Schema):
    """One import. `rows` counts its units; an undone batch stays on record with the time it was undone (UTC)."""

    batch = dy.Int32(primary_key=True, min=1)
    entered_at = dy.Datetime(time_unit="us")
    file = dy.String()
    index = dy.String()
    year = dy.Int16()
    rows = dy.Int32(min=1)
    status = dy.Enum(["published", "provincial"])
    source = dy.String()
    author = dy.String()
    undone_at = dy.Datetime(time_unit="us", nullable=True)
    undone_by = dy.String(nullable=True)


class EnteredScore(dy.Schema):
    """A figure that came in with a batch; it stands over the compiled one until the batch is undone.

    `scale` says what the score is in: points (also where nothing is said), or per cent of the maximum.
    """

    batch = dy.Int32(primary_key=True, min=1)
    index = dy.String()
    year = dy.Int16()
    unit = dy.String(primary_key=True, regex=UNIT)
    component = dy.String(primary_key=True)
    score = dy.Float64(nullable=True)
    published_rank = dy.Int16(nullable=True, min=1, max=64)
    scale = dy.Enum(["points", "percent"], nullable=True)

    @dy.rule()
    def says_something(cls) -> pl.Expr:
        return pl.any_horizontal(pl.col("score", "published_rank").is_not_null())


class ReadingPlan(dy.Schema):
    """How the file of a batch was read (`data.intake.plan.Plan` as TOML), offered for the next of its shape.

    `sha256` is of the file's bytes, `shape` of its headings.
    """

    batch = dy.Int32(primary_key=True, min=1)
    sha256 = dy.String(regex=SHA256)
    shape = dy.String(regex=SHA256)
    plan = dy.String()


class Note(dy.Schema):
    """What a province wrote of a component in an edition; the newest of a cell stands, older ones stay on record.

    `cause` and `remedy` are Markdown; `responsible` says who, `deadline` by when. One with all four empty takes
    the note back.
    """

    note = dy.Int32(primary_key=True, min=1)
    written_at = dy.Datetime(time_unit="us")
    author = dy.String()
    unit = dy.String(regex=UNIT)
    index = dy.String()
    year = dy.Int16()
    component = dy.String()
    cause = dy.String()
    remedy = dy.String()
    responsible = dy.String()
    deadline = dy.String()

    @dy.rule()
    def short_enough(cls) -> pl.Expr:
        # In characters: a Vietnamese letter takes up to three bytes.
        texts = pl.all_horizontal(pl.col(name).str.len_chars() <= 5000 for name in ("cause", "remedy"))
        return texts & pl.all_horizontal(
            pl.col(name).str.len_chars() <= 300 for name in ("responsible", "deadline")
        )


class History(dy.Schema):
    """Every entry ever made: who, when (UTC), in which part, what was done to what; before and after as JSON."""

    entry = dy.Int64(primary_key=True, min=1)
    at = dy.Datetime(time_unit="us")
    author = dy.String()
    part = dy.String()
    act = dy.String()
    about = dy.String()
    before = dy.String(nullable=True)
    after = dy.String(nullable=True)


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
    "reading_plan": ReadingPlan,
    "note": Note,
    "history": History,
}
