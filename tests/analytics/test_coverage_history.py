from __future__ import annotations

import polars as pl
import pytest

from analytics.core.coverage import by_index, coverage
from analytics.core.history import history
from data.frames import Frames
from data.status import STATUSES
from data.text import Problem
from tests import sample


def test_coverage_counts_agree_with_the_figures_for_every_index(frames: Frames) -> None:
    rows = coverage(frames).rows
    counted = frames.score.group_by("index", "year", "component").agg(
        scores=pl.col("score").count().cast(pl.Int64), ranks=pl.col("published_rank").count().cast(pl.Int64)
    )
    both = rows.join(counted, on=["index", "year", "component"], how="left").fill_null(0)
    assert both.height == rows.height == rows.select("index", "year", "component").n_unique()
    assert both["scores_known"].to_list() == both["scores"].to_list()
    assert both["ranks_known"].to_list() == both["ranks"].to_list()
    assert (rows["scores_known"] <= rows["units"]).all()
    assert rows.filter(pl.col("complete") & (pl.col("scores_known") != pl.col("units"))).is_empty()


def test_a_line_for_each_index_adds_up_what_its_editions_hold(frames: Frames) -> None:
    rows = coverage(frames).rows
    whole = by_index(rows)
    assert whole["index"].to_list() == list(frames.indices)
    assert whole["totals_known"].sum() + whole["parts_known"].sum() == rows["scores_known"].sum()
    assert whole["totals"].sum() + whole["parts"].sum() == rows["units"].sum()
    newest = dict(whole.select("index", "newest_complete").iter_rows())
    assert newest == {"pci": 2023, "par": None, "sipas": 2015, "papi": 2024}
    assert whole.filter(index="pci").select("editions", "complete", "newest_known").row(0) == (21, 19, 2025)


def test_every_known_score_has_exactly_one_status(frames: Frames) -> None:
    rows = coverage(frames).rows
    sums = rows.select(pl.sum_horizontal(*STATUSES)).to_series()
    # Ranges are known without a score, all others with one.
    assert (sums - rows["range"] == rows["scores_known"]).all()


@pytest.mark.parametrize(
    ("index", "complete_years"),
    [
        ("pci", [*range(2005, 2024)]),
        ("papi", [*range(2011, 2025)]),
        ("sipas", [2015]),
        ("par", []),
    ],
)
def test_which_totals_are_complete(frames: Frames, index: str, complete_years: list[int]) -> None:
    rows = coverage(frames, index).rows.filter(component="overall")
    assert rows.filter("complete")["year"].to_list() == complete_years


def test_history_is_one_unit_through_every_edition(frames: Frames) -> None:
    answer = history(frames, "63-36", "pci")
    totals = answer.rows.filter(component="overall")
    assert totals["year"].to_list() == [*range(2005, 2024)]
    assert totals.filter(year=2015)["rank"].item() == 17
    assert answer.rows.filter(year=2019).height == 11
    assert answer.coverage.known == 19
    assert answer.coverage.of == 20
    assert "34-37" in answer.note("successor").vi


def test_score_changes_stop_where_the_method_changes(frames: Frames) -> None:
    totals = history(frames, "63-22", "pci").rows.filter(component="overall")
    first_of_regime = totals.filter(pl.col("regime") != pl.col("regime").shift(1).fill_null(""))
    assert first_of_regime["year"].to_list() == [2005, 2006, 2009, 2013, 2022]
    assert first_of_regime["change_score"].null_count() == 5
    assert totals["change_score"].null_count() == 5
    assert totals["change_rank"].null_count() == 1


def test_ha_tay_ends_with_2008(frames: Frames) -> None:
    assert history(frames, "63-28", "pci").rows["year"].unique().sort().to_list() == [2005, 2006, 2007, 2008]


def test_a_unit_unknown_in_one_year_has_no_change_after_it() -> None:
    toy = sample.index({"a": 1.0}, years=(2017, 2018, 2019))
    values = {(year, unit): {"a": 5.0} for year in (2017, 2018, 2019) for unit in sample.unit_codes(3)}
    del values[2018, "63-02"]
    asked = sample.frames(toy, sample.score_rows(values, total=toy))
    rows = history(asked, "63-02", "toy", "overall").rows
    assert rows["year"].to_list() == [2017, 2019]
    assert rows["change_score"].null_count() == 2
    assert rows["rank"].to_list() == [1, 1]


def test_history_of_an_unknown_component_names_the_known(frames: Frames) -> None:
    with pytest.raises(Problem, match="transparency"):
        history(frames, "63-36", "pci", "transparent")
