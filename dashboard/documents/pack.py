"""A pack: files of the formats asked for, made from one content, by name."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

from dashboard.charts.export.drawing import Drawers
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.specification import Specification
from dashboard.documents.formats import FORMATS, Output
from dashboard.text import say
from data.frames import Frames
from data.notes import NO_NOTES, Notes
from data.text import Problem

# Told how far the pack is, as a share of 1, and what is being done.
Progress = Callable[[float, str], None]

# About how long each step takes beside the others: tables and sentences, a picture in one form, a file.
_CONTENT, _PICTURE, _FILE = 2.0, 0.4, 1.0


def pack(
    frames: Frames,
    specification: Specification,
    formats: Sequence[str] = tuple(FORMATS),
    progress: Progress | None = None,
    notes: Notes = NO_NOTES,
    *,
    pictures: bool = True,
    drawers: Drawers | None = None,
) -> dict[str, bytes]:
    """The files of a pack by name; `formats` are keys of `FORMATS`, one of many files has a folder of its own.

    `notes` is what the province wrote, by index and component (`data.notes.by_index`), `pictures`
    whether slides and report have those that are not native charts. `drawers` may be lent by a caller that makes
    many packs. Whatever `progress` raises ends the work and is raised from here.

    Raises Problem for a format that does not exist, for a specification that the figures can't answer, and where
    nothing at all is known.
    """
    wanted = check_formats(formats)
    if drawers is None:
        with Drawers() as own:
            return pack(frames, specification, wanted, progress, notes, pictures=pictures, drawers=own)
    steps = _Steps(progress, specification)
    steps.say("content")
    if any(FORMATS[key].draws and (pictures or not FORMATS[key].ending) for key in wanted):
        # The drawing processes start while tables and sentences are computed.
        drawers.begin()
    whole = content(frames, specification)
    if not any(chapter.tables or chapter.findings for chapter in whole.chapters):
        raise _nothing(whole)
    outputs = {key: FORMATS[key](whole, pictures) for key in wanted}
    return _files(outputs, specification, notes, drawers, steps)


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


def check_formats(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats in their order; a Problem for one that does not exist, or for none."""
    unknown = [item for item in formats if item not in FORMATS]
    if unknown or not formats:
        known = ", ".join(FORMATS)
        raise Problem(
            f"Không có định dạng “{', '.join(unknown)}”. Dùng: {known}.",
            f"There is no format “{', '.join(unknown)}”. Use: {known}.",
        )
    return tuple(item for item in FORMATS if item in formats)


class _Steps:
    """How far a pack is: steps done and their weights, told to the caller in the pack's language."""

    def __init__(self, progress: Progress | None, specification: Specification) -> None:
        self._progress, self._lang = progress, specification.lang
        self.done, self.whole = 0.0, 1.0

    def say(self, step: str, **values: object) -> None:
        """Tell what is being done now."""
        if self._progress is not None:
            self._progress(min(self.done / self.whole, 1.0), say(self._lang, f"pack.step.{step}", **values))


def _files(
    outputs: Mapping[str, Output], specification: Specification, notes: Notes, drawers: Drawers, steps: _Steps
) -> dict[str, bytes]:
    """Everything drawn at once, then one format after the other written."""
    jobs = {key: output.jobs() for key, output in outputs.items()}
    every = [job for own in jobs.values() for job in own]
    drawing = _PICTURE * sum(len(job.forms) for job in every)
    steps.done, steps.whole = _CONTENT, _CONTENT + drawing + _FILE * len(outputs)

    def told(done: int, of: int) -> None:
        steps.done = _CONTENT + drawing * done / of
        steps.say("pictures", done=done, of=of)

    drawn = iter(drawers.draw(every, told))
    files: dict[str, bytes] = {}
    for key, output in outputs.items():
        steps.say(key)
        called = say(specification.lang, f"pack.file.{key}")
        name = f"{stem(specification)}-{called}" if output.ending else called
        files |= output.files(name, [next(drawn) for _ in jobs[key]], notes)
        steps.done += _FILE
    steps.say("done")
    return files


def _nothing(whole: Content) -> Problem:
    editions = ", ".join(chapter.title for chapter in whole.chapters)
    name = whole.name
    return Problem(
        f"Chưa biết điểm, thứ hạng hay thứ tự nào của {name} ở {editions} nên không có gói nào để làm.",
        f"No score, rank or order of {name} in {editions} is known, so there is no pack to make.",
    )
