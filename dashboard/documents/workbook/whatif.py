"""What if a component scored otherwise: staff type new scores, and Excel reckons total and rank anew."""

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
_NAME, _WORTH, _NOW, _NEW, _TAKEN, _MOVED, _EFFECT = range(7)
_KEYS = ("component", "worth", "now", "new", "taken", "moved", "effect")
_HEAD = 4
_FIRST = _HEAD + 1
_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255


@dataclass(frozen=True, eq=False)
class Trial:
    """The components of the province that can be tried, on the scales its own scores have."""

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
        material = self.sheet.scores.chapter.material
        named = {"name": material.name(), "edition": self.sheet.scores.chapter.title}
        return say(material.specification.lang, f"workbook.whatif.{key}", **(named | values))


def possible(sheet: Sheet) -> Trial | str:
    """What can be tried; the reason in a sentence where nothing can."""
    scores = sheet.scores
    chapter, unit = scores.chapter, scores.chapter.material.unit
    needed = ("score", "unit_value", "out_of")
    known = tuple(
        item for item in scores.components if all(scores.value(unit, item.code, key) is not None for key in needed)
    )
    if known and scores.value(unit, OVERALL) is not None:
        return Trial(sheet, unit, known)
    lang = chapter.material.specification.lang
    word = grammar.component_words(chapter.index, 1, lang)
    return say(lang, "workbook.whatif.absent", name=chapter.name, edition=chapter.title, word=word)


def write(book: Book, name: str, trial: Trial) -> str:
    """The sheet, and its name; while it is protected (without a password) only new scores can be typed."""
    drawn = book.sheet(name)
    book.title(drawn, trial.say("title"), [trial.say("how"), trial.say("others")])
    _headings(book, drawn, trial)
    for place, item in enumerate(trial.components):
        _component(book, drawn, trial, _FIRST + place, item)
    _outcome(book, drawn, trial)
    drawn.freeze_panes(_FIRST, 1)
    drawn.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    _chart(book, drawn, trial)
    return str(drawn.get_name())


def _headings(book: Book, drawn: Any, trial: Trial) -> None:
    for column, key in enumerate(_KEYS):
        look = book.head("left" if column == _NAME else "right")
        drawn.write_string(_HEAD, column, trial.say(key), look)
        drawn.set_column(column, column, 15)
    names = [item.name.in_(book.lang) for item in trial.components]
    drawn.set_column(_NAME, _NAME, width([*names, trial.say("threshold", top=99)]))
    drawn.set_row(_HEAD, 44)


def _component(book: Book, drawn: Any, trial: Trial, row: int, item: Component) -> None:
    box: dict[str, Any] = {"border": 1, "border_color": COLOURS.rule}
    score, worth = trial.value(item.code), trial.value(item.code, "unit_value")
    drawn.write_string(row, _NAME, item.name.in_(book.lang), book.format(**box))
    own_scale = worth != trial.sheet.scores.worth(item.code)
    if own_scale:
        drawn.write_number(row, _WORTH, worth, book.format(num_format="0.0000", **box))
    else:
        look = book.format(num_format="0.0000", **box)
        drawn.write_formula(row, _WORTH, f"={trial.sheet.worth(item.code)}", look, worth)
    drawn.write_number(row, _NOW, score, book.format(num_format="0.00", **box))
    drawn.write_blank(
        row, _NEW, None, book.format(num_format="0.00", bg_color=INPUT_GROUND, locked=False, bold=True, **box)
    )
    _validate(drawn, trial, row, item)
    now, new, taken = cell(row, _NOW), cell(row, _NEW), cell(row, _TAKEN)
    drawn.write_formula(
        row, _TAKEN, f"=IF(ISNUMBER({new}),{new},{now})", book.format(num_format="0.00", **box), score
    )
    moved = book.format(num_format="+0.00;-0.00;0.00", **box)
    drawn.write_formula(row, _MOVED, f"={taken}-{now}", moved, 0)
    drawn.write_formula(row, _EFFECT, f"={cell(row, _MOVED)}*{cell(row, _WORTH)}", moved, 0)


def _validate(drawn: Any, trial: Trial, row: int, item: Component) -> None:
    """Only a score of the component's scale, or nothing, may be typed."""
    low, high = item.minimum, float(trial.value(item.code, "out_of"))
    if trial.value(item.code, "scale") == "percent":
        low = 0.0
    lang = trial.sheet.scores.chapter.material.specification.lang
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
            "input_title": trial.say("input_title")[:_LONGEST_TITLE],
            "input_message": trial.say("input", **ends)[:_LONGEST_MESSAGE],
            "error_title": trial.say("error_title")[:_LONGEST_TITLE],
            "error_message": trial.say("error", **ends)[:_LONGEST_MESSAGE],
        },
    )


def _places(value: float) -> int:
    return 0 if value == int(value) else 2


def _outcome(book: Book, drawn: Any, trial: Trial) -> None:
    """Total and rank as they are and as they would be; the threshold of the target group."""
    sheet, scores = trial.sheet, trial.sheet.scores
    known = float(trial.value(OVERALL))
    row = trial.last + 2
    for column, key in ((_NOW, "today"), (_NEW, "then")):
        look = book.format(bold=True, align="right", font_color=COLOURS.quiet)
        drawn.write_string(row, column, trial.say(key), look)
    effects = area(_FIRST, _EFFECT, trial.last, _EFFECT)
    total = row + 1
    formulas = [
        f"={sheet.known_total(trial.unit)}",
        f"=ROUND({cell(total, _NOW)}+SUM({effects}),{PLACES})",
    ]
    status = scores.value(trial.unit, OVERALL, "score_status")
    shown = f'0.00" {SIGNS[status]}"' if status in SIGNS else "0.00"
    _line(book, drawn, total, trial.say("total"), formulas, [shown, shown], [known, known])
    if status in SIGNS:
        meaning = say(book.lang, f"legend.{status}")
        book.text(drawn, row + 6, 0, f"{SIGNS[status]} {meaning}.", font_color=COLOURS.quiet, italic=True)
    if scores.totals < scores.of:
        unranked = trial.say("unranked", known=scores.totals, of=scores.of)
        book.text(drawn, row + 3, 0, unranked, font_color=COLOURS.worse)
        return
    rank = 1 + sum(_better(scores.value(item["unit"], OVERALL), known, falls=scores.falls) for item in scores.rows)
    ranks = [_rank(trial, cell(total, column)) for column in (_NOW, _NEW)]
    _line(book, drawn, row + 2, trial.say("rank", of=scores.of), ranks, ["0", "0"], [rank, rank])
    top = scores.chapter.material.specification.top or scores.chapter.index.target_group.get(trial.unit[:2])
    if top is None or top >= scores.of:
        return
    nth = f"{'SMALL' if scores.falls else 'LARGE'}({sheet.known_totals()},{top})"
    ordered = sorted((scores.value(item["unit"], OVERALL) for item in scores.rows), reverse=not scores.falls)
    edge = ordered[top - 1]
    _line(book, drawn, row + 3, trial.say("threshold", top=top), [f"={nth}"] * 2, ["0.00"] * 2, [edge, edge])
    signed = "+0.00;-0.00;0.00"
    apart = [f"=ROUND({cell(total, column)}-{cell(row + 3, column)},{PLACES})" for column in (_NOW, _NEW)]
    _line(book, drawn, row + 4, trial.say("apart"), apart, [signed, signed], [round(known - edge, PLACES)] * 2)


def _better(one: float, other: float, *, falls: bool) -> bool:
    ahead = round(one, PLACES) - round(other, PLACES)
    return ahead < 0 if falls else ahead > 0


def _rank(trial: Trial, total: str) -> str:
    """One more than the other units with a better total: the province's own stands at its known total."""
    sheet, sign = trial.sheet, "<" if trial.sheet.scores.falls else ">"
    others, own = sheet.known_totals(), sheet.known_total(trial.unit)
    better = f"SUMPRODUCT(--(ROUND({others},{PLACES}){sign}ROUND({total},{PLACES})))"
    return f"=1+{better}-IF(ROUND({own},{PLACES}){sign}ROUND({total},{PLACES}),1,0)"


def _line(
    book: Book, drawn: Any, row: int, label: str, formulas: list[str], formats: list[str], values: list[Any]
) -> None:
    box = {"border": 1, "border_color": COLOURS.rule, "bg_color": CHOSEN_GROUND, "bold": True}
    drawn.merge_range(row, _NAME, row, _WORTH, "", book.format(**box))
    drawn.write_string(row, _NAME, label, book.format(**box))
    columns = zip((_NOW, _NEW), formulas, formats, values, strict=True)
    for column, formula, shown, value in columns:
        drawn.write_formula(row, column, formula, book.format(num_format=shown, **box), value)


def _chart(book: Book, drawn: Any, trial: Trial) -> None:
    """Scores as they are beside those tried; not where scales differ."""
    if len({trial.value(item.code, "out_of") for item in trial.components}) > 1:
        return
    name = drawn.get_name()
    chart = Chart(book, "bar", trial.say("title"), [name, 0, 0])
    for column, colour in ((_NOW, COLOURS.context), (_TAKEN, COLOURS.chosen)):
        chart.drawn.add_series(
            {
                "name": [name, _HEAD, column],
                "categories": [name, _FIRST, _NAME, trial.last, _NAME],
                "values": [name, _FIRST, column, trial.last, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True},
            }
        )
    chart.bars()
    drawn.fit_to_pages(1, 1)
    chart.drawn.set_size({"width": 760, "height": 90 + 34 * len(trial.components)})
    drawn.insert_chart(
        trial.last + 10, _NAME, chart.drawn, {"description": trial.say("title"), "object_position": 2}
    )
