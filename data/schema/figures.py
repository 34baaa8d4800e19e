"""The figures of indices and where they were read."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from data.schema.units import UNIT
from data.status import SOURCE_KINDS, STATUSES


def _pair(first: str, second: str) -> pl.Expr:
    """Both given or both missing."""
    return pl.col(first).is_null() == pl.col(second).is_null()


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
    year = dy.Int32(primary_key=True)
    unit_set = dy.Enum(["63", "34"])
    units = dy.Int16(min=1)
    regime = dy.String()
    announced = dy.String()


class Component(dy.Schema):
    """A component of an edition and how many units were scored on it, in the publisher's order."""

    index = dy.String(primary_key=True)
    year = dy.Int32(primary_key=True)
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
    year = dy.Int32(primary_key=True)
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
    year = dy.Int32(primary_key=True, min=2000, max=2100)
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
    year = dy.Int32()
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
    year = dy.Int32(primary_key=True)
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
    year = dy.Int32()
    component = dy.String()
    region = dy.String(nullable=True)
    statistic = dy.Enum(["mean", "max", "min"])
    value = dy.Float64()
    source = dy.String()
    note_vi = dy.String(nullable=True)
    note_en = dy.String(nullable=True)
