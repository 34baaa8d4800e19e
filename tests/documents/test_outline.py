"""The outline of a pack: the words of its content, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.documents.content.content import content
from dashboard.documents.content.outline import Outline, outline
from dashboard.documents.content.specification import EVERYTHING, SHORT, Section, Specification
from dashboard.documents.deck.map import maps
from dashboard.documents.deck.plan import slides
from dashboard.text import LANGUAGES, say
from data.frames import Frames
from data.notes import Words, by_index, note
from data.store import Store
from data.text import Language
from tests.stores import copied

CASES = {
    "leader": ("63-22", ("pci",), 2023),
    "middle": ("63-36", ("pci", "par"), 2019),
    "tail": ("63-04", ("pci",), 2022),
    "partial": ("63-36", ("par",), 2023),
    "one of the 34": ("34-37", ("pci",), 2025),
}


def titles(found: Outline) -> list[str]:
    """The slide titles that it names, in order."""
    return [
        title
        for chapter in found.chapters
        for title in (*(title for part in chapter.parts for title in part.slides), *chapter.after)
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_it_says_what_the_content_says(case: str, lang: Language, frames: Frames) -> None:
    unit, indices, year = CASES[case]
    specification = Specification(unit, indices, year, lang=lang)
    whole, found = content(frames, specification), outline(frames, specification)
    assert (found.title, found.lang) == (whole.title, lang)
    for chapter, outlined in zip(whole.chapters, found.chapters, strict=True):
        assert outlined.title == chapter.title
        assert outlined.unknowns == chapter.unknowns
        assert outlined.methods == chapter.methods
        said = [sentence for part in outlined.parts for sentence in part.sentences]
        assert said == [item.sentence for item in chapter.findings]
        tables = [title for part in outlined.parts for title in part.tables]
        assert tables == [table.title for table in chapter.tables]
        missing = {reason for part in outlined.parts for reason in part.missing}
        assert missing == {item.reason for item in chapter.absent}
    assert found.sentences == sum(len(chapter.findings) for chapter in whole.chapters)
    assert found.tables == sum(len(chapter.tables) for chapter in whole.chapters)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("contents", [EVERYTHING, SHORT, (Section.GAPS, Section.METHOD)])
def test_every_slide_but_cover_and_dividers_stands_in_its_part(
    case: str, contents: tuple[Section, ...], frames: Frames
) -> None:
    unit, indices, year = CASES[case]
    specification = Specification(unit, indices, year, contents=contents)
    whole = content(frames, specification)
    found, planned = outline(frames, specification), slides(whole)
    # Maps are slides of their own, drawn only when the files are made.
    mapped = [figure.title for figure in maps(whole).values()]
    named = titles(found)
    assert found.slides == len(planned) + len(mapped)
    assert [title for title in named if title not in mapped] == [
        slide.title for slide in planned if slide.key not in ("cover", "divider")
    ]
    assert [title for title in named if title in mapped] == mapped
    headings = [say("vi", f"documents.section.{item}") for item in contents if item != Section.METHOD]
    for chapter in found.chapters:
        assert [part.heading for part in chapter.parts] == headings


def test_what_the_province_wrote_has_its_slide(frames: Frames, store_path: Path, tmp_path: Path) -> None:
    path = copied(store_path, tmp_path / "store.duckdb")
    with Store.open(path) as store:
        note(store, frames, "63-36", "pci", 2019, "transparency", Words(responsible="Sở Nội vụ"))
        notes = by_index(store.entered("note"), frames, ("pci",), "63-36", 2019)
    specification = Specification("63-36", ("pci",), 2019, contents=SHORT)
    before, after = outline(frames, specification), outline(frames, specification, notes)
    assert after.slides == before.slides + 1
    assert set(titles(after)) - set(titles(before)) == {say("vi", "deck.title.remarks", name="Nam Định")}


def test_a_partial_edition_names_what_will_be_missing(frames: Frames) -> None:
    (chapter,) = outline(frames, Specification("63-36", ("par",), 2023)).chapters
    lacking = {part.heading for part in chapter.parts if part.missing}
    assert say("vi", "documents.section.components") in lacking
    assert say("vi", "documents.section.history") not in lacking
    assert all(not part.slides for part in chapter.parts if part.missing)
