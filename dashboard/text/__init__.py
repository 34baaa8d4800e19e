"""The words of pages, documents and commands: one TOML file per language, the same keys in both."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from data.text import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
FOLDER = Path(__file__).parent


@cache
def texts(lang: Language) -> dict[str, str]:
    """Every text of a language by its dotted key: `rankings.title`."""
    content = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    return dict(_flat("", content))


def say(lang: Language, key: str, **values: object) -> str:
    """The text of a key with its `{placeholders}` filled in; a missing key is an error in the program."""
    return texts(lang)[key].format(**values)


def _flat(prefix: str, content: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        if isinstance(value, dict):
            found += _flat(f"{prefix}{key}.", value)
        else:
            found.append((prefix + key, str(value)))
    return found
