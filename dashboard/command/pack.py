"""Command that writes packs: slides, report, workbook and charts of one province, or of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import Index, Year, text
from data.text import Problem, language

if TYPE_CHECKING:
    import polars as pl

    from dashboard.documents.content.specification import Specification
    from data.frames import Frames
    from data.text import Text

app = typer.Typer()


@app.command()
def pack(
    index: Index,
    year: Year,
    out: Annotated[Path, typer.Option("--out", "-o")],
    province: Annotated[str | None, typer.Option("--province", "-p")] = None,
    all_: Annotated[bool, typer.Option("--all")] = False,
    against: Annotated[str, typer.Option("--against", "-a")] = "target",
    top: Annotated[int | None, typer.Option("--top")] = None,
    peers: Annotated[str | None, typer.Option("--peers")] = None,
    contents: Annotated[str | None, typer.Option("--contents")] = None,
    format_: Annotated[str | None, typer.Option("--format", "-f")] = None,
    zip_: Annotated[bool, typer.Option("--zip")] = False,
) -> None:
    from dashboard.command.terminal import print_line
    from dashboard.documents.delivery import check
    from dashboard.documents.formats import FORMATS
    from dashboard.documents.pack import check_formats
    from data.frames import load

    formats = check_formats(tuple(FORMATS) if format_ is None else _listed(format_))
    with common.open_store() as store:
        frames, written = load(store), store.entered("note")
    asked, notes = _specifications(
        frames, _provinces(frames, index, year, province, all_), index, year, against, top, peers, contents
    )
    check(out)
    for note in notes:
        print_line(f"• {note.in_(language())}")
    _write_all(frames, written, asked, formats, out, zip_, apart=all_)


def _listed(written: str) -> list[str]:
    return [item.strip() for item in written.split(",") if item.strip()]


def _provinces(frames: Frames, index: str, year: int, province: str | None, everyone: bool) -> list[str]:
    """The provinces asked for: the one named, or all of the edition by code."""
    import polars as pl

    if everyone == (province is not None):
        raise Problem(
            "Ghi --province hoặc --all, một trong hai.",
            "Give either --province or --all.",
        )
    if province is not None:
        return [province]
    unit_set = frames.index(_first(index)).edition(year).unit_set
    there = frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        unit_set=unit_set,
    )
    return list(there["unit"])


def _first(index: str) -> str:
    return next(iter(_listed(index)), "")


def _specifications(
    frames: Frames,
    who: list[str],
    index: str,
    year: int,
    against: Any,
    top: int | None,
    peers: str | None,
    contents: str | None,
) -> tuple[list[Specification], list[Text]]:
    """The packs asked for, each checked before anything is made, and notes on names not meant literally."""
    from dashboard.documents.content.specification import EVERYTHING, resolved

    found, notes = [], []
    for unit in who:
        specification, note = resolved(
            frames,
            unit,
            _listed(index),
            year,
            against=against,
            peers=_listed(peers or ""),
            top=top,
            contents=EVERYTHING if contents is None else _listed(contents),
            lang=language(),
        )
        found.append(specification)
        notes += [] if note is None else [note]
    return found, notes


def _write_all(
    frames: Frames,
    noted: pl.DataFrame,
    asked: list[Specification],
    formats: tuple[str, ...],
    out: Path,
    zip_: bool,
    *,
    apart: bool,
) -> None:
    """Make and write the packs one after the other; those of which nothing is known are named at the end."""
    from dashboard.charts.export.drawing import Drawers
    from dashboard.command.terminal import print_line
    from dashboard.documents.delivery import deliver
    from dashboard.documents.pack import pack, stem, zipped
    from data.notes import by_index

    written, empty = 0, []
    with _bar(len(asked)) as told, Drawers() as drawers:
        for place, specification in enumerate(asked):
            name = _named(frames, specification) if apart else ""
            try:
                asked_of = specification.indices, specification.province, specification.year
                notes = by_index(noted, frames, *asked_of)
                files: Mapping[str, bytes] = pack(
                    frames, specification, formats, told(place, name), notes, drawers=drawers
                )
            except Problem:
                if not apart:
                    raise
                empty.append(name)
                continue
            if zip_:
                files = {f"vuotbac-{stem(specification)}-{specification.lang}.zip": zipped(files)}
            deliver(out / specification.province if apart and not zip_ else out, files)
            written += len(files)
    if empty:
        print_line(text("command.say.pack_empty", count=len(empty), names=", ".join(empty)))
    print_line(text("command.say.packed", packs=len(asked) - len(empty), files=written, path=out))


def _named(frames: Frames, specification: Specification) -> str:
    return str(frames.unit.filter(unit=specification.province)[f"name_{language()}"].item())


@contextmanager
def _bar(packs: int) -> Iterator[Callable[[int, str], Callable[[float, str], None]]]:
    """A progress bar on a terminal, nothing elsewhere; yields a function that gives the callback of one pack."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=packs)

        def of(place: int, name: str) -> Callable[[float, str], None]:
            def told(share: float, doing: str) -> None:
                said = f"{name}: {doing}" if name else doing
                progress.update(task, completed=place + share, description=said)

            return told

        yield of
