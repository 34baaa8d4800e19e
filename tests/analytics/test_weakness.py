"""Three lists that often disagree, against five references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.change.change import change
from analytics.path.precedent import precedent
from analytics.path.setting import read
from analytics.path.target import target
from analytics.path.whatif import whatif
from analytics.weakness.indicators import indicators
from analytics.weakness.weakness import known_years, weakness
from analytics.weights.robustness import robustness
from data.definition import Component, Index, Regime
from data.frames import Frames
from data.text import Problem
from tests import sample

WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}
# Totals: 5·4 + 3·6 + 2·5 = 48, 5·6 + 3·5 + 2·7 = 59, 5·5 + 3·8 + 2·9 = 67.
THREE = {
    "63-01": {"a": 4.0, "b": 6.0, "c": 5.0},
    "63-02": {"a": 6.0, "b": 5.0, "c": 7.0},
    "63-03": {"a": 5.0, "b": 8.0, "c": 9.0},
}


def toy(
    scores: Mapping[str, Mapping[str, float | None]],
    units: int | None = None,
    regions: Mapping[str, str] | None = None,
    target: int = 2,
) -> Frames:
    definition = sample.index(WEIGHTS, years=(2019,), units=units or len(scores), target=target)
    rows = sample.score_rows({(2019, unit): row for unit, row in scores.items()}, total=definition)
    return sample.frames(definition, rows, sample.unit_rows(scores, regions))


def column(rows: pl.DataFrame, name: str) -> dict[str, object]:
    return dict(rows.select("component", name).iter_rows())


@pytest.mark.parametrize(
    ("against", "references", "gaps", "places"),
    [
        # The first two of the total are 63-02 and 63-03.
        ("target", {"a": 5.5, "b": 6.5, "c": 8}, {"a": 7.5, "b": 1.5, "c": 6}, {"a": 1, "b": 3, "c": 2}),
        ("median", {"a": 5, "b": 6, "c": 7}, {"a": 5, "b": 0, "c": 4}, {"a": 1, "b": 3, "c": 2}),
        ("best", {"a": 6, "b": 8, "c": 9}, {"a": 10, "b": 6, "c": 8}, {"a": 1, "b": 3, "c": 2}),
        # 63-01 and 63-02 share a region; the unit itself counts.
        ("region", {"a": 5, "b": 5.5, "c": 6}, {"a": 5, "b": -1.5, "c": 2}, {"a": 1, "b": 3, "c": 2}),
        # Chosen by hand: 63-03 alone, and ourselves named in vain.
        ("peers", {"a": 5, "b": 8, "c": 9}, {"a": 5, "b": 6, "c": 8}, {"a": 3, "b": 2, "c": 1}),
    ],
)
def test_three_units_by_hand(
    against: str, references: dict[str, float], gaps: dict[str, float], places: dict[str, int]
) -> None:
    frames = toy(THREE, regions={"63-03": "south"})
    answer = weakness(frames, "63-01", "toy", 2019, against, chosen=("63-03", "63-01"))
    assert column(answer.rows, "reference") == references
    assert column(answer.rows, "weighted_gap") == gaps
    assert column(answer.rows, "place_by_gap") == places
    assert column(answer.rows, "place_by_score") == {"a": 1, "b": 3, "c": 2}
    # Third of three on a and on c, second on b: the two share the first place.
    assert column(answer.rows, "rank") == {"a": 3, "b": 2, "c": 3}
    assert column(answer.rows, "place_by_rank") == {"a": 1, "b": 3, "c": 1}
    assert column(answer.rows, "strength_by_rank") == {"a": 2, "b": 1, "c": 2}
    assert column(answer.rows, "weight") == WEIGHTS
    assert answer.rows["component"].to_list() == sorted(places, key=places.__getitem__)


def test_the_unit_counts_in_its_target_group() -> None:
    answer = weakness(toy(THREE), "63-03", "toy", 2019, top=3)
    assert column(answer.rows, "reference") == {"a": 5, "b": 6, "c": 7}
    assert answer.figures["group"] == ["63-01", "63-02", "63-03"]


def test_the_worst_component_stays_though_it_is_worst_everywhere() -> None:
    low_on_a = {f"63-0{place}": {"a": 1.0 + place / 10, "b": 6.0 + place / 10, "c": 7.0} for place in range(1, 6)}
    for unit in low_on_a:
        answer = weakness(toy(low_on_a), unit, "toy", 2019)
        assert answer.figures["weaknesses"]["score"][0] == "a"
        assert answer.rows.height == 3


@pytest.mark.parametrize(("known", "shown"), [(4, True), (3, False)])
def test_a_reference_needs_two_thirds_of_its_group(known: int, shown: bool) -> None:
    scores = {
        unit: {"a": 5.0 + place if place < known else None, "b": 5.0, "c": 5.0}
        for place, unit in enumerate(sample.unit_codes(6))
    }
    answer = weakness(toy(scores), "63-01", "toy", 2019, "median")
    row = answer.rows.filter(component="a").row(0, named=True)
    assert (row["reference_known"], row["reference_of"]) == (known, 6)
    # 5, 6, 7, 8 have the median 6.5.
    assert row["reference"] == (6.5 if shown else None)
    assert row["rank"] is None
    assert any("3/6" in note.text.vi for note in answer.notes) is not shown


@pytest.mark.parametrize(("known", "reference"), [(3, 6.0), (2, None)])
def test_a_target_group_that_is_known_in_part(known: int, reference: float | None) -> None:
    # Six units, of which the table gives the first few with their places; the target group is the first four.
    scores = {unit: {"a": 5.0 + place} for place, unit in enumerate(sample.unit_codes(known))}
    frames = toy(scores, units=6, target=4)
    is_total = pl.col("component") == "overall"
    printed = frames.score.with_columns(
        published_rank=pl.when(is_total).then(pl.col("unit").str.slice(3).cast(pl.Int16)),
        rank_status=pl.when(is_total).then(pl.lit("published")),
    )
    frames = sample.frames(frames.index("toy"), printed)
    row = weakness(frames, "63-01", "toy", 2019).rows.filter(component="a").row(0, named=True)
    assert (row["reference_known"], row["reference_of"]) == (known, 4)
    # 5, 6, 7 have the median 6.
    assert row["reference"] == reference


def test_scales_of_different_length_are_compared_by_their_share() -> None:
    components = (
        Component("overall", sample.word("Total"), sample.word("Total"), 0, 30),
        Component("long", sample.word("Long"), sample.word("Long"), 0, 20),
        Component("short", sample.word("Short"), sample.word("Short"), 0, 10),
    )
    base = sample.index({"long": 0.5, "short": 0.5}, years=(2019,), units=1)
    regime = Regime(
        "one", 2019, ("long", "short"), maxima={"long": 20, "short": 10}, overall_maximum=30, additive=True
    )
    definition = Index(**{**vars(base), "components": components, "regimes": (regime,)})
    rows = sample.score_rows({(2019, "63-01"): {"long": 11.0, "short": 9.0, "overall": 20.0}})
    answer = weakness(sample.frames(definition, rows), "63-01", "toy", 2019, "best")
    assert answer.figures["weaknesses"]["score"] == ["long", "short"]
    assert column(answer.rows, "weight") == {"long": 20 / 30, "short": 10 / 30}
    assert column(answer.rows, "unit_value") == {"long": 1.0, "short": 1.0}


def test_where_lower_is_better_a_high_score_is_weak() -> None:
    base = sample.index({"a": 0.5, "b": 0.5}, years=(2019,), units=3)
    turned = Component("b", sample.word("B"), sample.word("b"), 0, 10, "lower_better")
    definition = Index(**{**vars(base), "components": (*base.components[:2], turned)})
    rows = sample.score_rows(
        {(2019, f"63-0{place}"): {"a": 5.0, "b": float(b)} for place, b in enumerate((9, 4, 2), start=1)}
    )
    answer = weakness(sample.frames(definition, rows), "63-01", "toy", 2019, "best")
    own = answer.rows.filter(component="b").row(0, named=True)
    assert (own["rank"], own["reference"], own["gap"], own["place_by_score"]) == (3, 2.0, 7.0, 1)


some_scores = st.lists(
    st.fixed_dictionaries({code: st.sampled_from([None, 2.0, 2.5, 7.1, 9.9]) for code in WEIGHTS}),
    min_size=1,
    max_size=6,
)


@given(some_scores, st.sampled_from(["target", "region", "median", "best"]))
def test_places_count_who_is_strictly_weaker(drawn: list[dict[str, float | None]], against: str) -> None:
    drawn[0]["a"] = 5.0
    scores = dict(zip(sample.unit_codes(len(drawn)), drawn, strict=True))
    answer = weakness(toy(scores, target=1), "63-01", "toy", 2019, against)
    known = {code: value for code, value in drawn[0].items() if value is not None}
    for code, place in column(answer.rows, "place_by_score").items():
        weaker = sum(value < known[code] for value in known.values()) if code in known else None
        assert place == (None if weaker is None else 1 + weaker)
    for measure, worse in (("gap", "weighted_gap"), ("rank", "rank")):
        values = {code: value for code, value in column(answer.rows, worse).items() if value is not None}
        for code, place in column(answer.rows, f"place_by_{measure}").items():
            assert place == (1 + sum(v > values[code] for v in values.values()) if code in values else None)
        for code, place in column(answer.rows, f"strength_by_{measure}").items():
            assert place == (1 + sum(v < values[code] for v in values.values()) if code in values else None)
    assert answer.coverage.known == len(known)


@given(some_scores)
def test_nobody_is_ahead_of_the_best(drawn: list[dict[str, float | None]]) -> None:
    drawn[0]["a"] = 5.0
    scores = dict(zip(sample.unit_codes(len(drawn)), drawn, strict=True))
    rows = weakness(toy(scores, target=1), "63-01", "toy", 2019, "best").rows
    assert (rows.drop_nulls("weighted_gap")["weighted_gap"] >= 0).all()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"unit": "63-99"}, "63-99"),
        ({"unit": "34-01"}, "34-01"),
        ({"year": 2018}, "2018"),
        ({"top": 4}, "1 đến 3"),
        ({"top": 0}, "1 đến 3"),
        ({"against": "everyone"}, "everyone"),
        ({"against": "peers", "chosen": ("63-77",)}, "63-77"),
    ],
)
def test_bad_questions(asked: dict[str, object], says: str) -> None:
    units = sample.unit_rows([*THREE, "34-01"])
    frames = toy(THREE)
    frames = sample.frames(frames.index("toy"), frames.score, units)
    question = {"unit": "63-01", "year": 2019} | asked
    with pytest.raises(Problem, match=says):
        weakness(frames, index="toy", **question)


def test_nam_dinh_2019(frames: Frames) -> None:
    answer = weakness(frames, "63-36", "pci", 2019)
    first = {name: found[0] for name, found in answer.figures["weaknesses"].items()}
    # Published: 5.80 on informal charges is its lowest score, 55th on land its worst rank.
    assert first == {"score": "informal_charges", "rank": "land_access", "gap": "informal_charges"}
    once = weakness(frames, "63-36", "pci", 2019, "target_year")
    assert once.figures["weaknesses"]["gap"][0] == "business_support"
    assert answer.figures["rank"] == 33
    assert answer.rows.filter(component="informal_charges")["lead_after"].item() == "Thanh tra tỉnh"
    assert len(answer.figures["group"]) == 15


def test_gaps_to_a_reference_add_up_to_the_gap_of_the_total(frames: Frames) -> None:
    # Σ unit value · (reference − own) = Σ unit value · reference − total, where totals follow from components.
    for year in (2006, 2010, 2012, 2019):
        rows = weakness(frames, "63-36", "pci", year, "median").rows
        of_reference = (rows["unit_value"] * rows["reference"]).sum()
        total = frames.score.filter(index="pci", year=year, unit="63-36", component="overall")["score"].item()
        assert rows["weighted_gap"].sum() == pytest.approx(of_reference - total, abs=0.001)


def test_a_partial_edition_says_what_is_missing(frames: Frames) -> None:
    answer = weakness(frames, "63-22", "pci", 2022, "median")
    assert answer.coverage.known == 8
    assert answer.rows["reference"].null_count() == 10
    assert any("17/63" in note.text.vi for note in answer.notes)
    with pytest.raises(Problem, match="PAR INDEX 2023"):
        weakness(frames, "63-36", "par", 2023)


def test_the_34_are_placed_by_their_known_order(frames: Frames) -> None:
    answer = weakness(frames, "34-37", "pci", 2025)
    assert answer.rows["score"].null_count() == 9
    assert answer.rows["place_by_gap"].null_count() == 9
    orders = answer.rows.sort("place_by_rank")["order"].to_list()
    assert orders == sorted(orders, reverse=True)


def test_an_index_without_components_is_one_sentence(frames: Frames) -> None:
    unit = frames.score.filter(index="sipas", year=2023).drop_nulls("score")["unit"][0]
    questions = (
        lambda: weakness(frames, unit, "sipas", 2023),
        lambda: indicators(frames, unit, "sipas", 2023),
        lambda: robustness(frames, "sipas", 2023),
        lambda: whatif(frames, unit, "sipas", 2023, [read("transparency=7")]),
    )
    for ask in questions:
        with pytest.raises(Problem, match="SIPAS 2023 không có chỉ số thành phần; chỉ có tổng điểm"):
            ask()


def test_the_total_of_an_index_without_components_can_be_asked_about(frames: Frames) -> None:
    known = frames.score.filter(index="sipas", component="overall").drop_nulls("score")
    both = known.filter(year=2022).join(known.filter(year=2023), on="unit", how="semi")["unit"]
    moved = change(frames, both[0], "sipas", 2023)
    assert moved.rows["component"].to_list() == ["remainder"]
    assert any(note.text.en == "SIPAS 2023 has no components; it is a total alone." for note in moved.notes)
    assert whatif(frames, both[0], "sipas", 2023, [read("overall=90")]).figures["score_after"] == 90
    assert target(frames, both[0], "sipas", 2023).rows.is_empty()
    assert precedent(frames, both[0], "sipas", 2023, "overall", gain=1, near=1).rows.is_empty()


def test_a_missing_reference_is_not_blamed_on_the_weights() -> None:
    # a: no reference; b: a gap that nobody can weigh; c: both are known.
    definition = sample.index(WEIGHTS, years=(2019,), units=6, target=2)
    (regime,) = definition.regimes
    unweighed = replace(regime, weights={"a": 0.5, "c": 0.2}, maxima=None)
    scores = {
        unit: {"a": 5.0 if place < 3 else None, "b": 5.0 + place, "c": 5.0}
        for place, unit in enumerate(sample.unit_codes(6))
    }
    rows = sample.score_rows({(2019, unit): row for unit, row in scores.items()})
    asked = sample.frames(replace(definition, regimes=(unweighed,)), rows)
    said = [note.text.en for note in weakness(asked, "63-01", "toy", 2019, "median").notes]
    assert [note for note in said if "reference" in note] == [
        "No reference for 1 component: of the group, 3 of 6 units on 1 component are known, and it takes at least "
        "two thirds."
    ]
    assert [note for note in said if "weight" in note] == [
        "The weight of 1 component is not known, so that gap cannot be turned into points of the total."
    ]


def test_inferred_agencies_are_named_as_such(frames: Frames) -> None:
    inferred = frames.agency.filter(index="pci", evidence="mandate-only")["component"].to_list()
    answer = weakness(frames, "63-36", "pci", 2019)
    (note,) = (note.text.en for note in answer.notes if "only inferred from mandates" in note.text.en)
    names = [frames.index("pci").component(code).name.en for code in inferred]
    assert names
    assert all(name in note for name in names)


def test_the_editions_in_which_components_are_known(frames: Frames) -> None:
    years = known_years(frames, "63-36", "pci")
    assert years[0] == 2023
    assert years == sorted(years, reverse=True)
    assert {2005, 2019} <= {*years}
    assert known_years(frames, "63-49", "par")[:2] == [2023, 2022]
    assert known_years(frames, "63-27", "par") == [2021]  # ranks alone
    assert known_years(frames, "63-36", "par") == []
