"""How would one of the 34 have stood through the editions of the 63? Its members, their mean and its band."""

from __future__ import annotations

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.merger.merger import ESTIMATE_COLUMNS, Weighting, estimates, member_scores, old_editions
from data.definition import OVERALL
from data.frames import Frames
from data.text import Note, Problem

MERGER_HISTORY_COLUMNS = (
    "year",
    *ESTIMATE_COLUMNS,
    "units",
    "regime",
    "reason",
    "missing",
)


def merger_history(
    frames: Frames, unit: str, index: str, component: str = OVERALL, weight: Weighting = "population"
) -> Answer:
    """One of the 34, estimated from its members in every edition of the 63 that has the component, oldest first.

    Rows (`MERGER_HISTORY_COLUMNS`): as in `analytics.merger`, for one unit and all years; `units` is how many the
    ranks are among, `regime` between which of them scores may not be joined by a line. Figures: component, weight,
    members (every member's score, weight and share by year). Coverage counts editions with a mean.

    Notes: `estimated` (what the figures are not).

    Raises Problem for an index, component or weighting that does not exist, or a unit that is not one of the 34.
    """
    definition = frames.index(index)
    definition.component(component)
    if unit not in frames.crosswalk["new_unit"]:
        raise Problem(
            f"“{unit}” không phải là mã của 34 tỉnh, thành phố. Viết mã như 34-37.",
            f"“{unit}” is not the code of one of the 34 units. Write a code such as 34-37.",
        )
    editions = [
        item
        for item in old_editions(definition)
        if component == OVERALL or component in definition.regime(item.year).components
    ]
    members = member_scores(frames, definition, editions, component, weight)
    rows = estimates(members, definition, component).with_columns(
        units=pl.len().over("year").cast(pl.Int64),
        regime=pl.col("year").replace_strict(
            {item.year: definition.regime(item.year).code for item in editions}, return_dtype=pl.String
        ),
    )
    own = rows.filter(unit=unit).sort("year")
    return Answer(
        question="merger_history",
        index=definition.code,
        year=None,
        unit=unit,
        rows=own.select(MERGER_HISTORY_COLUMNS),
        coverage=Coverage(own["mean"].count(), own.height),
        figures={
            "component": component,
            "weight": weight,
            "members": members.filter(unit=unit).drop("unit").to_dicts(),
        },
        notes=(
            Note.of(
                "estimated",
                "Ước tính của Vượt Bậc từ điểm của các tỉnh thành viên trước sắp xếp, không phải số liệu công bố.",
                "Estimated by Vượt Bậc from the scores of the members before the mergers; not published figures.",
            ),
        ),
    )
