"""The store: figures, which are built from the project's tables, and entries, which are what people enter.

Both have a file or a server of their own and a version of their own; here they meet. Above, nobody knows which
engine answered.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import polars as pl
from platformdirs import user_data_path

from data import schema
from data.fingerprint import fingerprint
from data.store import figures, files
from data.store.connecting import place_of
from data.store.entries import Entries, Part, Writing, missing
from data.store.people import Person, local
from data.store.snapshot import Snapshot, taken
from data.text import Problem


def default_path() -> Path:
    """Where the figures are kept: `VUOTBAC_STORE`, else the user's data folder."""
    chosen = os.environ.get("VUOTBAC_STORE")
    return Path(chosen) if chosen else user_data_path("vuotbac", appauthor=False) / "vuotbac.duckdb"


class Store:
    """Figures and entries together. Any number of threads and processes may use it at once.

    Readers take a `snapshot` and keep it as long as they need; a writer never waits for them, nor they for it.
    """

    def __init__(self, path: Path, entries: Entries) -> None:
        self.path = path
        self.entries = entries
        self._lock = Lock()
        self._seen: tuple[tuple[int, int, int], str] | None = None
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, path: Path | None = None, entries: Path | str | None = None) -> Store:
        """The store at `path` (default: `default_path()`), its figures built first where they are missing or old.

        Raises Problem where what is there isn't a store, is newer than this program, is held by another program
        or can't be read, and where the entries that belong to it are gone. Nothing is changed then.
        """
        path = default_path() if path is None else path
        store = cls(path, Entries(place_of(path) if entries is None else entries))
        state = store.state()
        if state is None or state.format < figures.FORMAT or state.fingerprint != fingerprint():
            store.build(force=False)
        elif not store.entries.exists():
            raise missing(Path(str(store.entries)))
        store.entries.upgrade()
        return store

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the snapshot; whoever still reads from it may finish."""
        with self._lock:
            self._snapshot = self._seen = None
        self.entries.close()

    def build(self, *, force: bool = True, without_entries: bool = False) -> None:
        """Build the figures anew from the project's tables; what people entered stays as it is.

        Entries that an older version kept beside the figures move over first. `without_entries` begins with none
        where the file that held them is gone.
        """
        from data.store.moving import move

        with files.writing(self.path):
            state = self.state()
            known = self.entries.exists()
            current = state is not None and state.format == figures.FORMAT
            if current and not known and not without_entries:
                raise missing(Path(str(self.entries)))
            if current and known and not force and state is not None and state.fingerprint == fingerprint():
                return  # another process has built it meanwhile
            if known:
                self.entries.upgrade()
            else:
                self.entries.create()
            if state is not None and state.format == 1:
                move(self.path, self.entries)
            figures.build(self.path, self.entries.identity)

    def state(self) -> figures.State | None:
        """What the figures say they are, None where there are none; raises Problem where they can't be used."""
        if self.entries.file and os.path.abspath(self.entries.file) == os.path.abspath(self.path):
            raise Problem(
                f"VUOTBAC_STORE và VUOTBAC_ENTRIES cùng là {self.path}. Đặt VUOTBAC_ENTRIES đến một tệp khác.",
                f"VUOTBAC_STORE and VUOTBAC_ENTRIES are both {self.path}. Set VUOTBAC_ENTRIES to another file.",
            )
        with self._told_apart():
            return figures.state(self.path)

    @contextmanager
    def _told_apart(self) -> Iterator[None]:
        """Figures that can't be used are said with what keeps the entries, where these are whole.

        Then no remedy may lead away from them, or to an older backup: figures can be built again.
        """
        try:
            yield
        except files.Unusable as problem:
            # What isn't ours may be somebody's, and is named to be moved only where our entries lie beside it.
            beside = self.entries.file is not None and not os.environ.get(files.ENTRIES)
            if problem.path == self.path and (beside or problem.damaged) and self._entered():
                raise files.set_aside(self.path, self.entries, problem.why) from problem
            raise

    def _entered(self) -> bool:
        try:
            return self.entries.exists()
        except Problem:
            return False

    def snapshot(self) -> Snapshot:
        """The data as they are now: the same object for as long as nobody builds, imports or undoes."""
        now = self._now()
        with self._lock:
            if self._snapshot is None or self._seen != now:
                with self._told_apart():
                    self._snapshot = taken(self.path, self.entries)
                self._seen = now[0], self._snapshot.entered
            return self._snapshot

    def supposing(self, rows: Mapping[str, pl.DataFrame]) -> Snapshot:
        """The data as they would be if these rows of the entries were entered too; nothing is written."""
        more = {name: schema.ENTERED[name].validate(frame, cast=True) for name, frame in rows.items()}
        with self._told_apart():
            return taken(self.path, self.entries, more)

    def _now(self) -> tuple[tuple[int, int, int], str]:
        """What tells one version from another, without reading the data."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            # Deleted while in use: the figures can be built again, and what people entered is elsewhere.
            self.build(force=False)
            stat = self.path.stat()
        except (OSError, ValueError) as error:
            raise files.explained(error, self.path) from error
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size), self.entries.versions()["scores"]

    @property
    def version(self) -> str:
        """Names the data as they are: changes with every build, import and undo. A key for caches."""
        return self.snapshot().version

    def part(self, part: Part) -> str:
        """The version of one part of the entries."""
        return self.entries.versions()[part]

    def entered(self, name: str) -> pl.DataFrame:
        """A table of the entries as it is now."""
        with self.entries.read() as reading:
            return reading.table(name)

    @contextmanager
    def write(self, part: Part, by: Person | None = None) -> Iterator[Writing]:
        """One entry, all of it or nothing; by whoever sits at this machine where nobody is named."""
        with self.entries.write(part, by or local()) as writing:
            yield writing

    def query(self, sql: str, params: Sequence[object] | None = None) -> pl.DataFrame:
        """The answer to a query on the data as they are now, as a frame."""
        return self.snapshot().query(sql, params)

    def table(self, name: str) -> pl.DataFrame:
        """A whole table or view of the data as they are now."""
        return self.snapshot().table(name)
