"""An index from a made-up table: units, blocks, components; kept, undone, backed up, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.core.audit import audit
from analytics.core.ranking import ranking
from analytics.weakness.weakness import weakness
from data.frames import Frames, load
from data.intake import Drafted, Plan, Wanted, blocks_read, create, defined_by, enter_blocks, opened, undo
from data.names import Names
from data.own.file import read
from data.own.kept import add, kept, remove
from data.store import Person, Store
from data.store.backup import backup, restore
from data.store.entries import Entries
from data.text import Problem
from tests.stores import copied

LAN = Person("Lan")

# Made up, in the form that provinces print: two blocks, each with its own ranks.
BLOCKS = """KẾT QUẢ XẾP HẠNG DDCI NĂM 2024
STT;Cơ quan, đơn vị;Tính minh bạch;Chi phí thời gian;Tổng điểm;Xếp hạng
I;Khối sở, ban, ngành;;;;
1;Sở Thử Một;8,0;7,0;75,00;1
2;Sở Thử Hai;6,0;7,5;67,50;2
3;Sở Thử Ba;6,5;6,0;62,50;3
II;Khối UBND các huyện, thị xã;;;;
1;Huyện Giả An;7,0;7,0;70,00;1
2;Huyện Giả Bình;5,0;6,0;55,00;2
Trung bình;;6,5;6,7;66,00;
"""
QUARTER = """CHỈ SỐ CCHC CẤP XÃ {title}
STT;Xã, phường;Chỉ đạo (10 điểm);Thủ tục (40 điểm);Công vụ (50 điểm);Tổng điểm;Xếp hạng
1;Xã An Giả;8,5;{first};41;{total};2
2;Phường Đông Giả;9;36;44,5;89,5;1
3;Xã Cao Giả;7;28;40;75;3
"""
OWN_MAXIMUM = """STT;Cơ quan, đơn vị;Tổng điểm;Điểm tối đa;Tỷ lệ (%)
1;Sở Thử Một;90;100;90
2;Ban Thử Hai;68,32;84;81,33
3;Sở Thử Ba;79,5;100;79,5
"""


@pytest.fixture
def store(store_path: Path, tmp_path: Path, entries_place: Path | str) -> Iterator[Store]:
    """The project's figures, and entries of their own on either engine."""
    path = copied(store_path, tmp_path / "own.duckdb")
    if isinstance(entries_place, str):
        with closing(Entries(entries_place)) as entries:
            entries.create()
        with Store.open(path, entries_place) as opened_store:
            opened_store.build()
            yield opened_store
    else:
        with Store.open(path) as opened_store:
            yield opened_store


def made(frames: Frames, table: str, code: str, year: int, name: str = "DDCI", **more: str) -> Drafted:
    file = opened("bang.csv", table.encode(), Names.of(frames))
    return defined_by(file, frames, Wanted(code, name, year, **more))


def ranks(frames: Frames, index: str, year: int) -> list[tuple[str, int | None, int | None]]:
    rows = ranking(frames, index, year).rows
    return list(rows.select("name", "rank", "published_rank").iter_rows())


def test_blocks_are_ranked_apart_and_each_keeps_its_units(store: Store, frames: Frames) -> None:
    batches = create(store, made(frames, BLOCKS, "ddci", 2024), by=LAN)
    now = load(store)
    assert [index.code for index in now.blocks("ddci")] == ["ddci.so", "ddci.huyen"]
    assert ranks(now, "ddci.so", 2024) == [("Sở Thử Một", 1, 1), ("Sở Thử Hai", 2, 2), ("Sở Thử Ba", 3, 3)]
    assert ranks(now, "ddci.huyen", 2024) == [("Huyện Giả An", 1, 1), ("Huyện Giả Bình", 2, 2)]
    assert now.index("ddci.so").edition(2024).units == 3
    components = now.index("ddci.so").components_of(2024)
    assert [item.name.vi for item in components] == ["Tính minh bạch", "Chi phí thời gian"]
    assert now.index("ddci.so").regime(2024).weight_status == "assumed"
    with pytest.raises(Problem, match="2 khối"):
        now.index("ddci")
    assert now.batch.filter(author="Lan")["batch"].to_list() == batches


def test_maxima_in_the_headings_weigh_and_the_audit_agrees(store: Store, frames: Frames) -> None:
    table = QUARTER.format(title="NĂM 2025", first="30,25", total="79,75")
    create(store, made(frames, table, "cchcxa", 2025, "Chỉ số CCHC cấp xã"), by=LAN)
    now = load(store)
    assert [now.index("cchcxa").weight(code, 2025) for code in ("chi_dao", "thu_tuc", "cong_vu")] == [
        0.1,
        0.4,
        0.5,
    ]
    assert set(audit(now, "cchcxa", 2025).rows["finding"]) == {"reproduced"}
    gaps = weakness(now, "cchcxa-03", "cchcxa", 2025, against="best").rows
    assert dict(gaps.select("component", "weighted_gap").iter_rows()) == {
        "thu_tuc": 8,
        "cong_vu": 4.5,
        "chi_dao": 2,
    }


def test_a_quarter_is_an_edition_and_its_title_must_agree(store: Store, frames: Frames) -> None:
    second = QUARTER.format(title="QUÝ II NĂM 2025", first="30,25", total="79,75")
    create(store, made(frames, second, "cchcxa", 202534, "CCHC cấp xã"), by=LAN)
    now = load(store)
    third = QUARTER.format(title="QUÝ III NĂM 2025", first="32,25", total="81,75").encode()
    file = opened("quy3.csv", third, Names.of(now))
    wrong = blocks_read(file, now, "cchcxa", 202536)
    assert "không phải của quý IV/2025" in str(wrong[0].faults[0].text)
    with pytest.raises(Problem, match="Thêm --period Q1"):
        blocks_read(file, now, "cchcxa", 2025)
    enter_blocks(store, blocks_read(file, now, "cchcxa", 202535), by=LAN)
    now = load(store)
    assert [str(year) for year in now.index("cchcxa").years] == ["2025-Q2", "2025-Q3"]
    moved = ranking(now, "cchcxa", 202535).rows.filter(unit="cchcxa-01")
    assert (moved["change_score"].item(), moved["change_rank"].item()) == (2.0, 0)


def test_a_unit_is_ranked_by_its_per_cent_of_its_own_maximum(store: Store, frames: Frames) -> None:
    create(store, made(frames, OWN_MAXIMUM, "cchcso", 2023, "CCHC sở"), by=LAN)
    rows = ranking(load(store), "cchcso", 2023).rows
    assert rows["name"].to_list() == ["Sở Thử Một", "Ban Thử Hai", "Sở Thử Ba"]
    second = rows.row(1, named=True)
    assert (round(second["score"], 2), second["points"], second["points_of"], second["rank"]) == (
        81.33,
        68.32,
        84,
        2,
    )


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (OWN_MAXIMUM.replace("81,33", "91,33"), "91.33% khác"),
        (OWN_MAXIMUM.replace(";84;", ";64;"), "vượt điểm tối đa 64"),
        (OWN_MAXIMUM.replace("79,5;100;", "79,5;;"), "thiếu điểm tối đa"),
        (BLOCKS.replace("62,50;3", "62,50;9"), "hạng 9, mà bảng chỉ có 3 đơn vị"),
    ],
)
def test_what_contradicts_itself_is_refused(frames: Frames, table: str, said: str) -> None:
    drafted = made(frames, table, "thu", 2024)
    faults = [str(fault.text) for intake in drafted.intakes for fault in intake.faults]
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("pci", "PCI", 2024), "đã có"),
        (Wanted("DD CI", "DDCI", 2024), "chữ thường không dấu"),
        (Wanted("ddci", " ", 2024), "Thiếu tên"),
    ],
)
def test_a_code_or_name_that_cannot_be_is_refused(frames: Frames, wanted: Wanted, said: str) -> None:
    file = opened("bang.csv", BLOCKS.encode(), Names.of(frames))
    with pytest.raises(Problem, match=said):
        defined_by(file, frames, wanted)


def test_a_further_table_of_both_blocks_is_one_step_and_strangers_are_asked_about(
    store: Store, frames: Frames
) -> None:
    create(store, made(frames, BLOCKS, "ddci", 2024), by=LAN)
    now = load(store)
    later = BLOCKS.replace("2024", "2025").replace("75,00", "76,00")
    intakes = blocks_read(opened("ddci25.csv", later.encode(), Names.of(now)), now, "ddci", 2025)
    assert [(item.index.code, item.units, item.questions) for item in intakes] == [
        ("ddci.so", 3, ()),
        ("ddci.huyen", 2, ()),
    ]
    enter_blocks(store, intakes, by=LAN)
    rows = ranking(load(store), "ddci.so", 2025).rows
    assert rows["change_score"].to_list() == [1, 0, 0]
    strange = later.replace("Sở Thử Ba", "Sở Lạ")
    asked = blocks_read(opened("ddci25.csv", strange.encode(), Names.of(now)), now, "ddci", 2025)
    assert "“Sở Lạ” không có trong danh sách đơn vị" in str(asked[0].questions[0].text)
    known = Plan(names={"Sở Lạ": "ddci.so-03"})
    told = blocks_read(opened("ddci25.csv", strange.encode(), Names.of(now)), now, "ddci", 2025, known)
    assert (told[0].questions, told[0].units) == ((), 3)


def test_communes_beyond_sixty_four_that_differ_by_an_accent_alone(store: Store, frames: Frames) -> None:
    names = [f"Xã Giả {number}" for number in range(1, 119)] + ["Xã Hòa Hội", "Xã Hòa Hợi"]
    lines = [f"{at};{name};{95 - at / 4:.2f};{at}" for at, name in enumerate(names, start=1)]
    table = "STT;Xã, phường;Tổng điểm;Xếp hạng\n" + "\n".join(lines)
    create(store, made(frames, table, "xa", 2025), by=LAN)
    now = load(store)
    assert ranking(now, "xa", 2025).rows["published_rank"].to_list() == list(range(1, 121))
    found = Names.of(now)
    assert [found.find(name, "xa").unit for name in ("xã hòa hội", "Xã Hòa Hợi")] == ["xa-119", "xa-120"]
    with pytest.raises(Problem, match="Gần nhất"):
        found.find("xa hoa hoi", "xa")


def test_removing_waits_for_the_figures_and_undo_takes_them_back(store: Store, frames: Frames) -> None:
    batches = create(store, made(frames, BLOCKS, "ddci", 2024), by=LAN)
    with pytest.raises(Problem, match=r"vuotbac undo 2"):
        remove(store, "ddci")
    for batch in batches:
        undo(store, batch)
    assert ranking(load(store), "ddci.so", 2024).rows.is_empty()
    remove(store, "ddci", by=LAN)
    assert not load(store).blocks("ddci")
    acts = store.entered("history").filter(about="index ddci").select("act", "author").rows()
    assert acts == [("define", "Lan"), ("remove", "Lan")]
    with pytest.raises(Problem, match="có sẵn"):
        remove(store, "pci")


def test_the_toml_is_taken_again_and_may_not_lose_what_was_entered(store: Store, frames: Frames) -> None:
    create(store, made(frames, BLOCKS, "ddci", 2024), by=LAN)
    written = kept(store, "ddci").toml
    assert read(written, "ddci.toml") == kept(store, "ddci")
    more = written.replace('{ "code" = "02", "name" = { "vi" = "Huyện Giả Bình", "en" = "Huyện Giả Bình" } },', "")
    with pytest.raises(Problem, match=r"ddci\.huyen-02"):
        add(store, read(more, "ddci.toml"), file="ddci.toml")
    wider = written.replace(
        "units = [\n", 'units = [\n    { code = "9", name = "Sở Mới", aliases = ["Sở mới lập"] },\n', 1
    )
    add(store, read(wider, "ddci.toml"), file="ddci.toml", by=LAN)
    assert Names.of(load(store)).find("so moi lap", "ddci.so").unit == "ddci.so-9"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[[indices]]", "[[indexes]]"), "chỉ được có"),
        (('code = "ddci.so"\nposition', 'code = "DDCI"\nposition'), "chữ thường không dấu"),
        (('"code" = "02"', '"code" = "01"'), "có hai lần"),
        (("Sở Thử Hai", "Sở Thử Ba"), "có hai lần"),
        (("maximum = 100.0", 'maximum = "x"'), "Sửa giá trị"),
        (("position = 100", "position = "), "không đọc được"),
    ],
)
def test_a_toml_with_a_slip_is_refused_with_its_place(frames: Frames, change: tuple[str, str], said: str) -> None:
    written = made(frames, BLOCKS, "ddci", 2024).defined.toml.replace(*change)
    with pytest.raises(Problem, match=said):
        read(written, "ddci.toml")


def test_a_reader_may_define_nothing(store: Store, frames: Frames) -> None:
    drafted = made(frames, BLOCKS, "ddci", 2024)
    with pytest.raises(Problem, match="Chưa ghi gì"):
        create(store, drafted, by=Person("Nam", "reader"))
    assert store.entered("definition").is_empty()


def test_a_fault_in_one_block_leaves_nothing_of_the_other(store: Store, frames: Frames) -> None:
    drafted = made(frames, BLOCKS, "ddci", 2024)
    second = replace(drafted.intakes[1], rows=drafted.intakes[1].rows.with_columns(component=None))
    with pytest.raises(Exception, match=r"validation|rule|null"):
        create(store, replace(drafted, intakes=(drafted.intakes[0], second)))
    assert store.entered("definition").is_empty()
    assert store.entered("batch").is_empty()


def test_a_backup_keeps_the_index_and_its_figures(store: Store, frames: Frames, tmp_path: Path) -> None:
    create(store, made(frames, BLOCKS, "ddci", 2024), by=LAN)
    before = kept(store, "ddci")
    backup(store, tmp_path / "luu.zip")
    undo(store, 2)
    undo(store, 1)
    remove(store, "ddci")
    place = None if store.entries.file else store.entries.place
    restore(store.path, tmp_path / "luu.zip", place)
    assert kept(store, "ddci") == before
    assert ranks(load(store), "ddci.huyen", 2024)[0] == ("Huyện Giả An", 1, 1)
