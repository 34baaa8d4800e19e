"""What nobody foresaw is one sentence with a number that is in the log: on a page, in a part of it that is drawn
again by itself, and in a callback."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from tests.server.channel import html, kinds, tab
from tests.server.messages import noting
from tests.serving import serve, served

pytestmark = pytest.mark.timeout(300)

# Faults put into the program before it serves: a page's question, and what a choice calls.
FAULTS = """
import data.unforeseen, pathlib, os
data.unforeseen.user_log_path = lambda *_, **__: pathlib.Path(os.environ["LOG"])
from dashboard.views.data import giving
from dashboard.views.method import page
def broken(*_): raise ZeroDivisionError("a <fault> of /home/somebody")
page.page = broken
giving._moved = broken
from dashboard.views.pack import notes_html
drawn = notes_html.all_of
notes_html.all_of = lambda *found: broken() if found[3] else drawn(*found)
"""


def test_what_nobody_foresaw_has_a_number(store_path: Path, tmp_path: Path) -> None:
    async def read(port: int) -> list[str]:
        said = []
        for lang, words in (
            ("vi", "Có lỗi ngoài dự kiến (mã "),
            ("en", "Something unforeseen went wrong (number "),
        ):
            async with tab(port) as page:
                drawn = await page.open("method", f"lang={lang}")
                assert words in html(drawn)
                said.append(html(drawn))
                assert "exception" not in kinds(drawn)
            async with tab(port) as page:
                drawn = await page.open("data", f"part=import&index=par&year=2025&lang={lang}")
                (chosen,) = {item.selectbox.id for item in drawn if item.WhichOneof("type") == "selectbox"}
                drawn = await page.send({chosen: "2023"})
                assert words in html(drawn)
                said.append(html(drawn))
                assert "exception" not in kinds(drawn)
            async with tab(port) as page:
                (filled, _) = await noting(page, "63-36", "một ý", lang)
                drawn = await page.send(filled, part=True)
                assert words in html(drawn)
                said.append(html(drawn))
                assert "exception" not in kinds(drawn)
        return said

    with served(store_path, tmp_path, serve(before=FAULTS), env={"LOG": str(tmp_path)}) as server:
        said = asyncio.run(read(server.port))
    log = (tmp_path / "unforeseen.log").read_text(encoding="utf-8")
    numbers = [found for text in said for found in re.findall(r"\d{6}-[0-9A-F]{6}", text)]
    assert len(set(numbers)) == 6
    assert all(f"== {number} " in log for number in numbers)
    assert "a <fault> of /home/somebody" in log
    assert not any(secret in text for text in said for secret in ("/home/somebody", "ZeroDivision", "Traceback"))
