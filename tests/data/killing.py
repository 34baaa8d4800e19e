"""Does one act on a store again and again in a process that a test may kill; run as a script, it forks them.

A line on standard input, `{"act": …, "figures": …, "entries": …, "saved": …}`, begins one; standard output says
`pid N`, `done N` after each act that stands, and `ended` when it is dead. What forks has imported everything and
begun nothing, so a process is there at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl

from data import compiled, frames, intake, notes, plan  # noqa: F401  (loaded before anything is forked)
from data.definition_file import indices
from data.store import Store, backup
from data.store.entries import Entries


def _table(number: int) -> Any:
    """A table of two figures that are equal to each other, as it is after it was understood."""
    index = indices()["par"]
    score = float(number % 100)
    rows = pl.DataFrame(
        {"unit": ["63-36", "63-01"], "component": "overall", "score": score, "published_rank": None},
        schema_overrides={"published_rank": pl.Int64},
    ).with_columns(scale=pl.lit("points"))
    return intake.Intake(
        file="par.csv",
        index=index,
        edition=index.edition(2020),
        columns=(),
        rows=rows,
        compared=0,
        contradicted=rows.clear(),
        by_column=rows.clear(),
        notes=(),
        sha256="0" * 64,
        shape="0" * 64,
    )


def _imports(store: Store, _: Path) -> Iterator[int]:
    while True:
        number = intake.enter(store, _table(store.entered("batch").height))
        yield number


def _undoes(store: Store, _: Path) -> Iterator[int]:
    while True:
        number = intake.enter(store, _table(0))
        intake.undo(store, number)
        yield number


def _notes(store: Store, _: Path) -> Iterator[int]:
    # A unit and an index that there are, without the second that loading all of them takes.
    known: Any = SimpleNamespace(index=lambda code: indices()[code], unit=pl.DataFrame({"unit": ["63-36"]}))
    while True:
        yield notes.note(store, known, "63-36", "pci", 2019, "overall", notes.Words(cause="x" * 2000))


KEY = plan.PlanKey("63-36", "pci", 2018)


def _registers(store: Store, _: Path) -> Iterator[int]:
    """Two targets of a plan in one entry, each of the number of entries that there are then."""
    if plan.plan_of(store, KEY).plan.is_empty():
        plan.enter(store, KEY, "start", {"plan": [{"towards": 2019, "score": 64.0}]}, fresh=True)
    while True:
        number = store.entered("history").filter(act="register").height + 1
        rows = [{"item": item, "target": float(number)} for item in ("transparency", "time_costs")]
        plan.enter(store, KEY, "register", {"target": rows})
        yield number


def _rebuilds(store: Store, _: Path) -> Iterator[int]:
    while True:
        store.build()
        yield 1


def _backs_up(store: Store, saved: Path) -> Iterator[int]:
    while True:
        yield backup.backup(store, saved).rows["history"]


def _restores(store: Store, saved: Path) -> Iterator[int]:
    while True:
        yield backup.restore(store.path, saved, store.entries.place).rows["history"]


ACTS: dict[str, Callable[[Store, Path], Iterator[int]]] = {
    "import": _imports,
    "note": _notes,
    "undo": _undoes,
    "register": _registers,
    "rebuild": _rebuilds,
    "backup": _backs_up,
    "restore": _restores,
}


def _act(asked: dict[str, str]) -> None:
    place = asked["entries"]
    store = Store(Path(asked["figures"]), Entries(place if "://" in place else Path(place)))
    os.write(1, f"pid {os.getpid()}\n".encode())
    for number in ACTS[asked["act"]](store, Path(asked["saved"])):
        os.write(1, f"done {number}\n".encode())


def main() -> None:
    """Begin what is asked for, one after the other."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            try:
                _act(json.loads(line))
            finally:
                os._exit(1)
        os.waitpid(process, 0)
        os.write(1, b"ended\n")


if __name__ == "__main__":
    main()
