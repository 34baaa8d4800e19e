"""What a column's heading means for an edition: unit, score or rank of what, of which year, or nothing of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.child.refused import place
from data.definition import OVERALL, Edition, Index
from data.intake.plan import Column, Kind, Scale
from data.intake.tables import UNIT_HEADINGS, Heading
from data.spelling import fold

# No publisher's heading is longer with all its rows: what is longer is prose, and names nothing.
_LONGEST = 300
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20\d\d)(?!\d)")
_SERIAL = frozenset("stt tt so no sott sothutu thutu id #".split())
_YEARS = frozenset("nam year namdanhgia".split())
_MEASURE = frozenset(
    "chisothanhphan linhvuc thanhphan noidung tieuchi component subindex measure indicator chitieu".split()
)
# Headings whose every letter is known, and what stands below them.
_WHOLE: tuple[tuple[frozenset[str], Kind, str], ...] = (
    (_SERIAL, "ignored", "serial"),
    (_YEARS, "year", ""),
    (_MEASURE, "measure", ""),
)

# Words that say what kind of figure it is, or nothing; what is left names the component.
_FILLERS = (
    "bang xep thu hang vi tri bac diem so tong hop cong chi ket qua gia tri ty ti le nam score scores "
    "total overall points point index rank ranking rankings place position year of the cac tinh thanh pho cua "
    "pct percent dat duoc danh"
).split()
# A word, in the order of its letters, that makes a column something else than the figure.
_ASIDE = (
    ("tier", ("nhom", "xep loai", "phan loai", "loai", "tier", "group", "phan nhom")),
    ("change", ("so voi", "tang giam", "tang", "giam", "thay doi", "bien dong", "chenh lech", "change", "gain")),
    (
        "part",
        ("tu danh gia", "tu cham", "tu cham diem", "tham dinh", "dieu tra", "khao sat", "xhh", "self", "survey"),
    ),
    ("part", ("diem thuong", "diem cong them", "diem tru", "bonus", "appraised", "assessed")),
    ("maximum", ("toi da", "diem chuan", "trong so", "maximum", "weight", "thang diem", "max")),
    ("note", ("ghi chu", "note", "notes", "nhan xet", "remark", "remarks")),
    ("region", ("vung", "region", "khu vuc", "mien")),
)
# Why a column is ignored, in the sentence that lists it.
ASIDES = frozenset(
    ("serial", "tier", "change", "part", "maximum", "note", "region", "other", "unknown", "chosen", "twin")
)
_ABBREVIATIONS = (
    ("cchc", "cải cách hành chính"),
    ("tthc", "thủ tục hành chính"),
    ("qppl", "quy phạm pháp luật"),
    ("cbccvc", "cán bộ, công chức, viên chức"),
    ("kt-xh", "kinh tế - xã hội"),
    ("dn", "doanh nghiệp"),
)
# The number that publishers print before a component's name: `Dimension 3: …`, `Trục nội dung 2. …`, `5. …`.
_NUMBER = re.compile(
    r"^\s*(?:dimension|sub-?index|chỉ số thành phần|cstp|chỉ số nội dung|trục nội dung|lĩnh vực)?"
    r"\s*\d{1,2}\s*[.:)]\s*(?=\D)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The keys of names: of components by code, of what the publisher prints beside them, of the other indices."""

    components: Mapping[str, str]
    parts: frozenset[str]
    others: Mapping[str, str]

    @classmethod
    def of(cls, index: Index, edition: Edition, indices: Mapping[str, Index]) -> Vocabulary:
        """What headings of an edition may say; a key that would mean two components means none."""
        found: dict[str, set[str]] = {}
        for item in (index.component(OVERALL), *index.components_of(edition.year)):
            names = [item.code, item.name.vi, item.name.en, item.short.vi, item.short.en]
            for name in [*names, *(printed.text for printed in item.printed)]:
                found.setdefault(key(name), set()).add(item.code)
        own = [index.code, index.name.vi, index.name.en, index.full_name.vi, index.full_name.en]
        for name in own:
            found.setdefault(key(name), set()).add(OVERALL)
        exact = {name: codes for name, codes in found.items() if name}
        for item in (index.component(OVERALL), *index.components_of(edition.year)):
            for name in (item.name.vi, item.name.en, *(printed.text for printed in item.printed)):
                rest = residual(name)
                if rest:
                    exact.setdefault(rest, set()).add(item.code)
        for name in own:
            if residual(name):
                exact.setdefault(residual(name), set()).add(OVERALL)
        others = {
            spelling: other.code
            for other in indices.values()
            if other.code != index.code
            for spelling in map(key, _spellings(other))
        }
        single = {name: next(iter(codes)) for name, codes in exact.items() if len(codes) == 1}
        others = {name: code for name, code in others.items() if name not in single}
        return cls(single, frozenset(key(item.text) for item in index.printed_parts), others)


def _spellings(index: Index) -> list[str]:
    """What an index's total is called in the tables of others."""
    printed = [item.text for item in index.component(OVERALL).printed]
    return [index.code, index.name.vi, index.full_name.vi, index.full_name.en, *printed]


def key(text: str) -> str:
    """A heading's letters, abbreviations written out, without the number before it."""
    return fold(_whole(text))


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.split(r"[^\w]+", _whole(text)) if fold(word)]


def _whole(text: str) -> str:
    written = _NUMBER.sub("", text)
    for short, whole in _ABBREVIATIONS:
        written = re.sub(rf"(?<!\w){short}(?!\w)", whole, written, flags=re.IGNORECASE)
    return written


def residual(text: str) -> str:
    """What is left of a heading without years and the words for scores and ranks."""
    return "".join(word for word in _words(_YEAR.sub(" ", text)) if word not in _FILLERS)


def meaning(heading: Heading, vocabulary: Vocabulary, *, flipped: bool = False) -> Column:
    """What a column means by its heading alone; `unknown` where it says nothing that is known."""
    text = heading.text
    letter = place(0, heading.at)[:-1] if not flipped else str(heading.at + 1)
    if len(text) > _LONGEST:
        return Column(f"{text[:80]}…", "unknown", None, letter)
    years = set(map(int, _YEAR.findall(text)))
    year = years.pop() if len(years) == 1 else None

    about = Column(text, "unknown", None, letter, year=year)
    whole, last = key(text), key(heading.parts[-1]) if heading.parts else ""
    if not whole:
        return Column(text, "unknown", None, letter)
    if whole in UNIT_HEADINGS or (last in UNIT_HEADINGS and residual(text) == ""):
        return replace(about, kind="unit")
    for words, kind, why in _WHOLE:
        if whole in words:
            return replace(about, kind=kind, why=why)
    component = _component(heading, vocabulary)
    aside = _aside(heading, component, vocabulary)
    if aside:
        return replace(about, kind="ignored", why=aside)
    if component is None:
        other = _other(text, vocabulary)
        return replace(about, kind="ignored", index=other, why="other") if other else about
    kind = _kind(heading, component, vocabulary)
    return replace(about, kind=kind, component=component, scale=_scale(text))


def _other(text: str, vocabulary: Vocabulary) -> str | None:
    """Another index that a heading names: by a short name as a word of its own, or by its full one."""
    words, whole = _words(text), key(text)
    for name, code in vocabulary.others.items():
        if name in words or (len(name) > 8 and name in whole):
            return code
    return None


def _component(heading: Heading, vocabulary: Vocabulary) -> str | None:
    """The component that a heading names: in one of its rows, in what is left of all, or the total in none."""
    for part in (*reversed(heading.parts), heading.text):
        code = vocabulary.components.get(key(_YEAR.sub("", part)))
        if code is not None and not (code == OVERALL and len(heading.parts) > 1 and part is heading.parts[-1]):
            return code
    rest = residual(heading.text)
    if not rest:
        return OVERALL
    if rest in vocabulary.components:
        return vocabulary.components[rest]
    for part in reversed(heading.parts):
        left = residual(part)
        if left and left in vocabulary.components and _plain_beside(heading, part, vocabulary):
            return vocabulary.components[left]
    return None


def _plain_beside(heading: Heading, part: str, vocabulary: Vocabulary) -> bool:
    """Whether the other rows of a heading say nothing but kinds of figures or the index's own name."""
    rests = [residual(other) for other in heading.parts if other is not part]
    return all(not rest or vocabulary.components.get(rest) == OVERALL for rest in rests)


def _aside(heading: Heading, component: str | None, vocabulary: Vocabulary) -> str:
    """Why a column is no figure of its component, by a word of its heading that is no part of a name."""
    if any(key(part) in vocabulary.parts for part in heading.parts):
        return "part"
    if "±" in heading.text or "+/-" in heading.text:
        return "change"
    for part in heading.parts:
        if key(part) in vocabulary.components or residual(part) in vocabulary.components:
            continue
        said = " " + " ".join(_words(part)) + " "
        for why, words in _ASIDE:
            if any(f" {word} " in said for word in words):
                return why
    return ""


def _kind(heading: Heading, component: str, vocabulary: Vocabulary) -> Kind:
    """Score, rank or both in one cell; a component's own name is not asked."""
    said = []
    for part in heading.parts:
        if vocabulary.components.get(key(part)) == component and component != OVERALL:
            continue
        said.append(" ".join(_words(part)))
    words = f" {' '.join(said)} "
    rank = any(f" {word} " in words for word in ("hang", "rank", "ranking", "rankings", "vi thu", "vi tri"))
    rank = rank or any(f" {word} " in words for word in ("thu bac", "place", "position")) or words.strip() == "thu"
    score = any(f" {word} " in words for word in ("diem", "score", "points"))
    if rank and score and re.search(r"[(/,&+]|\bvà\b|\band\b", heading.text):
        return "both"
    return "rank" if rank else "score"


def _scale(text: str) -> Scale:
    said = " " + " ".join(_words(text)) + " "
    return "percent" if "%" in text or " ty le " in said or " ti le " in said else "points"
