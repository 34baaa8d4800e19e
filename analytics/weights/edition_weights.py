"""Which weights does an edition have, how are they known, and which do its own totals show?"""

from __future__ import annotations

from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import equal_weights
from analytics.core.edition import check_components
from analytics.core.ranking import ranked
from analytics.core.recovery import Recovery, recovery, said_of
from data.definition import Index
from data.frames import Frames
from data.text import Note, Problem

WEIGHT_COLUMNS = ("component", "weight", "weight_status", "recovered", "next_best")


def edition_weights(frames: Frames, index: str, year: int) -> Answer:
    """The weights of an edition, and the set in steps of 5 % that reproduces its totals best.

    Rows (`WEIGHT_COLUMNS`): shares of 1, null where they are not known; `weight_status` is that of
    `data.definition.Regime`; `recovered` and `next_best` are the best and the next best set
    (`analytics.recovery`). Figures: `recovery`, None where there is none, with `identified`. Coverage counts
    components whose weight is known and not assumed.

    Notes: `equal_weights` (none are known, equal ones are assumed), `recovered` (which set reproduces the totals),
    `not_recovered` (that none does, or not one alone).

    Raises Problem for an index or edition that does not exist, or one without components.
    """
    definition = frames.index(index)
    check_components(definition, year)
    codes = [item.code for item in definition.components_of(year)]
    found = recovery(definition, ranked(frames, definition).filter(year=year), year)
    status = definition.regime(year).weight_status
    own = [definition.weight(code, year) for code in codes]
    columns: dict[str, Any] = {
        "component": codes,
        "weight": own,
        "weight_status": [status] * len(codes),
        "recovered": [found.weights[code] if found else None for code in codes],
        "next_best": [found.next_weights[code] if found else None for code in codes],
    }
    numbers = dict.fromkeys(("weight", "recovered", "next_best"), pl.Float64)
    known = 0 if status == "assumed" else sum(share is not None for share in own)
    return Answer(
        question="weights",
        index=definition.code,
        year=year,
        unit=None,
        rows=pl.DataFrame(columns, schema_overrides=numbers),
        coverage=Coverage(known, len(codes)),
        figures={"recovery": found.to_dict() if found else None},
        notes=(*equal_weights(definition, year), _note(definition, year, found)),
    )


def recovered_weights(frames: Frames, index: str, year: int) -> dict[str, float]:
    """The weights that an edition's totals show, to be confirmed by whom they convince.

    Raises Problem where no set reproduces the totals, or more than one does.
    """
    definition = frames.index(index)
    check_components(definition, year)
    found = recovery(definition, ranked(frames, definition).filter(year=year), year)
    if found is None or not found.identified:
        said = _note(definition, year, found).text
        raise Problem(said.vi, said.en)
    return found.weights


def _note(index: Index, year: int, found: Recovery | None) -> Note:
    if found is not None and found.identified:
        return Note("recovered", said_of(index, year, found))
    return Note.of(
        "not_recovered",
        f"{index.name.vi} {year}: không tìm lại được trọng số từ tổng điểm (cần tổng điểm và đủ thành phần, "
        "và chỉ một bộ trọng số bội của 5% khớp). Nhập trọng số bằng --weight thành_phần=số.",
        f"{index.name.en} {year}: no weights can be recovered from the totals (these and all components are "
        "needed, and a single set in steps of 5 % that fits). Enter them with --weight component=number.",
    )
