"""The 34 from the 63: means of all members or nothing, bands of ranks, and real scores for those that stayed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.ranking import ranking
from analytics.merger.merger import MERGER_COLUMNS, merger, weights
from analytics.merger.merger_history import MERGER_HISTORY_COLUMNS, merger_history
from data.definition import Index
from data.frames import Frames
from data.text import Problem
from tests import sample

# Four new units: of three, of two, and two that stayed as they were.
MEMBERS = {
    "34-01": ("63-01", "63-02", "63-03"),
    "34-02": ("63-04", "63-05"),
    "34-03": ("63-06",),
    "34-04": ("63-07",),
}
OLD = sample.unit_codes(7)
TOY = sample.index({"a": 1.0}, years=(2018, 2019), units=7)


def made(
    scores: Mapping[str, float | None],
    people: Mapping[str, float] | None = None,
    *,
    index: Index = TOY,
    firms: Mapping[str, float] | None = None,
    year: int = 2019,
) -> Frames:
    """Frames of one edition (2019), with the people and the firms of 2018."""
    counted = {"population_avg": people or dict.fromkeys(OLD, 1.0), "enterprises_active": firms or {}}
    values = {(year, unit): {"overall": score} for unit, score in scores.items()}
    cross = [
        {"old_unit": old, "new_unit": new, "merged": len(olds) > 1, "effective": date(2025, 7, 1)}
        for new, olds in MEMBERS.items()
        for old in olds
    ]
    frames = sample.frames(index, sample.score_rows(values), sample.unit_rows([*OLD, *MEMBERS]))
    known = [
        {"year": 2018, "unit": unit, "variable": variable, "value": value}
        for variable, by_unit in counted.items()
        for unit, value in by_unit.items()
    ]
    return replace(
        frames, crosswalk=sample.table("crosswalk", cross), context_value=sample.table("context_value", known)
    )


SCORES = {"63-01": 40.0, "63-02": 60.0, "63-03": 80.0, "63-04": 50.0, "63-05": 54.0, "63-06": 55.0, "63-07": 70.0}
PEOPLE = {"63-01": 1.0, "63-02": 1.0, "63-03": 2.0, "63-04": 3.0, "63-05": 1.0, "63-06": 9.0, "63-07": 9.0}


def rows(frames: Frames, **more: str) -> dict[str, dict[str, object]]:
    return {row["unit"]: row for row in merger(frames, "toy", 2019, **more).rows.to_dicts()}


def test_means_bands_and_ranks_by_hand() -> None:
    answer = merger(made(SCORES, PEOPLE), "toy", 2019)
    assert answer.rows.columns == list(MERGER_COLUMNS)
    found = answer.rows.select("unit", "mean", "low", "high", "rank_mean", "rank_best", "rank_worst").rows()
    assert found == [
        # 70 stayed; 01 is at 80 half of the time, then 70 is second.
        ("34-04", 70.0, 70.0, 70.0, 1, 1, 2),
        # (40 + 60 + 2·80) / 4 = 65, behind 70; at 80 it is first, at 60 second, at 40 behind all.
        ("34-01", 65.0, 40.0, 80.0, 2, 1, 4),
        # Behind 70, and behind 01 at 60 or 80: three quarters of the time.
        ("34-03", 55.0, 55.0, 55.0, 3, 2, 3),
        # (3·50 + 54) / 4 = 51; neither member reaches 55, and 01 is behind at 40.
        ("34-02", 51.0, 50.0, 54.0, 4, 3, 4),
    ]
    assert (answer.figures["merged"], answer.figures["unmerged"], answer.figures["complete"]) == (2, 2, True)
    assert (answer.figures["weight_variable"], answer.figures["weight_year"]) == ("population_avg", 2018)
    status = dict(answer.rows.select("unit", "score_status").iter_rows())
    assert status == {"34-01": "estimated", "34-02": "estimated", "34-03": "published", "34-04": "published"}
    shares = {item["member"]: item["share"] for item in answer.figures["members"]}
    assert (shares["63-03"], shares["63-05"], shares["63-06"]) == (0.5, 0.25, 1)
    assert answer.rows.filter(unit="34-01")["members"].item() == "63-01;63-02;63-03"


def test_firms_weigh_otherwise() -> None:
    firms = dict.fromkeys(OLD, 1.0) | {"63-01": 8.0}
    frames = made(SCORES, PEOPLE, firms=firms)
    assert rows(frames, weight="firms")["34-01"]["mean"] == pytest.approx((8 * 40 + 60 + 80) / 10)
    assert rows(frames)["34-01"]["mean"] == 65


def test_a_missing_member_leaves_the_mean_open_and_ranks_nobody() -> None:
    frames = made(SCORES | {"63-05": None}, PEOPLE)
    answer = merger(frames, "toy", 2019)
    row = answer.rows.filter(unit="34-02").row(0, named=True)
    assert (row["mean"], row["low"], row["high"], row["score_status"]) == (None, None, None, None)
    assert (row["reason"], row["missing"]) == ("score", "63-05")
    assert answer.rows["rank_mean"].null_count() == answer.rows["rank_best"].null_count() == 4
    assert answer.rows["mean"].count() == answer.coverage.known == 3
    assert any("Tỉnh 02: thiếu Tỉnh 05" in note.text.vi for note in answer.notes)
    assert any(note.text.en.startswith("No ranks") for note in answer.notes)


def test_without_weights_only_those_that_stayed_have_a_score() -> None:
    some = {unit: value for unit, value in PEOPLE.items() if unit != "63-02"}
    answer = merger(made(SCORES, some), "toy", 2019)
    assert dict(answer.rows.select("unit", "mean").iter_rows()) == {
        "34-03": 55.0, "34-04": 70.0, "34-01": None, "34-02": None,
    }  # fmt: skip
    assert answer.rows.filter(unit="34-01")["reason"].item() == "weight"
    assert answer.figures["weight_year"] is None


def test_members_on_different_scales_have_no_mean() -> None:
    frames = made(SCORES, PEOPLE)
    other = frames.score.with_columns(maximum=pl.when(pl.col("unit") == "63-01").then(10.0).otherwise(100.0))
    row = rows(replace(frames, score=other))["34-01"]
    assert (row["mean"], row["reason"]) == (None, "scale")


def test_lower_is_better_turns_ranks_but_not_scores() -> None:
    total = replace(TOY.component("overall"), direction="lower_better")
    turned = replace(TOY, components=(total, *TOY.components[1:]))
    answer = merger(made(SCORES, PEOPLE, index=turned), "toy", 2019)
    assert answer.rows.select("unit", "low", "high", "rank_mean", "rank_best", "rank_worst").rows() == [
        ("34-02", 50.0, 54.0, 1, 1, 2),
        ("34-03", 55.0, 55.0, 2, 2, 3),
        ("34-01", 40.0, 80.0, 3, 1, 4),
        ("34-04", 70.0, 70.0, 3, 3, 4),
    ]


@given(
    st.lists(st.integers(0, 20), min_size=7, max_size=7),
    st.lists(st.integers(1, 50), min_size=7, max_size=7),
)
@settings(max_examples=60)
def test_properties(scores: list[int], people: list[int]) -> None:
    frames = made(
        {unit: float(value) for unit, value in zip(OLD, scores, strict=True)},
        {unit: float(value) for unit, value in zip(OLD, people, strict=True)},
    )
    found = rows(frames)
    for unit, row in found.items():
        own = [float(scores[OLD.index(member)]) for member in MEMBERS[unit]]
        assert (row["low"], row["high"]) == (min(own), max(own))
        assert row["low"] <= row["mean"] <= row["high"]
        assert 1 <= row["rank_best"] <= row["rank_worst"] <= 4
        if len(own) == 1:
            assert row["mean"] == own[0]
            assert row["rank_best"] <= row["rank_mean"] <= row["rank_worst"]
        if len(set(own)) == 1:
            assert row["mean"] == pytest.approx(own[0])
    if len(set(scores)) == 1:
        assert {row["rank_worst"] for row in found.values()} == {1}


def test_pci_2023_from_the_figures_themselves(frames: Frames) -> None:
    answer = merger(frames, "pci", 2023)
    assert (answer.rows.height, answer.figures["merged"], answer.figures["unmerged"]) == (34, 23, 11)
    row = answer.rows.filter(unit="34-37").row(0, named=True)
    # Hà Nam, Nam Định, Ninh Bình: people of 2023 (thousands) and the derived totals.
    members = pl.col("unit").is_in(["63-35", "63-36", "63-37"])
    known = frames.context_value.filter(members, variable="population_avg", year=2023)
    people = dict(known.select("unit", "value").iter_rows())
    totals = frames.score.filter(members, index="pci", year=2023, component="overall")
    scores = dict(totals.select("unit", "score").iter_rows())
    assert len(people) == len(scores) == 3
    by_hand = sum(people[unit] * scores[unit] for unit in people) / sum(people.values())
    assert row["mean"] == pytest.approx(by_hand)
    assert (row["low"], row["high"]) == (pytest.approx(65.645), pytest.approx(67.8325))
    assert row["members"] == "63-35;63-36;63-37"


@pytest.mark.parametrize(("index", "year"), [("pci", 2019), ("pci", 2022), ("papi", 2020)])
def test_the_unmerged_carry_their_own_score(frames: Frames, index: str, year: int) -> None:
    found = merger(frames, index, year).rows.filter(~pl.col("merged"))
    own = ranking(frames, index, year).rows.select("unit", "score", status=pl.col("score_status").cast(pl.String))
    held = found.join(own, left_on="members", right_on="unit")
    assert held.height == 11
    assert held["mean"].to_list() == held["low"].to_list() == held["high"].to_list()
    assert held["mean"].to_list() == pytest.approx(held["score"].to_list())
    assert held["score_status"].to_list() == held["status"].to_list()
    # Their order among themselves is the real one.
    assert held.sort("rank_mean")["score"].to_list() == sorted(held["score"].to_list(), reverse=True)


def test_what_is_not_known_stays_open(frames: Frames) -> None:
    papi = merger(frames, "papi", 2024)
    lacking = papi.rows.filter(reason="score").select("unit", "missing").sort("unit").rows()
    # 2024 has no totals of Vĩnh Phúc (now Phú Thọ) and Tiền Giang (now Đồng Tháp).
    assert lacking == [("34-25", "63-26"), ("34-82", "63-82")]
    assert papi.rows["rank_best"].null_count() == 34
    assert merger(frames, "pci", 2024).coverage.known < 34
    assert any("Hà Tây" in note.text.vi for note in merger(frames, "pci", 2007).notes)
    # A component: 2019 has all ten of all 63.
    assert merger(frames, "pci", 2019, "transparency").figures["complete"]


def test_the_nearest_year_that_has_all(frames: Frames) -> None:
    assert weights(frames, 2023, "firms")[:2] == ("enterprises_active", 2023)
    assert weights(frames, 2013, "firms")[:2] == ("enterprises_active_with_results", 2010)
    assert weights(frames, 2015, "firms")[:2] == ("enterprises_active", 2017)
    # 61 provinces in 2003: the three that were split then have no people yet.
    assert weights(frames, 1999, "population")[:2] == ("population_avg", 2004)
    assert weights(frames, 2023, "population")[2].height == 63


def test_one_unit_through_the_years_is_the_same_answer(frames: Frames) -> None:
    answer = merger_history(frames, "34-37", "pci")
    assert answer.rows.columns == list(MERGER_HISTORY_COLUMNS)
    assert answer.rows["year"].to_list() == list(range(2005, 2025))
    for year in (2010, 2023, 2024):
        row = merger(frames, "pci", year).rows.filter(unit="34-37").row(0, named=True)
        own = answer.rows.filter(year=year).row(0, named=True)
        shared = set(row) & set(own)
        assert {name: own[name] for name in shared} == {name: row[name] for name in shared}
    # A component that came later begins where it begins.
    assert merger_history(frames, "34-37", "pci", "policy_bias").rows["year"].min() == 2013


def test_questions_that_have_no_answer(frames: Frames) -> None:
    with pytest.raises(Problem, match="34"):
        merger(frames, "pci", 2025)
    bad: list[tuple[str, int, str, str]] = [
        ("pci", 1999, "overall", "population"),
        ("pci", 2023, "luck", "population"),
        ("pci", 2023, "soe_bias", "population"),
        ("pci", 2023, "overall", "gdp"),
        ("gdp", 2023, "overall", "population"),
    ]
    for arguments in bad:
        with pytest.raises(Problem):
            merger(frames, *arguments)
    for unit in ("63-36", "34-99"):
        with pytest.raises(Problem):
            merger_history(frames, unit, "pci")
