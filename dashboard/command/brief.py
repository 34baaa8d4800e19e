"""Command that writes the brief: the overview of a province on one A4 page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboard.command import common
from dashboard.command.common import Province, year_of
from data.text import Problem, language

if TYPE_CHECKING:
    from data.frames import Frames

app = typer.Typer()


@app.command()
def brief(
    province: Province,
    out: Annotated[Path, typer.Option("--out", "-o")],
    index: Annotated[str | None, typer.Option("--index", "-i")] = None,
    year: Annotated[int | None, typer.Option("--year", "-y", parser=year_of, metavar="YEAR")] = None,
) -> None:
    from analytics.core.asker import PlainAsker
    from dashboard.command.terminal import print_line
    from dashboard.documents.brief.make import as_pdf, brief
    from dashboard.subject import Subject
    from dashboard.text.dates import today

    frames = common.load_frames()
    code = frames.index(index).code if index else next(iter(frames.indices))
    edition = _edition(frames, code, province) if year is None else frames.index(code).edition(year).year
    asker = PlainAsker.of(frames)
    found = asker.names.find(province, frames.index(code).edition(edition).unit_set)
    subject = Subject(asker, found.unit, frames.index(code), edition, language())
    _write(out, as_pdf(brief(subject, today())))
    if found.note is not None:
        print_line(f"• {found.note.in_(language())}")
    print_line(common.text("command.say.brief", path=out))


def _edition(frames: Frames, index: str, province: str) -> int:
    """The edition that the dashboard opens with; for a unit's code among those that score it."""
    from analytics.core.coverage import opening_year
    from data.names import set_of

    return opening_year(frames, index, set_of(province.strip()))


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Problem(
            f"Không ghi được tệp {out}: không có thư mục ấy hoặc không được phép ghi. Chọn --out khác.",
            f"{out} cannot be written: no such folder, or it may not be written to. Choose another --out.",
        ) from error
