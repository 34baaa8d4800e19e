"""The command that takes a table in: shows how it is read, asks what only its reader can say, enters it."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command.common import AsCsv, AsJson, open_store, show, text, year_of
from dashboard.text import say
from data.text import Language, Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer
    from data.frames import Frames
    from data.intake import Intake, Kept, Opened, Plan, Status
    from data.store import Store

app = typer.Typer()

# Exit status where a question is open: nothing is wrong with the file, and nothing was entered.
OPEN = 3

Many = list[str] | None


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
    span: Annotated[str | None, typer.Option("--period", metavar="Q3")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    table: Annotated[list[int] | None, typer.Option("--table", metavar="N")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet")] = None,
    heading: Annotated[str | None, typer.Option("--heading", metavar="5-6")] = None,
    column: Annotated[Many, typer.Option("--column", metavar="D=rank")] = None,
    scale: Annotated[str | None, typer.Option("--scale")] = None,
    drop: Annotated[Many, typer.Option("--drop", metavar="12-14")] = None,
    alias: Annotated[Many, typer.Option("--as", metavar="NAME=63-52")] = None,
    accept: Annotated[Many, typer.Option("--accept", metavar="KIND")] = None,
    weight: Annotated[Many, typer.Option("--weight", metavar="COMPONENT=5")] = None,
    plan: Annotated[Path | None, typer.Option("--plan", metavar="FILE")] = None,
    save_plan: Annotated[Path | None, typer.Option("--save-plan", metavar="FILE")] = None,
    cell: Annotated[Many, typer.Option("--cell", metavar="C7=6,5")] = None,
    anew: Annotated[bool, typer.Option("--anew")] = False,
    yes: Annotated[bool, typer.Option("--yes")] = False,
    source: Annotated[str | None, typer.Option("--source")] = None,
    status: Annotated[str | None, typer.Option("--status")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from dashboard.command.terminal import print_line
    from dashboard.command.weights import weights_of
    from data.frames import load
    from data.intake import Plan, enter_blocks, kept, opened
    from data.names import Names
    from data.period import period_of, readable

    chosen, content = _status(status), content_of(file)
    with open_store() as store:
        frames = load(store)
        opened_file = opened(file.name, content, Names.of(frames))
        given = decided(frames, index, table, sheet, heading, column, scale, drop, alias, accept, cell)
        given = replace(given, weights=weights_of(weight) or {})
        before = None if anew or plan is not None else kept(store, opened_file.shape)
        given = given.over(_plan(plan) if plan is not None else before.plan if before else Plan())
        when = readable(period_of(year, span)) if year is not None else given.year
        intakes = _read(opened_file, frames, index or given.index, when, given, dry_run)
        intake = _together(intakes)
        if yes and intake.questions and all(question.safe for question in intake.questions):
            accepted = tuple(question.kind for question in intake.questions)
            given = replace(given, accepted=(*given.accepted, *accepted))
            intakes = _read(opened_file, frames, index or given.index, when, given, dry_run)
            intake = _together(intakes)
        if save_plan is not None:
            save_plan.write_text(intake.plan.toml(), encoding="utf-8")
        held = dry_run or bool(intake.questions)
        ahead = _ahead(store, frames, intake, chosen) if held and not intake.questions else None
        batches = [] if held else enter_blocks(store, intakes, source=source, status=chosen)
    answer = _answer(intake, batches, chosen, before, ahead)
    if as_json or as_csv:
        show(answer, (), as_json, as_csv)
    else:
        for line in _as_before(before):
            print_line(line)
        for part in intakes:
            print_read(part, chosen, ahead)
        for batch in batches:
            print_line(text("command.say.imported", batch=batch))
        if dry_run and not intake.questions:
            print_line(text("command.say.dry_run"))
    if intake.questions:
        for question in intake.questions:
            sys.stderr.write(f"? {question.text}\n")
        raise typer.Exit(OPEN)


def _read(
    file: Opened, frames: Frames, index: str | None, year: int | None, plan: Plan, dry_run: bool
) -> list[Intake]:
    """The file as it is understood, block by block; units by their own names where nobody defined the index."""
    from data.definition import looked_at
    from data.intake import Faults, blocks_read, examined, examined_own, own, said
    from data.names import Names

    if index is None or year is None:
        index, year = said(file, Names.of(frames), frames.indices, index, year)
    if own(frames, index):
        found = blocks_read(file, frames, index, year, plan)
    elif dry_run and index.lower() not in frames.indices:
        found = [examined_own(file, frames, looked_at(index.lower(), year), plan)]
    else:
        found = [examined(file, frames, index, year, plan)]
    faults = [fault for intake in found for fault in intake.faults]
    if faults:
        raise Faults(list(dict.fromkeys(faults)))
    return found


def _ahead(store: Store, frames: Frames, intake: Intake, status: Status | None) -> Answer | None:
    """What entering the table would change; None of an index of one's own, or that nobody defined yet."""
    from analytics.core.prospect import prospect
    from data.intake import own, supposed

    if intake.index.code not in frames.indices or own(frames, intake.index.code):
        return None
    after = supposed(store, intake, status=status)
    return prospect(frames, after, intake.index.code, intake.edition.year)


def _as_before(before: Kept | None) -> list[str]:
    """That the table is read as an earlier one of its shape was."""
    from dashboard.text.dates import moment

    if before is None:
        return []
    when = moment(before.at, language())
    return [text("command.say.as_before", batch=before.batch, when=when, author=before.author)]


def _together(intakes: list[Intake]) -> Intake:
    """The blocks of one table as one, each question asked once."""
    import polars as pl

    if len(intakes) == 1:
        return intakes[0]
    questions = {(item.kind, item.cells): item for intake in reversed(intakes) for item in intake.questions}
    rows = pl.concat([intake.rows for intake in intakes], how="diagonal_relaxed")
    return replace(intakes[0], rows=rows, questions=tuple(questions.values()))


def decided(
    frames: Frames,
    index: str | None,
    table: list[int] | None,
    sheet: str | None,
    heading: str | None,
    column: Many,
    scale: str | None,
    drop: Many,
    alias: Many,
    accept: Many,
    cell: Many,
) -> Plan:
    """What the options say of the file, as a partial plan."""
    from data.intake import Plan
    from data.intake.plan import SCALES, column_of
    from data.names import Names, set_of

    components = {
        item.code
        for known in (frames.blocks(index) if index else frames.indices.values())
        for item in known.components
    }
    names = {}
    for written in alias or ():
        name, _, unit = written.rpartition("=")
        found = Names.of(frames)
        code = unit.strip()
        names[name.strip()] = found.find(unit, set_of(code) if code in found.units else "63").unit
    known = next((item for item in SCALES if item == scale), None)
    if scale is not None and known is None:
        raise Problem(
            f"--scale “{scale}” không có. Dùng {', '.join(SCALES[:3])}.",
            f"There is no --scale “{scale}”. Use {', '.join(SCALES[:3])}.",
        )
    rows = _lines("--heading", heading) if heading else []
    return Plan(
        tables=tuple(table or ()),
        sheet=sheet,
        heading=(rows[0], rows[-1]) if rows else None,
        columns=dict(column_of(written, components) for written in column or ()),
        scale=known,
        drop=tuple(line for written in drop or () for line in _dropped(written)),
        names=names,
        accepted=tuple(accept or ()),
        cells=dict(_retyped(written) for written in cell or ()),
    )


def _retyped(written: str) -> tuple[str, str]:
    """A cell and what it should say: `C7=6,5`, `PL2!C7=6,5`."""
    place, mark, said = written.partition("=")
    if not mark:
        raise Problem(
            f"--cell “{written}” không rõ. Viết như C7=6,5, hoặc Tên trang tính!C7=6,5.",
            f"--cell “{written}” is not clear. Write C7=6.5, or Sheet name!C7=6.5.",
        )
    return place.strip(), said.strip()


def _dropped(written: str) -> list[int | str]:
    """The lines to leave out, of one sheet alone where it is named: `12-14`, `PL2!12-14`."""
    sheet, mark, lines = written.rpartition("!")
    return [f"{sheet}!{line}" if mark else line for line in _lines("--drop", lines)]


def _lines(option: str, written: str) -> list[int]:
    """Line numbers as people write them: `12`, `12-14`, `3,5`."""
    found: list[int] = []
    for part in written.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise Problem(
                f"{option}: “{written}” không phải là số dòng. Viết 12 hoặc 12-14.",
                f"{option}: “{written}” names no lines. Write 12 or 12-14.",
            )
        found += range(int(first), int(last or first) + 1)
    return found


def _plan(file: Path) -> Plan:
    from data.intake import Plan

    return Plan.read(content_of(file).decode("utf-8", "replace"), file.name)


def _answer(
    intake: Intake, batches: list[int], chosen: str | None, before: Kept | None, ahead: Answer | None
) -> Answer:
    from analytics.core.answer import Answer, Coverage
    from data.definition import OVERALL
    from data.text import prefixed

    known = intake.rows.filter(component=OVERALL)["score"].count()
    figures = {
        "batch": batches[0] if batches else None,
        "units": intake.units,
        "weights": dict(intake.weights or {}),
        "columns": [asdict(column) for column in intake.columns],
        "compared": intake.compared,
        "contradicted": intake.contradicted.to_dicts(),
        "by_column": intake.by_column.to_dicts(),
        "status": chosen or intake.status,
        "tables": [_table(item) for item in intake.tables],
        "questions": [asdict(question) | {"text": str(question.text)} for question in intake.questions],
        "left_out": [asdict(row) for row in intake.left_out],
        "also": list(intake.also),
        "as_before": before.batch if before else None,
        "ahead": dict(ahead.figures) | {"ranks": ahead.rows.to_dicts()} if ahead else None,
        "plan": intake.plan.toml(),
    }
    coverage = Coverage(known, intake.edition.units)
    code, year = intake.index.code, intake.edition.year
    notes = (*intake.notes, *(prefixed("ahead", ahead.notes) if ahead else ()))
    return Answer("import", code, year, None, intake.rows, coverage, figures, notes)


def _table(item: Any) -> dict[str, Any]:
    return {
        "number": item.number,
        "sheet": item.grid.name,
        "caption": list(item.caption),
        "heading": [item.heading[0] + 1, item.heading[1] + 1],
        "rows": len(item.rows),
        "columns": [column.text for column in item.columns],
    }


def _status(written: str | None) -> Status | None:
    match written:
        case None | "published" | "provincial" as known:
            return known
    raise Problem(
        f"--status “{written}” không có. Dùng published hoặc provincial.",
        f"There is no --status “{written}”. Use published or provincial.",
    )


def content_of(file: Path) -> bytes:
    """The bytes of a file that somebody names. Raises Problem where it cannot be read."""
    from data.intake.opening import LARGEST

    try:
        with file.open("rb") as opened:  # a device would never end
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Problem(
            say("vi", "command.say.no_file", file=file),
            say("en", "command.say.no_file", file=file),
        ) from error


def print_read(intake: Intake, chosen: str | None = None, ahead: Answer | None = None) -> None:
    """Print what was read from a table."""
    from dashboard.command.terminal import print_line

    for line in _understood(_answer(intake, [], chosen, None, ahead), intake):
        print_line(line)


def _understood(answer: Answer, intake: Intake) -> list[str]:
    """What was read from a table, line by line."""
    from data.period import named

    lang: Language = language()
    figures: Any = answer.figures
    file, index = intake.file, intake.index
    count = sum(answer.rows[column].count() for column in ("score", "published_rank"))
    status = say(lang, f"status.{figures['status']}")
    lines = [
        text(
            "command.say.read",
            file=file,
            units=figures["units"],
            figures=count,
            index=index.name.in_(lang),
            year=named(intake.edition.year, lang),
        ),
        *_tables(intake, lang),
        text(
            "command.say.columns", columns="; ".join(_taken_for(item, index, lang) for item in figures["columns"])
        ),
    ]
    wrong = figures["contradicted"]
    if figures["compared"]:
        agreed = figures["compared"] - len(wrong)
        lines.append(text("command.say.compared", agreed=agreed, compared=figures["compared"], status=status))
    else:
        lines.append(text("command.say.nothing_compared", status=status))
    lines += [_counted(item, index, lang) for item in figures["by_column"]]
    for item in wrong:
        lines.append(text("command.say.contradicted", **_contradiction(item, index, lang)))
    return lines + [f"• {note.in_(lang)}" for note in answer.notes]


def _counted(item: dict[str, Any], index: Any, lang: Language) -> str:
    """How many figures of a column are new, agree and contradict."""
    component = index.component(item["component"]).short.in_(lang)
    kind = say(lang, f"command.kind.{item['figure']}")
    counts = {name: item[name] for name in ("fresh", "agreed", "contradicted")}
    return text("command.say.by_column", column=f"{component}, {kind}", **counts)


def _taken_for(column: dict[str, Any], index: Any, lang: Language) -> str:
    """A heading and what its column was taken for."""
    meaning = say(lang, f"command.kind.{column['kind']}")
    if column["component"] is not None:
        meaning = f"{index.component(column['component']).name.in_(lang)}, {meaning}"
    return f"{column['heading']} → {meaning}"


def _contradiction(item: dict[str, Any], index: Any, lang: Language) -> dict[str, str]:
    from data.number import decimal

    places = 2 if item["figure"] == "score" else 0
    component = index.component(item["component"]).name.in_(lang)
    heading = say(lang, "column.score" if item["figure"] == "score" else "column.shown_rank").lower()
    return {
        "name": item["name"],
        "component": f"{component}, {heading}",
        "known": decimal(item["known"], places, lang),
        "entered": decimal(item["entered"], places, lang),
    }


def _tables(intake: Intake, lang: Language) -> list[str]:
    """The tables of a file, where there are several."""
    if len(intake.tables) < 2:
        return []
    return [
        text(
            "command.say.table",
            number=table.number,
            sheet=table.grid.title.in_(lang) if table.grid.name else "",
            rows=len(table.rows),
            caption=" ".join(table.caption)[:80],
        )
        for table in intake.tables
    ]
