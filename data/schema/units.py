"""Who is scored: units, spellings, regions, the mergers, the tile map."""

from __future__ import annotations

import dataframely as dy
import polars as pl

UNIT = r"^(63|34)-\d\d$"


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
    """The regions of each unit set, in the order the statistics office prints them.

    `printed` is another name that the office prints above a region's rows.
    """

    unit_set = dy.Enum(["63", "34"], primary_key=True)
    region = dy.String(primary_key=True)
    name_vi = dy.String()
    name_en = dy.String()
    position = dy.Int16(min=1)
    printed = dy.String(nullable=True)
    source = dy.String(nullable=True)


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
