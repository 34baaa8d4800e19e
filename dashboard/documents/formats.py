"""The formats of a pack: what each needs drawn, and the files it writes.

A new format is a module that writes it, a class and a row of `FORMATS` here, and its words in `text/*.pack.toml`:
its name among the choices, the name of its file, what is said while it is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from dashboard.charts.export.drawing import Job
from dashboard.documents.content.content import Content
from dashboard.documents.deck import map as maps
from dashboard.documents.deck.make import deck
from dashboard.documents.deck.notes import remarks
from dashboard.documents.images import make as images
from dashboard.documents.report import pictures as printed
from dashboard.documents.report.make import report
from dashboard.documents.workbook.make import workbook
from data.notes import Notes


class Output:
    """One format of one pack: `jobs` are drawn first, `files` are then written with what came of them.

    `ending` is that of its one file; a format of many files has none and writes into a folder. `usual` says
    whether a pack has it unless others are asked for, `draws` whether it may have pictures drawn.
    """

    ending: ClassVar[str] = ""
    usual: ClassVar[bool] = True
    draws: ClassVar[bool] = True

    def __init__(self, content: Content, pictures: bool) -> None:
        """`pictures`: whether the document has those that are not native charts."""
        self.content, self.pictures = content, pictures

    def jobs(self) -> list[Job]:
        """The pictures to be drawn."""
        return []

    def files(self, name: str, drawn: Sequence[list[bytes]], notes: Notes) -> dict[str, bytes]:
        """The files by their names, which begin with `name`; `drawn` holds what came of each job, in its forms."""
        return {f"{name}.{self.ending}": self.write(drawn, notes)}

    def write(self, drawn: Sequence[list[bytes]], notes: Notes) -> bytes:
        """The one file."""
        raise NotImplementedError


class Deck(Output):
    """Slides, with a map of each index."""

    ending = "pptx"

    def __init__(self, content: Content, pictures: bool) -> None:
        super().__init__(content, pictures)
        self._figures = maps.maps(content) if pictures else {}

    def jobs(self) -> list[Job]:
        return [maps.job(figure, self.content.lang) for figure in self._figures.values()]

    def write(self, drawn: Sequence[list[bytes]], notes: Notes) -> bytes:
        found = zip(self._figures.items(), drawn, strict=True)
        pictures = {code: maps.picture(figure, png) for (code, figure), (png,) in found}
        return deck(self.content, images=pictures, notes=remarks(notes, self.content.lang))


class Report(Output):
    """The report, with the few charts that help it."""

    ending = "docx"

    def __init__(self, content: Content, pictures: bool) -> None:
        super().__init__(content, pictures)
        self._charts = printed.charts(content) if pictures else ()

    def jobs(self) -> list[Job]:
        return [printed.job(chart, self.content.lang) for chart in self._charts]

    def write(self, drawn: Sequence[list[bytes]], notes: Notes) -> bytes:
        found = zip(self._charts, drawn, strict=True)
        pictures = [printed.picture(chart, png) for chart, (png,) in found]
        return report(self.content, images=pictures, notes=notes)


class Workbook(Output):
    """The workbook; its charts are Excel's own."""

    ending = "xlsx"
    draws = False

    def write(self, drawn: Sequence[list[bytes]], notes: Notes) -> bytes:
        return workbook(self.content)


class Images(Output):
    """Every chart as pictures, made on request only: drawing them takes longer than all the rest."""

    usual = False

    def __init__(self, content: Content, pictures: bool) -> None:
        super().__init__(content, pictures)
        self._drawings = images.drawings(content)

    def jobs(self) -> list[Job]:
        return images.jobs(self._drawings, self.content.lang)

    def files(self, name: str, drawn: Sequence[list[bytes]], notes: Notes) -> dict[str, bytes]:
        return {f"{name}/{file}": picture for file, picture in images.files(self._drawings, drawn).items()}


FORMATS: dict[str, type[Output]] = {
    "deck": Deck,
    "report": Report,
    "workbook": Workbook,
    "images": Images,
}
