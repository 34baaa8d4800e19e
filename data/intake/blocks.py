"""Units of one's own in groups that are ranked apart: which there are in a table, by titles, group rows, ranks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from data.definition import OVERALL
from data.intake.choosing import Reading
from data.intake.reading import LeftOut
from data.intake.who import Who
from data.spelling import fold, tidy
from data.text import Text

# A column that says the group of each row.
_HEADINGS = frozenset("khoi nhomdonvi khoidonvi loaidonvi loaihinh loaihinhdonvi capdonvi block".split())
_NOTHING = re.compile(
    r"^((bảng|kết quả|xếp hạng|thứ hạng|điểm|chỉ số|[IVX]{1,5}[.)]?|\d{1,2}[.)])\s+)+", re.IGNORECASE
)
_BETWEEN = re.compile(r"[^\w]+")
_RATING = re.compile(r"\b(tốt|khá|trung bình|yếu|kém|xuất sắc|hoàn thành)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit that provinces rank: its code, the words that name it, and what one of them is called."""

    code: str
    words: tuple[str, ...]
    word: Text


_KINDS = (
    Kind("nganh", ("ngành dọc", "ngành trung ương", "cơ quan trung ương"), Text("cơ quan", "agency")),
    Kind("huyen", ("huyện", "cấp huyện"), Text("huyện", "district")),
    Kind("so", ("sở", "sở, ban", "ban, ngành", "cơ quan chuyên môn"), Text("sở, ngành", "department")),
    Kind("xa", ("xã", "phường", "đặc khu"), Text("xã, phường", "commune or ward")),
)
ANY = Kind("", (), Text("đơn vị", "unit"))


@dataclass(frozen=True, slots=True)
class Block:
    """Units that are ranked together, by their names as written; `label` is empty where there is one block."""

    label: str
    kind: Kind
    units: tuple[str, ...]


def blocks(readings: Sequence[Reading], left_out: Sequence[LeftOut], who: Who, rows: pl.DataFrame) -> list[Block]:
    """The blocks of a table: groups whose ranks begin anew, or that name kinds of units where no rank is given."""
    units: list[str] = rows["unit"].unique(maintain_order=True).to_list()
    labels = _labels(readings, left_out, who)
    found: dict[str, list[str]] = {}
    for unit in units:
        found.setdefault(labels.get(unit, ""), []).append(unit)
    if len(found) < 2 or "" in found or not _apart(found, rows):
        title = " ".join(found) if len(found) == 1 else ""
        return [Block("", kind_of(title) if title else _of_names(units), tuple(units))]
    return [Block(label, kind_of(label), tuple(members)) for label, members in found.items()]


def kind_of(text: str) -> Kind:
    """The kind of unit that words name."""
    words = _words(text)
    return next((kind for kind in _KINDS if any(_words(word) in words for word in kind.words)), ANY)


def _words(text: str) -> str:
    return f" {_BETWEEN.sub(' ', text.lower()).strip()} "


def _of_names(units: Sequence[str]) -> Kind:
    """The kind that most names begin with: Xã …, Sở …"""
    counted = [kind_of(unit.split(" ")[0]) for unit in units]
    most = max(set(counted), key=counted.count)
    return most if counted.count(most) > len(units) / 2 else ANY


def _labels(readings: Sequence[Reading], left_out: Sequence[LeftOut], who: Who) -> dict[str, str]:
    """The group of each unit: by a column, by the group row above it, else by the title of its table."""
    groups = {(item.sheet, item.line): item.text for item in left_out if item.why == "group"}
    titles = [_title(reading, readings) for reading in readings]
    found: dict[str, str] = {}
    for reading, title in zip(readings, titles, strict=True):
        table, label = reading.table, title
        column = next((item.at for item in table.columns if fold(item.text) in _HEADINGS), None)
        for row in table.rows:
            group = groups.get((table.grid.name, row + 1))
            if group is not None:
                label = _clean(group)
            elif unit := who.find(table.name(row)).unit:
                said = table.grid.spread(row, column) if column is not None else label
                found.setdefault(unit, _clean(said))
    return found


def _title(reading: Reading, readings: Sequence[Reading]) -> str:
    """The title that one of several tables has alone; else the name of its sheet."""
    if len(readings) < 2:
        return ""
    others = {line for other in readings if other is not reading for line in other.table.caption}
    own = [line for line in reading.table.caption if line not in others]
    return own[-1] if own else reading.table.grid.name


def _clean(label: str) -> str:
    plain = _NOTHING.sub("", tidy(label)).strip(" :.-–")
    return plain[:1].upper() + plain[1:80]


def _apart(found: Mapping[str, Sequence[str]], rows: pl.DataFrame) -> bool:
    """Whether groups are ranked apart: ranks begin with 1 in each; without ranks, each names a kind of unit."""
    ranks = rows.filter(component=OVERALL).drop_nulls("published_rank").select("unit", "published_rank")
    if ranks.is_empty():
        kinds = [kind_of(label) for label in found]
        return len(set(kinds)) == len(kinds) and ANY not in kinds and not any(map(_RATING.search, found))
    best = [
        ranks.filter(pl.col("unit").is_in(list(members)))["published_rank"].min() for members in found.values()
    ]
    return all(rank == 1 for rank in best)
