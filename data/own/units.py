"""A unit set of one's own: departments, communes, districts … by code and name, entered by table."""

from __future__ import annotations

import re
from collections import Counter
from typing import NoReturn

import polars as pl
from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from data.spelling import exact, fold, tidy
from data.text import Problem, Text

# `ddci`, or `ddci.so` for one of several blocks that are ranked apart.
SET = re.compile(r"[a-z][a-z0-9_]{0,19}(\.[a-z0-9_]{1,19})?")
CODE = re.compile(r"[0-9A-Za-z]{1,12}")

_STRICT = ConfigDict(extra="forbid", frozen=True)


@dataclass(config=_STRICT)
class OwnUnit:
    """One unit: its code within the set, its name, and other spellings under which it is met."""

    code: str
    name: Text
    aliases: tuple[str, ...] = ()


@dataclass(config=_STRICT)
class UnitList:
    """Units that are ranked together. `word` is what one of them is called: sở, xã, đơn vị."""

    code: str
    name: Text
    word: Text
    units: tuple[OwnUnit, ...]

    def key(self, unit: OwnUnit) -> str:
        """What a unit is known by everywhere: `ddci.so-03`."""
        return f"{self.code}-{unit.code}"


def check(place: str, listed: UnitList) -> None:
    """Raises Problem where a list of units cannot be told apart or is none."""

    def refuse(key: str, vi: str, en: str) -> NoReturn:
        raise Problem(f"{place}, khóa “{key}”: {vi}", f"{place}, key “{key}”: {en}")

    key = f"unit_sets.{listed.code}"
    if not SET.fullmatch(listed.code):
        refuse(
            "unit_sets.code",
            f"“{listed.code}” phải là chữ thường không dấu và số, ví dụ so hoặc ddci.so.",
            f"“{listed.code}” must be plain lower-case letters and digits, such as so or ddci.so.",
        )
    if not listed.units:
        refuse(f"{key}.units", "phải có ít nhất một đơn vị.", "must hold at least one unit.")
    for unit in listed.units:
        if not CODE.fullmatch(unit.code):
            refuse(
                f"{key}.units",
                f"mã “{unit.code}” phải là 1–12 chữ không dấu hoặc số.",
                f"the code “{unit.code}” must be 1–12 plain letters or digits.",
            )
        if not tidy(unit.name.vi) or not tidy(unit.name.en):
            refuse(f"{key}.units.{unit.code}", "thiếu tên.", "the name is missing.")
    for what, found in (
        ("mã", Counter(unit.code for unit in listed.units)),
        ("tên", Counter(exact(unit.name.vi) for unit in listed.units)),
    ):
        twice = next((text for text, times in found.items() if times > 1), None)
        if twice is not None:
            english = "code" if what == "mã" else "name"
            refuse(
                f"{key}.units",
                f"{what} “{twice}” có hai lần. Viết sao cho mỗi đơn vị khác nhau.",
                f"the {english} “{twice}” stands twice. Write the units so that each differs.",
            )


def units_of(lists: tuple[UnitList, ...]) -> pl.DataFrame:
    """The units as rows of `data.schema.Unit`: of those columns that say something of them."""
    rows = [
        {
            "unit": listed.key(unit),
            "unit_set": listed.code,
            "code": unit.code,
            "name_vi": unit.name.vi,
            "name_en": unit.name.en,
            "official_vi": unit.name.vi,
            "is_city": False,
        }
        for listed in lists
        for unit in listed.units
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def aliases_of(lists: tuple[UnitList, ...]) -> pl.DataFrame:
    """The other spellings as rows of `data.schema.UnitAlias`."""
    rows = [
        {"unit": listed.key(unit), "alias": alias}
        for listed in lists
        for unit in listed.units
        for alias in dict.fromkeys((unit.name.vi, unit.name.en, *unit.aliases))
        if fold(alias)
    ]
    return pl.DataFrame(rows, schema={"unit": pl.String, "alias": pl.String})
