"""Bytes as text: UTF-8, UTF-16, the Windows code pages, and the fonts that drew Vietnamese before Unicode.

TCVN3 is the table of TCVN 5712:1993 (fonts named .Vn…), one byte a letter; VNI writes a vowel and its accent as
two. Which of them a file is in it does not say: the reading in which most provinces are named is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from data.child.refused import Refused
from data.spelling import squash

# What the letters of TCVN3 look like in the Western code page, and what they are.
_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢£¤¥¦§",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
)

# VNI: a vowel and the mark after it; marks that stand for a letter of their own below.
_MARKS = {
    "a": dict(zip("øùûõïêèéúüëâàáåãä", "àáảãạăằắẳẵặâầấẩẫậ", strict=True)),
    "e": dict(zip("øùûõïâàáåãä", "èéẻẽẹêềếểễệ", strict=True)),
    "o": dict(zip("øùûõïâàáåãä", "òóỏõọôồốổỗộ", strict=True)),
    "u": dict(zip("øùûõï", "ùúủũụ", strict=True)),
    "y": dict(zip("øùûõ", "ỳýỷỹ", strict=True)),
    "ô": dict(zip("øùûõï", "ờớởỡợ", strict=True)),
    "ö": dict(zip("øùûõï", "ừứửữự", strict=True)),
}
_VNI = {
    first + mark: letter for first, marks in _MARKS.items() for mark, letter in marks.items()
}  # fmt: skip
_VNI |= {"æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ", "ñ": "đ"}
_VNI |= {key.upper(): letter.upper() for key, letter in _VNI.items()}
_VNI |= {key[0].upper() + key[1]: letter.upper() for key, letter in list(_VNI.items()) if len(key) == 2}
_VNI_PAIRS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

# A reading is taken when it names at least so many provinces, and more than any other.
_ENOUGH = 3


def tcvn3(text: str) -> str:
    """A text of a .Vn… font, which was read in the Western code page."""
    return text.translate(_TCVN3)


def vni(text: str) -> str:
    """A text of a VNI font, which was read in the Western code page."""
    return _VNI_PAIRS.sub(lambda found: _VNI[found[0]], text)


def by_font(text: str, font: str) -> str:
    """A cell's text by the font that draws it; what is Unicode already, whatever its font, stays as it is."""
    name = font.casefold()
    old = tcvn3 if name.startswith(".vn") else vni if name.startswith("vni") else None
    if old is None or any(letter > "\xff" and letter.isalpha() for letter in text):
        return text
    return old(text)


def decode(content: bytes, names: Iterable[str]) -> tuple[str, str]:
    """A file's text and its encoding; `names` are the provinces', squashed. Raises Refused where none fits."""
    marked = _marked(content)
    if marked:
        try:
            return content.decode(marked), marked
        except UnicodeDecodeError as error:
            raise Refused("encoding") from error
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _most_names(content, [name for name in names if not name.isascii()])


def _marked(content: bytes) -> str:
    """The encoding that a mark at the start or the zeros between the letters give away."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:4000]
    if head.count(0) > len(head) // 4:
        return "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return ""


def _most_names(content: bytes, names: list[str]) -> tuple[str, str]:
    western = content.decode("cp1252", "replace")
    # Bytes that the Western page leaves open are letters of TCVN3 all the same.
    latin = "".join(
        chr(byte) if letter == "\ufffd" else letter for byte, letter in zip(content, western, strict=True)
    )
    readings = {
        "cp1258": unicodedata.normalize("NFC", content.decode("cp1258", "replace")),
        "cp1252": western,
        "TCVN3": tcvn3(latin),
        "VNI": vni(latin),
    }
    squashed = {key: squash(text) for key, text in readings.items()}
    found = {key: sum(name in text for name in names) for key, text in squashed.items()}
    best = max(found, key=lambda key: found[key])
    equal = [key for key in found if found[key] == found[best] and readings[key] != readings[best]]
    if found[best] < _ENOUGH or equal or "\ufffd" in readings[best]:
        raise Refused("encoding")
    return readings[best], best
