"""forecast and merger on the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from tests.command.conftest import Run


def answered(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, err = run(*arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_forecast_answers_by_its_columns(run: Run) -> None:
    answer = answered(run, "forecast", "-p", "nam dinh", "-i", "pci", "-y", "2019")
    assert (answer["question"], answer["index"], answer["unit"], answer["year"]) == (
        "forecast",
        "pci",
        "63-36",
        2019,
    )
    assert {"year", "score", "low", "high"} <= set(answer["rows"][0])
    assert answer["rows"][0]["low"] < answer["rows"][0]["score"] < answer["rows"][0]["high"]
    assert "backtest" not in answer["figures"]


def test_without_a_year_it_starts_from_the_newest_and_may_have_no_answer(run: Run) -> None:
    answer = answered(run, "forecast", "--province", "Nam Định", "--index", "pci")
    assert answer["figures"]["reason"] == "few_editions"
    assert [answer["rows"][0][name] for name in ("year", "score", "low", "high")] == [2024, None, None, None]
    status, out, _ = run("forecast", "--province", "Nam Định", "--index", "pci")
    assert status == 0
    assert "Chưa đủ kỳ" in out
    # A code of the 34 needs no year.
    assert answered(run, "forecast", "-p", "34-37", "-i", "pci")["unit"] == "34-37"


def test_the_back_test_is_printed_with_its_verdict(run: Run) -> None:
    found = answered(run, "forecast", "-p", "63-36", "-i", "papi", "-y", "2022", "--backtest")["figures"][
        "backtest"
    ]
    assert [row["year"] for row in found["years"]][-1] == 2024
    assert found["skill"] == pytest.approx(1 - found["error_shrunken"] / found["error_last"])
    _, out, _ = run("--lang", "en", "forecast", "-p", "63-36", "-i", "pci", "-y", "2019", "--backtest")
    assert "errors of forecasts by year" in out
    assert "too little to say that this is better" in out
    _, out, _ = run("forecast", "-p", "63-36", "-i", "pci", "-y", "2019", "--backtest", "--csv")
    assert next(csv.reader(io.StringIO(out)))[:3] == ["year", "regime", "forecasts"]
    status, out, _ = run("--lang", "vi", "forecast", "-p", "63-36", "-i", "par", "--backtest")
    assert status == 0
    assert "Chưa thử được dự báo" in out


def test_merger_answers_by_its_columns(run: Run) -> None:
    answer = answered(run, "merger", "-i", "pci", "-y", "2023")
    wanted = {"unit", "name", "members", "mean", "low", "high", "rank_best", "rank_worst"}
    assert wanted <= set(answer["rows"][0])
    assert len(answer["rows"]) == 34
    ours = next(row for row in answer["rows"] if row["unit"] == "34-37")
    assert ours["members"] == "63-35;63-36;63-37"
    assert ours["score_status"] == "estimated"
    firms = answered(run, "merger", "-i", "pci", "-y", "2023", "--weight", "firms")
    assert firms["figures"]["weight_variable"] == "enterprises_active"
    assert next(row for row in firms["rows"] if row["unit"] == "34-37")["mean"] != ours["mean"]
    _, out, _ = run("merger", "-i", "pci", "-y", "2023", "--csv")
    assert len(list(csv.reader(io.StringIO(out)))) == 35


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_tables_for_people(run: Run, lang: str) -> None:
    _, out, _ = run("--lang", lang, "merger", "-i", "pci", "-y", "2023", "-c", "transparency")
    assert ("không phải số liệu công bố" if lang == "vi" else "not published figures") in out.replace("\n", " ")
    assert ("Nam Định 5,97" if lang == "vi" else "Nam Dinh 5.97") in out
    _, out, _ = run("--lang", lang, "forecast", "-p", "63-36", "-i", "pci", "-c", "transparency")
    assert ("6,03" if lang == "vi" else "6.03") in out


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "question",
    [
        ("forecast", "-p", "Atlantis", "-i", "pci"),
        ("forecast", "-p", "63-36", "-i", "gdp"),
        ("forecast", "-p", "63-36", "-i", "pci", "-y", "1999"),
        ("forecast", "-p", "63-36", "-i", "pci", "-c", "luck"),
        ("forecast", "-p", "34-37", "-i", "papi"),
        ("forecast", "-i", "pci"),
        ("merger", "-i", "pci", "-y", "2025"),
        ("merger", "-i", "pci", "-y", "2023", "--weight", "gdp"),
        ("merger", "-i", "pci", "-y", "2023", "-c", "soe_bias"),
        ("merger", "-i", "pci"),
    ],
    ids=" ".join,
)
def test_a_bad_question_is_one_sentence_and_status_2(run: Run, question: tuple[str, ...], lang: str) -> None:
    status, out, err = run("--lang", lang, *question)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
