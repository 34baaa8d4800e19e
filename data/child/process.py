"""Reads one file of a table in a process of its own: file in, cells out; `data.intake.opening` runs it.

A file can crash the library that reads it, hold it for ever or fill the memory: then this process dies, and the
one that asked says so.

Standard input: a line of JSON with the provinces' `names` and `spellings`, by which encodings are told apart, then
the file. Standard output: one JSON object, `{"kind": …, "sheets": …}` or `{"refused": why, "place": where}`.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

if __name__ == "__main__":  # this project before any other that is installed, but after Python's own modules
    installed = (place for place, folder in enumerate(sys.path) if folder.endswith("-packages"))
    sys.path.insert(next(installed, len(sys.path)), str(Path(__file__).parents[2]))

from data.child.refused import CELLS, SHEETS, Refused
from data.child.sheets import Sheet

# Room for the interpreter, the library and any table that people make; seconds of processor time.
MEMORY = 400 << 20
SECONDS = 3

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


def limit() -> None:
    """Have the system end this process when it takes too much; where it has no such limits, a clock does."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def kind_of(content: bytes) -> str:
    """What a file is by what it holds; its name may say anything. Raises Refused for what holds no table."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
        marks = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}
        found = next(
            (kind for part, kind in marks.items() if part in parts), "ods" if "content.xml" in parts else ""
        )
        if not found:
            raise Refused("kind")
        return found
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().replace(b"\0", b"")
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("password")
        return "xls"
    if content.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02")):
        return "xls"
    if b"%PDF" in content[:1024]:
        return "pdf"
    if content.startswith(_PICTURES):
        raise Refused("scan")
    if head.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Refused("kind")
    marks_of_html = (b"<html", b"<table", b"<!doctype html", b"<body", b"<meta", b"<div")
    return "html" if head.startswith(b"<") and any(mark in head for mark in marks_of_html) else "text"


def read(content: bytes, names: list[str], spellings: set[str]) -> tuple[str, list[Sheet]]:
    """The kind of a file and its sheets; raises Refused."""
    try:
        kind = kind_of(content)
        return kind, _sheets(kind, content, names, spellings)
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:  # the libraries raise whatever their tables meet in a file that isn't whole
        raise Refused("unreadable") from error


def _sheets(kind: str, content: bytes, names: list[str], spellings: set[str]) -> list[Sheet]:
    """Each kind's library is loaded only for a file of that kind."""
    if kind == "text":
        from data.child import text

        return text.read(content, names, spellings)
    if kind == "html":
        from data.child import markup

        return markup.read(content, names)
    if kind == "pdf":
        from data.child import portable

        return portable.read(content)
    from data.child import workbook

    if kind != "xls":
        workbook.check_size(content)
    if kind == "docx":
        from data.child import word

        return word.read(content)
    return workbook.read(kind, content)


def main() -> None:
    """Answer one file."""
    limit()
    try:
        header, _, content = sys.stdin.buffer.read().partition(b"\n")
        known = json.loads(header)
        kind, sheets = read(content, known["names"], set(known["spellings"]))
        if len(sheets) > SHEETS or sum(sheet.size for sheet in sheets) > CELLS:
            raise Refused("large")
        answer: dict[str, object] = {"kind": kind, "sheets": [sheet.plain() for sheet in sheets]}
    except Refused as refused:
        answer = {"refused": refused.why, "place": refused.place}
    except MemoryError:
        answer = {"refused": "large", "place": ""}
    except RecursionError:
        answer = {"refused": "unreadable", "place": ""}
    except BaseException as error:  # a panic of the library below is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        answer = {"refused": "unreadable", "place": ""}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
