"""Commands for whoever keeps the server: backup, restore, doctor."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from dashboard.command.common import AsCsv, AsJson, show, text
from data.text import Problem

app = typer.Typer()

# Less room than this and a day's entries, a backup and a build no longer fit.
_LEAST_ROOM = 200 << 20
# The program is younger than any clock that shows an earlier year.
_MADE_IN = 2026


@app.command()
def backup(target: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    from dashboard.command.common import open_store
    from dashboard.command.terminal import print_line
    from data.store.backup import backup

    with open_store() as store:
        summary = backup(store, target)
    print_line(text("command.say.backed_up", file=target, **_counted(summary.rows)))


@app.command()
def restore(saved: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    from dashboard.command.terminal import print_line
    from data.store import default_path
    from data.store.backup import restore

    summary = restore(default_path(), saved)
    taken = f"{summary.taken_at.astimezone():%d/%m/%Y %H:%M}"
    print_line(text("command.say.restored", file=saved, taken=taken, **_counted(summary.rows)))


def _counted(rows: dict[str, int]) -> dict[str, int]:
    return {"batches": rows["batch"], "notes": rows["note"], "entries": rows["history"]}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is good, and what was found or what to do."""

    check: str
    good: bool
    says: str


@app.command()
def doctor(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8501,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    import polars as pl

    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line

    checks = list(examined(host, port))
    good = sum(item.good for item in checks)
    if as_json or as_csv:
        rows = pl.DataFrame([{"check": item.check, "good": item.good, "says": item.says} for item in checks])
        show(Answer("doctor", None, None, None, rows, Coverage(good, len(checks))), (), as_json, as_csv)
    else:
        for item in checks:
            print_line(f"{'✓' if item.good else '✗'} {text(f'doctor.{item.check}')}: {item.says}")
    if good < len(checks):
        raise typer.Exit(1)


def examined(host: str, port: int) -> Iterator[Check]:
    """Everything that a server needs, in the order in which a fault is mended."""
    looks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("versions", _versions),
        ("store", _store),
        ("entries", _entries),
        ("disk", _disk),
        ("port", lambda: _port(host, port)),
        ("fonts", _fonts),
        ("clock", _clock),
        ("sign_in", lambda: _sign_in(host)),
    )
    for name, look in looks:
        try:
            yield Check(name, True, look())
        except Problem as problem:
            yield Check(name, False, str(problem))


def _versions() -> str:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in ("vuotbac", "streamlit", "duckdb", "polars", "sqlalchemy"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError as error:
            raise Problem(
                f"Thiếu thư viện {name}. Cài lại: pip install -c constraints.txt .",
                f"The library {name} is missing. Install again: pip install -c constraints.txt .",
            ) from error
    return f"Python {sys.version.split()[0]}, {', '.join(found)}"


def _store() -> str:
    from data.fingerprint import fingerprint
    from data.store import Store, default_path, figures, place_of
    from data.store.entries import Entries

    path = default_path()
    state = Store(path, Entries(place_of(path))).state()
    if state is None:
        return text("doctor.store_none", path=path)
    if state.format < figures.FORMAT or state.fingerprint != fingerprint():
        return text("doctor.store_old", path=path)
    return str(path)


def _entries() -> str:
    from data.store import default_path, figures, place_of
    from data.store.entries import Entries, missing
    from data.store.tables import TABLES

    entries = Entries(place_of(default_path()))
    if not entries.exists():
        state = figures.state(default_path())
        if state is not None and state.entries is not None:
            raise missing(Path(str(entries)))
        return text("doctor.entries_none", place=entries)
    with entries.read() as reading:
        rows = {name: reading.table(name).height for name in TABLES}
    if entries.file is not None:
        entries.check()
    return text("doctor.entries_hold", place=entries, **_counted(rows))


def _disk() -> str:
    from data.store import default_path

    folder = default_path().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if not os.access(folder, os.W_OK):
        raise Problem(
            f"Không được ghi vào {folder}. Sửa quyền, hoặc đặt VUOTBAC_STORE đến nơi ghi được.",
            f"{folder} may not be written to. Change its permissions, or set VUOTBAC_STORE to another place.",
        )
    if free < _LEAST_ROOM:
        raise Problem(
            f"Ổ đĩa của {folder} chỉ còn {free >> 20} MB. Giải phóng ít nhất {_LEAST_ROOM >> 20} MB.",
            f"The disk of {folder} has only {free >> 20} MB left. Free at least {_LEAST_ROOM >> 20} MB.",
        )
    return text("doctor.disk_free", folder=folder, free=free >> 30)


def _port(host: str, port: int) -> str:
    from dashboard.server.serve import _listen as listen

    listen(host, port).close()
    return f"{host}:{port}"


def _fonts() -> str:
    fonts = Path(__file__).parents[1] / "fonts"
    static = Path(__file__).parents[1] / "static"
    found = [*fonts.glob("*.ttf"), *static.glob("*.woff2")]
    if not list(fonts.glob("*.ttf")) or not list(static.glob("*.woff2")):
        raise Problem(
            f"Thiếu tệp phông chữ trong {fonts} hoặc {static}. Cài lại chương trình.",
            f"Font files are missing in {fonts} or {static}. Install the program again.",
        )
    return text("doctor.fonts_found", count=len(found))


def _clock() -> str:
    now = datetime.now(UTC)
    if now.year < _MADE_IN:
        raise Problem(
            f"Đồng hồ máy chỉ {now:%d/%m/%Y}. Chỉnh lại giờ: mọi mục nhập đều ghi theo đồng hồ này.",
            f"The clock says {now:%d/%m/%Y}. Set it right: every entry is dated by it.",
        )
    return f"{now:%d/%m/%Y %H:%M} UTC"


def _sign_in(host: str) -> str:
    from dashboard.session.loopback import READ_ONLY, only_here
    from dashboard.session.person import check_sign_in, sign_in_is_set_up

    if os.environ.get(READ_ONLY):
        return text("doctor.sign_in_read_only")
    check_sign_in()
    if sign_in_is_set_up():
        return text("doctor.sign_in_on")
    return text("doctor.sign_in_local" if only_here(host) else "doctor.sign_in_network")
