"""drivers on the command line."""

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

    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    found: dict[str, Any] = json.loads(out, parse_constant=refuse)
    return found


def test_drivers_answers_by_its_columns_and_figures(run: Run) -> None:
    answer = answered(run, "drivers", "--index", "pci", "--outcome", "new_firms")
    assert (answer["question"], answer["index"], answer["year"]) == ("drivers", "pci", None)
    assert {"term", "estimate", "error", "q_value"} <= set(answer["rows"][0])
    assert len(answer["rows"]) == 10
    figures = answer["figures"]
    assert (figures["units"], figures["years"]) == (63, [2016, 2017, 2018, 2019, 2020])
    assert {"grouped", "forward"} == set(figures["skill"])
    assert answer["coverage"] == {"known": 315, "of": 315}


def test_the_shares_add_up(run: Run) -> None:
    answer = answered(run, "drivers", "--index", "pci", "--shares", "--year", "2019")
    assert (answer["question"], answer["year"]) == ("shares", 2019)
    assert sum(row["spread_share"] for row in answer["rows"]) == pytest.approx(1)


def test_without_an_outcome_the_years_that_carry_them(run: Run) -> None:
    answer = answered(run, "drivers", "--index", "pci")
    assert answer["question"] == "outcomes"
    assert answer["figures"]["years"]["grdp_per_head"] == [2018, 2019, 2020, 2024]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--outcome", "fdi"), ("LÁT CẮT MỘT NĂM", "A CROSS-SECTION")),
        (("--outcome", "grdp_per_head"), ("không phải nhân quả", "not causation")),
        (("--shares", "--year", "2019"), ("Phần dư", "Remainder")),
        ((), ("Có kết quả", "Outcome known")),
    ],
)
def test_tables_for_people_in_both_languages(
    run: Run, lang: str, arguments: tuple[str, ...], said: tuple[str, str]
) -> None:
    status, out, err = run("--lang", lang, "drivers", "-i", "pci", *arguments)
    assert (status, err) == (0, "")
    assert said[lang == "en"] in out
    if arguments:
        assert ("Tính minh bạch" if lang == "vi" else "Transparency") in out


def test_csv_has_the_columns_own_names(run: Run) -> None:
    status, out, _ = run("drivers", "-i", "papi", "--outcome", "new_firms", "--csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 6
    assert list(rows[0])[:3] == ["term", "estimate", "error"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("-i", "pci", "--outcome", "overall"), "--shares"),
        (("-i", "pci", "--outcome", "transparency"), "--shares"),
        (("-i", "pci", "--outcome", "happiness"), "new_firms"),
        (("-i", "pci", "--outcome", "fdi", "--year", "2020"), "2024"),
        (("-i", "pci", "--outcome", "new_firms", "--year", "2020"), "--year"),
        (("-i", "par", "--outcome", "new_firms"), "vuotbac import"),
        (("-i", "pci", "--shares"), "--year"),
        (("-i", "pci", "--shares", "--year", "2019", "--outcome", "fdi"), "--outcome"),
        (("-i", "pci", "--shares", "--year", "2021"), "33"),
        (("-i", "pcx", "--outcome", "fdi"), "papi"),
    ],
)
def test_a_bad_question_is_one_sentence_and_status_2(
    run: Run, arguments: tuple[str, ...], named: str, lang: str
) -> None:
    status, out, err = run("drivers", *arguments, "--lang", lang)
    assert (status, out) == (2, "")
    assert named in err
    assert err.count("\n") == 1
