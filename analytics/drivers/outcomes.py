"""Which outcomes outside the indices are there, and in which years can they be held against an index?

An outcome is what good governance is hoped to bring: new firms, private investment, income, foreign investment. It
comes from the context figures, never from an index. A year carries it where at least two thirds of the provinces
have both the outcome of the year and every component of the edition one year earlier: the few provinces that are
known of a thinly covered edition are those that told, and they are not like the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import enough
from analytics.core.ranking import scored
from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.text import Note, Problem, Text

OUTCOME_COLUMNS = ("outcome", "year", "edition", "with_outcome", "with_components", "both", "of", "used")

# Components come first, the outcome one year later: what is asked is what follows, not what goes with it.
LAG = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome in logarithms: a context variable, where `per` is given divided by another one.

    `cross_section`: it is known in scattered years only, so each year stands alone.
    """

    code: str
    variable: str
    name: Text
    per: str | None = None
    cross_section: bool = False

    @property
    def variables(self) -> tuple[str, ...]:
        """The context variables it is made of."""
        return (self.variable,) if self.per is None else (self.variable, self.per)


# Population is in thousand persons: enterprises over population are firms per 1,000 people.
OUTCOMES = (
    Outcome(
        "new_firms",
        "enterprises_new",
        Text("log số doanh nghiệp mới trên 1.000 dân", "log new firms per 1,000 people"),
        per="population_avg",
    ),
    Outcome("private_investment", "investment_private", Text("log vốn đầu tư tư nhân", "log private investment")),
    Outcome("grdp_per_head", "grdp_per_capita", Text("log GRDP bình quân đầu người", "log GRDP per head")),
    Outcome(
        "fdi",
        "fdi_capital_registered",
        Text("log vốn FDI đăng ký trong năm", "log FDI capital registered in the year"),
        cross_section=True,
    ),
)


def outcome_of(index: Index, code: str) -> Outcome:
    """The outcome of a code, or of the context variable that it is made of.

    Raises Problem for the total or a component of the index, which are answered by their exact shares instead, and
    for what is no outcome.
    """
    written = code.strip().lower()
    found = next((item for item in OUTCOMES if written in (item.code, item.variable)), None)
    if found is not None:
        return found
    if written in (index.code, *(item.code for item in index.components)):
        raise Problem(
            f"Không hồi quy {index.name.vi} theo chính các thành phần của nó: “{code}” nằm trong chỉ số, kết quả "
            "chỉ lặp lại cách tính. Phần đóng góp chính xác của từng thành phần: vuotbac drivers --index "
            f"{index.code} --shares --year NĂM.",
            f"{index.name.en} is not regressed on its own parts: “{code}” lies inside the index, and the result "
            f"would only repeat the formula. Each component's exact share: vuotbac drivers --index {index.code} "
            "--shares --year YEAR.",
        )
    known = ", ".join(item.code for item in OUTCOMES)
    raise Problem(
        f"Không có biến kết quả “{code}”. Các biến kết quả: {known}.",
        f"There is no outcome “{code}”. The outcomes: {known}.",
    )


def outcomes(frames: Frames, index: str) -> Answer:
    """In which years each outcome can be held against the components of an index.

    Rows (`OUTCOME_COLUMNS`): outcome, year, edition (one year earlier), and of `of` provinces how many have the
    outcome, all components of the edition, and both; `used` where both are at least two thirds. Figures: `years`
    {outcome: years used}. Coverage counts the rows that are used. Notes: `rule` (when a year is used).

    Raises Problem for an index that doesn't exist.
    """
    definition = frames.index(index)
    rows = pl.concat([years_known(frames, definition, item) for item in OUTCOMES])
    years = {item.code: rows.filter("used", outcome=item.code)["year"].to_list() for item in OUTCOMES}
    return Answer(
        question="outcomes",
        index=definition.code,
        year=None,
        unit=None,
        rows=rows,
        coverage=Coverage(rows.filter("used").height, rows.height),
        figures={"years": years},
        notes=(
            Note.of(
                "rule",
                "Một năm chỉ được dùng khi ít nhất hai phần ba số tỉnh có cả kết quả của năm ấy lẫn đủ điểm thành "
                f"phần của {definition.name.vi} một năm trước.",
                "A year is used only where at least two thirds of the provinces have both the outcome of that "
                f"year and every component of {definition.name.en} one year earlier.",
            ),
        ),
    )


def years_known(frames: Frames, index: Index, item: Outcome) -> pl.DataFrame:
    """One row (`OUTCOME_COLUMNS`) for each year of an outcome that has an edition one year earlier."""
    values, figures = log_values(frames, item), scored(frames, index)
    rows = []
    for edition in _editions(index, values):
        year = edition.year + LAG
        units = existing_units(frames, edition, year)
        known = set(values.filter(year=year)["unit"]) & units
        whole = set(complete(figures, index, edition.year)["unit"]) & units
        rows.append((item.code, year, edition.year, len(known), len(whole), len(known & whole), len(units)))
    found = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    return found.with_columns(used=enough(pl.col("both"), pl.col("of"))).select(OUTCOME_COLUMNS)


_SCHEMA = {"outcome": pl.String} | dict.fromkeys(OUTCOME_COLUMNS[1:-1], pl.Int64)


def log_values(frames: Frames, item: Outcome) -> pl.DataFrame:
    """The outcome by unit and year, where its logarithm exists: unit, year, `value` (natural logarithm)."""
    wide = outcome_values(frames, item)
    return wide.filter(pl.col("value") > 0).with_columns(pl.col("value").log())


def outcome_values(frames: Frames, item: Outcome) -> pl.DataFrame:
    """The outcome as it is known, not in logarithms: unit, year, value."""
    parts = [
        frames.context_value.filter(variable=name).select(
            "unit", year=pl.col("year").cast(pl.Int64), **{name: "value"}
        )
        for name in item.variables
    ]
    if item.per is None:
        return parts[0].rename({item.variable: "value"})
    both = parts[0].join(parts[1].filter(pl.col(item.per) > 0), on=["unit", "year"])
    return both.select("unit", "year", value=pl.col(item.variable) / pl.col(item.per))


def complete(figures: pl.DataFrame, index: Index, year: int) -> pl.DataFrame:
    """The units of an edition that have every component, each turned so that more is better: unit, components.

    `figures` are those of `analytics.ranking.scored`. An edition without components has no such units, and neither
    has one in which a component is known on two scales (points here, per cent there): they can't be compared.
    """
    codes = [item.code for item in index.components_of(year)]
    known = (
        figures.filter(pl.col("component") != OVERALL, year=year)
        .drop_nulls("better")
        .filter(pl.col("out_of").n_unique().over("component") == 1)
    )
    columns = [pl.col("better").filter(pl.col("component") == code).first().alias(code) for code in codes]
    wide = known.group_by("unit").agg(columns).drop_nulls().sort("unit")
    return wide if codes else wide.clear()


def existing_units(frames: Frames, edition: Edition, year: int) -> set[str]:
    """The units of an edition's set that there still were in a year."""
    lasted = pl.col("valid_to").is_null() | (pl.col("valid_to") >= year)
    return set(frames.unit.filter(lasted, unit_set=edition.unit_set)["unit"])


def _editions(index: Index, values: pl.DataFrame) -> list[Edition]:
    years = set(values["year"])
    return [edition for edition in index.editions if edition.year + LAG in years]
