"""Coverage as tables: a row for each index, and a row for each component of an edition."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
from markupsafe import Markup

from dashboard.charts.coverage import state
from dashboard.html.cells import Row, share
from dashboard.html.markup import link
from dashboard.html.parts import part, plain
from dashboard.html.table import Column
from dashboard.text import say
from data import number
from data.definition import Index, spans
from data.period import readable
from data.status import STATUSES
from data.text import Language


def indices(
    rows: pl.DataFrame, known: dict[str, Index], chosen: str, address: Callable[[str], str], lang: Language
) -> Markup:
    """All indices; `rows` are those of `analytics.core.coverage.by_index`, `address` gives an index's address."""

    def parts(row: Row) -> str:
        return share(row["parts_known"], row["parts"], lang) if row["parts"] else number.MISSING

    columns: list[Column[Row]] = [
        Column(
            say(lang, "column.index"),
            lambda row: link(known[row["index"]].name.in_(lang), address(row["index"])),
            "name",
        ),
        Column(say(lang, "data.coverage.editions"), lambda row: spans(known[row["index"]].years), room="medium"),
        Column(
            say(lang, "data.coverage.totals"),
            lambda row: share(row["totals_known"], row["totals"], lang),
            "number",
        ),
        Column(say(lang, "data.coverage.parts"), parts, "number"),
        Column(
            say(lang, "data.coverage.complete"),
            lambda row: f"{row['complete']}/{row['editions']}",
            "number",
            "medium",
        ),
        Column(
            say(lang, "data.coverage.newest_complete"),
            lambda row: str(readable(row["newest_complete"])) if row["newest_complete"] else number.MISSING,
            "number",
            "medium",
        ),
    ]
    title = say(lang, "data.coverage.indices")
    shown = plain(columns, rows.iter_rows(named=True), title, lang, chosen=lambda row: row["index"] == chosen)
    return part(title, shown, lang=lang)


def edition(index: Index, rows: pl.DataFrame, year: int, address: Callable[[str], str], lang: Language) -> Markup:
    """The components of an edition; `address` gives the address of a component's evidence."""
    here = rows.filter(year=year).with_columns(state=state())
    title = say(lang, "data.coverage.edition", edition=f"{index.name.in_(lang)} {year}")
    columns: list[Column[Row]] = [
        Column(
            say(lang, "column.component"),
            lambda row: link(index.component(row["component"]).name.in_(lang), address(row["component"])),
            "name",
        ),
        Column(
            say(lang, "data.coverage.known"), lambda row: share(row["scores_known"], row["units"], lang), "number"
        ),
        Column(say(lang, "data.coverage.how"), lambda row: _how(row, lang)),
        Column(
            say(lang, "data.coverage.ranks"),
            lambda row: f"{row['ranks_known']}/{row['units']}",
            "number",
            "medium",
        ),
    ]
    nothing = say(lang, "data.coverage.nothing") if set(here["state"]) == {"none"} else ""
    return part(title, nothing, plain(columns, here.iter_rows(named=True), title, lang), lang=lang)


def _how(row: Row, lang: Language) -> str:
    """The statuses of the scores, with their counts where there are several."""
    met = {status: row[status] for status in STATUSES if row[status]}
    if not met:
        return number.MISSING
    if len(met) == 1:
        return say(lang, f"status.{next(iter(met))}")
    return ", ".join(f"{say(lang, f'status.{status}')} {count}" for status, count in met.items())
