"""The choices that all pages share, read from the address: index, edition, component, region, province, language.

The address (`?province=63-36&index=pci&year=2019&lang=vi`) is the only place that keeps them: each rerun reads it,
and widgets write to it. What can't be shown as asked is replaced by the nearest thing that can, with a sentence
that says so.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlencode

from dashboard.text import LANGUAGES, say
from data import period
from data.definition import OVERALL, Component, Edition, Index
from data.definition_file import indices
from data.frames import Frames
from data.names import Names, UnitSet, set_of
from data.spelling import fold
from data.text import Language, Problem, Text

# The year that an index opens with, for a reader who has chosen a unit of a set, or none.
Opening = Callable[[str, UnitSet | None], int]

Field = Literal["lang", "index", "year", "component", "region", "province"]

# Diacritics that make a separate letter of the Vietnamese alphabet, in its order: breve, circumflex, horn.
_STROKE = "\u0335"
_SHAPES = {_STROKE: 1, "\u0306": 1, "\u0302": 2, "\u031b": 3}


@dataclass(frozen=True, slots=True)
class Selection:
    """A valid choice: the index has the edition, and the edition the component, the region and the province.

    lang: The language of the page.
    index, year: An index's code and the year of one of its editions.
    component: A component's code; by default the total.
    region: The code of the region that lists are narrowed to; None for all.
    province: A unit's code; None where none is chosen.
    """

    lang: Language
    index: str
    year: int
    component: str = OVERALL
    region: str | None = None
    province: str | None = None

    def params(self) -> dict[str, str]:
        """The parameters of its address, without those that are not chosen."""
        given = {
            "province": self.province,
            "index": self.index,
            "year": str(self.year),
            "component": None if self.component == OVERALL else self.component,
            "region": self.region,
            "lang": self.lang,
        }
        return {key: value for key, value in given.items() if value is not None}

    def link(self, **changed: str | int) -> str:
        """The query string of the same page with some parameters `changed`."""
        return "?" + urlencode(self.params() | {key: str(value) for key, value in changed.items()})

    def importing(self) -> str:
        """The address where a table of this edition can be imported."""
        return "data" + self.link(part="import")


@dataclass(frozen=True, slots=True)
class Reading:
    """A selection, sentences on what could not be shown as asked, and the parameters as they were written."""

    selection: Selection
    notices: tuple[Text, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict, compare=False)


def read(params: Mapping[str, str], frames: Frames, names: Names, opening_year: Opening) -> Reading:
    """The selection that an address means; what it can't mean is replaced by a default, with a notice.

    `opening_year` gives the year that an index opens with, among those that score the unit whose code the address
    has. Provinces are found by code or any known spelling (`names`); a bare name means the edition's unit set.
    """
    notices: list[Text] = []
    lang = _lang(params.get("lang"), notices)
    index = _index(params.get("index"), frames, notices)
    edition = _edition(params.get("year"), index, _set_asked(params.get("province"), names), opening_year, notices)
    selection = Selection(
        lang=lang,
        index=index.code,
        year=edition.year,
        component=_component(params.get("component"), index, edition, notices),
        region=_region(params.get("region"), frames, edition, notices),
        province=_province(params.get("province"), names, edition, notices),
    )
    return Reading(selection, tuple(notices), params)


def moved(
    params: Mapping[str, str], selection: Selection, name: Field, value: object, index: Index
) -> dict[str, str]:
    """The parameters of the address after the reader has chosen `value` for the field `name`.

    `params` are those before, `index` is the index chosen then. Index and year are always written out, so that a
    link keeps its meaning when a newer edition comes. A province of the 63 stays in the address while an edition
    of the 34 is shown, so that going back brings it back; a component that the new index does not have is dropped.
    """
    address = {**params, "index": selection.index, "year": str(selection.year), "lang": selection.lang}
    if value is None or (name == "component" and value == OVERALL):
        address.pop(name, None)
    else:
        address[name] = str(value)
    if name == "index" and all(item.code != address.get("component") for item in index.components):
        address.pop("component", None)
    return address


def typed(written: str, names: Names, unit_set: UnitSet) -> str:
    """The code of the province whose name was typed, or of the only one whose name begins so.

    The text itself where it fits none or several, or needs an explanation: `read` finds that and gives a notice.
    """
    try:
        found = names.find(written, unit_set)
    except Problem:
        key = fold(written)
        begun = {unit for name, unit in names.keys.get(unit_set, {}).items() if unit and name.startswith(key)}
        return begun.pop() if key and len(begun) == 1 else written
    return written if found.note else found.unit


def order(name: str) -> tuple[tuple[int, ...], str]:
    """A sort key for names in the order of Vietnamese dictionaries: a, ă, â … d, đ …; tones don't count."""
    letters: list[int] = []
    for letter in unicodedata.normalize("NFD", name.lower().replace("đ", "d" + _STROKE)):
        if letter in _SHAPES:
            letters[-1] += _SHAPES[letter]
        elif not unicodedata.combining(letter):
            letters.append(4 * ord(letter))
    return tuple(letters), name


def _lang(written: str | None, notices: list[Text]) -> Language:
    found = next((lang for lang in LANGUAGES if lang == (written or LANGUAGES[0]).lower()), None)
    if found is None:
        notices.append(_both("address.no_language", written=written))
    return found or LANGUAGES[0]


def _index(written: str | None, frames: Frames, notices: list[Text]) -> Index:
    first = frames.index(next(iter(indices())))
    if not written:
        return first
    try:
        return frames.index(written)
    except Problem as problem:
        notices.append(_shown(problem.text, first.name))
        return first


def _set_asked(written: str | None, names: Names) -> UnitSet | None:
    """The set of the unit whose code is written; a name may mean units of several."""
    code = (written or "").strip()
    return set_of(code) if code in names.units else None


def _edition(
    written: str | None, index: Index, unit_set: UnitSet | None, opening_year: Opening, notices: list[Text]
) -> Edition:
    if not written:
        return index.edition(opening_year(index.code, unit_set))
    try:
        return index.edition(period.read(written))
    except Problem as problem:
        sentence = problem.text
    except ValueError:
        sentence = _both("address.no_year", written=written)
    opening = index.edition(opening_year(index.code, unit_set))
    notices.append(_shown(sentence, _titled(index, opening)))
    return opening


def _component(written: str | None, index: Index, edition: Edition, notices: list[Text]) -> str:
    if not written or written == OVERALL:
        return OVERALL
    try:
        return index.check_component(written, edition.year).code
    except Problem:
        # The definition's own message lists codes, for the command line; pages name components.
        known = next((item for item in index.components if item.code == written), None)
        notices.append(_no_component(written, known, index, edition))
        return OVERALL


def _no_component(written: str, known: Component | None, index: Index, edition: Edition) -> Text:
    name = known.name if known else Text(written, written)
    total = index.component(OVERALL).name

    def sentence(lang: Language) -> str:
        return say(
            lang,
            "address.no_component",
            edition=_titled(index, edition).in_(lang),
            word=index.component_word.in_(lang),
            name=name.in_(lang),
            shown=total.in_(lang),
        )

    return Text(sentence("vi"), sentence("en"))


def _region(written: str | None, frames: Frames, edition: Edition, notices: list[Text]) -> str | None:
    if not written:
        return None
    rows = frames.region.select("unit_set", "region", "name_vi", "name_en").rows()
    same = [row for row in rows if fold(written) in {fold(text) for text in row[1:]}]
    found = next((str(row[1]) for row in same if row[0] == edition.unit_set), None)
    if found is None:
        name = Text(same[0][2], same[0][3]) if same else Text(written, written)
        notices.append(
            Text(
                say("vi", "address.no_region", name=name.vi, units=edition.unit_set),
                say("en", "address.no_region", name=name.en, units=edition.unit_set),
            )
        )
    return found


def _province(written: str | None, names: Names, edition: Edition, notices: list[Text]) -> str | None:
    if not written:
        return None
    try:
        found = names.find(written, edition.unit_set)
    except Problem as problem:
        notices.append(problem.text)
        return None
    if found.note is not None:
        notices.append(found.note)
    return found.unit


def _titled(index: Index, edition: Edition) -> Text:
    return Text(f"{index.name.vi} {edition.year}", f"{index.name.en} {edition.year}")


def _both(key: str, **values: object) -> Text:
    return Text(say("vi", key, **values), say("en", key, **values))


def _shown(sentence: Text, what: Text) -> Text:
    """The sentence, followed by one on what is shown instead."""
    return Text(
        f"{sentence.vi} {say('vi', 'address.shown', what=what.vi)}",
        f"{sentence.en} {say('en', 'address.shown', what=what.en)}",
    )
