"""What lies below a component."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from analytics.weakness.indicators import indicator_years, indicators, on_scale
from data.frames import Frames
from data.text import Problem
from tests import sample

HIGH, LOW, UNCLEAR = "a.high", "a.low", "b.unclear"


def toy(values: Mapping[tuple[int, str], Mapping[str, float]], units: int = 3) -> Frames:
    definition = sample.index({"a": 0.5, "b": 0.5}, years=(2017, 2018, 2019), units=units)
    rows = sample.score_rows({(2019, unit): {"a": 5.0} for unit in sample.unit_codes(units)})
    about = [(HIGH, "a", "higher_better"), (LOW, "a", "lower_better"), (UNCLEAR, "b", "unclear")]
    frames = sample.frames(definition, rows)
    return replace(
        frames,
        indicator=sample.table(
            "indicator",
            [
                {"index": "toy", "indicator": code, "component": part, "direction": direction, "measure": "days"}
                for code, part, direction in about
            ],
        ),
        indicator_value=sample.table(
            "indicator_value",
            [
                {"index": "toy", "year": year, "unit": unit, "indicator": code, "value": value}
                for (year, unit), row in values.items()
                for code, value in row.items()
            ],
        ),
        agency=sample.table(
            "agency",
            [
                {
                    "index": "toy",
                    "component": "a",
                    "lead_before": "Sở cũ",
                    "lead_after": "Sở mới",
                    "evidence": "mandate-only",
                }
            ],
        ),
    )


NOW = {
    (2019, "63-01"): {HIGH: 4.0, LOW: 4.0, UNCLEAR: 4.0},
    (2019, "63-02"): {HIGH: 6.0, LOW: 6.0, UNCLEAR: 6.0},
    (2019, "63-03"): {HIGH: 9.0, LOW: 9.0, UNCLEAR: 9.0},
}


def test_three_units_by_hand() -> None:
    # HIGH was carried in 2018, LOW last in 2017, UNCLEAR never before.
    before = {(2018, "63-01"): {HIGH: 5.0}, (2017, "63-01"): {HIGH: 1.0, LOW: 7.0}}
    answer = indicators(toy(NOW | before), "63-01", "toy", 2019)
    rows = {row["indicator"]: row for row in answer.rows.to_dicts()}
    assert [rows[code]["rank"] for code in (HIGH, LOW, UNCLEAR)] == [3, 1, None]
    assert [rows[code]["best"] for code in (HIGH, LOW, UNCLEAR)] == [9.0, 4.0, None]
    assert [rows[code]["worst"] for code in (HIGH, LOW, UNCLEAR)] == [4.0, 9.0, None]
    assert {row["median"] for row in rows.values()} == {6.0}
    assert {(row["lowest"], row["highest"]) for row in rows.values()} == {(4.0, 9.0)}
    assert [rows[code]["previous_year"] for code in (HIGH, LOW, UNCLEAR)] == [2018, 2017, None]
    # One less of the good and three less of the bad.
    assert [rows[code]["change"] for code in (HIGH, LOW, UNCLEAR)] == [-1.0, -3.0, None]
    assert [rows[code]["moved"] for code in (HIGH, LOW, UNCLEAR)] == ["worse", "better", None]
    assert [rows[code]["lead_after"] for code in (HIGH, LOW, UNCLEAR)] == ["Sở mới", "Sở mới", None]
    assert rows[HIGH]["lead_before"] == "Sở cũ"


def test_a_component_alone() -> None:
    answer = indicators(toy(NOW), "63-01", "toy", 2019, "b")
    assert answer.rows["indicator"].to_list() == [UNCLEAR]


def test_a_missing_value_leaves_the_rank_open() -> None:
    values = {key: dict(row) for key, row in NOW.items()}
    del values[(2019, "63-03")][HIGH]
    row = indicators(toy(values), "63-01", "toy", 2019).rows.filter(indicator=HIGH).row(0, named=True)
    # Two of three are known: enough for a median, not for a rank.
    assert (row["known"], row["of"], row["rank"], row["median"]) == (2, 3, None, 5.0)
    del values[(2019, "63-02")][HIGH]
    row = indicators(toy(values), "63-01", "toy", 2019).rows.filter(indicator=HIGH).row(0, named=True)
    assert (row["known"], row["median"], row["highest"]) == (1, None, 4.0)


def test_a_unit_without_a_value() -> None:
    values = {key: dict(row) for key, row in NOW.items()}
    del values[(2019, "63-01")][LOW]
    answer = indicators(toy(values), "63-01", "toy", 2019)
    row = answer.rows.filter(indicator=LOW).row(0, named=True)
    assert (row["value"], row["rank"], row["known"]) == (None, None, 2)
    assert (answer.coverage.known, answer.coverage.of) == (2, 3)


def test_nam_dinh_transparency_2019(frames: Frames) -> None:
    rows = indicators(frames, "63-36", "pci", 2019, "transparency").rows
    assert rows.height == 12
    # Access to planning documents, 2.26 of 5: 62nd of 63.
    planning = rows.filter(indicator="transparency.planning_docs_access").row(0, named=True)
    assert (round(planning["value"], 2), planning["rank"], planning["of"]) == (2.26, 62, 63)


def test_change_since_the_last_edition_that_carries_it(frames: Frames) -> None:
    answer = indicators(frames, "63-36", "pci", 2023)
    assert set(answer.rows.drop_nulls("change")["previous_year"]) == {2019}
    assert any("2019" in note.text.vi for note in answer.notes)


@pytest.mark.parametrize(
    ("index", "year", "component", "says"),
    [
        ("pci", 2022, "transparency", "2005–2019, 2023"),
        ("par", 2022, "leadership", "chỉ xem được điểm thành phần"),
        ("pci", 2019, "soe_bias", "không có thành phần"),
    ],
)
def test_bad_questions(frames: Frames, index: str, year: int, component: str, says: str) -> None:
    with pytest.raises(Problem, match=says):
        indicators(frames, "63-36", index, year, component)


def test_on_one_scale_right_is_best_whichever_way_an_indicator_counts() -> None:
    placed = on_scale(indicators(toy(NOW), "63-01", "toy", 2019).rows)
    rows = {row["indicator"]: row for row in placed.iter_rows(named=True)}
    # 4 of 4 to 9 is worst where high is good and best where low is; the median is 6.
    assert (rows[HIGH]["place"], rows[HIGH]["median_place"], rows[HIGH]["behind"]) == (0.0, 0.4, 0.4)
    assert (rows[LOW]["place"], rows[LOW]["median_place"], rows[LOW]["behind"]) == (1.0, 0.6, -0.4)
    assert (rows[UNCLEAR]["place"], rows[UNCLEAR]["behind"]) == (None, None)
    assert placed["indicator"].to_list() == [HIGH, LOW, UNCLEAR]


def test_an_indicator_on_which_all_are_alike_has_no_place() -> None:
    values = {key: {HIGH: 3.0} for key in NOW}
    placed = on_scale(indicators(toy(values), "63-01", "toy", 2019).rows)
    assert placed["place"].to_list() == [None]


def test_the_editions_with_indicators_of_a_component(frames: Frames) -> None:
    assert indicator_years(frames, "63-36", "pci", "transparency") == [*range(2005, 2020), 2023]
    assert indicator_years(frames, "63-36", "par", "leadership") == []
