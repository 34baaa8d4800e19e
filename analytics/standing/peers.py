"""Which provinces are most like this one, so that its standing can be held against theirs?

Nearest neighbours by income, size and urbanisation: log GRDP per head, log population and urban share, each
standardised over all units of the year; the Euclidean distance, or Mahalanobis' (P. C. Mahalanobis, 1936, *On the
generalised distance in statistics*), which does not count twice what two of them share. Peers are like in these
three things only; policy, location and industry may set them far apart.
"""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import name_of
from data.frames import Frames
from data.names import set_of
from data.number import decimal
from data.text import Note, Problem

Measure = Literal["euclid", "mahalanobis"]

LOGGED = ("grdp_per_capita", "population_avg")
VARIABLES = (*LOGGED, "urban_share")
PEER_COLUMNS = ("unit", "name", "name_en", "distance", *VARIABLES, "same_region", "merged")

# A unit further from its nearest peer than 95 % of all units are from theirs has no near peer.
FAR = 0.95
# A year in which fewer units than this share have figures can't say which unit is near.
_COVERED = 2 / 3


def peers(
    frames: Frames, unit: str, year: int | None = None, count: int = 10, measure: Measure = "euclid"
) -> Answer:
    """The `count` units nearest to `unit`, nearest first, by the last year up to `year` with all three variables.

    Without `year`: the last year for which units of this set were scored. Rows (`PEER_COLUMNS`): `distance` in
    standard deviations (0 = alike), the three variables in their measures (million VND at current prices,
    thousand persons, per cent), `same_region`, `merged` (became one province with ours in 2025). Figures:
    `data_year`, `measure`, `own` (the unit's three variables), `nearest`, `far_limit` (95th percentile of all
    units' nearest distances), `no_near_peer`, `region` and `merged_with` (units of the other two groups).
    Coverage counts units with all three variables. Notes: `data_year` (not the year asked for), `far` (nobody is
    near), `context:VARIABLE` (what must be known of a variable).

    Raises Problem where the unit has no such figures, or `count` is not between 1 and the number of others.
    """
    asked = _last_scored(frames, unit) if year is None else year
    data_year, panel = _nearest_panel(frames, unit, asked)
    if not 1 <= count < panel.height:
        raise Problem(
            f"Không chọn được {count} tỉnh tương đồng. Chọn từ 1 đến {panel.height - 1}.",
            f"{count} peers cannot be chosen. Choose 1 to {panel.height - 1}.",
        )
    if measure not in get_args(Measure):
        raise Problem(
            f"Không có khoảng cách “{measure}”. Dùng: {', '.join(get_args(Measure))}.",
            f"There is no distance “{measure}”. Use: {', '.join(get_args(Measure))}.",
        )
    between = _distances(panel, measure)
    own = panel["unit"].to_list().index(unit)
    nearest = np.where(np.eye(len(between), dtype=bool), np.inf, between).min(axis=1)
    limit = float(np.quantile(nearest, FAR))
    far = bool(nearest[own] > limit)
    region, merged = region_of(frames, unit, data_year), merged_with(frames, unit)
    rows = (
        panel.with_columns(distance=pl.Series(between[own]))
        .filter(pl.col("unit") != unit)
        .sort("distance", "unit")
        .head(count)
        .join(
            frames.unit.select("unit", name="name_vi", name_en="name_en"),
            on="unit",
            maintain_order="left",
        )
        .with_columns(same_region=pl.col("unit").is_in(region), merged=pl.col("unit").is_in(merged))
    )
    return Answer(
        question="peers",
        index=None,
        year=asked,
        unit=unit,
        rows=rows.select(PEER_COLUMNS),
        coverage=Coverage(panel.height, len(_units(frames, set_of(unit), data_year))),
        figures={
            "data_year": data_year,
            "measure": measure,
            "own": panel.row(own, named=True) | {"unit": unit},
            "nearest": float(nearest[own]),
            "far_limit": limit,
            "no_near_peer": far,
            "region": region,
            "merged_with": merged,
        },
        notes=(
            *_notes(frames, unit, asked, data_year, limit if far else None, float(nearest[own])),
            *caveats(frames),
        ),
    )


def caveats(frames: Frames) -> list[Note]:
    """What must be known of the three variables, each note `context:` and its variable."""
    noted = frames.context_variable.filter(pl.col("variable").is_in(VARIABLES)).drop_nulls("note_vi")
    return [
        Note.of(f"context:{variable}", f"{vi}: {note_vi}", f"{en}: {note_en}")
        for variable, vi, en, note_vi, note_en in noted.select(
            "variable", "name_vi", "name_en", "note_vi", "note_en"
        ).iter_rows()
    ]


def region_of(frames: Frames, unit: str, year: int) -> list[str]:
    """The other units of its region that there were in a year; none where units lie in no region."""
    region = frames.unit.filter(unit=unit)["region"].item()
    if region is None:
        return []
    there = _units(frames, set_of(unit), year)
    inside = frames.unit.filter(pl.col("unit").is_in(there), pl.col("unit") != unit, region=region)
    return inside["unit"].to_list()


def merged_with(frames: Frames, unit: str) -> list[str]:
    """The other units that became one province with it; the members, for one that came of a merger."""
    new = frames.crosswalk.filter((pl.col("old_unit") == unit) | (pl.col("new_unit") == unit))["new_unit"]
    members = frames.crosswalk.filter(pl.col("new_unit").is_in(new.to_list()), pl.col("merged"))["old_unit"]
    return [member for member in members.sort() if member != unit]


def _units(frames: Frames, unit_set: str, year: int) -> list[str]:
    there = pl.col("valid_to").is_null() | (pl.col("valid_to") >= year)
    return frames.unit.filter(there, unit_set=unit_set)["unit"].to_list()


def _last_scored(frames: Frames, unit: str) -> int:
    years = [
        edition.year
        for index in frames.indices.values()
        for edition in index.editions
        if edition.unit_set == set_of(unit)
    ]
    return max(years, default=0)


def _nearest_panel(frames: Frames, unit: str, year: int) -> tuple[int, pl.DataFrame]:
    """The last year up to the one asked about, else the first after it, and its units with all three variables."""
    wide = (
        frames.context_value.filter(
            pl.col("variable").is_in(VARIABLES), pl.col("unit").str.starts_with(f"{set_of(unit)}-")
        )
        .filter(~pl.col("variable").is_in(LOGGED) | (pl.col("value") > 0))
        .group_by("year", "unit")
        .agg(pl.col("value").filter(pl.col("variable") == name).first().alias(name) for name in VARIABLES)
        .drop_nulls()
        .sort("year", "unit")
    )
    counts = wide.group_by("year").agg(known=pl.len(), has_ours=(pl.col("unit") == unit).any())
    usable = [
        found
        for found, known, has_ours in counts.select("year", "known", "has_ours").iter_rows()
        if has_ours and known >= _COVERED * len(_units(frames, set_of(unit), found))
    ]
    if not usable:
        name = name_of(frames, unit)
        raise Problem(
            f"Chưa có đủ GRDP bình quân đầu người, dân số và tỷ lệ đô thị của {name.vi} ({unit}) để tìm tỉnh "
            "tương đồng. Hãy so với vùng hoặc tự chọn tỉnh.",
            f"GRDP per head, population and urban share of {name.en} ({unit}) are not all known, so no peers "
            "can be found. Compare with the region or choose provinces yourself.",
        )
    # What came later is looked at only where there is nothing before.
    nearest = min(usable, key=lambda found: (found > year, abs(found - year)))
    return nearest, wide.filter(year=nearest).select("unit", *VARIABLES)


def _distances(panel: pl.DataFrame, measure: Measure) -> NDArray[np.float64]:
    """Distances between all units, in standard deviations."""
    values = panel.select(pl.col(LOGGED).log(), "urban_share").to_numpy()
    spread = values.std(axis=0)
    # A variable that is the same for all units adds nothing to the distances.
    standard = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    apart = standard[:, None, :] - standard[None, :, :]
    if measure == "euclid":
        squared = (apart**2).sum(axis=2)
    else:
        inverse = np.linalg.pinv(np.cov(standard, rowvar=False, bias=True), hermitian=True)
        squared = np.maximum(np.einsum("ijk,kl,ijl->ij", apart, inverse, apart), 0.0)
    return np.asarray(np.sqrt(squared), dtype=np.float64)


def _notes(frames: Frames, unit: str, asked: int, used: int, limit: float | None, nearest: float) -> list[Note]:
    notes = []
    if asked != used:
        notes.append(
            Note.of(
                "data_year",
                f"Dùng số liệu năm {used}: năm {asked} chưa có đủ GRDP bình quân đầu người, dân số và tỷ lệ "
                "đô thị.",
                f"Figures of {used}: GRDP per head, population and urban share of {asked} are not all known.",
            )
        )
    if limit is not None:
        name = name_of(frames, unit)
        notes.append(
            Note.of(
                "far",
                f"{name.vi} không có tỉnh thật gần: tỉnh gần nhất cách {decimal(nearest, 2, 'vi')} độ lệch chuẩn, "
                f"xa hơn 95 % các tỉnh ({decimal(limit, 2, 'vi')}).",
                f"{name.en} has no near peer: the nearest is {decimal(nearest, 2, 'en')} standard deviations "
                f"away, further than for 95 % of units ({decimal(limit, 2, 'en')}).",
            )
        )
    return notes
