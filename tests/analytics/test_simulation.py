"""The simulator: what can be set, what comes of it, the odds of any gain; stages and approaches beside it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pytest

from analytics.core.ranking import scored
from analytics.path.interim_target import interim_target
from analytics.path.odds import OddsByGain, odds
from analytics.path.setting import Setting
from analytics.path.simulation import carried, controls, indicator_controls, odds_by_gain, simulate
from analytics.path.target import target
from analytics.path.target_path import target_path
from analytics.path.threshold import thresholds
from analytics.path.whatif import whatif
from analytics.standing.gap_history import THRESHOLD, gap_history, gaps
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem, Text

NAM_DINH = "63-36"


def test_every_component_has_a_dial_between_the_ends_of_its_scale(frames: Frames) -> None:
    found = controls(frames, NAM_DINH, "pci", 2019)
    assert [control.what for control in found] == [part.code for part in frames.index("pci").components_of(2019)]
    assert all(control.low <= control.now <= control.high for control in found)
    assert sum(control.unit_value for control in found) == pytest.approx(10)  # 10 × the weights
    assert next(control for control in found if control.what == "transparency").now == 6.5481


def test_where_no_component_is_known_the_total_is_the_only_dial(frames: Frames) -> None:
    (control,) = controls(frames, NAM_DINH, "par", 2023)
    assert (control.what, control.now, control.unit_value) == (OVERALL, 87.32, 1.0)
    assert controls(frames, "63-04", "par", 2022) == ()


def test_indicators_add_up_to_what_their_slopes_say(frames: Frames) -> None:
    found, refused = indicator_controls(frames, NAM_DINH, "pci", 2019, "transparency")
    assert refused == 0
    for control in found:
        assert control.low <= control.now <= control.high
        step = (control.high - control.now) / 2
        answer = whatif(frames, NAM_DINH, "pci", 2019, [Setting(control.what, control.now + step)])
        assert answer.figures["change_score"] == pytest.approx(control.unit_value * step, abs=1e-6)


def test_indicators_of_a_component_that_does_not_follow_are_refused(frames: Frames) -> None:
    found, refused = indicator_controls(frames, NAM_DINH, "pci", 2019, "labour_training")
    assert found == ()
    assert refused == 11
    assert "labour_training" in carried(frames, NAM_DINH, "pci", 2019)
    assert indicator_controls(frames, NAM_DINH, "papi", 2023, "transparency") == ((), 4)
    assert carried(frames, NAM_DINH, "papi", 2023) == ()
    assert indicator_controls(frames, NAM_DINH, "pci", 2022, "transparency")[0] == ()


def test_a_simulation_is_the_what_if_with_the_threshold_beside_it(frames: Frames) -> None:
    still = simulate(frames, NAM_DINH, "pci", 2019, ())
    assert still.answer is None
    assert (still.score, still.gain) == (65.0858, 0.0)
    assert still.short_low == still.short_high == pytest.approx(67.0464 - 65.0858)
    moved = simulate(frames, NAM_DINH, "pci", 2019, (Setting("transparency", 7.0),))
    expected = whatif(frames, NAM_DINH, "pci", 2019, [Setting("transparency", 7.0)]).figures
    assert moved.score == expected["score_after"]
    assert moved.answer is not None
    assert moved.answer.figures["rank_after"] == expected["rank_after"] == 23
    assert moved.short_high == pytest.approx(67.0464 - moved.score)


def test_between_bounds_the_threshold_is_short_by_two_figures(frames: Frames) -> None:
    found = simulate(frames, NAM_DINH, "par", 2023, (Setting(OVERALL, 88.5),))
    assert found.short_low == pytest.approx(-0.12)
    assert found.short_high == pytest.approx(0.10)


def test_without_a_total_there_is_nothing_to_simulate(frames: Frames) -> None:
    with pytest.raises(Problem):
        simulate(frames, NAM_DINH, "pci", 2024, ())


@pytest.mark.parametrize(
    ("unit", "index", "year", "top"),
    [
        (NAM_DINH, "pci", 2019, 15),
        ("63-22", "pci", 2023, 5),
        ("63-04", "papi", 2023, 15),
        (NAM_DINH, "pci", 2019, 62),
    ],
)
def test_the_prospect_gives_the_chances_of_the_odds(
    frames: Frames, unit: str, index: str, year: int, top: int
) -> None:
    gains = {"none": 0.0, "some": 1.3, "much": 4.0}
    told = odds(frames, unit, index, year, top, gains)
    found = odds_by_gain(frames, unit, index, year, top)
    assert isinstance(found, OddsByGain)
    assert found.chance() == told.figures["without"]
    assert list(found.within()) == told.figures["within"]
    for plan, gain in gains.items():
        assert found.chance(gain) == pytest.approx(told.figures["with"][plan])
    assert found.chance(0.5) <= found.chance(0.6)
    assert found.expected == told.rows["gain"][0]
    assert (found.moves, list(found.editions)) == (told.figures["moves"], told.figures["editions"])


def test_a_prospect_is_small_enough_to_be_kept_for_every_province(frames: Frames) -> None:
    found = odds_by_gain(frames, NAM_DINH, "pci", 2019)
    assert isinstance(found, OddsByGain)
    assert found.grid.nbytes + found.outside.nbytes + found.others.nbytes <= 16_000
    assert found.outside.base is None, "a view would keep those of all units"


def test_a_group_of_all_is_certain(frames: Frames) -> None:
    found = odds_by_gain(frames, "63-04", "pci", 2019, 63)
    assert isinstance(found, OddsByGain)
    assert found.chance() == 1


def test_there_is_no_prospect_into_an_edition_of_the_34_and_it_says_so(frames: Frames) -> None:
    found = odds_by_gain(frames, "63-22", "pci", 2024)
    assert isinstance(found, Text)
    assert "2025" in found.vi
    assert isinstance(odds_by_gain(frames, NAM_DINH, "par", 2023), Text)


@pytest.mark.parametrize("unit", [NAM_DINH, "63-04", "63-02", "63-11"])
def test_the_first_stage_is_the_nearest_group_within_the_pace_of_the_best_tenth(frames: Frames, unit: str) -> None:
    whole = target(frames, unit, "pci", 2023, with_odds=False).figures
    assert whole["within_pace"] is False
    size = interim_target(frames, unit, "pci", 2023)
    assert size is not None
    assert 15 < size < whole["rank"]
    assert target(frames, unit, "pci", 2023, size, with_odds=False).figures["within_pace"]
    assert not target(frames, unit, "pci", 2023, size - 1, with_odds=False).figures["within_pace"]


def test_there_is_no_stage_for_a_unit_inside_or_between_bounds(frames: Frames) -> None:
    for unit, index in (("63-22", "pci"), (NAM_DINH, "par")):
        assert interim_target(frames, unit, index, 2023) is None
        path = target_path(frames, unit, index, 2023)
        assert path.interim is None
        assert path.planned_gain is None
        assert path.gain("overall") is None


def test_a_path_goes_by_the_interim_target_where_the_group_is_beyond_the_pace(frames: Frames) -> None:
    near, far = (target_path(frames, unit, "pci", 2019) for unit in ("63-46", NAM_DINH))
    assert near.interim is None
    assert near.planned_gain == near.gain("overall") == pytest.approx(0.73, abs=0.005)
    first = near.answer.rows["component"][0]
    assert near.gain(first) == near.answer.rows["gain"][0]
    assert far.interim is not None
    assert far.interim.figures["top"] == interim_target(frames, NAM_DINH, "pci", 2019)
    assert far.planned_gain == far.interim.figures["need"]
    # Of the total it is the whole way that precedents are looked for, of a component the next step.
    assert far.gain("overall") == far.figures["need"] > far.interim.figures["need"]
    assert {far.gain(code) for code in far.interim.rows["component"]} <= set(far.interim.rows["gain"])


def lines(rows: pl.DataFrame) -> Iterator[set[str]]:
    for piece in rows.drop_nulls("piece").partition_by("piece"):
        yield set(piece["regime"])


def test_the_threshold_is_that_of_every_edition_and_joins_no_regimes(frames: Frames) -> None:
    index = frames.index("pci")
    rows = gap_history(frames, "pci", 2019, 15, NAM_DINH)
    totals = scored(frames, index).filter(component=OVERALL)
    known = {item.year: item.score for item in thresholds(totals, index, 2024, 15) if item.score is not None}
    drawn = rows.filter(~pl.col("dashed"), unit=THRESHOLD).drop_nulls("score")
    assert dict(drawn.select("year", "score").iter_rows()) == known
    assert known[2019] == 67.0464
    assert all(len(regimes) == 1 for regimes in lines(rows))
    assert set(rows.filter("dashed")["year"]) == {2016, 2017, 2020, 2021}
    bounds = rows.filter(unit=THRESHOLD, year=2024).row(0, named=True)
    assert bounds["score"] is None
    assert bounds["low"] < bounds["high"]


def test_gaps_are_differences_of_the_same_edition(frames: Frames) -> None:
    index = frames.index("pci")
    known = gaps(gap_history(frames, "pci", 2023, 15, NAM_DINH), index, NAM_DINH)
    assert known["year"].to_list() == list(range(2005, 2024))
    assert known.filter(year=2019)["gap"].item() == pytest.approx(1.9606)
    whole = target(frames, NAM_DINH, "pci", 2023, with_odds=False)
    assert known.filter(year=2023)["gap"].item() == pytest.approx(whole.figures["gap"])
    assert gaps(gap_history(frames, "pci", 2023, 15), index, NAM_DINH).is_empty()
