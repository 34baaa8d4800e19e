"""A page over the websocket, as a browser asks for it, or as somebody does who writes his own messages."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME, XSRF_COOKIE_NAME
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


@dataclass
class Tab:
    """One browser tab."""

    channel: ClientConnection
    page: str = ""
    query: str = ""
    session: str = ""
    fragment: str = ""

    async def open(self, page: str, query: str) -> list[Element]:
        """What the first run of a page draws."""
        self.page, self.query = page, query
        return await self.send({})

    async def send(self, widgets: Mapping[str, str | bool], part: bool = False) -> list[Element]:
        """What a run draws in which widgets have these values, by their identity; True presses a button.

        `part`: as a browser does whose reader touched what was drawn last, only the part it lies in is run again.
        """
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragment if part else ""
        message.rerun_script.page_name = self.page
        message.rerun_script.query_string = self.query
        for identity, value in widgets.items():
            state = message.rerun_script.widget_states.widgets.add(id=identity)
            if isinstance(value, str):
                state.string_value = value
            else:
                state.trigger_value = value
        await self.channel.send(message.SerializeToString())
        drawn: list[Element] = []
        while True:
            data = await self.channel.recv()
            assert isinstance(data, bytes)
            answer = ForwardMsg.FromString(data)
            if answer.WhichOneof("type") == "new_session":
                self.session = answer.new_session.initialize.session_id or self.session
            if answer.WhichOneof("type") == "delta" and answer.delta.fragment_id:
                self.fragment = answer.delta.fragment_id
            if answer.WhichOneof("type") == "script_finished":
                return drawn
            if answer.WhichOneof("type") == "delta":
                drawn.append(answer.delta.new_element)


@dataclass(frozen=True)
class Account:
    """Somebody as a provider tells of him, in a cookie that the server would sign with this secret."""

    claims: Mapping[str, object]
    secret: str
    origin: str

    def cookie(self) -> str:
        """The cookie's value."""
        said = {"origin": self.origin, "is_logged_in": True, "provider": "default"} | dict(self.claims)
        return create_signed_value(self.secret, USER_COOKIE_NAME, json.dumps(said)).decode()


@asynccontextmanager
async def tab(
    port: int, name: str = "127.0.0.1", origin: str | None = None, account: Account | None = None
) -> AsyncIterator[Tab]:
    """A tab on the server at a port of this machine, asked for by a name, from a page; of an account signed in."""
    protocols, headers = ["streamlit"], {}
    if account is not None:
        # Streamlit hears of an account only from who can read the token of his cookie: a page of ours.
        token = generate_xsrf_token_string()
        protocols.append(token)
        headers["Cookie"] = f"{XSRF_COOKIE_NAME}={token}; {USER_COOKIE_NAME}={account.cookie()}"
    channel = connect(
        f"ws://{name}:{port}/_stcore/stream",
        host="127.0.0.1",
        port=port,
        subprotocols=[Subprotocol(protocol) for protocol in protocols],
        origin=None if origin is None else Origin(origin),
        additional_headers=headers,
        max_size=None,
    )
    async with channel as opened:
        yield Tab(opened)


def named(drawn: list[Element], key: str) -> str:
    """The identity of a widget by the key that our page gave it, or by its end."""
    found = [getattr(element, element.WhichOneof("type") or "html") for element in drawn]
    (identity,) = {item.id for item in found if getattr(item, "id", "").endswith(f"-{key}")}
    return str(identity)


def html(drawn: list[Element]) -> str:
    """All that was written as HTML."""
    return "\n".join(element.html.body for element in drawn if element.WhichOneof("type") == "html")


def kinds(drawn: list[Element]) -> set[str]:
    """The kinds of what was drawn."""
    return {element.WhichOneof("type") or "" for element in drawn}
