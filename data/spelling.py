"""Letters as people type them, brought to one form; imports nothing, so that a process of its own may use it."""

from __future__ import annotations

import re
import unicodedata

# Đ is typed as the Icelandic letter that looks like it; spaces come without width or without break.
_LIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "", "\u00ad": ""})
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Letters and digits alone, lower case, without accents: `TP. Hồ Chí Minh` → `tphochiminh`."""
    plain = unicodedata.normalize("NFD", text.translate(_LIKE).replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain.lower() if letter.isascii() and letter.isalnum())


def tidy(text: str) -> str:
    """A text as it is meant: composed letters, one kind of space and never two, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(_LIKE))).strip()


def squash(text: str) -> str:
    """Letters and digits alone, lower case, accents kept: what a name is looked for in."""
    composed = unicodedata.normalize("NFC", text.translate(_LIKE)).lower()
    return "".join(letter for letter in composed if letter.isalnum())


def exact(text: str) -> str:
    """A text as it is told from one that differs by an accent alone."""
    return tidy(text).casefold()
