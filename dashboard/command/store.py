"""Commands on the store (build, import, batches, undo) and on the dashboard itself (serve)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from dashboard.command.common import AsCsv, AsJson, Index, Year, load_frames, open_store, show, text
from dashboard.text import say
from data.text import Language, Problem, language

if TYPE_CHECKING:
    from analytics.core.answer import Answer

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", metavar="NAME")] = None,
    read_only: Annotated[bool, typer.Option("--read-only")] = False,
) -> None:
    from dashboard.server.serve import serve

    def say(address: str) -> None:
        from dashboard.session.person import shown_only

        typer.echo(text("command.say.serving", address=address))
        if why := shown_only():
            typer.echo(text(f"command.say.shows_{why}"))

    serve(host, port, browser, say, hosts=allow_host or (), read_only=read_only)


@app.command()
def build(without_entries: Annotated[bool, typer.Option("--without-entries")] = False) -> None:
    from dashboard.command.terminal import print_line
    from data.store import Store, default_path, place_of
    from data.store.entries import Entries

    path = default_path()
    Store(path, Entries(place_of(path))).build(without_entries=without_entries)
    print_line(text("command.say.built", path=path))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    index: Index,
    year: Year,
    dry_run: Annotated[bool, typer.Option("--dry-run")] = False,
    source: Annotated[str | None, typer.Option("--source")] = None,
    status: Annotated[str | None, typer.Option("--status")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line
    from data.definition import OVERALL
    from data.frames import load
    from data.intake import enter, understand

    chosen = _status(status)
    with open_store() as store:
        intake = understand(file, _content(file), load(store), index, year)
        batch = None if dry_run else enter(store, intake, source=source, status=chosen)
    known = intake.rows.filter(component=OVERALL)["score"].count()
    figures = {
        "batch": batch,
        "units": intake.units,
        "columns": [asdict(column) for column in intake.columns],
        "compared": intake.compared,
        "contradicted": intake.contradicted.to_dicts(),
        "status": chosen or intake.status,
    }
    coverage = Coverage(known, intake.edition.units)
    code = intake.index.code
    answer = Answer("import", code, year, None, intake.rows, coverage, figures, intake.notes)
    if as_json or as_csv:
        show(answer, (), as_json, as_csv)
        return
    for line in _understood(answer, intake.file, intake.index):
        print_line(line)
    print_line(text("command.say.dry_run") if dry_run else text("command.say.imported", batch=batch))


@app.command()
def batches(as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line

    rows = load_frames().batch.rename({"entered_at": "when"})
    answer = Answer("batches", None, None, None, rows, Coverage(rows.height, rows.height))
    if rows.is_empty() and not as_json and not as_csv:
        print_line(text("command.say.no_batches"))
        return
    columns = ("batch", "when", "file", "index", "year", "rows", "status", "source", "undone_at")
    show(answer, columns, as_json, as_csv)


@app.command()
def undo(
    batch: Annotated[int, typer.Argument(metavar="BATCH")], as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line
    from data.intake import undo

    with open_store() as store:
        undo(store, batch)
    if as_json or as_csv:
        rows = load_frames().batch.filter(batch=batch)
        show(Answer("undo", None, None, None, rows, Coverage(1, 1)), (), as_json, as_csv)
    else:
        print_line(text("command.say.undone", batch=batch))


def _status(written: str | None) -> Literal["published", "provincial"] | None:
    match written:
        case None | "published" | "provincial" as known:
            return known
    raise Problem(
        f"--status “{written}” không có. Dùng published hoặc provincial.",
        f"There is no --status “{written}”. Use published or provincial.",
    )


def _content(file: Path) -> bytes:
    from data.sheet import LARGEST

    try:
        with file.open("rb") as opened:  # a device would never end
            return opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Problem(
            say("vi", "command.say.no_file", file=file),
            say("en", "command.say.no_file", file=file),
        ) from error


def _understood(answer: Answer, file: str, index: Any) -> list[str]:
    """What was read from a table, line by line."""
    lang: Language = language()
    figures: Any = answer.figures
    count = sum(answer.rows[column].count() for column in ("score", "published_rank"))
    status = say(lang, f"status.{figures['status']}")
    lines = [
        text(
            "command.say.read",
            file=file,
            units=figures["units"],
            figures=count,
            index=index.name.in_(lang),
            year=answer.year,
        ),
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
    for item in wrong:
        lines.append(text("command.say.contradicted", **_contradiction(item, index, lang)))
    return lines + [f"• {note.in_(lang)}" for note in answer.notes]


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
