"""Plans: entered row by row, kept for good, taken back entry by entry, on either engine."""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from data.definition_file import indices
from data.notes import Words, note
from data.plan import Overtaken, PlanKey, PlanTables, enter, plan_of, take_back
from data.plan.history import changes
from data.plan.tables import content_of
from data.schema import PLANS
from data.store import Person, Store
from data.store.entries import Entries
from data.text import Problem

KEY = PlanKey("63-36", "pci", 2018)
HEAD = {"towards": 2019, "top": 15, "step": 26, "score": 63.95905, "register_by": date(2019, 8, 1)}
LAN, HUNG = Person("Lan"), Person("Hùng")


@pytest.fixture
def store(entries: Entries, tmp_path: Path) -> Store:
    """Entries alone: nothing here asks for a figure."""
    return Store(tmp_path / "none.duckdb", entries)


@pytest.fixture
def begun(store: Store) -> Store:
    asked = [{"item": code, "component": code, "asked": 6.5} for code in ("transparency", "time_costs")]
    led = [{"item": "transparency", "lead": "Sở TT&TT", "evidence": "plan-indicative"}]
    enter(store, KEY, "start", {"plan": [HEAD], "target": asked, "assignment": led}, by=LAN, fresh=True)
    return store


def content(plan: PlanTables) -> dict[str, list[dict[str, Any]]]:
    """What stands, without who entered it."""
    return {name: getattr(plan, name).select(content_of(name)).to_dicts() for name in PLANS}


def test_a_plan_begins_once_and_is_read_as_it_was_entered(begun: Store) -> None:
    plan = plan_of(begun, KEY)
    assert plan.head["register_by"] == date(2019, 8, 1)
    assert (plan.head["author"], plan.head["entry"]) == ("Lan", 1)
    assert plan.target.select("item", "asked", "target").rows() == [
        ("time_costs", 6.5, None),
        ("transparency", 6.5, None),
    ]
    with pytest.raises(Problem, match="Đã có kế hoạch"):
        enter(begun, KEY, "start", {"plan": [HEAD]}, fresh=True)
    other = PlanKey("63-36", "pci", 2017)
    with pytest.raises(Problem, match="Chưa có kế hoạch"):
        enter(begun, other, "register", {"target": [{"item": "transparency", "target": 7.0}]})
    assert plan_of(begun, other).plan.is_empty()
    assert begun.entered("history").height == 1


def test_a_column_that_is_left_out_stays(begun: Store) -> None:
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.25}]}, by=HUNG)
    row = plan_of(begun, KEY).target.filter(item="transparency").row(0, named=True)
    assert (row["asked"], row["target"], row["author"]) == (6.5, 6.25, "Hùng")


def test_who_comes_second_is_told_what_the_first_entered_and_nothing_is_written(begun: Store) -> None:
    seen = plan_of(begun, KEY).seen
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.25}]}, by=LAN, seen=seen)
    before, history = content(plan_of(begun, KEY)), begun.entered("history").height
    mine = [{"item": "transparency", "target": 7.0}, {"item": "time_costs", "target": 7.0}]
    with pytest.raises(Overtaken, match=r"Lan.*6\.25") as caught:
        enter(begun, KEY, "register", {"target": mine}, by=HUNG, seen=seen)
    ((name, theirs),) = caught.value.others
    assert (name, theirs["item"], theirs["target"], theirs["author"]) == ("target", "transparency", 6.25, "Lan")
    assert (content(plan_of(begun, KEY)), begun.entered("history").height) == (before, history)
    # The same again is no conflict; nor is another row, nor what is entered over theirs on purpose.
    assert enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.25}]}, seen=seen) is None
    enter(begun, KEY, "register", {"target": mine[1:]}, by=HUNG, seen=seen)
    enter(begun, KEY, "register", {"target": mine[:1]}, by=HUNG, seen=plan_of(begun, KEY).seen)


def test_every_entry_says_who_when_before_and_after(begun: Store) -> None:
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.25}]}, by=HUNG)
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.5}]}, by=LAN)
    rows = changes(begun, KEY).filter(act="register", column="target")
    assert rows.select("entry", "author", "item", "before", "after").rows() == [
        (2, "Hùng", "transparency", None, "6.25"),
        (3, "Lan", "transparency", "6.25", "6.5"),
    ]
    assert rows["at"].is_sorted()


def test_an_entry_is_taken_back_by_an_entry_and_leaves_what_stood_before(begun: Store) -> None:
    stood = [content(plan_of(begun, KEY))]
    acts: list[dict[str, list[dict[str, Any]]]] = [
        {"target": [{"item": "transparency", "target": 6.25}]},
        {"assignment": [{"item": "transparency", "lead": "Văn phòng", "evidence": "entered"}]},
        {"progress": [{"item": "transparency", "period": "2019-03", "value": 5.9, "note": "đang làm"}]},
        {"target": [{"item": "transparency", "target": 6.0}, {"item": "time_costs", "target": 7.0}]},
    ]
    for rows in acts:
        enter(begun, KEY, "change", rows, by=HUNG)
        stood.append(content(plan_of(begun, KEY)))
    for entry in (5, 4, 3, 2):
        assert content(plan_of(begun, KEY)) == stood[entry - 1]
        assert take_back(begun, KEY, by=LAN)[0] == entry
    assert content(plan_of(begun, KEY)) == stood[0]
    # Taking back what took back puts it there again.
    take_back(begun, KEY, 9, by=LAN)
    assert content(plan_of(begun, KEY)) == stood[1]
    take_back(begun, KEY, by=LAN)
    assert take_back(begun, KEY, by=LAN)[0] == 1
    assert plan_of(begun, KEY).plan.is_empty()
    with pytest.raises(Problem, match="không còn lần nhập"):
        take_back(begun, KEY)
    assert begun.entered("history")["entry"].to_list() == list(range(1, 13))


def test_an_older_entry_is_taken_back_only_where_its_rows_stand(begun: Store) -> None:
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 6.25}]}, by=LAN)
    enter(begun, KEY, "register", {"target": [{"item": "time_costs", "target": 7.0}]}, by=LAN)
    enter(begun, KEY, "register", {"target": [{"item": "time_costs", "target": 7.5}]}, by=HUNG)
    with pytest.raises(Overtaken, match="Hùng"):
        take_back(begun, KEY, 3)
    assert take_back(begun, KEY, 2) == (2, 5)
    with pytest.raises(Problem, match="đã được hoàn tác"):
        take_back(begun, KEY, 2)
    with pytest.raises(Problem, match="không có lần nhập 99"):
        take_back(begun, KEY, 99)
    targets = dict(plan_of(begun, KEY).target.select("item", "target").rows())
    assert targets == {"transparency": None, "time_costs": 7.5}


def test_a_plan_does_not_go_while_others_have_entered_into_it(begun: Store) -> None:
    enter(begun, KEY, "measure", {"measure": [{"item": "measure:1", "task": "Công khai quy hoạch"}]}, by=HUNG)
    with pytest.raises(Problem, match="Công khai quy hoạch"):
        take_back(begun, KEY, 1)
    assert plan_of(begun, KEY).head["top"] == 15


def test_rows_go_by_an_entry_and_come_back(begun: Store) -> None:
    enter(begun, KEY, "remove", {}, removed={"target": [{"item": "time_costs"}]}, by=LAN)
    assert plan_of(begun, KEY).target["item"].to_list() == ["transparency"]
    take_back(begun, KEY)
    assert plan_of(begun, KEY).target["item"].to_list() == ["time_costs", "transparency"]


@pytest.mark.parametrize("seed", range(3))
def test_entered_in_any_order_the_plan_is_the_same(begun: Store, seed: int) -> None:
    entered = [("progress", {"item": "transparency", "period": f"2019-{month:02d}"}) for month in range(1, 7)]
    entered += [("progress", {"item": "time_costs", "period": "2019-Q1", "done": True})]
    entered += [("measure", {"item": f"measure:{number}", "task": f"Việc {number}"}) for number in (1, 2)]
    entered += [("target", {"item": "transparency", "target": 6.1}), ("target", {"item": "land", "target": 7.0})]
    wanted = content(plan_of(begun, KEY))
    wanted["progress"] = sorted(
        ({name: row.get(name) for name in content_of("progress")} for what, row in entered if what == "progress"),
        key=lambda row: (row["item"], row["period"]),
    )
    random.Random(seed).shuffle(entered)
    for name, row in entered:
        enter(begun, KEY, "enter", {name: [row]}, by=LAN)
    now = content(plan_of(begun, KEY))
    assert now["progress"] == wanted["progress"]
    assert [row["task"] for row in now["measure"]] == ["Việc 1", "Việc 2"]
    assert {row["item"]: row["target"] for row in now["target"]} == {
        "transparency": 6.1,
        "time_costs": None,
        "land": 7.0,
    }


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("target", {"item": "transparency", "target": float("nan")}),
        ("progress", {"item": "transparency", "period": "2019-13"}),
        ("criterion", {"item": "criterion:1", "component": "x", "name": "x", "maximum": 1.0, "own_score": 1.5}),
        ("assignment", {"item": "transparency", "lead": None}),
        ("measure", {"item": "measure:1", "task": "x" * 5001}),
    ],
)
def test_what_does_not_fit_is_refused_and_writes_nothing(begun: Store, name: str, row: dict[str, Any]) -> None:
    before = content(plan_of(begun, KEY))
    fine = {"item": "time_costs", "target": 7.0}
    with pytest.raises(Problem, match="chưa ghi gì"):
        enter(begun, KEY, "change", {"target": [fine]} | {name: [row, fine] if name == "target" else [row]})
    assert (content(plan_of(begun, KEY)), begun.entered("history").height) == (before, 1)


def test_only_who_may_write_of_a_province_enters_its_plan(begun: Store) -> None:
    rows = {"target": [{"item": "transparency", "target": 7.0}]}
    for person in (Person("đọc", "reader"), Person("khác", "planner", frozenset({"63-01"}))):
        with pytest.raises(Problem, match="Chưa ghi gì"):
            enter(begun, KEY, "register", rows, by=person)
        with pytest.raises(Problem, match="Chưa ghi gì"):
            take_back(begun, KEY, by=person)
    enter(begun, KEY, "register", rows, by=Person("đúng", "planner", frozenset({"63-36"})))


def test_an_entry_of_a_plan_changes_the_version_of_no_other_part(begun: Store) -> None:
    before = begun.entries.versions()
    enter(begun, KEY, "register", {"target": [{"item": "transparency", "target": 7.0}]})
    after = begun.entries.versions()
    assert {part for part in after if after[part] != before[part]} == {"plans"}


def test_thirty_who_enter_at_once_lose_and_double_nothing(begun: Store) -> None:
    """Each of its own item, month after month, and all of one that they share; `VUOTBAC_SECONDS=120` for long."""
    seconds = float(os.environ.get("VUOTBAC_SECONDS", "2"))
    until = time.monotonic() + seconds
    entered: dict[int, list[str]] = {}
    taken: list[float] = []

    def report(number: int) -> None:
        mine, person = f"criterion:{number}", Person(f"Người {number}")
        while time.monotonic() < until or not entered.get(number):
            count = len(entered.setdefault(number, []))
            period = f"{2019 + count // 12}-{count % 12 + 1:02d}"
            rows = [{"item": mine, "period": period, "value": float(count)}]
            rows += [{"item": "shared", "period": "2019", "value": float(number), "note": f"{number} {count}"}]
            begin = time.monotonic()
            enter(begun, KEY, "progress", {"progress": rows}, by=person)
            taken.append(time.monotonic() - begin)
            entered[number].append(period)

    with ThreadPoolExecutor(30) as people:
        for done in [people.submit(report, number) for number in range(30)]:
            done.result()
    plan, history = plan_of(begun, KEY), begun.entered("history").filter(act="progress")
    for number, periods in entered.items():
        rows = plan.progress.filter(item=f"criterion:{number}")
        assert sorted(rows["period"]) == sorted(periods)
        assert history.filter(author=f"Người {number}").height == len(periods)
    assert history["entry"].to_list() == list(range(2, history.height + 2))
    # What they share stands as the last of them entered it, and every one saw what stood before.
    (last,) = plan.progress.filter(item="shared").iter_rows(named=True)
    notes = changes(begun, KEY).filter(item="shared 2019", column="note")
    assert notes["after"].to_list()[-1] == last["note"]
    assert notes["before"].to_list()[1:] == notes["after"].to_list()[:-1]
    assert len(taken) == history.height


def test_what_a_province_wrote_of_the_edition_is_part_of_its_plan(begun: Store) -> None:
    known: Any = SimpleNamespace(index=lambda code: indices()[code], unit=pl.DataFrame({"unit": ["63-36"]}))
    words = Words("Thủ tục kéo dài", "Cắt giảm 30%", "Văn phòng", "quý III")
    note(begun, known, "63-36", "pci", 2018, "time_costs", words)
    note(begun, known, "63-36", "pci", 2019, "time_costs", Words("Của năm khác"))
    assert plan_of(begun, KEY).causes(indices()["pci"]) == {"time_costs": words}
