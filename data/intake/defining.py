"""A table of an index that nobody defined yet: its units, blocks and components, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from data.definition import ANY_COUNT, MERGED, OVERALL, Component, Edition, Index, Printed, Regime
from data.frames import Frames
from data.intake import checks
from data.intake.blocks import ANY, Block, blocks
from data.intake.entering import entered
from data.intake.further import FIRST, beyond, in_its_period
from data.intake.mending import mended
from data.intake.opening import Opened
from data.intake.own_maximum import with_maxima
from data.intake.parts import Parts, parts_of
from data.intake.plan import Plan
from data.intake.questions import Faults
from data.intake.tables import tables
from data.intake.understanding import Intake, drafted
from data.intake.who import Who
from data.names import PROVINCES, Names
from data.own.file import Defined
from data.own.kept import added
from data.own.units import SET, OwnUnit, UnitList
from data.period import year_of
from data.store import Person, Store, local
from data.text import Problem, Text

# Provinces are meant where a column names so many of them.
_ENOUGH = 3
# The first 15 of 63, and the same share of others.
_TARGET = 15 / 63
# Behind the published ones in every list.
_POSITION = 100
_TOTAL = Text("Tổng điểm", "Total")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a new index: code, name, and the period of the table.

    `units` is the code of a unit set that is there, or that the new one gets (the index's own by default).
    `publisher` is who announces it.
    """

    code: str
    name: str
    year: int
    units: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Drafted:
    """An index as a table gave it, and the table's figures of each of its blocks."""

    defined: Defined
    intakes: tuple[Intake, ...]

    @property
    def whole(self) -> Intake:
        """What was read of the table: columns, rows left out, notes, questions, faults."""
        return self.intakes[0]


def defined_by(file: Opened, frames: Frames, wanted: Wanted, plan: Plan | None = None) -> Drafted:
    """The index that a table defines, with its figures.

    Raises Problem for a code that is taken or no code, and for a file in which there is no table.
    """
    plan = plan or Plan()
    _check(frames, wanted)
    who = _who(file, frames, wanted, plan)
    draft = _draft(replace(wanted, year=year_of(wanted.year)), who.unit_set)
    heading = None if plan.heading is None else (plan.heading[0] - 1, plan.heading[1] - 1)
    found = tables(mended(file.grids, plan.cells), who.knows, heading=heading)
    parts = parts_of(found, draft, draft.editions[0], {})
    intake = in_its_period(drafted(file, frames, _with(draft, parts), who, plan), wanted.year)
    if parts.own_maximum:
        intake = with_maxima(intake, who)
    if intake.rows.is_empty():
        return Drafted(Defined((_with(draft, parts),)), (intake,))
    if not who.own:
        index = _index(wanted, parts, intake.rows, who.unit_set, Block("", ANY, ()))
        return Drafted(Defined((index,)), (_of(intake, index, frames, {}),))
    there = blocks(intake.readings, intake.left_out, who, intake.rows)
    made = [_made(intake, wanted, parts, block, code, frames) for block, code in _coded(there, wanted)]
    return Drafted(
        Defined(tuple(index for index, _, _ in made), tuple(listed for _, listed, _ in made)),
        tuple(part for _, _, part in made),
    )


def create(store: Store, drafted: Drafted, *, source: str | None = None, by: Person | None = None) -> list[int]:
    """Keep the index and enter its first edition, in one step; the batches, one for each block.

    Raises Problem where `by` may not, and where a question is open or a fault left.
    """
    person = by or local()
    person.check("import")
    for intake in drafted.intakes:
        if intake.faults:
            raise Faults(list(intake.faults))
    with store.write("scores", person) as writing:
        added(writing, drafted.defined, drafted.whole.file)
        return [entered(writing, intake, source=source or intake.source) for intake in drafted.intakes]


def _check(frames: Frames, wanted: Wanted) -> None:
    if not SET.fullmatch(wanted.code) or "." in wanted.code:
        raise Problem(
            f"Mã chỉ số “{wanted.code}” phải bắt đầu bằng chữ, gồm chữ thường không dấu và số, ví dụ ddci.",
            f"The code “{wanted.code}” must begin with a letter and hold plain lower-case letters and digits, "
            "such as ddci.",
        )
    if frames.blocks(wanted.code):
        raise Problem(
            f"Chỉ số “{wanted.code}” đã có. Nhập kỳ mới bằng vuotbac import FILE --index {wanted.code}, "
            "hoặc chọn mã khác.",
            f"The index “{wanted.code}” is there. Enter a further edition with vuotbac import FILE --index "
            f"{wanted.code}, or choose another code.",
        )
    if not wanted.name.strip():
        raise Problem("Thiếu tên chỉ số. Ghi tên.", "The index has no name. Write one.")
    if wanted.units is not None and wanted.units not in PROVINCES and not SET.fullmatch(wanted.units):
        raise Problem(
            f"Mã danh sách đơn vị “{wanted.units}” phải là chữ thường không dấu và số, ví dụ so.",
            f"The unit set's code “{wanted.units}” must be plain lower-case letters and digits, such as so.",
        )


def _who(file: Opened, frames: Frames, wanted: Wanted, plan: Plan) -> Who:
    """Whose names stand in the table: provinces', those of a list that is there, or new ones."""
    names = Names.of(frames)
    if wanted.units is not None and wanted.units in names.keys:
        return Who(names, wanted.units)
    unit_set = "34" if year_of(wanted.year) >= MERGED else "63"
    provinces = Who(names, unit_set)
    grids = mended(file.grids, plan.cells)
    for table in tables(grids, provinces.knows) if wanted.units is None else ():
        known = {unit for row in table.rows if (unit := provinces.knows(table.name(row)))}
        if len(known) >= _ENOUGH:
            return provinces
    return Who(names, "63", own=True)


def _draft(wanted: Wanted, unit_set: str) -> Index:
    """The index with a total alone, any number of units and no components yet."""
    name = Text(wanted.name, wanted.name)
    publisher = Text(wanted.publisher, wanted.publisher) if wanted.publisher else Text("Tỉnh", "The province")
    return Index(
        code=wanted.code,
        position=_POSITION,
        name=name,
        full_name=name,
        publisher=publisher,
        component_word=Text("thành phần", "component"),
        target_group={unit_set: 1},
        announcements={"own": Text("Chỉ số tự định nghĩa trong kho này.", "An index defined in this store.")},
        components=(Component(OVERALL, _TOTAL, _TOTAL, 0, 100, printed=_printed(name.vi)),),
        regimes=(Regime("1", FIRST, ()),),
        editions=(Edition(wanted.year, unit_set, ANY_COUNT, "own"),),
    )


def _printed(name: str) -> tuple[Printed, ...]:
    """How a table may head its total beside the usual words: by the index's name, or as of a reform index."""
    said = (f"Chỉ số {name}", f"Điểm {name}", f"Kết quả {name}", "Chỉ số CCHC", "Điểm CCHC", "Kết quả CCHC")
    return tuple(Printed(text, "table") for text in said)


def _with(draft: Index, parts: Parts) -> Index:
    """The draft with the components of its table."""
    total = replace(draft.components[0], maximum=parts.total)
    weights = parts.maxima or parts.weights
    regime = Regime(
        "1",
        FIRST,
        tuple(item.code for item in parts.components),
        weights=dict(parts.weights) if parts.weights else None,
        maxima=dict(parts.maxima) if parts.maxima else None,
        additive=parts.maxima is not None,
        weight_status="published" if weights else "unknown",
    )
    components = parts.components
    if parts.weights:  # shares of components that are on the total's own scale
        components = tuple(replace(item, maximum=parts.total) for item in components)
    return replace(draft, components=(total, *components), regimes=(regime,), own_maximum=parts.own_maximum)


def _coded(there: list[Block], wanted: Wanted) -> list[tuple[Block, str]]:
    """Each block with what stands behind the point of its code; nothing where there is one block alone."""
    if len(there) == 1:
        return [(there[0], "")]
    used: set[str] = set()
    found = []
    for number, block in enumerate(there, start=1):
        code = block.kind.code or f"khoi{number}"
        code = code if code not in used else f"{code}{number}"
        used.add(code)
        found.append((block, f".{code}"))
    return found


def _made(
    intake: Intake, wanted: Wanted, parts: Parts, block: Block, ending: str, frames: Frames
) -> tuple[Index, UnitList, Intake]:
    """The index of a block, its units, and its figures under their codes."""
    unit_set = f"{wanted.units or wanted.code}{ending}"
    width = max(2, len(str(len(block.units))))
    units = tuple(
        OwnUnit(f"{number:0{width}d}", Text(name, name)) for number, name in enumerate(block.units, start=1)
    )
    name = Text(block.label or wanted.name, block.label or wanted.name)
    listed = UnitList(unit_set, name, block.kind.word, units)
    keys = {unit.name.vi: listed.key(unit) for unit in units}
    rows = intake.rows.filter(pl.col("unit").is_in(list(block.units)))
    index = _index(replace(wanted, code=f"{wanted.code}{ending}"), parts, rows, unit_set, block)
    return index, listed, _of(intake, index, frames, keys)


def _index(wanted: Wanted, parts: Parts, rows: pl.DataFrame, unit_set: str, block: Block) -> Index:
    """The index as it is kept: of the components of which the block has figures, and of its number of units."""
    there = set(rows["component"])
    own = tuple(item for item in parts.components if item.code in there)
    kept = replace(parts, components=own)
    if len(own) < len(parts.components):
        kept = replace(
            kept, maxima=_adding(parts.maxima, own, parts.total), weights=_adding(parts.weights, own, 1)
        )
    count = rows["unit"].n_unique()
    name = f"{wanted.name} · {block.label}" if block.label else wanted.name
    return replace(
        _with(_draft(wanted, unit_set), kept),
        name=Text(name, name),
        full_name=Text(name, name),
        target_group={unit_set: max(1, round(count * _TARGET))},
        editions=(Edition(wanted.year, unit_set, count, "own"),),
    )


def _adding(
    given: Mapping[str, float] | None, own: tuple[Component, ...], total: float
) -> dict[str, float] | None:
    """What is given of the components that a block has, where they still make up the whole."""
    kept = {item.code: given[item.code] for item in own} if given else {}
    return kept if kept and abs(sum(kept.values()) - total) < 0.011 else None


def _of(intake: Intake, index: Index, frames: Frames, keys: Mapping[str, str]) -> Intake:
    """The part of a table that is a block's, with what must be said of it."""
    rows = intake.rows
    if keys:
        rows = rows.filter(pl.col("unit").is_in(list(keys))).with_columns(
            pl.col("unit").replace_strict(dict(keys))
        )
    edition = index.editions[0]
    notes = (*intake.notes, *checks.notes(frames, index, edition, rows))
    return replace(
        intake, index=index, edition=edition, rows=rows, notes=notes, faults=(*intake.faults, *beyond(index, rows))
    )
