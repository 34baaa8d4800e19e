"""What an entry takes, and a page while others write: on SQLite, and on PostgreSQL where one is at hand.

    python benchmarks/store.py [--notes 200] [--runs 30]

`VUOTBAC_TEST_POSTGRES` gives the address of a server on which a database may be made, as `.ci/run` has it. Runs of
a page with nobody writing and with another process that saves notes all the time follow each other in turn.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from data.frames import load
from data.notes import Words, note
from data.store import Store

ROOT = Path(__file__).parent.parent
SERVER = "VUOTBAC_TEST_POSTGRES"
# Seconds between two notes of those who write beside a page: far more than a whole province ever saves.
PAUSE = 0.1


def saved(store: Store, count: int) -> list[float]:
    """Milliseconds that each of as many notes took."""
    frames, took = load(store), []
    for number in range(count):
        begun = time.perf_counter()
        note(store, frames, "63-36", "pci", 2019, "overall", Words(cause=f"{number} " + "x" * 500))
        took.append(1000 * (time.perf_counter() - begun))
    return took


def writing(path: str, place: str, going: str) -> None:
    """Save notes while there is a file `going`."""
    store = Store.open(Path(path), place if "://" in place else Path(place))
    frames = load(store)
    while True:
        if os.path.exists(going):
            note(store, frames, "63-22", "pci", 2019, "overall", Words(cause="x" * 500))
        time.sleep(PAUSE)


def pages(path: Path, place: Path | str, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each run of a page, with nobody writing and with somebody, in turn."""
    os.environ |= {"VUOTBAC_STORE": str(path), "VUOTBAC_ENTRIES": str(place)}
    sys.path.insert(0, str(ROOT))
    from tests.dashboard.opening import opened

    going = path.with_name("going")
    other = subprocess.Popen([sys.executable, __file__, "--writing", str(path), str(place), str(going)])
    page = opened("weaknesses", province="63-36", index="pci", year="2019", lang="vi")
    quiet, busy = list[float](), list[float]()
    for turn in range(2 * runs + 4):
        took = busy if turn % 2 else quiet
        going.touch() if turn % 2 else going.unlink(missing_ok=True)
        time.sleep(2 * PAUSE)  # until it has begun, or ended
        begun = time.perf_counter()
        page.run()
        took.append(1000 * (time.perf_counter() - begun))
    other.kill()
    return quiet[2:], busy[2:]


@contextmanager
def places(folder: Path) -> Iterator[dict[str, Path | str]]:
    """Where the entries are kept, by engine."""
    found: dict[str, Path | str] = {"SQLite": folder / "entries.sqlite"}
    address = os.environ.get(SERVER)
    if not address:
        print(f"no PostgreSQL: {SERVER} names none")
        yield found
        return
    server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    name = f"vuotbac_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    found["PostgreSQL"] = sa.engine.make_url(address).set(database=name).render_as_string(hide_password=False)
    try:
        yield found
    finally:
        with server.connect() as connection:
            connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


def main() -> None:
    """Print both for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=200)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--writing", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.writing:
        writing(*asked.writing)
    with tempfile.TemporaryDirectory() as folder, places(Path(folder)) as found:
        for engine, place in found.items():
            path = Path(folder) / f"{engine}.duckdb"
            with Store.open(path, place) as store:
                took = sorted(saved(store, asked.notes))
            middle, late = statistics.median(took), took[int(0.95 * len(took))]
            print(
                f"{engine}: a note {took[0]:.1f} ms at least, {middle:.1f} in the middle, {late:.1f} of 95 in 100"
            )
            quiet, busy = pages(path, place, asked.runs)
            ratio = statistics.median(busy) / statistics.median(quiet)
            said = (
                f"{engine}: a page {statistics.median(quiet):.0f} ms, {statistics.median(busy):.0f} beside writers"
            )
            least = f"least {min(quiet):.0f} and {min(busy):.0f}: {min(busy) / min(quiet):.2f} ×"
            print(f"{said}: {ratio:.2f} × ({least})")


if __name__ == "__main__":
    main()
