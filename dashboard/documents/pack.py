"""A pack: slides, report, workbook and charts of one specification, made from one content, as files by name."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Literal, get_args

from dashboard.charts.export.drawing import Drawers
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.deck.slide import Picture as Map
from dashboard.figures import map as deck_map
from dashboard.figures import report as report_charts
from dashboard.text import say
from data import notes as kept
from data.frames import Frames
from data.notes import Words
from data.text import Language, Problem

Format = Literal["deck", "report", "workbook", "images"]
FORMATS: tuple[Format, ...] = get_args(Format)
Notes = Mapping[str, Mapping[str, Words]]
# Told how far the pack is, as a share of 1, and what is being done.
Progress = Callable[[float, str], None]

_ENDINGS = {"deck": "pptx", "report": "docx", "workbook": "xlsx"}
# About how long each step takes, of the whole.
_CONTENT, _FILE, _PICTURES, _IMAGES = 2.0, 1.0, 6.0, 20.0


def pack(
    frames: Frames,
    specification: Specification,
    formats: Sequence[str] = FORMATS,
    progress: Progress | None = None,
    notes: Notes | None = None,
    *,
    pictures: bool = True,
    drawers: Drawers | None = None,
) -> dict[str, bytes]:
    """The files of a pack by name; charts lie in a folder of their own.

    `notes` is what the province wrote, by index and component (none given: what the frames hold), `pictures`
    whether slides and report have those that are not native charts. `drawers` may be lent by who makes many packs.
    Whatever `progress` raises breaks the making off and comes through.

    Raises Problem for a format there isn't, for a specification that the figures can't answer, and where nothing
    at all is known.
    """
    wanted = check_formats(formats)
    if drawers is None:
        with Drawers() as own:
            return pack(frames, specification, wanted, progress, notes, pictures=pictures, drawers=own)
    maker = _Maker(frames, specification, wanted, progress, drawers, pictures)
    return maker.made(notes)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip."""
    from zipfile import ZIP_DEFLATED, ZipFile

    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return target.getvalue()


def stem(specification: Specification) -> str:
    """What the names of a pack's files begin with: `pci-par-2023-63-36`."""
    return f"{'-'.join(specification.indices)}-{specification.year}-{specification.province}"


def check_formats(formats: Sequence[str]) -> tuple[Format, ...]:
    """The formats in their order; a Problem for one there isn't, or for none."""
    strange = [item for item in formats if item not in FORMATS]
    if strange or not formats:
        known = ", ".join(FORMATS)
        raise Problem(
            f"Không có định dạng “{', '.join(strange)}”. Dùng: {known}.",
            f"There is no format “{', '.join(strange)}”. Use: {known}.",
        )
    return tuple(item for item in FORMATS if item in formats)


class _Maker:
    """A pack in the making."""

    def __init__(
        self,
        frames: Frames,
        specification: Specification,
        wanted: tuple[Format, ...],
        progress: Progress | None,
        drawers: Drawers,
        pictures: bool,
    ) -> None:
        self._frames, self._specification, self._wanted = frames, specification, wanted
        self._tell, self._drawers = progress, drawers
        self._pictured = pictures and not {"deck", "report"}.isdisjoint(wanted)
        self._whole = _CONTENT + _FILE * len(_ENDINGS.keys() & set(wanted))
        self._whole += (_PICTURES if self._pictured else 0) + (_IMAGES if "images" in wanted else 0)
        self._done = 0.0
        self._lang: Language = specification.lang

    def made(self, notes: Notes | None) -> dict[str, bytes]:
        """The files."""
        self._say("content")
        if self._pictured or "images" in self._wanted:
            # They get ready while tables and sentences are reckoned.
            self._drawers.begin()
        whole = content(self._frames, self._specification)
        if not any(chapter.tables or chapter.findings for chapter in whole.chapters):
            raise _nothing(whole)
        self._done += _CONTENT
        notes = self._kept() if notes is None else notes
        files: dict[str, bytes] = {}
        maps, images = self._drawn(whole)
        for item in self._wanted:
            if item in _ENDINGS:
                self._say(item)
                files[self._name(item)] = _written(item, whole, maps, images, notes)
                self._done += _FILE
        if "images" in self._wanted:
            files |= self._images(whole)
        self._say("done")
        return files

    def _kept(self) -> Notes:
        asked = self._specification
        return {code: kept.notes(self._frames, asked.province, code, asked.year) for code in asked.indices}

    def _name(self, item: str) -> str:
        called = say(self._lang, f"pack.file.{item}")
        return f"{stem(self._specification)}-{called}.{_ENDINGS[item]}"

    def _drawn(self, whole: Content) -> tuple[dict[str, Map], list[report_charts.Picture]]:
        """The pictures inside the documents: maps for the slides, charts for the report."""
        if not self._pictured:
            return {}, []
        maps, charts = {}, []
        if "deck" in self._wanted and {Section.SUMMARY, Section.NEIGHBOURS} & set(whole.specification.contents):
            found = {chapter.index.code: deck_map.map_figure(chapter) for chapter in whole.chapters}
            maps = {code: figure for code, figure in found.items() if figure is not None}
        if "report" in self._wanted:
            charts = list(report_charts.charts(whole))
        jobs = [deck_map.map_job(figure, whole.lang) for figure in maps.values()]
        jobs += [report_charts.job(chart, whole) for chart in charts]
        begun = self._done
        pngs = [png for (png,) in self._drawers.draw(jobs, partial(self._counted, "pictures", begun, _PICTURES))]
        self._done = begun + _PICTURES
        return (
            {code: deck_map.pictured(maps[code], png) for code, png in zip(maps, pngs, strict=False)},
            [report_charts.pictured(chart, png) for chart, png in zip(charts, pngs[len(maps) :], strict=True)],
        )

    def _images(self, whole: Content) -> dict[str, bytes]:
        from dashboard.documents.images.make import images

        folder = say(self._lang, "pack.file.images")
        counted = partial(self._counted, "images", self._done, _IMAGES)
        found = images(whole, progress=counted, drawers=self._drawers)
        self._done += _IMAGES
        return {f"{folder}/{name}": picture for name, picture in found.items()}

    def _counted(self, step: str, begun: float, share: float, done: int, of: int) -> None:
        self._done = begun + share * done / of
        self._say(step, done=done, of=of)

    def _say(self, step: str, **values: object) -> None:
        if self._tell is not None:
            self._tell(min(self._done / self._whole, 1.0), say(self._lang, f"pack.step.{step}", **values))


def _written(
    item: str,
    whole: Content,
    maps: Mapping[str, Map],
    images: Sequence[report_charts.Picture],
    notes: Notes,
) -> bytes:
    # Late: each brings a library that the others do without.
    if item == "deck":
        from dashboard.documents.deck.make import deck

        return deck(whole, images=maps, notes=_remarks(notes, whole.lang))
    if item == "report":
        from dashboard.documents.report.make import report

        return report(whole, images=images, notes=notes)
    from dashboard.documents.workbook.make import workbook

    return workbook(whole)


def _remarks(notes: Notes, lang: Language) -> dict[str, dict[str, str]]:
    """What the province wrote of each component as one text in Markdown, each part after its name."""

    def text(words: Words) -> str:
        parts = {name: getattr(words, name) for name in ("cause", "remedy", "responsible", "deadline")}
        # A list stands below the name, words behind it.
        return "\n\n".join(
            f"**{say(lang, f'pack.remark.{name}')}:**" + (" " if written[0].isalpha() else "\n\n") + written
            for name, written in parts.items()
            if written
        )

    return {
        index: {component: text(words) for component, words in found.items() if words}
        for index, found in notes.items()
    }


def _nothing(whole: Content) -> Problem:
    editions = ", ".join(chapter.title for chapter in whole.chapters)
    name = whole.name
    return Problem(
        f"Chưa biết điểm, thứ hạng hay thứ tự nào của {name} ở {editions} nên không có gói nào để làm.",
        f"No score, rank or order of {name} in {editions} is known, so there is no pack to make.",
    )
