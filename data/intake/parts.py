"""The components of an index that nobody defined yet: what a table's headings name, and its maxima."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.definition import OVERALL, Component, Edition, Index, Printed
from data.intake.asides import aside
from data.intake.figures import Unread, missing, score
from data.intake.headings import Vocabulary, meaning, residual
from data.intake.tables import Heading, Table
from data.spelling import fold, tidy
from data.text import Problem, Text

_POINTS = r"(?P<points>\d+(?:[.,]\d+)?)\s*(?:điểm|đ|points?|pts?)"
_MOST = r"(?:điểm )?(?:tối đa|max\.?|maximum)\s*:?\s*(?P<most>\d+(?:[.,]\d+)?)\s*(?:điểm|đ|points?)?"
_SHARE = r"(?:trọng số|weight)?\s*:?\s*(?P<share>\d+(?:[.,]\d+)?)\s*%"
# `(10 điểm)`, `(tối đa: 10)`, `(trọng số 20%)` at the end of a heading.
_BESIDE = re.compile(rf"\s*[(\[]\s*(?:{_MOST}|{_POINTS}|{_SHARE})\s*[)\]]\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*(?:[IVX]{1,5}|\d{1,2}|[a-z])\s*[.)]\s+", re.IGNORECASE)
# Rows that hold a maximum or a weight of each column: which of the two.
_WEIGHTS = ("trongso", "weight")
_SAME = 0.011


@dataclass(frozen=True, slots=True)
class Parts:
    """The components in the order of their columns; their maxima or weights (shares of 1) where all are given.

    `own_maximum`: a column says each unit's own highest total.
    """

    components: tuple[Component, ...]
    maxima: Mapping[str, float] | None
    weights: Mapping[str, float] | None
    total: float
    own_maximum: bool


def parts_of(tables: Sequence[Table], draft: Index, edition: Edition, indices: Mapping[str, Index]) -> Parts:
    """What tables of an index say of its components; raises Problem where two of them bear one name."""
    vocabulary = Vocabulary.of(draft, edition, indices)
    printed: dict[str, list[str]] = {}
    given: dict[str, tuple[str, float]] = {}
    maxima, totals = False, set[float]()
    for table in tables:
        places: dict[int, str] = {}
        for heading in table.columns:
            column = meaning(heading, vocabulary, flipped=table.grid.flipped)
            if column.why == "maximum" and heading.at != table.unit:
                maxima = maxima or _differ(table, heading.at)
            if column.kind == "score" and column.component == OVERALL:
                places[heading.at] = OVERALL
            if heading.at == table.unit or column.kind != "unknown" or not _figures(table, heading.at):
                continue
            words = _named(heading)
            if not words:
                continue
            name, kind, number = _apart(words)
            places[heading.at] = name
            known = printed.setdefault(name, [])
            known += [text for text in dict.fromkeys((words, name)) if text not in known]
            if kind:
                given.setdefault(name, (kind, number))
        for name, (kind, number) in _rows(table, places).items():
            if name == OVERALL:
                totals |= {number} if kind == "most" else set()
            else:
                given.setdefault(name, (kind, number))
    total = max(totals, default=100.0)
    components = tuple(_component(name, texts) for name, texts in printed.items())
    _refuse_doubles(components)
    codes = {item.name.vi: item.code for item in components}
    found = {codes[name]: pair for name, pair in given.items()}
    all_given = bool(components) and len(found) == len(components)
    most = {code: number for code, (kind, number) in found.items() if kind == "most"}
    share = {code: number / 100 for code, (kind, number) in found.items() if kind == "share"}
    adds = all_given and len(most) == len(components) and abs(sum(most.values()) - total) < _SAME
    shares = all_given and len(share) == len(components) and abs(sum(share.values()) - 1) < _SAME / 100
    return Parts(components, most if adds else None, share if shares else None, total, maxima)


def _named(heading: Heading) -> str:
    """What a heading of one or more rows calls its component: the lowest of its texts that is a name."""
    named = [part for part in heading.parts if residual(_BESIDE.sub("", part))]
    return tidy(named[-1]) if named else ""


def _apart(words: str) -> tuple[str, str, float]:
    """A name, and the maximum (`most`) or the weight in per cent (`share`) that stands in brackets behind it."""
    beside = _BESIDE.search(words)
    name = tidy(_NUMBER.sub("", _BESIDE.sub("", words)))
    if beside is None:
        return name, "", 0.0
    number = beside["most"] or beside["points"]
    kind = "share" if number is None else "most"
    return name, kind, float((number or beside["share"]).replace(",", "."))


def _figures(table: Table, at: int) -> bool:
    """Whether a column holds figures in most of the rows that say anything there."""
    read = said = 0
    for row in table.rows:
        cell = table.grid.cell(row, at)
        if missing(cell):
            continue
        said += 1
        try:
            score(cell)
            read += 1
        except Unread:
            continue
    return read > 0 and read >= 0.6 * said


def _differ(table: Table, at: int) -> bool:
    """Whether a column of maxima differs from unit to unit."""
    values = set()
    for row in table.rows:
        try:
            cell = table.grid.cell(row, at)
            if not missing(cell):
                values.add(score(cell).value)
        except Unread:
            continue
    return len(values) > 1


def _rows(table: Table, places: Mapping[int, str]) -> dict[str, tuple[str, float]]:
    """The maximum or the weight of each column where a row of the table holds them."""
    found: dict[str, tuple[str, float]] = {}
    for row in table.rows:
        texts = table.texts(row)
        if aside(texts, set()) != "maxima":
            continue
        weights = any(fold(text).startswith(_WEIGHTS) for text in texts)
        for at, name in places.items():
            try:
                figure = score(table.grid.cell(row, at))
            except Unread:
                continue
            percent = figure.percent or (row, at) in table.grid.percent
            fraction = (row, at) in table.grid.percent or (weights and figure.value <= 1)
            value = figure.value * 100 if fraction else figure.value
            found.setdefault(name, ("share" if weights or percent else "most", value))
    return found


def _component(name: str, texts: Sequence[str]) -> Component:
    words = Text(name, name)
    code = "_".join(filter(None, (fold(word) for word in re.split(r"[^\w]+", name))))[:40].strip("_")
    code = f"c_{code}" if code == OVERALL or not code[:1].isalpha() else code
    return Component(code, words, words, 0, printed=tuple(Printed(text, "table") for text in texts))


def _refuse_doubles(components: Sequence[Component]) -> None:
    twice = next((code for code, times in Counter(item.code for item in components).items() if times > 1), None)
    if twice is None:
        return
    names = "”, “".join(item.name.vi for item in components if item.code == twice)
    raise Problem(
        f"Hai cột “{names}” cùng một tên thành phần. Sửa một tiêu đề cho khác.",
        f"The columns “{names}” bear one component's name. Change one of the headings.",
    )
