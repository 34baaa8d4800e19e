"""Which edition a reader is met with once a table of the 34 is entered: the newest whole one of the own units."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from analytics.core.coverage import opening_year
from dashboard.session import address
from data.frames import Frames
from data.names import Names
from tests.edition import INDEX, YEAR, entered, made_up
from tests.stores import copied


@pytest.fixture(scope="module")
def now(store_path: Path, tmp_path_factory: pytest.TempPathFactory, frames: Frames) -> Frames:
    path = copied(store_path, tmp_path_factory.mktemp("opening") / "store.duckdb")
    return entered(path, made_up(frames).table())[0]


def opens(frames: Frames, **params: str) -> tuple[int, str | None]:
    found = address.read(params, frames, Names.of(frames), partial(opening_year, frames)).selection
    return found.year, found.province


def test_one_of_the_34_opens_with_the_edition_that_was_entered(now: Frames, frames: Frames) -> None:
    assert opens(now, province="34-37", index=INDEX) == (YEAR, "34-37")
    assert opens(now, province="34-37", index="par")[0] == opens(frames, province="34-37", index="par")[0]


def test_one_of_the_63_still_opens_with_their_newest_whole_edition(now: Frames) -> None:
    assert opens(now, province="63-36", index=INDEX) == (2023, "63-36")
    assert opens(now) == (YEAR, None)
    assert opens(now, province="63-36", index=INDEX, year=str(YEAR))[0] == YEAR
