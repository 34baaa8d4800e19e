from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from dashboard.command import main
from data.frames import Frames
from tests.stores import copied

ANSWER = ["question", "index", "year", "unit", "figures", "rows", "coverage", "notes"]


class Shell:
    """The command line as a person meets it: what it prints, what it complains of, its exit status."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return int(ended.value.code or 0), out, err

    def json(self, *arguments: object) -> dict[str, Any]:
        status, out, err = self(*arguments, "--json")
        assert (status, err) == (0, "")
        answer: dict[str, Any] = json.loads(out)
        return answer


@pytest.fixture
def store(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = copied(store_path, tmp_path / "own.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    monkeypatch.setenv("VUOTBAC_LANG", "vi")
    return path


@pytest.fixture
def shell(store: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


QUESTIONS: list[tuple[str, ...]] = [
    ("coverage", "--index", "pci"),
    ("coverage",),
    ("ranking", "--index", "pci", "--year", "2018"),
    ("ranking", "--index", "par", "--year", "2023"),
    ("ranking", "--index", "pci", "--year", "2025", "--component", "entry_costs"),
    ("ranking", "--index", "papi", "--year", "2024", "--region", "mekong_delta"),
    ("history", "--province", "Nam Định", "--index", "pci"),
    ("history", "--province", "34-37", "--index", "pci"),
    ("audit", "--index", "pci", "--year", "2022"),
    ("audit", "--year", "2023"),
    ("batches",),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_every_question_has_a_table_json_and_csv(shell: Shell, question: tuple[str, ...]) -> None:
    for lang in ("vi", "en"):
        status, table, err = shell(*question, "--lang", lang)
        assert (status, err) == (0, "")
        assert table.strip()
    answer = shell.json(*question)
    assert list(answer) == ANSWER
    assert answer["question"] == question[0]
    status, text, err = shell(*question, "--csv")
    assert (status, err) == (0, "")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(answer["rows"])


@pytest.mark.parametrize(("lang", "mark", "comma"), [("vi", ";", True), ("en", ",", False)])
def test_csv_with_a_language_is_for_its_spreadsheets_and_plain_without(
    shell: Shell, lang: str, mark: str, comma: bool
) -> None:
    question = ("ranking", "--index", "pci", "--year", 2018, "--csv")
    status, written, err = shell(*question, f"--lang={lang}")
    assert (status, err) == (0, "")
    assert written.startswith("\ufeff")
    for_people = pl.read_csv(io.BytesIO(written.encode()), separator=mark, decimal_comma=comma)
    # The language of the one before rules nothing here.
    _, plain, _ = shell(*question)
    for_programs = pl.read_csv(io.StringIO(plain))
    assert for_people.equals(for_programs)
    assert for_programs["score"].dtype == pl.Float64


def test_the_ranking_of_2018(shell: Shell) -> None:
    answer = shell.json("ranking", "--index", "pci", "--year", 2018)
    assert len(answer["rows"]) == 63
    assert answer["coverage"] == {"known": 63, "of": 63}
    first = answer["rows"][0]
    assert (first["unit"], first["name"], first["score"], first["rank"]) == ("63-22", "Quảng Ninh", 70.3589, 1)
    wanted = "unit name score score_status rank published_rank rank_status rank_in_region change_score change_rank"
    assert set(wanted.split()) <= set(first)


def test_tables_are_written_in_the_language_chosen(shell: Shell) -> None:
    _, vi, _ = shell("ranking", "--index", "pci", "--year", 2018)
    assert "Nam Định" in vi
    assert "63,01" in vi
    assert "+6" in vi
    _, en, _ = shell("ranking", "--index", "pci", "--year", 2018, "--lang=en")
    assert "Nam Dinh" in en
    assert "63.01" in en
    assert "Tỉnh" not in en


def test_the_audit_shows_what_was_recovered(shell: Shell) -> None:
    answer = shell.json("audit", "--index", "pci")
    recovered = answer["figures"]["recovered_weights"]["2022"]
    assert recovered["weights"]["informal_charges"] == 0.15
    assert recovered["next_worst"] == 0.49
    _, table, _ = shell("audit", "--index", "pci")
    assert "0,4900" in table
    assert "khác" in table


def complete_table(frames: Frames, folder: Path) -> Path:
    """The Ministry's table as a province would keep it, with figures made for the test."""
    names = frames.unit.filter(unit_set="63").filter(frames.unit.filter(unit_set="63")["unit"] != "63-28")[
        "name_vi"
    ]
    lines = ["Tỉnh;Điểm;Hạng"] + [f"{name};{95 - place / 4:.2f};{place}" for place, name in enumerate(names, 1)]
    path = folder / "par 2014.csv"
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return path


def test_a_table_goes_in_is_ranked_and_comes_out_again(shell: Shell, frames: Frames, tmp_path: Path) -> None:
    file = complete_table(frames, tmp_path)
    ask = ("ranking", "--index", "par", "--year", 2014)
    before = shell.json(*ask)
    assert before["coverage"]["known"] == 3

    dry = shell.json("import", file, "--index", "par", "--year", 2014, "--dry-run")
    assert dry["figures"]["batch"] is None
    assert shell.json("batches")["rows"] == []

    status, said, _ = shell("import", file, "--index", "par", "--year", 2014, "--source", "Bảng thử")
    assert status == 0
    assert "63 đơn vị" in said
    assert "vuotbac undo 1" in said
    after = shell.json(*ask)
    assert after["coverage"] == {"known": 63, "of": 63}
    assert [row["rank"] for row in after["rows"]] == list(range(1, 64))

    (batch,) = shell.json("batches")["rows"]
    assert list(batch)[:6] == ["batch", "when", "file", "index", "year", "rows"]
    assert (batch["batch"], batch["file"], batch["rows"], batch["source"]) == (1, "par 2014.csv", 63, "Bảng thử")

    assert shell("undo", 1)[0] == 0
    assert shell.json(*ask)["rows"] == before["rows"]
    assert shell("undo", 1)[0] == 2


def table(folder: Path, *lines: str) -> Path:
    path = folder / "bang.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


BAD: list[tuple[tuple[object, ...], str]] = [
    (("ranking", "--index", "pci", "--year", 1999), "2005–2025"),
    (("ranking", "--index", "pcx", "--year", 2019), "papi"),
    (("ranking", "--index", "pci", "--year", 2019, "--component", "x"), "transparency"),
    (("ranking", "--index", "pci", "--year", 2019, "--region", "x"), "mekong_delta"),
    (("ranking", "--index", "pci"), "--year"),
    (("ranking", "--index", "pci", "--year", "abc"), "--year"),
    (("ranking", "--indx", "pci", "--year", 2019), "--indx"),
    (("rankin",), "--help"),
    (("history", "--province", "Nam Dinhh", "--index", "pci"), "63-36"),
    (("history", "--province", "Nam Định", "--index", "pci", "--component", "x"), "transparency"),
    (("audit", "--index", "pci", "--year", 1999), "2005–2025"),
    (("import", "nowhere.csv", "--index", "par", "--year", 2020), "nowhere.csv"),
    (("import", "nowhere.csv", "--index", "par", "--year", 2020, "--status", "true"), "published"),
    (("undo", 7), "7"),
    (("ranking", "--index", "pci", "--year", 2019, "--lang", "fr"), "fr"),
]


@pytest.mark.parametrize(
    ("arguments", "named"), BAD, ids=lambda item: " ".join(map(str, item)) if isinstance(item, tuple) else ""
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_bad_question_is_one_sentence_and_status_2(
    shell: Shell,
    store: Path,
    arguments: tuple[object, ...],
    named: str,
    lang: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VUOTBAC_LANG", lang)
    content = store.read_bytes()
    status, out, err = shell(*arguments)
    assert (status, out) == (2, "")
    assert named in err
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert store.read_bytes() == content


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (("Tỉnh;Điểm", "Nam Định;80", "nam dinh;81"), "Dòng 3"),
        (("Tỉnh;Điểm", "Nam Định;8o"), "Dòng 2, cột “Điểm”"),
        (("Tỉnh;Điểmm", "Nam Định;80"), "Điểmm"),
    ],
)
def test_a_bad_table_writes_nothing(
    shell: Shell, store: Path, tmp_path: Path, lines: tuple[str, ...], named: str
) -> None:
    content = store.read_bytes()
    status, out, err = shell("import", table(tmp_path, *lines), "--index", "par", "--year", 2020)
    assert (status, out) == (2, "")
    assert named in err
    assert err.count("\n") == 1
    assert store.read_bytes() == content


def test_a_question_is_asked_with_status_3_and_answered_by_an_option(shell: Shell, tmp_path: Path) -> None:
    file = table(tmp_path, "Tỉnh;Điểm;Hạng", "Nam Dinhh;80,5;2", "Hà Nội;81,5;1")
    asked = ("import", file, "--index", "par", "--year", 2020)
    status, _, err = shell(*asked)
    assert status == 3
    assert "Dòng 2" in err
    assert "Nam Định" in err
    assert shell("import", file, "--index", "par", "--year", 2020, "--yes")[0] == 3  # it would change a figure
    assert shell.json("batches")["rows"] == []

    plan = tmp_path / "plan.toml"
    status, _, _ = shell(*asked, "--as", "Nam Dinhh=63-36", "--save-plan", plan, "--dry-run")
    assert status == 0
    again = shell.json(*asked, "--plan", plan, "--dry-run")
    assert {row["unit"]: row["score"] for row in again["rows"]} == {"63-36": 80.5, "63-01": 81.5}
    dropped = shell.json(*asked, "--drop", "2", "--dry-run")
    assert [row["unit"] for row in dropped["rows"]] == ["63-01"]
    assert dropped["figures"]["left_out"][0]["why"] == "dropped"
    ranked = shell.json(*asked, "--drop", "2", "--column", "C=ignore", "--dry-run")
    assert ranked["rows"][0]["published_rank"] is None


def test_a_cell_is_typed_anew_and_what_was_decided_is_taken_for_the_next_of_the_shape(
    shell: Shell, tmp_path: Path
) -> None:
    file = table(tmp_path, "Tỉnh;Kết quả gì đó 2020", "Nam Dinhh;8o,5", "Hà Nội;81,5")
    asked = ("import", file, "--index", "par", "--year", 2020)
    decided = ("--column", "B=score", "--as", "Nam Dinhh=63-36")
    status, _, err = shell(*asked, *decided)
    assert (status, "8o,5" in err) == (2, True)
    assert shell(*asked, *decided, "--cell", "B9")[0] == 2
    assert shell(*asked, *decided, "--cell", "Z9=1")[0] == 2
    status, _, _ = shell(*asked, *decided, "--cell", "B2=80,5")
    assert status == 0

    file = table(tmp_path, "Tỉnh;Kết quả gì đó 2021", "Nam Dinhh;70,5", "Hà Nội;71,5")
    asked = ("import", file, "--index", "par", "--year", 2021, "--dry-run")
    answer = shell.json(*asked)
    assert answer["figures"]["as_before"] == 1
    assert {row["unit"]: row["score"] for row in answer["rows"]} == {"63-36": 70.5, "63-01": 71.5}
    assert "Đọc như lô 1 ngày" in shell(*asked)[1]
    assert shell(*asked, "--anew")[0] == 2  # nobody said what the column is


def test_a_dry_run_says_what_would_change_and_writes_nothing(shell: Shell, tmp_path: Path, frames: Frames) -> None:
    names = frames.unit.filter(unit_set="34")["name_vi"].to_list()
    lines = [f"{name};{95 - place / 4:.2f};{place}" for place, name in enumerate(names, 1)]
    file = table(tmp_path, "Tỉnh;Điểm;Hạng", *lines)
    asked = ("import", file, "--index", "par", "--year", 2025, "--dry-run")
    answer = shell.json(*asked)
    ahead = answer["figures"]["ahead"]
    assert (ahead["completed"], ahead["new_ranks"], len(ahead["ranks"])) == (["overall"], 34, 34)
    score = {"component": "overall", "figure": "score", "fresh": 34, "agreed": 0, "contradicted": 0}
    assert score in answer["figures"]["by_column"]
    said = shell(*asked)[1]
    assert "34 đơn vị có hạng chung lần đầu" in said
    assert "Tổng điểm, điểm: mới 34, khớp 0, khác 0" in said
    assert shell.json("batches")["rows"] == []


def test_index_and_year_are_taken_from_the_title(shell: Shell, tmp_path: Path) -> None:
    file = table(tmp_path, "KẾT QUẢ PAR INDEX NĂM 2020", "Tỉnh;Điểm", "Nam Định;80,5", "Hà Nội;81,5", "Huế;82,5")
    answer = shell.json("import", file, "--dry-run")
    assert (answer["index"], answer["year"]) == ("par", 2020)
    status, _, err = shell("import", table(tmp_path, "Tỉnh;Điểm", "Nam Định;80,5"), "--dry-run")
    assert status == 2
    assert "--index" in err


def test_help_lists_every_command_in_both_languages(shell: Shell) -> None:
    for lang, word in (("vi", "Xếp hạng"), ("en", "Rank")):
        status, out, _ = shell("--help", "--lang", lang)
        assert status == 0
        for verb in ("serve", "build", "coverage", "ranking", "history", "audit", "import", "batches", "undo"):
            assert f"  {verb} " in out
        assert word in out


def test_build_says_where(shell: Shell, store: Path) -> None:
    status, out, _ = shell("build")
    assert status == 0
    assert str(store) in out.replace("\n", "")


def test_it_runs_from_any_folder_and_starts_without_the_heavy_libraries(store: Path, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from dashboard.command import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'streamlit', 'polars', 'duckdb', 'altair', 'pandas', 'numpy', 'sklearn', 'scipy', 'pydantic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "dashboard.command", "ranking", "-i", "pci", "-y", "2019", "--csv"],
        cwd=tmp_path,
        env=os.environ | {"VUOTBAC_STORE": str(store)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert len(done.stdout.splitlines()) == 64
