"""Commands on indices of one's own: made from a table, listed, shown as TOML, taken from TOML, removed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command.common import AsCsv, AsJson, load_frames, open_store, show, text, year_of
from dashboard.command.importing import OPEN, content_of, decided, print_read
from data.text import language

if TYPE_CHECKING:
    from data.intake import Drafted

app = typer.Typer(no_args_is_help=True)

Many = list[str] | None
Code = Annotated[str, typer.Argument(metavar="CODE")]


@app.command()
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    code: Annotated[str, typer.Option("--code", metavar="ddci")],
    name: Annotated[str, typer.Option("--name", metavar="DDCI")],
    year: Annotated[int, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")],
    span: Annotated[str | None, typer.Option("--period", metavar="Q3")] = None,
    units: Annotated[str | None, typer.Option("--units", metavar="SET")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    table: Annotated[list[int] | None, typer.Option("--table", metavar="N")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet")] = None,
    heading: Annotated[str | None, typer.Option("--heading", metavar="5-6")] = None,
    drop: Annotated[Many, typer.Option("--drop", metavar="12-14")] = None,
    accept: Annotated[Many, typer.Option("--accept", metavar="KIND")] = None,
    source: Annotated[str | None, typer.Option("--source")] = None,
    as_json: AsJson = False,
) -> None:
    from data.frames import load
    from data.intake import Faults, Wanted, create, defined_by, opened
    from data.names import Names
    from data.period import period_of

    content = content_of(file)
    wanted = Wanted(code.lower(), name.strip(), period_of(year, span), units, publisher)
    with open_store() as store:
        frames = load(store)
        plan = decided(frames, code, table, sheet, heading, None, None, drop, None, accept, None)
        drafted = defined_by(opened(file.name, content, Names.of(frames)), frames, wanted, plan)
        faults = [fault for intake in drafted.intakes for fault in intake.faults]
        if faults:
            raise Faults(list(dict.fromkeys(faults)))
        held = dry_run or bool(drafted.whole.questions)
        batches = [] if held else create(store, drafted, source=source)
    _print(drafted, batches, as_json)
    if drafted.whole.questions:
        for question in drafted.whole.questions:
            sys.stderr.write(f"? {question.text}\n")
        raise typer.Exit(OPEN)
    if not as_json:
        typer.echo(text("command.say.dry_run") if held else text("command.say.index_made", code=wanted.code))


def _print(drafted: Drafted, batches: list[int], as_json: bool) -> None:
    """What was understood: blocks, units, components with their maxima or weights, and the figures."""
    from analytics.core.answer import Answer, Coverage

    first, rows = drafted.whole, _rows(drafted)
    if as_json:
        figures: dict[str, Any] = {
            "toml": drafted.defined.toml,
            "batches": batches,
            "blocks": _blocks(drafted),
            "questions": [str(question.text) for question in first.questions],
        }
        coverage = Coverage(rows.height, rows.height)
        notes = tuple(note for intake in drafted.intakes for note in intake.notes)
        answer = Answer("index", first.index.family, first.edition.year, None, rows, coverage, figures, notes)
        show(answer, (), True, False)
        return
    for intake, block in zip(drafted.intakes, _blocks(drafted), strict=True):
        print_read(intake)
        typer.echo(text("command.say.index_block", **block))
        for line in _components(intake.index):
            typer.echo(line)


def _rows(drafted: Drafted) -> Any:
    import polars as pl

    return pl.concat([intake.rows for intake in drafted.intakes], how="diagonal_relaxed")


def _blocks(drafted: Drafted) -> list[dict[str, Any]]:
    return [
        {
            "code": intake.index.code,
            "name": intake.index.name.in_(language()),
            "units": intake.units,
            "components": len(intake.index.components) - 1,
        }
        for intake in drafted.intakes
    ]


def _components(index: Any) -> list[str]:
    """Each component with its maximum or weight, or that it has neither."""
    from data.number import decimal

    lang, regime = language(), index.regimes[0]
    lines = []
    for item in index.components[1:]:
        said = text("command.say.index_no_weight")
        if regime.maxima:
            said = text("command.say.index_maximum", value=decimal(regime.maxima[item.code], 2, lang))
        elif regime.weights:
            said = text("command.say.index_weight", value=decimal(100 * regime.weights[item.code], 1, lang))
        lines.append(f"• {item.name.in_(lang)} ({item.code}): {said}")
    return lines


@app.command("list")
def list_(as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    import polars as pl

    from analytics.core.answer import Answer, Coverage
    from data.definition_file import indices
    from data.period import named

    frames = load_frames()
    rows = pl.DataFrame(
        [
            {
                "index": index.code,
                "name": index.name.vi,
                "name_en": index.name.en,
                "own": index.code not in indices(),
                "unit_set": index.editions[-1].unit_set,
                "units": index.editions[-1].units,
                "components": len(index.components_of(index.years[-1])),
                "editions": len(index.editions),
                "newest": named(index.years[-1], language()),
            }
            for index in frames.indices.values()
        ]
    )
    answer = Answer("index", None, None, None, rows, Coverage(rows.height, rows.height))
    name = "name" if language() == "vi" else "name_en"
    show(answer, ("index", name, "units", "components", "editions", "newest"), as_json, as_csv)


@app.command("show")
def show_(code: Code) -> None:
    from data.definition_file import FOLDER, indices
    from data.own.kept import kept

    if code.lower() in indices():
        sys.stdout.write((FOLDER / f"{code.lower()}.toml").read_text(encoding="utf-8"))
        return
    with open_store() as store:
        sys.stdout.write(kept(store, code.lower()).toml)


@app.command()
def add(file: Annotated[Path, typer.Argument(metavar="FILE.toml")]) -> None:
    from data.own.file import read
    from data.own.kept import add
    from data.text import Problem

    try:
        written = content_of(file).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            f"{file.name}: không phải tệp chữ UTF-8. Lưu lại bằng UTF-8.",
            f"{file.name}: is no UTF-8 text. Save it as UTF-8.",
        ) from error
    with open_store() as store:
        code = add(store, read(written, file.name), file=file.name)
    typer.echo(text("command.say.index_kept", code=code))


@app.command()
def remove(code: Code) -> None:
    from data.own.kept import remove

    with open_store() as store:
        remove(store, code.lower())
    typer.echo(text("command.say.index_removed", code=code.lower()))
