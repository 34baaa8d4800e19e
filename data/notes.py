"""What a province writes of its own figures: causes, remedies, who and when, component by component."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from data.frames import Frames
from data.store import append, write
from data.text import Problem

LONGEST = 5000
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one component: two texts in Markdown, and two lines."""

    cause: str = ""
    remedy: str = ""
    responsible: str = ""
    deadline: str = ""

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(frozen=True, slots=True)
class Version:
    """What was once written of a component, when (UTC), under its number; empty words took it back."""

    number: int
    written_at: datetime
    words: Words


def versions(frames: Frames, unit: str, index: str, year: int, component: str) -> list[Version]:
    """All that was ever written of a component, newest first: the first is what stands."""
    rows = frames.note.filter(unit=unit, index=index, year=year, component=component)
    names = [field.name for field in fields(Words)]
    return [
        Version(row["note"], row["written_at"], Words(**{name: row[name] for name in names}))
        for row in rows.sort("note", descending=True).iter_rows(named=True)
    ]


def notes(frames: Frames, unit: str, index: str, year: int) -> dict[str, Words]:
    """What stands written of a unit in an edition, by component, in the order of the definition.

    Raises Problem for an index that does not exist.
    """
    rows = frames.note.filter(unit=unit, index=index, year=year).unique(
        "component", keep="last", maintain_order=True
    )
    names = [field.name for field in fields(Words)]
    written = {
        row["component"]: Words(**{name: row[name] for name in names}) for row in rows.iter_rows(named=True)
    }
    order = [item.code for item in frames.index(index).components]
    return {code: written[code] for code in order if written.get(code)}


def note(path: Path, frames: Frames, unit: str, index: str, year: int, component: str, words: Words) -> None:
    """Write what is said of a component; what stood before stays on record. Empty words take it back.

    Raises Problem for a unit, edition or component there isn't, and for words too long.
    """
    definition = frames.index(index)
    definition.edition(year)
    definition.check_component(component, year)
    if unit not in frames.unit["unit"]:
        raise Problem(f"Không có đơn vị “{unit}”.", f"There is no unit “{unit}”.")
    trimmed = Words(**{name: text.strip() for name, text in asdict(words).items()})
    for name, text in asdict(trimmed).items():
        most = LONGEST if name in ("cause", "remedy") else LONGEST_LINE
        if len(text) > most:
            raise Problem(
                f"Nội dung dài {len(text)} ký tự, quá {most}. Hãy rút gọn.",
                f"The text is {len(text)} characters long, over {most}. Shorten it.",
            )

    def change(connection: duckdb.DuckDBPyConnection) -> None:
        number = int(connection.sql("SELECT coalesce(max(note), 0) + 1 FROM note").pl().item())
        record = {
            "note": number,
            "written_at": datetime.now(UTC).replace(tzinfo=None),
            "unit": unit,
            "index": definition.code,
            "year": year,
            "component": component,
        }
        append(connection, "note", pl.DataFrame([record | asdict(trimmed)]))

    write(path, change)
