"""Outcomes beside the components of one edition earlier, province by year: what `drivers` is computed from.

Scores of two editions mean the same only as long as nothing about them changed, and over the years of a panel
something always does. So every component is standardised within its edition: how many standard deviations above or
below the mean province of that edition. That takes out a change of level and of scale, whatever brought it; it
can't take out a change of meaning, so the breaks between the editions are named and the estimates are computed a
second time on the longest run of editions without one. Components that are not in every edition are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from analytics.core.ranking import scored
from analytics.drivers.outcomes import (
    LAG,
    Outcome,
    complete,
    existing_units,
    log_values,
    outcome_values,
    years_known,
)
from analytics.path.moves import same_definition
from analytics.standing.peers import LOGGED, VARIABLES
from data.definition import Index, spans
from data.frames import Frames
from data.text import Problem, Text

# Errors clustered by province are to be trusted with some forty clusters (Angrist and Pischke, *Mostly Harmless
# Econometrics*, 2009, §8.2.3); below half of that not even the order of magnitude is.
LEAST_UNITS = 20
# A unit that is observed once is its own effect and says nothing; so does a panel of one year.
LEAST_YEARS = 2


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The rows that are used, and everything that is not, with the reason.

    `rows`: unit, year, y (the outcome), last (the outcome one year earlier, null where unknown), then `terms`,
    each in standard deviations of its edition. `spread` is one such standard deviation in the component's points
    (mean over the editions). `missing`: unit, year, why (`outcome`, `not_positive`, `components`, `single`).
    `left_out` are years too thinly covered (rows of `analytics.outcomes.carried`), `dropped` components not in
    every edition, `breaks` (edition, what changed), `unbroken` the years of the longest run of editions without
    a break. Of a cross-section also `controls` (columns of `rows` behind the terms: `analytics.peers.VARIABLES`
    that are known, of `controls_year`, in standard deviations) and `levels`, where some outcome is 0:
    unit, `level` (the outcome itself), terms and controls of all.
    """

    outcome: Outcome
    rows: pl.DataFrame
    terms: tuple[str, ...]
    spread: dict[str, float]
    years: tuple[int, ...]
    expected: int
    missing: pl.DataFrame
    left_out: list[dict[str, Any]]
    dropped: tuple[str, ...]
    breaks: tuple[tuple[int, Text], ...]
    unbroken: tuple[int, ...]
    controls: tuple[str, ...] = ()
    controls_year: int | None = None
    levels: pl.DataFrame | None = None

    @property
    def units(self) -> int:
        """How many provinces there are in it."""
        return self.rows["unit"].n_unique()


def panel(frames: Frames, index: Index, item: Outcome, year: int | None = None) -> Panel:
    """The panel of an outcome; for a cross-section the rows of `year`, or of the last year that carries it.

    Raises Problem where too few years or provinces carry the outcome, or a year is given to a panel.
    """
    coverage = years_known(frames, index, item)
    years = _years(index, item, coverage, year)
    terms = _terms(index, years)
    values = log_values(frames, item)
    last = values.select("unit", pl.col("year") + LAG, last="value")
    standard, spreads = _standardised(scored(frames, index), index, years, terms)
    rows = (
        values.rename({"value": "y"})
        .join(standard, on=["unit", "year"])
        .join(last, on=["unit", "year"], how="left")
        .sort("unit", "year")
    )
    cells = {(unit, one) for one in years for unit in existing_units(frames, index.edition(one - LAG), one)}
    missing = _missing(cells, rows, values, outcome_values(frames, item))
    if not item.cross_section:
        lonely = rows.filter(pl.len().over("unit") < LEAST_YEARS)
        rows = rows.join(lonely, on=["unit", "year"], how="anti", maintain_order="left")
        missing = pl.concat([missing, lonely.select("unit", "year", why=pl.lit("single"))]).sort("unit", "year")
    every = {code for one in years for code in _components(index, one)}
    controls_year, controls = _controls(frames, years[0] - LAG) if item.cross_section else (None, None)
    held = () if controls is None else tuple(name for name in controls.columns if name != "unit")
    levels = None
    if controls is not None:
        known = outcome_values(frames, item).filter(pl.col("value") >= 0).rename({"value": "level"})
        whole = known.join(standard, on=["unit", "year"]).join(controls, on="unit").sort("unit")
        levels = whole.select("unit", "level", *terms, *held)
        rows = rows.join(controls, on="unit", maintain_order="left")
    return Panel(
        outcome=item,
        rows=_checked(rows, index, item).select("unit", "year", "y", "last", *terms, *held),
        terms=tuple(terms),
        spread=spreads,
        years=years,
        expected=len(cells),
        missing=missing,
        left_out=[] if item.cross_section else coverage.filter(~pl.col("used")).to_dicts(),
        dropped=tuple(sorted(every - set(terms))),
        breaks=tuple(_breaks(index, years, terms)),
        unbroken=_unbroken(index, years, terms),
        controls=held,
        controls_year=controls_year,
        levels=levels,
    )


def _controls(frames: Frames, year: int) -> tuple[int | None, pl.DataFrame]:
    """Income, size and urbanisation of the last year up to the edition: those that are known of every province.

    Without any, year is None and every unit stands alone in the frame.
    """
    then = pl.col("valid_to").is_null() | (pl.col("valid_to") > year)
    there = frames.unit.filter(then, unit_set="63").select("unit")
    found, used = there, list[int]()
    for name in VARIABLES:
        known = frames.context_value.filter(pl.col("year") <= year, pl.col("value") > 0, variable=name).join(
            there, on="unit", how="semi"
        )
        full: list[int] = known.group_by("year").len().filter(len=there.height)["year"].to_list()
        if not full:
            continue
        value = pl.col("value").log() if name in LOGGED else pl.col("value")
        values = known.filter(year=max(full)).select("unit", value.alias(name))
        found = found.join(values, on="unit").with_columns(
            (pl.col(name) - pl.col(name).mean()) / pl.col(name).std()
        )
        used.append(max(full))
    return (max(used) if used else None), found


def _years(index: Index, item: Outcome, coverage: pl.DataFrame, year: int | None) -> tuple[int, ...]:
    used = coverage.filter("used")["year"].to_list()
    if not item.cross_section:
        if year is not None:
            raise Problem(
                f"“{item.code}” dùng mọi năm có đủ số liệu cùng lúc ({spans(used)}); bỏ --year.",
                f"“{item.code}” uses all years that carry it at once ({spans(used)}); leave out --year.",
            )
        if len(used) < LEAST_YEARS:
            raise _too_thin(index, item, coverage)
        return tuple(used)
    if not used:
        raise _too_thin(index, item, coverage)
    if year is not None and year not in used:
        raise Problem(
            f"Năm {year} không đủ số liệu cho “{item.code}” và {index.name.vi} một năm trước. Các năm đủ: "
            f"{spans(used)}.",
            f"{year} does not carry “{item.code}” with {index.name.en} one year earlier. Years that do: "
            f"{spans(used)}.",
        )
    return (used[-1] if year is None else year,)


def _too_thin(index: Index, item: Outcome, coverage: pl.DataFrame) -> Problem:
    best = coverage.sort("both", "year", descending=True).head(1).to_dicts()
    vi = "chưa có năm nào có cả hai" if not best else f"năm khá nhất là {best[0]['year']}: {_of(best[0])} tỉnh"
    en = "no year has both" if not best else f"the best year is {best[0]['year']}: {_of(best[0])} provinces"
    return Problem(
        f"Chưa đủ năm có cả “{item.code}” lẫn điểm thành phần {index.name.vi} một năm trước của ít nhất hai phần "
        f"ba số tỉnh ({vi}); nhập bảng điểm còn thiếu bằng lệnh vuotbac import.",
        f"Too few years have both “{item.code}” and the components of {index.name.en} one year earlier for two "
        f"thirds of the provinces ({en}); take in the missing tables with vuotbac import.",
    )


def _of(row: dict[str, Any]) -> str:
    return f"{row['both']}/{row['of']}"


def _checked(rows: pl.DataFrame, index: Index, item: Outcome) -> pl.DataFrame:
    units = rows["unit"].n_unique()
    if units < LEAST_UNITS:
        raise Problem(
            f"Chỉ {units} tỉnh có đủ số liệu cho “{item.code}” và {index.name.vi}; sai số theo cụm tỉnh cần ít "
            f"nhất {LEAST_UNITS}.",
            f"Only {units} provinces carry “{item.code}” and {index.name.en}; errors clustered by province need "
            f"at least {LEAST_UNITS}.",
        )
    return rows


def _components(index: Index, year: int) -> list[str]:
    """The components one edition before a year, in the publisher's order."""
    return [part.code for part in index.components_of(year - LAG)]


def _terms(index: Index, years: tuple[int, ...]) -> list[str]:
    """The components that every edition has."""
    found = [
        code for code in _components(index, years[0]) if all(code in _components(index, one) for one in years)
    ]
    if not found:
        raise Problem(
            f"{index.name.vi}: không thành phần nào có mặt trong mọi kỳ đánh giá dùng được "
            f"({spans(years)} trừ một năm).",
            f"{index.name.en}: no component is in all the editions that could be used ({spans(years)} less one "
            "year).",
        )
    return found


def _standardised(
    figures: pl.DataFrame, index: Index, years: tuple[int, ...], terms: list[str]
) -> tuple[pl.DataFrame, dict[str, float]]:
    """Each component in standard deviations from its edition's mean, by the year it is held against.

    Where all units of an edition are alike they are all at the mean.
    """
    parts, spreads = [], []
    for year in years:
        wide = complete(figures, index, year - LAG).select("unit", *terms)
        spread = {code: float(wide[code].std(ddof=0) or 0.0) for code in terms}  # type: ignore[arg-type]
        spreads.append(spread)
        parts.append(
            wide.select(
                "unit",
                pl.lit(year, pl.Int64).alias("year"),
                *((pl.col(code) - pl.col(code).mean()) / (spread[code] or 1.0) for code in terms),
            )
        )
    return pl.concat(parts), {code: sum(one[code] for one in spreads) / len(spreads) for code in terms}


def _missing(
    cells: set[tuple[str, int]], rows: pl.DataFrame, values: pl.DataFrame, before: pl.DataFrame
) -> pl.DataFrame:
    """The units and years that fell out, and why; an unknown outcome is said before unknown components."""
    used, positive, known = (set(frame.select("unit", "year").iter_rows()) for frame in (rows, values, before))
    found = [
        (*cell, "components" if cell in positive else "not_positive" if cell in known else "outcome")
        for cell in sorted(cells - used)
    ]
    return pl.DataFrame(found, schema={"unit": pl.String, "year": pl.Int64, "why": pl.String}, orient="row")


def _breaks(index: Index, years: tuple[int, ...], terms: list[str]) -> list[tuple[int, Text]]:
    """What changed between the editions: the first edition that has it, and the words of the definition."""
    found: list[tuple[int, Text]] = []
    for before, after in pairwise(index.edition(year - LAG) for year in years):
        if not index.comparable(before.year, after.year):
            if same_definition(index, terms[0], before, after):
                what = Text("đổi trọng số", "the weights changed")
            else:
                what = Text("đổi danh mục thành phần", "the list of components changed")
            found.append((index.regime(after.year).first, what))
        found += [
            (item.year, item.note)
            for item in index.series_breaks
            if before.year < item.year <= after.year and (not item.components or set(item.components) & set(terms))
        ]
    return sorted(found, key=lambda pair: pair[0])


def _unbroken(index: Index, years: tuple[int, ...], terms: list[str]) -> tuple[int, ...]:
    """The longest run of years (of two, the later) over whose editions no component changed its definition."""
    runs: list[list[int]] = []
    for year in years:
        if runs and _alike(index, runs[-1][-1] - LAG, year - LAG, terms):
            runs[-1].append(year)
        else:
            runs.append([year])
    longest = max(runs, key=lambda run: (len(run), run[-1]))
    return tuple(longest)


def _alike(index: Index, before: int, after: int, terms: list[str]) -> bool:
    same = same_definition(index, terms[0], index.edition(before), index.edition(after))
    return same and all(index.broken(code, before, after) is None for code in terms)
