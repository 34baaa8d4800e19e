"""A page over the websocket, as a browser asks for it, or as somebody does who writes his own messages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol


@dataclass
class Tab:
    """One browser tab."""

    channel: ClientConnection
    page: str = ""
    query: str = ""

    async def open(self, page: str, query: str) -> list[Element]:
        """What the first run of a page draws."""
        self.page, self.query = page, query
        return await self.send({})

    async def send(self, widgets: Mapping[str, str | bool]) -> list[Element]:
        """What a run draws in which widgets have these values, by their identity; True presses a button."""
        message = BackMsg()
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
            if answer.WhichOneof("type") == "script_finished":
                return drawn
            if answer.WhichOneof("type") == "delta":
                drawn.append(answer.delta.new_element)


@asynccontextmanager
async def tab(port: int, name: str = "127.0.0.1", origin: str | None = None) -> AsyncIterator[Tab]:
    """A tab on the server at a port of this machine, asked for by a name, from a page."""
    channel = connect(
        f"ws://{name}:{port}/_stcore/stream",
        host="127.0.0.1",
        port=port,
        subprotocols=[Subprotocol("streamlit")],
        origin=None if origin is None else Origin(origin),
        max_size=None,
    )
    async with channel as opened:
        yield Tab(opened)


def html(drawn: list[Element]) -> str:
    """All that was written as HTML."""
    return "\n".join(element.html.body for element in drawn if element.WhichOneof("type") == "html")


def kinds(drawn: list[Element]) -> set[str]:
    """The kinds of what was drawn."""
    return {element.WhichOneof("type") or "" for element in drawn}
