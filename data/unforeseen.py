"""What nobody foresaw, kept in a log under a number that can be told: for pages and commands alike."""

from __future__ import annotations

import secrets
import traceback
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path

# A log that has grown beyond this is begun anew, the old one kept beside it once.
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Unforeseen:
    """The number of an error, and the file in which its whole account stands."""

    number: str
    log: Path


def log_path() -> Path:
    """Where unforeseen errors are kept: the user's log folder."""
    return user_log_path("vuotbac", appauthor=False) / "unforeseen.log"


def recorded(error: BaseException) -> Unforeseen:
    """Write the account of an error into the log; where that can't be written, onto standard error."""
    number = f"{datetime.now(UTC):%y%m%d}-{secrets.token_hex(3).upper()}"
    account = "".join(traceback.format_exception(error))
    text = f"== {number} {datetime.now(UTC).isoformat(timespec='seconds')}\n{account}\n"
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError:
        with suppress(OSError):
            import sys

            sys.stderr.write(text)
    return Unforeseen(number, path)
