"""A plan adds up to its headline exactly when its targets are the route's; every doubt about one is said."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.core.answer import Answer
from analytics.path.setting import Setting
from analytics.path.target import target
from analytics.path.whatif import whatif
from analytics.plan.roll_up import ROLL_UP_COLUMNS, roll_up
from analytics.plan.start import START_COLUMNS, drafted, start
from data.frames import Frames
from data.plan import PlanKey, PlanTables
from data.schema import PLANS
from data.text import Problem
from tests.plans import tables

# Provinces in every third of PCI 2018, and one in the leading group (Quảng Ninh, 63-22).
UNITS = ("63-36", "63-15", "63-60", "63-27")


def begun(frames: Frames, unit: str = "63-36", year: int = 2018, **wanted: Any) -> tuple[Answer, PlanTables]:
    answer = start(frames, unit, "pci", year, **wanted)
    return answer, tables(PlanKey(unit, "pci", year), drafted(answer))


def with_targets(plan: PlanTables, wanted: dict[str, float]) -> PlanTables:
    """The plan after these targets were registered."""
    rows = {row["item"]: row for row in plan.target.iter_rows(named=True)}
    for code, value in wanted.items():
        rows[code] = rows.get(code, {"item": code, "component": code}) | {"target": value}
    names = {name: getattr(plan, name).to_dicts() for name in PLANS}
    return tables(plan.key, names | {"target": list(rows.values())})


# --- Nam Định 2018: PCI 35th of 63, 63.01 points ---


def test_a_plan_of_nam_dinh_begins_with_the_first_route_to_the_nearest_group_in_reach(frames: Frames) -> None:
    answer, _ = begun(frames, top=15)
    figures, rows = answer.figures, answer.rows
    assert rows.columns == list(START_COLUMNS)
    # The first 15 are 1.60 points away, the best tenth gained 1.13: the first 26 are aimed at before.
    assert (figures["towards"], figures["top"], figures["step"], figures["route"]) == (
        2019,
        15,
        26,
        "least_effort",
    )
    near = target(frames, "63-36", "pci", 2018, 26)
    assert figures["headline"] == pytest.approx(near.figures["need"], abs=1e-9)
    assert figures["score"] == pytest.approx(63.0097 + near.figures["need"], abs=1e-9)
    first = near.rows.filter(route="least_effort")
    asked = dict(rows.drop_nulls("asked").select("component", "asked").iter_rows())
    assert asked == dict(first.select("component", "to").iter_rows())
    assert answer.note("step") is not None
    # In 2019 the departments of before July 2025 answer, with their evidence.
    assert rows.filter(component="entry_costs").select("lead", "evidence").row(0) == (
        "Sở Kế hoạch và Đầu tư",
        "plan-documented",
    )


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("route", ["least_effort", "fewest_components", "most_precedented"])
def test_targets_of_the_route_are_the_headline_exactly(frames: Frames, unit: str, route: str) -> None:
    _, plan = begun(frames, unit, route=route)
    answer = roll_up(frames, plan)
    assert answer.rows.columns == list(ROLL_UP_COLUMNS)
    assert answer.rows["points"].sum() == pytest.approx(answer.figures["headline"], abs=1e-8)
    assert answer.figures["missing"] == 0
    assert answer.figures["enough"]
    assert answer.figures["registered"] == 0
    registered = with_targets(plan, dict(plan.target.select("item", "asked").iter_rows()))
    whole = roll_up(frames, registered).figures
    assert (whole["missing"], whole["registered"]) == (0, whole["planned"])
    assert whole["unregistered"] == []


def test_half_a_target_leaves_exactly_its_half_missing(frames: Frames) -> None:
    _, plan = begun(frames, "63-60", route="most_precedented")
    before = roll_up(frames, plan)
    for row in before.rows.drop_nulls("asked").iter_rows(named=True):
        worth = row["points"] / (row["target"] - row["before"])
        for half, missing in (
            ((row["before"] + row["target"]) / 2, row["points"] / 2),
            (row["target"] / 2, worth * row["target"] / 2),
        ):
            after = roll_up(frames, with_targets(plan, {row["component"]: half})).figures
            assert after["missing"] == pytest.approx(missing, abs=1e-8)
            assert after["missing"] > 0
            assert not after["enough"]


@settings(max_examples=25)
@given(wanted=st.dictionaries(st.sampled_from(["transparency", "time_costs", "land_access"]), st.floats(0, 10)))
def test_points_are_those_of_whatif_and_add_up(frames: Frames, wanted: dict[str, float]) -> None:
    _, plan = begun(frames, empty=True)
    answer = roll_up(frames, with_targets(plan, wanted))
    figures = answer.figures
    assert figures["planned"] + figures["missing"] == pytest.approx(figures["headline"], abs=1e-8)
    if wanted:
        said = whatif(frames, "63-36", "pci", 2018, [Setting(code, value) for code, value in wanted.items()])
        assert figures["score_after"] == pytest.approx(said.figures["score_after"], abs=1e-7)
        assert figures["rank_after"] == said.figures["rank_after"]
    by_agency = sum(row["points"] for row in figures["agencies"])
    assert by_agency == pytest.approx(figures["planned"], abs=1e-7)


def test_every_doubt_about_a_target_is_said(frames: Frames) -> None:
    _, plan = begun(frames)
    wanted = {"transparency": 12.0, "time_costs": 6.0, "land_access": 9.9, "informal_charges": 7.0}
    alone = plan.assignment.filter(pl.col("item") != "policy_bias").to_dicts()
    names = {name: getattr(with_targets(plan, wanted), name).to_dicts() for name in PLANS}
    answer = roll_up(frames, tables(plan.key, names | {"assignment": alone}))
    found = dict(answer.rows.select("component", pl.col("status").cast(pl.String)).iter_rows())
    assert found["transparency"] == "over_scale"
    assert found["time_costs"] == "below_before"
    assert found["land_access"] == "unprecedented"
    assert found["informal_charges"] == "registered"
    assert found["policy_bias"] == "no_agency"
    assert found["entry_costs"] == "no_target"
    for key in ("over_scale", "below_before", "unprecedented", "no_agency", "without_target"):
        assert answer.note(key) is not None, key
    # Nobody gained as much from there: the largest real gain of the 100 nearest starts is less.
    row = answer.rows.filter(component="land_access").row(0, named=True)
    at_most = target(frames, "63-36", "pci", 2018, 26).figures["reach"]["land_access"]["feasible"]
    assert row["target"] - row["before"] > at_most
    assert "Sở Tư pháp" in answer.figures["without_target"]


def test_what_is_usually_delivered_is_less_than_the_target_and_so_is_its_chance(frames: Frames) -> None:
    _, plan = begun(frames)
    answer = roll_up(frames, plan)
    chance = answer.figures["chance"]
    assert chance["top"] == 26
    assert 0 < chance["without"] <= chance["usual"] <= chance["with"] < 1
    asked = answer.rows.drop_nulls("asked")
    assert (asked["delivered"] < asked["points"]).all()
    assert target(frames, "63-36", "pci", 2018, 26).figures["odds"]["with"]["least_effort"] == pytest.approx(
        chance["with"]
    )


def test_a_unit_inside_keeps_its_total_and_an_empty_plan_asks_for_nothing(frames: Frames) -> None:
    answer, plan = begun(frames, "63-22")
    assert answer.note("inside") is not None
    assert (answer.figures["headline"], answer.rows["asked"].count()) == (0, 0)
    assert roll_up(frames, plan).figures["missing"] == 0
    answer, plan = begun(frames, empty=True)
    assert (answer.figures["step"], answer.rows["asked"].count()) == (26, 0)
    assert roll_up(frames, plan).figures["missing"] == answer.figures["headline"] > 0


def test_a_total_can_be_aimed_at_without_a_group(frames: Frames) -> None:
    answer, plan = begun(frames, score=65.0)
    assert answer.figures["headline"] == pytest.approx(65 - 63.0097)
    figures = roll_up(frames, plan).figures
    assert (figures["top"], figures["chance"]) == (None, None)
    with pytest.raises(Problem, match="thang điểm"):
        start(frames, "63-36", "pci", 2018, score=650.0)
    with pytest.raises(Problem, match="phương án"):
        start(frames, "63-36", "pci", 2018, route="fastest")


def test_last_years_plan_is_carried_over_where_it_was_not_reached(frames: Frames) -> None:
    _, last = begun(frames, year=2017)
    last = with_targets(last, {"transparency": 9.0, "time_costs": 1.0})
    led = [
        row | {"lead": "Ban Chỉ đạo"} if row["item"] == "land_access" else row
        for row in last.assignment.to_dicts()
    ]
    names = {name: getattr(last, name).to_dicts() for name in PLANS}
    answer = start(frames, "63-36", "pci", 2018, last=tables(last.key, names | {"assignment": led}))
    asked = dict(answer.rows.drop_nulls("asked").select("component", "asked").iter_rows())
    assert asked["transparency"] == 9.0
    assert "time_costs" not in asked
    assert answer.rows.filter(component="land_access")["lead"].item() == "Ban Chỉ đạo"
    assert answer.figures["top"] == 15
    assert answer.note("carried") is not None


def test_a_plan_towards_2025_is_led_by_the_departments_of_after_the_mergers(frames: Frames) -> None:
    known = frames.score.filter(index="pci", year=2024, component="overall").drop_nulls("score")
    unit, score = known.select("unit", "score").row(0)
    leads = {}
    for year, total in ((2018, 65.0), (2024, score + 0.5)):
        rows = start(frames, unit, "pci", year, score=total).rows
        leads[year] = rows.filter(component="entry_costs")["lead"].item()
    assert leads == {2018: "Sở Kế hoạch và Đầu tư", 2024: "Sở Tài chính"}


def test_criteria_that_are_registered_count_in_place_of_their_field(frames: Frames) -> None:
    year = 2018  # of which Nam Định's total is known (75.6), and no field
    key = PlanKey("63-36", "par", year)
    total = frames.score.filter(index="par", unit="63-36", year=year, component="overall")["score"].item()
    given = {"component": "procedures", "name": "Rà soát thủ tục", "maximum": 2.0, "own_score": 2.0}
    plan = tables(
        key,
        {
            "plan": [{"towards": year + 1, "score": total + 0.5}],
            "criterion": [{"item": "criterion:3.1", "appraised_score": 1.5, **given}],
            "target": [{"item": "criterion:3.1", "component": "procedures", "target": 2.0}],
            "assignment": [{"item": "procedures", "lead": "Văn phòng UBND tỉnh", "evidence": "entered"}],
        },
    )
    answer = roll_up(frames, plan)
    row = answer.rows.filter(component="procedures").row(0, named=True)
    assert (row["item"], row["before"], row["points"], row["agency"]) == (
        "criterion:3.1",
        1.5,
        0.5,
        "Văn phòng UBND tỉnh",
    )
    assert answer.figures["missing"] == pytest.approx(0, abs=1e-9)


def test_without_a_plan_there_is_nothing_to_add_up(frames: Frames) -> None:
    with pytest.raises(Problem, match="Chưa có kế hoạch"):
        roll_up(frames, PlanTables.empty(PlanKey("63-36", "pci", 2018)))
