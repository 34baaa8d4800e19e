"""What a column can mean, in words: the lists above a table's columns, and the answers to questions about one."""

from __future__ import annotations

from dataclasses import replace

from dashboard.text import say
from data.definition import OVERALL, Edition, Index
from data.intake import Column
from data.intake.plan import meant
from data.text import Language

Group = tuple[str, list[tuple[str, str]]]

_KINDS = ("unit", "score", "rank", "both", "year", "measure", "last", "ignore")


def components(index: Index, edition: Edition) -> set[str]:
    """The codes that a column may be of."""
    return {OVERALL, *(item.code for item in index.components_of(edition.year))}


def lists(index: Index, edition: Edition, lang: Language) -> list[Group]:
    """Everything that a column of an edition can mean, in groups with their titles."""
    known = index.components_of(edition.year)
    groups: list[Group] = [("", [(kind, say(lang, f"importing.meaning.{kind}")) for kind in _KINDS])]
    for kind in ("score", "rank", "both"):
        options = [
            (_component(item.code, kind), say(lang, f"importing.of_component_{kind}", name=item.name.in_(lang)))
            for item in known
        ]
        if options:
            word = index.component_word.in_(lang)
            groups.append((say(lang, f"importing.group_{kind}", word=word[0].upper() + word[1:]), options))
    return groups


def _component(code: str, kind: str) -> str:
    return code if kind == "score" else f"{code}:{kind}"


def value(column: Column, edition: Edition, *, figures: bool) -> str:
    """The meaning that a column has; empty where it must be chosen: it holds `figures` and has no heading."""
    if column.kind == "unknown" and not column.heading and figures:
        return ""
    if column.kind in ("ignored", "unknown"):
        return "ignore"
    if column.year not in (None, edition.year) or column.index is not None:
        return "last"
    if column.kind in ("unit", "year", "measure"):
        return column.kind
    code = column.component or OVERALL
    return column.kind if code == OVERALL else _component(code, column.kind)


def label(column: Column, edition: Edition, lang: Language) -> str:
    """What is said in place of a meaning in the list, where more is known: why, or of which year."""
    if column.kind == "unknown":
        return say(lang, "importing.why.unknown")
    if column.kind == "ignored":
        return say(lang, f"importing.why.{column.why or 'chosen'}")
    if column.year not in (None, edition.year):
        return say(lang, "importing.of_year", year=column.year)
    return ""


def chosen(written: str, before: Column, known: set[str]) -> Column | None:
    """The column with a meaning from the list; what its figures are in stays, where they stay scores."""
    found = meant(written, known)
    if found is not None and found.kind == before.kind == "score" and not found.answered:
        found = replace(found, scale=before.scale)
    return found


def answer(written: str, index: Index, lang: Language) -> str:
    """An offer of a question about a column, in words."""
    first, _, second = written.partition(":")
    if second in ("points", "percent", "fraction", "month"):
        return say(lang, f"importing.answer.{second}")
    if written in ("score", "rank", "both"):
        return say(lang, f"importing.answer.{written}")
    if first in ("ignore", "unit", "year"):
        return say(lang, f"importing.answer.{first}")
    component = index.component(first).name.in_(lang)
    return say(lang, f"importing.of_component_{second or 'score'}", name=component)
