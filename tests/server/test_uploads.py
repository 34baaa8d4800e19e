"""Files that were sent to the server: let go when their reader has left, and never more than one reader needs."""

from __future__ import annotations

import asyncio
import http.client
import time
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from dashboard.server.uploads import MOST, sweep
from tests.server.channel import tab
from tests.serving import serve, served

pytestmark = pytest.mark.timeout(120)

# A server that looks often, and says what it holds of the files that were sent to it.
WATCHED = """
import threading, time
from dashboard.server import uploads
from streamlit import config, runtime
config.set_option("server.disconnectedSessionTTL", 1)
uploads.INTERVAL = 0.1
def say():
    before = None
    while True:
        time.sleep(0.02)
        if runtime.exists():
            storage = runtime.get_instance().uploaded_file_mgr.file_storage
            now = sum(len(item.data) for files in list(storage.values()) for item in list(files.values()))
            if now != before:
                print("holds", now, flush=True)
            before = now
threading.Thread(target=say, daemon=True).start()
"""
SIZE = 100_000


def put(port: int, session: str, name: str) -> int:
    """Send a file as a page does; the status of the answer."""
    token = generate_xsrf_token_string()
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
        + b"a" * SIZE
        + b"\r\n--x--\r\n"
    )
    headers = {
        "Content-Type": "multipart/form-data; boundary=x",
        "Cookie": f"{XSRF_COOKIE_NAME}={token}",
        "X-Xsrftoken": token,
        "Origin": f"http://127.0.0.1:{port}",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("PUT", f"/_stcore/upload_file/{session}/{name}", body, headers)
        return connection.getresponse().status


def test_nothing_is_held_of_a_reader_who_has_left(store_path: Path, tmp_path: Path) -> None:
    async def send(port: int) -> None:
        async with tab(port) as page:
            await page.open("data", "part=import&lang=vi")
            for number in range(MOST + 3):
                assert await asyncio.to_thread(put, port, page.session, str(number)) == 204
            await asyncio.to_thread(held, MOST * SIZE)

    def held(expected: int) -> None:
        until = time.monotonic() + 30
        while [line for line in server.said if line.startswith("holds ")][-1:] != [f"holds {expected}\n"]:
            assert time.monotonic() < until, server.said
            time.sleep(0.05)

    with served(store_path, tmp_path, serve(before=WATCHED)) as server:
        asyncio.run(send(server.port))
        held(0)


def test_who_comes_back_finds_his_file() -> None:
    files, left, active = MemoryUploadedFileManager(""), dict[str, float](), {"reader", "other"}
    for session in active:
        files.add_file(session, UploadedFileRec("1", "a.csv", "text/csv", b"a"))
    sweep(files, active.__contains__, left, time.monotonic())
    active.discard("reader")
    sweep(files, active.__contains__, left, time.monotonic() - 60)
    assert left
    active.add("reader")
    sweep(files, active.__contains__, left, time.monotonic() + 60)
    assert files.get_files("reader", ["1"])
    assert not left
    active.discard("reader")
    sweep(files, active.__contains__, left, time.monotonic() + 60)
    assert not files.get_files("reader", ["1"])
    assert files.get_files("other", ["1"])
    assert not left
