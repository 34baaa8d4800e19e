"""What a change of total and rank is made of."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.change.change import REMAINDER, change, known_changes
from analytics.core.history import history
from data.definition import OVERALL, Index, Regime
from data.frames import Frames
from data.text import Problem
from tests import sample

WEIGHTS = {"a": 0.5, "b": 0.5}
Scores = Mapping[tuple[int, str], Mapping[str, float | None]]


def toy(values: Scores, *, units: int | None = None, regimes: tuple[Regime, ...] | None = None) -> Frames:
    definition = sample.index(
        WEIGHTS, years=(2018, 2019), units=units or len({unit for _, unit in values}), regimes=regimes
    )
    return sample.frames(definition, sample.score_rows(values))


def two_regimes(before: dict[str, float], after: dict[str, float]) -> tuple[Regime, Regime]:
    return (
        Regime("old", 2018, tuple(before), 2018, weights=before, weight_status="published"),
        Regime("new", 2019, tuple(after), weights=after, weight_status="published"),
    )


THREE: Scores = {
    # Ours: a up 2, b down 1 → 5·2 − 5·1 = +5; the total is printed 5.3 higher, so 0.3 remain.
    (2018, "63-01"): {"a": 4.0, "b": 6.0, "overall": 50.0},
    (2019, "63-01"): {"a": 6.0, "b": 5.0, "overall": 55.3},
    (2018, "63-02"): {"a": 5.0, "b": 5.4, "overall": 52.0},
    (2019, "63-02"): {"a": 5.0, "b": 5.0, "overall": 50.0},
    (2018, "63-03"): {"a": 6.0, "b": 4.0, "overall": 49.0},
    (2019, "63-03"): {"a": 7.0, "b": 6.0, "overall": 65.0},
}


def test_three_units_by_hand() -> None:
    answer = change(toy(THREE), "63-01", "toy", 2019)
    rows = {row["component"]: row for row in answer.rows.to_dicts()}
    assert [rows[part]["contribution"] for part in ("a", "b", REMAINDER)] == pytest.approx([10.0, -5.0, 0.3])
    assert answer.figures["score_change"] == pytest.approx(5.3)
    # Before: 52, 50 (ours), 49 → 2nd. After: 65, 55.3, 50 → 2nd. Ours alone: 55.3 against 52, 49 → 1st.
    # Others alone: 50 against 50, 65 → 2nd.
    expected = {"rank_before": 2, "rank_after": 2, "rank_change": 0, "rank_if_score_kept": 2}
    # own = ½[(2 − 1) + (2 − 2)], others = ½[(2 − 2) + (1 − 2)].
    expected |= {"own": 0.5, "others": -0.5, "method": 0.0}
    assert {name: answer.figures[name] for name in expected} == expected
    # a: 3rd, then 2nd; b: 1st, then tied 2nd.
    assert answer.figures["crossed"] == {"up/up": ["a"], "down/down": ["b"]}
    assert rows["a"]["weight_before"] == 0.5
    assert answer.rows["component"].to_list() == ["a", "b", REMAINDER]


def test_an_unknown_component_is_left_to_the_remainder() -> None:
    partial = dict(THREE) | {(2018, "63-01"): {"a": 4.0, "b": None, "overall": 50.0}}
    answer = change(toy(partial), "63-01", "toy", 2019)
    rows = {row["component"]: row for row in answer.rows.to_dicts()}
    assert rows["b"]["contribution"] is None
    assert rows["b"]["crossing"] == "?/?"
    assert rows[REMAINDER]["contribution"] == pytest.approx(-4.7)
    assert (answer.coverage.known, answer.coverage.of) == (1, 2)
    assert any("phần dư" in note.text.vi for note in answer.notes)


def test_units_missing_in_either_edition_are_left_out() -> None:
    # 63-04 led in 2018 and is gone; 63-05 leads in 2019 and is new. Both editions are complete with four.
    values = dict(THREE) | {(2018, "63-04"): {"overall": 90.0}, (2019, "63-05"): {"overall": 91.0}}
    answer = change(toy(values, units=4), "63-01", "toy", 2019)
    figures = answer.figures
    assert (figures["compared"], figures["compared_before"], figures["compared_after"]) == (3, 2, 2)
    assert (figures["own"], figures["others"], figures["lists"]) == (0.5, -0.5, 0)
    # In the lists it is third in both years; the answer says both.
    assert (figures["rank_before"], figures["rank_after"], figures["rank_change"]) == (3, 3, 0)
    assert any("hạng là 2 rồi 2; trong danh sách là 3 rồi 3" in note.text.vi for note in answer.notes)


def test_who_comes_above_us_moves_the_lists() -> None:
    # 63-04 was last in 2018 and is gone; 63-05 is new in 2019, and first.
    values = dict(THREE) | {(2018, "63-04"): {"overall": 10.0}, (2019, "63-05"): {"overall": 91.0}}
    answer = change(toy(values, units=4), "63-01", "toy", 2019)
    figures = answer.figures
    assert (figures["rank_before"], figures["rank_after"], figures["rank_change"]) == (2, 3, -1)
    assert (figures["own"], figures["others"], figures["method"], figures["lists"]) == (0.5, -0.5, 0.0, -1)


def test_an_incomplete_edition_gives_no_parts() -> None:
    answer = change(toy(THREE, units=4), "63-01", "toy", 2019)
    assert [answer.figures[name] for name in ("own", "others", "method", "rank_if_score_kept")] == [None] * 4
    assert answer.figures["score_change"] == pytest.approx(5.3)
    assert any("2018, 2019" in note.text.vi for note in answer.notes)


def test_across_a_regime_the_method_has_a_part() -> None:
    values: Scores = {
        # Under the old weights (all on a) 40 and 50; under the new (all on b) 60 and 50. Nothing else moved.
        (2018, "63-01"): {"a": 4.0, "b": 6.0, "overall": 40.0},
        (2018, "63-02"): {"a": 5.0, "b": 5.0, "overall": 50.0},
        (2019, "63-01"): {"a": 4.0, "b": 6.0, "overall": 60.0},
        (2019, "63-02"): {"a": 5.0, "b": 5.0, "overall": 50.0},
    }
    frames = toy(values, regimes=two_regimes({"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}))
    answer = change(frames, "63-01", "toy", 2019)
    assert {name: answer.figures[name] for name in ("own", "others", "method", "rank_change")} == {
        "own": 0.0,
        "others": 0.0,
        "method": 1.0,
        "rank_change": 1,
    }
    # The components are as before, so with them kept the new weights alone make us first.
    assert answer.figures["rank_if_score_kept"] == 1
    assert answer.figures["score_change"] is None
    assert answer.rows["contribution"].null_count() == answer.rows.height
    assert answer.rows.filter(component="a").select("weight_before", "weight_after").row(0) == (1.0, 0.0)


@pytest.mark.parametrize("reason", ["components", "unknown"])
def test_across_a_regime_that_cannot_be_recomputed(reason: str) -> None:
    values = dict(THREE)
    after = {"a": 0.3, "b": 0.7}
    if reason == "components":
        after = {"a": 1.0}
    else:
        values[(2018, "63-03")] = {"a": 6.0, "overall": 49.0}
    answer = change(toy(values, regimes=two_regimes(WEIGHTS, after)), "63-01", "toy", 2019)
    assert [answer.figures[name] for name in ("own", "others", "method")] == [None] * 3
    assert answer.figures["rank_change"] == 0
    assert any("cả hai bộ trọng số" in note.text.vi for note in answer.notes)


half_points = st.integers(0, 20).map(lambda n: n / 2)
pairs = st.lists(st.tuples(half_points, half_points), min_size=1, max_size=7)


@given(pairs)
def test_own_and_others_add_up_and_are_the_mean_over_both_orders(drawn: list[tuple[float, float]]) -> None:
    values = {
        (year, unit): {"overall": score}
        for unit, scores in zip(sample.unit_codes(len(drawn)), drawn, strict=True)
        for year, score in zip((2018, 2019), scores, strict=True)
    }
    figures = change(toy(values), "63-01", "toy", 2019).figures
    (ours_before, ours_after), others = drawn[0], drawn[1:]

    def rank(ours: float, other: int) -> int:
        return 1 + sum(scores[other] > ours for scores in others)

    before, after = rank(ours_before, 0), rank(ours_after, 1)
    assert figures["own"] + figures["others"] == figures["rank_change"] == before - after
    own_first, own_last = before - rank(ours_after, 0), rank(ours_before, 1) - after
    assert figures["own"] == (own_first + own_last) / 2
    assert figures["rank_if_score_kept"] == rank(ours_before, 1)


@given(
    st.lists(st.tuples(*[st.integers(0, 10).map(float)] * 4), min_size=1, max_size=5),
    st.sampled_from([0.0, 0.2, 0.5, 1.0]),
    st.sampled_from([0.0, 0.3, 0.5, 1.0]),
)
def test_three_parts_are_the_mean_over_all_six_orders(
    drawn: list[tuple[float, ...]], old: float, new: float
) -> None:
    weights = ({"a": old, "b": 1 - old}, {"a": new, "b": 1 - new})
    units = sample.unit_codes(len(drawn))

    def total(unit: int, when: int, weighting: int) -> float:
        a, b = drawn[unit][2 * when : 2 * when + 2]
        return round(10 * (weights[weighting]["a"] * a + weights[weighting]["b"] * b), 6)

    values = {
        (2018 + when, unit): {
            "a": drawn[place][2 * when],
            "b": drawn[place][2 * when + 1],
            "overall": total(place, when, when),
        }
        for place, unit in enumerate(units)
        for when in (0, 1)
    }
    figures = change(toy(values, regimes=two_regimes(*weights)), "63-01", "toy", 2019).figures

    def rank(moved: set[str]) -> int:
        weighting = int("method" in moved)
        ours = total(0, int("own" in moved), weighting)
        return 1 + sum(total(k, int("others" in moved), weighting) > ours for k in range(1, len(units)))

    parts = dict.fromkeys(("own", "others", "method"), 0.0)
    orders = list(permutations(parts))
    for order in orders:
        for step, player in enumerate(order):
            parts[player] += (rank(set(order[:step])) - rank(set(order[: step + 1]))) / len(orders)
    assert {name: figures[name] for name in parts} == pytest.approx(parts)
    assert sum(parts.values()) == pytest.approx(figures["rank_change"])
    assert figures["rank_if_score_kept"] == rank({"others", "method"})


def inside_a_regime(index: Index) -> list[int]:
    return [
        after.year
        for before, after in zip(index.editions, index.editions[1:], strict=False)
        if index.comparable(before.year, after.year) and after.year <= 2023
    ]


def test_identities_in_every_complete_edition(frames: Frames) -> None:
    exact = {*range(2006, 2011), *range(2012, 2020)}
    years = inside_a_regime(frames.index("pci"))
    assert len(years) == 14
    closed = 0
    for year in years:
        for unit in ("63-36", "63-48", "63-96"):
            answer = change(frames, unit, "pci", year)
            figures = answer.figures
            assert answer.rows["contribution"].sum() == pytest.approx(figures["score_change"])
            parts = [figures[name] for name in ("own", "others", "method", "lists")]
            assert sum(parts) == figures["rank_change"]
            assert figures["rank_change"] == figures["rank_before"] - figures["rank_after"]
            if {year - 1, year} <= exact:
                remainder = answer.rows.filter(component=REMAINDER)["contribution"].item()
                # Totals and sub-indices are printed to four decimals.
                assert abs(remainder) < 0.0005
                closed += 1
    assert closed == 3 * 9


def test_every_page_has_one_change_of_rank(frames: Frames) -> None:
    """The change of rank that is split is the one of the lists, in every edition; its parts add up to it."""
    asked = split = 0
    for code in frames.indices:
        known = frames.score.filter(index=code, component=OVERALL)
        for unit in known["unit"].unique().sort()[::6]:
            shown = dict(
                history(frames, unit, code)
                .rows.filter(component=OVERALL)
                .select("year", "change_rank")
                .iter_rows()
            )
            for year in known_changes(frames, unit, code)["year"]:
                figures = change(frames, unit, code, year).figures
                assert figures["rank_change"] == shown[year], (code, unit, year)
                asked += 1
                if figures["own"] is not None:
                    parts = [figures[name] for name in ("own", "others", "method", "lists")]
                    assert sum(parts) == pytest.approx(figures["rank_change"]), (code, unit, year)
                    split += 1
    assert asked > 300
    assert split > 250


def test_nam_dinh_2019(frames: Frames) -> None:
    answer = change(frames, "63-36", "pci", 2019)
    # Published: 63.01 and 35th in 2018, 65.09 and 33rd in 2019.
    assert (answer.figures["rank_before"], answer.figures["rank_after"]) == (35, 33)
    assert answer.figures["score_change"] == pytest.approx(65.0858 - 63.0097)
    # Transparency rose by 1.132 points at two points of the total each.
    assert answer.rows.row(0, named=True)["component"] == "transparency"
    assert answer.rows["contribution"][0] == pytest.approx(2.264)
    totals = frames.score.filter(pl.col("unit") != "63-36", index="pci", year=2019, component="overall")
    assert answer.figures["rank_if_score_kept"] == 1 + (totals["score"] > 63.0097).sum()


def test_across_the_weights_of_2022_only_the_rank_is_compared(frames: Frames) -> None:
    answer = change(frames, "63-36", "pci", 2022)
    assert answer.figures["score_change"] is None
    assert answer.figures["own"] is None
    assert answer.figures["rank_change"] is not None
    assert answer.rows.filter(component="proactivity").select("weight_before", "weight_after").row(0) == (
        0.05,
        0.15,
    )


@pytest.mark.parametrize(
    ("unit", "year", "says"),
    [
        ("63-36", 2005, "đầu tiên"),
        ("34-37", 2025, "đầu tiên"),
        ("63-36", 2024, "2005–2023"),
        ("63-36", 2004, "2004"),
    ],
)
def test_bad_questions(frames: Frames, unit: str, year: int, says: str) -> None:
    with pytest.raises(Problem, match=says):
        change(frames, unit, "pci", year)


def test_the_answer_says_how_each_figure_is_known_and_among_how_many(frames: Frames) -> None:
    answer = change(frames, "63-36", "pci", 2023)
    figures = answer.figures
    # VCCI published 2022, and the totals of 2023 follow from the sub-indices.
    assert (figures["status_before"], figures["status_after"]) == ("published", "derived")
    assert figures["rank_status_after"] is None
    assert figures["compared"] == 63
    assert set(answer.rows["status_after"].drop_nulls()) == {"published"}
    assert change(frames, "63-36", "papi", 2023).figures["compared"] == 59
    assert change(frames, "63-36", "par", 2023).figures["compared"] is None


def test_the_editions_that_can_be_asked_for(frames: Frames) -> None:
    known = known_changes(frames, "63-04", "pci")
    told = {year: (parts, of) for year, parts, of in known.select("year", "parts", "of").iter_rows()}
    assert known["year"].to_list() == sorted(told, reverse=True)
    assert told[2019] == (10, 10)
    assert told[2023][0] == 0  # none of its sub-indices of 2022 is known
    assert told[2013][0] == 0  # another method
    for year in (2019, 2021):
        answer = change(frames, "63-04", "pci", year)
        assert answer.rows["contribution"].drop_nulls().len() - 1 == told[year][0]
    assert known_changes(frames, "34-37", "pci").is_empty()
