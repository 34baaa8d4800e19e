"""Estimates at hand: those of the project's own figures and code, the same as computed; others are computed."""

from __future__ import annotations

import json

import polars as pl
import pytest

from analytics.drivers import estimates as kept
from analytics.drivers.estimates import FILE, computed, estimates, fingerprint, panels
from analytics.drivers.outcomes import OUTCOMES
from analytics.drivers.panel import Panel
from data.frames import Frames


@pytest.fixture(scope="module")
def known(frames: Frames) -> list[Panel]:
    return list(panels(frames))


def test_every_panel_of_the_figures_is_kept_and_no_other(known: list[Panel]) -> None:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    assert {item.outcome for item in known} == set(OUTCOMES)
    assert {fingerprint(item) for item in known} == set(content["estimates"])


def test_they_were_computed_by_the_code_that_is_here() -> None:
    """Fails after a change of what computes: `python -m analytics.drivers.estimates` writes them again."""
    assert json.loads(FILE.read_text(encoding="utf-8"))["code"] == kept.code()


@pytest.mark.parametrize("code", ["grdp_per_head", "fdi"])
def test_what_is_kept_is_what_is_computed(known: list[Panel], code: str) -> None:
    table = next(item for item in known if item.outcome.code == code)
    at_hand, anew = estimates(table), computed(table)
    assert at_hand.rows.columns == anew.rows.columns
    assert at_hand.rows["term"].to_list() == list(table.terms)
    for name in at_hand.rows.columns[1:]:
        assert at_hand.rows[name].is_null().equals(anew.rows[name].is_null()), name
        one, two = (rows[name].drop_nulls().to_list() for rows in (at_hand.rows, anew.rows))
        assert one == pytest.approx(two, rel=1e-6, abs=1e-9), name
    assert at_hand.r2_within == pytest.approx(anew.r2_within)
    for test in ("grouped", "forward"):
        told, found = at_hand.skill[test], anew.skill[test]
        assert (told is None) == (found is None)
        if told is not None:
            assert told["skill"] == pytest.approx(found["skill"], abs=1e-6)


def test_another_panel_is_computed(known: list[Panel], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Panel] = []
    monkeypatch.setattr(kept, "computed", asked.append)
    table = next(item for item in known if item.outcome.cross_section)
    estimates(table)
    assert asked == []
    other = Panel(
        **{name: getattr(table, name) for name in Panel.__dataclass_fields__}
        | {"rows": table.rows.with_columns(y=pl.when(pl.col("unit") == "63-36").then(1.0).otherwise("y"))}
    )
    estimates(other)
    assert asked == [other]


def test_what_is_measured_unsurely_must_be_larger_to_be_seen(known: list[Panel]) -> None:
    table = next(item for item in known if item.outcome.code == "new_firms")
    rows = estimates(table).rows
    sure = rows.filter(pl.col("reliability") >= kept.LEAST_RELIABLE)
    assert 0 < sure.height < rows.height
    # 2.8 errors are what a test of 5 % finds four times in five.
    assert (sure["detectable"] * sure["reliability"] / sure["error"]).is_between(2.7, 3.0).all()
    unsure = rows.filter(pl.col("reliability") < kept.LEAST_RELIABLE)
    assert unsure["detectable"].null_count() == unsure.height


def test_income_size_and_cities_take_much_of_what_labour_training_seemed_to_bring(known: list[Panel]) -> None:
    """FDI 2024 on PCI 2023: 1.62 of its logarithm, and 0.92 among provinces that are alike."""
    sections = [item for item in known if item.outcome.cross_section and item.years == (2024,)]
    table = next(item for item in sections if "labour_training" in item.terms)
    assert (table.controls, table.controls_year) == (("grdp_per_capita", "population_avg", "urban_share"), 2023)
    row = estimates(table).rows.filter(term="labour_training").row(0, named=True)
    assert row["estimate_plain"] == pytest.approx(1.6206, abs=1e-3)
    assert row["estimate"] == pytest.approx(0.9166, abs=1e-3)
    assert row["q_plain"] < 0.05 < row["q_value"]
    assert row["estimate_ppml"] is not None
