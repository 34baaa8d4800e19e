"""Whom a cell names: a unit as ministries, portals and papers write it, and never one of two that it could be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data.names import PROVINCES, Names, UnitSet, set_of
from data.spelling import fold, tidy
from data.text import Problem, Text

# No name with all that stands around it is longer: prose is not searched for marks.
_LONGEST = 200
# So many names that are none are looked for among those that are like them; more are no table of units.
_SEARCHED = 200

# `1. Quảng Ninh`, `Hà Nội (1)`, `UBND tỉnh Hà Nam (*)`: what stands around a name.
_BEFORE = re.compile(r"^\(?\d{1,2}\s*[.)\-–:]\s*")
_AFTER = re.compile(r"\s*(\(\*+\)|\(\d{1,2}\)|\*+|[¹²³⁴-⁹⁰†‡]+|\[\d{1,2}\]|[:;,.])\s*$")
_OFFICE = re.compile(
    r"^(ubnd|ủy ban nhân dân|uỷ ban nhân dân|people'?s committee of)\s+((các )?(tỉnh|thành phố|tp)\b\.?)?\s*",
    re.IGNORECASE,
)
_CODE = re.compile(r"(63|34)-\d\d")
# Two letters at least, or a unit's code.
_NAMING = re.compile(r"[^\W\d_].*[^\W\d_]|^\s*(63|34)-\d\d\s*$", re.DOTALL)
_SHORT_PROVINCE = re.compile(r"^(t|tp)\.\s*", re.IGNORECASE)
_INITIAL = re.compile(r"^(\w)\s*\.\s*(\w.*)$|^(\w)\s+(\w{2,}.*)$")


def bare(text: str) -> str:
    """A name without numbers, marks and offices around it."""
    name = tidy(text)
    while len(name) <= _LONGEST and not _CODE.fullmatch(name):
        shorter = _OFFICE.sub("", _AFTER.sub("", _BEFORE.sub("", name))).strip()
        if shorter == name or not shorter:
            break
        name = shorter
    return name


@dataclass(frozen=True, slots=True)
class Match:
    """The unit that a text names; or a sentence that says why it is none, with those that it could be."""

    unit: str | None
    why: Text | None = None
    could_be: tuple[str, ...] = ()
    known: bool = False


@dataclass(slots=True)
class Who:
    """Finds units of one set; `given` are texts that a person said the unit of; `own` takes any text.

    `beside` are the sets of the blocks that one table may hold with this one.
    """

    names: Names
    unit_set: UnitSet
    given: dict[str, str] = field(default_factory=dict)
    own: bool = False
    beside: tuple[UnitSet, ...] = ()
    _found: dict[str, Match] = field(default_factory=dict)
    _known: dict[str, str | None] = field(default_factory=dict)
    _strangers: int = 0

    def knows(self, text: str) -> str | None:
        """The unit that a text names in either set, one string for one place; None where it names none."""
        if text not in self._known:
            self._known[text] = self._spelled(text)
        return self._known[text]

    def _spelled(self, text: str) -> str | None:
        """Without a search for what is like it: every cell of a sheet is asked."""
        most = 60 if self.unit_set in PROVINCES else _LONGEST
        if self.own or len(text) > most or not _NAMING.search(text):
            return None
        name = bare(text)
        if fold(text) in self.given or fold(name) in self.given:
            return self.given.get(fold(text)) or self.given[fold(name)]
        sets = (self.unit_set, *(item for item in PROVINCES if item != self.unit_set))
        if self.unit_set not in PROVINCES:
            return self._listed(text)
        for written in (name, _SHORT_PROVINCE.sub("", name)):
            if _CODE.fullmatch(written):
                return written if written in self.names.units else None
            for unit_set in sets:
                unit = self.names.spelled(written, unit_set)
                if unit is not None:
                    return unit
        return fold(name) if len(self._abbreviated(name)) > 1 else None

    def find(self, text: str) -> Match:
        """The unit that a text names in this set."""
        if text not in self._found:
            self._found[text] = self._look(text)
        return self._found[text]

    def _look(self, text: str) -> Match:
        if len(text) > _LONGEST and not self.own:
            start = f"{text[:40]}…"
            return Match(None, Text(f"“{start}” dài quá, không phải tên.", f"“{start}” is too long for a name."))
        name = bare(text)
        for written in (text, name):
            if fold(written) in self.given:
                return Match(self.given[fold(written)])
        if self.own:
            return Match(tidy(text) or None)
        if self.unit_set not in PROVINCES:
            return self._among(text)
        could_be = self._abbreviated(name)
        if len(could_be) > 1:
            vi = " hay ".join(f"{self.names.name(unit).vi} ({unit})" for unit in could_be)
            en = " or ".join(f"{self.names.name(unit).en} ({unit})" for unit in could_be)
            return Match(None, Text(f"“{text}” có thể là {vi}.", f"“{text}” may be {en}."), could_be, known=True)
        if self._strangers >= _SEARCHED and self.knows(text) is None:
            return Match(None, Text(f"“{text}” không phải tên đơn vị.", f"“{text}” is no unit's name."))
        for written in (name, _SHORT_PROVINCE.sub("", name)):
            try:
                found = self.names.find(written, self.unit_set)
            except Problem as problem:
                why = problem.text
                continue
            if found.note is None:
                return Match(found.unit)
            return Match(None, self._elsewhere(written, found.unit), known=True)
        other = "34" if self.unit_set == "63" else "63"
        known = self.names.spelled(name, other) is not None
        self._strangers += 1
        return Match(None, why, self.names.nearest(name, self.unit_set), known)

    def _listed(self, text: str) -> str | None:
        """The unit of a list of one's own, or of a block beside it, that a text names; without a search."""
        for written in (text, bare(text)):
            for unit_set in (self.unit_set, *self.beside):
                unit = self.names.spelled(written, unit_set)
                if unit is not None:
                    return unit
        return text if text in self.names.units else None

    def _among(self, text: str) -> Match:
        """The unit of a list of one's own; nobody, without a word, where a block beside it has that name."""
        unit = self._listed(text)
        if unit is not None:
            return Match(unit if set_of(unit) == self.unit_set else None, known=True)
        near = self.names.nearest(text, self.unit_set)
        vi = ", ".join(f"{self.names.name(item).vi} ({item})" for item in near) or "–"
        en = ", ".join(f"{self.names.name(item).en} ({item})" for item in near) or "–"
        return Match(
            None,
            Text(
                f"“{text}” không có trong danh sách đơn vị “{self.unit_set}”. Gần nhất: {vi}.",
                f"“{text}” is not in the unit set “{self.unit_set}”. Nearest: {en}.",
            ),
            near,
        )

    def _abbreviated(self, name: str) -> tuple[str, ...]:
        """The units that an initial and the rest of a name fit: `H.Giang` is Hà Giang or Hậu Giang."""
        found = _INITIAL.match(name)
        if found is None:
            return ()
        key = fold((found[1] or found[3]) + (found[2] or found[4]))
        fits = []
        for unit, words in self.names.units.items():
            first, _, rest = words.vi.partition(" ")
            if unit.startswith(self.unit_set) and rest and fold(first[0] + rest) == key:
                fits.append(unit)
        return tuple(fits)

    def _elsewhere(self, written: str, unit: str) -> Text:
        """Why a name that is known is none of this set: what it was or what it became."""
        name = self.names.name(unit)
        if self.unit_set == "34":
            return Text(
                f"“{written}” từ 1/7/2025 thuộc {name.vi} ({unit}), không phải một trong 34 đơn vị.",
                f"“{written}” has been part of {name.en} ({unit}) since 1 July 2025 and is not one of the 34.",
            )
        return Text(
            f"“{written}” là mã sau 1/7/2025; trước đó là {name.vi} ({unit}).",
            f"“{written}” is a code since 1 July 2025; before, it was {name.en} ({unit}).",
        )
