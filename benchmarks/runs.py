"""What one run of a page costs the server: readers over the websocket who choose one province after another.

Prints runs per second of processor time of one server process, which other programs change little, and the
runs per second that were reached. Beside another checkout of the project, in turn on the same machine:

    python benchmarks/runs.py [--beside ../before] [--readers 4]

A reader sends what a browser sends for a choice (the row of choices' event, for the fragment it stands in) and
waits for the end of that run. Every province of `UNITS` is chosen once before anything is measured: what counts is
what a run costs when the answers are known, not the questions (see `questions.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

from served import ROOT, Server, dashboard
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

ADDRESS = "index=pci&year=2019&lang=vi"
PAGES = ("overview", "rankings", "trends", "weaknesses", "target", "change", "pack")
# Runs for which a browser keeps a message that is not used: Streamlit's `global.maxCachedMessageAge`.
AGE = 2
UNITS = {
    "63-36": "Nam Định",
    "63-22": "Quảng Ninh",
    "63-83": "Bến Tre",
    "63-38": "Thanh Hóa",
    "63-01": "Hà Nội",
    "63-48": "Đà Nẵng",
    "63-79": "TP. Hồ Chí Minh",
    "63-31": "Hải Phòng",
}
CODES = tuple(UNITS)


@dataclass
class Reader:
    """One browser tab: the row of filters that it knows, and the messages that it keeps as a browser does.

    `kept` has the number of the run in which a message was last used, by its hash: the server sends what a tab
    keeps by its hash alone. What a run of the page's body has not used for more than `AGE` runs is forgotten.
    """

    socket: ClientConnection
    page: str
    query: str
    component: str = ""
    fragment: str = ""
    script: str = ""
    kept: dict[str, int] = field(default_factory=dict)
    run: int = 0
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
                self.run += 1
                self.kept = {key: used for key, used in self.kept.items() if self.run - used <= AGE}
                return
            if kind == "new_session":
                self.script = answer.new_session.page_script_hash
            elif kind == "page_info_changed":
                self.query = answer.page_info_changed.query_string
            elif kind == "ref_hash":
                self.kept[answer.ref_hash] = self.run
            elif kind == "delta":
                self._delta(answer)

    def _delta(self, answer: ForwardMsg) -> None:
        if answer.metadata.cacheable:
            # What stands outside the page's body is not drawn by its runs, and not forgotten in them.
            self.kept[answer.hash] = self.run if answer.delta.fragment_id else sys.maxsize
        element = answer.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(str(element.exception))
        if element.WhichOneof("type") == "bidi_component" and "province" in element.bidi_component.id:
            self.component, self.fragment = element.bidi_component.id, answer.delta.fragment_id


class PlainReader(Reader):
    """A tab of `plain/app.py`: a province is chosen in a list of Streamlit's, and the whole script runs again."""

    async def choose(self, unit: str) -> None:
        """Choose a province by its name, and wait until the page is drawn."""
        message = self._message()
        message.rerun_script.page_script_hash = self.script
        message.rerun_script.widget_states.widgets.add(id=self.component, string_value=UNITS[unit])
        await self._run(message)

    def _delta(self, answer: ForwardMsg) -> None:
        super()._delta(answer)
        if answer.metadata.cacheable:
            self.kept[answer.hash] = self.run
        element = answer.delta.new_element
        if element.WhichOneof("type") == "selectbox" and UNITS[CODES[0]] in element.selectbox.options:
            self.component = element.selectbox.id


@dataclass
class Load:
    """Readers of one page of one server."""

    server: Server
    tabs: list[Reader]
    turn: int = 0

    @classmethod
    async def of(
        cls,
        server: Server,
        page: str,
        readers: int,
        stack: contextlib.AsyncExitStack,
        reader: type[Reader] = Reader,
    ) -> Load:
        """Open a page (`rankings`, `rankings?view=map`) in as many tabs, and have every answer worked out."""
        stream = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        page, _, view = page.partition("?")
        query = "&".join(filter(None, [ADDRESS, f"province={CODES[0]}", view]))
        sockets = [
            await stack.enter_async_context(connect(stream, subprotocols=["streamlit"], max_size=None))
            for _ in range(readers)
        ]
        load = cls(server, [reader(socket, page, query) for socket in sockets])
        for tab in load.tabs:
            await tab.open()
        for _ in range(2):
            for unit in (*CODES[1:], CODES[0]):
                await load.tabs[0].choose(unit)
            # Answers that come later (odds, back-test) have come by then.
            await asyncio.sleep(1)
        return load

    async def round(self, runs: int) -> Cost:
        """Let every reader choose so many provinces; what a run cost."""
        sent, used, begun = self._received, self.server.seconds, time.perf_counter()

        async def read(tab: Reader, first: int) -> None:
            for turn in range(runs):
                await tab.choose(CODES[(first + turn) % len(CODES)])

        self.turn += 1
        await asyncio.gather(*(read(tab, self.turn + place) for place, tab in enumerate(self.tabs)))
        count, passed = runs * len(self.tabs), time.perf_counter() - begun
        return Cost((self.server.seconds - used) / count, passed / count, (self._received - sent) / count / 1000)

    @property
    def _received(self) -> int:
        return sum(tab.received for tab in self.tabs)


@dataclass(frozen=True)
class Cost:
    """Of one run: processor seconds of the server, seconds until the next, kilobytes sent (before compression)."""

    processor: float
    passed: float
    size: float

    @classmethod
    def median(cls, rounds: Sequence[Cost]) -> Cost:
        """Of several rounds: what disturbs one of them is not counted."""
        return cls(*(statistics.median(getattr(cost, item.name) for cost in rounds) for item in fields(cls)))

    def __str__(self) -> str:
        speed = f"{1 / self.processor:6.1f} runs/s of processor, {1 / self.passed:6.1f} reached"
        return f"{1000 * self.processor:6.2f} ms of processor, {speed}, {self.size:5.1f} kB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--beside", type=Path, help="another checkout of the project, to compare with")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--runs", type=int, default=8, help="of each reader in a round")
    parser.add_argument("--rounds", type=int, default=7, help="of each page and server, in turn")
    parser.add_argument("--pages", nargs="*", default=PAGES)
    options = parser.parse_args()
    roots = [ROOT, *([options.beside.resolve()] if options.beside else [])]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        stores = (Path(folder) / f"{at}.duckdb" for at in range(len(roots)))
        servers = [stack.enter_context(dashboard(*pair)) for pair in zip(stores, roots, strict=True)]
        for server in servers:
            server.warm()
        asyncio.run(compare(servers, options.pages, options.readers, options.runs, options.rounds))


async def compare(servers: Sequence[Server], pages: Sequence[str], readers: int, runs: int, rounds: int) -> None:
    """Each page on each server, round by round in turn, and the mean over the pages."""
    found: list[list[float]] = []
    for page in pages:
        async with contextlib.AsyncExitStack() as stack:
            loads = [await Load.of(server, page, readers, stack) for server in servers]
            done = [[await load.round(runs) for load in loads] for _ in range(rounds)]
        costs = [Cost.median(column) for column in zip(*done, strict=True)]
        found.append([cost.processor for cost in costs])
        print(f"{page:12} {' | '.join(str(cost) for cost in costs)}{_ratio(found[-1])}", flush=True)
    means = [statistics.mean(column) for column in zip(*found, strict=True)]
    said = " | ".join(f"{1000 * mean:6.2f} ms of processor, {1 / mean:6.1f} runs/s" for mean in means)
    print(f"{'all pages':12} {said}{_ratio(means)}")


def _ratio(costs: Sequence[float]) -> str:
    return f" | processor time {costs[0] / costs[1]:.2f} ×" if len(costs) > 1 else ""


if __name__ == "__main__":
    main()
