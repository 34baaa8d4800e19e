"""A file asked about an edition, of a published index or of one's own."""

from __future__ import annotations

from pathlib import Path

from data.frames import Frames
from data.intake import understanding
from data.intake.further import block_read, own
from data.intake.opening import Opened, opened
from data.intake.plan import Plan
from data.intake.understanding import Intake, without_faults
from data.names import Names


def understand(
    file: Path | str, content: bytes, frames: Frames, index: str, year: int, plan: Plan | None = None
) -> Intake:
    """What the tables in `content` say about an edition; `file` gives the name for sentences.

    `plan` holds what a person decided. What only a person can say is asked in `questions`; raises Problem for
    what must be mended in the file: all faults at once, each with its place.
    """
    return without_faults(examined(opened(Path(file).name, content, Names.of(frames)), frames, index, year, plan))


def examined(file: Opened, frames: Frames, index: str, year: int, plan: Plan | None = None) -> Intake:
    """As `understand`, of a file that is open; what must be mended is in `faults` as long as there is a table.

    Raises Problem where there is none, or where all of them are of another index or year.
    """
    definition = frames.index(index)
    if own(frames, definition.code):
        return block_read(file, frames, definition, year, plan)
    return understanding.examined(file, frames, index, year, plan)
