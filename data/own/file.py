"""The TOML that carries an index of one's own with its units: read, checked, and written again."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from data.definition import Index
from data.definition_file import checked, explained
from data.names import PROVINCES
from data.own.units import SET, UnitList, check
from data.text import Problem, Text

# Beside each other in their file: every other list is short and stands in one line.
_TABLES = ("components", "regimes", "editions", "series_breaks", "tiers")


@dataclass(frozen=True, slots=True)
class Defined:
    """Indices and the unit sets that they rank; several where blocks of units are ranked apart."""

    indices: tuple[Index, ...]
    unit_sets: tuple[UnitList, ...] = ()

    @property
    def toml(self) -> str:
        """The file that `read` takes."""
        lines = ["# An index of one's own: vuotbac index add THIS takes it in."]
        for key, found in (("indices", self.indices), ("unit_sets", self.unit_sets)):
            for item in found:
                lines += ["", f"[[{key}]]", *_table(key, item)]
        return "\n".join(lines) + "\n"


def read(text: str, name: str) -> Defined:
    """The indices and unit sets of a file; a Problem names file, key and remedy where something is wrong.

    A file that is one index alone, as those of `definitions/` are, is read too.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            f"{name}: không đọc được tệp TOML ({error}). Sửa cú pháp tại chỗ ấy.",
            f"{name}: not readable as TOML ({error}). Mend the syntax there.",
        ) from error
    lists = content.pop("unit_sets", [])
    if "indices" not in content:
        content = {"indices": [content]}
    if set(content) != {"indices"} or not isinstance(content["indices"], list) or not content["indices"]:
        raise Problem(
            f"{name}: chỉ được có [[indices]] và [[unit_sets]]. Xóa các khóa khác.",
            f"{name}: may hold [[indices]] and [[unit_sets]] alone. Remove other keys.",
        )
    found = Defined(
        tuple(checked(name, item) for item in content["indices"]), tuple(_list(name, item) for item in lists)
    )
    for index in found.indices:
        if not SET.fullmatch(index.code):
            raise Problem(
                f"{name}: mã chỉ số “{index.code}” phải là chữ thường không dấu và số, ví dụ ddci.",
                f"{name}: the code “{index.code}” must be plain lower-case letters and digits, such as ddci.",
            )
    for listed in found.unit_sets:
        check(name, listed)
    return found


def _list(name: str, content: Any) -> UnitList:
    """A unit set; a name may be one string for both languages."""

    def refuse() -> NoReturn:
        raise Problem(
            f"{name}, khóa “unit_sets”: mỗi đơn vị phải là một bảng có code và name. Sửa lại.",
            f"{name}, key “unit_sets”: every unit must be a table with code and name. Mend it.",
        )

    if not isinstance(content, dict) or not isinstance(content.get("units"), list):
        refuse()
    if not all(isinstance(unit, dict) for unit in content["units"]):
        refuse()
    units = [unit | {"name": _both(unit.get("name"))} for unit in content["units"]]
    whole = content | {"units": units} | {key: _both(content[key]) for key in ("name", "word") if key in content}
    try:
        return TypeAdapter(UnitList).validate_python(whole)
    except ValidationError as error:
        raise explained(name, error) from error


def _both(name: Any) -> Any:
    return Text(name, name) if isinstance(name, str) else name


def _table(path: str, item: Any) -> Iterator[str]:
    """The keys of a table, what is as by default left out, and the tables below it."""
    below = []
    for part in fields(item):
        value = getattr(item, part.name)
        if value is None or (part.default is not MISSING and value == part.default):
            continue
        if part.name in _TABLES and value and is_dataclass(value[0]):
            below.append((part.name, value))
        elif part.name == "units" and isinstance(value, tuple):
            yield "units = ["
            yield from (f"    {_inline(unit)}," for unit in value)
            yield "]"
        else:
            yield f"{part.name} = {_inline(value)}"
    for name, tables in below:
        for table in tables:
            yield ""
            yield f"[[{path}.{name}]]"
            yield from _table(f"{path}.{name}", table)


def _inline(value: Any) -> str:
    """A value in one line."""
    match value:
        case Text() if value.vi == value.en:
            return _inline({"vi": value.vi, "en": value.en})
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case dict():
            pairs = (f"{_inline(str(key))} = {_inline(item)}" for key, item in value.items())
            return f"{{ {', '.join(pairs)} }}"
        case tuple() | list():
            return f"[{', '.join(map(_inline, value))}]"
    assert is_dataclass(value)
    named = {
        part.name: getattr(value, part.name)
        for part in fields(value)
        if part.default is MISSING or getattr(value, part.name) != part.default
    }
    return _inline({key: item for key, item in named.items() if item is not None})


def unknown_sets(defined: Defined, known: set[str]) -> list[str]:
    """The unit sets that editions name and that neither the file nor `known` holds."""
    there = {*PROVINCES, *known, *(item.code for item in defined.unit_sets)}
    return sorted({edition.unit_set for index in defined.indices for edition in index.editions} - there)
