"""Opening a page of the dashboard without a browser."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard.session import pending

APP = Path(__file__).parents[2] / "dashboard" / "app.py"


def opened(page: str, **params: str) -> AppTest:
    """A page by its address, with what its address says."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    # `switch_page` knows files only; a page that is a function goes by the hash of its address.
    app._page_hash = calc_hash(page)
    app.query_params.update(params)
    return app.run()


def answered(app: AppTest) -> AppTest:
    """The page once all that it computes has come; a browser looks for it by itself."""
    for _ in range(10):
        if 'class="vb-waiting"' not in body(app):
            return app
        # Answered one at a time, in their order: once this one is, so are those that the page waits for.
        pending._POOL.submit(lambda: None).result(120)
        app.run()
    raise AssertionError("the page goes on waiting")


def body(app: AppTest) -> str:
    """Everything that a page wrote as HTML."""
    assert not app.exception
    return "\n".join(str(item.proto.body) for item in app.get("html"))


def described(app: AppTest) -> list[str]:
    """What each chart of a page shows, in the words that stand before it for those who listen."""
    return [unescape(words) for words in re.findall(r'<p class="vb-hidden">([^<]*)</p></div>', body(app))]


def filters(app: AppTest) -> dict[str, dict[str, Any]]:
    """What there is to choose on a page, by name, as the browser is told; each with its options."""
    sent = told(app).values()
    lists = {name: rows for data in sent for name, rows in data.get("lists", {}).items()}
    found = {item["name"]: item for data in sent for item in data.get("filters", ())}
    for item in found.values():
        rows, without = item.get("options") or lists[item["list"]], item.get("without", ())
        item["options"] = [row for row in rows if row[0] not in without]
    return found


def told(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the browser is told of each of our own elements, by their identity."""
    found = ((item.proto.id, json.loads(item.proto.json)[0]) for item in app.get("bidi_component"))
    return {id: data for id, data in found if isinstance(data, dict)}


def pick(app: AppTest, name: str, value: str | None) -> AppTest:
    """Choose something as a reader does: the browser sends what was picked."""
    element = next(
        id for id, data in told(app).items() if name in {item["name"] for item in data.get("filters", ())}
    )
    states = app._tree.get_widget_states()
    sent = states.widgets.add()
    sent.id = _make_trigger_id(element, "events")
    sent.json_trigger_value = json.dumps([{"event": "chosen", "value": [{"filter": name, "value": value}]}])
    return app._run(states)
