"""A server of its own for a test, in a process of its own, far from the project's folder."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.stores import copied

ROOT = Path(__file__).parents[1]
SERVE = "from dashboard.server.serve import serve; serve({}, say=lambda address: print(address, flush=True))"


@dataclass(frozen=True)
class Served:
    """A running server: its address, its store, and all that it has said."""

    address: str
    store: Path
    said: list[str]

    @property
    def port(self) -> int:
        found = urlsplit(self.address).port
        assert found is not None
        return found


def serve(arguments: str = "port=0", before: str = "") -> list[str]:
    """The command of `vuotbac serve`, with other arguments of the function; `before` goes before it."""
    return [sys.executable, "-c", f"{before}\n{SERVE.format(arguments)}"]


def vuotbac(*arguments: str) -> list[str]:
    """The command of `vuotbac serve` itself."""
    return [sys.executable, "-m", "dashboard.command", "serve", "--no-browser", "--port", "0", *arguments]


def streamlit(*options: str) -> list[str]:
    """The command of `streamlit run`."""
    run = [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard" / "app.py")]
    return [*run, "--server.headless", "true", *options]


@contextmanager
def served(
    source: Path,
    folder: Path,
    command: Sequence[str] = (),
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[Served]:
    """A server on a copy of the store `source` in `folder`, until the block ends."""
    store = copied(source, folder / "store.duckdb")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("STREAMLIT_", "PYTEST_"))}
    ours = {"PYTHONPATH": str(ROOT), "VUOTBAC_STORE": str(store), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        command or serve(),
        cwd=cwd or folder,
        env=clean | ours | dict(env or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said: list[str] = []
    try:
        yield Served(_said(server, said), store, said)
    finally:
        server.terminate()
        server.wait(timeout=20)
        assert server.stdout is not None
        server.stdout.close()


def _said(server: subprocess.Popen[str], said: list[str]) -> str:
    """The address that the server prints; a dead or silent server fails the test instead of hanging it."""
    found: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        assert server.stdout is not None
        for line in server.stdout:
            said.append(line)
            if "http://" in line:
                found.put("http://" + line.split("http://", 1)[1].split()[0].rstrip(".,"))
        found.put("")

    threading.Thread(target=listen, daemon=True).start()
    address = found.get(timeout=120)
    assert address, f"the server ended with {server.poll()}: {''.join(said)}"
    return address
