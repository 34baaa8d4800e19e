"""Questions and faults of a table are answered on the page: each answer is taken and the table read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.frames import Frames, load
from data.store import Store
from tests.stores import copied

PAGE = "from dashboard.views.data.page import page\npage()"


@pytest.fixture
def own_store(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = copied(store_path, tmp_path / "store.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def pasted(table: str, **params: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=120)
    app.query_params.update({"part": "import"} | params)
    app.run()
    return app.text_area(key="paste-0").set_value(table).run()


def body(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def entered(app: AppTest, path: Path, year: int) -> dict[str, tuple[float | None, int | None]]:
    """Enter what is on the page; the totals that are in the store then."""
    app.text_input(key="source-0").set_value("Thử").run()
    app.button(key="import-0").click().run()
    assert not app.exception
    with Store.open(path) as store:
        rows = load(store).entered_score.filter(index="par", year=year, component="overall")
    return {
        unit: (score, rank) for unit, score, rank in rows.select("unit", "score", "published_rank").iter_rows()
    }


def ready(app: AppTest) -> bool:
    return "import-0" in [button.key for button in app.button]


def test_a_name_is_given_its_unit_or_its_row_is_left_out(own_store: Path) -> None:
    table = "Tỉnh\tĐiểm\nHà Nội\t91,5\nNam Dinhh\t80,5\nAtlantis\t70,5\n"
    app = pasted(table, index="par", year="2020")
    assert not ready(app)
    assert app.selectbox(key="as-0-Nam Dinhh").options[0] == "Nam Định"
    app.selectbox(key="as-0-Nam Dinhh").set_value("63-36").run()
    assert not ready(app)
    app.selectbox(key="as-0-Atlantis").set_value("drop").run()
    assert "Cần sửa hoặc trả lời" not in body(app)
    assert entered(app, own_store, 2020) == {"63-01": (91.5, None), "63-36": (80.5, None)}


@pytest.mark.parametrize(
    ("heading", "rows", "key", "answer", "expected"),
    [
        ("Tỉnh\tĐiểm", ("0,915", "0,805"), "answer-0-fractions-B", "score:fraction", (91.5, 80.5)),
        ("Tỉnh\tĐiểm\tĐiểm số", ("91,5\t1", "80,5\t2"), "one-0-B-C", "B", (91.5, 80.5)),
        ("Tỉnh\tĐiểm\t", ("91,5\t1", "80,5\t2"), "answer-0-nameless-C", "ignore", (91.5, 80.5)),
    ],
)
def test_a_column_gets_its_meaning(
    own_store: Path, heading: str, rows: tuple[str, str], key: str, answer: str, expected: tuple[float, float]
) -> None:
    app = pasted(f"{heading}\nHà Nội\t{rows[0]}\nNam Định\t{rows[1]}\n", index="par", year="2020")
    assert not ready(app)
    app.radio(key=key).set_value(answer).run()
    assert ready(app), body(app)
    assert tuple(score for score, _ in entered(app, own_store, 2020).values()) == expected


def test_part_of_a_year_is_entered_only_when_that_is_said(own_store: Path) -> None:
    app = pasted(
        "PAR INDEX QUÝ I NĂM 2020\nTỉnh\tĐiểm\nHà Nội\t91,5\nNam Định\t80,5\nHuế\t81\n", index="par", year="2020"
    )
    assert not ready(app)
    app.button(key="accept-0-part_of_year").click().run()
    assert ready(app)


def test_a_fault_is_mended_in_a_field_of_its_own_and_the_scale_can_be_said(own_store: Path) -> None:
    app = pasted("Tỉnh\tĐiểm\nHà Nội\t91,5\nNam Định\t8o,5\n", index="par", year="2020")
    assert "“8o,5” không phải là số" in body(app)
    app.text_input(key="cell-0-B3").set_value("80,5").run()
    assert ready(app)
    assert set(entered(app, own_store, 2020).values()) == {(91.5, None), (80.5, None)}
    app = pasted("Tỉnh\tĐiểm\nHà Nội\t0,915\nNam Định\t0,805\n", index="par", year="2021")
    app.selectbox(key="scale-0").set_value("fraction").run()
    assert set(entered(app, own_store, 2021).values()) == {(91.5, None), (80.5, None)}


def test_the_other_years_of_a_file_are_offered_once_one_is_entered(own_store: Path, frames: Frames) -> None:
    table = "Tỉnh\tĐiểm 2019\tĐiểm 2020\nHà Nội\t81,5\t91,5\nNam Định\t70,5\t80,5\nHuế\t71,5\t81,5\n"
    app = pasted(table, index="par", year="2020")
    assert app.selectbox(key="year-0").value == 2020
    assert entered(app, own_store, 2020)["63-01"] == (91.5, None)
    assert [button.key for button in app.button if str(button.key).startswith("also-")] == [
        "also-1-2019",
        "also-1-none",
    ]
    app.button(key="also-1-2019").click().run()
    assert "3 đơn vị, 3 số liệu của PAR INDEX 2019" in body(app)
    app.text_input(key="source-1").set_value("Thử").run()
    app.button(key="import-1").click().run()
    with Store.open(own_store) as store:
        batches = store.entered("batch")
        assert batches.select("index", "year").rows() == [("par", 2020), ("par", 2019)]
        plans = store.entered("reading_plan")
        assert plans["sha256"].n_unique() == 1
    assert not [button.key for button in app.button if str(button.key).startswith("also-")]
    assert "Bảng được hiểu như sau" not in body(app)


def test_what_the_table_says_comes_before_what_the_address_says(own_store: Path) -> None:
    app = pasted(
        "CHỈ SỐ SIPAS NĂM 2022\nTỉnh\tĐiểm\nHà Nội\t81,5\nNam Định\t80,5\nHuế\t81\n", index="par", year="2020"
    )
    assert (app.selectbox(key="index-0").value, app.selectbox(key="year-0").value) == ("sipas", 2022)
    assert "Theo tiêu đề ở dòng 1" in body(app)
    app.selectbox(key="year-0").set_value(2021).run()
    assert "bảng ghi năm 2022, không phải 2021" in body(app)
    assert not ready(app)
    app.selectbox(key="year-0").set_value(2022).run()
    assert ready(app)
