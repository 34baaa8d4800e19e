"""Command on why total and rank moved: change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from data.number import decimal, whole
from data.text import language

app = typer.Typer()


@app.command()
def change(
    province: Province,
    index: Index,
    year: Year,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.change.change import change

    frames, unit, said = common.find_edition(province, index, year)
    answer = common.with_note(change(frames, unit, index, year), said)
    machine = as_json or as_csv
    if not machine:
        common.print_before_after("change", answer.figures)
        if answer.figures["own"] is not None:
            _say_parts(answer.figures)
    columns = ["component", "weight_after", "before", "after", "contribution"]
    columns += ["rank_before", "rank_after", "change_rank", "crossing"]
    common.show(
        answer if machine else common.worded(answer, frames),
        columns,
        as_json,
        as_csv,
        common.title_of(frames, unit, index, year),
    )


def _say_parts(figures: Mapping[str, Any]) -> None:
    from analytics.change.rank_change import LISTS, METHOD, OTHERS, OWN
    from dashboard.command.terminal import print_line

    parts = {name: decimal(figures[name], 1, language(), signed=True) for name in (OWN, OTHERS, METHOD, LISTS)}
    kept = whole(figures["rank_if_score_kept"], language())
    print_line(common.text("command.say.rank_parts", kept=kept, **parts))
