"""How the tests of questions run a command: on the shared store, which no question writes to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.command import main

Run = Callable[..., tuple[int, str, str]]


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
