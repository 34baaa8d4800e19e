"""What came after the edition asked about changes nothing in any answer about one edition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest

from analytics.merger.merger import merger
from analytics.path.interim_target import interim_target
from analytics.path.moves import spread_moves
from analytics.path.odds import odds
from analytics.path.outlook import outlook
from analytics.path.precedent import precedent
from analytics.path.target import target
from analytics.standing.noise_band import noise_band
from analytics.standing.pareto_peers import pareto_peers
from analytics.standing.peers import peers
from analytics.weights.benefit_of_doubt import benefit_of_doubt
from analytics.weights.coherence import coherence
from data.frames import Frames
from tests import sample

YEAR, UNITS = 2016, ("63-36", "63-04", "63-48")


@pytest.fixture(scope="module")
def shuffled(frames: Frames) -> Frames:
    """The same figures with those of later editions dealt out anew among units and editions."""
    later = frames.score["year"] > YEAR
    kept, after = frames.score.filter(~later), frames.score.filter(later)
    order = np.random.default_rng(sample.SEED).permutation(after.height)
    dealt = after.with_columns(after[name][order] for name in ("score", "published_rank", "published_score"))
    return replace(frames, score=pl.concat([kept, dealt]))


# Incomes are known from 2018 on: of editions before it the answers say that they use those.
CONTEXT_YEAR = 2019


@pytest.fixture(scope="module")
def later_context(frames: Frames) -> Frames:
    """The same figures with what units are like in later years dealt out anew among them."""
    later = frames.context_value["year"] > CONTEXT_YEAR
    kept, after = frames.context_value.filter(~later), frames.context_value.filter(later)
    order = np.random.default_rng(sample.SEED).permutation(after.height)
    return replace(frames, context_value=pl.concat([kept, after.with_columns(value=after["value"][order])]))


ASKED: dict[str, Callable[[Frames, str], Any]] = {
    "odds": lambda frames, unit: odds(frames, unit, "pci", YEAR, gains={"plan": 2.0}).figures,
    "outlook": lambda frames, _: outlook(frames, "pci", YEAR).chances,  # type: ignore[union-attr]
    "target": lambda frames, unit: target(frames, unit, "pci", YEAR).figures,
    "routes": lambda frames, unit: target(frames, unit, "pci", YEAR).rows.to_dicts(),
    "interim target": lambda frames, unit: interim_target(frames, unit, "pci", YEAR),
    "precedent": lambda frames, unit: precedent(frames, unit, "pci", YEAR, "transparency", 0.5).rows.to_dicts(),
    "noise band": lambda frames, _: noise_band(frames, "pci", YEAR).rows.to_dicts(),
    "moves": lambda frames, _: spread_moves(frames, frames.index("pci"), YEAR).rows(),
    "margins": lambda frames, unit: target(frames, unit, "pci", YEAR, margin_points="p80").figures["margins"],
    "merger": lambda frames, _: merger(frames, "pci", YEAR).rows.to_dicts(),
    "pareto peers": lambda frames, unit: pareto_peers(frames, unit, "pci", YEAR).rows.to_dicts(),
    "benefit of the doubt": lambda frames, unit: benefit_of_doubt(frames, unit, "pci", YEAR).rows.to_dicts(),
    "coherence": lambda frames, _: coherence(frames, "pci", YEAR).rows.to_dicts(),
    "peers": lambda frames, unit: peers(frames, unit, YEAR).rows.to_dicts(),
}


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("what", ASKED)
def test_nothing_later_is_looked_at(frames: Frames, shuffled: Frames, what: str, unit: str) -> None:
    assert ASKED[what](shuffled, unit) == ASKED[what](frames, unit)


@pytest.mark.parametrize("unit", UNITS)
def test_no_later_income_says_who_is_like_us(frames: Frames, later_context: Frames, unit: str) -> None:
    for year in (CONTEXT_YEAR, CONTEXT_YEAR - 1):
        for found in (frames, later_context):
            assert peers(found, unit, year).figures["data_year"] == year
        assert peers(later_context, unit, year).rows.equals(peers(frames, unit, year).rows)
        with_later = pareto_peers(later_context, unit, "pci", year)
        assert with_later.rows.equals(pareto_peers(frames, unit, "pci", year).rows)


def test_a_year_without_figures_takes_those_before_it(frames: Frames) -> None:
    without = replace(frames, context_value=frames.context_value.filter(pl.col("year") != 2020))
    assert peers(without, "63-36", 2020).figures["data_year"] == 2019
    assert peers(frames, "63-36", 2016).figures["data_year"] == 2018
