"""Each unit's own highest total, where some criteria do not apply to it: 68,32 of 84 is 81,33 per cent."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from data.definition import OVERALL
from data.intake.figures import Unread, missing, score
from data.intake.questions import Fault
from data.intake.understanding import Intake
from data.intake.who import Who
from data.text import Text

# A printed per cent has two decimals.
_SAME = 0.0151


def with_maxima(intake: Intake, who: Who) -> Intake:
    """The table with `maximum` beside totals; faults where it is missing, exceeded, or another by its per cent."""
    maxima: dict[str, float] = {}
    percent: dict[str, tuple[float, Text]] = {}
    faults: list[Fault] = []
    for reading in intake.readings:
        table = reading.table
        for heading, column in zip(table.columns, reading.columns, strict=True):
            own = column.why == "maximum"
            twin = column.why == "twin" and column.component == OVERALL and column.scale == "percent"
            if not own and not twin:
                continue
            for row in table.rows:
                unit = who.find(table.name(row)).unit
                cell = table.grid.cell(row, heading.at)
                if unit is None or missing(cell):
                    continue
                place = table.grid.where(row, heading.at, column.heading)
                try:
                    value = score(cell).value
                except Unread as unread:
                    faults.append(_wrong(place, f"“{unread.written}” không phải là số", "is not a number"))
                    continue
                if own:
                    maxima[unit] = value
                else:
                    shown = value * 100 if (row, heading.at) in table.grid.percent else value
                    percent[unit] = (shown, place)
    rows = intake.rows.with_columns(
        maximum=pl.when(component=OVERALL).then(
            pl.col("unit").replace_strict(maxima, default=None, return_dtype=pl.Float64)
        )
    )
    for total in rows.filter(component=OVERALL).drop_nulls("score").iter_rows(named=True):
        faults += _faults(total, percent.get(total["unit"]))
    return replace(intake, rows=rows, faults=(*intake.faults, *faults))


def _faults(row: dict[str, object], percent: tuple[float, Text] | None) -> list[Fault]:
    points, most, name = row["score"], row["maximum"], str(row["name"])
    named = Text(name, name)
    assert isinstance(points, float)
    if not isinstance(most, float) or most <= 0:
        return [_wrong(named, "thiếu điểm tối đa của đơn vị", "its own maximum is missing")]
    if points > most:
        return [_wrong(named, f"{points:g} điểm vượt điểm tối đa {most:g}", f"{points:g} points exceed {most:g}")]
    if percent is not None and abs(percent[0] - 100 * points / most) > _SAME:
        vi = f"{percent[0]:g}% khác {points:g}/{most:g} = {100 * points / most:.2f}%"
        return [_wrong(percent[1], vi, vi.replace("khác", "is not"))]
    return []


def _wrong(place: Text, vi: str, en: str) -> Fault:
    return Fault("own_maximum", Text(f"{place.vi}: {vi}. Sửa ô ấy.", f"{place.en}: {en}. Mend the cell."))
