"""The making of a pack: a button, a progress bar, and one file to download; the server keeps nothing of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from dashboard.documents.content.outline import Outline
from dashboard.documents.content.specification import Specification
from dashboard.documents.pack import pack, stem, zipped
from dashboard.html import cards
from dashboard.html.markup import fragment, items, paragraphs, tag
from dashboard.session.context import Context, context
from dashboard.session.jobs import Job, Progress, Stopped, reader_present
from dashboard.views.pack import notes_html, order
from dashboard.views.pack.order import Order
from dashboard.views.pack.parameters import USUAL
from dashboard.widgets.poll import poll
from data import number
from data.frames import Frames
from data.notes import Notes
from data.text import Problem

# Keys of the session state: the job that makes the pack or has made it, what is to be said of the last one, and
# whether it was downloaded and can be dropped.
_JOB, _SAID, _TAKEN = "pack_job", "pack_said", "pack_taken"
# Seconds between two checks of the progress.
_LOOK = 0.75
_KILO = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """The zip, and what is in it: files and folders, how many files each is, and their size."""

    content: bytes
    files: tuple[tuple[str, int, int], ...]


def draw(at: Context, ordered: Order, outline: Outline) -> None:
    """The part of the page between the choices and the preview."""
    if st.session_state.pop(_TAKEN, False):
        # Streamlit drops a file that was offered when the whole page is rerun without it.
        st.rerun()
    assert ordered.specification is not None
    job: Job[Made] | None = st.session_state.get(_JOB)
    with st.container(key="pack-build"):
        if job is None:
            _offer(at, ordered, outline)
        elif not job.done:
            _under_way(at)
        else:
            _done(at, ordered, outline, job)


def forget() -> None:
    """Drop the pack, also one that is being made."""
    job = st.session_state.pop(_JOB, None)
    if job is not None:
        job.stop()


def drop_outdated(at: Context, ordered: Order) -> None:
    """Drop a pack that other choices or other data were made of."""
    if outdated(at, ordered):
        forget()
        st.session_state[_SAID] = "packing.dropped"


def outdated(at: Context, ordered: Order) -> bool:
    """Whether there is a pack, made or being made, of other choices or other data than now."""
    job: Job[Made] | None = st.session_state.get(_JOB)
    return job is not None and job.key != _key(at, ordered)


def _key(at: Context, ordered: Order) -> Hashable:
    # What the province wrote is part of the pack; what others write of other provinces is not.
    said = order.said(at, ordered.specification) if ordered.specification else ()
    return at.resources.key, ordered.specification, ordered.formats, said


def _offer(at: Context, ordered: Order, outline: Outline) -> None:
    said = st.session_state.pop(_SAID, None)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="pack-offer"):
        st.button(
            at.say("packing.make"),
            type="primary",
            icon=":material/inventory_2:",
            key="pack-make",
            on_click=_begin,
        )
        before = [at.say(said)] if said else []
        st.html(_told(at, *before, _holds(at, ordered, outline)), width="stretch")


def _holds(at: Context, ordered: Order, outline: Outline) -> Markup:
    """What the pack will hold, in one line."""
    link = tag("a", at.say("packing.notes_link"), href=f"#{notes_html.PLACE}")
    counts = {"slides": outline.slides, "sentences": outline.sentences, "tables": outline.tables}
    slow = f" {at.say('packing.slow')}" if set(ordered.formats) - set(USUAL) else ""
    return fragment(at.say("packing.holds", **counts), " ", link, f".{slow}")


def _begin() -> None:
    """Start the job, with the data of this moment: a note may have been saved since the button was drawn."""
    forget()
    st.session_state.pop(_SAID, None)
    at = context()
    ordered = order.read(at)
    frames, specification = at.resources.frames, ordered.specification
    assert specification is not None

    written = order.notes(order.said(at, specification))

    def make(progress: Progress) -> Made:
        return _made(frames, specification, ordered.formats, written, progress)

    st.session_state[_JOB] = Job(_key(at, ordered), make, reader_present())


def _made(
    frames: Frames, specification: Specification, formats: tuple[str, ...], notes: Notes, progress: Progress
) -> Made:
    """The zip of a pack, with what the province wrote of it."""
    files = pack(frames, specification, formats, progress, notes)
    return Made(zipped(files), _listed(files))


def _listed(files: Mapping[str, bytes]) -> tuple[tuple[str, int, int], ...]:
    """Each file with its size, and each folder with how many are in it."""
    found: dict[str, tuple[int, int]] = {}
    for name, content in files.items():
        folder, slash, _ = name.partition("/")
        count, size = found.get(folder + slash, (0, 0))
        found[folder + slash] = (count + 1, size + len(content))
    return tuple((name, count, size) for name, (count, size) in found.items())


@st.fragment
def _under_way(at: Context) -> None:
    """The progress of the job, redrawn until it is done; the rest of the page stays as it is."""
    job: Job[Made] | None = st.session_state.get(_JOB)
    if job is None or job.done:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="pack-under-way"):
        text = at.say("packing.waiting") if job.waiting else job.doing or at.say("packing.making")
        st.progress(job.share, text)
        st.button(at.say("packing.stop"), key="pack-stop", on_click=_stop, width="content")
    poll("pack-look", _LOOK)


def _stop() -> None:
    forget()
    st.session_state[_SAID] = "packing.stopped"


def _done(at: Context, ordered: Order, outline: Outline, job: Job[Made]) -> None:
    assert ordered.specification is not None
    try:
        made = job.result()
    except Exception as problem:
        # Whatever it was, the next attempt is a new one.
        forget()
        if not isinstance(problem, Problem | Stopped):
            raise
        if isinstance(problem, Problem):
            st.html(cards.notices([problem.text.in_(at.lang)], at.lang))
        _offer(at, ordered, outline)
        return
    size = _size(at, len(made.content))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="pack-done"):
        st.download_button(
            at.say("packing.take", size=size),
            data=made.content,
            file_name=file_name(ordered.specification),
            mime="application/zip",
            type="primary",
            icon=":material/download:",
            key="pack-take",
            on_click=_take,
        )
        listed = items(
            fragment(f"{name} ", tag("span", _about(at, count, size))) for name, count, size in made.files
        )
        ready = tag("p", at.say("packing.ready"))
        st.html(tag("div.vb-pack-said", ready, tag("ul", listed), role="status", lang=at.lang), width="stretch")


def file_name(specification: Specification) -> str:
    """A file's name says what it holds: `pci-par-2023-63-36-vi.zip`."""
    return f"{stem(specification)}-{specification.lang}.zip"


def _take() -> None:
    """Called with the download: the pack is not kept."""
    forget()
    st.session_state[_SAID] = "packing.taken"
    st.session_state[_TAKEN] = True


def _told(at: Context, *sentences: str) -> Markup:
    return tag("div.vb-pack-said", paragraphs(sentences), role="status", lang=at.lang)


def _about(at: Context, count: int, size: int) -> str:
    """`84 KB`; of a folder also how many files it holds."""
    written = _size(at, size)
    return written if count == 1 else at.say("packing.folder", count=count, size=written)


def _size(at: Context, count: int) -> str:
    """`84 KB`, `2,1 MB`."""
    if count < _KILO**2:
        return f"{number.whole(max(round(count / _KILO), 1), at.lang)} KB"
    return f"{number.decimal(count / _KILO**2, 1, at.lang)} MB"
