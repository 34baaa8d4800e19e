"""What looks whether an answer has come goes on looking, once at a time, however close its drawings follow."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(300)

SCRIPT = files("dashboard").joinpath("static/poll.js").read_text(encoding="utf-8")


def test_the_end_of_an_earlier_drawing_leaves_the_next_one_looking(page: Page) -> None:
    page.goto("/_stcore/health")
    # The order in which Streamlit calls them where the second drawing comes before the script has been loaded.
    looked = page.evaluate(
        """async (script) => {
             const module = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
             const parentElement = document.createElement("div");
             parentElement.innerHTML = '<span class="vb-poll"></span>';
             const told = [];
             const draw = (turn) => module.default(
               { data: [50, turn], parentElement, setTriggerValue: (name, value) => told.push([name, value]) });
             draw(1);
             const end = draw(2);
             draw(3);
             end();
             await new Promise((resolve) => setTimeout(resolve, 300));
             return told;
           }""",
        SCRIPT,
    )
    assert looked == [["polled", 3]]
