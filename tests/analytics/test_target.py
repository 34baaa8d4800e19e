"""The way into the target group: threshold, gap, margin, routes, and when one edition is not enough."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from analytics.core.answer import Answer
from analytics.path.moves import Reach
from analytics.path.position import Feasibility, Position
from analytics.path.target import TARGET_COLUMNS, target
from analytics.path.threshold import Margin, Threshold
from data.definition import Index, Regime, SeriesBreak
from data.frames import Frames
from data.text import Problem
from tests import sample

CLOSE = 1e-6
YEARS = tuple(range(2010, 2020))
SMALL = sample.index({"a": 0.5, "b": 0.3, "c": 0.2}, years=YEARS, units=14, target=4)


@pytest.fixture(scope="module")
def drawn() -> Frames:
    """Fourteen units over ten editions, drawn: 126 moves of everything."""
    return sample.frames(SMALL, sample.random_scores(SMALL))


def totals(
    scores: dict[int, list[float | None]],
    *,
    top: int = 1,
    regimes: list[Regime] | None = None,
    breaks: tuple[SeriesBreak, ...] = (),
) -> Frames:
    """Frames of totals alone, a list of units' totals for each year."""
    units = max(len(line) for line in scores.values())
    definition: Index = sample.index(
        {"a": 1.0}, years=tuple(scores), units=units, target=top, regimes=regimes, breaks=breaks
    )
    values = {
        (year, f"63-{place:02d}"): {"overall": score}
        for year, line in scores.items()
        for place, score in enumerate(line, start=1)
    }
    return sample.frames(definition, sample.score_rows(values))


def check_routes(answer: Answer) -> None:
    """What every answer promises of its routes."""
    figures = answer.figures
    top, need = figures["top"], figures["need"]
    for route, about in figures["routes"].items():
        rows = answer.rows.filter(route=route)
        assert rows["points"].sum() == pytest.approx(need, abs=CLOSE)
        assert need == pytest.approx(figures["gap"] + figures["margin"], abs=CLOSE)
        assert need <= figures["bound"] + CLOSE
        assert about["rank_after"] is None or about["rank_after"] <= top
        assert about["components"] == rows.height
        assert about["effort"] == pytest.approx(rows["effort"].sum())
        assert about["share"] == rows["share"].min()
        for row in rows.iter_rows(named=True):
            assert 0 < row["gain"] <= figures["reach"][row["component"]]["feasible"] + CLOSE
            assert row["to"] == pytest.approx(row["from"] + row["gain"])
            assert row["to"] <= 10 + CLOSE
    if figures["inside"] or not figures["within_pace"]:
        assert answer.rows.is_empty()


@pytest.mark.parametrize("unit", sample.unit_codes(14))
@pytest.mark.parametrize("top", [1, 4, 14])
def test_routes_add_up_and_lead_into_the_group(drawn: Frames, unit: str, top: int) -> None:
    answer = target(drawn, unit, "toy", 2019, top)
    figures = answer.figures
    assert answer.rows.columns == list(TARGET_COLUMNS)
    assert figures["inside"] is (figures["rank"] <= top)
    assert figures["inside"] is (figures["gap"] <= 0)
    check_routes(answer)
    if figures["inside"]:
        assert figures["cushion"] is None or figures["cushion"] >= 0
        assert (figures["need"], figures["within_pace"]) == (0, True)
    # Nine moves of each of fourteen units, whatever the component.
    assert any("rest on 126 one-edition moves" in note.text.en for note in answer.notes) is bool(figures["routes"])
    odds = figures["odds"]
    assert set(odds["with"]) == set(figures["routes"])
    assert all(0 <= p <= 1 for p in [odds["without"], *odds["with"].values()])


@pytest.mark.parametrize("year", [2012, 2016, 2019, 2023])
def test_routes_of_real_provinces(frames: Frames, year: int) -> None:
    units = frames.score.filter(index="pci", year=year, component="overall")["unit"].sort().to_list()
    ways = 0
    for unit in units:
        answer = target(frames, unit, "pci", year, with_odds=False)
        check_routes(answer)
        ways += len(answer.figures["routes"])
        assert answer.figures["odds"] is None
    assert ways > 0


def test_threshold_gap_and_margin_by_hand() -> None:
    # The second of three: 50, 53, 54, 52 -> rises 3, 1, -2, median 1.
    asked = totals(
        {2016: [50, 60, 40], 2017: [61, 53, 41], 2018: [54, 62, 42], 2019: [49.5, 63, 52]}, top=2
    )  # in 2019 the first unit is third
    figures = target(asked, "63-01", "toy", 2019, with_odds=False).figures
    assert [item["score"] for item in figures["thresholds"]] == [50, 53, 54, 52]
    assert (figures["threshold"], figures["gap"], figures["margin"]) == (52, 2.5, 1)
    assert (figures["margin_basis"], figures["need"], figures["spread"]) == ("regime", 3.5, 4)
    assert (figures["rank"], figures["inside"]) == (3, False)
    # Fewer than a hundred moves: no bound, no routes, and nothing said about how long it takes.
    assert (figures["bound"], figures["within_pace"], figures["routes"]) == (None, None, {})


def test_a_margin_of_the_80th_percentile_and_how_often_each_was_enough() -> None:
    # Thresholds 50, 51, 52, 54, 53, 57, 58: rises 1, 1, 2, -1, 4, 1.
    lines = [50.0, 51.0, 52.0, 54.0, 53.0, 57.0, 58.0]
    asked = totals({2013 + place: [line, 90.0, 10.0 + place] for place, line in enumerate(lines)}, top=2)
    figures = target(asked, "63-03", "toy", 2019, with_odds=False).figures
    # From what was known before each: 1 then 1 (enough), 1, 2, 1 then -1 (enough), 1 then 4, 1 then 1 (enough).
    assert figures["margins"]["median"] == {"points": 1, "enough": 3, "tested": 5}
    # The 80th percentile of 1, 1, 2, -1 is 1.4; of 1, 1, 2, -1, 4 it is 2.4; of all six 2.
    assert figures["margins"]["p80"] == {"points": 2, "enough": 3, "tested": 5}
    upper = target(asked, "63-03", "toy", 2019, margin_points="p80", with_odds=False)
    assert (upper.figures["margin"], upper.figures["need"]) == (2, figures["gap"] + 2)
    assert "80th percentile" in upper.note("margin").en
    assert "it was enough 3 times in 5" in upper.note("margin").en


def test_a_unit_inside_is_told_its_cushion_and_needs_no_route() -> None:
    asked = totals({2018: [50, 60, 40], 2019: [55, 60, 48]}, top=2)
    answer = target(asked, "63-01", "toy", 2019, with_odds=False)
    figures = answer.figures
    assert (figures["inside"], figures["gap"], figures["cushion"], figures["need"]) == (True, 0, 7, 0)
    assert "needs no route" in answer.note("inside").en


def test_a_margin_of_ones_own_wins_and_a_falling_threshold_is_no_margin() -> None:
    asked = totals({2017: [50, 60], 2018: [49, 58], 2019: [48, 55]})
    assert target(asked, "63-01", "toy", 2019, with_odds=False).figures["margin"] == 0
    figures = target(asked, "63-01", "toy", 2019, margin_points=2.5, with_odds=False).figures
    assert (figures["margin"], figures["margin_basis"], figures["need"]) == (2.5, "given", 9.5)


def test_rises_across_a_break_or_of_another_regime_are_no_margin() -> None:
    scores = {2016: [50.0, 60.0], 2017: [50.0, 61.0], 2018: [50.0, 70.0], 2019: [50.0, 72.0]}
    broken = totals(scores, breaks=(SeriesBreak(2018, sample.word("Other indicators.")),))
    figures = target(broken, "63-01", "toy", 2019, with_odds=False).figures
    assert (figures["margin"], figures["margin_basis"]) == (1.5, "regime")
    regimes = [
        Regime("old", 2016, ("a",), last=2018, weights={"a": 1.0}, weight_status="published"),
        Regime("new", 2019, ("a",), weights={"a": 1.0}, weight_status="published"),
    ]
    figures = target(totals(scores, regimes=regimes), "63-01", "toy", 2019, with_odds=False).figures
    assert (figures["margin"], figures["margin_basis"]) == (5, "all")  # the median of 1 and 9, of the old regime
    assert figures["spread"] is None


def test_a_partial_edition_gives_a_bracket_from_the_known_ranks() -> None:
    asked = totals({2019: [70, 60, 50, None]}, top=2)
    ranks = {"63-01": 1, "63-02": 3, "63-03": 4}
    scores = asked.score.with_columns(
        published_rank=pl.col("unit").replace_strict(ranks, return_dtype=asked.score.schema["published_rank"])
    )
    figures = target(replace(asked, score=scores), "63-03", "toy", 2019).figures
    assert (figures["rank"], figures["published_rank"], figures["inside"]) == (None, 4, False)
    assert (figures["threshold"], figures["threshold_low"], figures["threshold_high"]) == (None, 60, 70)
    assert (figures["gap"], figures["need"], figures["routes"], figures["odds"]) == (None, None, {}, None)
    exact = target(replace(asked, score=scores), "63-03", "toy", 2019, top=3).figures
    assert (exact["threshold"], exact["gap"]) == (60, 10)


def test_known_components_alone_make_a_route_where_others_are_missing(drawn: Frames) -> None:
    lost = (pl.col("year") == 2019) & (pl.col("unit") == "63-05") & (pl.col("component") == "a")
    asked = replace(drawn, score=drawn.score.filter(~lost))
    answer = target(asked, "63-05", "toy", 2019, 1, margin_points=0.0, with_odds=False)
    assert (answer.coverage.known, answer.coverage.of) == (2, 3)
    assert "a" not in answer.figures["reach"]
    assert not answer.figures["inside"]
    assert any("missing: A." in note.text.en for note in answer.notes)


def position(gap: float, margin: float) -> Position:
    line = Threshold(2019, "one", 60.0, 60.0, 60.0)
    return Position("63-01", 2019, 15, 60.0 - gap, 1, 30, None, line, Margin(margin, "given", 0), None)


def whole(feasible: float) -> Reach:
    return Reach("overall", 1.0, feasible, 100, (2019,), 50.0, 60.0, [], [])


@pytest.mark.parametrize(
    ("gap", "margin", "bound", "within"),
    [(1.0, 0.5, 1.5, True), (1.0, 0.6, 1.5, False), (1.0, 0.0, 0.0, False)],
)
def test_a_need_is_within_the_pace_of_the_best_tenth_or_beyond(
    gap: float, margin: float, bound: float, within: bool
) -> None:
    assert Feasibility((), whole(bound), (), {}).within_pace(position(gap, margin)) is within


def test_no_route_asks_for_more_than_the_pace_of_the_best_tenth(frames: Frames) -> None:
    # Nam Định 2023: 65.645 against a threshold of 68.807, 3.162 points away.
    answer = target(frames, "63-36", "pci", 2023, with_odds=False)
    figures = answer.figures
    assert (figures["rank"], figures["threshold"]) == (45, pytest.approx(68.807))
    assert figures["gap"] == pytest.approx(3.162)
    assert figures["margin"] == pytest.approx(68.807 - 67.88)
    assert figures["need"] > figures["bound"]
    assert (figures["within_pace"], figures["routes"]) == (False, {})
    assert "beyond the pace of the best tenth" in answer.note("pace").en


@pytest.mark.parametrize(
    ("unit", "year", "kept"),
    [
        ("63-01", 2019, {"top": 0}),
        ("63-01", 2019, {"top": 15}),
        ("63-01", 2019, {"margin_points": -0.1}),
        ("63-01", 2019, {"margin_points": float("nan")}),
        ("63-01", 1999, {}),
        ("63-99", 2019, {}),
        ("34-01", 2019, {}),
    ],
)
def test_bad_questions_are_problems(drawn: Frames, unit: str, year: int, kept: dict[str, float]) -> None:
    with pytest.raises(Problem) as refused:
        target(drawn, unit, "toy", year, **kept)
    assert refused.value.text.vi != refused.value.text.en


def test_an_unknown_total_says_in_which_years_it_is_known(frames: Frames) -> None:
    with pytest.raises(Problem, match="2005–2023"):
        target(frames, "63-36", "pci", 2024)


def test_a_refused_margin_is_written_as_people_write_it() -> None:
    with pytest.raises(Problem, match="Phần dự phòng −1,5 không được"):
        target(totals({2019: [50.0, 60.0]}), "63-01", "toy", 2019, margin_points=-1.5)


def test_people_are_told_the_published_rank(frames: Frames) -> None:
    # Ha Tinh was 20th by its score of 2020 and is published as 21st.
    answer = target(frames, "63-42", "pci", 2020, 25, with_odds=False)
    assert (answer.figures["rank"], answer.figures["published_rank"]) == (20, 21)
    assert "21st of 63" in answer.note("inside").en
