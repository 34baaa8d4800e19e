"""Lets go of files that were sent here: those of readers who have left, and more than one reader needs.

Streamlit keeps them until another session ends (its store of sessions forgets with the next write only), and
takes any number from whoever has a page open, whether he may import or not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from streamlit import config, runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

# Seconds between two looks.
INTERVAL = 2.0
# Files of one session: the page asks for one at a time.
MOST = 3


async def swept() -> None:
    """Look again and again, until it is cancelled."""
    left: dict[str, float] = {}
    while True:
        await asyncio.sleep(INTERVAL)
        if runtime.exists():
            serving = runtime.get_instance()
            files = serving.uploaded_file_mgr
            if isinstance(files, MemoryUploadedFileManager):
                patience = config.get_option("server.disconnectedSessionTTL")
                sweep(files, serving.is_active_session, left, monotonic() - patience)


def sweep(
    files: MemoryUploadedFileManager, active: Callable[[str], bool], left: dict[str, float], until: float
) -> None:
    """Let go of the files of sessions that ended by `until`, and of all but the newest of the others.

    `left` says when each session that has files was first seen to be gone; a reader whose connection broke comes
    back to his files as long as Streamlit keeps his session.
    """
    sessions = list(files.file_storage)
    for session in [*left]:
        if session not in sessions or active(session):
            del left[session]
    for session in sessions:
        if not active(session) and left.setdefault(session, monotonic()) <= until:
            files.remove_session_files(session)
            del left[session]
            continue
        for file in list(files.file_storage.get(session, ()))[:-MOST]:
            files.remove_file(session, file)
