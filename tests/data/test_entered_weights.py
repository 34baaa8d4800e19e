"""Weights come with a table, by hand, or are confirmed after they were recovered; undone, none of them is left."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from analytics.weights.edition_weights import edition_weights, recovered_weights
from data.entered_weights import shares_of
from data.frames import Frames, load
from data.intake import Plan, enter, enter_weights, understand, undo
from data.store import Person, Store
from data.text import Problem
from tests.edition import FILE, INDEX, PERCENT, YEAR, MadeUp, entered, made_up, read
from tests.stores import copied

SHARES = {code: share / 100 for code, share in PERCENT.items()}


@pytest.fixture
def path(store_path: Path, tmp_path: Path) -> Path:
    return copied(store_path, tmp_path / "store.duckdb")


@pytest.fixture(scope="module")
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


def weights(frames: Frames, year: int = YEAR) -> tuple[str, dict[str, float | None]]:
    index = frames.index(INDEX)
    return index.regime(year).weight_status, {
        code: index.weight(code, year) for code in index.regime(year).components
    }


def test_a_row_of_weights_comes_in_with_its_table(path: Path, edition: MadeUp, frames: Frames) -> None:
    intake = read(frames, edition.table(weights=True))
    assert not intake.questions
    said = intake.note("weights")
    assert said is not None
    assert "Minh bạch 15%" in said.vi
    assert [row.why for row in intake.left_out] == ["weights"]
    now, batch = entered(path, edition.table(weights=True))
    assert weights(now) == ("entered", pytest.approx(SHARES))
    assert now.entered_weight["batch"].unique().to_list() == [batch]
    note = now.index(INDEX).regime(YEAR).note
    assert note is not None
    assert f"lô {batch}" in note.vi


def test_a_row_of_weights_is_a_column_where_the_units_are_columns(edition: MadeUp, frames: Frames) -> None:
    rows = csv.reader(edition.table(ranks=False, weights=True).decode().splitlines())
    out = io.StringIO()
    csv.writer(out).writerows(zip(*rows, strict=True))
    intake = read(frames, out.getvalue().encode())
    assert intake.units == 34
    assert intake.weights == pytest.approx(SHARES)


def test_weights_that_a_workbook_shows_as_per_cent(edition: MadeUp, frames: Frames) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in csv.reader(edition.table(ranks=False).decode().splitlines()):
        sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row])
    sheet.append(["Trọng số", *SHARES.values()])
    for cell in sheet[sheet.max_row][1:]:
        cell.number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    intake = understand("made-up.xlsx", out.getvalue(), frames, INDEX, YEAR)
    assert not intake.questions
    assert intake.weights == pytest.approx(SHARES)


def test_weights_may_be_given_beside_the_table(path: Path, edition: MadeUp) -> None:
    with Store.open(path) as store:
        plan = Plan.read(Plan(weights=dict(PERCENT)).toml())
        enter(store, understand(FILE, edition.table(), load(store), INDEX, YEAR, plan))
        assert weights(load(store)) == ("entered", pytest.approx(SHARES))


def test_a_table_without_totals_gets_them_where_its_weights_are_known(path: Path, edition: MadeUp) -> None:
    now, batch = entered(path, edition.table(totals=False, ranks=False, weights=True))
    totals = now.score.filter(index=INDEX, year=YEAR, component="overall")
    assert set(totals["score_status"]) == {"derived"}
    assert set(totals["batch"]) == {batch}
    exact = {
        unit: sum(10 * SHARES[code] * score for code, score in own.items()) for unit, own in edition.scores.items()
    }
    assert dict(totals.select("unit", "score").iter_rows()) == pytest.approx(exact)
    note = now.index(INDEX).edition(YEAR).note
    assert note is not None
    assert "suy tính từ trọng số" in note.vi


def test_recovered_weights_count_once_they_are_confirmed_and_no_longer_when_undone(
    path: Path, edition: MadeUp
) -> None:
    now, table = entered(path, edition.table())
    assert weights(now)[0] == "assumed"
    assert recovered_weights(now, INDEX, YEAR) == SHARES
    with Store.open(path) as store:
        number = enter_weights(
            store, now, INDEX, YEAR, recovered_weights(now, INDEX, YEAR), status="recovered", by=Person("Lan")
        )
        confirmed = load(store)
        assert weights(confirmed) == ("recovered", pytest.approx(SHARES))
        row = confirmed.batch.filter(batch=number).row(0, named=True)
        assert (row["author"], row["rows"], row["status"]) == ("Lan", 0, "derived")
        assert edition_weights(confirmed, INDEX, YEAR).coverage.complete
        undo(store, number)
        assert weights(load(store)) == weights(now)
        undo(store, table)
        assert weights(load(store))[0] == "unknown"


def test_weights_that_differ_from_known_ones_are_asked_about_and_begin_a_regime(
    path: Path, frames: Frames
) -> None:
    known = weights(frames, 2019)[1]
    other = {**known, "transparency": known["land_access"], "land_access": known["transparency"]}
    names = dict(frames.unit.select("unit", "name_vi").iter_rows())
    rows = frames.score.filter(index=INDEX, year=2019).pivot("component", index="unit", values="score")
    lines = [
        ",".join([names[row["unit"]], *(f"{row[code]:.4f}" for code in known)])
        for row in rows.iter_rows(named=True)
    ]
    heading = ",".join(["Tỉnh", *(frames.index(INDEX).component(code).name.vi for code in known)])

    def table(shares: dict[str, float | None]) -> bytes:
        return "\n".join([heading, *lines, ",".join(["Trọng số", *map(str, shares.values())])]).encode()

    assert not understand(FILE, table(known), frames, INDEX, 2019).questions
    asked = understand(FILE, table(other), frames, INDEX, 2019).questions
    assert [question.kind for question in asked] == ["other_weights"]
    with Store.open(path) as store:
        enter(store, understand(FILE, table(other), frames, INDEX, 2019, Plan(accepted=("other_weights",))))
        now = load(store)
    assert weights(now, 2019) == ("entered", pytest.approx(other))
    assert weights(now, 2018) == ("published", known)
    assert not now.index(INDEX).comparable(2018, 2019)
    assert now.index(INDEX).comparable(2017, 2018)


def test_maxima_of_points_that_add_up_are_their_weights(path: Path, frames: Frames) -> None:
    codes = frames.index("par").regime(2025).components
    heading = ",".join(["Tỉnh", *(frames.index("par").component(code).name.vi.replace(",", "") for code in codes)])
    maxima = [10.5, 10, 13, 10.5, 15, 11, 13.5, 16.5]
    units = frames.unit.filter(unit_set="34").select("unit", "name_vi").rows()
    lines = [
        ",".join([name, *(f"{end * (0.7 + place / 200):.4f}" for end in maxima)])
        for place, (_, name) in enumerate(units)
    ]
    content = "\n".join([heading, *lines, ",".join(["Điểm tối đa", *map(str, maxima)])]).encode()
    with Store.open(path) as store:
        enter(store, understand(FILE, content, load(store), "par", 2025))
        now = load(store)
    index = now.index("par")
    assert [index.maximum(code, 2025) for code in codes] == pytest.approx(maxima)
    assert sum(index.weight(code, 2025) or 0 for code in codes) == pytest.approx(1)
    totals = dict(
        now.score.filter(pl.col("score_status") == "derived", index="par", year=2025, component="overall")
        .select("unit", "score")
        .iter_rows()
    )
    assert totals == pytest.approx({unit: 70 + place / 2 for place, (unit, _) in enumerate(units)}, abs=1e-3)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({**PERCENT, "transparency": 20}, "cộng lại bằng 105"),
        ({code: share for code, share in PERCENT.items() if code != "transparency"}, "thiếu trọng số"),
        ({**PERCENT, "transparency": -15, "land_access": 40}, "không số nào âm"),
        ({**PERCENT, "overall": 0}, "thiếu trọng số"),
    ],
)
def test_weights_that_cannot_be_are_refused_in_a_sentence(
    frames: Frames, given: dict[str, float], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        shares_of(frames.index(INDEX), YEAR, given)


def test_weights_of_a_table_that_do_not_add_up_are_asked_about(frames: Frames, edition: MadeUp) -> None:
    content = edition.table(weights=True).decode().replace("15%", "16%", 1).encode()
    asked = read(frames, content)
    assert [question.kind for question in asked.questions] == ["weights"]
    left = understand(FILE, content, frames, INDEX, YEAR, Plan(accepted=("weights",)))
    assert not left.questions
    assert left.weights is None
