"""target and robustness on the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from dashboard.command.path import _chance
from tests.command.conftest import Run

DA_NANG = ("--province", "da nang", "--index", "pci", "--year", "2023")


def answered(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, err = run(*arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_target_answers_by_its_columns_and_figures(run: Run) -> None:
    answer = answered(run, "target", *DA_NANG)
    assert (answer["question"], answer["unit"], answer["year"]) == ("target", "63-48", 2023)
    assert {"route", "component", "from", "to", "gain", "effort"} <= set(answer["rows"][0])
    figures = answer["figures"]
    assert {"rank", "score", "threshold", "gap", "margin", "odds"} <= set(figures)
    assert (figures["rank"], figures["top"]) == (16, 15)
    routes = {row["route"] for row in answer["rows"]}
    assert set(figures["odds"]["with"]) == routes
    assert {"without", "with", "within", "moves", "editions"} <= set(figures["odds"])
    assert figures["odds"]["with"]["least_effort"] > figures["odds"]["without"]
    for route in routes:
        points = sum(row["points"] for row in answer["rows"] if row["route"] == route)
        assert points == pytest.approx(figures["gap"] + figures["margin"])


def test_top_and_margin_move_the_aim(run: Run) -> None:
    figures = answered(run, "target", *DA_NANG, "--top", "10", "--margin", "0,25")["figures"]
    assert (figures["top"], figures["margin"], figures["margin_basis"]) == (10, 0.25, "given")
    assert figures["threshold"] == pytest.approx(69.10005)


def test_the_back_test_is_printed_with_what_it_shows(run: Run) -> None:
    answer = answered(run, "target", "--index", "pci", "--backtest")
    figures = answer["figures"]
    assert (answer["question"], answer["unit"], answer["year"]) == ("backtest", None, None)
    assert sum(row["forecasts"] for row in figures["reliability"]) == figures["forecasts"]
    assert figures["skill"] == pytest.approx(1 - figures["brier"] / figures["brier_base"])
    assert [row["top"] for row in answer["rows"]] == [5, 8, 10, 15, 20, 30]
    status, out, _ = run("--lang", "en", "target", "--index", "pci", "--top", "10", "--backtest")
    assert status == 0
    assert "PCI, first 10: chances forecast against outcomes" in out
    assert "Brier score" in out
    status, out, _ = run("target", "--index", "pci", "--backtest", "--csv")
    assert next(csv.reader(io.StringIO(out)))[:4] == ["top", "forecasts", "brier", "brier_base"]


def test_the_back_test_needs_not_even_an_index(run: Run) -> None:
    rows = {(row["index"], row["editions"]): row for row in answered(run, "target", "--backtest")["rows"]}
    skills = {
        key: [round(100 * row[name], 1) for name in ("skill", "skill_low", "skill_high")]
        for key, row in rows.items()
    }
    assert skills["pci", "2009–2023"] == [3.9, 1.2, 6.3]
    assert (rows["pci", "2016–2023"]["forecasts"], skills["pci", "2016–2023"][0]) == (8 * 63, 1.4)
    assert skills["papi", "2014–2024"] == [5.4, 1.0, 8.9]
    alone = answered(run, "target", "-i", "papi", "--backtest")["figures"]
    assert rows["papi", "2014–2024"]["brier"] == alone["brier"]
    status, out, _ = run("--lang", "vi", "target", "--backtest", "--top", "8")
    assert status == 0
    assert "Từng chỉ số: xác suất đã dự báo so với tỷ lệ cơ sở" in out


@pytest.mark.parametrize("given", [("--province", "da nang"), ("--year", "2023")])
def test_without_the_back_test_a_province_and_a_year_are_needed(run: Run, given: tuple[str, str]) -> None:
    status, out, err = run("--lang", "en", "target", "--index", "pci", *given)
    assert (status, out) == (2, "")
    assert "is missing. See: vuotbac target --help" in err


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (None, "–", "–"),
        (0.0, "dưới 1 %", "under 1 %"),
        (0.0099, "dưới 1 %", "under 1 %"),
        (0.01, "1 %", "1 %"),
        (0.99, "99 %", "99 %"),
        (0.9901, "trên 99 %", "over 99 %"),
        (1.0, "trên 99 %", "over 99 %"),
    ],
)
def test_a_chance_is_never_said_to_be_none_or_certain(
    share: float | None, vi: str, en: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lang, words in (("vi", vi), ("en", en)):
        monkeypatch.setenv("VUOTBAC_LANG", lang)
        assert _chance(share) == words


def test_the_published_rank_is_the_one_printed(run: Run) -> None:
    _, out, _ = run("target", "-p", "63-42", "-i", "pci", "-y", "2020")
    assert "thứ 21/63" in out
    figures = answered(run, "target", "-p", "63-42", "-i", "pci", "-y", "2020")["figures"]
    assert (figures["rank"], figures["published_rank"]) == (20, 21)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_tables_for_people_in_both_languages(run: Run, lang: str) -> None:
    said = {
        "vi": ("Ít công sức nhất", "thứ 16/63", "Khả năng vào nhóm 15"),
        "en": ("Least effort", "16th of 63", "Chance to be among"),
    }
    status, out, _ = run("--lang", lang, "target", *DA_NANG)
    assert status == 0
    assert all(words in out for words in said[lang])
    status, out, _ = run("--lang", lang, "robustness", "-i", "pci", "-y", "2023", "--draws", "200")
    assert status == 0
    assert ("không phải sai số khảo sát" if lang == "vi" else "not survey error") in out


def test_robustness_answers_by_its_columns(run: Run) -> None:
    answer = answered(run, "robustness", "-i", "pci", "-y", "2023", "--draws", "300", "--seed", "7", "--top", "20")
    assert {"unit", "rank", "low", "high", "p_target"} <= set(answer["rows"][0])
    assert len(answer["rows"]) == 63
    figures = answer["figures"]
    assert (figures["draws"], figures["seed"], figures["top"]) == (300, 7, 20)
    own = answered(
        run, "robustness", "-i", "pci", "-y", "2023", "--weight", "transparency=20", "--weight", "land_access=60"
    )
    assert own["figures"]["weights"]["land_access"] == pytest.approx(0.75)


def test_whom_to_visit_the_best_weights_and_coherence(run: Run) -> None:
    nam_dinh = ("-p", "nam dinh", "-i", "pci", "-y", "2019")
    pareto = answered(run, "pareto", *nam_dinh)
    assert [row["unit"] for row in pareto["rows"]] == ["63-83"]
    assert answered(run, "pareto", *nam_dinh, "--margin", "1")["figures"]["margin"] == 1
    benefit = answered(run, "benefit", *nam_dinh)["figures"]
    assert (benefit["rank"], benefit["rank_favourable"]) == (33, 27)
    coherent = answered(run, "coherence", "-i", "pci", "-y", "2019")
    assert sum(row["importance"] for row in coherent["rows"]) == pytest.approx(1)
    for lang, said in (("vi", ("Bến Tre", "27/63", "Alpha 0,68")), ("en", ("Ben Tre", "27 of 63", "Alpha 0.68"))):
        out = "".join(
            run("--lang", lang, *asked)[1]
            for asked in (("pareto", *nam_dinh), ("benefit", *nam_dinh), ("coherence", "-i", "pci", "-y", "2019"))
        )
        assert all(words in out for words in said)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "question",
    [
        ("target", "-p", "63-36", "-i", "pci", "-y", "2024"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "2025"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "1999"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "2023", "--top", "64"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "2023", "--top", "0"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "2023", "--margin", "-1"),
        ("target", "-p", "63-36", "-i", "pci", "-y", "2023", "--margin", "much"),
        ("target", "-p", "Atlantis", "-i", "pci", "-y", "2023"),
        ("robustness", "-i", "pci", "-y", "2021"),
        ("robustness", "-i", "par", "-y", "2023"),
        ("robustness", "-i", "pci", "-y", "2023", "--draws", "0"),
        ("robustness", "-i", "pci", "-y", "2023", "--weight", "transparency=0"),
        ("robustness", "-i", "pci", "-y", "2023", "--weight", "transparency"),
        ("robustness", "-i", "pci", "-y", "2023", "--weight", "luck=1"),
        ("pareto", "-p", "63-36", "-i", "pci", "-y", "2023", "--margin", "2"),
        ("benefit", "-p", "63-36", "-i", "pci", "-y", "2021"),
        ("coherence", "-i", "par", "-y", "2023"),
    ],
    ids=" ".join,
)
def test_a_bad_question_is_one_sentence_and_status_2(run: Run, question: tuple[str, ...], lang: str) -> None:
    status, out, err = run("--lang", lang, *question)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
