"""A unit's card for one index: rank, score, their change since the edition before, a sparkline of its ranks."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from markupsafe import Markup

from analytics.core.history import rank_points
from dashboard.charts import sparkline
from dashboard.charts.theme import Mode
from dashboard.html import cells
from dashboard.html.cells import Row
from dashboard.html.markup import NOTHING, fill, fragment, tag
from dashboard.text import grammar, say
from dashboard.text import overview as words
from dashboard.text.sentences import shown_rank
from data import number
from data.definition import Index
from data.text import Language


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What a card shows: a unit's totals on an index (rows of `analytics.core.history.history`) in an edition.

    `title` and the address `link` head it; `lines` are sentences below. `small` leaves out all but the standing.
    """

    index: Index
    totals: pl.DataFrame
    year: int
    title: str
    link: str | None = None
    chosen: bool = False
    small: bool = False
    lines: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The figures of the edition shown."""
        return self.totals.filter(year=self.year).row(0, named=True)


def card(shown: Card, lang: Language, mode: Mode) -> Markup:
    """The card as HTML; `mode` gives the colours of the sparkline."""
    row = shown.row
    place = shown_rank(row)
    unknown = tag("span.vb-big.vb-none", say(lang, "overview.rank_unknown"))
    big = unknown if place is None else tag("span.vb-big", number.standing(place, row["of"], lang))
    return tag(
        _selector(small=shown.small, chosen=shown.chosen),
        _head(shown, lang),
        tag("p.vb-figures", big, tag("span.vb-points", _score(row, shown.index, lang))),
        _provenance(row, lang),
        _moved(row, shown, lang),
        _spark(shown, lang, mode),
        *(tag("p.vb-line", line) for line in shown.lines),
        lang=lang,
    )


def empty(title: str, sentence: str, lang: Language, small: bool = False) -> Markup:
    """A card for an index on which nothing is known of the unit."""
    return tag(_selector(small=small), tag("h2", title), tag("p.vb-soft", sentence), lang=lang)


def grid(cards: Iterable[Markup], style: str = "") -> Markup:
    """Cards in a grid; `style` is a further class."""
    return tag(f"div.vb-cards.{style}" if style else "div.vb-cards", *cards)


def _selector(*, small: bool, chosen: bool = False) -> str:
    return f"article.vb-card{'.vb-small' if small else ''}{'.vb-current' if chosen else ''}"


def _head(shown: Card, lang: Language) -> Markup:
    if shown.link is None:
        return tag("h2", shown.title)
    label = say(lang, "overview.look", index=shown.title)
    current = "true" if shown.chosen else None
    title = tag("a", shown.title, href=shown.link, target="_self", aria_label=label, aria_current=current)
    return tag("h2", title, tag("span.vb-tag", say(lang, "overview.chosen")) if shown.chosen else NOTHING)


def _score(row: Row, index: Index, lang: Language) -> str:
    low, high = row["score_low"], row["score_high"]
    if row["score"] is not None:
        written = number.decimal(row["score"], index.score_decimals, lang)
    elif low is not None and high is not None:
        written = "–".join(number.decimal(end, index.score_decimals, lang) for end in (low, high))
    else:
        return tag("span.vb-soft.vb-none", say(lang, "overview.score_unknown"))
    return say(lang, "standing.points", points=written)


def _provenance(row: Row, lang: Language) -> Markup:
    said = words.provenance(row, lang)
    return tag("p.vb-how", "; ".join(said)) if said else NOTHING


def _moved(row: Row, shown: Card, lang: Language) -> Markup:
    """The change of rank and score since the edition before, or why it is missing."""
    before = shown.index.previous(row["year"])
    if before is None or before.unit_set != shown.index.edition(row["year"]).unit_set:
        return NOTHING
    if shown.totals.filter(year=before.year).is_empty():
        named = words.edition(shown.index, before.year, lang)
        return tag("p.vb-moved.vb-soft", say(lang, "overview.no_before", edition=named))
    changes = _changes(row, shown.index, lang)
    # The card's title names the index: here the year says enough.
    against = say(lang, "overview.against", edition=before.year)
    method = NOTHING
    if row["change_score"] is None and not shown.index.comparable(before.year, row["year"]) and not shown.small:
        method = fragment(tag("br"), tag("span.vb-soft", say(lang, "overview.method")))
    if not changes:
        return tag("p.vb-moved.vb-soft", f"{against}: {number.MISSING}", method)
    return tag("p.vb-moved", Markup(", ").join(changes), " ", tag("span.vb-soft", against), method)


def _changes(row: Row, index: Index, lang: Language) -> list[str]:
    """The changes that are known: places, points."""
    places, points = row["change_rank"], row["change_score"]
    found: list[str] = []
    if places == 0:
        found.append(say(lang, "standing.rank_same"))
    elif places is not None:
        found.append(fill(grammar.places(places, lang, "{count}"), count=cells.change(places, 0, lang)))
    if points is not None:
        amount = cells.change(points, index.score_decimals, lang)
        found.append(fill(say(lang, "documents.unit.points", amount="{amount}"), amount=amount))
    return found


def _spark(shown: Card, lang: Language, mode: Mode) -> Markup:
    """The sparkline, as an image: Streamlit removes SVG elements from HTML but keeps images."""
    points = rank_points(shown.totals, shown.index)
    if not points:
        return NOTHING
    unit_set = shown.index.edition(shown.year).unit_set
    years = [item.year for item in shown.index.editions if item.unit_set == unit_set]
    if len(years) < 2:
        return NOTHING
    top = shown.index.target_group.get(unit_set, 0)
    drawn = sparkline.sparkline(points, years, shown.year, top, mode)
    source = f"data:image/svg+xml;base64,{b64encode(drawn.svg.encode()).decode()}"
    label = words.spark(shown.index, points, lang)
    edge = NOTHING
    if drawn.edge is not None:
        # The last rank of the target group, beside the lower end of its band.
        edge = tag("span.vb-edge", str(top), aria_hidden="true", style=f"--edge:{drawn.edge:.3f}")
    first, last = (tag("span", str(year)) for year in (years[0], years[-1]))
    return tag(
        "div.vb-spark",
        tag("img", alt=label, width=sparkline.WIDTH, height=sparkline.HEIGHT, src=source),
        edge,
        tag("span.vb-years", first, last, aria_hidden="true"),
    )
