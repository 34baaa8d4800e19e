"""Commands on what holds a province back (weakness), and on whom it could learn from (pareto)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from dashboard.text import texts
from data.number import MISSING
from data.text import language

if TYPE_CHECKING:
    from analytics.core.answer import Answer

app = typer.Typer()


@app.command()
def weakness(
    province: Province,
    index: Index,
    year: Year,
    against: Annotated[str, typer.Option("--against")] = "target",
    top: Annotated[int | None, typer.Option("--top")] = None,
    chosen: Annotated[list[str] | None, typer.Option("--with")] = None,
    part: Annotated[str | None, typer.Option("--component", "-c")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.weakness.indicators import indicators
    from analytics.weakness.weakness import weakness

    frames, unit, said = common.find_edition(province, index, year)
    if part is not None:
        answer = common.with_note(indicators(frames, unit, index, year, part), said)
        # The code is what whatif takes.
        columns = ["indicator", "code", "value", "measure", "direction", "median", "lowest", "highest", "rank"]
        columns += ["change", "previous_year"]
        title = common.title_of(frames, unit, index, year, part)
        leads = answer.rows["lead_after"].unique(maintain_order=True).to_list()
        if len(leads) == 1:
            # One component has one agency: said once, it leaves the names their room. For the agencies of all
            # components there is the table without --component.
            title += f" – {texts(language())['column.lead_after']}: {leads[0] or MISSING}"
        shown = common.worded(answer, frames, {"code": "indicator", "indicator": f"name_{language()}"})
        common.show(answer if as_json or as_csv else shown, columns, as_json, as_csv, title)
        return
    units = [common.unit_of(frames, index, year, item) for item in chosen or ()]
    how: Any = "peers" if units else against
    answer = common.with_note(weakness(frames, unit, index, year, how, top, units), said)
    reference = common.text(f"command.against.{how}", top=answer.figures["top"])
    machine = as_json or as_csv
    # People see the ranks by which the components are placed: the publisher's, where there is one.
    shown = answer if machine else common.worded(_with_shown_rank(answer), frames)
    ordered = [name for name in ("rank", "order") if shown.rows[name].count()]
    columns = ["component", "score", *ordered, "weight", "reference", "weighted_gap"]
    columns += ["place_by_score", "place_by_rank", "place_by_gap", "lead_after"]
    compared = common.text("command.say.against", reference=reference)
    title = f"{common.title_of(frames, unit, index, year)} – {compared}"
    common.show(shown, columns, as_json, as_csv, title)


@app.command()
def pareto(
    province: Province,
    index: Index,
    year: Year,
    richer: Annotated[str | None, typer.Option("--margin")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.standing.pareto_peers import MARGIN, pareto_peers

    frames, unit, said = common.find_edition(province, index, year)
    margin = common.number_of("--margin", richer)
    answer = pareto_peers(frames, unit, index, year, MARGIN if margin is None else margin)
    columns = ("unit", common.name_column(), "grdp_per_capita", "rank", "lead", "furthest", "furthest_lead")
    shown = common.with_note(answer, said)
    if not (as_json or as_csv):
        shown = common.worded(shown, frames)
    common.show(shown, (*columns, "efficient"), as_json, as_csv, common.title_of(frames, unit, index, year))


def _with_shown_rank(answer: Answer) -> Answer:
    import polars as pl

    return replace(answer, rows=answer.rows.with_columns(rank=pl.coalesce("published_rank", "rank")))
