"""Which editions a line may join, and what is said of the way: on small indices written out by hand."""

from __future__ import annotations

import polars as pl
import pytest

from analytics.core.ranking import ranked
from analytics.standing.trend import (
    Band,
    bands,
    medians,
    moved_components,
    pieces,
    rank_against_best,
    score_in_regime,
)
from data.definition import Index, Regime, SeriesBreak
from data.frames import Frames
from tests import sample

WEIGHTS = {"land": 0.5, "time": 0.5}
YEARS = (2015, 2016, 2017, 2018, 2019)
REGIMES = (
    Regime("old", 2015, ("land", "time"), last=2017, weights=WEIGHTS, weight_status="published"),
    Regime("new", 2018, ("land", "time"), weights=WEIGHTS, weight_status="published"),
)
BREAK = SeriesBreak(2016, sample.word("other questions"), ("land",))


def toy() -> Index:
    return sample.index(WEIGHTS, YEARS, units=3, regimes=REGIMES, breaks=[BREAK])


def figures(index: Index, missing: tuple[int, ...] = ()) -> pl.DataFrame:
    values = {
        (year, unit): {"land": 1.0 + place + (year - 2015), "time": 2.0 + place}
        for year in YEARS
        for place, unit in enumerate(("63-01", "63-02", "63-03"))
        if not (unit == "63-01" and year in missing)
    }
    return ranked(sample.frames(index, sample.score_rows(values, total=index)), index)


def solid(rows: pl.DataFrame, component: str) -> list[list[int]]:
    mine = rows.filter(~pl.col("dashed"), unit="63-01", component=component)
    return [part["year"].to_list() for part in mine.partition_by("piece", maintain_order=True)]


def test_no_line_crosses_a_regime_or_a_missing_edition() -> None:
    rows = pieces(figures(toy(), missing=(2016,)), toy(), "score")
    assert solid(rows, "time") == [[2015], [2017], [2018, 2019]]
    assert not rows.filter("dashed", unit="63-01").height
    assert rows.filter("alone", unit="63-01", component="time")["year"].to_list() == [2015, 2017]


def test_a_series_break_is_a_dashed_piece_between_its_two_editions() -> None:
    rows = pieces(figures(toy()), toy(), "score")
    assert solid(rows, "land") == [[2015], [2016, 2017], [2018, 2019]]
    dashed = rows.filter("dashed", unit="63-01")
    assert dashed.select("component", "year").rows() == [("land", 2015), ("land", 2016)]
    # Both ends are reached by a line, dashed as it is.
    assert not rows.filter("alone", unit="63-01", component="land").height


def test_every_figure_is_drawn_exactly_once_outside_the_dashes() -> None:
    everything = figures(toy())
    rows = pieces(everything, toy(), "score").filter(~pl.col("dashed"))
    assert rows.height == everything.drop_nulls("score").height
    assert not rows.select("unit", "component", "year").is_duplicated().any()


def test_another_scale_is_another_line() -> None:
    everything = figures(toy()).with_columns(out_of=pl.when(pl.col("year") == 2019).then(20.0).otherwise("out_of"))
    assert solid(pieces(everything, toy(), "score"), "time") == [[2015, 2016, 2017], [2018], [2019]]
    assert solid(pieces(everything, toy(), "shown_rank"), "time") == [[2015, 2016, 2017], [2018, 2019]]


def test_bands_are_the_regimes_of_the_editions_of_a_set() -> None:
    assert bands(toy(), "63") == [Band(2015, 2017), Band(2018, 2019)]
    assert bands(toy(), "34") == []


def units(*codes: str) -> pl.DataFrame:
    none = pl.lit(None, pl.Int16)
    return pl.DataFrame({"unit": codes}).with_columns(valid_from=none, valid_to=none)


def test_a_median_needs_two_thirds_of_its_group() -> None:
    three = units("63-01", "63-02", "63-03")
    found = medians(figures(toy(), missing=(2019,)), three, "score").filter(component="time")
    assert found.select("year", "value", "known").rows() == [
        *((year, 3.0, 3) for year in YEARS[:-1]),
        (2019, 3.5, 2),
    ]
    four = units("63-01", "63-02", "63-03", "63-04")
    assert 2019 not in medians(figures(toy(), missing=(2019,)), four, "score")["year"]


OWN = {"year": [2015, 2016, 2017, 2018, 2019], "of": [42, 63, 63, 63, 63]}


@pytest.mark.parametrize(
    ("ranks", "until", "expected"),
    [
        ([20, 30, 17, 40, 45], 2019, (17, 2017, 45, 2019)),  # below its best: the best counts
        ([20, 30, 17, 40, 45], 2018, (17, 2017, 40, 2018)),
        ([40, 30, 17, 40, 2], 2019, (40, 2015, 2, 2019)),  # the best so far: 40 of 42 is the worst
        ([1, 1, 1, 1, 1], 2019, (1, 2018, 1, 2019)),
        ([1, 5, 1, 3, 2], 2019, (1, 2017, 2, 2019)),  # of equal ones the latest
    ],
)
def test_a_rank_is_held_against_the_best_before_it(
    ranks: list[int], until: int, expected: tuple[int, int, int, int]
) -> None:
    move = rank_against_best(pl.DataFrame(OWN | {"shown_rank": ranks}), until)
    assert move is not None
    assert (move.before, move.from_year, move.after, move.to_year) == expected


def test_one_rank_is_no_way() -> None:
    assert rank_against_best(pl.DataFrame(OWN | {"shown_rank": [3, None, None, None, None]}), 2019) is None


def test_a_score_is_held_against_the_first_of_its_regime() -> None:
    own = figures(toy()).filter(unit="63-01", component="overall")
    move = score_in_regime(own, toy(), 2019)
    assert move is not None
    assert (move.from_year, move.to_year) == (2018, 2019)
    assert score_in_regime(own, toy(), 2018) is None


def test_components_move_inside_the_latest_regime_and_ranks_across_it() -> None:
    own = figures(toy()).filter(pl.col("component") != "overall", unit="63-01")
    first, last, moves = moved_components(own, toy(), "score", 2019)
    assert (first, last) == (2018, 2019)
    assert dict(moves.select("component", "change").iter_rows()) == {"land": 1.0, "time": 0.0}
    assert moved_components(own, toy(), "score", 2018)[:2] == (2018, 2018)
    assert moved_components(own, toy(), "shown_rank", 2018)[:2] == (2017, 2018)


def test_the_known_way_of_nam_dinh(frames: Frames) -> None:
    own = ranked(frames, frames.index("pci")).filter(unit="63-36", component="overall")
    move = rank_against_best(own, 2023)
    assert move is not None
    assert (move.before, move.from_year, move.after, move.to_year) == (17, 2015, 45, 2023)


def test_no_line_of_the_projects_figures_joins_two_regimes(frames: Frames) -> None:
    for index in frames.indices.values():
        for value in ("score", "shown_rank"):
            rows = pieces(ranked(frames, index), index, value)
            assert (rows.group_by("piece").agg(pl.col("regime").n_unique())["regime"] == 1).all()
            steps = rows.sort("piece", "year").with_columns(
                step=pl.col("year")
                .replace_strict({year: n for n, year in enumerate(index.years)})
                .diff()
                .over("piece")
            )
            assert set(steps["step"].drop_nulls()) <= {1}
