"""What sentences in both languages need: lists, counts with their noun, numbers that moved."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.text import say
from data import number
from data.definition import Index
from data.text import Language

# More names than these in one breath are a table.
LONGEST_LIST = 6
_BRACKETED = re.compile(r"\([^()]*\)")


def listed(items: Sequence[str], lang: Language, at_most: int = LONGEST_LIST) -> str:
    """`a, b and c`, parted by semicolons where an item has a comma of its own; more than `at_most` are counted."""
    # What stands in brackets can't be taken for the next item, unless it is long enough to have parts.
    inside = any("," in _BRACKETED.sub("", item) or ";" in item for item in items)
    comma = "; " if inside else ", "
    if len(items) > at_most:
        shown, more = comma.join(items[: at_most - 1]), len(items) - at_most + 1
        return say(lang, "documents.or_more", items=shown, more=more)
    if len(items) < 2 or inside:
        return comma.join(items)
    return f"{comma.join(items[:-1])} {say(lang, 'documents.and')} {items[-1]}"


def among(index: Index, known: int, of: int, lang: Language) -> str:
    """`trong 8/10 chỉ số thành phần so được, ` where a first is only one of those known; else nothing."""
    if known == of:
        return ""
    return say(lang, "documents.among", known=known, of=of, word=component_words(index, of, lang)) + " "


def bracketed(key: str, lang: Language, **values: object) -> str:
    """A remark that follows what it is about, mostly in brackets; texts themselves begin without a space."""
    return " " + say(lang, key, **values)


def places(count: float, lang: Language) -> str:
    """So many places, never below nothing: `2 bậc`, `1 place`, `24.5 places`."""
    size = abs(count)
    return say(lang, "documents.unit.places_one" if size == 1 else "documents.unit.places", count=half(size, lang))


def editions(count: int, lang: Language) -> str:
    """So many editions."""
    return say(lang, "documents.unit.editions_one" if count == 1 else "documents.unit.editions", count=count)


def half(value: float, lang: Language, *, signed: bool = False) -> str:
    """A number of places, which may come in parts: whole where it is, else with one decimal."""
    return number.decimal(value, 0 if value == int(value) else 1, lang, signed=signed)


def direction(value: float, decimals: int) -> str:
    """`up`, `down`, `same`, or `barely` for a change that is rounded away."""
    if value == 0:
        return "same"
    if not number.decimal(abs(value), decimals, "en").strip("0."):
        return "barely"
    return "up" if value > 0 else "down"


def component_words(index: Index, count: int, lang: Language) -> str:
    """The index's word for its components, in the number that English has: `sub-index`, `sub-indices`."""
    word = index.component_word.in_(lang)
    if lang == "vi" or count == 1:
        return word
    if word.endswith("index"):
        return word.removesuffix("ex") + "ices"
    return word + "s"


def chance(share: float, lang: Language, certain: tuple[float, float] = (0.01, 0.99)) -> str:
    """A chance in per cent; next to never and always no more than a simulation can tell."""
    if share < certain[0]:
        return say(lang, "documents.unit.hardly")
    if share > certain[1]:
        return say(lang, "documents.unit.nearly")
    return f"{number.decimal(100 * share, 0, lang)} %"


def capital(sentence: str) -> str:
    """With a capital at its start, where a name or a word of an index begins it."""
    return sentence[:1].upper() + sentence[1:]
