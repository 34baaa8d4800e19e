"""Servers for the benchmarks: a checkout's dashboard, a Streamlit script, and the processor time they take."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Seconds without work after which a server has warmed up: it begins with what takes longest some seconds late.
QUIET = 8.0
_STOCK = ("--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none")


@dataclass
class Server:
    """A server, and the processor time that it has taken."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def seconds(self) -> float:
        """Processor seconds since its start, of all threads that it has or had."""
        # The number of a process's own clock, as clock_getcpuclockid(3) gives it.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def warm(self) -> None:
        """Wait until it has done nothing for a while: what it prepares after its start is no reader's doing."""
        used, since = self.seconds, time.monotonic()
        while time.monotonic() - since < QUIET:
            time.sleep(0.5)
            if self.seconds - used > 0.05:
                used, since = self.seconds, time.monotonic()


@contextlib.contextmanager
def served(command: list[str], own: Mapping[str, str]) -> Iterator[Server]:
    """A server on a free port that listens; `own` are its environment variables, beside those that there are.

    In a folder of its own: Streamlit reads the settings of the one that it is started in, and a plain page with
    ours would be none (without Streamlit's collection of garbage after every run it answers twice as fast).
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            [*command, str(port)],
            cwd=folder,
            env=os.environ | own,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 120
            while time.monotonic() < deadline and process.poll() is None:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.01)
            yield Server(process, port)
        finally:
            process.terminate()
            process.wait(20)


def dashboard(store: Path, root: Path = ROOT) -> contextlib.AbstractContextManager[Server]:
    """A checkout's `vuotbac serve`, with its store at `store`, which it builds where there is none."""
    command = [sys.executable, "-m", "dashboard.command", "serve", "--no-browser", "--port"]
    return served(command, {"PYTHONPATH": str(root), "VUOTBAC_STORE": str(store)})


def script(path: Path, **own: str) -> contextlib.AbstractContextManager[Server]:
    """A script as `streamlit run` serves it, with its stock settings."""
    return served([sys.executable, "-m", "streamlit", "run", str(path), *_STOCK, "--server.port"], own)
