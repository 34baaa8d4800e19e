"""One-edition moves, and how far units from a like level got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.core.ranking import scored
from analytics.path.moves import SPREAD_MOVE_COLUMNS, Spread, moves, reach, spread_moves, spreads
from data.definition import Index, Regime, SeriesBreak
from data.frames import Frames
from data.text import Problem
from tests import sample

TOY = sample.index({"a": 0.5, "b": 0.5}, years=(2016, 2017, 2018, 2019))


def found(
    definition: Index, values: Mapping[tuple[int, str], Mapping[str, float | None]], *, across_breaks: bool = False
) -> pl.DataFrame:
    frames = sample.frames(definition, sample.score_rows(values))
    return moves(scored(frames, definition), definition, across_breaks=across_breaks)


def regime(code: str, first: int, last: int | None, weights: dict[str, float]) -> Regime:
    return Regime(code, first, tuple(weights), last=last, weights=weights, weight_status="published")


# A spread of one point around nought: there levels and scores are the same figure.
NOW = Spread(0.0, 1.0, 100.0)


def material(starts: Sequence[float], gains: Sequence[float], years: Sequence[int] | None = None) -> pl.DataFrame:
    """Moves of component a, as `spread_moves` would give them; half of each move was left an edition later."""
    count = len(starts)
    rows = {
        "component": ["a"] * count,
        "year": list(years or [2019] * count),
        "unit": [f"63-{place % 90 + 10}" for place in range(count)],
        "start": [float(item) for item in starts],
        "move": [float(item) for item in gains],
        "out_of": [10.0] * count,
        "lasting": [float(item) / 2 for item in gains],
    }
    return pl.DataFrame(rows).select(SPREAD_MOVE_COLUMNS)


def test_a_move_joins_two_editions_in_a_row_and_nothing_else() -> None:
    values = {
        (2016, "63-01"): {"a": 5.0},
        (2017, "63-01"): {"a": 5.5},
        (2019, "63-01"): {"a": 9.0},  # 2018 is missing: neither 2017–2018 nor 2018–2019
        (2016, "63-02"): {"a": 4.0},
        (2017, "63-02"): {"a": 3.75},
        (2018, "63-02"): {"a": 4.0},
    }
    rows = found(TOY, values)
    assert rows.select("component", "year", "unit", "start", "move").rows() == [
        ("a", 2018, "63-02", 3.75, 0.25),
        ("a", 2017, "63-01", 5.0, 0.5),
        ("a", 2017, "63-02", 4.0, -0.25),
    ]


def test_totals_count_only_between_complete_editions() -> None:
    values = {
        (year, f"63-0{place}"): {"overall": 50.0 + year} for year in (2016, 2017, 2018) for place in (1, 2, 3)
    }
    del values[2018, "63-03"]
    assert found(TOY, values)["year"].unique().to_list() == [2017]


def test_a_series_break_is_left_out_of_the_components_it_names_unless_asked_for() -> None:
    broken = SeriesBreak(2018, sample.word("Other indicators."), ("a",))
    definition = replace(TOY, series_breaks=(broken,))
    values = {(year, "63-01"): {"a": 5.0, "b": 5.0} for year in (2016, 2017, 2018, 2019)}
    rows = found(definition, values)
    assert rows.filter(component="a")["year"].to_list() == [2019, 2017]
    assert rows.filter(component="b")["year"].to_list() == [2019, 2018, 2017]
    assert found(definition, values, across_breaks=True).filter(component="a").height == 3


def test_across_regimes_components_move_where_only_weights_changed_and_totals_never() -> None:
    regimes = [
        regime("old", 2016, 2016, {"a": 0.5, "c": 0.5}),
        regime("light", 2017, 2018, {"a": 0.5, "b": 0.5}),
        regime("heavy", 2019, None, {"a": 0.9, "b": 0.1}),
    ]
    definition = sample.index({"a": 0.5, "b": 0.5, "c": 0.5}, years=(2016, 2017, 2018, 2019), regimes=regimes)
    values = {
        (year, unit): {"a": 5.0, "overall": 50.0}
        for year in (2016, 2017, 2018, 2019)
        for unit in sample.unit_codes(3)
    }
    rows = found(definition, values)
    assert rows.filter(component="a")["year"].unique(maintain_order=True).to_list() == [2019, 2018]
    assert rows.filter(component="overall")["year"].unique().to_list() == [2018]


def test_a_change_of_scale_is_no_move() -> None:
    values = {(2016, "63-01"): {"a": 5.0}, (2017, "63-01"): {"a": 6.0}, (2018, "63-01"): {"a": 7.0}}
    frames = sample.frames(TOY, sample.score_rows(values).with_columns(maximum=pl.when(year=2018).then(20.0)))
    assert moves(scored(frames, TOY), TOY)["year"].to_list() == [2017]


def test_where_lower_is_better_a_fall_is_a_gain() -> None:
    total, part, other = TOY.components
    definition = replace(TOY, components=(total, replace(part, direction="lower_better"), other))
    rows = found(definition, {(2016, "63-01"): {"a": 5.0}, (2017, "63-01"): {"a": 4.0}})
    assert rows.select("start", "move").rows() == [(-5.0, 1.0)]


def test_typical_and_feasible_are_percentiles_of_the_hundred_nearest_starts() -> None:
    # Gains 0.01, 0.02 … 1.00 from the level asked for: the 75th percentile lies a quarter between the 75th and
    # the 76th, the 90th a tenth between the 90th and the 91st. The twenty far starts don't count.
    rows = material([5.0] * 100 + [9.0] * 20, [place / 100 for place in range(1, 101)] + [5.0] * 20)
    got = reach(rows, TOY, "a", 5.0, 5.0, 10.0, NOW)
    assert got.typical == pytest.approx(0.7525)
    assert got.feasible == pytest.approx(0.901)
    assert (got.moves, got.editions, got.lowest, got.highest) == (120, (2019,), 5.0, 5.0)
    assert got.share(1.0) == 0.01
    assert got.share(0.905) == 0.1
    assert got.share(0.0) == 1.0
    assert (got.held(0.5), got.held(0.505)) == (0.01, 0.0)


def test_of_starts_equally_near_the_newest_count() -> None:
    rows = material([5.1] * 100 + [4.9] * 100, [1.0] * 100 + [2.0] * 100, [2019] * 100 + [2018] * 100)
    assert reach(rows, TOY, "a", 5.0, 5.0, 10.0, NOW).gains.tolist() == [1.0] * 100


def test_effort_has_a_floor_and_the_scale_an_end() -> None:
    falls = material([5.0] * 100, [-1.0] * 100)
    got = reach(falls, TOY, "a", 5.0, 5.0, 10.0, NOW)
    assert (got.typical, got.feasible) == (0.05, 0.0)
    leaps = material([9.8] * 100, [2.0] * 100)
    assert reach(leaps, TOY, "a", 9.8, 0.2, 10.0, NOW).feasible == 0.2


@pytest.mark.parametrize("count", [0, 1, 99])
def test_fewer_than_a_hundred_moves_are_refused_with_their_number(count: int) -> None:
    with pytest.raises(Problem) as refused:
        reach(material([5.0] * count, [0.1] * count), TOY, "a", 5.0, 5.0, 10.0, NOW)
    assert f"{count} one-edition moves" in refused.value.text.en
    assert str(count) in refused.value.text.vi
    assert ("2019" in refused.value.text.en) is (count > 0)


def test_moves_are_turned_into_points_of_the_edition_asked_about() -> None:
    rows = material([1.0] * 100 + [-2.0] * 20, [place / 100 for place in range(1, 101)] + [5.0] * 20)
    got = reach(rows, TOY, "a", 6.0, 10.0, 10.0, Spread(5.0, 1.0, 100.0))
    wide = reach(rows, TOY, "a", 8.0, 10.0, 10.0, Spread(5.0, 3.0, 100.0))
    # 6 of mean 5 and width 1 is one spread above, and so is 8 of mean 5 and width 3.
    assert wide.feasible == pytest.approx(3 * got.feasible)
    assert (got.lowest, wide.lowest) == (6.0, 8.0)
    assert wide.held(3 * 0.4) == got.held(0.4)


def test_nothing_beyond_the_best_of_the_edition_is_feasible() -> None:
    leaps = material([5.0] * 100, [2.0] * 100)
    assert reach(leaps, TOY, "a", 5.0, 5.0, 10.0, Spread(0.0, 1.0, 5.5)).feasible == 0.5


def test_a_rise_of_all_is_no_move_and_an_incomplete_edition_none_either() -> None:
    random = np.random.default_rng(sample.SEED)
    level = random.normal(5, 1, 6)
    values = {
        (year, unit): {"a": float(level[place] * (year - 2015) + year)}
        for year in TOY.years
        for place, unit in enumerate(sample.unit_codes(6))
    }
    definition = replace(TOY, editions=tuple(replace(item, units=6) for item in TOY.editions))
    frames = sample.frames(definition, sample.score_rows(values))
    rows = spread_moves(frames, definition, 2019).filter(component="a")
    # Every edition is wider and higher than the one before, and nobody moved.
    assert rows.height == 3 * 6
    assert rows["move"].abs().max() < 1e-6
    assert rows.filter(year=2019)["lasting"].null_count() == 6
    assert spread_moves(frames, definition, 2017)["year"].unique().to_list() == [2017]
    lost = frames.score.filter(~((pl.col("year") == 2018) & (pl.col("unit") == "63-01")))
    partial = replace(frames, score=lost)
    assert spread_moves(partial, definition, 2019)["year"].unique().to_list() == [2017]
    assert 2018 not in [year for year in TOY.years if "a" in spreads(scored(partial, definition), year)]


def test_moves_on_another_scale_do_not_count() -> None:
    with pytest.raises(Problem):
        reach(material([5.0] * 100, [0.1] * 100), TOY, "a", 5.0, 5.0, 20.0, NOW)


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(-50, 50)), min_size=100, max_size=160), st.integers(0, 100)
)
def test_a_reach_is_bounded_and_its_starts_are_the_nearest(pairs: list[tuple[int, int]], level: int) -> None:
    starts, gains = [one / 10 for one, _ in pairs], [gain / 10 for _, gain in pairs]
    room = 10 - level / 10
    got = reach(material(starts, gains), TOY, "a", level / 10, room, 10.0, NOW)
    assert got.typical >= 0.05
    assert 0 <= got.feasible <= room
    assert len(got.gains) == 100
    distances = sorted(abs(start - level / 10) for start in starts)
    assert max(abs(got.lowest - level / 10), abs(got.highest - level / 10)) == pytest.approx(distances[99])
    assert np.all(np.diff(got.gains) <= 0)


def test_the_real_moves_pool_over_regimes_and_skip_what_is_not_comparable(frames: Frames) -> None:
    definition = frames.index("pci")
    rows = moves(scored(frames, definition), definition)
    years = set(rows.filter(component="transparency")["year"])
    # 2006, 2009 and 2013 brought other components, 2017 and 2021 other indicators; 2022 only other weights.
    assert years == {*range(2007, 2025)} - {2009, 2013, 2017, 2021}
    assert set(rows.filter(component="overall")["year"]) == years - {2022, 2024}
    by_edition = rows.filter(component="transparency").group_by("year").len()
    counts = dict(by_edition.iter_rows())
    assert (counts[2007], counts[2010], counts[2019]) == (64, 63, 63)
    assert rows.filter(component="facilitating_government").is_empty()
