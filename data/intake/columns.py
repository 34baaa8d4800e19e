"""One column's cells as figures on its scale: per cent, fractions, ranks with their count; never by a guess."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import TypeGuard

from data.definition import ANY_COUNT, OVERALL, Edition, Index
from data.intake import figures
from data.intake.figures import Figure, Unread
from data.intake.plan import Column, Plan
from data.intake.questions import Fault, Question
from data.intake.tables import Table
from data.number import decimal
from data.text import Text

# Cells of one fault that a sentence names.
_NAMED = 3
# No score of any edition known lies below this share of its component's median.
_FAR_BELOW = 0.15


@dataclass(slots=True)
class Scaled:
    """What a column holds: by row, `score` or `rank` and its value; and what must be said of it.

    `percent`: its scores are per cent of a maximum that is not 100, and no points.
    """

    percent: bool = False
    values: list[tuple[int, str, float]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[tuple[str, Text]] = field(default_factory=list)


@dataclass(slots=True)
class Cells:
    """A column's cells in the rows that are of one component, for an edition; `several`: sheets are named."""

    index: Index
    edition: Edition
    plan: Plan
    table: Table
    at: int
    column: Column
    component: str
    rows: list[int]
    several: bool
    found: Scaled = field(default_factory=Scaled)

    def given(self) -> list[tuple[int, object]]:
        """The cells that say something; an error or a formula without a result is a fault."""
        cells = []
        wrong: dict[str, list[int]] = {}
        for row in self.rows:
            # A figure merged over two rows is a tie; one that reaches here from a column beside is none of ours.
            top, left, _, _ = self.table.grid.spans.get((row, self.at), (row, self.at, 0, 0))
            lost = self.table.grid.lost.get((top, left))
            cell = self.table.grid.cell(top, left) if left == self.at else None
            if lost is not None:
                wrong.setdefault(lost, []).append(row)
            elif not figures.missing(cell):
                cells.append((row, cell))
        for kind, rows in wrong.items():
            self.fault(kind, rows)
        return cells

    def fault(self, kind: str, rows: list[int], *, value: str = "", low: float = 0, high: float = 0) -> None:
        """One sentence for all cells with the same fault, the first ones named."""
        grid = self.table.grid
        places = [grid.where(row, self.at, self.column.heading, sheet=self.several) for row in rows[:_NAMED]]
        vi, en = _SAID[kind]
        bounds = {
            "vi": f"{decimal(low, 0, 'vi')}–{decimal(high, 1, 'vi')}",
            "en": f"{decimal(low, 0, 'en')}–{decimal(high, 1, 'en')}",
        }
        more = len(rows) - len(places)
        tail = (f" (và {more} ô nữa)", f" (and {more} more cells)") if more else ("", "")
        self.found.faults.append(
            Fault(
                kind,
                Text(
                    f"{'; '.join(place.vi for place in places)}{tail[0]}: "
                    + vi.format(value=value, bounds=bounds["vi"], high=decimal(high, 0, "vi")),
                    f"{'; '.join(place.en for place in places)}{tail[1]}: "
                    + en.format(value=value, bounds=bounds["en"], high=decimal(high, 0, "en")),
                ),
                tuple(grid.place(row, self.at) for row in rows),
            )
        )

    def answer(self, *meaning: str) -> str:
        """A meaning of the column as an offer writes it: `transparency:rank`, `score:fraction`."""
        said = [item for item in meaning if item != "score" or self.component == OVERALL]
        return ":".join(said if self.component == OVERALL else [self.component, *said])

    def written(self, row: int) -> str:
        return self.table.grid.spread(row, self.at)

    def ask(self, kind: str, vi: str, en: str, offer: list[str]) -> None:
        column = self.column
        place = Text(f"Cột “{column.heading}” ({column.letter})", f"Column “{column.heading}” ({column.letter})")
        if self.several:
            title = self.table.grid.title
            place = Text(f"{title.vi}, {place.vi}", f"{title.en}, {place.en}")
        self.found.questions.append(
            Question(
                kind,
                Text(f"{place.vi}: {vi}", f"{place.en}: {en}"),
                tuple(self.table.grid.place(row, self.at) for row in self.rows),
                {"column": {column.letter: offer}},
            )
        )


def scaled(cells: Cells) -> Scaled:
    """A column's figures of a component in some rows."""
    column, given = cells.column, cells.given()
    pairs = [(row, figures.both(cell)) for row, cell in given]
    if given and all(pair is not None for _, pair in pairs):
        whole_first = all(_whole_first(cell) for _, cell in given)
        if column.kind != "both" and not whole_first and "both" not in cells.plan.accepted:
            cells.ask(
                "both",
                "mỗi ô có hai số; số trong ngoặc là hạng hay là ghi chú?",
                "each cell holds two numbers; is the one in brackets a rank or a footnote?",
                [cells.answer("both"), "ignore"],
            )
            return cells.found
        read = [(row, pair) for row, pair in pairs if pair is not None]
        _scores(cells, [(row, pair[0]) for row, pair in read])
        _ranks(cells, [(row, pair[1]) for row, pair in read])
    elif column.kind == "rank":
        _ranks(cells, _parsed(cells, given, "rank"))
    else:
        _scores(cells, _parsed(cells, given, "score"))
    return cells.found


def _whole_first(cell: object) -> bool:
    """Whether the number before the brackets is whole, so that it can only be the rank."""
    return str(cell).partition("(")[0].strip().isdecimal()


def _parsed(cells: Cells, given: list[tuple[int, object]], kind: str) -> list[tuple[int, Figure]]:
    """Each cell as a figure; those that are none are faults, one sentence for all of a kind."""
    read: list[tuple[int, Figure]] = []
    wrong: dict[str, list[tuple[int, str]]] = {}
    for row, cell in given:
        try:
            figure = figures.rank(cell) if kind == "rank" else figures.score(cell)
        except Unread as unread:
            if unread.why == "date" and kind == "rank" and cells.column.scale == "month" and _first_of(cell):
                read.append((row, Figure(float(cell.month), of=float(cell.year % 100))))
                continue
            wrong.setdefault(unread.why, []).append((row, unread.written))
            continue
        if (row, cells.at) in cells.table.grid.percent:
            figure = Figure(round(figure.value * 100, 10), percent=True)
        read.append((row, figure))
    for why, found in wrong.items():
        if (
            why == "date"
            and kind == "rank"
            and all(_first_of(cell) for row, cell in given if not isinstance(cell, str))
        ):
            cells.ask(
                "dates",
                f"{len(found)} ô là ngày tháng chứ không phải hạng (Excel đã đổi “1/63” thành tháng 1 năm 1963). "
                "Lấy tháng làm hạng cho cả cột?",
                f"{len(found)} cells are dates and no ranks (Excel turned “1/63” into Jan-63). "
                "Take the month for the rank, in the whole column?",
                [cells.answer("rank", "month") if cells.component == OVERALL else cells.answer("month"), "ignore"],
            )
        elif why == "date":
            cells.fault("date", [row for row, _ in found], value=found[0][1])
        else:
            cells.fault(f"{kind}_{why}", [row for row, _ in found], value=found[0][1])
    return read


def _first_of(cell: object) -> TypeGuard[date]:
    """Whether a cell is a date that a spreadsheet makes of `1/63`."""
    return isinstance(cell, date) and cell.day == 1


def _ranks(cells: Cells, read: list[tuple[int, Figure]]) -> None:
    most = cells.edition.units_of(cells.component)
    counted = most != ANY_COUNT
    good = _on_scale(cells, "rank", read, 1, most, of=most if counted else None)
    written_so = [row for row, figure in good if figure.of == most]
    if written_so and len(good) == len(read):
        cells.found.notes.append(
            (
                "ranks_of",
                Text(
                    f"{len(written_so)} ô của “{cells.column.heading}” viết n/{most}, đọc là hạng n.",
                    f"{len(written_so)} cells of “{cells.column.heading}” are written n/{most} and read as n.",
                ),
            )
        )


def _on_scale(
    cells: Cells, kind: str, read: list[tuple[int, Figure]], low: float, high: float, *, of: float | None
) -> list[tuple[int, Figure]]:
    """The figures within a scale, which the column keeps; others are faults, as is another end than `of`."""
    other = [] if of is None else [row for row, figure in read if figure.of not in (None, of)]
    off = [row for row, figure in read if not low <= figure.value <= high]
    other = [row for row in other if row not in off] if kind == "rank" else other
    off = [row for row in off if row not in other]
    for why, rows in (("of", other), ("scale", off)):
        if rows:
            cells.fault(f"{kind}_{why}", rows, value=cells.written(rows[0]), low=low, high=high)
    good = [(row, figure) for row, figure in read if row not in off and row not in other]
    cells.found.values += [(row, kind, figure.value) for row, figure in good]
    return good


def _scores(cells: Cells, read: list[tuple[int, Figure]]) -> None:
    index, edition, component, column = cells.index, cells.edition, cells.component, cells.column
    maximum = index.maximum(component, edition.year)
    highest = maximum or index.overall_maximum(edition.year)
    if column.scale == "fraction":
        read = [(row, Figure(round(figure.value * 100, 10), percent=True)) for row, figure in read]
    if _asked(cells, read, highest):
        return
    percent = [row for row, figure in read if figure.percent]
    # A field whose maximum nobody knows is still no third of a total of many fields.
    added = maximum is None and index.regime(edition.year).additive
    large = added and any(figure.value > highest / 3 for _, figure in read)
    if large or ((percent or column.scale in ("percent", "fraction")) and (highest != 100 or maximum is None)):
        if "percent_of_maximum" not in column.answered:
            _ask_of_maximum(cells)
            return
        cells.found.percent = column.scale in ("percent", "fraction")
        highest = 100.0 if cells.found.percent else highest
    good = _on_scale(cells, "score", read, index.component(component).minimum, highest, of=highest)
    if percent and highest == 100 and len(good) == len(read) and not cells.found.percent:
        cells.found.notes.append(
            (
                "percent",
                Text(
                    f"“{column.heading}”: {len(percent)} ô ghi theo phần trăm, đọc là điểm trên thang 100.",
                    f"“{column.heading}”: {len(percent)} cells are in per cent, read as points out of 100.",
                ),
            )
        )


def _ask_of_maximum(cells: Cells) -> None:
    """Per cent of the maximum are no points: a component's are entered as what they are, a total's are not."""
    if cells.component == OVERALL:
        cells.ask(
            "percent_of_maximum",
            "là tỷ lệ phần trăm của điểm tối đa, không phải điểm; chưa nhập được cùng với điểm. Bỏ cột này?",
            "is in per cent of the maximum and not in points; it cannot be entered beside points. Leave it out?",
            ["ignore"],
        )
        return
    cells.ask(
        "percent_of_maximum",
        "có vẻ là tỷ lệ phần trăm của điểm tối đa, không phải điểm. Nhập theo phần trăm, là điểm, hay bỏ cột?",
        "seems to be in per cent of the maximum and not in points. Enter as per cent, as points, or leave it out?",
        [cells.answer("percent"), cells.answer("points"), "ignore"],
    )


def _asked(cells: Cells, read: list[tuple[int, Figure]], highest: float) -> bool:
    """Ask where scores may be fractions, ranks, or far too low; whether something was asked."""
    answered = cells.column.answered
    values = [figure.value for _, figure in read]
    plain = [figure.value for _, figure in read if not figure.percent]
    if not values:
        return False
    if (
        "fractions" not in answered
        and highest >= 10
        and plain
        and all(0 <= value <= 1 for value in plain)
        and any(plain)
    ):
        cells.ask(
            "fractions",
            f"mọi số đều không quá 1 trong khi thang điểm là {decimal(highest, 0, 'vi')}. Là tỷ lệ (0,92 = 92%)?",
            f"no figure is above 1 on a scale of {decimal(highest, 0, 'en')}. Are they fractions (0.92 = 92%)?",
            [cells.answer("score", "fraction"), cells.answer("score", "points"), "ignore"],
        )
        return True
    whole = len(plain) == len(values) and all(value == int(value) for value in values)
    counting = len(values) > 2 and sorted(values) == [float(number) for number in range(1, len(values) + 1)]
    units = cells.edition.units_of(cells.component)
    few = len(values) >= 8 and len(set(values)) == len(values) and min(values) < 5 and max(values) <= units
    if "ranks" not in answered and whole and (counting or few):
        cells.ask(
            "ranks",
            "các số là số nguyên, mỗi số một lần, như thứ hạng. Là điểm hay hạng?",
            "the figures are whole and each stands once, like ranks. Are they scores or ranks?",
            [cells.answer("rank"), cells.answer("score", "points"), "ignore"],
        )
        return True
    low = [row for row, figure in read if 0 <= figure.value < _FAR_BELOW * median(values)]
    if low and "low" not in answered:
        named = ", ".join(cells.written(row) for row in low[:_NAMED])
        cells.ask(
            "low",
            f"{len(low)} ô ({named}) thấp hơn hẳn các ô khác. Là điểm thật, tỷ lệ (0,92 = 92%) "
            "hay chưa có số liệu?",
            f"{len(low)} cells ({named}) are far below all others. Are they scores, fractions (0.92 = 92%), or no "
            "figures?",
            [cells.answer("score", "points"), "ignore"],
        )
        return True
    return False


_SAID = {
    "error": (
        "là một lỗi của bảng tính (#N/A, #REF! …). Sửa hoặc xóa ô ấy.",
        "a spreadsheet's error (#N/A, #REF! …). Mend or clear the cell.",
    ),
    "formula": (
        "là một công thức chưa có kết quả. Mở bằng Excel, đợi tính xong, lưu lại rồi nhập.",
        "a formula without a result. Open it in Excel, let it calculate, save, import again.",
    ),
    "date": (
        "“{value}” là ngày tháng: Excel đã đổi một số thành ngày (6.5 thành ngày 6/5). "
        "Gõ lại số ấy, định dạng ô là Văn bản trước khi gõ.",
        "“{value}” is a date: Excel turned a number into one (6.5 into 6 May). "
        "Type it again in a cell formatted as text.",
    ),
    "score_none": ("“{value}” không phải là số. Viết như 6,5.", "“{value}” is not a number. Write it as 6.5."),
    "rank_none": ("“{value}” không phải là hạng. Viết như 5.", "“{value}” is not a rank. Write it as 5."),
    "rank_whole": (
        "hạng “{value}” phải là số nguyên.",
        "the rank “{value}” must be a whole number.",
    ),
    "rank_span": (
        "hạng “{value}” là một khoảng. Ghi một số, hoặc để trống.",
        "the rank “{value}” is a span. Write one number, or leave it empty.",
    ),
    "score_grouped": (
        "“{value}” có dấu phân cách hàng nghìn, ngoài mọi thang điểm. Sửa ô ấy.",
        "“{value}” is grouped by thousands, beyond any scale. Mend the cell.",
    ),
    "score_scale": (
        "{value} ngoài thang điểm {bounds}. Sửa ô ấy (điểm, không phải phần trăm).",
        "{value} is outside the scale {bounds}. Mend the cell (points, not per cent).",
    ),
    "score_of": (
        "“{value}” không theo thang điểm {high}. Sửa ô ấy hoặc kiểm tra chỉ số.",
        "“{value}” is not on the scale of {high}. Mend the cell or check the index.",
    ),
    "rank_scale": (
        "hạng “{value}” phải là số nguyên từ 1 đến {high}.",
        "the rank “{value}” must be a whole number from 1 to {high}.",
    ),
    "rank_of": (
        "hạng “{value}” không phải trong {high} đơn vị. Kiểm tra năm của bảng.",
        "the rank “{value}” is not one of {high} units. Check the table's year.",
    ),
}
