"""What makes the totals of an edition differ: the exact share of each component in their spread.

The total is a sum, so its variance splits without rest: share = w·cov(component, total) / var(total), and the
shares add up to 1 (Shorrocks, *Econometrica* 50, 1982). A component with a large weight in which all units are
alike has a small share; Paruolo, Saisana and Saltelli (*Journal of the Royal Statistical Society A* 176, 2013)
show how far weights and importance lie apart in known rankings. It is arithmetic, not an estimate, and the answer
to whoever would regress a composite on its own parts. A negative share is possible: units that are good at it tend
to have lower totals. The caveat: it says what sets the units of this edition apart, not what would raise one of
them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import check_components, enough
from analytics.core.ranking import scored
from analytics.drivers.outcomes import existing_units
from data.definition import OVERALL, Index
from data.frames import Frames
from data.number import decimal
from data.text import Note, Problem

SHARE_COLUMNS = ("component", "weight", "spread_share", "deviation", "correlation")
REMAINDER = "remainder"


def shares(frames: Frames, index: str, year: int) -> Answer:
    """The share of each component in the spread of the totals of an edition, largest first.

    Rows (`SHARE_COLUMNS`): weight (a share of 1), `spread_share` (they add up to 1), `deviation` (standard
    deviation over the units, in the component's points), `correlation` with the total (null where a component is
    the same for all). Last a row `remainder`: what rounding and late corrections of the published total leave
    over. Figures: units, missing (units of which a component or the total is not known), spread (of the total, in
    its points).

    Notes: `exact` (what the shares are), `association` (not causation), `missing` (units that aren't counted),
    `edition` (what must be known of it).

    Raises Problem where the edition has no components, a weight is not known, fewer than two thirds of the units
    are known whole, or all totals are the same.
    """
    definition = frames.index(index)
    edition = definition.edition(year)
    check_components(definition, year)
    codes = [item.code for item in definition.components_of(year)]
    figures = scored(frames, definition).filter(year=year)
    # With weights that are only assumed the parts would add up to another total than the published one.
    assumed = definition.regime(year).weight_status == "assumed"
    wide = _whole(figures, codes)
    if assumed or not enough(wide.height, edition.units):
        raise _too_few(definition, year, wide.height, edition.units)
    total = wide[OVERALL].to_numpy()
    spread = float(total.std())
    if spread <= 0:
        raise Problem(
            f"{definition.name.vi} {year}: mọi đơn vị có cùng tổng điểm, không có chênh lệch nào để chia.",
            f"{definition.name.en} {year}: all units have the same total, so there is no spread to share out.",
        )
    scores = {code: wide[code].to_numpy() for code in codes}
    parts = {code: wide[f"{code} points"].to_numpy() for code in codes}
    scores[REMAINDER] = parts[REMAINDER] = total - np.sum(list(parts.values()), axis=0)
    rows = [_row(definition, year, code, scores[code], parts[code], total) for code in (*codes, REMAINDER)]
    # Where every unit that was scored is complete, units that were never scored are not missing.
    missing = (
        [] if wide.height == edition.units else sorted(existing_units(frames, edition, year) - set(wide["unit"]))
    )
    return Answer(
        question="shares",
        index=definition.code,
        year=year,
        unit=None,
        rows=pl.DataFrame(rows, schema=_SCHEMA).sort(
            pl.col("component") == REMAINDER, "spread_share", descending=[False, True]
        ),
        coverage=Coverage(wide.height, edition.units),
        figures={"units": wide.height, "missing": missing, "spread": spread},
        notes=_notes(frames, definition, year, missing, spread),
    )


_SCHEMA = {"component": pl.String} | dict.fromkeys(SHARE_COLUMNS[1:], pl.Float64)


def _whole(figures: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """The units with every component and the total: unit, overall, each score and each in points of the total."""
    known = figures.drop_nulls("score").with_columns(points=pl.col("score") * pl.col("unit_value"))

    def one(column: str, code: str) -> pl.Expr:
        return pl.col(column).filter(pl.col("component") == code).first()

    return (
        known.group_by("unit")
        .agg(
            one("score", OVERALL).alias(OVERALL),
            *(one("score", code).alias(code) for code in codes),
            *(one("points", code).alias(f"{code} points") for code in codes),
        )
        .drop_nulls()
        .sort("unit")
    )


def _row(
    index: Index, year: int, code: str, score: np.ndarray, points: np.ndarray, total: np.ndarray
) -> dict[str, Any]:
    own, around = score - score.mean(), total - total.mean()
    spread = float(score.std())
    covariance = float(np.mean((points - points.mean()) * around))
    # A remainder that is only rounding noise has no correlation with the total.
    alike = spread <= 1e-9 * float(total.std())
    return {
        "component": code,
        "weight": None if code == REMAINDER else index.weight(code, year),
        "spread_share": covariance / float(np.mean(around**2)),
        "deviation": spread,
        "correlation": None if alike else float(np.mean(own * around)) / (spread * float(total.std())),
    }


def _too_few(index: Index, year: int, known: int, of: int) -> Problem:
    assumed = index.regime(year).weight_status == "assumed"
    parts = index.components_of(year)
    unknown = [item.name for item in parts if assumed or index.unit_value(item.code, year) is None]
    if unknown:
        return Problem(
            f"Chưa biết trọng số của {index.name.vi} {year} ({', '.join(name.vi for name in unknown)}), nên không "
            "chia được phần của từng thành phần.",
            f"The weights of {index.name.en} {year} are not all known "
            f"({', '.join(name.en for name in unknown)}), so the shares can't be computed.",
        )
    return Problem(
        f"{index.name.vi} {year}: chỉ {known}/{of} đơn vị có đủ tổng điểm và điểm thành phần, cần ít nhất hai "
        "phần ba; chọn năm khác hoặc nhập bảng bằng lệnh vuotbac import.",
        f"{index.name.en} {year}: only {known} of {of} units have total and components, and two thirds are "
        "needed; choose another year or take in a table with vuotbac import.",
    )


def _notes(frames: Frames, index: Index, year: int, missing: list[str], spread: float) -> tuple[Note, ...]:
    notes = [
        Note.of(
            "exact",
            f"Phần đóng góp chính xác vào chênh lệch tổng điểm (độ lệch chuẩn {decimal(spread, 2, 'vi')} điểm): "
            "trọng số × hiệp phương sai với tổng / phương sai của tổng, cộng lại bằng 1. Đây là phép tính, không "
            "phải ước lượng.",
            f"Exact shares of the spread of the totals (standard deviation {decimal(spread, 2, 'en')} points): "
            "weight × covariance with the total / variance of the total, adding up to 1. This is arithmetic, not "
            "an estimate.",
        ),
        Note.of(
            "association",
            "Là liên hệ, không phải nhân quả: cho biết điều gì làm các tỉnh khác nhau trong kỳ này, không nói "
            "tăng thành phần nào thì dễ.",
            "Association, not causation: it says what sets the units of this edition apart, not which component "
            "is easy to raise.",
        ),
    ]
    if missing:
        names = frames.unit.filter(pl.col("unit").is_in(missing))
        notes.append(
            Note.of(
                "missing",
                f"Không tính vì chưa biết đủ điểm: {', '.join(names['name_vi'])}.",
                f"Not counted for want of a score: {', '.join(names['name_en'])}.",
            )
        )
    edition = index.edition(year)
    return (*notes, Note("edition", edition.note)) if edition.note is not None else tuple(notes)
