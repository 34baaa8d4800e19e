"""The pages for an index of one's own: those that answer for its units do, the others say so in a sentence."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from data.frames import Frames, load
from data.intake import Wanted, create, defined_by, opened
from data.names import Names
from data.store import Store
from tests.dashboard.opening import body, filters
from tests.dashboard.opening import opened as page_opened
from tests.stores import copied

# Made up, in the form that provinces print.
TABLE = """CHỈ SỐ CCHC CẤP XÃ QUÝ II NĂM 2025
STT;Xã, phường;Chỉ đạo (10 điểm);Thủ tục (40 điểm);Công vụ (50 điểm);Tổng điểm;Xếp hạng
1;Xã An Giả;8,5;30,25;41;79,75;2
2;Phường Đông Giả;9;36;44,5;89,5;1
3;Xã Cao Giả;7;28;40;75;3
"""


@pytest.fixture(autouse=True)
def own(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frames: Frames) -> None:
    """A store with one index of a year and one of a quarter."""
    path = copied(store_path, tmp_path / "own.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    with Store.open(path) as store:
        for code, year in (("xanam", 2025), ("xaquy", 202534)):
            now = load(store)
            table = TABLE if year > 9999 else TABLE.replace("QUÝ II ", "")
            file = opened("bang.csv", table.encode(), Names.of(now))
            create(store, defined_by(file, now, Wanted(code, f"CCHC {code}", year)))


def words(page: str, **params: str) -> str:
    html = re.sub(r"<(style|script).*?</\1>", " ", body(page_opened(page, **params)), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize(("index", "year"), [("xanam", "2025"), ("xaquy", "2025-Q2")])
def test_rankings_and_weaknesses_answer_for_its_units(index: str, year: str) -> None:
    ranked = words("rankings", index=index, year=year, province=f"{index}-03")
    assert "Xã Cao Giả thứ 3/3" in ranked
    assert f"CCHC {index} {year}" in ranked
    assert "Vùng" not in ranked
    weak = words("weaknesses", index=index, year=year, province=f"{index}-03")
    assert "28,00/40" in weak
    assert not re.search(r"2025(3[3-6]|4[01])", ranked + weak)


def test_its_units_and_editions_can_be_chosen() -> None:
    there = filters(page_opened("rankings", index="xaquy", year="2025-Q2"))
    assert [row[0] for row in there["year"]["options"]] == ["2025-Q2"]
    assert ("xaquy", "CCHC xaquy") in [tuple(row[:2]) for row in there["index"]["options"]]
    assert [row[1] for row in there["province"]["options"]] == ["Phường Đông Giả", "Xã An Giả", "Xã Cao Giả"]


def test_the_target_answers_for_years_alone() -> None:
    assert "ngưỡng" in words("target", index="xanam", year="2025", province="xanam-03")
    assert "chưa có cho CCHC xaquy" in words("target", index="xaquy", year="2025-Q2", province="xaquy-03")


@pytest.mark.parametrize("page", ["overview", "trends", "drivers", "pack"])
def test_what_stands_on_provinces_says_so(page: str) -> None:
    said = words(page, index="xanam", year="2025", province="xanam-03")
    assert "chưa có cho CCHC xanam" in said
    assert "Xếp hạng Điểm yếu" in said


@pytest.mark.parametrize("page", ["change", "data", "method"])
def test_the_others_open(page: str) -> None:
    said = words(page, index="xaquy", year="2025-Q2", province="xaquy-03")
    assert "Có lỗi ngoài dự kiến" not in said
    assert not re.search(r"2025(3[3-6]|4[01])", said)


def test_an_index_is_made_from_a_table_on_the_page() -> None:
    app = page_opened("data", part="index")
    app.file_uploader(key="own-file").set_value(("bang.csv", TABLE.encode(), "text/csv"))
    app.text_input(key="own-code").set_value("xamoi")
    app.text_input(key="own-name").set_value("CCHC mới")
    app.number_input(key="own-year").set_value(2025)
    app.selectbox(key="own-span").set_value("Q3").run()
    assert "không phải của quý III/2025" in body(app)
    assert not [button for button in app.button if button.key == "own-create"]
    app.selectbox(key="own-span").set_value("Q2").run()
    assert "CCHC mới: 3 đơn vị" in body(app)
    assert "Thành phần: Chỉ đạo, Thủ tục, Công vụ" in body(app)
    looked_at = re.sub(r"(<[^>]+>\s*)+", "|", body(app))
    assert "Phường Đông Giả|89,50|1|9,00|36,00|44,50" in looked_at
    app.button(key="own-create").click().run()
    assert "CCHC mới: đã tạo" in body(app)
    assert "Phường Đông Giả" in words("rankings", index="xamoi", year="2025-Q2")
