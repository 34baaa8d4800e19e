"""The door of the server: what is let in to Streamlit, and what goes out with every answer.

Streamlit settles foreign origins by asking a service on the internet for this machine's address, and takes any
`Host`: a page on a foreign site could lead a browser here by a name of its own (DNS rebinding) and import or undo.
So hosts, origins and closed addresses are settled before Streamlit is asked.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from dashboard.session.loopback import is_loopback, named_hosts, only_here
from dashboard.text import LANGUAGES, say

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

# Figures about the server, and ways to drive its pages without a browser: nobody here needs them.
CLOSED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

# Seconds in which the rest of a request must follow what has come of it.
PATIENCE = 20.0
# Seconds for the whole of a body, or for an answer to be read on: the largest upload over a slow line.
WHOLE = 600.0

# Channels of one address of the network, each a session with its memory; a whole office may share one.
CHANNELS = 200

_WRITES = {"POST", "PUT", "PATCH", "DELETE"}

# Streamlit and Vega make functions of text and put styles into the page; nothing else comes from anywhere else.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def known_hosts(host: str) -> frozenset[str]:
    """The names by which a server bound to `host` may be asked for, in lower case.

    Its keeper may give more (`--allow-host`, `VUOTBAC_HOSTS`), as behind a proxy. Bound to the network, the
    machine's own names are known too. Bare addresses need not be listed: a foreign page can't be one.
    """
    names = {"localhost", *named_hosts()}
    if not is_loopback(host):
        names |= {socket.gethostname().lower(), host.lower()}
    return frozenset(names)


def behind_door(application: Application, host: str) -> Door:
    """`application` as a server bound to `host` shows it."""
    return Door(application, known_hosts(host), only_here(host))


class Door:
    """Lets requests in to `application` that ask for one of `hosts`, or for a bare address, from our own pages.

    Where the server is for this machine alone (`only_here`), nobody from elsewhere is let in, however he got here:
    through a proxy that nobody told us of, or since something else than `vuotbac serve` opened the port.
    """

    def __init__(self, application: Application, hosts: frozenset[str], only_here: bool) -> None:
        self._application = application
        self._hosts = hosts
        self._only_here = only_here
        self._channels: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application."""
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
            return
        status = self._refused(scope)
        if status is not None:
            await (_close(receive, send) if scope["type"] == "websocket" else _answer(status, send))
            return
        if scope["type"] == "http":
            await self._application(scope, _patient(receive), _with_headers(send))
        else:
            await self._channel(scope, receive, send)

    async def _channel(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A reader's channel, unless his address has as many as it may."""
        address = "" if _from_here(scope) else scope["client"][0]
        if address and self._channels[address] >= CHANNELS:
            await _close(receive, send)
            return
        self._channels[address] += 1
        try:
            await self._application(_asked_by_page(scope), receive, send)
        finally:
            self._channels[address] -= 1
            if not self._channels[address]:
                del self._channels[address]

    def _refused(self, scope: Scope) -> int | None:
        """The status with which a request is refused; None where it is let in."""
        headers = _headers(scope)
        host = headers.get("host", "")
        if not self._knows(host) or (self._only_here and not _from_here(scope)):
            return 421
        # Wherever Streamlit was told to put its addresses (`server.baseUrlPath`).
        if any(f"{closed}/" in f"/{scope['path']}/" for closed in CLOSED):
            return 404
        origin = headers.get("origin")
        if origin is not None and (scope["type"] == "websocket" or scope["method"] in _WRITES):
            try:
                asked_from = urlsplit(origin).netloc.lower()
            except ValueError:
                return 403
            # A proxy may ask by another name than the browser: one that its keeper has named.
            if asked_from != host.lower() and _name(asked_from) not in self._hosts - {"localhost"}:
                return 403
        return None

    def _knows(self, host: str) -> bool:
        name = _name(host)
        if name is None:
            return False
        if name in self._hosts:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        return address.is_loopback or not self._only_here


def _from_here(scope: Scope) -> bool:
    """Whether whoever asks is on this machine; a proxy says for whom it asks, and uvicorn has read that."""
    client = scope.get("client")
    return client is None or not client[0] or is_loopback(client[0])


def _name(host: str) -> str | None:
    """The name or address in a `Host`, without its port; None where it is none."""
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port
    except ValueError:
        return None
    if parts.username is not None or parts.path or parts.query or parts.fragment or port == 0:
        return None
    return parts.hostname.lower().rstrip(".") if parts.hostname else None


def _asked_by_page(scope: Scope) -> Scope:
    """The same channel, asked for by the name in the browser's address, as no proxy can have changed it.

    Where the two differ, Streamlit would look up the machine's address outside before it refused.
    """
    origin = _headers(scope).get("origin")
    if origin is None:
        return scope
    others = [pair for pair in scope["headers"] if pair[0].lower() != b"host"]
    return {**scope, "headers": [*others, (b"host", urlsplit(origin).netloc.encode("latin-1"))]}


def _headers(scope: Scope) -> dict[str, str]:
    """The headers of a request; a second `Host` or `Origin` makes neither of them good."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        found[key] = f"{found[key]}, {value.decode('latin-1')}" if key in found else value.decode("latin-1")
    return found


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", ())}
            ours = [pair for pair in HEADERS if pair[0] not in present]
            message = {**message, "headers": [*message.get("headers", ()), *ours]}
        await send(message)

    return sent


def _patient(receive: Receive) -> Receive:
    """What is left of a request's body, or its end where it does not come."""
    whole = False
    until = time.monotonic() + WHOLE

    async def received() -> Message:
        nonlocal whole
        if whole:  # from now on it only waits for the browser to leave
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), min(PATIENCE, until - time.monotonic()))
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return received


async def _answer(status: int, send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    said = " / ".join(say(lang, f"door.refused.{status}") for lang in LANGUAGES)  # who asks is not known here
    await send({"type": "http.response.body", "body": f"{said}\n".encode()})


async def _close(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def patient_protocol() -> type[asyncio.Protocol]:
    """uvicorn's protocol, which also ends a connection on which a request is begun and not finished in time."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        """Ends what is half-open: a thousand such connections would leave none for readers."""

        _waiting: asyncio.TimerHandle | None = None
        _unread: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._done()
            elif (
                self._waiting is None and self.transport.get_protocol() is self and not self.transport.is_closing()
            ):
                self._wait()

        def handle_websocket_upgrade(self, event: Any) -> None:
            self._done()  # from here on the connection is another protocol's
            super().handle_websocket_upgrade(event)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._unread = self.loop.call_later(WHOLE, self.transport.abort)

        def resume_writing(self) -> None:
            self._read()
            super().resume_writing()

        def _read(self) -> None:
            if self._unread is not None:
                self._unread.cancel()
                self._unread = None

        def connection_lost(self, exc: Exception | None) -> None:
            self._done()
            self._read()
            super().connection_lost(exc)

        def _wait(self) -> None:
            self._waiting = self.loop.call_later(PATIENCE, self.transport.close)

        def _done(self) -> None:
            if self._waiting is not None:
                self._waiting.cancel()
                self._waiting = None

    return Patient
