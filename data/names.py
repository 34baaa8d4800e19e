"""Which unit a person means: any spelling, accents or not, by the rule for the two unit sets; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.spelling import exact, fold
from data.text import Problem, Text, language

if TYPE_CHECKING:
    from data.frames import Frames

# Whose members are ranked together: the 63 provinces, the 34, or a list of one's own by its code.
UnitSet = str
PROVINCES: tuple[UnitSet, ...] = ("63", "34")

_CODE = re.compile(r"(63|34)-\d\d")
_PREFIXES = ("thanhpho", "tinh", "tp")
_SUFFIXES = ("province", "city")


@dataclass(frozen=True, slots=True)
class Found:
    """A unit, and a sentence where it isn't the one that was written but what became of it."""

    unit: str
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Everything by which units are known; made once from the frames.

    `units` maps a unit to its name in both languages, `keys` a folded spelling to the unit of each set, and
    `successor` a unit of the 63 to the one of the 34 it became.
    """

    units: Mapping[str, Text]
    keys: Mapping[UnitSet, Mapping[str, str]]
    successor: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        members: dict[str, tuple[str, ...]] = {}
        for old, new in self.successor.items():
            members[new] = (*members.get(new, ()), old)
        object.__setattr__(self, "members", members)

    @classmethod
    def of(cls, frames: Frames) -> Names:
        """The names in the frames; a Problem where one spelling would mean two units of a set."""
        units = {
            unit: Text(vi, en) for unit, vi, en in frames.unit.select("unit", "name_vi", "name_en").iter_rows()
        }
        keys: dict[UnitSet, dict[str, str]] = {unit_set: {} for unit_set in PROVINCES}
        for unit, alias in frames.unit_alias.select("unit", "alias").iter_rows():
            if set_of(unit) not in PROVINCES:
                _spell(keys.setdefault(set_of(unit), {}), unit, alias)
                continue
            known = keys[set_of(unit)].setdefault(fold(alias), unit)
            if known != unit:
                raise Problem(
                    f"geography/alias.csv: “{alias}” chỉ cả {known} lẫn {unit}. Bỏ một trong hai.",
                    f"geography/alias.csv: “{alias}” means both {known} and {unit}. Remove one of them.",
                )
        return cls(units, keys, dict(frames.crosswalk.select("old_unit", "new_unit").iter_rows()))

    def name(self, unit: str) -> Text:
        """A unit's name in both languages."""
        return self.units[unit]

    def find(self, text: str, unit_set: UnitSet = "63") -> Found:
        """The unit that `text` means in an edition of `unit_set`.

        A code always wins. A bare name means the unit set asked for. One of the 63 asked about in an edition
        of the 34 is answered by the unit it became, with a sentence that says so; the way back is only
        unambiguous for the eleven that did not merge. Raises Problem with the nearest names otherwise.
        """
        written = text.strip()
        if written in self.units and set_of(written) == unit_set:
            return Found(written)
        if _CODE.fullmatch(written):
            if written not in self.units:
                raise self._unknown(text, unit_set)
            return self._moved(written, unit_set)
        direct = self.spelled(written, unit_set)
        if direct is not None:
            return Found(direct)
        former = self.spelled(written, "63") if unit_set == "34" else None
        if former is not None:
            return self._moved(former, unit_set)
        raise self._unknown(text, unit_set)

    def spelled(self, text: str, unit_set: UnitSet) -> str | None:
        """The unit of a set that goes by a spelling; None where none does."""
        key = fold(text)
        keys = self.keys.get(unit_set, {})
        if unit_set not in PROVINCES:
            return keys.get(exact(text)) or keys.get(key) or None
        candidates = [key]
        candidates += [key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix)]
        candidates += [key.removesuffix(suffix) for suffix in _SUFFIXES if key.endswith(suffix)]
        return next((keys[item] for item in candidates if item in keys), None)

    def _moved(self, unit: str, unit_set: UnitSet) -> Found:
        if set_of(unit) == unit_set:
            return Found(unit)
        name = self.name(unit)
        if unit_set not in PROVINCES:
            raise self._unknown(name.in_(language()), unit_set)
        if unit_set == "34":
            new = self.successor.get(unit)
            if new is None:
                raise Problem(
                    f"{name.vi} ({unit}) đã nhập vào tỉnh khác trước năm 2025, không có trong 34 tỉnh, thành phố.",
                    f"{name.en} ({unit}) was merged away before 2025 and is not among the 34.",
                )
            became = self.name(new)
            if len(self.members[new]) == 1:
                return Found(
                    new,
                    Text(
                        f"{became.vi} không sáp nhập ngày 1/7/2025; mã trong 34 tỉnh, thành phố là {new}.",
                        f"{became.en} did not merge on 1 July 2025; its code among the 34 is {new}.",
                    ),
                )
            return Found(
                new,
                Text(
                    f"{name.vi} ({unit}) từ 1/7/2025 thuộc {became.vi} ({new}); dưới đây là {became.vi}.",
                    f"{name.en} ({unit}) has been part of {became.en} ({new}) since 1 July 2025; "
                    f"this is {became.en}.",
                ),
            )
        members = self.members[unit]
        if len(members) > 1:
            vi = ", ".join(f"{self.name(item).vi} ({item})" for item in members)
            en = ", ".join(f"{self.name(item).en} ({item})" for item in members)
            raise Problem(
                f"{name.vi} ({unit}) có từ 1/7/2025. Trước đó là {vi}; hãy chọn một.",
                f"{name.en} ({unit}) exists since 1 July 2025. Before, there were {en}; choose one.",
            )
        old = self.name(members[0])
        return Found(
            members[0],
            Text(
                f"Trước 1/7/2025 {old.vi} có mã {members[0]}.",
                f"Before 1 July 2025 the code of {old.en} was {members[0]}.",
            ),
        )

    def _unknown(self, text: str, unit_set: UnitSet) -> Problem:
        near = self.nearest(text, unit_set)
        if unit_set not in PROVINCES:
            vi = ", ".join(f"{self.name(unit).vi} ({unit})" for unit in near) or "–"
            en = ", ".join(f"{self.name(unit).en} ({unit})" for unit in near) or "–"
            return Problem(
                f"Không có đơn vị “{text}” trong “{unit_set}”. Gần nhất: {vi}.",
                f"There is no unit “{text}” in “{unit_set}”. Nearest: {en}.",
            )
        if not near:
            return Problem(
                f"Không có tỉnh, thành phố “{text}”. Viết tên như “Nam Định” hoặc mã như 63-36.",
                f"There is no province “{text}”. Write a name such as “Nam Dinh” or a code such as 63-36.",
            )
        vi = ", ".join(f"{self.name(unit).vi} ({unit})" for unit in near)
        en = ", ".join(f"{self.name(unit).en} ({unit})" for unit in near)
        return Problem(
            f"Không có tỉnh, thành phố “{text}”. Gần nhất: {vi}.",
            f"There is no province “{text}”. Nearest: {en}.",
        )

    def nearest(self, text: str, unit_set: UnitSet) -> tuple[str, ...]:
        """The units of a set whose names are most like a text, at most three."""
        if re.fullmatch(r"(?:(?:63|34)-)?\d\d", text.strip()):
            code = f"{unit_set}-{text.strip()[-2:]}"
            return (code,) if code in self.units else ()
        keys = {key: unit for key, unit in self.keys.get(unit_set, {}).items() if unit}
        return _first(3, (keys[key] for key in get_close_matches(fold(text), keys, n=12, cutoff=0.6)))


def _spell(keys: dict[str, str], unit: str, alias: str) -> None:
    """Add a spelling of a unit of one's own: names that differ by an accent alone are told apart by it."""
    keys[exact(alias)] = unit
    known = keys.setdefault(fold(alias), unit)
    if known != unit:
        keys[fold(alias)] = ""  # means neither


def _first(count: int, units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))[:count]


def set_of(unit: str) -> UnitSet:
    """The unit set that a unit's code names: `63` of `63-36`; empty of no code."""
    return unit.rpartition("-")[0]
