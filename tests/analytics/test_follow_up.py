"""Statuses follow from dates and values on any day; who registered, what came, and where points were lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.plan.follow_up import BOARD_COLUMNS, FOLLOW_UP_COLUMNS, LIGHTS, STATUSES, board, follow_up
from analytics.plan.ledger import LEDGER_COLUMNS, ledger
from analytics.plan.periods import bounds
from analytics.plan.registration import registration
from analytics.plan.result import result
from data.frames import Frames
from data.plan import PlanKey, PlanTables
from data.text import Problem
from tests.plans import tables

KEY = PlanKey("63-36", "pci", 2018)
PAR = PlanKey("63-36", "par", 2018)
HEAD = {"towards": 2019, "top": 15, "step": 26, "score": 64.0, "register_by": date(2019, 8, 1)}
LED = {"lead": "Sở TT&TT", "evidence": "entered"}


def plan(**rows: list[dict[str, Any]]) -> PlanTables:
    return tables(KEY, {"plan": [HEAD]} | rows)


def one(reports: list[dict[str, Any]], target: float = 6.4161, deadline: date = date(2019, 12, 31)) -> PlanTables:
    """A plan of one item: transparency, 5.4161 points in 2018, one point more to gain."""
    return plan(
        target=[{"item": "transparency", "component": "transparency", "target": target}],
        assignment=[{"item": "transparency", "deadline": deadline} | LED],
        progress=[{"item": "transparency"} | report for report in reports],
    )


def standing(frames: Frames, made: PlanTables, day: date) -> dict[str, Any]:
    return follow_up(frames, made, day).rows.row(0, named=True)


MID = date(2019, 7, 15)


@pytest.mark.parametrize(
    ("reports", "day", "status"),
    [
        ([], MID, "not_begun"),
        ([], date(2020, 1, 1), "late"),
        ([{"period": "2019-06", "value": 5.93}], MID, "on_track"),
        ([{"period": "2019-06", "value": 5.80}], MID, "at_risk"),
        ([{"period": "2019-06", "value": 5.82}], MID, "on_track"),
        ([{"period": "2019-06", "value": 6.4161}], MID, "done"),
        ([{"period": "2019-06", "value": 6.5, "done": False}], MID, "on_track"),
        ([{"period": "2019-06", "done": True}], MID, "done"),
        ([{"period": "2019-06", "done": True}], date(2020, 6, 1), "done"),
        ([{"period": "2019-06", "note": "đang làm"}], MID, "on_track"),
        ([{"period": "2019-Q1", "note": "đang làm"}], date(2019, 7, 1), "on_track"),
        ([{"period": "2019-Q1", "note": "đang làm"}], date(2019, 7, 2), "at_risk"),
        ([{"period": "2019-06", "value": 6.0}], date(2020, 1, 1), "late"),
        # What is reported of a later month says nothing about today.
        ([{"period": "2019-08", "value": 6.5}], MID, "not_begun"),
        ([{"period": "2019-03", "value": 5.5}, {"period": "2019-08", "value": 6.5}], date(2019, 8, 1), "done"),
        # A later report without a value leaves the newest value standing.
        ([{"period": "2019-02", "value": 6.5}, {"period": "2019-06", "note": "giữ"}], MID, "done"),
    ],
)
def test_a_status_follows_from_dates_and_values(
    frames: Frames, reports: list[dict[str, Any]], day: date, status: str
) -> None:
    row = standing(frames, one(reports), day)
    assert (row["status"], row["light"]) == (status, LIGHTS[status])
    assert row["days_late"] == ((day - date(2019, 12, 31)).days if status == "late" else None)


def test_the_line_leads_from_the_score_at_the_start_of_the_year_to_the_target_at_the_deadline(
    frames: Frames,
) -> None:
    row = standing(frames, one([{"period": "2019-Q2", "value": 5.9}], deadline=date(2019, 12, 31)), MID)
    assert row["base"] == pytest.approx(5.4161)
    assert row["expected"] == pytest.approx(5.4161 + 180 / 364)
    assert (row["period"], row["value"], row["agency"]) == ("2019-Q2", 5.9, "Sở TT&TT")


@settings(max_examples=40)
@given(
    days=st.integers(-400, 400),
    reports=st.lists(
        st.tuples(st.integers(1, 12), st.none() | st.floats(0, 10), st.none() | st.booleans()),
        unique_by=lambda item: item[0],
    ),
    deadline=st.dates(date(2019, 1, 1), date(2020, 6, 30)),
)
def test_on_any_day_a_status_depends_on_nothing_after_it_nor_on_the_order(
    frames: Frames, days: int, reports: list[tuple[int, float | None, bool | None]], deadline: date
) -> None:
    today = date(2019, 7, 1) + timedelta(days=days)
    rows = [{"period": f"2019-{month:02d}", "value": value, "done": done} for month, value, done in reports]
    found = standing(frames, one(rows, deadline=deadline), today)
    known = [row for row in rows if bounds(str(row["period"]))[0] <= today]
    again = standing(frames, one(known[::-1], deadline=deadline), today)
    assert found == again
    assert found["status"] in STATUSES
    assert (found["status"] == "late") <= (today > deadline)
    assert (found["status"] == "not_begun") <= (not known)
    if found["status"] not in ("done", "late"):
        assert today <= deadline


def test_less_is_better_where_a_target_says_so(frames: Frames) -> None:
    staff = {"item": "yearly:1", "name": "Biên chế so với năm 2021", "base": 1000.0, "target": 900.0}
    for value, status in ((900.0, "done"), (940.0, "on_track"), (990.0, "at_risk")):
        made = plan(
            target=[staff | {"direction": "lower_better", "measure": "người", "source": "KH 62"}],
            progress=[{"item": "yearly:1", "period": "2019-06", "value": value}],
        )
        row = standing(frames, made, MID)
        assert (row["status"], row["kind"], row["measure"]) == (status, "yearly", "người")


def test_the_board_counts_every_item_once_and_the_late_come_first(frames: Frames) -> None:
    targets = [
        {"item": code, "component": code, "target": 9.0} for code in ("transparency", "time_costs", "land_access")
    ]
    assigned = [
        {"item": "transparency", "deadline": date(2019, 6, 30)} | LED,
        {"item": "time_costs", "lead": "Văn phòng UBND tỉnh", "evidence": "entered"},
    ]
    measure = [{"item": "measure:1", "component": "transparency", "task": "Công khai quy hoạch"}]
    made = plan(target=targets, assignment=assigned, measure=measure)
    answer = follow_up(frames, made, MID)
    assert answer.rows.columns == list(FOLLOW_UP_COLUMNS)
    found = board(answer.rows, MID)
    assert found.columns == list(BOARD_COLUMNS)
    assert found["agency"].to_list() == ["Sở TT&TT", "Văn phòng UBND tỉnh", None]
    # A measure without an agency of its own is its component's.
    assert found["items"].to_list() == [2, 1, 1]
    assert found.select(STATUSES).sum_horizontal().to_list() == found["items"].to_list()
    assert found.row(0, named=True)["late"] == 2
    assert found.row(0, named=True)["overdue"] == 15
    assert sum(answer.figures["counts"].values()) == answer.rows.height == 4
    assert answer.figures["late"] == ["Sở TT&TT"]


# --- Registration: Nam Định, to be registered before 1 August 2019 ---


@pytest.mark.parametrize(
    ("day", "target", "status"),
    [
        (date(2019, 8, 1), None, "waiting"),
        (date(2019, 8, 2), None, "late"),
        (date(2019, 8, 2), 6.0, "registered"),
    ],
)
def test_who_has_not_registered_is_late_after_the_day(
    frames: Frames, day: date, target: float | None, status: str
) -> None:
    asked = {"item": "transparency", "component": "transparency", "asked": 5.9, "target": target}
    made = plan(target=[asked], assignment=[{"item": "transparency"} | LED, {"item": "measure:1"} | LED])
    answer = registration(frames, made, day)
    row = answer.rows.row(0, named=True)
    assert (row["agency"], row["status"], row["items"]) == ("Sở TT&TT", status, 1)
    assert row["missing"] == ([] if target else ["transparency"])
    assert row["days_late"] == (1 if status == "late" else None)
    assert answer.figures["counts"][status] == 1


def test_criteria_registered_are_a_registration_of_their_field(frames: Frames) -> None:
    made = plan(
        target=[{"item": "criterion:1", "component": "transparency", "target": 1.0}],
        assignment=[{"item": "transparency"} | LED],
    )
    assert registration(frames, made, MID).figures["counts"]["registered"] == 1


# --- What came: PCI 2019 of Nam Định ---


def test_targets_are_held_against_what_came(frames: Frames) -> None:
    known = frames.score.filter(index="pci", year=2019, unit="63-36")
    came = dict(known.select("component", "score").iter_rows())
    wanted = {"transparency": came["transparency"] + 0.5, "time_costs": came["time_costs"] - 0.5}
    made = plan(
        target=[{"item": code, "component": code, "target": value} for code, value in wanted.items()],
        assignment=[{"item": "transparency"} | LED],
    )
    answer = result(frames, made)
    rows = {row["component"]: row for row in answer.rows.iter_rows(named=True)}
    assert {code: row["status"] for code, row in rows.items()} == {"transparency": "missed", "time_costs": "met"}
    assert rows["transparency"]["gap"] == pytest.approx(-0.5)
    assert rows["transparency"]["points"] == pytest.approx(-1.0)  # a fifth of the total: two points for one
    figures = answer.figures
    assert figures["score_after"] == pytest.approx(came["overall"])
    assert figures["score_gap"] == pytest.approx(came["overall"] - 64)
    assert figures["score_met"] is (came["overall"] >= 64)
    assert figures["in_top"] is (figures["rank_after"] <= 15)
    assert figures["review"] == ["Sở TT&TT"]


def test_an_edition_that_is_not_in_is_waited_for_and_one_of_another_method_is_not_compared(frames: Frames) -> None:
    late = tables(PlanKey("63-36", "pci", 2023), {"plan": [HEAD | {"towards": 2030}]})
    with pytest.raises(Problem, match="Chưa có kết quả"):
        result(frames, late)
    across = PlanKey("63-36", "pci", 2012)  # a new method in 2013
    row = {"item": "transparency", "component": "transparency", "target": 6.0}
    answer = result(frames, tables(across, {"plan": [HEAD | {"towards": 2013}], "target": [row]}))
    assert answer.rows["status"].to_list() == ["not_comparable"]
    assert (answer.figures["score_gap"], answer.figures["score_met"]) == (None, None)
    assert answer.note("not_comparable") is not None


# --- Points lost ---


def criterion(
    number: str, component: str, maximum: float, own: float | None, given: float | None
) -> dict[str, Any]:
    row = {"item": f"criterion:{number}", "component": component, "name": f"Tiêu chí {number}"}
    return row | {"maximum": maximum, "own_score": own, "appraised_score": given}


def test_sums_by_field_agency_and_kind_are_the_whole(frames: Frames) -> None:
    rows = [
        criterion("1.1", "leadership", 2.0, 2.0, 1.5) | {"by": "document", "recoverable": True},
        criterion("1.2", "leadership", 1.0, 1.0, 1.0) | {"by": "document"},
        criterion("3.1", "procedures", 3.0, 2.5, 1.0) | {"by": "survey", "recoverable": False},
        criterion("3.2", "procedures", 1.0, None, None),
    ]
    led = [
        {"item": "leadership", "lead": "Sở Nội vụ", "evidence": "entered"},
        {"item": "criterion:3.1", "lead": "Văn phòng UBND tỉnh", "evidence": "entered"},
    ]
    answer = ledger(frames, tables(PAR, {"plan": [HEAD], "criterion": rows, "assignment": led}))
    figures = answer.figures
    assert answer.rows.columns == list(LEDGER_COLUMNS)
    assert answer.rows["item"].to_list()[:2] == ["criterion:3.1", "criterion:1.1"]
    for name in ("by_component", "by_agency", "by_kind"):
        for column, whole in figures["sums"].items():
            assert sum(part[column] for part in figures[name]) == pytest.approx(whole), (name, column)
    assert (figures["sums"]["lost"], figures["sums"]["recoverable"]) == (2.5, 0.5)
    assert figures["sums"]["overclaimed"] == 2.0
    assert [part["agency"] for part in figures["by_agency"]] == ["Văn phòng UBND tỉnh", "Sở Nội vụ", None]
    total = frames.score.filter(index="par", year=2018, unit="63-36", component="overall")["score"].item()
    assert figures["score_after"] == pytest.approx(total + 0.5)
    assert answer.rows.filter(pl.col("lost").is_null())["item"].to_list() == ["criterion:3.2"]
    assert answer.note("partial") is None  # the fields' own maxima of 2018 are not known


def test_a_field_whose_criteria_are_not_its_whole_or_not_its_score_is_named(frames: Frames) -> None:
    known = frames.score.filter(index="par", component="leadership", year=2022).drop_nulls("score")
    unit, score, scale = known.select("unit", "score", "scale").row(0)
    highest = frames.index("par").maximum("leadership", 2022)
    assert highest is not None
    points = score * highest / 100 if scale == "percent" else score
    for maximum, appraised, said in (
        (highest, points, None),
        (highest, points - 0.5, "differs"),
        (highest - 1, points - 1, "partial"),
    ):
        rows = [criterion("1.1", "leadership", maximum, None, appraised)]
        answer = ledger(frames, tables(PlanKey(unit, "par", 2022), {"plan": [HEAD], "criterion": rows}))
        assert [note.key for note in answer.notes_only("partial", "differs")] == ([said] if said else [])


def test_there_is_no_ledger_where_criteria_are_no_points_of_the_total(frames: Frames) -> None:
    with pytest.raises(Problem, match="không cộng điểm"):
        ledger(frames, plan(criterion=[criterion("1", "transparency", 1.0, None, None)]))
    with pytest.raises(Problem, match="Chưa có tiêu chí"):
        ledger(frames, tables(PAR, {"plan": [HEAD]}))
