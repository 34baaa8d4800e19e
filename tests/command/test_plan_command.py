"""`vuotbac plan`: begun, registered, added up and taken back, as a script would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
