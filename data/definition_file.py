"""The definition files below `definitions/`: read, checked, and refused with file, key and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from pydantic import TypeAdapter, ValidationError

from data.definition import OVERALL, Index, Regime
from data.text import Problem, Text

# The provinces before and since the mergers of 2025, or a list of one's own.
_SET = re.compile(r"63|34|[a-z][a-z0-9_.]*")
FOLDER = Path(__file__).parent / "definitions"


@cache
def indices() -> dict[str, Index]:
    """All indices by code, in the order the product lists them."""
    found = [load(path) for path in FOLDER.glob("*.toml")]
    return {item.code: item for item in sorted(found, key=lambda item: item.position)}


def load(path: Path) -> Index:
    """An index read from a TOML file; a Problem names file, key and remedy where something is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problem(
            f"{path.name}: không đọc được tệp TOML ({error}). Sửa cú pháp tại chỗ ấy.",
            f"{path.name}: not readable as TOML ({error}). Mend the syntax there.",
        ) from error
    index = checked(path.name, content)
    if path.stem != index.code:
        raise Problem(
            f"{path.name}, khóa “code”: phải trùng tên tệp ({path.stem}).",
            f"{path.name}, key “code”: must equal the file's name ({path.stem}).",
        )
    return index


def checked(place: str, content: object) -> Index:
    """An index from the content of a TOML file; a Problem names place, key and remedy where something is wrong."""
    try:
        index = TypeAdapter(Index).validate_python(content)
    except ValidationError as error:
        raise explained(place, error) from error
    _check(place, index)
    return index


def explained(place: str, error: ValidationError) -> Problem:
    """The first fault pydantic found, as file, key and remedy; a misspelt key before the one it leaves missing."""
    faults = error.errors()
    first = next((fault for fault in faults if fault["type"] == "unexpected_keyword_argument"), faults[0])
    key = ".".join(str(part) for part in first["loc"])
    remedies = {
        "missing": Text("Thêm khóa này.", "Add the key."),
        "unexpected_keyword_argument": Text("Xóa hoặc sửa tên khóa này.", "Remove the key or mend its name."),
    }
    remedy = remedies.get(first["type"], Text("Sửa giá trị này.", "Mend the value."))
    given = "" if first["type"] == "missing" else f" ({first['input']!r})"
    return Problem(
        f"{place}, khóa “{key}”{given}: {first['msg']}. {remedy.vi}",
        f"{place}, key “{key}”{given}: {first['msg']}. {remedy.en}",
    )


def _check(place: str, index: Index) -> None:
    """The rules between keys that types cannot state."""

    def refuse(key: str, vi: str, en: str) -> NoReturn:
        raise Problem(f"{place}, khóa “{key}”: {vi}", f"{place}, key “{key}”: {en}")

    codes = [item.code for item in index.components]
    if len(set(codes)) != len(codes) or OVERALL not in codes:
        refuse(
            "components",
            f"mỗi mã phải khác nhau và phải có “{OVERALL}”.",
            f"every code must differ and “{OVERALL}” must be there.",
        )
    if index.component(OVERALL).maximum is None:
        refuse(
            "components.overall.maximum",
            "phải có điểm tối đa của tổng điểm.",
            "the highest possible total must be given.",
        )
    if any(before.year >= after.year for before, after in pairwise(index.editions)):
        refuse("editions", "sắp theo năm tăng dần, mỗi năm một lần.", "order by year, each year once.")
    for edition in index.editions:
        if sum(regime.covers(edition.year) for regime in index.regimes) != 1:
            refuse(
                "regimes",
                f"năm {edition.year} phải thuộc đúng một chế độ tính.",
                f"the year {edition.year} must lie in exactly one regime.",
            )
        if not _SET.fullmatch(edition.unit_set):
            refuse(
                f"editions.{edition.year}.unit_set",
                f"“{edition.unit_set}” không có; ghi 63, 34 hoặc mã một danh sách đơn vị.",
                f"there is no “{edition.unit_set}”; write 63, 34 or the code of a unit set.",
            )
        if edition.announced not in index.announcements:
            refuse(
                f"editions.{edition.year}.announced",
                f"“{edition.announced}” chưa có trong announcements; thêm vào đó.",
                f"“{edition.announced}” is not in announcements; add it there.",
            )
        for code in edition.units_by_component or {}:
            if code not in codes:
                refuse(
                    f"editions.{edition.year}.units_by_component",
                    f"không có thành phần “{code}”.",
                    f"there is no component “{code}”.",
                )
    for regime in index.regimes:
        _check_regime(index, regime, refuse)


def _check_regime(index: Index, regime: Regime, refuse: Callable[[str, str, str], NoReturn]) -> None:
    codes = {item.code for item in index.components} - {OVERALL}
    key = f"regimes.{regime.code}"
    for code in {*regime.components, *(regime.weights or {}), *(regime.maxima or {})}:
        if code not in codes:
            refuse(key, f"không có thành phần “{code}”.", f"there is no component “{code}”.")
    if regime.weights is not None:
        total = sum(regime.weights.values())
        if set(regime.weights) != set(regime.components):
            refuse(
                f"{key}.weights",
                "phải có đúng một trọng số cho mỗi thành phần.",
                "must hold exactly one weight for each component.",
            )
        if abs(total - 1) > 0.0005:
            refuse(
                f"{key}.weights",
                f"tổng trọng số là {total:.4f}, phải bằng 1.",
                f"the weights add up to {total:.4f}; they must add up to 1.",
            )
    if (regime.weights or regime.maxima) and regime.weight_status == "unknown":
        refuse(
            f"{key}.weight_status",
            "trọng số đã có thì phải ghi “published” hoặc “recovered”.",
            "where there are weights, say “published” or “recovered”.",
        )
