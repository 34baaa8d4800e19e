"""Writes files into a folder: all of them, or none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from data.text import Problem


def check(folder: Path) -> None:
    """Make the folder if it does not exist; raises Problem where it can't be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".vuotbac-", dir=folder):
            pass
    except OSError as error:
        raise _unwritable(folder) from error


def deliver(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by name (a name may have folders in it), replacing those of the same names.

    They are written aside and moved when all are complete, so that an interruption leaves the old files. Raises
    Problem where they can't be written.
    """
    check(folder)
    try:
        with TemporaryDirectory(prefix=".vuotbac-", dir=folder) as aside:
            for number, content in enumerate(files.values()):
                (Path(aside) / str(number)).write_bytes(content)
            for name in files:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
            for number, name in enumerate(files):
                os.replace(Path(aside) / str(number), folder / name)
    except OSError as error:
        raise _unwritable(folder) from error


def _unwritable(folder: Path) -> Problem:
    return Problem(
        f"Không ghi được vào {folder}: đó không phải thư mục, không được phép ghi, tệp cũ đang mở hoặc hết chỗ. "
        "Chọn --out khác.",
        f"{folder} cannot be written to: it is no folder, may not be written to, has an old file open or is full. "
        "Choose another --out.",
    )
