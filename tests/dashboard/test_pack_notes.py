"""The notes of a province on the page of the pack: written, kept, found again, taken back; nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.text import LANGUAGES, say
from dashboard.views.pack import notes_html
from data.frames import load
from data.notes import LONGEST, Words, note, notes
from data.store import Store, local
from data.text import Language
from tests.dashboard import opening
from tests.dashboard.opening import answered, body, filters
from tests.stores import copied

NAM_DINH = {"province": "63-36", "index": "pci", "year": "2019"}
LAND = "land_access"
WORDS = Words("Hồ sơ **chậm**\n\n- thiếu người\n- =1+1 <b>", "Cắt giảm thủ tục", "Sở Tài chính", "quý III/2026")


@pytest.fixture
def own_store(store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that a test may write to."""
    path = copied(store_path, tmp_path / "store.duckdb")
    monkeypatch.setenv("VUOTBAC_STORE", str(path))
    return path


def opened(**params: str) -> AppTest:
    return answered(opening.opened("pack", **NAM_DINH, **{"note": LAND, "parts": "summary"} | params))


def field(app: AppTest, name: str) -> str:
    """The key of a field of the note that is shown."""
    every = [*app.text_area, *app.text_input]
    return next(str(item.key) for item in every if str(item.key).startswith(f"note-{name}-"))


def typed(app: AppTest, words: Words) -> AppTest:
    app.text_area(key=field(app, "cause")).set_value(words.cause)
    app.text_area(key=field(app, "remedy")).set_value(words.remedy)
    app.text_input(key=field(app, "responsible")).set_value(words.responsible)
    app.text_input(key=field(app, "deadline")).set_value(words.deadline)
    return answered(app.run())


def saved(app: AppTest) -> AppTest:
    (button,) = (item for item in app.button if str(item.key).startswith("note-save"))
    return answered(button.click().run())


def shown(app: AppTest) -> Words:
    return Words(
        app.text_area(key=field(app, "cause")).value or "",
        app.text_area(key=field(app, "remedy")).value or "",
        app.text_input(key=field(app, "responsible")).value or "",
        app.text_input(key=field(app, "deadline")).value or "",
    )


def kept(path: Path) -> dict[str, Words]:
    with Store.open(path) as store:
        return notes(store.entered("note"), load(store).index("pci"), "63-36", 2019)


def write(path: Path, words: Words) -> None:
    """What somebody else saves meanwhile."""
    with Store.open(path) as store:
        note(store, load(store), "63-36", "pci", 2019, LAND, words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_is_previewed_saved_and_found_again(own_store: Path, lang: Language) -> None:
    app = typed(opened(lang=lang), WORDS)
    printed = body(app)
    assert "Hồ sơ <b>chậm</b>" in printed
    assert "=1+1 &lt;b&gt;</p>" in printed
    assert say(lang, "packing.note.unsaved") in printed
    assert kept(own_store) == {}
    app = saved(app)
    stands = say(lang, "packing.note.stands", author=local().name, when="§").split("§")
    assert all(words in body(app) for words in stands)
    assert kept(own_store) == {LAND: WORDS}
    again = opened(lang=lang)
    assert shown(again) == WORDS
    assert all(words in body(again) for words in stands)
    assert say(lang, "packing.note.count", count=1) in body(again)
    row = body(again).split(f"note={LAND}", 1)[1].split("</tr>")[0]
    assert "Hồ sơ chậm · thiếu người · =1+1 &lt;b&gt;" in row
    assert "Sở Tài chính" in row


def test_empty_words_take_a_note_back_and_history_keeps_it(own_store: Path) -> None:
    write(own_store, WORDS)
    app = saved(typed(opened(), Words()))
    assert say("vi", "packing.note.taken_back", author="§", when="§").split("§")[1] in body(app)
    assert kept(own_store) == {}
    history = body(app).split("vb-history", 1)[1]
    assert say("vi", "packing.note.history", count=2) in history
    assert "Hồ sơ <b>chậm</b>" in history
    assert history.index(say("vi", "packing.note.was_taken_back")) < history.index("Hồ sơ")


def test_an_older_version_comes_back_into_the_fields(own_store: Path) -> None:
    write(own_store, WORDS)
    write(own_store, Words("Khác"))
    app = opened()
    first = filters(app)["note_version"]["options"][-1][0]
    app = answered(opening.pick(app, "note_version", first))
    assert shown(app) == WORDS
    assert kept(own_store) == {LAND: Words("Khác")}
    assert kept(own_store) != {LAND: shown(saved(app))}
    assert kept(own_store) == {LAND: WORDS}


def test_what_is_too_long_is_said_and_stays_in_the_field(own_store: Path) -> None:
    long = Words("x" * (LONGEST + 1))
    app = saved(typed(opened(), long))
    assert f"Nội dung dài {LONGEST + 1} ký tự, quá {LONGEST}. Hãy rút gọn." in body(app)
    assert shown(app) == long
    assert kept(own_store) == {}


def test_nothing_typed_is_lost_by_looking_at_another_component(own_store: Path) -> None:
    app = typed(opened(), WORDS)
    app = answered(opening.pick(app, "note", "transparency"))
    assert shown(app) == Words()
    row = body(app).split(f"note={LAND}", 1)[1].split("</tr>")[0]
    assert say("vi", "packing.note.draft") in row
    app = answered(opening.pick(app, "note", LAND))
    assert shown(app) == WORDS
    assert kept(own_store) == {}


def test_changes_are_discarded(own_store: Path) -> None:
    write(own_store, WORDS)
    app = typed(opened(), Words("Khác"))
    app = answered(app.button(key="note-discard").click().run())
    assert shown(app) == WORDS
    assert app.button(key="note-discard").disabled


def test_nothing_new_is_not_saved_again(own_store: Path) -> None:
    write(own_store, WORDS)
    app = saved(opened())
    assert say("vi", "packing.note.same") in body(app)
    assert "note_version" not in filters(app)


def test_what_somebody_else_saves_meanwhile_is_shown_or_told(own_store: Path) -> None:
    app = opened()
    write(own_store, WORDS)
    app = answered(app.run())
    assert shown(app) == WORDS
    app = typed(app, Words("Của tôi"))
    write(own_store, Words("Của người khác"))
    app = answered(app.run())
    assert shown(app) == Words("Của tôi")
    assert say("vi", "packing.note.overtaken") in body(app)
    assert "Của người khác" in body(app).split('role="alert"')[1]
    app = saved(app)
    assert kept(own_store) == {LAND: Words("Của tôi")}
    assert say("vi", "packing.note.history", count=3) in body(app)


def test_what_stands_again_as_before_stops_nobody(own_store: Path) -> None:
    """Somebody else has saved and taken it back: the words in the fields are saved like any others."""
    app = typed(opened(), Words("Của tôi"))
    write(own_store, Words("Của người khác"))
    write(own_store, Words())
    app = saved(answered(app.run()))
    assert say("vi", "packing.note.overtaken") not in body(app)
    assert kept(own_store) == {LAND: Words("Của tôi")}


def test_who_takes_over_what_somebody_else_wrote_goes_on_from_there(own_store: Path) -> None:
    app = typed(opened(), Words("Của tôi"))
    write(own_store, Words("Của người khác"))
    app = answered(app.run())
    app = answered(app.button(key="note-discard").click().run())
    assert shown(app) == Words("Của người khác")
    app = typed(app, Words("Của người khác, và của tôi"))
    assert say("vi", "packing.note.overtaken") not in body(app)
    saved(app)
    assert kept(own_store) == {LAND: Words("Của người khác, và của tôi")}


def test_a_click_that_was_under_way_saves_over_nothing(own_store: Path) -> None:
    """Leaving a field tells the server of it; the click that left it comes after what the answer changed."""
    app = opened()
    button = app.button(key="note-save").proto.id
    write(own_store, Words("Của người khác"))
    app = typed(app, Words("Của tôi"))
    states = app._tree.get_widget_states()
    states.widgets.add(id=button, trigger_value=True)
    app = answered(app._run(states))
    assert kept(own_store) == {LAND: Words("Của người khác")}
    assert shown(app) == Words("Của tôi")
    assert say("vi", "packing.note.overtaken") in body(app)
    assert kept(own_store) != {LAND: shown(saved(app))}
    assert kept(own_store) == {LAND: Words("Của tôi")}


def test_a_saved_note_drops_a_pack_without_it(own_store: Path) -> None:
    app = opened(files="workbook")
    app.button(key="pack-make").click().run()
    app.session_state["pack_job"].result(120)
    app = saved(typed(answered(app.run()), WORDS))
    assert "pack_job" not in app.session_state
    assert say("vi", "packing.dropped") in body(app)


def test_every_component_has_its_row_and_its_place_in_the_list(own_store: Path) -> None:
    write(own_store, WORDS)
    app = opened()
    options = dict(filters(app)["note"]["options"])
    assert len(options) == 11
    assert options[LAND].endswith(" ✓")
    assert body(app).count(";note=") == 10


def test_notes_are_of_the_index_that_is_chosen(own_store: Path) -> None:
    app = answered(opening.pick(opened(also="par"), "note_of", "par"))
    assert "note" not in app.query_params
    assert "Cải cách thể chế" in dict(filters(app)["note"]["options"]).values()
    assert "Tiếp cận đất đai" not in dict(filters(app)["note"]["options"]).values()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("**đậm** *nghiêng*", "<p><b>đậm</b> <i>nghiêng</i></p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("# Đầu đề", "<p><b>Đầu đề</b></p>"),
        ("", ""),
    ],
)
def test_markdown_is_drawn_as_the_report_prints_it(written: str, expected: str) -> None:
    assert notes_html.markdown(written) == expected


def test_lists_keep_their_marks_and_depth() -> None:
    drawn = notes_html.markdown("- một\n  - trong\n\n1. hai")
    assert re.findall(r'vb-mark">(.*?)<', drawn) == ["•", "•", "1."]
    assert re.findall(r"margin-left:([\d.]+)em", drawn) == ["1.25", "2.5", "1.25"]
