"""Serves the dashboard: uvicorn with Streamlit's application object, the data loaded before anyone asks.

`streamlit run dashboard/app.py` works as well; this starts from any folder, stalls websockets less, and brings
the project's own settings with it wherever it was installed.
"""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
import tomllib
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

from dashboard.server import door
from dashboard.server.door import behind_door, patient_protocol
from dashboard.session.loopback import HOSTS, READ_ONLY, named_hosts
from data.text import Problem, Text

HOST = "127.0.0.1"
PORT = 8501
FOLDER = Path(__file__).parents[1]

# Where Streamlit looks as well when it is told to run `app.py`.
_CONFIG = FOLDER / ".streamlit" / "config.toml"
# Seconds after which the frame of the first page has most likely been sent; loading data earlier would delay it.
_FRAME = 0.2
# Seconds after which the first page has most likely been drawn.
_FIRST_READER = 6.0
# Seconds after which Python lets another thread run while the data are loading.
_TURN = 0.0005
_WEBSOCKET_BYTES = 25 * 1024 * 1024


def serve(
    host: str = HOST,
    port: int = PORT,
    open_browser: bool = False,
    say: Callable[[str], None] = lambda _: None,
    *,
    hosts: Sequence[str] = (),
    read_only: bool = False,
) -> None:
    """Serve the dashboard at `host` and `port` until it is interrupted; `say` is called with its address.

    `hosts` are further names by which the server may be asked for (`dashboard.server.door.known_hosts`);
    `read_only` takes no entries, whoever asks. Raises Problem where the port is taken, the host is not an
    address of this machine, or sign-in is set up wrongly (`check_sign_in`).
    """
    listening = _listen(host, port)
    with listening:
        # Late, so that a taken port is refused at once and `vuotbac --help` does not wait for Streamlit.
        import uvicorn
        from streamlit import App, config

        problems: list[Problem] = []

        def stop(problem: Problem) -> None:
            problems.append(problem)
            server.should_exit = True

        # What goes wrong in a callback, before the page's own script has begun.
        app = App(FOLDER / "app.py", lifespan=_warming(stop), on_script_error=_explained)
        configure()
        _bound(host, hosts, read_only)
        _check_sign_in()
        address = _address(host, listening.getsockname()[1])
        say(address)
        server = uvicorn.Server(
            uvicorn.Config(
                behind_door(app, host),
                http=patient_protocol(),
                log_level="warning",
                ws="websockets-sansio",
                ws_max_size=_WEBSOCKET_BYTES,
                # A channel whose other end is silent, or stops within a message, is closed.
                ws_ping_interval=door.PATIENCE,
                ws_ping_timeout=door.PATIENCE,
                ws_per_message_deflate=config.get_option("server.enableWebsocketCompression"),
                timeout_graceful_shutdown=3,
            )
        )
        if open_browser:
            webbrowser.open(address)
        server.run(sockets=[listening])
    if problems:
        raise problems[0]


def _check_sign_in() -> None:
    from dashboard.session.person import check_sign_in  # with Streamlit, which a refused command needs not

    check_sign_in()


def _explained(error: Exception) -> bool:
    from dashboard.widgets.unforeseen import explained  # with the page's own libraries, which the start needs not

    return explained(error)


def _bound(host: str, hosts: Sequence[str], read_only: bool) -> None:
    """Tell the pages where the server listens and by which names: what may be entered depends on it."""
    from streamlit import config

    config.set_option("server.address", host)
    os.environ[HOSTS] = ",".join([*named_hosts(), *hosts])
    if read_only:
        os.environ[READ_ONLY] = "1"


def configure() -> None:
    """Give Streamlit the project's settings, whatever folder it was started in.

    What was set by environment variable (`STREAMLIT_…`) stays: that is how those who run a server change it.
    """
    from streamlit import config

    for key, value in _options(tomllib.loads(_CONFIG.read_text(encoding="utf-8"))):
        if "environment variable" not in config.get_where_defined(key):
            config.set_option(key, value, str(_CONFIG))


def _options(content: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _options(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; it stays open, so that no other program can take the port before uvicorn does."""
    if not 0 <= port <= 65535:
        raise Problem(
            f"Không có cổng {port}; cổng là số từ 0 đến 65535. Dùng: vuotbac serve --port {PORT}",
            f"There is no port {port}; ports go from 0 to 65535. Use: vuotbac serve --port {PORT}",
        )
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:  # no such name, or one that can be none
        raise _no_host(host) from error
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(target)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise Problem(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: vuotbac serve --port {port + 1}",
                f"Port {port} is taken by another program. Choose another: vuotbac serve --port {port + 1}",
            ) from error
        if error.errno == errno.EACCES:
            raise Problem(
                f"Không được phép mở cổng {port}. Chọn cổng từ 1024 trở lên: vuotbac serve --port {PORT}",
                f"Port {port} may not be opened. Choose one from 1024 up: vuotbac serve --port {PORT}",
            ) from error
        raise _no_host(host) from error
    return listening


def _no_host(host: str) -> Problem:
    return Problem(
        f"Máy này không có địa chỉ “{host}”. Dùng {HOST} (chỉ máy này) hoặc 0.0.0.0 (cả mạng nội bộ).",
        f"This machine has no address “{host}”. Use {HOST} (this machine only) or 0.0.0.0 (the local network).",
    )


def _address(host: str, port: int) -> str:
    shown = "localhost" if host in ("0.0.0.0", "::", HOST) else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _warming(failed: Callable[[Problem], None]) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """The lifespan of the application: loads the data while the first browser still loads its scripts.

    `failed` is called with the Problem that kept the data from loading.
    """
    stopped = Event()

    def load() -> None:
        if stopped.wait(_FRAME):
            return
        # Meanwhile the first browser fetches some sixty scripts, which must not wait long for the interpreter.
        interval = sys.getswitchinterval()
        sys.setswitchinterval(_TURN)
        try:
            _load()
        except Problem as problem:
            failed(problem)
        finally:
            sys.setswitchinterval(interval)

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(asyncio.to_thread(work)) for work in (load, partial(_warm_up, stopped))]
        async with sweeping(app):
            yield
        stopped.set()
        await asyncio.gather(*tasks)

    return lifespan


@asynccontextmanager
async def sweeping(_app: Any) -> AsyncIterator[None]:
    """The lifespan of an application that lets go of files that were sent to it (`dashboard.server.uploads`)."""
    from dashboard.server.uploads import swept

    task = asyncio.create_task(swept())
    yield
    task.cancel()


def _load() -> None:
    from dashboard.charts.specification import load
    from dashboard.session.resources import resources
    from dashboard.text import LANGUAGES, texts

    for lang in LANGUAGES:
        texts(lang)
    resources()
    # Altair, which the first chart would otherwise wait for.
    load()


def _warm_up(stopped: Event) -> None:
    """After the first page, import all other pages and compute the back-tests, which take longest."""
    if stopped.wait(_FIRST_READER):
        return
    from analytics.path.backtest import backtest
    from analytics.path.outlook import outlook
    from dashboard.session.resources import resources

    # The pages, which are imported when they are opened.
    for page in sorted(FOLDER.glob("views/*/page.py")):
        if stopped.is_set():
            return
        import_module(f"dashboard.views.{page.parent.name}.page")
    # An error here will occur on the page again, which tells the reader.
    with suppress(Problem):
        found = resources()
        for index in found.frames.indices:
            chances = found.ask(outlook, index, found.opening_year(index))
            if stopped.is_set():
                return
            if not isinstance(chances, Text):
                found.ask(backtest, index, chances.top)
