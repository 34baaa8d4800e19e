"""How far from the target group: complete and partial editions, ties, and what is not known."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.core.ranking import ranking
from analytics.standing.standing import Distance, distance
from data.frames import Frames
from data.text import Problem
from tests import sample

TOY = sample.index({"a": 1.0}, years=(2019,), units=5, target=2)


def totals(*scores: float | None) -> Frames:
    """The toy index with these totals; a missing one leaves the edition partial."""
    units = sample.unit_codes(len(scores))
    values = {(2019, unit): {"overall": score} for unit, score in zip(units, scores, strict=True)}
    return sample.frames(TOY, sample.score_rows(values), sample.unit_rows(units))


def placed(frames: Frames, ranks: dict[str, int]) -> Frames:
    """The same with ranks that the publisher gave, also to units without a score."""
    score = frames.score.with_columns(
        published_rank=pl.col("unit").replace_strict(ranks, default=None, return_dtype=pl.Int16),
        rank_status=pl.when(pl.col("unit").is_in(list(ranks))).then(pl.lit("published")),
    )
    missing = [unit for unit in ranks if unit not in score["unit"]]
    added = [
        score.head(1).with_columns(
            unit=pl.lit(unit),
            score=pl.lit(None, pl.Float64),
            score_status=pl.lit(None, pl.String),
            published_rank=pl.lit(ranks[unit], pl.Int16),
            rank_status=pl.lit("published"),
        )
        for unit in missing
    ]
    return sample.frames(TOY, pl.concat([score, *added]), frames.unit)


def of(frames: Frames, unit: str, top: int | None = None) -> Distance:
    found = distance(frames, "toy", 2019, unit, top)
    assert found is not None
    return found


def test_outside_it_runs_up_to_the_last_one_inside() -> None:
    found = of(totals(90.0, 80.0, 70.5, 60.0, 50.0), "63-03")
    assert (found.inside, found.places, found.points, found.edge) == (False, 1, 9.5, 80.0)
    assert (found.low, found.high) == (9.5, 9.5)


def test_inside_it_runs_down_to_the_first_one_outside() -> None:
    found = of(totals(90.0, 80.0, 70.5, 60.0, 50.0), "63-01")
    assert (found.inside, found.places, found.points, found.edge) == (True, 2, 19.5, 70.5)


def test_equal_scores_at_the_edge_are_all_inside() -> None:
    frames = totals(90.0, 80.0, 80.0, 60.0, 50.0)
    assert of(frames, "63-02").inside is True
    assert of(frames, "63-03").inside is True
    assert of(frames, "63-03").points == 0.0


def test_a_partial_edition_gives_the_bracket_between_the_nearest_known_ranks() -> None:
    # Second place is not known: the edge lies between the first and the third.
    frames = placed(totals(90.0, None, 70.5, 60.0, None), {"63-01": 1, "63-03": 3, "63-04": 4})
    found = of(frames, "63-04")
    assert (found.inside, found.places, found.points) == (False, 2, None)
    assert (found.low, found.high) == (10.5, 30.0)
    assert (found.edge_low, found.edge_high) == (70.5, 90.0)
    inside = of(frames, "63-01")
    assert (inside.inside, inside.points, inside.edge) == (True, 19.5, 70.5)


def test_a_rank_without_a_score_gives_places_and_no_points() -> None:
    frames = placed(totals(90.0, 80.0, 70.5, None, None), {"63-01": 1, "63-02": 2, "63-03": 3, "63-05": 5})
    found = of(frames, "63-05")
    assert (found.inside, found.places, found.points, found.low, found.high) == (False, 3, None, None, None)
    assert found.edge == 80.0


def test_a_score_without_a_rank_is_placed_only_where_a_known_one_decides() -> None:
    frames = placed(totals(90.0, 80.0, 70.5, 85.0, 60.0), {"63-01": 1, "63-03": 3})
    known = frames.score.filter(pl.col("unit") != "63-02")
    frames = sample.frames(TOY, known, frames.unit)
    assert of(frames, "63-05").inside is False  # no better than the third
    assert of(frames, "63-04").inside is None  # between the first and the third
    assert of(frames, "63-04").points is None


def test_nothing_known_and_a_group_larger_than_the_edition_give_none() -> None:
    frames = totals(90.0, 80.0, 70.5, 60.0, 50.0)
    assert distance(frames, "toy", 2019, "63-09") is None
    assert distance(frames, "toy", 2019, "63-01", top=6) is None
    with pytest.raises(Problem):
        distance(frames, "toy", 2001, "63-01")


@pytest.mark.parametrize("year", [2012, 2019, 2021, 2023])
def test_gaining_the_distance_leads_into_the_group_of_a_real_edition(frames: Frames, year: int) -> None:
    rows = ranking(frames, "pci", year).rows
    scores = dict(rows.select("unit", "score").iter_rows())
    for unit, score in scores.items():
        found = of_real(frames, year, unit)
        better = sum(other > score for other in scores.values())
        assert found.points is not None
        if found.inside:
            outside = sorted((other for name, other in scores.items() if name != unit), reverse=True)
            assert found.points == pytest.approx(max(score - outside[found.top - 1], 0), abs=1e-9)
        else:
            assert better >= found.top
            reached = score + found.points + 1e-9
            assert sum(other > reached for name, other in scores.items() if name != unit) < found.top


def of_real(frames: Frames, year: int, unit: str) -> Distance:
    found = distance(frames, "pci", year, unit)
    assert found is not None
    return found


def test_nam_dinh_on_the_partial_par_index_of_2023(frames: Frames) -> None:
    """By the ministry's list: 14th 88.60, 17th 88.38 (the two between are not known), Nam Định 29th with 87.32."""
    found = distance(frames, "par", 2023, "63-36")
    assert found is not None
    assert (found.rank, found.places, found.points) == (29, 14, None)
    assert (found.low, found.high) == (pytest.approx(1.06), pytest.approx(1.28))
