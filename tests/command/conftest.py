"""How the tests of questions run a command: on the shared store, which no question writes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import data.frames
from dashboard.command import main
from data.frames import Frames, load
from data.store import Snapshot, Store

Run = Callable[..., tuple[int, str, str]]

_LOADED: dict[str, Frames] = {}


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of one process share the frames of a version: loading them anew took half of each test."""

    def once(source: Store | Snapshot) -> Frames:
        now = source.snapshot() if isinstance(source, Store) else source
        if now.version not in _LOADED:
            _LOADED.clear()
            _LOADED[now.version] = load(now)
        return _LOADED[now.version]

    monkeypatch.setattr(data.frames, "load", once)


@pytest.fixture
def run(store_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line; gives exit status, what was printed, what was complained of."""
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    monkeypatch.setenv("VUOTBAC_LANG", "vi")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run
