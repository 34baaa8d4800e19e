"""Who is let in: by which name, from which page, to which address; and what goes out with every answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from dashboard.server import door
from dashboard.server.door import CLOSED, Door, behind_door, known_hosts
from dashboard.session.loopback import HOSTS, is_loopback


async def inside(scope: Any, receive: Any, send: Any) -> None:
    """An application that lets everybody do everything."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    message = await receive()
    status = 200 if message["type"] == "http.request" else 408
    await send({"type": "http.response.start", "status": status, "headers": [(b"x-own", b"1")]})
    await send({"type": "http.response.body", "body": b"in"})


def asked(
    *headers: tuple[str, str],
    path: str = "/",
    method: str = "GET",
    kind: str = "http",
    host: str = "127.0.0.1",
    named: tuple[str, ...] = (),
    client: tuple[str, int] | None = ("127.0.0.1", 5),
    body: list[dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """What a server bound to `host` answers."""
    sent: list[dict[str, Any]] = []
    scope = {"type": kind, "path": path, "headers": [(name.encode(), value.encode()) for name, value in headers]}
    scope |= {"client": client} | ({"method": method} if kind == "http" else {})
    messages = iter(body or [{"type": "http.request" if kind == "http" else "websocket.connect"}])

    async def receive() -> dict[str, Any]:
        message = next(messages, None)
        if message is None:
            await asyncio.sleep(3600)
            raise AssertionError
        return message

    async def send(message: Any) -> None:
        sent.append(dict(message))

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOSTS, ",".join(named))
        application = behind_door(inside, host)
    asyncio.run(application(scope, receive, send))
    return sent


def status(*headers: tuple[str, str], **more: Any) -> int:
    return int(asked(*headers, **more)[0]["status"])


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "127.0.0.2"])
def test_this_machine_is_let_in_by_its_own_names(host: str) -> None:
    assert status(("host", host)) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8501",
        "localhost.evil.example",
        "192.168.1.7",
        "",
        "a@localhost",
        "localhost:0x",
        "x/y",
    ],
)
def test_a_foreign_name_is_refused_on_this_machine(host: str) -> None:
    assert status(("host", host)) == 421


def test_no_name_and_two_names_are_refused() -> None:
    assert status() == 421
    assert status(("host", "localhost"), ("host", "evil.example")) == 421


def test_the_network_asks_by_address_or_by_a_name_that_was_given() -> None:
    assert status(("host", "192.168.1.7:8501"), host="0.0.0.0") == 200
    assert status(("host", "pci.tinh.gov.vn"), host="0.0.0.0") == 421
    assert status(("host", "PCI.tinh.gov.vn."), host="0.0.0.0", named=("pci.tinh.gov.vn",)) == 200
    assert status(("host", "evil.example"), host="0.0.0.0", named=("pci.tinh.gov.vn",)) == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:9999", "http://[", "https://localhost.evil"]
)
def test_what_a_foreign_page_sends_is_refused(origin: str) -> None:
    known = ("host", "localhost:8501")
    assert status(known, ("origin", origin), method="POST", path="/_stcore/upload_file/a/b") == 403
    assert status(known, ("origin", origin), method="DELETE") == 403
    (closed,) = asked(known, ("origin", origin), kind="websocket", path="/_stcore/stream")
    assert closed == {"type": "websocket.close", "code": 1008}


def test_our_own_pages_are_let_in() -> None:
    known, own = ("host", "localhost:8501"), ("origin", "http://localhost:8501")
    assert status(known, own, method="POST") == 200
    assert asked(known, own, kind="websocket")[0]["type"] == "websocket.accept"
    assert asked(known, kind="websocket")[0]["type"] == "websocket.accept"


def test_a_proxy_may_ask_by_another_name_than_the_browser() -> None:
    sent = {"method": "POST", "host": "0.0.0.0", "named": ("pci.tinh.gov.vn",)}
    assert status(("host", "10.0.0.5:8501"), ("origin", "https://pci.tinh.gov.vn"), **sent) == 200
    assert status(("host", "10.0.0.5:8501"), ("origin", "https://evil.example"), **sent) == 403


@pytest.mark.parametrize("client", [("192.168.1.7", 5), ("::ffff:192.168.1.7", 5), ("2001:db8::7", 5)])
def test_a_server_for_this_machine_lets_nobody_in_from_elsewhere(client: tuple[str, int]) -> None:
    own = ("host", "localhost:8501")
    assert status(own, client=client) == 421
    (closed,) = asked(own, client=client, kind="websocket")
    assert closed["type"] == "websocket.close"
    assert status(own, client=("::1", 5)) == status(own, client=None) == 200
    # Behind a proxy that its keeper has named it is everybody's (`tests/dashboard/test_person.py`).
    assert status(("host", "pci.tinh.gov.vn"), client=client, named=("pci.tinh.gov.vn",)) == 200


def test_one_address_opens_so_many_channels_and_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "CHANNELS", 2)
    application = Door(inside_until_told, known_hosts("0.0.0.0"), False)

    async def opened(address: str, ends: asyncio.Event) -> str:
        sent: list[str] = []
        scope = {"type": "websocket", "path": "/", "headers": [(b"host", b"localhost")], "client": (address, 5)}

        async def receive() -> dict[str, Any]:
            if sent:
                await ends.wait()
            return {"type": "websocket.connect"}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        task = asyncio.create_task(application(scope, receive, send))
        while not sent:
            await asyncio.sleep(0)
        tasks.append(task)
        return sent[0]

    tasks: list[asyncio.Task[None]] = []

    async def run() -> None:
        ends = asyncio.Event()
        accepted, closed = "websocket.accept", "websocket.close"
        assert [await opened("192.168.1.7", ends) for _ in range(3)] == [accepted, accepted, closed]
        assert await opened("192.168.1.8", ends) == accepted
        assert [await opened("127.0.0.1", ends) for _ in range(3)] == [accepted] * 3
        ends.set()
        await asyncio.gather(*tasks)
        assert await opened("192.168.1.7", ends) == accepted
        await asyncio.gather(*tasks)

    asyncio.run(run())
    assert not application._channels


async def inside_until_told(scope: Any, receive: Any, send: Any) -> None:
    """An application whose channels stay open."""
    await receive()
    await send({"type": "websocket.accept"})
    await receive()


@pytest.mark.parametrize("path", [*CLOSED, "/_stcore/agent/mcp", "//_stcore/metrics", "/pci/_stcore/metrics"])
def test_what_nobody_needs_is_closed(path: str) -> None:
    assert status(("host", "localhost"), path=path) == 404
    assert status(("host", "localhost"), path=path, method="POST") == 404


def test_every_answer_says_what_a_browser_may_do_with_it() -> None:
    for answer in (asked(("host", "localhost"))[0], asked(("host", "evil.example"))[0]):
        headers = dict(answer["headers"])
        policy = headers[b"content-security-policy"].decode()
        assert "frame-ancestors 'self'" in policy
        assert "default-src 'self'" in policy
        assert "http" not in policy
        assert headers[b"x-content-type-options"] == b"nosniff"
        assert headers[b"referrer-policy"] == b"same-origin"


def test_a_body_that_does_not_come_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.05)
    sent = asked(("host", "localhost"), method="POST", body=[])
    assert sent  # with one message at hand it is answered
    first = {"type": "http.request", "body": b"a", "more_body": True}

    async def waits(scope: Any, receive: Any, send: Any) -> None:
        found = []
        while True:
            found.append((await receive())["type"])
            if found[-1] == "http.disconnect":
                break
        await send({"type": "ended", "found": found})

    ended: list[Any] = []

    async def run() -> None:
        messages = [first]

        async def receive() -> Any:
            if not messages:
                await asyncio.sleep(3600)
            return messages.pop()

        async def send(message: Any) -> None:
            ended.append(message)

        scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"host", b"localhost")]}
        await Door(waits, known_hosts("127.0.0.1"), True)(scope, receive, send)

    asyncio.run(run())
    assert ended == [{"type": "ended", "found": ["http.request", "http.disconnect"]}]


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("pci", False),
    ],
)
def test_what_can_be_reached_from_this_machine_alone(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_body_that_drips_is_ended_though_each_piece_comes_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WHOLE", 0.3)
    came: list[str] = []

    async def reads(scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive())["type"] == "http.request" and message["more_body"]:
            came.append("x")
        came.append(message["type"])

    async def drip() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    scope = {"type": "http", "path": "/", "method": "PUT", "headers": [(b"host", b"localhost")], "client": None}
    asyncio.run(asyncio.wait_for(behind_door(reads, "127.0.0.1")(scope, drip, send), 20))
    assert came[-1] == "http.disconnect"
    assert came[0] == "x"
