"""What the files of Word and PowerPoint say about themselves, and which text they can carry."""

from __future__ import annotations

import re
from typing import Any

from data.text import Language

LANGUAGE_TAGS: dict[Language, str] = {"vi": "vi-VN", "en": "en-GB"}
# What XML can't carry at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the signs that a file of XML can't carry."""
    return _UNPRINTABLE.sub("", text)


def describe(properties: Any, lang: Language, **said: str) -> None:
    """Fills in the core properties of a file (of python-docx or python-pptx): its language and what is `said`.

    The dates go: a file made from the same figures is the same file, whatever the day.
    """
    properties.language = LANGUAGE_TAGS[lang]
    for name, value in said.items():
        setattr(properties, name, value)
    for element in list(properties._element):
        if element.tag.endswith(("}created", "}modified", "}lastPrinted")):
            properties._element.remove(element)
