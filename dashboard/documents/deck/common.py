"""What several charts of a deck share: names with their signs, room for labels, figures told in words."""

from __future__ import annotations

import polars as pl

from dashboard.documents.content.table import Table
from dashboard.documents.deck.chart import Chart, Series
from dashboard.text import say, texts
from data import number
from data.text import Language


def marked(table: Table, named: str = "component", key: str = "score") -> pl.Series:
    """The names of a table's rows with the sign that a figure of theirs carries."""
    return pl.Series([f"{name}{table.marks.get((row, key), '')}" for row, name in enumerate(table.rows[named])])


def parts(table: Table) -> pl.DataFrame:
    """The rows of the components: the total closes the table and is highlighted there."""
    return table.rows if table.highlighted is None else table.rows.head(table.highlighted)


def signs_meant(table: Table, key: str = "score") -> tuple[str, ...]:
    """What must be read with a chart of a table: the meaning of its signs, and who is left out."""
    # The total closes the table of components; their charts are without it.
    total = table.highlighted if table.name == "components" else None
    marks = (sign for (row, column), sign in table.marks.items() if column == key and row != total)
    signs = {sign for found in marks for sign in found.split()}
    without = texts(table.lang)["documents.note.without"].partition("{")[0]
    return tuple(
        note for note in table.notes if note.startswith(without) or any(note.startswith(sign) for sign in signs)
    )


def signed_bars(rows: pl.DataFrame, key: str, caption: str, places: int, lang: Language) -> Chart:
    """Gains to the right, losses to the left."""
    values = list(rows[key])
    # What could not be analysed is neither better nor worse.
    rest = say(lang, "documents.cell.remainder")
    return Chart(
        "bar",
        caption,
        told(caption, rows, key, places, lang, signed=True),
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
        *room_for(values),
    )


def room_for(values: list[float]) -> tuple[float, float]:
    """The ends of an axis on which labels stand outside bars to either side."""
    room = 0.22 * (max(0.0, *values) - min(0.0, *values))
    return min(0.0, *values) - (room if min(values) < 0 else 0), max(0.0, *values) + room


def told(caption: str, rows: pl.DataFrame, key: str, places: int, lang: Language, signed: bool = False) -> str:
    """What a chart shows, for who can't see it: every figure by name."""
    said = (
        f"{name} {number.decimal(value, places, lang, signed=signed)}"
        for name, value in rows.select("component", key).iter_rows()
    )
    return say(lang, "deck.alt.told", caption=caption, told="; ".join(said))
