"""Connections on which half a request comes, or half a message, against a server as it runs."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest
import streamlit

from tests.server.channel import tab
from tests.serving import serve, served

pytestmark = pytest.mark.timeout(120)

PATIENCE, WHOLE = 2, 5
IMPATIENT = f"from dashboard.server import door; door.PATIENCE, door.WHOLE = {PATIENCE}, {WHOLE}"
CHANNEL = (
    b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
HALVES = {
    "nothing": b"",
    "a head": b"GET / HTTP/1.1\r\nHost: localhost\r\n",
    "a body": b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
    "a second": b"GET /_stcore/health HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTT",
    "a channel": CHANNEL,
    # Of a message of 100 bytes, masked with nothing, four.
    "a message": CHANNEL + b"\x82\xe4\x00\x00\x00\x00half",
}


def closed(port: int, sent: bytes) -> float:
    """The seconds after which the server ends a connection on which this came and nothing more."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(sent)
        begun = time.monotonic()
        while connection.recv(65536):
            pass
        return time.monotonic() - begun


def test_half_a_request_is_ended_and_a_readers_channel_is_not(store_path: Path, tmp_path: Path) -> None:
    async def reading(port: int) -> None:
        async with tab(port) as page:
            await page.open("data", "lang=vi")
            took = await asyncio.gather(*(asyncio.to_thread(closed, port, sent) for sent in HALVES.values()))
            assert max(took) < 2 * PATIENCE + 6, dict(zip(HALVES, took, strict=True))
            await asyncio.sleep(PATIENCE + 1)
            assert await page.send({})

    with served(store_path, tmp_path, serve(before=IMPATIENT)) as server:
        asyncio.run(reading(server.port))


def left_unread(port: int, largest: str) -> tuple[int, int]:
    """The bytes that come of twenty answers which nobody reads in time, and how many they are in all."""
    asked = f"GET {largest} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(asked)
        size = len(connection.recv(1 << 16))
        connection.settimeout(1)
        with suppress(TimeoutError):
            while piece := connection.recv(1 << 20):
                size += len(piece)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", port))
        connection.sendall(asked * 20)
        time.sleep(WHOLE + 3)
        came = 0
        with suppress(ConnectionError):
            while piece := connection.recv(1 << 20):
                came += len(piece)
    return came, 20 * size


def test_answers_that_nobody_reads_are_ended(store_path: Path, tmp_path: Path) -> None:
    static = Path(streamlit.__file__).parent / "static"
    largest = max((static / "static" / "js").glob("*.js"), key=lambda path: path.stat().st_size)
    with served(store_path, tmp_path, serve(before=IMPATIENT)) as server:
        came, whole = left_unread(server.port, f"/{largest.relative_to(static)}")
        assert whole > 20 * 300_000
        assert came < whole
