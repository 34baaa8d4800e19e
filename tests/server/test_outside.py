"""Nothing leaves the machine: not at the start, not for a reader, not for who comes by a foreign name or page."""

from __future__ import annotations

import asyncio
import http.client
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import InvalidHandshake

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


def asked(port: int, path: str = "/", **headers: str) -> tuple[int, str]:
    """The status of an answer, and the policy that came with it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers["content-security-policy"]


def session(port: int) -> None:
    """What readers and others do."""

    async def channels() -> None:
        async with tab(port) as ours:
            assert await ours.open("data", "index=pci&year=2023&lang=vi")
        for foreign in ({"origin": "http://evil.example"}, {"name": "evil.example"}):
            with pytest.raises(InvalidHandshake):
                async with tab(port, **foreign):
                    pass

    asyncio.run(channels())
    status, policy = asked(port)
    assert status == 200
    assert "frame-ancestors 'self'" in policy
    assert asked(port, Host="evil.example")[0] == 421
    assert asked(port, "/_stcore/metrics")[0] == 404


def recording(folder: Path) -> tuple[dict[str, str], Path]:
    """The environment in which Python records, and where."""
    (folder / "sitecustomize.py").write_text(RECORDER, encoding="utf-8")
    log = folder / "asked"
    log.touch()
    return {"ASKED": str(log), "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}, log


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_looked_up_outside(way: str, store_path: Path, tmp_path: Path) -> None:
    env, log = recording(tmp_path)
    # The recorder itself must work, or the test could not fail.
    probe = "import socket\ntry: socket.create_connection(('checkip.example', 80))\nexcept OSError: pass"
    subprocess.run([sys.executable, "-c", probe], env=os.environ | env, check=True)
    assert log.read_text(encoding="utf-8").split() == ["checkip.example"]
    log.write_text("", encoding="utf-8")

    with served(store_path, tmp_path, WAYS[way], env=env, cwd=ROOT) as server:
        session(server.port)
    assert log.read_text(encoding="utf-8") == ""


def test_a_proxy_that_asks_by_another_name_is_let_in_without_a_lookup(store_path: Path, tmp_path: Path) -> None:
    env, log = recording(tmp_path)

    async def ours(port: int) -> None:
        async with tab(port, origin="https://pci.tinh.gov.vn") as page:
            assert await page.open("data", "lang=vi")

    with served(store_path, tmp_path, env=env | {"VUOTBAC_HOSTS": "pci.tinh.gov.vn"}) as server:
        asyncio.run(ours(server.port))
    assert log.read_text(encoding="utf-8") == ""
