"""The what-if sheet: staff type new scores of components, and formulas give the new total and rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dashboard.documents.content.edition_scores import PLACES
from dashboard.documents.workbook.chart import Chart
from dashboard.documents.workbook.scores import Sheet
from dashboard.documents.workbook.style import CHOSEN_GROUND, COLOURS, INPUT_GROUND, Book, area, cell, width
from dashboard.text import grammar, say
from dashboard.text.signs import SIGNS
from data import number
from data.definition import OVERALL, Component

# Columns of the sheet.
_NAME, _UNIT_VALUE, _NOW, _NEW, _TAKEN, _MOVED, _EFFECT = range(7)
_KEYS = ("component", "unit_value", "now", "new", "taken", "moved", "effect")
_HEAD = 4
_FIRST = _HEAD + 1
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255


@dataclass(frozen=True, eq=False)
class WhatIf:
    """What can be tried: the components of a province whose scores, unit values and scales are known."""

    sheet: Sheet
    unit: str
    components: tuple[Component, ...]

    @property
    def last(self) -> int:
        """The row of the last component."""
        return _FIRST + len(self.components) - 1

    def value(self, component: str, key: str = "score") -> Any:
        """A figure of the province."""
        return self.sheet.scores.value(self.unit, component, key)

    def say(self, key: str, **values: object) -> str:
        """A text of the sheet."""
        subject = self.sheet.scores.chapter.subject
        named = {"name": subject.name, "edition": self.sheet.scores.chapter.title}
        return say(subject.lang, f"workbook.whatif.{key}", **(named | values))


def what_if(sheet: Sheet) -> WhatIf | str:
    """What can be tried; where nothing can, the reason in a sentence."""
    scores = sheet.scores
    chapter, unit = scores.chapter, scores.chapter.subject.unit
    needed = ("score", "unit_value", "out_of")
    known = tuple(
        item for item in scores.components if all(scores.value(unit, item.code, key) is not None for key in needed)
    )
    if known and scores.value(unit, OVERALL) is not None:
        return WhatIf(sheet, unit, known)
    lang = chapter.subject.lang
    word = grammar.component_words(chapter.index, 1, lang)
    return say(lang, "workbook.whatif.absent", name=chapter.name, edition=chapter.title, word=word)


def write_what_if(book: Book, name: str, tried: WhatIf) -> str:
    """Writes the sheet and returns its name. It is protected, without a password: only new scores can be typed."""
    drawn = book.sheet(name)
    book.title(drawn, tried.say("title"), [tried.say("how"), tried.say("others")])
    _headings(book, drawn, tried)
    for place, item in enumerate(tried.components):
        _component(book, drawn, tried, _FIRST + place, item)
    _outcome(book, drawn, tried)
    drawn.freeze_panes(_FIRST, 1)
    drawn.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    _chart(book, drawn, tried)
    return str(drawn.get_name())


def _headings(book: Book, drawn: Any, tried: WhatIf) -> None:
    for column, key in enumerate(_KEYS):
        look = book.head("left" if column == _NAME else "right")
        drawn.write_string(_HEAD, column, tried.say(key), look)
        drawn.set_column(column, column, 15)
    names = [item.name.in_(book.lang) for item in tried.components]
    drawn.set_column(_NAME, _NAME, width([*names, tried.say("threshold", top=99)]))
    drawn.set_row(_HEAD, 44)


def _component(book: Book, drawn: Any, tried: WhatIf, row: int, item: Component) -> None:
    box: dict[str, Any] = {"border": 1, "border_color": COLOURS.rule}
    score, unit_value = tried.value(item.code), tried.value(item.code, "unit_value")
    drawn.write_string(row, _NAME, item.name.in_(book.lang), book.format(**box))
    own_scale = unit_value != tried.sheet.scores.unit_value(item.code)
    if own_scale:
        drawn.write_number(row, _UNIT_VALUE, unit_value, book.format(num_format="0.0000", **box))
    else:
        look = book.format(num_format="0.0000", **box)
        drawn.write_formula(row, _UNIT_VALUE, f"={tried.sheet.unit_value(item.code)}", look, unit_value)
    drawn.write_number(row, _NOW, score, book.format(num_format="0.00", **box))
    drawn.write_blank(
        row, _NEW, None, book.format(num_format="0.00", bg_color=INPUT_GROUND, locked=False, bold=True, **box)
    )
    _validate(drawn, tried, row, item)
    now, new, taken = cell(row, _NOW), cell(row, _NEW), cell(row, _TAKEN)
    drawn.write_formula(
        row, _TAKEN, f"=IF(ISNUMBER({new}),{new},{now})", book.format(num_format="0.00", **box), score
    )
    moved = book.format(num_format="+0.00;-0.00;0.00", **box)
    drawn.write_formula(row, _MOVED, f"={taken}-{now}", moved, 0)
    drawn.write_formula(row, _EFFECT, f"={cell(row, _MOVED)}*{cell(row, _UNIT_VALUE)}", moved, 0)


def _validate(drawn: Any, tried: WhatIf, row: int, item: Component) -> None:
    """Limits what can be typed to the component's scale."""
    low, high = item.minimum, float(tried.value(item.code, "out_of"))
    if tried.value(item.code, "scale") == "percent":
        low = 0.0
    lang = tried.sheet.scores.chapter.subject.lang
    ends = {"low": number.decimal(low, _places(low), lang), "high": number.decimal(high, _places(high), lang)}
    drawn.data_validation(
        row,
        _NEW,
        row,
        _NEW,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
            "ignore_blank": True,
            "input_title": tried.say("input_title")[:_LONGEST_TITLE],
            "input_message": tried.say("input", **ends)[:_LONGEST_MESSAGE],
            "error_title": tried.say("error_title")[:_LONGEST_TITLE],
            "error_message": tried.say("error", **ends)[:_LONGEST_MESSAGE],
        },
    )


def _places(value: float) -> int:
    return 0 if value == int(value) else 2


def _outcome(book: Book, drawn: Any, tried: WhatIf) -> None:
    """Total and rank now and with the new scores; the threshold of the target group."""
    sheet, scores = tried.sheet, tried.sheet.scores
    known = float(tried.value(OVERALL))
    row = tried.last + 2
    for column, key in ((_NOW, "today"), (_NEW, "then")):
        look = book.format(bold=True, align="right", font_color=COLOURS.quiet)
        drawn.write_string(row, column, tried.say(key), look)
    effects = area(_FIRST, _EFFECT, tried.last, _EFFECT)
    total = row + 1
    formulas = [
        f"={sheet.known_total(tried.unit)}",
        f"=ROUND({cell(total, _NOW)}+SUM({effects}),{PLACES})",
    ]
    status = scores.value(tried.unit, OVERALL, "score_status")
    shown = f'0.00" {SIGNS[status]}"' if status in SIGNS else "0.00"
    _line(book, drawn, total, tried.say("total"), formulas, [shown, shown], [known, known])
    if status in SIGNS:
        meaning = say(book.lang, f"legend.{status}")
        book.text(drawn, row + 6, 0, f"{SIGNS[status]} {meaning}.", font_color=COLOURS.quiet, italic=True)
    if scores.totals < scores.of:
        unranked = tried.say("unranked", known=scores.totals, of=scores.of)
        book.text(drawn, row + 3, 0, unranked, font_color=COLOURS.worse)
        return
    rank = 1 + sum(_better(scores.value(item["unit"], OVERALL), known, falls=scores.falls) for item in scores.rows)
    ranks = [_rank(tried, cell(total, column)) for column in (_NOW, _NEW)]
    _line(book, drawn, row + 2, tried.say("rank", of=scores.of), ranks, ["0", "0"], [rank, rank])
    top = scores.chapter.subject.group_size
    if top is None or top >= scores.of:
        return
    nth = f"{'SMALL' if scores.falls else 'LARGE'}({sheet.known_totals()},{top})"
    ordered = sorted((scores.value(item["unit"], OVERALL) for item in scores.rows), reverse=not scores.falls)
    edge = ordered[top - 1]
    _line(book, drawn, row + 3, tried.say("threshold", top=top), [f"={nth}"] * 2, ["0.00"] * 2, [edge, edge])
    signed = "+0.00;-0.00;0.00"
    apart = [f"=ROUND({cell(total, column)}-{cell(row + 3, column)},{PLACES})" for column in (_NOW, _NEW)]
    _line(book, drawn, row + 4, tried.say("apart"), apart, [signed, signed], [round(known - edge, PLACES)] * 2)


def _better(one: float, other: float, *, falls: bool) -> bool:
    ahead = round(one, PLACES) - round(other, PLACES)
    return ahead < 0 if falls else ahead > 0


def _rank(tried: WhatIf, total: str) -> str:
    """The formula of a rank: one more than the number of other units with a better known total."""
    sheet, sign = tried.sheet, "<" if tried.sheet.scores.falls else ">"
    others, own = sheet.known_totals(), sheet.known_total(tried.unit)
    better = f"SUMPRODUCT(--(ROUND({others},{PLACES}){sign}ROUND({total},{PLACES})))"
    return f"=1+{better}-IF(ROUND({own},{PLACES}){sign}ROUND({total},{PLACES}),1,0)"


def _line(
    book: Book, drawn: Any, row: int, label: str, formulas: list[str], formats: list[str], values: list[Any]
) -> None:
    box = {"border": 1, "border_color": COLOURS.rule, "bg_color": CHOSEN_GROUND, "bold": True}
    drawn.merge_range(row, _NAME, row, _UNIT_VALUE, "", book.format(**box))
    drawn.write_string(row, _NAME, label, book.format(**box))
    columns = zip((_NOW, _NEW), formulas, formats, values, strict=True)
    for column, formula, shown, value in columns:
        drawn.write_formula(row, column, formula, book.format(num_format=shown, **box), value)


def _chart(book: Book, drawn: Any, tried: WhatIf) -> None:
    """A chart of scores now and new; none where the components have different scales."""
    if len({tried.value(item.code, "out_of") for item in tried.components}) > 1:
        return
    name = drawn.get_name()
    chart = Chart(book, "bar", tried.say("title"), [name, 0, 0])
    for column, colour in ((_NOW, COLOURS.context), (_TAKEN, COLOURS.chosen)):
        chart.drawn.add_series(
            {
                "name": [name, _HEAD, column],
                "categories": [name, _FIRST, _NAME, tried.last, _NAME],
                "values": [name, _FIRST, column, tried.last, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True},
            }
        )
    chart.bars()
    drawn.fit_to_pages(1, 1)
    chart.drawn.set_size({"width": 760, "height": 90 + 34 * len(tried.components)})
    drawn.insert_chart(
        tried.last + 10, _NAME, chart.drawn, {"description": tried.say("title"), "object_position": 2}
    )
