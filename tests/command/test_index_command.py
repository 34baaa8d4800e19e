"""Indices of one's own on the command line: made, listed, shown, taken again, filled, asked, removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command.conftest import Run
from tests.stores import copied

# Made up, in the form that provinces print: two blocks, each with its own ranks.
TABLE = """KẾT QUẢ XẾP HẠNG DDCI NĂM {year}
STT;Cơ quan, đơn vị;Minh bạch (40 điểm);Thời gian (60 điểm);Tổng điểm;Xếp hạng
I;Khối sở, ban, ngành;;;;
1;Sở Thử Một;30;45;75;1
2;Sở Thử Hai;20;47,5;67,5;2
3;Sở Thử Ba;22,5;40;62,5;3
II;Khối UBND các huyện, thị xã;;;;
1;Huyện Giả An;30;40;70;1
2;Huyện Giả Bình;25;30;55;2
"""


@pytest.fixture
def folder(run: Run, store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own, and two tables."""
    monkeypatch.setenv("VUOTBAC_STORE", str(copied(store_path, tmp_path / "own.duckdb")))
    for year in (2024, 2025):
        (tmp_path / f"ddci{year}.csv").write_text(TABLE.format(year=year), encoding="utf-8")
    return tmp_path


def test_from_a_table_to_its_ranking_and_away_again(folder: Path, run: Run) -> None:
    new = ("index", "new", str(folder / "ddci2024.csv"), "--code", "ddci", "--name", "DDCI", "--year", "2024")
    _, looked, _ = run(*new, "--dry-run")
    assert "Khối ddci.so (DDCI · Khối sở, ban, ngành): 3 đơn vị, 2 thành phần." in looked
    assert "Minh bạch (minh_bach): tối đa 40,00 điểm" in looked
    assert run("ranking", "-i", "ddci", "-y", "2024")[0] == 2
    assert run(*new)[0] == 0
    assert "ddci.huyen" in run("index", "list")[1]
    assert run("import", str(folder / "ddci2025.csv"), "--index", "ddci", "--year", "2025")[0] == 0

    answer = json.loads(run("ranking", "-i", "ddci", "-y", "2025", "--json")[1])
    placed = [(row["index"], row["name"], row["rank"]) for row in answer["rows"]]
    assert placed[0] == ("ddci.so", "Sở Thử Một", 1)
    assert placed[3:] == [("ddci.huyen", "Huyện Giả An", 1), ("ddci.huyen", "Huyện Giả Bình", 2)]

    gaps = json.loads(
        run("weakness", "-p", "so thu ba", "-i", "ddci.so", "-y", "2025", "--against", "best", "--json")[1]
    )
    assert {row["component"]: row["weighted_gap"] for row in gaps["rows"]} == {"minh_bach": 7.5, "thoi_gian": 7.5}
    moved = json.loads(run("change", "-p", "ddci.so-01", "-i", "ddci.so", "-y", "2025", "--json")[1])
    assert (moved["figures"]["score_change"], moved["figures"]["rank_change"]) == (0, 0)
    assert "khớp" in run("audit", "-i", "ddci", "-y", "2025")[1]
    known = json.loads(run("coverage", "-i", "ddci", "--json")[1])
    assert (known["coverage"]["known"], len(known["rows"])) == (10, 12)

    (folder / "ddci.toml").write_text(run("index", "show", "ddci")[1], encoding="utf-8")
    assert run("index", "add", str(folder / "ddci.toml"))[0] == 0
    refused = run("index", "remove", "ddci")
    assert (refused[0], "vuotbac undo 4" in refused[2]) == (2, True)
    for batch in "4321":
        assert run("undo", batch)[0] == 0
    assert run("index", "remove", "ddci")[0] == 0
    assert run("index", "show", "ddci")[0] == 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("peers", "-p", "ddci.so-01"), "ddci.so-01"),
        (("weakness", "-p", "Sở Thử Một", "-i", "ddci", "-y", "2024"), "2 khối"),
        (("merger", "-i", "ddci.so", "-y", "2024"), ""),
        (("pareto", "-p", "ddci.so-01", "-i", "ddci.so", "-y", "2024"), ""),
        (("change", "-p", "ddci.so-01", "-i", "ddci.so", "-y", "2024"), "kỳ đầu tiên"),
        (("pack", "-p", "ddci.so-01", "-i", "ddci.so", "-y", "2024", "--out", "goi"), ""),
        (("brief", "-p", "ddci.so-01", "-i", "ddci.so", "-y", "2024"), ""),
    ],
)
def test_what_means_nothing_for_ones_own_units_is_one_sentence(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(folder)
    new = ("index", "new", str(folder / "ddci2024.csv"), "--code", "ddci", "--name", "DDCI", "--year", "2024")
    assert run(*new)[0] == 0
    status, out, complaint = run(*asked)
    assert (status, out) == (2, "")
    assert said in complaint
