"""The data page: its five parts in both languages over complete, derived, partial and empty editions; imports."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from dashboard.views.data.page import PARTS
from data.frames import Frames, load
from data.store import Store
from data.text import Language
from tests.stores import copied

PAGE = "from dashboard.views.data.page import page\npage()"
EDITIONS = {
    "complete": {"index": "pci", "year": "2019", "province": "63-36"},
    "derived": {"index": "pci", "year": "2023", "province": "63-22"},
    "partial": {"index": "par", "year": "2023", "province": "63-31"},
    "empty": {"index": "par", "year": "2025", "province": "34-37"},
    "ordered": {"index": "pci", "year": "2025", "province": "34-37", "component": "entry_costs"},
}


@pytest.fixture
def store(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


@pytest.fixture
def own_store(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that a test may write to."""
    path = tmp_path / "store.duckdb"
    copied(store_path, path)
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def opened(part: str, **params: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=120)
    app.query_params.update({"part": part} | params)
    return app.run()


def body(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def frames_of(path: Path) -> Frames:
    with Store.open(path) as store:
        return load(store)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_every_edition_has_its_title_and_no_word_of_the_other_language(
    part: str, edition: str, lang: Language
) -> None:
    shown = body(opened(part, **EDITIONS[edition], lang=lang))
    other: Language = "en" if lang == "vi" else "vi"
    assert f"<h1>{say(lang, f'data.title.{part}')}</h1>" in shown
    for key in ("data.title", "data.lead"):
        assert say(other, f"{key}.{part}") not in shown
    for key in (
        "column.component",
        "data.figure.facts",
        "data.audit.editions",
        "data.offer_import",
    ):
        assert say(other, key) not in shown


# What each edition must say, in Vietnamese and in English.
SAID = {
    ("coverage", "complete"): ("63/63", "63/63"),
    ("coverage", "derived"): ("suy ra", "derived"),
    ("coverage", "partial"): ("29/63", "29/63"),
    ("coverage", "empty"): ("Kỳ này chưa có số liệu nào.", "Nothing is known of this edition yet."),
    ("figure", "complete"): ("65,09", "65.09"),
    ("figure", "derived"): ("◇ suy ra: tính từ số liệu đã công bố", "◇ derived: arithmetic on published figures"),
    ("figure", "partial"): ("91,81", "91.81"),
    ("figure", "empty"): (
        "Chưa có số liệu: PAR INDEX 2025, Ninh Bình",
        "No figure yet: PAR INDEX 2025, Ninh Binh",
    ),
    ("figure", "ordered"): ("thứ 32/34 trong danh sách", "place 32 of 34 in a list"),
    ("audit", "complete"): ("lệch quá mức làm tròn ở 2005, 2011", "except in 2005, 2011"),
    ("audit", "derived"): ("92.378", "92,378"),
    ("audit", "partial"): ("do làm tròn", "rounding"),
    ("download", "empty"): ("chưa có số liệu để tải", "no figures of this edition to download"),
}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("part", "edition"), SAID)
def test_a_part_says_what_is_known(part: str, edition: str, lang: Language) -> None:
    vi, en = SAID[part, edition]
    assert (vi if lang == "vi" else en) in body(opened(part, **EDITIONS[edition], lang=lang))


@pytest.mark.usefixtures("store")
def test_only_the_part_that_is_named_is_drawn() -> None:
    assert 'class="vb-sources"' not in body(opened("coverage", **EDITIONS["complete"]))
    assert not opened("figure", **EDITIONS["complete"]).get("vega_lite_chart")
    assert len(opened("coverage", **EDITIONS["complete"]).get("vega_lite_chart")) == 1
    assert say("vi", "data.title.coverage") in body(opened("nonsense"))


@pytest.mark.usefixtures("store")
def test_the_switch_writes_the_part_into_the_address_and_keeps_the_rest() -> None:
    app = opened("coverage", **EDITIONS["complete"])
    app.pills(key="part").set_value("audit").run()
    assert say("vi", "data.title.audit") in body(app)
    address = {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}
    assert address == {"part": "audit", "lang": "vi"} | EDITIONS["complete"]


@pytest.mark.usefixtures("store")
def test_a_reading_that_disagrees_is_set_apart() -> None:
    shown = body(opened("figure", **EDITIONS["partial"]))
    assert shown.count("✗ khác") == 1
    assert "1 nguồn ghi khác số đang dùng." in shown


TABLE = "Tỉnh\tĐiểm\tHạng\nHà Nội\t91,5\t1\nHải Phòng\t90,5\t2\n"


def pasted(table: str, **params: str) -> AppTest:
    app = opened("import", **params)
    return app.text_area(key="paste-0").set_value(table).run()


def test_a_pasted_table_is_shown_then_written_then_undone(own_store: Path) -> None:
    app = pasted(TABLE, index="par", year="2025")
    shown = body(app)
    assert "dán.csv: 2 đơn vị, 4 số liệu của PAR INDEX 2025." in shown
    assert "Còn thiếu điểm của 32 đơn vị" in shown
    assert frames_of(own_store).batch.is_empty()

    app.text_input(key="source-0").set_value("Quyết định 1/QĐ-BNV <b>").run()
    app.button(key="import-0").click().run()
    shown = body(app)
    assert "Đã nhập thành lô 1: 2 đơn vị của PAR INDEX 2025." in shown
    assert 'href="rankings?index=par&amp;year=2025' in shown
    assert "Quyết định 1/QĐ-BNV &lt;b&gt;" in shown
    frames = frames_of(own_store)
    assert frames.batch["source"].to_list() == ["Quyết định 1/QĐ-BNV <b>"]
    assert frames.score.filter(index="par", year=2025)["score"].to_list() == [91.5, 90.5]

    app.button(key="undo-1").click().run()
    assert frames_of(own_store).batch["undone_at"].null_count() == 1
    app.button(key="undo-no-1").click().run()
    app.button(key="undo-1").click().run()
    app.button(key="undo-yes-1").click().run()
    assert "Đã hoàn tác lô 1" in body(app)
    frames = frames_of(own_store)
    assert frames.batch["undone_at"].null_count() == 0
    assert frames.score.filter(index="par", year=2025).is_empty()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "vi", "en"),
    [
        ("Tỉnh\tĐiểm\nHà Nội\t6;5\n", "Dòng 2, cột “Điểm”: “6;5” không phải là số", "“6;5” is not a number"),
        ("Tỉnh\tĐiểm\nHà Nội\t191\n", "ngoài thang điểm", "outside the scale"),
        ("Tỉnh\tĐiểm\nAtlantis\t91\n", "Không có tỉnh, thành phố “Atlantis”", "There is no province “Atlantis”"),
        ("Tỉnh\tGì đó\nHà Nội\t91\n", "Tiêu đề “Gì đó” không rõ là gì", "The heading “Gì đó” is not known"),
        ("Tỉnh\tĐiểm\n", "cần một dòng tiêu đề", "needs a heading row"),
    ],
)
def test_a_bad_table_says_where_and_offers_no_button(
    table: str, vi: str, en: str, lang: Language, own_store: Path
) -> None:
    app = pasted(table, index="par", year="2025", lang=lang)
    assert (vi if lang == "vi" else en) in body(app)
    assert "import-0" not in [button.key for button in app.button]
    assert frames_of(own_store).batch.is_empty()


def test_without_a_source_nothing_is_written(own_store: Path) -> None:
    app = pasted(TABLE, index="par", year="2025")
    app.button(key="import-0").click().run()
    assert say("vi", "data.import.need_source") in body(app)
    assert frames_of(own_store).batch.is_empty()


def test_what_was_not_looked_at_is_not_written(own_store: Path) -> None:
    app = pasted(TABLE, index="par", year="2025")
    app.text_input(key="source-0").set_value("QĐ 1").run()
    # The box is left by pressing the button: both reach the server at once.
    app.text_area(key="paste-0").set_value(TABLE.replace("91,5", "95,5"))
    app.button(key="import-0").click().run()
    assert say("vi", "data.import.changed") in body(app)
    assert frames_of(own_store).batch.is_empty()
    app.button(key="import-0").click().run()
    assert frames_of(own_store).score.filter(index="par", year=2025)["score"].max() == 95.5


def test_a_table_that_agrees_is_marked_as_published_and_contradictions_are_listed(own_store: Path) -> None:
    known = frames_of(own_store).score.filter(index="pci", year=2019, component="overall").head(5)
    names = dict(frames_of(own_store).unit.select("unit", "name_vi").iter_rows())
    lines = [f"{names[unit]}\t{score}" for unit, score in known.select("unit", "score").iter_rows()]
    app = pasted("\n".join(["Tỉnh\tĐiểm", *lines]), index="pci", year="2019")
    assert app.radio(key="status-0-published").value == "published"
    assert "trùng và khớp 5; khác số đã biết 0" in body(app)
    lines[0] = f"{names[known['unit'][0]]}\t61,5"
    app = pasted("\n".join(["Tỉnh\tĐiểm", *lines]), index="pci", year="2019")
    assert app.radio(key="status-0-provincial").value == "provincial"
    assert "Khác số đã biết (1)" in body(app)
    assert ">61,50<" in body(app)
    assert frames_of(own_store).batch.is_empty()


def test_an_uploaded_file_goes_before_a_pasted_table(own_store: Path) -> None:
    app = opened("import", index="par", year="2025")
    app.file_uploader(key="file-0").set_value(("bảng.csv", TABLE.replace("\t", ";").encode(), "text/csv")).run()
    assert "bảng.csv: 2 đơn vị" in body(app)
    app.text_area(key="paste-0").set_value(TABLE).run()
    assert say("vi", "data.import.both") in body(app)
    app.text_input(key="source-0").set_value("QĐ 1").run()
    app.button(key="import-0").click().run()
    assert frames_of(own_store).batch["file"].to_list() == ["bảng.csv"]


def test_an_import_shows_as_the_source_of_its_figures(own_store: Path) -> None:
    app = pasted(TABLE, index="par", year="2023")
    app.text_input(key="source-0").set_value("QĐ 268").run()
    app.button(key="import-0").click().run()
    shown = body(opened("figure", index="par", year="2023", province="63-31"))
    assert "bảng đã nhập</span> <b>QĐ 268</b>" in shown
    assert "số liệu trước khi nhập bảng" in shown
    assert "tệp dán.csv" in shown


def test_a_year_that_the_definition_does_not_know_comes_in_and_goes_again(own_store: Path, frames: Frames) -> None:
    known = frames.index("papi").years
    app = opened("import", index="papi", into=str(known[-1] + 1))
    app.text_area(key="paste-0").set_value("Tỉnh\tĐiểm\nHà Nội\t44,5\n").run()
    assert f"PAPI {known[-1] + 1}" in body(app)
    app.text_input(key="source-0").set_value("Báo cáo").run()
    app.button(key="import-0").click().run()
    assert frames_of(own_store).index("papi").years == (*known, known[-1] + 1)
    app.button(key="undo-1").click().run()
    app.button(key="undo-yes-1").click().run()
    assert frames_of(own_store).index("papi").years == known


@pytest.mark.parametrize("into", [None, "2026"])
def test_an_empty_workbook_is_offered_for_every_year_that_a_table_may_be_of(into: str | None) -> None:
    app = opened("import", index="pci", year="2023", **({"into": into} if into else {}))
    labels = [button.proto.label for button in app.get("download_button")]
    assert say("vi", "data.import.template", edition=f"PCI {into or 2023}") in labels
