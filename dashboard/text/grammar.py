"""What sentences in both languages need: lists, counts with their noun, directions, chances."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.text import say
from data import number
from data.definition import Index
from data.text import Language

# A longer list is cut in a sentence.
LONGEST_LIST = 6
_BRACKETED = re.compile(r"\([^()]*\)")


def listed(items: Sequence[str], lang: Language, at_most: int = LONGEST_LIST) -> str:
    """`a, b and c`, with semicolons where an item has a comma of its own; the rest of a long list is counted."""
    # A comma in brackets doesn't count: it can't be taken for the end of an item.
    inside = any("," in _BRACKETED.sub("", item) or ";" in item for item in items)
    comma = "; " if inside else ", "
    if len(items) > at_most:
        shown, more = comma.join(items[: at_most - 1]), len(items) - at_most + 1
        return say(lang, "documents.or_more", items=shown, more=more)
    if len(items) < 2 or inside:
        return comma.join(items)
    return f"{comma.join(items[:-1])} {say(lang, 'documents.and')} {items[-1]}"


def among(index: Index, known: int, of: int, lang: Language) -> str:
    """`trong 8/10 chỉ số thành phần so được, `, for a superlative among those known only; empty if all are."""
    if known == of:
        return ""
    return say(lang, "documents.among", known=known, of=of, word=component_words(index, of, lang)) + " "


def bracketed(key: str, lang: Language, **values: object) -> str:
    """A remark with a space before it, mostly in brackets; texts in the files can't begin with a space."""
    return " " + say(lang, key, **values)


def places(count: float, lang: Language, written: str | None = None) -> str:
    """A number of places without its sign: `2 bậc`, `1 place`, `24.5 places`; `written` stands for the number."""
    size = abs(count)
    key = "documents.unit.places_one" if size == 1 else "documents.unit.places"
    return say(lang, key, count=written or half(size, lang))


def ordinal(rank: int, lang: Language) -> str:
    """A rank inside a sentence: `33`, as Vietnamese texts have `thứ` before it; in English `33rd`."""
    return str(rank) if lang == "vi" else number.standing(rank, rank, lang).split()[0]


def half(value: float, lang: Language, *, signed: bool = False) -> str:
    """A number of places, which may be fractional: with one decimal where it is not whole."""
    return number.decimal(value, 0 if value == int(value) else 1, lang, signed=signed)


def direction(value: float, decimals: int) -> str:
    """`up`, `down`, `same`, or `barely` for a change that is rounded away."""
    if value == 0:
        return "same"
    if not number.decimal(abs(value), decimals, "en").strip("0."):
        return "barely"
    return "up" if value > 0 else "down"


def component_words(index: Index, count: int, lang: Language) -> str:
    """The index's word for `count` components: in English `sub-index` or `sub-indices`."""
    word = index.component_word.in_(lang)
    if lang == "vi" or count == 1:
        return word
    if word.endswith("index"):
        return word.removesuffix("ex") + "ices"
    return word + "s"


def chance(share: float, lang: Language, certain: tuple[float, float] = (0.01, 0.99)) -> str:
    """A chance in per cent; `under 1 %` and `over 99 %` at the ends, where the past can't tell more."""
    if share < certain[0]:
        return say(lang, "documents.unit.hardly")
    if share > certain[1]:
        return say(lang, "documents.unit.nearly")
    return f"{number.decimal(100 * share, 0, lang)} %"


def chances_ahead(within: Sequence[float], lang: Language) -> str:
    """The chances within 2, 3 … editions: `2 editions: 6 %; 3 editions: 10 %`; empty without any."""
    known = enumerate(within[1:], start=2)
    return "; ".join(say(lang, "documents.unit.within", count=count, p=chance(p, lang)) for count, p in known)


def capital(sentence: str) -> str:
    """The sentence with a capital at its start, where a component's name begins it."""
    return sentence[:1].upper() + sentence[1:]
