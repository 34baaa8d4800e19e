"""`vuotbac plan`: begun, registered, added up and taken back, as a script would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.frames import load
from data.notes import Words, note
from data.store import Store
from tests.command.conftest import Run
from tests.stores import copied

ME = ("--province", "Nam Định", "--index", "pci", "--year", "2018")


@pytest.fixture
def own(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    path = copied(store_path, tmp_path / "own.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def asked(run: Run, *arguments: str) -> dict[str, object]:
    status, out, err = run("plan", *arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, object] = json.loads(out)
    return found


def test_a_plan_is_begun_registered_added_up_and_taken_back(own: Path, run: Run, tmp_path: Path) -> None:
    assert run("plan", "start", *ME, "--top", "15", "--register-by", "1/8/2019")[0] == 0
    first = asked(run, "rollup", *ME)
    rows, figures = first["rows"], first["figures"]
    assert isinstance(rows, list)
    assert isinstance(figures, dict)
    assert {"component", "agency", "before", "target", "points", "status"} <= set(rows[0])
    assert sum(row["points"] for row in rows) == pytest.approx(figures["headline"], abs=1e-9)
    assert figures["missing"] == 0
    wanted = [row for row in rows if row["target"] is not None]
    half = wanted[0]
    gain = half["target"] - half["before"]
    file = tmp_path / "đăng ký.csv"
    lines = [f"{row['component']},{row['target'] - (gain / 2 if row is half else 0)!r}" for row in wanted]
    file.write_text("\n".join(["component,target", *lines]), encoding="utf-8")
    assert run("plan", "register", str(file), *ME)[0] == 0
    second = asked(run, "rollup", *ME)["figures"]
    assert isinstance(second, dict)
    assert second["missing"] == pytest.approx(half["points"] / 2, abs=1e-9)
    assert second["registered"] == pytest.approx(second["planned"])
    status, out, _ = run("plan", "undo", *ME)
    assert (status, "lần nhập 2" in out) == (0, True)
    assert asked(run, "rollup", *ME) == first
    history = asked(run, "history", *ME)["rows"]
    assert isinstance(history, list)
    assert {row["act"] for row in history} == {"start", "register", "take_back"}


def test_a_table_as_an_office_writes_it_is_read(own: Path, run: Run, tmp_path: Path) -> None:
    run("plan", "start", *ME, "--empty")
    file = tmp_path / "dang_ky.csv"
    table = (
        "BẢNG ĐĂNG KÝ MỤC TIÊU\nTT;Chỉ số thành phần;Mục tiêu;Cơ quan chủ trì;Thời hạn\n"
        "1;Tính minh bạch;6,25;Văn phòng UBND tỉnh;31/12/2019\n2;Chi phí thời gian;;;\n"
    )
    file.write_text(table, encoding="utf-8-sig")
    rows = asked(run, "register", str(file), *ME)["rows"]
    assert isinstance(rows, list)
    found = {row["component"]: row for row in rows}
    assert (found["transparency"]["target"], found["transparency"]["agency"]) == (6.25, "Văn phòng UBND tỉnh")
    assert found["transparency"]["deadline"] == "2019-12-31"
    assert found["time_costs"]["target"] is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("component,target\nno_such,7\n", "no_such"),
        ("component,target\ntransparency,nhiều\n", "dang_ky.csv, 2: “nhiều” không phải là số"),
        ("component,target\ntransparency,6\nTính minh bạch,7\n", "dang_ky.csv, 3"),
        ("component,points\ntransparency,6\n", "không thấy bảng"),
        ("component,target\ntransparency,\n", "không có mục tiêu nào"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence_and_nothing_is_written(
    own: Path, run: Run, tmp_path: Path, content: str, said: str
) -> None:
    run("plan", "start", *ME)
    file = tmp_path / "dang_ky.csv"
    file.write_text(content, encoding="utf-8")
    status, out, err = run("plan", "register", str(file), *ME)
    assert (status, out) == (2, "")
    assert said in err
    assert len(err.strip().splitlines()) == 1
    with Store.open(own) as store:
        assert store.entered("history").height == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("rollup",),
        ("show",),
        ("register", "FILE"),
        ("undo",),
        ("undo", "7"),
        ("start", "--register-by", "ngày mai"),
        ("start", "--top", "99"),
        ("start", "--last", "2017"),
    ],
)
def test_what_is_not_there_is_one_sentence(
    own: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "x.csv").write_text("component,target\ntransparency,7\n")
    given = [str(tmp_path / "x.csv") if item == "FILE" else item for item in arguments]
    status, out, err = run("plan", *given, *ME)
    assert (status, out, len(err.strip().splitlines())) == (2, "", 1)


def test_a_plan_that_there_is_is_not_begun_anew(own: Path, run: Run) -> None:
    assert run("plan", "start", *ME)[0] == 0
    status, _, err = run("plan", "start", *ME)
    assert status == 2
    assert "Đã có kế hoạch" in err


def test_a_year_is_followed_from_reports_to_the_result(own: Path, run: Run, tmp_path: Path) -> None:
    """Nam Định 2019: agencies to register before 1 August; the plan is followed and held against 2019."""
    assert run("plan", "start", *ME, "--top", "15", "--register-by", "1/8/2019")[0] == 0
    waiting = asked(run, "registration", *ME, "--today", "1/8/2019")["figures"]
    late = asked(run, "registration", *ME, "--today", "2/8/2019")["figures"]
    assert isinstance(waiting, dict)
    assert isinstance(late, dict)
    assert (waiting["counts"]["late"], late["counts"]["waiting"]) == (0, 0)
    assert waiting["counts"]["waiting"] == late["counts"]["late"] == 7
    (tmp_path / "viec.csv").write_text(
        "Nhiệm vụ;Sản phẩm;Chủ trì;Thời hạn\nCông khai quy hoạch;Trang tin;Sở TT&TT;30/6/2019\n", encoding="utf-8"
    )
    assert run("plan", "measures", str(tmp_path / "viec.csv"), *ME)[0] == 0
    (tmp_path / "quy2.csv").write_text(
        "Chỉ số thành phần;Kết quả;Ghi chú\nTính minh bạch;5,7;đã công khai\n", encoding="utf-8"
    )
    report = ("progress", str(tmp_path / "quy2.csv"), *ME, "--period", "quý II/2019", "--today", "15/7/2019")
    rows = asked(run, *report)["rows"]
    assert isinstance(rows, list)
    found = {row["item"]: row for row in rows}
    assert (found["transparency"]["status"], found["transparency"]["value"]) == ("on_track", 5.7)
    assert (found["measure:1"]["status"], found["measure:1"]["days_late"]) == ("late", 15)
    board = asked(run, "board", *ME, "--today", "15/7/2019")["rows"]
    assert isinstance(board, list)
    assert (board[0]["agency"], board[0]["late"]) == ("Sở TT&TT", 1)
    came = asked(run, "result", *ME)["figures"]
    assert isinstance(came, dict)
    assert (came["towards"], came["rank_before"], came["top"], came["step"]) == (2019, 35, 15, 26)
    assert came["score_met"] is (came["score_after"] >= came["score_target"])
    with Store.open(own) as store:
        note(store, load(store), "63-36", "pci", 2018, "time_costs", Words("Thủ tục kéo dài", "Cắt giảm"))
    shown = asked(run, "show", *ME)["figures"]
    assert isinstance(shown, dict)
    assert shown["causes"]["time_costs"]["remedy"] == "Cắt giảm"
    assert [row["task"] for row in shown["measures"]] == ["Công khai quy hoạch"]
    assert "Chi phí thời gian: Thủ tục kéo dài; Cắt giảm" in run("plan", "show", *ME)[1]
    for table in ("registration", "board", "progress", "result", "show", "history"):
        assert run("plan", table, *ME)[0] == 0
    # Every entry goes back, the newest first.
    for _ in range(3):
        assert run("plan", "undo", *ME)[0] == 0
    assert run("plan", "rollup", *ME)[0] == 2


def test_an_appraisal_becomes_a_ledger_of_lost_points(own: Path, run: Run, tmp_path: Path) -> None:
    """Nam Định's total of 2018 is known (75.6), so what can be won back is added to it."""
    par = ("--province", "Nam Định", "--index", "par", "--year", "2018")
    assert run("plan", "start", *par, "--score", "80")[0] == 0
    (tmp_path / "tham_dinh.csv").write_text(
        "TT;Tiêu chí;Điểm tối đa;Tự đánh giá;Thẩm định;Có thể khắc phục\n"
        "1;Công tác chỉ đạo, điều hành CCHC;10;9;8;\n1.1;Kế hoạch;2;2;1,5;có\n1.2;Báo cáo;1;1;0;không\n",
        encoding="utf-8",
    )
    figures = asked(run, "ledger", str(tmp_path / "tham_dinh.csv"), *par)["figures"]
    assert isinstance(figures, dict)
    assert (figures["sums"]["lost"], figures["sums"]["recoverable"]) == (1.5, 0.5)
    assert (figures["score_before"], figures["score_after"]) == (75.6, 76.1)
    status, out, _ = run("plan", "ledger", *par)
    assert (status, "Kế hoạch" in out) == (0, True)
