"""A further edition of an index of one's own: its table read for its units, each block of them for itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from data.definition import ANY_COUNT, Edition, Index
from data.definition_file import indices
from data.frames import Frames
from data.intake import checks
from data.intake.entering import entered
from data.intake.opening import Opened
from data.intake.own_maximum import with_maxima
from data.intake.plan import Plan
from data.intake.questions import Fault, Faults
from data.intake.understanding import Intake, Status, drafted
from data.intake.who import Who
from data.names import PROVINCES, Names
from data.period import kind_of, named, said_in, year_of
from data.spelling import fold
from data.store import Person, Store, local
from data.text import Problem, Text

# Own editions may be of any year since provinces began to be ranked.
FIRST = 2000


def own(frames: Frames, index: str) -> bool:
    """Whether a code is that of an index of one's own, or of several blocks of one."""
    found = frames.blocks(index)
    return bool(found) and found[0].code not in indices()


def blocks_read(file: Opened, frames: Frames, index: str, period: int, plan: Plan | None = None) -> list[Intake]:
    """What a table says of the blocks of an index that it holds; of all where it holds none.

    Raises Problem for a period that the index does not have, and where there is no table.
    """
    there = [block_read(file, frames, block, period, plan) for block in frames.blocks(index)]
    return [intake for intake in there if not intake.rows.is_empty()] or there


def block_read(file: Opened, frames: Frames, index: Index, period: int, plan: Plan | None = None) -> Intake:
    """What a table says of one block: as `understanding.examined` reads the table of a published index."""
    plan = plan or Plan()
    _check(index, period)
    pattern = index.editions[-1]
    unit_set, year = pattern.unit_set, year_of(period)
    listed = unit_set not in PROVINCES
    # Headings and titles name calendar years; how many units there are, only the table says.
    edition = Edition(year, unit_set, ANY_COUNT if listed else pattern.units, pattern.announced)
    beside = tuple(
        other.editions[-1].unit_set for other in frames.blocks(index.family) if other.code != index.code
    )
    given = {fold(text): unit for text, unit in plan.names.items()}
    who = Who(Names.of(frames), unit_set, given, beside=beside if listed else ())
    intake = in_its_period(drafted(file, frames, replace(index, editions=(edition,)), who, plan), period)
    if index.own_maximum:
        intake = with_maxima(intake, who)
    whole = index if period in index.years else index.with_edition(period)
    rows = intake.rows
    found = replace(whole.edition(period), units=rows["unit"].n_unique() if listed else pattern.units)
    notes = (*intake.notes, *checks.notes(frames, whole, found, rows)) if listed else intake.notes
    faults = (*intake.faults, *beyond(index, rows)) if listed else intake.faults
    plan = replace(intake.plan, year=period)
    return replace(intake, index=whole, edition=found, notes=notes, faults=faults, plan=plan)


def enter_blocks(
    store: Store,
    intakes: list[Intake],
    *,
    source: str | None = None,
    status: Status | None = None,
    by: Person | None = None,
) -> list[int]:
    """Enter what a table says of one index, or of several blocks, in one step; the batches, one for each."""
    person = by or local()
    person.check("import")
    for intake in intakes:
        if intake.faults:
            raise Faults(list(intake.faults))
    with store.write("scores", person) as writing:
        return [entered(writing, intake, source=source or intake.source, status=status) for intake in intakes]


def beyond(index: Index, rows: pl.DataFrame) -> list[Fault]:
    """Ranks beyond the number of units: the table is not whole, or its groups are ranked together."""
    count = rows["unit"].n_unique()
    off = rows.filter(pl.col("published_rank") > count)
    if off.is_empty():
        return []
    row = off.row(0, named=True)
    return [
        Fault(
            "rank_scale",
            Text(
                f"{row['name']}: hạng {row['published_rank']}, mà bảng chỉ có {count} đơn vị của {index.name.vi}. "
                "Nhập cả bảng, hoặc sửa hạng.",
                f"{row['name']}: the rank {row['published_rank']}, but {index.name.en} has {count} units in the "
                "table. Enter the whole table, or mend the rank.",
            ),
        )
    ]


def in_its_period(intake: Intake, period: int) -> Intake:
    """The table as one of a part of a year: its titles may name that part, and no other."""
    if kind_of(period) == "year":
        return intake
    titles = [line for reading in intake.readings for line in (*reading.table.caption, reading.table.grid.name)]
    wrong = next((line for line in titles if said_in(line) and period % 100 not in said_in(line)), None)
    faults = list(intake.faults)
    if wrong is not None:
        faults.append(
            Fault(
                "period",
                Text(
                    f"Tiêu đề “{wrong[:80]}” không phải của {named(period, 'vi')}. Sửa --period hoặc tiêu đề.",
                    f"The title “{wrong[:80]}” is not of {named(period, 'en')}. Mend --period or the title.",
                ),
            )
        )
    questions = tuple(item for item in intake.questions if item.kind != "part_of_year")
    return replace(intake, questions=questions, faults=tuple(faults))


def _check(index: Index, period: int) -> None:
    """That a period is of the kind that the index has, and no future year."""
    kind, wanted = kind_of(period), kind_of(index.years[-1])
    if kind != wanted:
        example = named(index.years[-1], "vi"), named(index.years[-1], "en")
        raise Problem(
            f"{index.name.vi} có kỳ như {example[0]}; {named(period, 'vi')} không cùng loại. {_REMEDY[wanted].vi}",
            f"{index.name.en} has periods such as {example[1]}; {named(period, 'en')} is of another kind. "
            f"{_REMEDY[wanted].en}",
        )
    if not FIRST <= year_of(period) <= date.today().year:  # noqa: DTZ011
        raise Problem(
            f"Không nhập được năm {year_of(period)}. Ghi một năm từ {FIRST} đến nay.",
            f"The year {year_of(period)} cannot be entered. Give one from {FIRST} until now.",
        )


_REMEDY = {
    "year": Text("Bỏ --period.", "Leave --period out."),
    "half": Text("Thêm --period H1 hoặc H2.", "Add --period H1 or H2."),
    "quarter": Text("Thêm --period Q1, Q2, Q3 hoặc Q4.", "Add --period Q1, Q2, Q3 or Q4."),
    "month": Text("Thêm --period M1 … M12.", "Add --period M1 … M12."),
}
