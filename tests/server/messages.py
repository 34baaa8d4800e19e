"""What a browser sends while somebody enters: the messages themselves, as others may send them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from tests.server.channel import Tab, named

# The widgets' values by their identity; True presses a button.
Sent: TypeAlias = Mapping[str, str | bool]

IMPORT = "part=import&index=par&year=2025"
TABLE = "Tỉnh;Điểm;Hạng\nHà Nội;91,5;1\nHải Phòng;90,5;2\n"


async def entering(page: Tab) -> tuple[Sent, Sent]:
    """A table: before the button and with it; the latter is not sent yet."""
    drawn = await page.open("data", f"{IMPORT}&lang=vi")
    pasted: dict[str, str | bool] = {named(drawn, "paste-0"): TABLE}
    drawn = await page.send(pasted)
    (status,) = {element.radio.id for element in drawn if element.WhichOneof("type") == "radio"}
    filled = pasted | {named(drawn, "source-0"): "Quyết định 1/QĐ-BNV", status: "published"}
    await page.send(filled)
    return filled, filled | {named(drawn, "import-0"): True}


async def undoing(page: Tab, batch: int) -> tuple[Sent, Sent]:
    """A batch taken back: asked for, and confirmed, which is not sent yet."""
    drawn = await page.open("data", f"{IMPORT}&lang=vi")
    asked: dict[str, str | bool] = {named(drawn, f"undo-{batch}"): True}
    drawn = await page.send(asked)
    return asked, {named(drawn, f"undo-yes-{batch}"): True}


async def noting(page: Tab, province: str, words: str, lang: str = "vi") -> tuple[Sent, Sent]:
    """A note of a province: the field, and the button, which is not sent yet."""
    drawn = await page.open("pack", notes_of(province, lang))
    found = [(element.WhichOneof("type") or "", element) for element in drawn]
    fields = [getattr(element, kind).id for kind, element in found if kind in ("text_area", "text_input")]
    filled: dict[str, str | bool] = {field: words if "-note-cause-" in field else "" for field in fields}
    return filled, filled | {named(drawn, "note-save"): True}


def notes_of(province: str, lang: str = "vi") -> str:
    """What the address of the notes of a province says."""
    return f"province={province}&index=pci&year=2023&parts=summary&lang={lang}"
