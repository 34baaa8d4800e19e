"""How a file was read, in sentences: other editions in it, what was left out, what was taken for what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.definition import Edition, Index
from data.intake.asides import REASONS
from data.intake.choosing import Reading
from data.intake.reading import LeftOut, Read
from data.text import Note

_NAMED = 6


def notes_of(
    chosen: Sequence[Reading],
    read: Sequence[Read],
    left_out: Sequence[LeftOut],
    also: Mapping[int, str],
    edition: Edition,
    index: Index,
) -> list[Note]:
    """What its reader should know of how a file was read."""
    found: list[Note] = []
    charsets = {reading.table.grid.charset for reading in chosen} & {"TCVN3", "VNI", "cp1258", "cp1252"}
    for charset in sorted(charsets):
        found.append(
            Note.of(
                f"charset:{charset}",
                f"Tệp theo mã {charset}, đã chuyển sang Unicode.",
                f"The file is in {charset} and was converted to Unicode.",
            )
        )
    if also:
        there = ", ".join(map(str, sorted(also)))
        sheets = ", ".join(dict.fromkeys(reading.table.grid.name for reading in chosen if reading.table.grid.name))
        place = f" ({sheets})" if sheets else ""
        found.append(
            Note.of(
                "also",
                f"Đọc số liệu năm {edition.year}{place}; tệp còn có số liệu năm {there}, không nhập lần này.",
                f"Read the figures of {edition.year}{place}; the file also holds {there}, not entered now.",
            )
        )
    if left_out:
        named = [f"dòng {item.line} “{item.text[:40]}” ({REASONS[item.why].vi})" for item in left_out[:_NAMED]]
        english = [f"line {item.line} “{item.text[:40]}” ({REASONS[item.why].en})" for item in left_out[:_NAMED]]
        more = len(left_out) - len(named)
        found.append(
            Note.of(
                "left_out",
                f"Bỏ qua {len(left_out)} dòng: {'; '.join(named)}{f' và {more} dòng nữa' if more else ''}.",
                f"Left out {len(left_out)} rows: {'; '.join(english)}{f' and {more} more' if more else ''}.",
            )
        )
    unknown = [
        column.heading
        for reading in chosen
        for column in reading.columns
        if column.kind == "unknown" and column.heading
    ]
    if unknown:
        named_columns = ", ".join(f"“{heading}”" for heading in dict.fromkeys(unknown))
        found.append(
            Note.of(
                "unknown_columns",
                f"Không rõ, bỏ qua: {named_columns}.",
                f"Not known and left out: {named_columns}.",
            )
        )
    hidden = sum(bool(reading.table.grid.hidden_rows or reading.table.grid.hidden_columns) for reading in chosen)
    if hidden:
        found.append(
            Note.of("hidden", "Dòng và cột bị ẩn không được đọc.", "Hidden rows and columns are not read.")
        )
    counted: dict[str, int] = {}
    for part in read:
        for key, text in part.notes:
            counted[key] = counted.get(key, 0) + 1
            found.append(Note(f"{key}:{counted[key]}", text))
    return found
