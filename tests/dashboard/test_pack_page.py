"""The conference pack in both languages, complete, derived, partial and empty editions: preview and making."""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import suppress
from itertools import pairwise
from threading import Event
from typing import Any

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from dashboard.documents.content.content import content
from dashboard.documents.content.specification import SHORT, Section, Specification
from dashboard.session.jobs import Stopped
from dashboard.text import LANGUAGES, say
from dashboard.views.pack import build
from data.frames import Frames
from data.text import Language, Problem
from tests.dashboard import opening
from tests.dashboard.opening import answered, body, filters

pytestmark = pytest.mark.usefixtures("store")

NAM_DINH = {"province": "63-36", "index": "pci", "year": "2019"}
SOON = 120
# What is asked for, whether a pack can be made, and what the page must say in Vietnamese and in English.
CASES: dict[str, tuple[dict[str, str], bool, list[tuple[str, str]]]] = {
    "complete": (
        NAM_DINH,
        True,
        [
            ("<h1>Nam Định, PCI 2019: gói hội nghị</h1>", "<h1>Nam Dinh, PCI 2019: conference pack</h1>"),
            ("Nam Định xếp thứ 33/63 PCI 2019, tăng 2 bậc", "Nam Dinh ranks 33rd of 63"),
            ("65,09 điểm", "65.09"),
            ("Ý kiến của Nam Định", "Notes of Nam Dinh"),
        ],
    ),
    "derived": (
        NAM_DINH | {"year": "2023"},
        True,
        [("(suy ra ", "(derived ")],
    ),
    "inside the group": (
        {"province": "63-22", "index": "pci", "year": "2023"},
        True,
        [
            ("PCI 2023: 1 trong 10 phần sẽ không có", "PCI 2023: 1 of 10 parts will not be there"),
            ("nhóm 15", "first 15"),
        ],
    ),
    "partial": (
        {"province": "63-36", "index": "par", "year": "2023"},
        True,
        [
            ("PAR INDEX 2023: 7 trong 10 phần sẽ không có", "PAR INDEX 2023: 7 of 10 parts will not be there"),
            ("29/63", "29 of 63"),
        ],
    ),
    "ordered": (
        {"province": "34-37", "index": "pci", "year": "2025"},
        True,
        [("Chi phí không chính thức (thứ 1/34)", "1st of 34")],
    ),
    "empty": (
        {"province": "34-37", "index": "par", "year": "2025"},
        False,
        [
            (
                "Chưa có gì để đưa vào gói: Ninh Bình, PAR INDEX 2025",
                "Nothing to put into a pack yet: Ninh Binh, PAR INDEX 2025",
            ),
            ("vuotbac import", "vuotbac import"),
            ("province=63-36&amp;index=par", "province=63-36&amp;index=par"),
        ],
    ),
    "nothing known of the unit": (
        {"province": "63-04", "index": "par", "year": "2020"},
        True,
        [],
    ),
}


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


def opened(**params: str) -> AppTest:
    return answered(opening.opened("pack", **params))


def pick(app: AppTest, name: str, value: str | None) -> AppTest:
    return answered(opening.pick(app, name, value))


def address(app: AppTest) -> dict[str, str]:
    params = {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}
    return {key: params[key] for key in params if key not in ("province", "index", "year", "lang")}


def buttons(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_the_page_says_what_the_pack_will_hold(case: str, lang: Language) -> None:
    params, made, expected = CASES[case]
    app = opened(**params, lang=lang)
    shown = body(app)
    for vi, en in expected:
        assert (vi if lang == "vi" else en) in shown
    assert ("pack-make" in buttons(app)) == made
    assert "vb-printed" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "params", [NAM_DINH | {"also": "par"}, {"province": "34-37", "index": "pci", "year": "2025"}]
)
def test_every_sentence_title_and_reason_stands_in_the_preview(
    params: dict[str, str], lang: Language, frames: Frames
) -> None:
    indices = (params["index"], *params.get("also", "").split())
    whole = content(frames, Specification(params["province"], indices, int(params["year"]), lang=lang))
    shown = body(opened(**params, lang=lang))
    for chapter in whole.chapters:
        told = [item.sentence for item in chapter.findings] + [table.title for table in chapter.tables]
        for words in (*told, *chapter.unknowns, *chapter.methods, *(item.reason for item in chapter.absent)):
            assert escape(words) in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_other_language(lang: Language) -> None:
    other: Language = "en" if lang == "vi" else "vi"
    app = opened(**NAM_DINH, lang=lang)
    shown = body(app) + json.dumps(filters(app), ensure_ascii=False)
    for key in ("below", "parts", "sets.short", "preview.slides", "note.below"):
        assert escape(say(lang, f"packing.{key}")) in shown
        assert escape(say(other, f"packing.{key}")) not in shown
    for section in Section:
        assert say(lang, f"packing.section.{section}") in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_province_it_asks_for_one(lang: Language) -> None:
    app = opened(index="pci", year="2019", lang=lang)
    assert say(lang, "packing.choose") in body(app)
    assert set(filters(app)) == {"link", "lang", "province", "index", "year"}
    assert buttons(app) == []


def test_headings_are_in_order_and_tables_are_tables() -> None:
    shown = body(opened(**NAM_DINH, also="par"))
    assert shown.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert shown.count("<table") == shown.count("<caption") == 3


def test_contents_are_narrowed_and_the_address_says_so() -> None:
    app = opened(**NAM_DINH)
    assert filters(app)["parts"]["value"].split(",") == list(Section)
    pick(app, "parts", ",".join(SHORT))
    assert address(app) == {"parts": ",".join(SHORT)}
    shown = body(app)
    assert say("vi", "documents.section.change") in shown
    assert say("vi", "documents.section.indicators") not in shown
    pick(app, "parts", ",".join(Section))
    assert address(app) == {}


def test_another_index_adds_a_chapter_and_stays_first_where_it_was() -> None:
    app = pick(opened(**NAM_DINH), "also", "par")
    assert address(app) == {"also": "par"}
    shown = body(app)
    assert "<h1>Nam Định, PCI và PAR INDEX 2019: gói hội nghị</h1>" in shown
    assert shown.index("<h3>PCI 2019</h3>") < shown.index("<h3>PAR INDEX 2019</h3>")
    assert [value for value, _ in filters(app)["note_of"]["options"]] == ["pci", "par"]


def test_an_index_without_this_edition_is_named_and_left_out() -> None:
    app = opened(province="63-36", index="pci", year="2009", also="par")
    assert "PAR INDEX không có kỳ đánh giá năm 2009" in body(app)
    assert "<h1>Nam Định, PCI 2009: gói hội nghị</h1>" in body(app)
    assert "par" not in [value for value, _ in filters(app).get("also", {"options": []})["options"]]


def test_reference_group_and_those_compared_with_change_the_sentences() -> None:
    app = opened(**NAM_DINH)
    pick(app, "against", "median")
    assert "So với trung vị cả nước" in body(app)
    pick(app, "top", "10")
    assert "vào nhóm 10 " in body(app)
    pick(app, "beside_more", "Hà Nam")
    pick(app, "beside_more", "63-34")
    assert address(app) == {"against": "median", "top": "10", "beside": "region,63-35,63-34"}
    assert [value for value, _ in filters(app)["beside"]["options"]] == ["region", "63-35", "63-34"]
    assert "63-35" not in [row[0] for row in filters(app)["beside_more"]["options"]]
    region = say("vi", "documents.table.region", index="PCI", year=2019, region="Đồng bằng sông Hồng")
    picked = say("vi", "documents.table.chosen", name="Nam Định", index="PCI", year=2019)
    assert picked in body(app)
    assert region in body(app)
    pick(app, "beside", "")
    assert address(app)["beside"] == "none"
    assert region not in body(app)
    assert picked not in body(app)
    assert filters(app)["beside"]["value"] == ""


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"top": "0"}, "Không lập được nhóm mục tiêu gồm 0 đơn vị"),
        ({"beside": "region,Atlantis"}, "Không có tỉnh, thành phố “Atlantis”"),
    ],
)
def test_what_cannot_be_had_is_said_and_the_rest_is_shown(params: dict[str, str], said: str) -> None:
    app = opened(**NAM_DINH, **params)
    assert said in body(app)
    assert "pack-make" in buttons(app)


@pytest.mark.parametrize("params", [{"parts": "x"}, {"files": "y,"}, {"against": "z", "top": "m"}, {"in": "fr"}])
def test_nonsense_in_the_address_means_what_is_usual(params: dict[str, str]) -> None:
    def shown(**given: str) -> str:
        return body(opened(**NAM_DINH, **given)).partition('<table class="vb-table vb-noted"')[0]

    assert shown(**params) == shown()


def test_the_pack_may_speak_the_other_language() -> None:
    app = pick(opened(**NAM_DINH), "in", "en")
    assert address(app) == {"in": "en"}
    shown = body(app)
    assert "Nam Dinh ranks 33rd of 63" in shown
    assert say("vi", "packing.preview.slides") in shown
    assert "<h1>Nam Định, PCI 2019: gói hội nghị</h1>" in shown


@pytest.mark.parametrize("province", ["63-22", "63-36", "63-04", "63-48", "34-37", "34-22"])
@pytest.mark.parametrize(("index", "year"), [("pci", "2005"), ("pci", "2022"), ("par", "2022"), ("sipas", "2024")])
def test_no_province_and_no_edition_breaks_the_page(province: str, index: str, year: str) -> None:
    assert "<h1>" in body(opened(province=province, index=index, year=year))


def made(app: AppTest) -> AppTest:
    """The page after its pack is made."""
    app.button(key="pack-make").click().run()
    app.session_state["pack_job"].result(SOON)
    return app.run()


def test_a_pack_is_made_offered_and_dropped_when_a_choice_changes() -> None:
    app = made(opened(**NAM_DINH, parts="summary,history", files="workbook"))
    (button,) = app.get("download_button")
    assert button.proto.label.startswith("Tải gói (zip, ")
    shown = body(app)
    assert say("vi", "packing.ready") in shown
    job = app.session_state["pack_job"]
    with zipfile.ZipFile(io.BytesIO(job.result().content)) as archive:
        assert archive.testzip() is None
        assert [name for name, *_ in job.result().files] == archive.namelist()
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"xlsx"}
        for name in archive.namelist():
            assert name in shown
    pick(app, "parts", "summary")
    assert "pack_job" not in app.session_state
    assert say("vi", "packing.dropped") in body(app)
    assert not app.get("download_button")


def test_a_pack_in_the_making_can_be_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, stopped = Event(), Event()

    def made_in_steps(*given: Any) -> None:
        *_, progress = given
        begun.set()
        assert stopped.wait(SOON)
        progress(0.5, "half")

    monkeypatch.setattr(build, "_made", made_in_steps)
    app = opened(**NAM_DINH, parts="summary", files="workbook")
    app.button(key="pack-make").click().run()
    job = app.session_state["pack_job"]
    assert begun.wait(SOON)
    app.button(key="pack-stop").click().run()
    assert "pack_job" not in app.session_state
    assert say("vi", "packing.stopped") in body(app)
    stopped.set()
    with pytest.raises(Stopped):
        job.result(SOON)


def test_what_goes_wrong_is_a_sentence_and_the_button_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Problem("Đĩa <đầy>.", "The disk is <full>.")

    monkeypatch.setattr(build, "_made", broken)
    app = opened(**NAM_DINH)
    app.button(key="pack-make").click().run()
    if "pack_job" in app.session_state:  # where it had not failed yet when the page was drawn
        with suppress(Problem):
            app.session_state["pack_job"].result(SOON)
        app.run()
    assert "Đĩa &lt;đầy&gt;." in body(app)
    assert "pack-make" in buttons(app)
    assert "pack_job" not in app.session_state


def test_the_file_says_what_it_holds() -> None:
    asked = Specification("63-36", ("pci", "par"), 2019, lang="en")
    assert build.file_name(asked) == "pci-par-2019-63-36-en.zip"
