"""The history of entries: each with its author, its time, what stood before and what stands since."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES
from dashboard.views.data import history
from data.frames import load
from data.intake import enter, understand, undo
from data.names import Names
from data.notes import Words, note
from data.store import Person, Store
from data.store.backup import backup, restore
from data.text import Language
from tests.stores import copied

PAGE = "from dashboard.views.data.page import page\npage()"
LAN = Person("Lan <b> (lan@tinh.gov.vn)", "planner", frozenset({"63-36"}))
HUNG = Person("Hùng (hung@tinh.gov.vn)")
TABLE = "Tỉnh;Điểm;Hạng\nHà Nội;91,5;1\nHải Phòng;90,5;2\n"
LONG = "=1+1 " + "hồ sơ chậm " * 40


@pytest.fixture(scope="module")
def kept(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which two people entered all that there is to enter."""
    path = copied(store_path, tmp_path_factory.mktemp("history") / "store.duckdb")
    with Store.open(path) as store:
        frames = load(store)
        table = understand("bảng.csv", TABLE.encode(), frames, "par", 2025)
        enter(store, table, source="Quyết định 1/QĐ-BNV", status="published", by=HUNG)
        undo(store, 1, by=HUNG)
        for cause in ("thiếu người", LONG, ""):
            note(store, frames, "63-36", "pci", 2023, "transparency", Words(cause), by=LAN)
        backup(store, path.with_name("đêm.zip"))
    restore(path, path.with_name("đêm.zip"))
    return path


def shown(path: Path, lang: Language, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    app = AppTest.from_string(PAGE, default_timeout=120)
    app.query_params.update({"part": "history", "lang": lang})
    app.run()
    assert not app.exception
    return "\n".join(str(item.proto.body) for item in app.get("html"))


# What each entry says, newest first: what was done, by whom, before, after.
SAID: dict[str, list[tuple[str, str, str, str]]] = {
    "vi": [
        ("Khôi phục từ bản sao lưu đêm.zip", "", "được giữ", "1 lô, 2 dòng số liệu, 3 ý kiến"),
        ("Ý kiến của Nam Định: PCI 2023, Tính minh bạch", "Lan &lt;b&gt;", "hồ sơ chậm", "Đã xóa."),
        ("Ý kiến của Nam Định", "Lan &lt;b&gt;", "Nguyên nhân: thiếu người", "hồ sơ chậm"),
        ("Ý kiến của Nam Định", "Lan &lt;b&gt;", "Chưa có gì.", "Nguyên nhân: thiếu người"),
        ("Hoàn tác lô 1: PAR INDEX 2025", "Hùng", "Quyết định 1/QĐ-BNV", "Không dùng nữa"),
        ("Nhập lô 1: PAR INDEX 2025", "Hùng", "Chưa có gì.", "2 đơn vị, công bố. Nguồn: Quyết định"),
    ],
    "en": [
        ("Restored from the backup đêm.zip", "", "is kept", "Batches: 1; rows of figures: 2; notes: 3"),
        ("Note of Nam Dinh: PCI 2023, Transparency", "Lan &lt;b&gt;", "hồ sơ chậm", "Taken back."),
        ("Note of Nam Dinh", "Lan &lt;b&gt;", "Causes: thiếu người", "hồ sơ chậm"),
        ("Note of Nam Dinh", "Lan &lt;b&gt;", "Nothing.", "Causes: thiếu người"),
        ("Undoing of batch 1: PAR INDEX 2025", "Hùng", "Quyết định 1/QĐ-BNV", "No longer used"),
        (
            "Import of batch 1: PAR INDEX 2025",
            "Hùng",
            "Nothing.",
            "2 units, published. Source: Quyết định",
        ),
    ],
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_entry_says_who_when_before_and_after(
    kept: Path, lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(kept, lang, monkeypatch)
    assert "(6)" in page
    entries = page.split("vb-entries", 1)[1].split("vb-sides")
    heads, sides = [entries[0], *(part.split("</dl>")[1] for part in entries[1:-1])], entries[1:]
    for (what, author, before, after), head, side in zip(SAID[lang], heads, sides, strict=True):
        assert what in head
        assert author in head
        assert "giờ Việt Nam" in head or "Vietnam time" in head
        first, second = side.split("</dl>")[0].split("</div>")[:2]
        assert before in first
        assert after in second


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_of_it_can_be_taken_away(kept: Path, lang: Language) -> None:
    with Store.open(kept) as store:
        rows, frames = store.entered("history"), load(store)
    text = history.file(rows, frames, Names.of(frames), lang).decode("utf-8-sig")
    for what, _, _, after in SAID[lang]:
        assert what in text
        assert after in text
    assert "Lan <b> (lan@tinh.gov.vn)" in text
    assert LONG.strip() in text


def test_where_nothing_was_entered_it_says_so(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Chưa ai nhập gì." in shown(store_path, "vi", monkeypatch)
