"""What a pack will say, before anything is drawn: slide titles and sentences by section, what will be missing."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from dashboard.documents.content.content import Chapter, Content, content
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.deck.map import maps, picture
from dashboard.documents.deck.plan import slides
from dashboard.documents.deck.slide import Slide
from dashboard.text import say
from data.frames import Frames
from data.notes import NO_NOTES, Notes
from data.text import Language


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a chapter: titles of slides and tables, sentences; `missing` says why a table is absent."""

    heading: str
    slides: tuple[str, ...]
    sentences: tuple[str, ...]
    tables: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlined:
    """A chapter: its parts in order, then the slides of no part, what isn't known, and the methods."""

    title: str
    parts: tuple[Part, ...]
    after: tuple[str, ...]
    unknowns: tuple[str, ...]
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A pack in words alone: unlike its content, it holds no frames and is small enough to be kept."""

    title: str
    lang: Language
    slides: int
    chapters: tuple[Outlined, ...]

    @property
    def sentences(self) -> int:
        """How many sentences it has."""
        return sum(len(part.sentences) for chapter in self.chapters for part in chapter.parts)

    @property
    def tables(self) -> int:
        """How many tables."""
        return sum(len(part.tables) for chapter in self.chapters for part in chapter.parts)


def outline(frames: Frames, specification: Specification, notes: Notes = NO_NOTES) -> Outline:
    """The words of a pack, with what the province wrote (`data.notes.by_index`).

    Raises Problem where the specification asks for what there is not.
    """
    found = content(frames, specification)
    pictures = {code: picture(figure) for code, figure in maps(found).items()}
    made = slides(found, pictures, _written(notes))
    chapters = tuple(_outlined(chapter, _slide_titles(chapter, found, made)) for chapter in found.chapters)
    return Outline(found.title, found.lang, len(made), chapters)


def _written(notes: Notes) -> dict[str, dict[str, str]]:
    """What the province wrote, by index and component: its slide is there where there is anything."""
    return {
        code: {component: " ".join(asdict(words).values()) for component, words in said.items()}
        for code, said in notes.items()
    }


def _slide_titles(chapter: Chapter, pack: Content, made: tuple[Slide, ...]) -> dict[str, list[str]]:
    """The titles of a chapter's slides by the section they are of; by `""` those of none."""
    lang, asked = pack.lang, pack.specification.contents
    # Without a part on neighbours, the map follows the summary.
    sections = {
        say(lang, "deck.part", part=say(lang, f"documents.section.{section}"), of=chapter.title): str(
            section if section in asked else Section.SUMMARY
        )
        for section in Section
    }
    found: dict[str, list[str]] = {}
    for slide in made:
        if slide.part in sections or slide.part == chapter.title:
            found.setdefault(sections.get(slide.part, ""), []).append(slide.title)
    return found


def _outlined(chapter: Chapter, titles: dict[str, list[str]]) -> Outlined:
    asked = chapter.contents
    lang = chapter.subject.lang
    parts = tuple(
        Part(
            heading=say(lang, f"documents.section.{section}"),
            slides=tuple(titles.get(section, ())),
            sentences=chapter.sentences(section),
            tables=tuple(table.title for table in chapter.tables if table.section == section),
            missing=tuple(dict.fromkeys(item.reason for item in chapter.absent if item.section == section)),
        )
        for section in asked
        if section != Section.METHOD
    )
    return Outlined(chapter.title, parts, tuple(titles.get("", ())), chapter.unknowns, chapter.methods)
