"""What one run of a page costs the server: readers over the websocket who choose one province after another.

Prints runs per second of processor time of one server process, which other programs change little, and the
runs per second that were reached. Beside another checkout of the project, in turn on the same machine:

    python benchmarks/runs.py [--beside ../before] [--readers 4] [--runs 60]

A reader sends what a browser sends for a choice (the row of choices' event, for the fragment it stands in) and
waits for the end of that run. Every province of `UNITS` is chosen once before anything is measured: what counts is
what a run costs when the answers are known, not the questions (see `questions.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parent.parent
ADDRESS = "index=pci&year=2019&lang=vi"
PAGES = ("overview", "rankings", "trends", "weaknesses", "target", "change", "pack")
UNITS = ("63-36", "63-22", "63-83", "63-38", "63-01", "63-48", "63-79", "63-31")


@dataclass
class Reader:
    """One browser tab: the widgets it knows, and the messages that it keeps by their hash as a browser does."""

    socket: ClientConnection
    page: str
    query: str
    component: str = ""
    fragment: str = ""
    script: str = ""
    kept: dict[str, ForwardMsg] = field(default_factory=dict)
    received: int = 0

    async def open(self) -> None:
        """The first run, as a browser asks for it."""
        message = self._message()
        message.rerun_script.page_name = self.page
        await self._run(message)

    async def choose(self, unit: str) -> None:
        """Choose a province in the row of choices, and wait until the page is drawn."""
        if not self.component:
            raise RuntimeError(f"/{self.page} has no row of choices with a province")
        message = self._message()
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.fragment_id = self.fragment
        states = message.rerun_script.widget_states.widgets
        states.add(id=self.component, json_value="{}")
        trigger = states.add()
        trigger.id = f"$$STREAMLIT_INTERNAL_KEY_{self.component}__events"
        # "field": before filters were called so.
        event = {"event": "chosen", "value": [{"filter": "province", "field": "province", "value": unit}]}
        trigger.json_trigger_value = json.dumps([event])
        await self._run(message)
        if f"province={unit}" not in self.query:
            raise RuntimeError(f"/{self.page} did not take {unit}: {self.query}")

    def _message(self) -> BackMsg:
        message = BackMsg()
        request = message.rerun_script
        request.query_string = self.query
        request.cached_message_hashes.extend(self.kept)
        request.context_info.timezone = "Asia/Ho_Chi_Minh"
        request.context_info.locale = "vi"
        return message

    async def _run(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())
        while True:
            data = await self.socket.recv()
            self.received += len(data)
            answer = ForwardMsg.FromString(data if isinstance(data, bytes) else data.encode())
            kind = answer.WhichOneof("type")
            if kind == "script_finished":
                return
            if kind == "new_session":
                self.script = answer.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "delta":
                self._delta(answer)

    def _delta(self, answer: ForwardMsg) -> None:
        if answer.metadata.cacheable:
            self.kept[answer.hash] = answer
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(str(element.exception))
        if element.WhichOneof("type") == "bidi_component" and "province" in element.bidi_component.id:
            self.component, self.fragment = element.bidi_component.id, answer.delta.fragment_id


@dataclass
class Server:
    """A checkout's `vuotbac serve`, and the processor time that it has taken."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def seconds(self) -> float:
        """Processor seconds since its start, of all threads that it has or had."""
        # The number of a process's own clock, as clock_getcpuclockid(3) gives it.
        return time.clock_gettime((~self.process.pid << 3) | 2)


@contextlib.contextmanager
def served(root: Path, folder: Path) -> Iterator[Server]:
    """The dashboard of a checkout on a free port, in a folder and with a store of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir()
    command = [sys.executable, "-m", "dashboard.command", "serve", "--no-browser", "--port", str(port)]
    own = {"PYTHONPATH": str(root), "VUOTBAC_STORE": str(folder / "store.duckdb")}
    process = subprocess.Popen(
        command, cwd=folder, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


async def measure(server: Server, page: str, readers: int, runs: int) -> tuple[float, float, float]:
    """Processor seconds a run, seconds a run, and kilobytes a run."""
    stream = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    async with contextlib.AsyncExitStack() as stack:
        tabs = [
            Reader(
                await stack.enter_async_context(connect(stream, subprotocols=["streamlit"], max_size=None)),
                page,
                f"{ADDRESS}&province={UNITS[0]}",
            )
            for _ in range(readers)
        ]
        for tab in tabs:
            await tab.open()
        for unit in (*UNITS[1:], UNITS[0]):
            await tabs[0].choose(unit)
        # Answers that come later (odds, back-test) have come by then.
        await asyncio.sleep(1)
        for unit in (*UNITS[1:], UNITS[0]):
            await tabs[0].choose(unit)
        sent, used, begun = sum(tab.received for tab in tabs), server.seconds, time.perf_counter()

        async def read(tab: Reader, first: int) -> None:
            for turn in range(runs):
                await tab.choose(UNITS[(first + turn + 1) % len(UNITS)])

        await asyncio.gather(*(read(tab, place) for place, tab in enumerate(tabs)))
        count = readers * runs
        passed, used = time.perf_counter() - begun, server.seconds - used
        return used / count, passed / count, (sum(tab.received for tab in tabs) - sent) / count / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--beside", type=Path, help="another checkout of the project, to compare with")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--runs", type=int, default=60, help="of each reader on each page")
    parser.add_argument("--pages", nargs="*", default=PAGES)
    options = parser.parse_args()
    roots = [ROOT, *([options.beside.resolve()] if options.beside else [])]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        servers = [stack.enter_context(served(root, Path(folder) / str(at))) for at, root in enumerate(roots)]
        compare(servers, options.pages, options.readers, options.runs)


def compare(servers: Sequence[Server], pages: Sequence[str], readers: int, runs: int) -> None:
    """Each page on each server in turn, and the mean over the pages."""
    costs: list[list[float]] = []
    for page in pages:
        found = [asyncio.run(measure(server, page, readers, runs)) for server in servers]
        costs.append([cost for cost, _, _ in found])
        said = "   ".join(
            f"{1 / cost:6.1f} runs/s of processor, {1 / passed:6.1f} reached, {size:6.1f} kB"
            for cost, passed, size in found
        )
        print(f"{page:12} {said}{_ratio(costs[-1])}", flush=True)
    means = [statistics.mean(column) for column in zip(*costs, strict=True)]
    said = "   ".join(f"{1 / mean:6.1f} runs/s of processor" for mean in means)
    print(f"{'all pages':12} {said}{_ratio(means)}")


def _ratio(costs: Sequence[float]) -> str:
    return f"   processor time {costs[0] / costs[1]:.2f} ×" if len(costs) > 1 else ""


if __name__ == "__main__":
    main()
