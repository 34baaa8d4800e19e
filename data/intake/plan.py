"""How a table is read, as plain data: what each column means, what is left out, who is meant; to TOML and back.

A plan may be partial: what a person decided. The one that comes back with a table is whole, and reads the same
table the same way again.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from data.text import Problem

Kind = Literal["unit", "year", "score", "rank", "both", "measure", "ignored", "unknown"]
Scale = Literal["points", "percent", "fraction", "month"]
_LINE = re.compile(r".+!\d+")
_LETTER = re.compile(r"[A-Z]{1,3}|\d{1,5}")
KINDS: tuple[Kind, ...] = ("unit", "year", "score", "rank", "both", "measure", "ignored", "unknown")
SCALES: tuple[Scale, ...] = ("points", "percent", "fraction", "month")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column was taken for; `component` where it holds scores or ranks.

    `letter` is its place in the sheet, `why` says of an ignored one what it is, `index` and `year` are set where
    the heading names another than was asked for. `scale`: `percent` of the maximum, `fraction` of 1, or `month`
    for ranks that a spreadsheet turned into dates. `answered`: the kinds of questions about its figures that a
    person answered by that scale; a meaning that was chosen answers none.
    """

    heading: str
    kind: Kind
    component: str | None = None
    letter: str = ""
    index: str | None = None
    year: int | None = None
    scale: Scale = "points"
    why: str = ""
    answered: tuple[str, ...] = ()


# The questions about a column's figures that a scale answers.
OF_SCALE = ("fractions", "ranks", "low", "percent_of_maximum")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person decided about a file: which tables, the heading's rows, columns by letter, rows to drop.

    A column or a line of one sheet alone is named `PL2!C`, `PL2!12`; of a table that was turned over, a column by
    its row. `names` are the units that texts mean, `accepted` the kinds of questions that are answered by yes,
    `cells` what was typed anew, by place: `C7`, or `PL2!C7` where sheets have names. `weights` are those of the
    components, in per cent or as shares.
    """

    index: str | None = None
    year: int | None = None
    tables: tuple[int, ...] = ()
    sheet: str | None = None
    heading: tuple[int, int] | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    scale: Scale | None = None
    drop: tuple[int | str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    accepted: tuple[str, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)

    def over(self, other: Plan) -> Plan:
        """This plan where it decides something, `other` where it doesn't."""
        return replace(
            self,
            index=self.index or other.index,
            year=self.year or other.year,
            tables=self.tables or other.tables,
            sheet=self.sheet or other.sheet,
            heading=self.heading or other.heading,
            columns={**other.columns, **self.columns},
            scale=self.scale or other.scale,
            drop=self.drop or other.drop,
            names={**other.names, **self.names},
            accepted=tuple(dict.fromkeys((*self.accepted, *other.accepted))),
            cells={**other.cells, **self.cells},
            weights=self.weights or other.weights,
        )

    def lasting(self) -> Plan:
        """What of it holds for another file of the same shape: what columns mean, what texts name, which tables.

        Lines, cells and answers about figures are of one file alone.
        """
        chosen = {
            letter: replace(column, answered=())
            for letter, column in self.columns.items()
            if column.why == "chosen"
        }
        return Plan(tables=self.tables, columns=chosen, scale=self.scale, names=self.names)

    def toml(self) -> str:
        """The plan as a TOML file."""
        lines = ["# How a table was read: vuotbac import FILE --plan THIS reads one of the same shape."]
        for key in ("index", "year", "tables", "sheet", "heading", "scale", "drop", "accepted"):
            value = getattr(self, key)
            if value not in (None, ()):
                lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
        for name in ("names", "cells"):
            pairs: dict[str, str] = getattr(self, name)
            if pairs:
                lines += ["", f"[{name}]", *(f"{_quoted(key)} = {_quoted(value)}" for key, value in pairs.items())]
        if self.weights:
            lines += ["", "[weights]", *(f"{_quoted(code)} = {weight}" for code, weight in self.weights.items())]
        for letter, column in self.columns.items():
            lines += ["", f"[columns.{letter if letter.isalnum() else _quoted(letter)}]"]
            for key in ("heading", "kind", "component", "index", "year", "scale", "why", "answered"):
                value = getattr(column, key)
                if value not in (None, "", ()) and (key, value) != ("scale", "points"):
                    lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
        return "\n".join(lines) + "\n"

    @classmethod
    def read(cls, text: str, name: str = "plan.toml") -> Plan:
        """The plan in a TOML file; raises Problem where it is none."""
        try:
            content = tomllib.loads(text)
            columns = {letter: _column(letter, about) for letter, about in content.pop("columns", {}).items()}
            for key in ("tables", "heading", "drop", "accepted"):
                if key in content:
                    content[key] = tuple(content[key])
            plan = cls(**content, columns=columns)
            _check(plan)
        except (tomllib.TOMLDecodeError, AttributeError, TypeError, ValueError) as error:
            raise Problem(
                f"{name}: không phải bản đọc bảng ({error}). Tạo lại bằng --save-plan.",
                f"{name}: is no reading plan ({error}). Make it again with --save-plan.",
            ) from error
        return plan


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _column(letter: str, about: dict[str, Any]) -> Column:
    at = letter.rpartition("!")[2]
    if not _LETTER.fullmatch(at):
        raise ValueError(letter)
    column = Column(**{"heading": "", **about, "letter": at, "answered": tuple(about.get("answered", ()))})
    if column.kind not in KINDS or column.scale not in SCALES:
        raise ValueError(f"{column.kind}, {column.scale}")
    return column


def _check(plan: Plan) -> None:
    whole: list[Any] = [plan.year, *plan.tables, *(plan.heading or ())]
    whole += [line for line in plan.drop if not (isinstance(line, str) and _LINE.fullmatch(line))]
    pairs = [*plan.names.items(), *plan.cells.items()]
    texts: list[Any] = [plan.index, plan.sheet, *plan.accepted, *(text for pair in pairs for text in pair)]
    if any(not isinstance(item, int) for item in whole if item is not None):
        raise ValueError("year, tables, heading, drop")
    if any(not isinstance(item, str) for item in texts if item is not None):
        raise ValueError("index, sheet, names, accepted, cells")
    if any(not isinstance(item, int | float) for item in plan.weights.values()):
        raise ValueError("weights")
    if plan.heading is not None and len(plan.heading) != 2:
        raise ValueError("heading")


_KINDS: dict[str, Kind] = {
    "score": "score",
    "rank": "rank",
    "unit": "unit",
    "year": "year",
    "measure": "measure",
    "both": "both",
    "ignore": "ignored",
    "ignored": "ignored",
    "last": "ignored",
}


def meant(written: str, components: set[str]) -> Column | None:
    """A column's meaning as options and offers have it; None where it is none.

    `rank`, `ignore`, `transparency`, `transparency:rank`, `score:fraction`, `transparency:percent`, `rank:month`.
    """
    first, _, second = (part.strip() for part in written.partition(":"))
    scale: Scale = next((item for item in SCALES if item == second), "points")
    answered = OF_SCALE if second in SCALES else ()
    if first in _KINDS and second in ("", *SCALES):
        kind = _KINDS[first]
        component = "overall" if kind in ("score", "rank", "both") else None
        return Column("", kind, component, scale=scale, why="chosen", answered=answered)
    if first in components and second in ("", "score", "rank", "both", *SCALES):
        kind = _KINDS.get(second, "rank" if second == "month" else "score")
        return Column("", kind, first, scale=scale, why="chosen", answered=answered)
    return None


def column_of(written: str, components: set[str]) -> tuple[str, Column]:
    """A column as `--column` has it: `D=rank`, `E=ignore`, `F=transparency:rank`, `D=rank:month`."""
    letter, _, meaning = written.partition("=")
    sheet, mark, at = letter.strip().rpartition("!")
    at = at.upper()
    found = meant(meaning, components)
    if found is None or not _LETTER.fullmatch(at):
        known = ", ".join(sorted(components))
        raise Problem(
            f"--column “{written}” không rõ. Viết như D=rank, E=ignore, C=mã thành phần ({known}).",
            f"--column “{written}” is not clear. Write D=rank, E=ignore, C=a component's code ({known}).",
        )
    return f"{sheet}{mark}{at}", replace(found, letter=at)
