"""Why a file is not read."""

from __future__ import annotations


class Refused(Exception):
    """The file is not read: why, as a key of `data.intake.opening`'s sentences, and where."""

    def __init__(self, why: str, place: str = "") -> None:
        self.why, self.place = why, place
        super().__init__(why, place)


# More than any publisher's table: 3,321 communes with a hundred columns.
ROWS, COLUMNS = 20_000, 1_000
# Of all sheets together, their rows as wide as the widest and each merged cell counted anew.
CELLS, SHEETS = 1_000_000, 200
# In characters, a cell: whoever understands the table looks at every letter of it, some of them more than once.
LONGEST = 5_000


def place(row: int, column: int) -> str:
    """A cell's name in a spreadsheet, its row and column counted from 0: `C7`."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"
