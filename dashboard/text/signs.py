"""The signs behind figures that their publisher did not print; the legend below a table says which is which."""

from __future__ import annotations

from dashboard.text import say
from data.number import MISSING
from data.text import Language

# By status (`data.status`); the texts that explain them have the same keys (`legend.*`).
SIGNS = {"provincial": "○", "derived": "◇", "range": "a–b", "estimated": "≈", "censored": "<"}


def status(code: str | None, lang: Language) -> str:
    """The word for a status, after its sign: `◇ suy ra`; a dash for None."""
    if code is None:
        return MISSING
    sign = SIGNS.get(code, "")
    # A range shows itself: its sign is for legends only.
    return f"{sign if len(sign) == 1 else ''} {say(lang, f'status.{code}')}".strip()
