"""A made-up edition of the 34 with its weights is entered: every command's numbers against our own reckoning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from statistics import fmean, median, pstdev
from typing import Any

import openpyxl
import pytest

from tests.command.conftest import Run
from tests.command.test_brief_command import text as text_of
from tests.edition import FILE, INDEX, PERCENT, TOP, YEAR, MadeUp, made_up
from tests.stores import copied

UNIT = "34-37"  # Ninh Bình
OUTSIDE = "34-20"  # Lạng Sơn, outside the first eight
ASKED = ("--index", INDEX, "--year", str(YEAR))
WEIGHT = {code: share / 100 for code, share in PERCENT.items()}

Ask = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def edition(frames: Any) -> MadeUp:
    return made_up(frames)


@pytest.fixture(scope="module")
def entered_path(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(store_path, tmp_path_factory.mktemp("entered") / "store.duckdb")


@pytest.fixture
def ask(run: Run, entered_path: Path, edition: MadeUp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Asks a command for its figures, on a store in which the edition is entered."""
    monkeypatch.setenv("VUOTBAC_STORE", str(entered_path))

    def ask(*arguments: str) -> dict[str, Any]:
        status, out, err = run(*arguments, "--json")
        assert (status, err) == (0, ""), arguments
        answer: dict[str, Any] = json.loads(out)
        return answer

    if not ask("batches")["rows"]:
        (tmp_path / FILE).write_bytes(edition.table(weights=True))
        came = ask("import", str(tmp_path / FILE), *ASKED)
        assert came["figures"]["weights"] == pytest.approx(WEIGHT)
    return ask


def by(rows: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in rows}


@pytest.mark.parametrize("component", ["overall", *PERCENT])
def test_every_score_and_rank_of_every_unit(ask: Ask, edition: MadeUp, component: str) -> None:
    answer = ask("ranking", *ASKED, "--component", component)
    rows = by(answer["rows"], "unit")
    assert answer["figures"]["complete"]
    assert {unit: row["score"] for unit, row in rows.items()} == edition.column(component)
    assert {unit: row["rank"] for unit, row in rows.items()} == edition.ranks(component)
    assert {row["order"] for row in rows.values()} == {None}
    if component == "overall":
        assert {unit: row["published_rank"] for unit, row in rows.items()} == edition.ranks()
    assert not any("không có tổng điểm" in note for note in answer["notes"])


def test_history_and_coverage(ask: Ask, edition: MadeUp) -> None:
    rows = by(ask("history", "--province", UNIT, "--index", INDEX)["rows"], "component")
    for component, row in rows.items():
        assert row["score"] == edition.column(component)[UNIT]
        assert row["rank"] == edition.ranks(component)[UNIT]
    assert set(rows) == {"overall", *PERCENT}
    known = [row for row in ask("coverage", "--index", INDEX)["rows"] if row["year"] == YEAR]
    assert {row["scores_known"] for row in known} == {34}
    assert all(row["complete"] for row in known)
    assert {row["range"] for row in known} == {0}


@pytest.mark.parametrize("unit", [UNIT, OUTSIDE])
def test_gaps_to_the_first_eight_in_points_of_the_total(ask: Ask, edition: MadeUp, unit: str) -> None:
    rows = by(ask("weakness", "--province", unit, *ASKED)["rows"], "component")
    gaps = {}
    for code, row in rows.items():
        scores = edition.column(code)
        reference = median(scores[one] for one in edition.first)
        gaps[code] = 10 * WEIGHT[code] * (reference - scores[unit])
        assert row["score"] == scores[unit]
        assert row["weight"] == pytest.approx(WEIGHT[code])
        assert row["reference"] == pytest.approx(reference)
        assert row["weighted_gap"] == pytest.approx(gaps[code], abs=1e-6)
        assert row["rank"] == edition.ranks(code)[unit]
    assert [row["place_by_gap"] for row in rows.values()] == sorted(row["place_by_gap"] for row in rows.values())
    ordered = [round(gaps[code], 6) for code in rows]
    assert ordered == sorted(ordered, reverse=True)


@pytest.mark.parametrize(
    ("unit", "code", "new"), [(UNIT, "transparency", 7.0), (OUTSIDE, "compliance_costs", 8.5)]
)
def test_the_simulator(ask: Ask, edition: MadeUp, unit: str, code: str, new: float) -> None:
    found = ask("whatif", "--province", unit, *ASKED, "--set", f"{code}={new}")["figures"]
    after = edition.totals[unit] + 10 * WEIGHT[code] * (new - edition.scores[unit][code])
    others = [total for one, total in edition.totals.items() if one != unit]
    assert found["score_before"] == edition.totals[unit]
    assert found["score_after"] == pytest.approx(after, abs=1e-6)
    assert found["rank_before"] == edition.ranks()[unit]
    assert found["rank_after"] == 1 + sum(total > after + 1e-9 for total in others)


@pytest.mark.parametrize("unit", [UNIT, OUTSIDE])
def test_the_distance_to_the_target_group(ask: Ask, edition: MadeUp, unit: str) -> None:
    found = ask("target", "--province", unit, *ASKED)["figures"]
    line = sorted(edition.totals.values(), reverse=True)[TOP - 1]
    assert found["threshold"] == line
    assert found["gap"] == pytest.approx(line - edition.totals[unit], abs=1e-6)
    assert (found["rank"], found["score"]) == (edition.ranks()[unit], edition.totals[unit])
    assert found["inside"] == (unit in edition.first)


def test_ranks_under_other_weights(ask: Ask, edition: MadeUp) -> None:
    rows = by(ask("robustness", *ASKED, "--draws", "200")["rows"], "unit")
    equal = {unit: fmean(own.values()) for unit, own in edition.scores.items()}
    assert {unit: row["rank_equal"] for unit, row in rows.items()} == {
        unit: 1 + sum(other > value + 1e-9 for other in equal.values()) for unit, value in equal.items()
    }
    assert {unit: row["rank"] for unit, row in rows.items()} == edition.ranks()
    assert ask("benefit", "--province", UNIT, *ASKED)["figures"]["rank"] == edition.ranks()[UNIT]


def test_the_audit_reproduces_every_total(ask: Ask, edition: MadeUp) -> None:
    found = ask("audit", *ASKED)
    rows = by([row for row in found["rows"] if row["check"] == "total"], "unit")
    exact = {unit: sum(PERCENT[c] * s for c, s in own.items()) / 10 for unit, own in edition.scores.items()}
    assert {unit: row["recomputed"] for unit, row in rows.items()} == pytest.approx(exact)
    assert {unit: row["published"] for unit, row in rows.items()} == edition.totals
    assert {row["finding"] for row in rows.values()} <= {"reproduced", "rounding"}
    assert found["figures"]["recovered_weights"][str(YEAR)]["weights"] == pytest.approx(WEIGHT)
    rows = by(ask("weights", *ASKED)["rows"], "component")
    assert {code: row["weight"] for code, row in rows.items()} == pytest.approx(WEIGHT)
    assert {row["weight_status"] for row in rows.values()} == {"entered"}


def test_what_sets_the_units_apart(ask: Ask, edition: MadeUp) -> None:
    rows = by(ask("drivers", "--index", INDEX, "--shares", "--year", str(YEAR))["rows"], "component")
    totals = list(edition.totals.values())
    for code in PERCENT:
        scores = list(edition.column(code).values())
        means = fmean(scores), fmean(totals)
        together = fmean((one - means[0]) * (two - means[1]) for one, two in zip(scores, totals, strict=True))
        assert rows[code]["spread_share"] == pytest.approx(10 * WEIGHT[code] * together / pstdev(totals) ** 2)
        assert rows[code]["deviation"] == pytest.approx(pstdev(scores))


def test_what_one_edition_cannot_say_is_said(ask: Ask, run: Run) -> None:
    assert ask("forecast", "--province", UNIT, *ASKED)["figures"]["reason"] == "few_editions"
    status, _, err = run("change", "--province", UNIT, *ASKED)
    assert (status, err.count("\n")) == (2, 1)
    assert "kỳ đầu tiên" in err


@pytest.mark.usefixtures("ask")
def test_the_documents_show_the_same(run: Run, edition: MadeUp, tmp_path: Path) -> None:
    status, _, err = run("pack", "--province", UNIT, *ASKED, "--out", str(tmp_path), "--format", "workbook")
    assert (status, err) == (0, "")
    (file,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(file, data_only=True)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    numbers = {round(value, 6) for value in cells if isinstance(value, int | float)}
    shown = {*edition.totals.values(), *(score for own in edition.scores.values() for score in own.values())}
    assert shown <= numbers
    assert {round(share, 6) for share in WEIGHT.values()} <= numbers
    assert any("theo bảng đã nhập" in str(value) for value in cells)
    assert not any("tổng hợp từ báo chí" in str(value) for value in cells)
    assert run("brief", "--province", UNIT, *ASKED, "--out", str(tmp_path / "brief.pdf"))[0] == 0
    assert "không có tổng điểm" not in text_of(tmp_path / "brief.pdf")
