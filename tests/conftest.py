"""What many tests share: one store built from the project's own figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from data.frames import Frames, load
from data.store import Store

# How long an example takes says more about the machine than about the code.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A store that no test writes to; the workers of one run share it (the store itself keeps builds apart)."""
    base = tmp_path_factory.getbasetemp()
    path = (base if worker_id == "master" else base.parent) / "shared.duckdb"
    with Store.open(path):
        return path


@pytest.fixture(scope="session")
def frames(store_path: Path) -> Frames:
    """The project's own figures."""
    with Store.open(store_path) as store:
        return load(store)
