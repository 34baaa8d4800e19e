"""Tables as offices write them: periods and days, measures, yearly targets, the Ministry's appraisal."""

from __future__ import annotations

from datetime import date

import pytest

from data.frames import Frames
from data.names import Names
from data.plan import PlanKey, PlanTables
from data.plan.file import Items, Line, day, measures, period, progress, table, yearly
from data.plan.ledger_file import NEEDED, WANTED, criteria
from data.text import Problem
from tests.plans import tables

PCI, PAR = PlanKey("63-36", "pci", 2018), PlanKey("63-36", "par", 2018)


def read(frames: Frames, text: str, wanted: tuple[str, ...], needed: tuple[str, ...]) -> list[Line]:
    return table("bang.csv", text.encode(), Names.of(frames), wanted, needed)


def items(frames: Frames, plan: PlanTables) -> Items:
    return Items(frames.index(plan.key.index), plan, frames.indices)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3/2019", "2019-03"),
        ("03-2019", "2019-03"),
        ("Tháng 3/2019", "2019-03"),
        ("T3/2019", "2019-03"),
        ("2019-03", "2019-03"),
        ("2019-12", "2019-12"),
        ("quý I/2019", "2019-Q1"),
        ("Quý IV/2019", "2019-Q4"),
        ("Q3/2019", "2019-Q3"),
        ("2019-Q2", "2019-Q2"),
        ("2019", "2019"),
        ("Năm 2019", "2019"),
        ("13/2019", None),
        ("quý V/2019", None),
        ("hôm qua", None),
    ],
)
def test_a_period_is_read_as_people_write_it(written: str, meant: str | None) -> None:
    assert period(written) == meant


def test_a_day_is_read_as_people_write_it() -> None:
    for written in ("1/8/2019", "01/08/2019", "2019-08-01", "1.8.2019"):
        assert day(written) == date(2019, 8, 1)
    assert day("31/2/2019") is None


def test_reports_name_their_period_or_take_the_one_given(frames: Frames) -> None:
    text = "Chỉ số thành phần;Kỳ;Kết quả;Hoàn thành;Ghi chú\nTính minh bạch;;5,9;;\n"
    text += "Chi phí thời gian;quý II/2019;;x;xong\n"
    lines = read(frames, text, ("item", "period", "value", "done", "note"), ("item",))
    of = items(frames, PlanTables.empty(PCI))
    rows = progress(lines, of, "2019-06")["progress"]
    assert [(row["item"], row["period"], row["value"], row["done"], row["note"]) for row in rows] == [
        ("transparency", "2019-06", 5.9, None, None),
        ("time_costs", "2019-Q2", None, True, "xong"),
    ]
    with pytest.raises(Problem, match="không có kỳ"):
        progress(lines, of, None)


def test_measures_keep_their_numbers_when_the_table_comes_again(frames: Frames) -> None:
    known = tables(PCI, {"measure": [{"item": "measure:4", "task": "Công khai quy hoạch"}]})
    text = (
        "TT;Nhiệm vụ;Sản phẩm;Chủ trì;Phối hợp;Thời hạn\n"
        "1;Cắt giảm thủ tục;Quyết định;Sở Tư pháp;Văn phòng|Thanh tra;31/12/2019\n"
        "2;CÔNG KHAI quy hoạch;Trang tin;;;\n"
    )
    wanted = ("task", "product", "lead", "coordinating", "deadline", "item")
    rows = measures(read(frames, text, wanted, ("task",)), items(frames, known), known)
    assert [(row["item"], row["product"]) for row in rows["measure"]] == [
        ("measure:5", "Quyết định"),
        ("measure:4", "Trang tin"),
    ]
    (assigned,) = rows["assignment"]
    assert (assigned["item"], assigned["lead"], assigned["deadline"]) == (
        "measure:5",
        "Sở Tư pháp",
        date(2019, 12, 31),
    )


def test_yearly_targets_have_a_base_a_direction_and_a_source(frames: Frames) -> None:
    text = (
        "Tên chỉ tiêu;Đơn vị tính;Mức gốc;Mục tiêu;Chiều;Nguồn\n"
        "Biên chế so với năm 2021;%;100;90;giảm;Kế hoạch 62\nVăn bản điện tử;%;40;60;;\n"
    )
    wanted = ("name", "measure", "base", "target", "direction", "source")
    text = text.replace("Tên chỉ tiêu", "Tên")
    rows = yearly(read(frames, text, wanted, ("name", "target")), PlanTables.empty(PCI))["target"]
    assert [(row["item"], row["base"], row["target"], row["direction"]) for row in rows] == [
        ("yearly:1", 100.0, 90.0, "lower_better"),
        ("yearly:2", 40.0, 60.0, "higher_better"),
    ]


APPRAISAL = """PHỤ LỤC
TT;Tiêu chí;Điểm tối đa;Tự đánh giá;Thẩm định;Nguyên nhân
1;Công tác chỉ đạo, điều hành CCHC;10;9;8;
1.1;Kế hoạch CCHC năm;2;2;1,5;Ban hành muộn
1.1.1;Ban hành kịp thời;1;1;0,5;Ban hành muộn
1.1.2;Mức độ hoàn thành;1;1;1;
1.2;Tuyên truyền;1;1;1;
3;Cải cách thủ tục hành chính;14,5;;;
3.1;Rà soát;3;2,5;1;
"""


def appraised(frames: Frames, text: str) -> dict[str, list[dict[str, object]]]:
    return criteria(read(frames, text, WANTED, NEEDED), items(frames, PlanTables.empty(PAR)))


def test_an_appraisal_is_read_down_to_what_has_nothing_below_it(frames: Frames) -> None:
    rows = appraised(frames, APPRAISAL)["criterion"]
    assert [
        (row["item"], row["component"], row["maximum"], row["own_score"], row["appraised_score"]) for row in rows
    ] == [
        ("criterion:1.1.1", "leadership", 1.0, 1.0, 0.5),
        ("criterion:1.1.2", "leadership", 1.0, 1.0, 1.0),
        ("criterion:1.2", "leadership", 1.0, 1.0, 1.0),
        ("criterion:3.1", "procedures", 3.0, 2.5, 1.0),
    ]
    assert rows[0]["reason"] == "Ban hành muộn"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("1.1;Kế hoạch CCHC năm;2;2;1,5", "1.1;Kế hoạch CCHC năm;2;2;1,6", "khác tổng các mục con của 1.1"),
        ("3.1;Rà soát;3;2,5;1;", "3.1;Rà soát;3;3,5;1;", "ngoài 0–3 điểm"),
        ("1.2;Tuyên truyền", "1.1.2;Tuyên truyền", "giữ lại một"),
        ("1;Công tác chỉ đạo, điều hành CCHC;10;9;8;\n", "", "lĩnh vực nào không rõ"),
        ("1.2;Tuyên truyền;1;1;1;", "x;Tuyên truyền;1;1;1;", "không có số thứ tự"),
    ],
)
def test_an_appraisal_that_does_not_add_up_is_refused_with_the_place(
    frames: Frames, was: str, now: str, said: str
) -> None:
    assert was in APPRAISAL
    with pytest.raises(Problem, match=said) as caught:
        appraised(frames, APPRAISAL.replace(was, now))
    assert "bang.csv, " in caught.value.text.vi
