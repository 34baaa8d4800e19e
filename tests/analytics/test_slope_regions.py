"""Two editions side by side, and the medians of regions."""

from __future__ import annotations

import polars as pl

from analytics.core.ranking import ranked, ranking
from analytics.standing.regions import region_medians
from analytics.standing.slope import biggest_moves, largest, rank_pairs
from data.frames import Frames


def test_pairs_hold_those_known_in_both_editions_and_no_score(frames: Frames) -> None:
    figures = ranked(frames, frames.index("par"))
    pairs = rank_pairs(figures, 2022, 2023, "overall")
    known = [
        set(figures.filter(year=year, component="overall").drop_nulls("shown_rank")["unit"])
        for year in (2022, 2023)
    ]
    assert set(pairs["unit"]) == known[0] & known[1]
    assert "score" not in pairs.columns


def test_changes_of_a_whole_edition_add_up_to_nothing(frames: Frames) -> None:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2018, 2019, "overall")
    assert pairs.height == 63
    assert pairs["change_rank"].sum() == 0
    own = pairs.filter(unit="63-36").row(0, named=True)
    assert (own["rank_before"], own["rank_after"], own["change_rank"]) == (35, 33, 2)
    assert own["status_after"] == "published"


def test_a_computed_rank_is_called_so(frames: Frames) -> None:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2022, 2023, "overall")
    assert pairs.filter(unit="63-36")["status_after"].item() == "computed"


def test_the_largest_movers_are_those_who_moved() -> None:
    pairs = pl.DataFrame({"unit": list("abcde"), "rank_after": [1, 2, 3, 4, 5], "change_rank": [0, 3, -1, 1, -3]})
    assert largest(pairs, 1)["unit"].to_list() == ["b", "e"]
    assert set(largest(pairs, 5)["unit"]) == set("bcde")


def test_regions_known_too_little_have_no_median(frames: Frames) -> None:
    units = frames.unit.filter(pl.col("valid_to").fill_null(0) != 2008, unit_set="63")
    whole = region_medians(ranking(frames, "pci", 2019).rows, units)
    assert whole["known"].sum() == 63
    assert whole["median"].is_sorted(descending=True)
    partial = region_medians(ranking(frames, "par", 2023).rows, units)
    assert (partial["known"] * 3 >= partial["of"] * 2).all()
    assert partial.height < whole.height


def test_the_biggest_moves_are_those_of_the_pairs(frames: Frames) -> None:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2018, 2019, "overall")
    assert biggest_moves(frames, "pci", 2019, 5).equals(largest(pairs, 5))
    assert biggest_moves(frames, "pci", 2005, 5).is_empty()
