"""Every command and every page once, with whatever libraries are installed.

Run from the project's folder by an environment's own Python; stops with what went wrong first. Pages are opened by
Streamlit's own tests and then over the websocket of a server, as a browser opens them.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import shlex
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.runs import Reader, connect, served
from dashboard.command import main
from tests.dashboard.opening import body, opened

ROOT = Path(__file__).parents[1]
PAGES = sorted(path.parent.name for path in (ROOT / "dashboard" / "views").glob("*/page.py"))
CHOSEN = {"province": "63-36", "index": "pci", "year": "2019"}
OF = "--province 'nam dinh' --index pci --year 2019"
COMMANDS = (
    "build",
    "coverage",
    "ranking --index pci --year 2023",
    "history --province 'nam dinh' --index pci",
    "audit --index pci --year 2019",
    f"weakness {OF}",
    "peers --province 'nam dinh'",
    f"precedent {OF} --component transparency",
    f"whatif {OF} --set transparency=7",
    f"change {OF}",
    f"target {OF}",
    "robustness --index pci --year 2019 --draws 500",
    "drivers --index pci --outcome new_firms",
    "forecast --province 'nam dinh' --index pci --year 2019",
    "merger --index pci --year 2023",
    f"brief {OF} --out {{folder}}/brief.pdf",
    f"pack {OF} --out {{folder}}",
    "import {folder}/table.csv --index par --year 2014",
    "batches",
    "undo 1",
)
TABLE = "Tỉnh;Điểm\nNam Định;80,25\nHà Nội;91,43\n"


def commands(folder: Path) -> None:
    """Each of `COMMANDS`, as people type it."""
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    for command in COMMANDS:
        said, complained = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
            try:
                main(shlex.split(command.format(folder=folder)))
            except SystemExit as ended:
                status = ended.code or 0
        if status or not said.getvalue().strip():
            raise SystemExit(f"vuotbac {command}: {status}\n{said.getvalue()}{complained.getvalue()}")


def pages() -> None:
    """Each page's script."""
    for page in PAGES:
        if not body(opened(page, **CHOSEN)):
            raise SystemExit(f"/{page} is empty")


async def requests(folder: Path) -> None:
    """Each page of a server, up to the end of its first run."""
    query = "&".join(f"{name}={value}" for name, value in CHOSEN.items())
    with served(ROOT, folder) as server:
        for page in PAGES:
            stream = f"ws://127.0.0.1:{server.port}/_stcore/stream"
            async with connect(stream, subprotocols=["streamlit"], max_size=None) as socket:
                reader = Reader(socket, page, query)
                await asyncio.wait_for(reader.open(), 60)
                if reader.received < 10_000:
                    raise SystemExit(f"/{page}: the server sent {reader.received} bytes")


if __name__ == "__main__":
    begun = time.perf_counter()
    # Streamlit warns of every script that no browser asked for.
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VUOTBAC_STORE"] = f"{folder}/store.duckdb"
        commands(Path(folder))
        pages()
        asyncio.run(requests(Path(folder) / "server"))
    took = time.perf_counter() - begun
    sys.stdout.write(f"{len(COMMANDS)} commands and {len(PAGES)} pages in {took:.0f} s\n")
