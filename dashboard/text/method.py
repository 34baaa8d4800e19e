"""How every question is answered: formulas, constants and sources from `methods.toml`, in the words of a language.

A constant is read from the module that computes with it, so that the page can't go stale. The tests hold the
sources against the modules' docstrings, and the list against the modules themselves.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from analytics import question
from analytics.path.setting import plain
from dashboard.text import say
from data import number
from data.text import Language

FILE = Path(__file__).parent / "methods.toml"


@dataclass(config=ConfigDict(extra="forbid", frozen=True))
class Method:
    """One question, as `methods.toml` states it."""

    key: str
    modules: tuple[str, ...]
    formulas: tuple[str, ...]
    values: dict[str, str] | None = None
    shares: tuple[str, ...] = ()
    percentiles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@cache
def methods() -> tuple[Method, ...]:
    """Every question, in the order of the page."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return TypeAdapter(tuple[Method, ...]).validate_python(content["methods"])


def constant(name: str) -> int | float:
    """The constant that `moves.SIMILAR_STARTS` or `robustness.FACTORS.0` names."""
    module, constant_name, *places = name.split(".")
    found = getattr(question(module), constant_name)
    for place in places:
        found = found[int(place)]
    assert isinstance(found, int | float)
    return found


def figures(method: Method, lang: Language) -> dict[str, str]:
    """The constants of a question as people write them."""
    found = {}
    for name, source in (method.values or {}).items():
        value = constant(source)
        if name in (*method.shares, *method.percentiles):
            value = round(100 * value, 6)
        found[name] = _number(value, lang) + (" %" if name in method.shares else "")
    return found


def words(method: Method, part: str, lang: Language) -> str:
    """What is said about a question (`title`, `what`, `symbols`, `caveat`), its constants filled in."""
    return say(lang, f"method.{method.key}.{part}", **figures(method, lang))


def formulas(method: Method, lang: Language) -> list[str]:
    """The formulas in LaTeX, their constants filled in, with the decimal mark of the language."""
    found = list(method.formulas)
    for name, figure in figures(method, lang).items():
        # In braces TeX sets a decimal comma without the space that follows a comma.
        marked = figure.replace(",", "{,}").replace(".", "{.}")
        found = [formula.replace(f"«{name}»", marked) for formula in found]
    return found


def markdown(method: Method, lang: Language) -> str:
    """A question as the page shows it below its title."""
    parts = [words(method, "what", lang)]
    parts += [f"$$\n{formula}\n$$" for formula in formulas(method, lang)]
    parts.append(words(method, "symbols", lang))
    parts.append(f"**{say(lang, 'method.caveat')}** {words(method, 'caveat', lang)}")
    if method.sources:
        listed = "\n".join(f"- {source}" for source in method.sources)
        parts.append(f"**{say(lang, 'method.sources')}**\n\n{listed}")
    return "\n\n".join(parts)


def _number(value: float, lang: Language) -> str:
    return number.whole(value, lang) if isinstance(value, int) else plain(value, lang)
