"""What the heading row of a table that people keep says: which column holds what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.definition import OVERALL, Edition, Index
from data.names import fold
from data.text import Problem

Kind = Literal["unit", "year", "score", "rank", "ignored"]

# Headings as they are met, folded: letters and digits alone, without accents.
_UNIT = (
    "tinh tinhthanh tinhthanhpho tinhtp tinhthanhphotructhuoctrunguong diaphuong donvi tentinh tendiaphuong "
    "province provinces provincecity provincename name unit code matinh ma"
).split()
_TOTAL = (
    "diem diemso tongdiem diemtong diemtonghop chiso tongdiemchiso ketqua giatri total totalscore score overall "
    "overallscore points index"
).split()
_RANK = "hang thuhang xephang xepthu vithu vitri thubac rank ranking place position".split()
_YEAR = "nam year".split()
_IGNORED = "stt tt so no sothutu vung region nhom tier group ghichu note notes".split()


@dataclass(frozen=True, slots=True)
class Column:
    """What a column was taken for; `component` where it holds scores or ranks."""

    heading: str
    kind: Kind
    component: str | None = None


def understood(index: Index, edition: Edition, heading: list[str]) -> tuple[Column, ...]:
    """What each column means for an edition; raises Problem for a heading that is unknown, doubled or missing."""
    known = _headings(index, edition)
    found = []
    for text in heading:
        column = known.get(fold(text)) if text else Column(text, "ignored")
        if column is None:
            components = ", ".join(item.name.vi for item in index.components_of(edition.year)) or "–"
            english = ", ".join(item.name.en for item in index.components_of(edition.year)) or "–"
            raise Problem(
                f"Tiêu đề “{text}” không rõ là gì. Dùng: Tỉnh, Điểm, Hạng, hoặc tên {index.component_word.vi} "
                f"({components}); bỏ cột không cần.",
                f"The heading “{text}” is not known. Use: Province, Score, Rank, or a {index.component_word.en}'s "
                f"name ({english}); remove columns that are not needed.",
            )
        found.append(Column(text, column.kind, column.component))
    taken: dict[tuple[Kind, str | None], Column] = {}
    for item in found:
        first = taken.setdefault((item.kind, item.component), item)
        if item.kind != "ignored" and first is not item:
            raise Problem(
                f"Hai cột “{first.heading}” và “{item.heading}” cùng một nghĩa. Giữ lại một cột.",
                f"The columns “{first.heading}” and “{item.heading}” mean the same. Keep one.",
            )
    kinds = {item.kind for item in found}
    if "unit" not in kinds or not kinds & {"score", "rank"}:
        raise Problem(
            "Dòng tiêu đề phải có cột tỉnh và ít nhất một cột điểm hoặc hạng, ví dụ: Tỉnh, Điểm, Hạng.",
            "The heading row needs a province column and a score or a rank, such as Province, Score, Rank.",
        )
    return tuple(found)


def _headings(index: Index, edition: Edition) -> dict[str, Column]:
    """Every heading that is understood, folded, and what it means for this edition."""
    names = {OVERALL: [*_TOTAL, *_folded(index, OVERALL), fold(index.name.vi), fold(f"điểm {index.name.vi}")]}
    names |= {item.code: _folded(index, item.code) for item in index.components_of(edition.year)}
    known: dict[str, Column] = {}
    for code, spellings in names.items():
        for spelling in spellings:
            known.setdefault(spelling, Column(spelling, "score", code))
            if code != OVERALL or spelling not in _TOTAL:
                for rank in (f"hang{spelling}", f"xephang{spelling}", f"thuhang{spelling}", f"{spelling}rank"):
                    known.setdefault(rank, Column(rank, "rank", code))
    plain: tuple[tuple[list[str], Kind, str | None], ...] = (
        (_RANK, "rank", OVERALL),
        (_UNIT, "unit", None),
        (_YEAR, "year", None),
        (_IGNORED, "ignored", None),
    )
    for words, kind, component in plain:
        known |= {word: Column(word, kind, component) for word in words}
    return known


def _folded(index: Index, code: str) -> list[str]:
    component = index.component(code)
    return [fold(item) for item in (code, component.name.vi, component.name.en, component.short.vi)]
