"""Who started near our level and rose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.path.precedent import precedent
from analytics.weakness.lasting import lasting_medians
from data.definition import Regime, SeriesBreak
from data.frames import Frames
from data.text import Problem
from tests import sample

YEARS = (2015, 2016, 2017, 2018, 2019)
UNITS = ("63-01", "63-02", "63-03")


def toy(
    paths: Mapping[str, Sequence[float | None]],
    *,
    breaks: Sequence[SeriesBreak] = (),
    regimes: Sequence[Regime] | None = None,
) -> Frames:
    """Frames in which component a follows `paths` and b stays at 5 but for 63-02, where it falls by 1 a year."""
    definition = sample.index({"a": 0.5, "b": 0.5}, years=YEARS, units=len(paths), breaks=breaks, regimes=regimes)
    values = {
        (year, unit): {"a": value, "b": 5.0 - (place if unit == "63-02" else 0)}
        for unit, path in paths.items()
        for place, (year, value) in enumerate(zip(YEARS, path, strict=True))
    }
    return sample.frames(definition, sample.score_rows(values, total=definition))


PATHS = {
    "63-01": (3.0, 3.0, 3.0, 3.0, 3.0),
    "63-02": (3.0, 4.0, 5.5, 5.5, 5.5),
    "63-03": (8.0, 8.0, 3.1, 5.0, 5.2),
}


def test_three_units_by_hand() -> None:
    answer = precedent(toy(PATHS), "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2)
    # 63-02 from 3.0 (2015) to 5.5 (2017); 63-03 from 3.1 (2017) gains 1.9 and then 2.1. 63-01 never rose.
    found = answer.rows.select("unit", "from_year", "to_year", "from", "to", "gain").rows()
    assert found == [("63-02", 2015, 2017, 3.0, 5.5, 2.5), ("63-03", 2017, 2019, 3.1, 5.2, 2.1)]
    # Starts with two editions after them: 63-01 in 2015–2017, 63-02 in 2015, 63-03 in 2017; two made it.
    assert (answer.figures["starts"], answer.figures["reached"]) == (5, 2)
    assert "2 of 5 cases" in answer.note("share").en
    # b of 63-02 fell by 2 meanwhile: the total gained 5 · 2.5 − 5 · 2.
    first = answer.rows.row(0, named=True)
    assert (first["others_up"], first["others_down"], first["total_gain"]) == (0, 1, 2.5)
    assert (first["rank_from"], first["rank_to"]) == (2, 1)
    assert answer.figures["also"] == [
        {"unit": "63-02", "from_year": 2015, "to_year": 2017, "component": "b", "gain": -2.0},
        {"unit": "63-03", "from_year": 2017, "to_year": 2019, "component": "b", "gain": 0.0},
    ]


def test_only_what_had_happened_by_the_year() -> None:
    answer = precedent(toy(PATHS), "63-01", "toy", 2018, "a", gain=2.0, within=2, near=0.2)
    assert answer.rows["unit"].to_list() == ["63-02"]


def test_overlapping_rises_of_a_unit_count_once() -> None:
    # From 3.0 in 2015 and from 3.1 in 2016 it reached 5.2 in 2017: the quicker one is told.
    paths = PATHS | {"63-03": (3.0, 3.1, 5.2, 5.2, 5.2)}
    answer = precedent(toy(paths), "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2)
    found = answer.rows.filter(unit="63-03").select("from_year", "to_year").rows()
    assert found == [(2016, 2017)]
    assert answer.figures["reached"] == 3
    assert answer.figures["overlapping"] == 1
    assert any("leaves out 1 rise at the same time" in note.text.en for note in answer.notes)


def test_what_could_not_be_followed_is_no_failure_and_no_success() -> None:
    # From 2018 only one edition is left of the three: 63-03 rose in it, 63-01 did not.
    paths = PATHS | {"63-02": (8.0, 8.0, 8.0, 8.0, 8.0), "63-03": (8.0, 8.0, 8.0, 3.0, 5.5)}
    answer = precedent(toy(paths), "63-01", "toy", 2019, "a", gain=2.0, within=3, near=0.2)
    figures = answer.figures
    assert (figures["starts"], figures["reached"], figures["share"]) == (2, 0, 0)
    assert (figures["unfinished"], figures["overlapping"], answer.rows.height) == (1, 0, 1)
    assert any(
        "1 rise began where not all of 3 editions could be followed" in note.text.en for note in answer.notes
    )


def test_no_share_of_nothing() -> None:
    answer = precedent(toy(PATHS), "63-02", "toy", 2019, "a", gain=2.0, within=4, near=0.0)
    assert (answer.figures["starts"], answer.figures["share"]) == (0, None)
    assert "0 trên 0" not in answer.note("share").vi
    assert "there is no share" in answer.note("share").en


def test_partial_editions_carry_a_caveat_and_are_left_out_for_the_total() -> None:
    paths = PATHS | {"63-03": (8.0, 8.0, 8.0, None, 5.2)}
    answer = precedent(toy(paths), "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2)
    assert answer.figures["partial"] == [2018]
    assert any("Of the editions 2018 only some units are known" in note.text.en for note in answer.notes)
    whole = precedent(toy(PATHS), "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2)
    assert whole.figures["partial"] == []
    # 63-01 keeps its total of 40 through all editions: of its starts only 2015 has two complete ones after it.
    total = precedent(toy(paths), "63-01", "toy", 2019, "overall", gain=1.0, within=2, near=0.1)
    assert (total.figures["starts"], total.figures["partial"]) == (1 + 1, [])


def test_rises_one_after_the_other_both_count() -> None:
    # The later one is the quicker and is told first; the earlier one ended before it began.
    paths = PATHS | {"63-03": (3.0, 4.0, 5.1, 3.0, 5.2)}
    answer = precedent(toy(paths), "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2)
    found = answer.rows.filter(unit="63-03").select("from_year", "to_year").rows()
    assert found == [(2018, 2019), (2015, 2017)]


def test_never_across_regimes_and_breaks_are_flagged() -> None:
    old, new = (
        Regime(code, first, ("a", "b"), last, weights={"a": 0.5, "b": 0.5}, weight_status="published")
        for code, first, last in (("old", 2015, 2016), ("new", 2017, None))
    )
    answer = precedent(toy(PATHS, regimes=(old, new)), "63-01", "toy", 2019, "a", gain=2.0, within=3, near=0.2)
    assert answer.rows["unit"].to_list() == ["63-03"]
    broken = toy(PATHS, breaks=[SeriesBreak(2018, sample.word("new list"), ("a",))])
    flags = precedent(broken, "63-01", "toy", 2019, "a", gain=2.0, within=2, near=0.2).rows
    assert dict(flags.select("unit", "series_break").iter_rows()) == {"63-02": False, "63-03": True}


def test_without_a_gain_the_distance_to_the_target_group_is_taken() -> None:
    # The first of the total in 2019 is 63-03 with 5.2 on a (63-02 fell on b): 2.2 ahead of us, a little less over
    # its last editions.
    frames = toy(PATHS)
    answer = precedent(frames, "63-01", "toy", 2019, "a", near=0.2)
    lasting = lasting_medians(frames, frames.index("toy"), 2019, ["63-03"])["a"]
    assert answer.figures["gain"] == pytest.approx(lasting - 3.0)
    assert answer.figures["gain"] < 2.2
    assert answer.figures["gain_from"] == "target"
    # 63-03 leads the total and is behind 63-02 (5.5) on a: 0.3 to the best.
    best = precedent(toy(PATHS), "63-03", "toy", 2019, "a", near=0.2)
    assert (best.figures["gain"], best.figures["gain_from"]) == (pytest.approx(0.3), "best")
    with pytest.raises(Problem, match="--gain"):
        precedent(toy(PATHS), "63-02", "toy", 2019, "a", near=0.2)


def test_near_is_a_fifth_of_a_standard_deviation() -> None:
    answer = precedent(toy(PATHS), "63-01", "toy", 2019, "a", gain=1.0)
    # 3.0, 5.5, 5.2: mean 4.5667, variance (2.4544 + 0.8711 + 0.4011)/2 = 1.8633.
    assert answer.figures["near"] == pytest.approx(0.2 * 1.8633**0.5, abs=1e-4)


@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 100).map(lambda n: n / 10)), min_size=5, max_size=5),
        min_size=3,
        max_size=3,
    ),
    st.integers(1, 4),
    st.floats(0.1, 5),
)
def test_rows_keep_their_word(paths: list[list[float | None]], within: int, gain: float) -> None:
    paths[0][-1] = 5.0
    frames = toy(dict(zip(UNITS, paths, strict=True)))
    answer = precedent(frames, "63-01", "toy", 2019, "a", gain=gain, within=within, near=1.0)
    given_paths = dict(zip(UNITS, paths, strict=True))
    for row in answer.rows.to_dicts():
        path = given_paths[row["unit"]]
        begin, end = YEARS.index(row["from_year"]), YEARS.index(row["to_year"])
        assert 1 <= end - begin <= within
        assert abs(path[begin] - 5.0) <= 1.0 + 1e-9
        assert row["to"] - row["from"] >= gain - 1e-9
        # Nothing in between had reached it.
        between = [value for value in path[begin + 1 : end] if value is not None]
        assert all(value - row["from"] < gain + 1e-9 for value in between)
    spans = [(row["unit"], row["from_year"], row["to_year"]) for row in answer.rows.to_dicts()]
    for unit, begin, end in spans:
        for other, other_begin, other_end in spans:
            if unit == other and (begin, end) != (other_begin, other_end):
                assert end <= other_begin or begin >= other_end
    ways = [
        [value - path[begin] for value in path[begin + 1 : begin + 1 + within] if value is not None]
        for path in paths
        for begin in range(4)
        if path[begin] is not None and abs(path[begin] - 5.0) <= 1.0 + 1e-9
    ]
    followed = [way for way in ways if len(way) == within]
    assert answer.figures["starts"] == len(followed)
    # Gains are compared as decimals of nine places, like all differences of scores.
    reached, made = (
        sum(any(round(value, 9) >= gain for value in way) for way in some) for some in (followed, ways)
    )
    assert (answer.figures["reached"], answer.figures["unfinished"]) == (reached, made - reached)
    assert answer.rows.height + answer.figures["overlapping"] == made


@pytest.mark.parametrize("wish", [{"gain": 0.0}, {"gain": -1.0}, {"within": 0}, {"near": -0.1}])
def test_bad_wishes(wish: dict[str, float]) -> None:
    with pytest.raises(Problem, match="lớn hơn 0"):
        precedent(toy(PATHS), "63-01", "toy", 2019, "a", **wish)


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(Problem, match="2015–2018"):
        precedent(toy(PATHS | {"63-01": (3.0, 3.0, 3.0, 3.0, None)}), "63-01", "toy", 2019, "a")


def test_real_precedents_stay_inside_their_regime(frames: Frames) -> None:
    definition = frames.index("pci")
    rows = precedent(frames, "63-36", "pci", 2023, "transparency").rows
    assert rows.height
    for row in rows.to_dicts():
        assert definition.comparable(row["from_year"], row["to_year"])
        assert row["series_break"] == (
            definition.broken("transparency", row["from_year"], row["to_year"]) is not None
        )


def test_a_rise_that_the_next_edition_took_back_did_not_hold() -> None:
    definition = sample.index({"a": 1.0}, years=(2015, 2016, 2017, 2018), units=4)
    courses = {"63-01": [5.0, 5.0, 5.0, 5.0], "63-02": [5.0, 7.0, 6.5, 5.1], "63-03": [5.0, 7.0, 5.5, 5.5]}
    values = {
        (year, unit): {"a": score}
        for unit, course in courses.items()
        for year, score in zip(definition.years, course, strict=True)
    }
    values |= {(year, "63-04"): {"a": 5.0 + 2.0 * (year == 2018)} for year in definition.years}
    frames = sample.frames(definition, sample.score_rows(values))
    answer = precedent(frames, "63-01", "toy", 2018, "a", 1.0, within=1, near=0.4)
    held = dict(answer.rows.select("unit", "held").iter_rows())
    # 6.5 is still a point above 5 one edition later, 5.5 is not, and what follows 2018 isn't known.
    assert held == {"63-02": True, "63-03": False, "63-04": None}
    assert (answer.figures["held"], answer.figures["followed_on"]) == (1, 2)
    assert "Of 2 rises known one edition longer, 1 still held as much" in answer.note("held").en
    # Asked in 2016, nobody knows yet.
    assert set(precedent(frames, "63-01", "toy", 2016, "a", 1.0, 1, 0.4).rows["held"]) == {None}
