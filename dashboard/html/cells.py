"""The content of table cells: scores and ranks with their status, changes with their arrow, shares with a bar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard.html.markup import NOTHING, fragment, items, link, tag, visually_hidden
from dashboard.text import say
from dashboard.text.signs import SIGNS
from data import number
from data.text import Language, Text

Row = Mapping[str, Any]

MISSING = tag("span.vb-quiet", number.MISSING)


@dataclass(frozen=True, slots=True)
class Setting:
    """How the rows of a ranking are written.

    `places` is the number of decimals of a score, `regions` the names of the regions by code; `link` gives the
    address that a unit's name leads to.
    """

    lang: Language
    places: int
    regions: Mapping[str, Text]
    link: Callable[[str], str]

    def say(self, key: str, **values: object) -> str:
        """A text in the language chosen."""
        return say(self.lang, key, **values)

    def name(self, row: Row) -> str:
        """The unit's name in the language chosen."""
        return str(row["name"] if self.lang == "vi" else row["name_en"])

    def linked(self, row: Row) -> Markup:
        """The unit's name as a link."""
        return link(self.name(row), self.link(row["unit"]))

    def note(self, row: Row) -> str | None:
        """The note on the row's figure in the language chosen; None where there is none."""
        note = row["note_vi"] if self.lang == "vi" else row["note_en"]
        return None if note is None else str(note)


def sign(status: str | None, lang: Language) -> Markup:
    """The sign of a status other than "published", with its name for screen readers; empty for "published"."""
    shown = SIGNS.get(status or "")
    if shown is None:
        return NOTHING
    return marked(shown, say(lang, f"status.{status}"))


def marked(shown: str, words: str) -> Markup:
    """A sign with its meaning as a tooltip and for screen readers."""
    return tag("span.vb-sign", tag("span", shown, aria_hidden="true"), visually_hidden(f" ({words})"), title=words)


def meanings(met: Container[str | None], lang: Language) -> list[Markup]:
    """The lines of a legend: the sign of each status in `met`, with its meaning."""
    return [fragment(sign(status, lang), " ", say(lang, f"legend.{status}")) for status in SIGNS if status in met]


def legend(meanings: Collection[str], lang: Language) -> Markup:
    """The legend below a table; empty without lines."""
    return tag("ul.vb-legend", items(meanings), lang=lang) if meanings else NOTHING


def change(value: float | None, places: int, lang: Language) -> Markup:
    """A change with its arrow, sign and colour; a dash where it is not known."""
    if value is None:
        return MISSING
    written = number.decimal(value, places, lang, signed=True)
    # What is rounded away is no change: the arrow follows the figure as it is written.
    if written.startswith("+"):
        return better(f" {written}")
    if written.startswith(number.MINUS) and written.strip(f"{number.MINUS}0,."):
        return worse(f" {written}")
    return tag("span.vb-quiet", number.decimal(0, places, lang))


def better(text: str, arrow: str = "▲") -> Markup:
    """A figure that is better than before, after an arrow that is hidden from screen readers."""
    return tag("span.vb-better", tag("span", arrow, aria_hidden="true"), text)


def worse(text: str, arrow: str = "▼") -> Markup:
    """A figure that is worse than before, after an arrow that is hidden from screen readers."""
    return tag("span.vb-worse", tag("span", arrow, aria_hidden="true"), text)


def score(row: Row, setting: Setting, *, one_scale: bool = True) -> Markup:
    """A score or its range (`8,58–8,59`, `< 65,00`) with the sign of its status.

    Where the scores of a table are not on `one_scale`, with the scale: ` %` or `/9,5`.
    """
    unit = "" if one_scale else _scale(row, setting)
    if row["score"] is not None:
        written = number.decimal(row["score"], setting.places, setting.lang)
        return fragment(written, unit, sign(row["score_status"], setting.lang))
    if row["score_low"] is not None:
        low, high = (number.decimal(row[end], setting.places, setting.lang) for end in ("score_low", "score_high"))
        return fragment(low if low == high else f"{low}–{high}", unit)
    if row["score_high"] is not None:
        # Known only to lie below a cut that was published.
        return fragment(f"<\u00a0{number.decimal(row['score_high'], setting.places, setting.lang)}", unit)
    return MISSING


def rank(row: Row, setting: Setting, *, ordered: bool = False) -> Markup:
    """The published rank with the sign of its status; else the computed rank in an outline.

    Where only the order of the units is known (`ordered`), that stands in the outline instead.
    """
    if row["published_rank"] is not None:
        written = number.whole(row["published_rank"], setting.lang)
        return fragment(tag("span.vb-rank", written), sign(row["rank_status"], setting.lang))
    value = row["order"] if ordered else row["rank"]
    if value is None:
        return MISSING
    said = setting.say("legend.ordered" if ordered else "legend.computed")
    return tag("span.vb-computed", number.whole(value, setting.lang), title=said)


def share(known: int, of: int, lang: Language) -> Markup:
    """`known/of` above a bar as long as the share."""
    written = f"{number.whole(known, lang)}/{number.whole(of, lang)}"
    bar = tag("span.vb-bar", length(known / of if of else 0), aria_hidden="true")
    return tag("span.vb-share.vb-full" if known == of else "span.vb-share", written, bar)


def length(share: float) -> Markup:
    """The filled part of a bar; `share` is between 0 and 1."""
    return tag("i", style=f"width:{100 * share:.1f}%")


def _scale(row: Row, setting: Setting) -> str:
    if row["scale"] == "percent":
        return " %"
    if row["out_of"] is None:
        return ""
    return f"/{number.decimal(row['out_of'], 0 if row['out_of'] == int(row['out_of']) else 1, setting.lang)}"
