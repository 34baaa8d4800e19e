"""Tables of real shapes: all figures right and no other, or refused or asked about where that is right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.definition import looked_at
from data.frames import Frames
from data.intake import Intake, understand, understand_own
from data.text import Problem

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*.json"))

Key = tuple[str, str, str]


def expected(case: dict[str, Any]) -> dict[Key, float]:
    """The figures that the case says are right for the edition asked for."""
    call = case["call"]
    return {
        (row["unit"], component, kind): figures[name]
        for table in case["tables"]
        if (table["index"], table["year"]) == (call["index"], call["year"]) and not table.get("also")
        for row in table["rows"]
        for component, figures in row["figures"].items()
        for name, kind in (("score", "score"), ("rank", "published_rank"))
        if figures.get(name) is not None
    }


def found(intake: Intake) -> dict[Key, float]:
    return {
        (row["unit"], row["component"], kind): row[kind]
        for row in intake.rows.iter_rows(named=True)
        for kind in ("score", "published_rank")
        if row[kind] is not None
    }


def read(frames: Frames, file: Path, index: str, year: int) -> Intake:
    if index not in frames.indices:
        return understand_own(file, file.read_bytes(), frames, looked_at(index, year))
    return understand(file, file.read_bytes(), frames, index, year)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_table_of_real_shape_is_read_right_or_asked_about(frames: Frames, path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    ask = (frames, path.with_name(case["file"]), case["call"]["index"], case["call"]["year"])
    if case["refusing_is_right"] and not case["ask"]:
        with pytest.raises(Problem, match="|".join(case["must_be_said"])):
            read(*ask)
        return
    intake = read(*ask)
    if case["ask"]:
        said = " ".join(question.text.vi for question in intake.questions)
        assert all(word in said for word in case["must_be_said"])
        return
    assert intake.questions == ()
    assert found(intake) == pytest.approx(expected(case))
    notes = " ".join(note.text.vi for note in intake.notes)
    assert not case["must_be_said"] or any(word in notes for word in case["must_be_said"])
    left_out = " ".join(row.text for row in intake.left_out)
    for item in case["not_data"]:
        words = item["text"].split("…")[0].split()[-2:]
        assert " ".join(words) in left_out or words == ["(*)"] or words == ["Zalo"], item


@pytest.mark.parametrize(
    ("file", "year", "figures"), [("vcci_2019_en.tsv", 2019, 264), ("vcci_2021_vi.tsv", 2021, 252)]
)
def test_vccis_own_tables_go_in_without_a_hands_turn(frames: Frames, file: str, year: int, figures: int) -> None:
    intake = read(frames, FOLDER / file, "pci", year)
    assert intake.questions == ()
    assert [column.heading for column in intake.columns if column.kind == "unknown"] == []
    assert (len(found(intake)), intake.compared, intake.contradicted.height) == (figures, figures, 0)
    assert intake.status == "published"
