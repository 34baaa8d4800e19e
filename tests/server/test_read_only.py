"""Where a server only shows, it says so, and no message writes: neither a page's own nor one made by hand."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from data.store import Store
from tests.server.channel import html, kinds, tab
from tests.server.messages import IMPORT, Sent, entering
from tests.serving import ROOT, serve, served, streamlit, vuotbac

pytestmark = pytest.mark.timeout(300)

SHOWS = {
    "serve to the network": (vuotbac("--host", "0.0.0.0"), ("chưa có đăng nhập", "without sign-in")),
    "serve behind a proxy": (
        vuotbac("--allow-host", "pci.tinh.gov.vn"),
        ("chưa có đăng nhập", "without sign-in"),
    ),
    "serve read-only": (vuotbac("--read-only"), ("--read-only", "--read-only")),
    "streamlit to the network": (
        streamlit("--server.port", "0", "--server.address", "0.0.0.0"),
        ("chưa có đăng nhập", "without sign-in"),
    ),
}


def batches(store: Path) -> int:
    with Store.open(store) as opened:
        return opened.entered("batch").height


@pytest.fixture(scope="module")
def message(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sent, ...]:
    """The messages by which a table is entered, from a server that takes it."""

    async def entered(port: int) -> tuple[Sent, ...]:
        async with tab(port) as page:
            sent = await entering(page)
            drawn = await page.send(sent[1])
            assert "2 đơn vị của PAR INDEX 2025" in html(drawn)
            return sent

    with served(store_path, tmp_path_factory.mktemp("open"), serve("port=0"), cwd=ROOT) as server:
        before = batches(server.store)
        sent = asyncio.run(entered(server.port))
        assert batches(server.store) == before + 1
    return sent


@pytest.mark.parametrize("way", SHOWS)
def test_a_server_that_only_shows(way: str, message: tuple[Sent, ...], store_path: Path, tmp_path: Path) -> None:
    command, reasons = SHOWS[way]

    async def read(port: int) -> None:
        async with tab(port) as page:
            for lang, reason in zip(("vi", "en"), reasons, strict=True):
                drawn = await page.open("data", f"{IMPORT}&lang={lang}")
                assert reason in html(drawn)
                assert not kinds(drawn) & {"file_uploader", "text_area", "text_input"}
                drawn = await page.open("pack", f"province=63-36&index=pci&year=2023&lang={lang}")
                assert reason in html(drawn)
                assert not kinds(drawn) & {"text_area", "text_input"}
        async with tab(port) as page:
            await page.open("data", f"{IMPORT}&lang=vi")
            for sent in message:
                assert "exception" not in kinds(await page.send(sent))

    with served(store_path, tmp_path, command, cwd=ROOT) as server:
        asyncio.run(read(server.port))
        assert batches(server.store) == batches(store_path)
        assert any("chỉ cho xem" in line for line in server.said), server.said
