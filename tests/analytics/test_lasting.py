"""The reference that one edition's luck doesn't lift."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.core.ranking import scored
from analytics.weakness.lasting import last_editions, lasting_medians
from analytics.weakness.weakness import weakness
from data.frames import Frames


def test_the_editions_are_the_last_of_the_method(frames: Frames) -> None:
    index = frames.index("pci")
    assert last_editions(index, 2019) == [2017, 2018, 2019]
    assert last_editions(index, 2014) == [2013, 2014]
    assert last_editions(index, 2022) == [2022]


def test_it_is_the_median_in_spreads_turned_into_points(frames: Frames) -> None:
    index, group = frames.index("pci"), ["63-48", "63-22", "63-77"]
    figures = scored(frames, index).filter(component="transparency")
    levels = []
    for year in (2017, 2018, 2019):
        scores = figures.filter(year=year).sort("unit")
        values = scores["score"].to_numpy()
        there = np.isin(scores["unit"].to_list(), group)
        levels += ((values[there] - values.mean()) / values.std()).tolist()
    expected = values.mean() + values.std() * np.median(levels)
    assert lasting_medians(frames, index, 2019, group)["transparency"] == pytest.approx(expected)


def test_a_group_chosen_by_one_edition_is_worth_less_over_several(frames: Frames) -> None:
    lifted = []
    for year in range(2012, 2025):
        lasting, once = (
            weakness(frames, "63-36", "papi", year, against).rows.sort("component")
            for against in ("target", "target_year")
        )
        lifted.append(((once["reference"] - lasting["reference"]) * once["unit_value"]).sum())
    # One regime began in 2018: then there is nothing else to take it from.
    assert sum(points > 0 for points in lifted) == len(lifted) - 1
    answer = weakness(frames, "63-36", "pci", 2019)
    assert "2017–2019" in answer.note("lasting").en
    assert weakness(frames, "63-36", "pci", 2019, "target_year").note("lasting") is None


def test_where_one_edition_is_all_there_is_it_is_the_reference(frames: Frames) -> None:
    lasting, once = (weakness(frames, "63-36", "pci", 2023, against).rows for against in ("target", "target_year"))
    assert lasting["reference"].to_list() == pytest.approx(once["reference"].to_list())
