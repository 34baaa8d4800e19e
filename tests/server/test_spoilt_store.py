"""A store that is spoilt while a server reads it: a sentence on the page, and the page again once it is mended."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.channel import html, kinds, tab
from tests.serving import served

pytestmark = pytest.mark.timeout(300)

RANKING, NOTES = (
    ("rankings", "index=pci&year=2019&lang=vi"),
    ("pack", "province=63-36&index=pci&year=2019&lang=vi"),
)
SHOWN = "Thái Nguyên"
SENTENCE = re.compile(r'class="vb-notice"[^>]*>(?:<[^>]+>)*([^<]{20,})')
DRAWN = re.compile(r'class="vb-source"|</td></tr></tbody></table>')


def _truncated(path: Path) -> None:
    os.truncate(path, 8192)


def _scribbled(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(30_000))


def _foreign(path: Path) -> None:
    path.with_suffix(".text").write_bytes(b"somebody's text" * 1000)
    path.with_suffix(".text").replace(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


FAULTS: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "truncated": _truncated,
    "scribbled": _scribbled,
    "another program's": _foreign,
    "a folder": _folder,
}


def test_a_page_says_what_is_wrong_with_its_store_and_comes_back(store_path: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()

    async def said(port: int, page: str, query: str) -> str:
        async with tab(port) as opened:
            drawn = await opened.open(page, query)
            assert "exception" not in kinds(drawn)
            return html(drawn)

    async def check(port: int, store: Path) -> dict[tuple[str, str], list[str]]:
        wrong = {}
        for part in (store, store.with_name("store.entries.sqlite")):
            for name, spoil in FAULTS.items():
                shutil.copy2(part, whole / part.name)
                spoil(part)
                pages = [await said(port, *RANKING), await said(port, *NOTES)]
                if part.is_dir():
                    part.rmdir()
                shutil.copy2(whole / part.name, whole / "next")
                os.replace(whole / "next", part)
                pages.append(await said(port, *RANKING))
                wrong[part.suffix, name] = pages
        return wrong

    with served(store_path, tmp_path) as server:
        assert SHOWN in asyncio.run(said(server.port, *RANKING))
        for case, (ranking, notes, after) in asyncio.run(check(server.port, server.store)).items():
            for page in (ranking, notes):
                assert "Có lỗi ngoài dự kiến" not in page, case
                # Figures that are gone are built again; of all else the reader is told.
                assert bool(SENTENCE.search(page)) is (case != (".duckdb", "deleted")), case
                assert bool(DRAWN.search(page)) is (case == (".duckdb", "deleted")), case
            assert SHOWN in after, case
