"""weakness, peers, precedent, whatif and change on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from analytics.core.answer import Answer, Coverage
from dashboard.command.weakness import _with_shown_rank
from tests.command.conftest import Run

NAM_DINH = ("--province", "nam dinh", "--index", "pci", "--year", "2019")


QUESTIONS: list[tuple[Sequence[str], set[str], set[str]]] = [
    (
        ("weakness", *NAM_DINH),
        {"component", "score", "rank", "weight", "reference", "weighted_gap"}
        | {"place_by_score", "place_by_rank", "place_by_gap"},
        set(),
    ),
    (("weakness", *NAM_DINH, "-c", "transparency"), {"indicator", "value", "measure", "rank", "change"}, set()),
    (
        ("peers", "--province", "63-36", "--year", "2019"),
        {"unit", "name", "distance", "grdp_per_capita", "population_avg", "urban_share"},
        set(),
    ),
    (
        ("precedent", *NAM_DINH, "-c", "land_access", "--gain", "1,5", "--within", "2"),
        {"unit", "from_year", "to_year", "from", "to", "gain"},
        {"starts", "reached"},
    ),
    (
        ("whatif", *NAM_DINH, "--set", "transparency=7"),
        {"component", "contribution"},
        {"score_before", "score_after", "rank_before", "rank_after"},
    ),
    (
        ("change", *NAM_DINH),
        {"component", "weight_before", "weight_after", "before", "after", "contribution"},
        {"score_change", "rank_change", "own", "others", "method", "rank_if_score_kept"},
    ),
]


@pytest.mark.parametrize(("arguments", "columns", "figures"), QUESTIONS)
def test_json_csv_and_table(run: Run, arguments: Sequence[str], columns: set[str], figures: set[str]) -> None:
    status, out, err = run(*arguments, "--json")
    assert (status, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    assert answer["unit"] == "63-36"
    assert columns <= set(answer["rows"][0])
    assert figures <= set(answer["figures"])
    status, out, _ = run(*arguments, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (status, len(rows)) == (0, len(answer["rows"]))
    status, out, err = run(*arguments)
    assert (status, err) == (0, "")
    # A table for people: words, not codes.
    assert "labour_training" not in out
    english = run("--lang", "en", *arguments)
    assert english[0] == 0
    assert "Nam Dinh" in english[1]


def test_the_change_is_told_in_vietnamese(run: Run) -> None:
    _, out, _ = run("change", *NAM_DINH)
    assert "hạng 35 → 33 (+2)" in out
    assert "Phần dư" in out


def test_one_of_the_63_in_an_edition_of_the_34(run: Run) -> None:
    status, out, _ = run("weakness", "-p", "63-36", "-i", "pci", "-y", "2025")
    assert status == 0
    assert "34-37" in out
    assert "từ 1/7/2025 thuộc" in out


def test_peers_chosen_by_hand(run: Run) -> None:
    _, out, _ = run("weakness", *NAM_DINH, "--with", "thai binh", "--with", "63-37", "--json")
    answer = json.loads(out)
    assert answer["figures"]["against"] == "peers"
    assert answer["figures"]["group"] == ["63-34", "63-37"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("weakness", *NAM_DINH, "--top", "64"), "1 đến 63"),
        (("weakness", *NAM_DINH, "--against", "x"), "target, target_year, peers"),
        (("weakness", "-p", "nam din", "-i", "pci", "-y", "2019"), "Nam Định (63-36)"),
        (("weakness", "-p", "63-36", "-i", "sipas", "-y", "2023"), "chỉ có tổng điểm"),
        (("weakness", "-p", "63-36", "-i", "par", "-y", "2023"), "vuotbac import"),
        (("peers", "-p", "63-36", "--count", "63"), "1 đến 62"),
        (("peers", "-p", "63-36", "--measure", "feet"), "mahalanobis"),
        (("precedent", *NAM_DINH, "-c", "nothing"), "nothing"),
        (("precedent", *NAM_DINH, "-c", "land_access", "--gain", "much"), "không phải là số"),
        (("whatif", *NAM_DINH), "--set"),
        (("whatif", *NAM_DINH, "--set", "transparency=11"), "0–10"),
        (("whatif", *NAM_DINH, "--set", "transparency=7", "--set", "overall=66"), "không cả hai"),
        (("change", "-p", "63-36", "-i", "pci", "-y", "2005"), "đầu tiên"),
    ],
)
def test_bad_questions_get_one_sentence_and_status_2(run: Run, arguments: Sequence[str], says: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_indicators_are_printed_with_the_code_that_whatif_takes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    status, out, _ = run("weakness", *NAM_DINH, "-c", "transparency")
    assert status == 0
    assert "transparency.relationship_needed" in out


def test_the_rank_printed_is_the_one_that_places() -> None:
    rows = pl.DataFrame({"rank": [3, None, 7], "published_rank": [4, 5, None]})
    answer = Answer("weakness", "toy", 2019, "63-01", rows, Coverage(3, 3))
    assert _with_shown_rank(answer).rows["rank"].to_list() == [4, 5, 7]
