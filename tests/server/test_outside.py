"""Nothing leaves the machine: not at the start, not for a reader, not for who comes by a foreign name or page.

Told twice: by Python's own sockets, and by the kernel (strace), which also sees what libraries do by themselves.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from email.message import Message
from functools import cache
from pathlib import Path

import pytest
from websockets.exceptions import InvalidHandshake

from dashboard.session.loopback import is_loopback
from tests.server.channel import tab
from tests.serving import ROOT, serve, served, streamlit

pytestmark = pytest.mark.timeout(300)

# Python imports this in every process: a name or address that isn't this machine's is written down.
RECORDER = """
import ipaddress, os, socket

def ours(host):
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified

def recorded(host):
    with open(os.environ["ASKED"], "a") as file:
        file.write(f"{host}\\n")

def watched(call, place):
    def asked(*args, **kwargs):
        if not ours(place(*args)):
            recorded(place(*args))
            raise socket.gaierror(-2, "nobody is outside")
        return call(*args, **kwargs)
    return asked

for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, name, watched(getattr(socket, name), lambda host, *_: host))

class Watched(socket.socket):
    def _check(self, address):
        if isinstance(address, tuple) and not ours(address[0]):
            recorded(address)
            raise OSError(101, "nobody is outside")
    def connect(self, address):
        self._check(address)
        return super().connect(address)
    def connect_ex(self, address):
        self._check(address)
        return super().connect_ex(address)
    def sendto(self, data, *rest):
        self._check(rest[-1])
        return super().sendto(data, *rest)

socket.socket = Watched
"""
WAYS = {
    "serve": serve(),
    "serve to the network": serve("'0.0.0.0', 0"),
    "streamlit": streamlit("--server.port", "0"),
    "streamlit to the network": streamlit("--server.port", "0", "--server.address", "0.0.0.0"),
}


# Every kind of answer: a page, files of ours and of Streamlit's, what is no page and what is not there.
PATHS = {
    "/": 200,
    "/overview": 200,
    "/app/static/mark.svg": 200,
    "/app/static/nothing.svg": 404,
    "/_stcore/health": 200,
    "/_stcore/host-config": 200,
    "/_stcore/metrics": 404,
    "/media/nothing.csv": 404,
    "/component/nothing/index.html": 404,
    "/..%2fconfig.toml": 400,
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def asked(port: int, path: str = "/", **headers: str) -> tuple[int, Message]:
    """The status of an answer, and its headers."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers


PAGES = {
    "overview": "province=63-36&index=pci&year=2019&lang=vi",
    "data": "part=import&index=par&year=2025&lang=vi",
    "pack": "province=63-36&index=pci&year=2019&lang=en",
}


def session(port: int) -> None:
    """What readers and others do."""

    async def channels() -> None:
        for page, query in PAGES.items():
            async with tab(port) as ours:
                assert await ours.open(page, query)
        for foreign in ({"origin": "http://evil.example"}, {"name": "evil.example"}):
            with pytest.raises(InvalidHandshake):
                async with tab(port, **foreign):
                    pass

    asyncio.run(channels())
    for path, expected in PATHS.items():
        status, headers = asked(port, path)
        assert status == expected, path
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"], path
        assert {name: headers[name] for name in EXPECTED} == EXPECTED, path
    assert asked(port, Host="evil.example")[0] == 421


def recording(folder: Path) -> tuple[dict[str, str], Path]:
    """The environment in which Python records, and where."""
    (folder / "sitecustomize.py").write_text(RECORDER, encoding="utf-8")
    log = folder / "asked"
    log.touch()
    return {"ASKED": str(log), "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}, log


@cache
def watchful() -> bool:
    """Whether strace is there and may look; in CI it must."""
    found = shutil.which("strace") is not None
    found = found and subprocess.run(["strace", "-o", os.devnull, "true"], check=False).returncode == 0
    assert found or os.environ.get("CI") != "true", "no strace: apt-get install strace, and let it trace"
    return found


def traced(command: Sequence[str], log: Path) -> list[str]:
    """The command under strace, which writes into `log` what it sends and where to; bare where there is none."""
    if not watchful():
        return list(command)
    # `-D`: the command stays the child that is told to end.
    return ["strace", "-D", "-f", "--seccomp-bpf", "-e", f"trace={SENT}", "-o", str(log), *command]


SENT = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\(|inet_pton\(AF_INET6, )"([^"]+)"')


def outside(log: Path) -> list[str]:
    """The lines that tell of another machine, or of a question for a name, whoever was asked it."""
    until = time.monotonic() + 30
    while not (text := log.read_text(encoding="utf-8", errors="replace")).rstrip().endswith("+++"):
        assert time.monotonic() < until, "strace goes on"
        time.sleep(0.05)
    lines = [(found, line) for line in text.splitlines() if (found := ADDRESS.search(line))]
    return [line for found, line in lines if found[1] == "53" or not is_loopback(found[2].removeprefix("::ffff:"))]


def test_what_the_kernel_tells_is_understood(tmp_path: Path) -> None:
    if not watchful():
        pytest.skip("no strace: apt-get install strace, and let it trace")
    probe = "import socket; [socket.socket(f, socket.SOCK_DGRAM).connect(to) for f, to in {}]"
    here = [(2, ("127.0.0.1", 9)), (10, ("::1", 9))]
    for to, told in ((("192.0.2.1", 9), "192.0.2.1"), (("127.0.0.1", 53), "htons(53)")):
        command = [sys.executable, "-c", probe.format([*here, (2, to)])]
        subprocess.run(traced(command, tmp_path / "log"), check=True)
        (line,) = outside(tmp_path / "log")
        assert told in line


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_looked_up_outside(way: str, store_path: Path, tmp_path: Path) -> None:
    env, log = recording(tmp_path)
    # The recorder itself must work, or the test could not fail.
    probe = "import socket\ntry: socket.create_connection(('checkip.example', 80))\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", probe], env=os.environ | env, check=True)
    assert log.read_text(encoding="utf-8").split() == ["checkip.example"]
    log.write_text("", encoding="utf-8")

    kernel = tmp_path / "kernel"
    with served(store_path, tmp_path, traced(WAYS[way], kernel), env=env) as server:
        session(server.port)
    assert log.read_text(encoding="utf-8") == ""
    assert not kernel.exists() or outside(kernel) == []


def test_a_proxy_that_asks_by_another_name_is_let_in_without_a_lookup(store_path: Path, tmp_path: Path) -> None:
    env, log = recording(tmp_path)

    async def ours(port: int) -> None:
        async with tab(port, origin="https://pci.tinh.gov.vn") as page:
            assert await page.open("data", "lang=vi")

    with served(store_path, tmp_path, env=env | {"VUOTBAC_HOSTS": "pci.tinh.gov.vn"}) as server:
        asyncio.run(ours(server.port))
    assert log.read_text(encoding="utf-8") == ""
