"""What stops a table, and what only its reader can say: sentences with place and remedy, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data.text import Problem, Text


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can decide. `kind` and `offer` are for programs: what an answer would be.

    `safe`: the offer cannot change a figure, so that `--yes` may take it.
    """

    kind: str
    text: Text
    cells: tuple[str, ...] = ()
    offer: dict[str, Any] | None = None
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must be mended in the table, in a sentence; `kind` groups those of a kind."""

    kind: str
    text: Text
    cells: tuple[str, ...] = ()


class Faults(Problem):
    """A table that can't be read: every fault of it, grouped, in one text of several sentences."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        shown = faults[:_SHOWN]
        more = len(faults) - len(shown)
        vi = " ".join(item.text.vi for item in shown) + (f" Và {more} lỗi nữa." if more else "")
        en = " ".join(item.text.en for item in shown) + (f" And {more} more faults." if more else "")
        super().__init__(vi, en)


_SHOWN = 12
