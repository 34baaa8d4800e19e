from __future__ import annotations

from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.audit import audit, audits, joined
from analytics.core.ranking import ranked
from analytics.core.recovery import recovery
from data.frames import Frames
from data.text import Problem
from tests import sample

EXACT = [*range(2006, 2011), *range(2012, 2020)]


@pytest.fixture(scope="module")
def pci(frames: Frames) -> pl.DataFrame:
    return audit(frames, "pci").rows


@pytest.mark.parametrize("year", EXACT)
def test_totals_follow_from_the_sub_indices(pci: pl.DataFrame, year: int) -> None:
    rows = pci.filter(pl.col("check") == "total", year=year)
    assert rows.height == (64 if year < 2009 else 63)
    # The figures carry four decimals, so the weighted sum of ten of them is exact to ±0.00055 at best.
    assert rows["difference"].abs().max() <= 0.00055
    assert rows["finding"].unique().to_list() == ["reproduced"]


def test_2011_is_flagged_and_always_too_high(frames: Frames, pci: pl.DataFrame) -> None:
    rows = pci.filter(pl.col("check") == "total", year=2011)
    assert rows.height == 63
    assert dict(rows["finding"].value_counts().iter_rows()) == {"differs": 62, "rounding": 1}
    assert rows["difference"].min() > 0
    assert 0.54 < rows["difference"].max() < 0.56
    answer = audit(frames, "pci", 2011)
    assert answer.figures["editions"][2011]["finding"] == "differs"
    assert any("0,55" in note.text.vi for note in answer.notes)


def test_the_weights_of_2022_are_recovered_and_no_others_fit(frames: Frames) -> None:
    found = audit(frames, "pci", 2022).figures["recovered_weights"][2022]
    assert found["weights"] == frames.index("pci").regime(2022).weights
    assert found["identified"]
    assert found["worst"] == pytest.approx(0.025, abs=1e-9)
    assert found["next_worst"] == pytest.approx(0.49, abs=1e-9)
    assert found["units"] == 15
    # Nine cuts among nineteen places: the sets of ten weights in steps of 5 %, each at least 5 %.
    assert found["sets_tried"] == 92378


@pytest.mark.parametrize("year", [*range(2006, 2011), *range(2012, 2024)])
def test_stated_weights_are_the_recovered_ones(frames: Frames, year: int) -> None:
    found = audit(frames, "pci", year).figures["recovered_weights"][year]
    assert found["identified"]
    assert found["weights"] == frames.index("pci").regime(year).weights


def test_a_derived_total_is_not_compared_with_itself(frames: Frames, pci: pl.DataFrame) -> None:
    rows = pci.filter(pl.col("check") == "total", year=2023)
    assert rows.height == 19
    assert (rows["difference"] != 0).any()


def test_published_ranks_that_contradict_scores_are_named(frames: Frames) -> None:
    rows = audit(frames, "sipas", 2023).rows.filter(check="rank")
    assert set(rows["unit"]) == {"63-31", "63-10"}


def test_fields_in_points_add_up_where_all_eight_were_read(frames: Frames) -> None:
    rows = audit(frames, "par", 2021).rows.filter(check="total")
    assert rows.select("unit", "published", "recomputed", "finding").rows() == [
        ("63-38", 87.83, 87.84, "rounding")
    ]


def test_all_audits_join_into_one_answer(frames: Frames) -> None:
    answer = joined(audits(frames))
    assert list(answer.figures) == ["pci", "par", "sipas", "papi"]
    assert answer.rows["index"].unique(maintain_order=True).to_list() == ["pci", "par", "sipas", "papi"]
    with pytest.raises(Problem, match="1990"):
        audits(frames, 1990)


# ---- what the checks find, on figures made for it


def toy_frames(rows: pl.DataFrame) -> Frames:
    return sample.frames(sample.index({"a": 0.3, "b": 0.7}, years=(2019,)), rows)


def by_hand() -> dict[tuple[int, str], dict[str, float | None]]:
    """10 · (0.3 · a + 0.7 · b): 58, 44, 37."""
    return {
        (2019, "63-01"): {"a": 3.0, "b": 7.0, "overall": 58.0},
        (2019, "63-02"): {"a": 10.0, "b": 2.0, "overall": 44.0},
        (2019, "63-03"): {"a": 3.0, "b": 4.0, "overall": 37.0},
    }


def test_a_total_that_does_not_follow_is_the_first_row() -> None:
    values = by_hand()
    values[2019, "63-02"]["overall"] = 45.5
    rows = audit(toy_frames(sample.score_rows(values)), "toy").rows
    first = rows.row(0, named=True)
    assert (first["unit"], first["check"], first["difference"], first["finding"]) == (
        "63-02",
        "total",
        1.5,
        "differs",
    )
    assert rows.filter(finding="reproduced").height == 2


def test_a_row_equal_to_another_units_is_found() -> None:
    toy = sample.index({"a": 0.2, "b": 0.3, "c": 0.5}, years=(2019,))
    values = {
        (2019, "63-01"): {"a": 1.0, "b": 2.0, "c": 3.0},
        (2019, "63-02"): {"a": 4.0, "b": 2.0, "c": 3.0},
        (2019, "63-03"): {"a": 1.0, "b": 2.0, "c": 3.0},
    }
    rows = audit(sample.frames(toy, sample.score_rows(values, total=toy)), "toy").rows
    assert rows.filter(check="repeated")["unit"].to_list() == ["63-01", "63-03"]


def test_a_value_outside_the_scale_is_found() -> None:
    values = by_hand()
    values[2019, "63-01"]["a"] = 10.5
    values[2019, "63-03"]["b"] = -0.25
    rows = audit(toy_frames(sample.score_rows(values)), "toy").rows.filter(check="scale")
    assert rows.select("unit", "component", "published", "recomputed", "difference").rows() == [
        ("63-01", "a", 10.5, 10.0, 0.5),
        ("63-03", "b", -0.25, 0.0, -0.25),
    ]


@pytest.mark.parametrize(
    ("parts", "off", "finding"),
    [
        # Printed with two decimals, total and sum may lie 0.005 + 0.005 · (3 + 7) = 0.055 apart.
        (0.0, 0.0009, "reproduced"),
        (0.0, 0.05, "rounding"),
        (0.0, 0.06, "differs"),
        # With four decimals in the parts and the total, a hundredth of that.
        (0.0001, 0.0005, "reproduced"),
        (0.0001, 0.0101, "differs"),
    ],
)
def test_decimals_excuse_no_more_than_they_explain(parts: float, off: float, finding: str) -> None:
    values = by_hand()
    for row in values.values():
        row["a"], row["b"] = (row["a"] or 0) + parts, (row["b"] or 0) + parts
        row["overall"] = round((row["overall"] or 0) + 10 * parts + (parts and 0.0001), 6)
    values[2019, "63-01"]["overall"] = round((values[2019, "63-01"]["overall"] or 0) + off, 6)
    if parts:
        values[2019, "63-01"]["overall"] = round((values[2019, "63-01"]["overall"] or 0) - 0.0001, 6)
    rows = audit(toy_frames(sample.score_rows(values)), "toy").rows.filter(unit="63-01", check="total")
    assert rows["finding"].item() == finding


@settings(max_examples=15, deadline=None)
@given(st.permutations([1, 2, 3, 4, 10]), st.integers(0, 1000))
def test_any_weights_in_steps_are_recovered(parts: list[int], seed: int) -> None:
    codes = "abcde"
    toy = sample.index({code: part / 20 for code, part in zip(codes, parts, strict=True)}, years=(2019,), units=12)
    asked = sample.frames(toy, sample.random_scores(toy, seed=seed))
    found = recovery(toy, ranked(asked, toy), 2019)
    assert found is not None
    assert found.weights == {code: part / 20 for code, part in zip(codes, parts, strict=True)}
    assert found.worst <= found.rounding
    assert found.next_worst >= found.worst


def test_the_search_is_over_every_set_brute_force() -> None:
    """Three components, by the definition: every (i, j, 20 − i − j) with all at least one."""
    toy = sample.index({"a": 0.25, "b": 0.6, "c": 0.15}, years=(2019,), units=6)
    rows = sample.random_scores(toy)
    found = recovery(toy, ranked(sample.frames(toy, rows), toy), 2019)
    wide = rows.pivot("component", index="unit", values="score")
    misses = sorted(
        (wide["overall"] - 0.5 * (i * wide["a"] + j * wide["b"] + (20 - i - j) * wide["c"])).abs().max()
        for i, j in product(range(1, 19), repeat=2)
        if i + j < 20
    )
    assert found is not None
    assert found.sets_tried == len(misses) == 171
    assert [found.worst, found.next_worst] == pytest.approx(misses[:2], abs=1e-6)


def test_too_few_units_leave_the_weights_open() -> None:
    toy = sample.index({"a": 0.5, "b": 0.5}, years=(2019,), units=1)
    asked = sample.frames(toy, sample.score_rows({(2019, "63-01"): {"a": 1.0, "b": 2.0}}, total=toy))
    assert recovery(toy, ranked(asked, toy), 2019) is None
