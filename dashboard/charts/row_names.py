"""What charts share that draw one row below the other: the places of the rows, their names and their figures.

Names stand in a column at the left and figures in one at the right, both inside the drawing and of a fixed width.
As axis labels, names of two lines would hang from the middle of their row; at the ends of bars, figures would need
room on both sides. Room that Vega measures itself is too small while the browser has not loaded the font yet: then
names are cut.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from dashboard.charts.specification import alt
from dashboard.charts.theme import Palette

NAMES = 152  # pixels of the column of names, enough for a line of the most letters
_LETTERS = 22  # of a name, in one line
_LINE = 14  # pixels from one line of a name to the next
_STEP, _AXIS = 38, 58  # pixels of a row with a name of one line or two, and of the axis below
_GAP = 10  # between a name and the pixel where its column ends
_AIR = 8  # between the column of names and the scale


def folded(label: str) -> str:
    """A component's name with line breaks: as few lines as fit the column `NAMES`, about equally long.

    No word is broken.
    """
    most = len(textwrap.wrap(label, _LETTERS))
    # A word longer than its line would be broken in two.
    lines = (
        textwrap.wrap(label, letters, break_long_words=False)
        for letters in range(len(label) // most, _LETTERS + 1)
    )
    return "\n".join(next((found for found in lines if len(found) <= most), [label]))


def rows_height(names: Sequence[str]) -> int:
    """Pixels for rows with these folded names, each with room for the longest, and for the axis below them."""
    lines = max((name.count("\n") + 1 for name in names), default=1)
    return len(names) * max(_STEP, (lines + 1) * _LINE - 4) + _AXIS


def row_places(count: int, field: str = "place") -> alt.Y:
    """The rows by their place, 0 on top, each as high as the others."""
    scale = alt.Scale(domain=[-0.5, count - 0.5], reverse=True, nice=False, zero=False)
    return alt.Y(f"{field}:Q", axis=None, scale=scale)


def row_range(names: int, figures: int) -> list[float | alt.ExprRef]:
    """The pixels of a scale between a column of names and one of figures that are so many pixels wide."""
    return [names + _AIR, alt.ExprRef(f"wide - {figures}")]


def row_names(end: int, y: alt.Y, colours: Palette, strong: str = "false") -> alt.Chart:
    """The names (column `folded`, lines parted by line breaks), each centred on its row.

    `end` is the pixel from the left at which their column ends; in bold where the expression `strong` holds.
    """
    return _texts("folded", -_GAP, colours, strong).encode(x=alt.XValue(end), y=y, text=alt.Text("lines:N"))


def row_figures(y: alt.Y, colours: Palette, strong: str = "false", field: str = "written") -> alt.Chart:
    """What is written (column `field`, lines parted by line breaks) at the right edge of each row.

    In bold where the expression `strong` holds.
    """
    right = alt.XValue(alt.ExprRef("wide"))
    return _texts(field, 0, colours, strong).encode(x=right, y=y, text=alt.Text("lines:N"))


def _texts(field: str, dx: int, colours: Palette, strong: str) -> alt.Chart:
    """Texts of one line or more, right-aligned, their middle on the middle of the row."""
    return (
        alt.Chart()
        .transform_calculate(lines=f"split(datum.{field}, '\\n')")
        .mark_text(
            align="right",
            baseline="middle",
            dx=dx,
            dy=alt.ExprRef(f"-{_LINE / 2} * (length(datum.lines) - 1)"),
            lineHeight=_LINE,
            color=colours.ink,
            fontWeight=alt.ExprRef(f"{strong} ? 600 : 400"),
        )
    )


def through_rows() -> alt.Chart:
    """For what runs through all rows: drawn with the first row, or it would lie over itself once for each."""
    return alt.Chart().transform_filter("datum.place === 0")


def row_tooltip() -> list[alt.Tooltip]:
    """What is shown of a row that is pointed at: its name, and what is written of it."""
    return [alt.Tooltip("label:N", title=""), alt.Tooltip("written:N", title=" ")]
