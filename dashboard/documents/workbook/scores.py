"""All units of an edition with every component: weights on top, totals and ranks as formulas.

total = Σ unit value · score, unit value = weight · highest total / highest score of the component. Staff can
change weights and scores and see totals and ranks follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.documents.content.edition_scores import PLACES, Scores
from dashboard.documents.workbook.style import CHOSEN_GROUND, COLOURS, INPUT_GROUND, Book, area, cell, width
from dashboard.text import grammar, say
from dashboard.text.signs import SIGNS
from data import number
from data.definition import OVERALL

_HEAD = 6
_WEIGHT, _END, _UNIT_VALUE = 3, 4, 5
FIRST = _HEAD + 1
_UNIT, _NAME, _PART = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Sheet:
    """Where the figures are on their sheet, for formulas here and on other sheets."""

    scores: Scores
    name: str

    @property
    def last(self) -> int:
        """The last row of units."""
        return FIRST + len(self.scores.rows) - 1

    @property
    def total(self) -> int:
        """The column of computed totals."""
        return _PART + len(self.scores.components)

    @property
    def known(self) -> int:
        """The column of the totals that are known."""
        return self.total + 1

    @property
    def basis(self) -> int:
        """The column that ranks are taken from."""
        return self.total if self.scores.live else self.known

    def row(self, unit: str) -> int:
        """The row of a unit."""
        return FIRST + next(place for place, row in enumerate(self.scores.rows) if row["unit"] == unit)

    def unit_values(self) -> str:
        """The unit values."""
        return str(area(_UNIT_VALUE, _PART, _UNIT_VALUE, self.total - 1))

    def unit_value(self, component: str) -> str:
        """The unit value of a component, from another sheet."""
        codes = [item.code for item in self.scores.components]
        return f"{self._quoted}!{cell(_UNIT_VALUE, _PART + codes.index(component), fixed=True)}"

    def known_totals(self) -> str:
        """The known totals, from another sheet."""
        return f"{self._quoted}!{area(FIRST, self.known, self.last, self.known)}"

    def known_total(self, unit: str) -> str:
        """A unit's known total, from another sheet."""
        return f"{self._quoted}!{cell(self.row(unit), self.known, fixed=True)}"

    @property
    def _quoted(self) -> str:
        return "'" + self.name.replace("'", "''") + "'"


def write_scores(book: Book, name: str, scores: Scores) -> Sheet:
    """The sheet."""
    drawn = book.sheet(name)
    sheet = Sheet(scores, drawn.get_name())
    book.title(drawn, scores_title(scores), [_say(scores, "how"), agreement(scores)])
    _top(book, drawn, sheet)
    _headings(book, drawn, sheet)
    for row in range(len(scores.rows)):
        _unit(book, drawn, sheet, row)
    drawn.freeze_panes(FIRST, _PART)
    drawn.autofilter(_HEAD, 0, sheet.last, sheet.total + 4)
    drawn.repeat_rows(_HEAD)
    for row, note in enumerate(_notes(scores), start=sheet.last + 2):
        book.text(drawn, row, 0, note, font_color=COLOURS.quiet, italic=True)
    return sheet


def _say(scores: Scores, key: str, **values: object) -> str:
    chapter = scores.chapter
    lang = chapter.subject.lang
    word = grammar.component_words(chapter.index, 1, lang)
    return say(lang, f"workbook.scores.{key}", word=word, **values)


def scores_title(scores: Scores) -> str:
    """What the sheet holds."""
    return _say(scores, "title", edition=scores.chapter.title, of=len(scores.rows))


def agreement(scores: Scores) -> str:
    """How well the computed totals agree with the published ones, in a sentence."""
    lang = scores.chapter.subject.lang
    if scores.worst is None:
        return _say(scores, "no_agreement")
    count, apart = scores.worst
    key = "agrees" if apart <= 0.0001 else "rounded"
    return _say(scores, key, count=count, apart=number.decimal(apart, 5, lang))


def _notes(scores: Scores) -> list[str]:
    subject = scores.chapter.subject
    lang = subject.lang
    status = scores.chapter.index.regime(scores.chapter.year).weight_status
    word = grammar.component_words(scores.chapter.index, 1, lang)
    found = [say(lang, f"documents.method.weights_{status}", word=word)]
    if not scores.complete:
        found.append(_say(scores, "unranked", known=scores.totals, of=scores.of))
    elif not scores.live:
        found.append(_say(scores, "rank_of_known"))
    met = {scores.value(row["unit"], OVERALL, "score_status") for row in scores.rows}
    found += [f"{SIGNS[item]} {say(lang, f'legend.{item}')}." for item in SIGNS if item in met]
    return found


def _top(book: Book, drawn: Any, sheet: Sheet) -> None:
    """Weights, highest scores and unit values of the components."""
    scores, index, year = sheet.scores, sheet.scores.chapter.index, sheet.scores.chapter.year
    for row, key in ((_WEIGHT, "weight"), (_END, "end"), (_UNIT_VALUE, "unit_value")):
        book.text(drawn, row, _NAME, _say(scores, key), bold=True, border=1, border_color=COLOURS.rule)
    highest = float(index.overall_maximum(year))
    box = {"border": 1, "border_color": COLOURS.rule}
    for place, item in enumerate(scores.components):
        column, weight, end = _PART + place, index.weight(item.code, year), scores.end(item.code)
        unit_value = scores.unit_value(item.code)
        if end is not None:
            drawn.write_number(_END, column, end, book.format(num_format="0.##", **box))
        if _follows(weight, end, unit_value, highest):
            drawn.write_number(
                _WEIGHT, column, weight, book.format(num_format="0.0%", bg_color=INPUT_GROUND, **box)
            )
            cells = cell(_WEIGHT, column), cell(_END, column)
            formula = f"={cells[0]}*{highest:g}/{cells[1]}"
            drawn.write_formula(_UNIT_VALUE, column, formula, book.format(num_format="0.0000", **box), unit_value)
        elif unit_value is not None:
            drawn.write_number(
                _UNIT_VALUE, column, unit_value, book.format(num_format="0.0000", bg_color=INPUT_GROUND, **box)
            )
    weights = [index.weight(item.code, year) for item in scores.components]
    if all(weight is not None for weight in weights):
        summed = area(_WEIGHT, _PART, _WEIGHT, sheet.total - 1)
        look = book.format(num_format="0.0%", bold=True, **box)
        drawn.write_formula(_WEIGHT, sheet.total, f"=SUM({summed})", look, sum(one or 0.0 for one in weights))


def _headings(book: Book, drawn: Any, sheet: Sheet) -> None:
    scores = sheet.scores
    lang = book.lang
    named = [_say(scores, key) for key in ("unit", "name")]
    named += [item.name.in_(lang) for item in scores.components]
    named += [_say(scores, key) for key in ("total", "known", "apart", "rank", "published_rank")]
    for column, heading in enumerate(named):
        look = book.head("left" if column <= _NAME else "right")
        drawn.write_string(_HEAD, column, heading, look)
        drawn.set_column(column, column, 13)
    drawn.set_column(_UNIT, _UNIT, 9)
    top = [_say(scores, key) for key in ("weight", "end", "unit_value")]
    drawn.set_column(_NAME, _NAME, width([*top, *(row["name"] for row in scores.rows)]))
    drawn.set_row(_HEAD, 58)


def _unit(book: Book, drawn: Any, sheet: Sheet, place: int) -> None:
    scores, row = sheet.scores, FIRST + place
    unit, name = scores.rows[place]["unit"], scores.rows[place]["name"]
    box: dict[str, Any] = {"border": 1, "border_color": COLOURS.rule}
    if unit == scores.chapter.subject.unit:
        box |= {"bold": True, "bg_color": CHOSEN_GROUND}
    drawn.write_string(row, _UNIT, unit, book.format(**box))
    drawn.write_string(row, _NAME, name, book.format(**box))
    for column, item in enumerate(scores.components, start=_PART):
        _score(book, drawn, scores, (row, column), unit, item.code, box)
    _totals(book, drawn, sheet, row, unit, box)


def _score(
    book: Book, drawn: Any, scores: Scores, at: tuple[int, int], unit: str, code: str, box: dict[str, Any]
) -> None:
    """A score; one on another scale than its column is converted by a formula, so that it can be weighted."""
    value, unit_value = scores.value(unit, code), scores.value(unit, code, "unit_value")
    usual = scores.unit_value(code)
    status = scores.value(unit, code, "score_status")
    mark = f'" {SIGNS[status]}"' if status in SIGNS else ""
    look = book.format(num_format=f"0.00{mark}", **box)
    if value is None or (usual is not None and unit_value is None):
        drawn.write_blank(*at, None, book.format(**box))
    elif usual is None or unit_value == usual:
        drawn.write_number(*at, value, look)
    else:
        drawn.write_formula(*at, f"={value!r}*{unit_value!r}/{usual!r}", look, value * unit_value / usual)
        drawn.write_comment(*at, _say(scores, "turned"))


def _totals(book: Book, drawn: Any, sheet: Sheet, row: int, unit: str, box: dict[str, Any]) -> None:
    """The computed and the known total, their difference; the computed and the published rank."""
    scores, total, known = sheet.scores, sheet.total, sheet.known
    computed, given = scores.total(unit), scores.value(unit, OVERALL)
    exact = book.format(num_format="0.0000", **box)
    count = len(scores.components)
    cells = f"{cell(row, _PART)}:{cell(row, total - 1)}"
    formula = f'=IF(COUNT({cells})={count},ROUND(SUMPRODUCT({sheet.unit_values()},{cells}),{PLACES}),"")'
    drawn.write_formula(row, total, formula, exact, "" if computed is None else computed)
    status = scores.value(unit, OVERALL, "score_status")
    mark = f'" {SIGNS[status]}"' if status in SIGNS else ""
    if given is None:
        drawn.write_blank(row, known, None, exact)
    else:
        drawn.write_number(row, known, given, book.format(num_format=f"0.0000{mark}", **box))
    _apart(book, drawn, sheet, row, unit, box)
    _rank(book, drawn, sheet, (row, known + 2), unit, box)
    published = scores.value(unit, OVERALL, "published_rank")
    if published is None:
        drawn.write_blank(row, known + 3, None, book.format(**box))
    else:
        drawn.write_number(row, known + 3, published, book.format(num_format="0", **box))


def _apart(book: Book, drawn: Any, sheet: Sheet, row: int, unit: str, box: dict[str, Any]) -> None:
    scores = sheet.scores
    look = book.format(num_format="+0.0000;-0.0000;0.0000", **box)
    published, computed = scores.published(unit), scores.total(unit)
    if published is None:
        drawn.write_blank(row, sheet.known + 1, None, look)
        return
    ours = cell(row, sheet.total)
    formula = f'=IF(ISNUMBER({ours}),ROUND({ours}-{published!r},{PLACES}),"")'
    apart = "" if computed is None else round(computed - published, PLACES)
    drawn.write_formula(row, sheet.known + 1, formula, look, apart)


def _rank(book: Book, drawn: Any, sheet: Sheet, at: tuple[int, int], unit: str, box: dict[str, Any]) -> None:
    """The rank of the total among all; empty until every unit's total is known."""
    scores, row = sheet.scores, at[0]
    own = cell(row, sheet.basis)
    everyone = area(FIRST, sheet.basis, sheet.last, sheet.basis)
    order = 1 if scores.falls else 0
    formula = f'=IF(AND(ISNUMBER({own}),COUNT({everyone})>={scores.of}),RANK({own},{everyone},{order}),"")'
    rank = scores.value(unit, OVERALL, "rank") if scores.complete else None
    drawn.write_formula(*at, formula, book.format(num_format="0", **box), "" if rank is None else rank)


def _follows(weight: float | None, end: float | None, unit_value: float | None, highest: float) -> bool:
    """Whether a component's unit value follows from its weight and the two scales."""
    return (
        None not in (weight, end, unit_value)
        and abs((weight or 0) * highest / (end or 1) - (unit_value or 0)) < 1e-9
    )
