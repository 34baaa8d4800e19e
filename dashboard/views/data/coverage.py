"""What is known: a line for each index, and one for each component of an edition."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from dashboard.charts.coverage import state
from dashboard.html.markup import Column, Html, link, part, share, table
from dashboard.text import say
from data import number
from data.definition import Index, spans
from data.status import STATUSES
from data.text import Language


def indices(
    rows: pl.DataFrame, known: dict[str, Index], chosen: str, address: Callable[[str], str], lang: Language
) -> Html:
    """All indices, a line each; `rows` are those of `analytics.coverage.by_index`, `address` leads to one."""
    columns = [
        Column(say(lang, "column.index")),
        Column(say(lang, "data.coverage.editions"), style="vb-medium"),
        Column(say(lang, "data.coverage.totals"), number=True),
        Column(say(lang, "data.coverage.parts"), number=True),
        Column(say(lang, "data.coverage.complete"), number=True, style="vb-medium"),
        Column(say(lang, "data.coverage.newest_complete"), number=True, style="vb-medium"),
    ]
    lines = [
        (
            link(known[row["index"]].name.in_(lang), address(row["index"])),
            spans(known[row["index"]].years),
            share(row["totals_known"], row["totals"], lang),
            share(row["parts_known"], row["parts"], lang) if row["parts"] else number.MISSING,
            f"{row['complete']}/{row['editions']}",
            str(row["newest_complete"] or number.MISSING),
        )
        for row in rows.iter_rows(named=True)
    ]
    title = say(lang, "data.coverage.indices")
    place = rows["index"].to_list().index(chosen)
    return part(title, table(title, columns, lines, lang, chosen=place), lang=lang)


def edition(index: Index, rows: pl.DataFrame, year: int, address: Callable[[str], str], lang: Language) -> Html:
    """The components of an edition, a line each; `address` leads to where a component's figures come from."""
    here = rows.filter(year=year).with_columns(state=state())
    title = say(lang, "data.coverage.edition", edition=f"{index.name.in_(lang)} {year}")
    columns = [
        Column(say(lang, "column.component")),
        Column(say(lang, "data.coverage.known"), number=True),
        Column(say(lang, "data.coverage.how")),
        Column(say(lang, "data.coverage.ranks"), number=True, style="vb-medium"),
    ]
    lines = [
        (
            link(index.component(row["component"]).name.in_(lang), address(row["component"])),
            share(row["scores_known"], row["units"], lang),
            _how(row, lang),
            f"{row['ranks_known']}/{row['units']}",
        )
        for row in here.iter_rows(named=True)
    ]
    nothing = say(lang, "data.coverage.nothing") if set(here["state"]) == {"none"} else ""
    return part(title, nothing, table(title, columns, lines, lang), lang=lang)


def _how(row: dict[str, int], lang: Language) -> str:
    """Each way in which the scores are known, with its count where there are several."""
    met = {status: row[status] for status in STATUSES if row[status]}
    if not met:
        return number.MISSING
    if len(met) == 1:
        return say(lang, f"status.{next(iter(met))}")
    return ", ".join(f"{say(lang, f'status.{status}')} {count}" for status, count in met.items())
