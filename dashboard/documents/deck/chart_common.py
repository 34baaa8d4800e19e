"""What the deck's charts share: names with their signs, room for labels, alternative text."""

from __future__ import annotations

import polars as pl

from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart, Series
from dashboard.text import say, texts
from data import number
from data.text import Language


def marked_names(table: Table, named: str = "component", key: str = "score") -> pl.Series:
    """The names of a table's rows (column `named`), each with the sign behind its figure in column `key`."""
    return pl.Series([f"{name}{table.marks.get((row, key), '')}" for row, name in enumerate(table.rows[named])])


def component_rows(table: Table) -> pl.DataFrame:
    """The rows of the components, without the total, which closes the table and is highlighted there."""
    return table.rows if table.highlighted is None else table.rows.head(table.highlighted)


def sign_notes(table: Table, key: str = "score") -> tuple[str, ...]:
    """The notes of a table that its chart needs: what its signs mean, and which units are left out."""
    # The total closes the table of components; their charts are without it.
    total = table.highlighted if table.name == "components" else None
    marks = (sign for (row, column), sign in table.marks.items() if column == key and row != total)
    signs = {sign for found in marks for sign in found.split()}
    without = texts(table.lang)["documents.note.without"].partition("{")[0]
    return tuple(
        note for note in table.notes if note.startswith(without) or any(note.startswith(sign) for sign in signs)
    )


def signed_bars(rows: pl.DataFrame, key: str, caption: str, places: int, lang: Language) -> Chart:
    """A bar chart of changes, gains to the right and losses to the left; `rows` has `component` and `key`."""
    values = list(rows[key])
    # What could not be analysed is neither better nor worse.
    rest = say(lang, "documents.cell.remainder")
    return Chart(
        "bar",
        caption,
        alt_text(caption, rows, key, places, lang, signed=True),
        tuple(rows["component"]),
        (
            Series(
                say(lang, "deck.series.change"),
                tuple(values),
                "better",
                "change",
                points={
                    place: "context" if name == rest else "worse"
                    for place, (name, value) in enumerate(zip(rows["component"], values, strict=True))
                    if value < 0 or name == rest
                },
                bold=True,
            ),
        ),
        lang,
        places,
        *label_room(values),
    )


def label_room(values: list[float]) -> tuple[float, float]:
    """The ends of an axis that has room for labels outside the bars, on either side."""
    room = 0.22 * (max(0.0, *values) - min(0.0, *values))
    return min(0.0, *values) - (room if min(values) < 0 else 0), max(0.0, *values) + room


def alt_text(caption: str, rows: pl.DataFrame, key: str, places: int, lang: Language, signed: bool = False) -> str:
    """The alternative text of a chart: every figure by name."""
    said = (
        f"{name} {number.decimal(value, places, lang, signed=signed)}"
        for name, value in rows.select("component", key).iter_rows()
    )
    return say(lang, "deck.alt.told", caption=caption, told="; ".join(said))
