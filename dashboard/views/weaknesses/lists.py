"""The three lists of weaknesses side by side (by score, rank and gap), each with strengths below."""

from __future__ import annotations

from collections.abc import Callable, Collection

import polars as pl
from markupsafe import Markup

from analytics.core.answer import Answer
from analytics.weakness.disagreement import Disagreement
from analytics.weakness.weakness import LISTS
from dashboard.html import cells
from dashboard.html.cells import MISSING, Row
from dashboard.html.markup import NOTHING, fragment, link, paragraphs, tag, visually_hidden
from dashboard.text import weaknesses as words
from dashboard.text.weaknesses import WeaknessWording
from data import number

# The address of a component.
Address = Callable[[str], str]

_WEAK, _STRONG = 5, 3


def lead(found: Disagreement, wording: WeaknessWording) -> Markup:
    """The finding of the three lists, and in one sentence why they differ."""
    why = paragraphs(filter(None, [words.why(found, wording)]))
    return tag("section.vb-lead-in", tag("h2", words.finding(found, wording)), why, lang=wording.lang)


def lists(answer: Answer, weakest: Collection[str], wording: WeaknessWording, address: Address) -> Markup:
    """The rows of `analytics.weakness.weakness` in three lists, each with strengths below.

    `weakest` are the components among the first three of every list; they are marked. `address` gives the address
    of a component.
    """
    three = tag(
        "div.vb-lists", *(_list(kind, answer, weakest, wording, address) for kind in LISTS), lang=wording.lang
    )
    if not weakest:
        return three
    mark = tag("span.vb-everywhere")
    return fragment(three, tag("p.vb-key", mark, " ", wording.say("list.everywhere"), lang=wording.lang))


def _list(
    kind: str, answer: Answer, weakest: Collection[str], wording: WeaknessWording, address: Address
) -> Markup:
    place, strength = f"place_by_{kind}", f"strength_by_{kind}"
    known = answer.rows.drop_nulls(place)
    title, below = _heading(kind, answer.rows, wording)
    if known.is_empty():
        missing = wording.say("no_other_lists", what=wording.say(f"what_{kind}"))
        return tag("section", tag("h3", title), tag("p.vb-soft", missing))
    weak = known.sort(place, maintain_order=True).head(min(_WEAK, -(-known.height // 2)))
    rest = known.filter(~pl.col("component").is_in(weak["component"].to_list()))
    strong = rest.sort(strength, maintain_order=True).head(_STRONG)
    one_scale = known["out_of"].n_unique() == 1

    def listed(style: str, rows: pl.DataFrame, by: str, marked: Collection[str]) -> Markup:
        shown = (
            tag(
                "li.vb-first" if row[by] == 1 else "li",
                link(wording.component(row["component"]), address(row["component"])),
                _mark(wording) if row["component"] in marked else NOTHING,
                tag("span", _value(kind, row, one_scale, wording)),
            )
            for row in rows.iter_rows(named=True)
        )
        return tag(f"ol.{style}", *shown)

    strengths = NOTHING
    if strong.height:
        strengths = fragment(tag("h4", wording.say("list.strong")), listed("vb-strong", strong, strength, ()))
    weaknesses = listed("vb-weak", weak, place, weakest)
    return tag("section", tag("h3", title), tag("p.vb-soft", below), weaknesses, strengths)


def _heading(kind: str, rows: pl.DataFrame, wording: WeaknessWording) -> tuple[str, str]:
    known = rows.drop_nulls(f"place_by_{kind}")
    of = known["of"].max() if known.height else rows["of"].max()
    if kind == "rank":
        printed, computed = known["published_rank"].count(), known["rank"].count()
        if known.height and not (printed or computed):
            return wording.say("list.order"), wording.say("list.order_sub", of=of)
        key = "rank_sub" if printed == known.height else "rank_sub_computed"
        return wording.say("list.rank"), wording.say(f"list.{key}", of=of)
    if kind == "gap":
        return wording.say("list.gap"), wording.say("list.gap_sub", reference=wording.reference)
    scales = known["out_of"].unique().to_list()
    if len(scales) == 1 and scales[0] is not None:
        end = words.scale_end(scales[0], wording.lang)
        return wording.say("list.score"), wording.say("list.score_sub", scale=end)
    return wording.say("list.score"), wording.say("list.score_sub_many")


def _mark(wording: WeaknessWording) -> Markup:
    """The mark of a component that is among the first of every list."""
    said = wording.say("list.everywhere")
    return tag("span.vb-everywhere", visually_hidden(f" ({said})"), title=said)


def _value(kind: str, row: Row, one_scale: bool, wording: WeaknessWording) -> str:
    if kind == "score":
        return score(row, wording, with_scale=not one_scale)
    if kind == "rank":
        return place(row, wording)
    return words.beside(row["weighted_gap"], wording)


def score(row: Row, wording: WeaknessWording, *, with_scale: bool = False) -> Markup:
    """A score with the sign of how it is known, and the end of its scale where scales differ."""
    if row["score"] is None:
        return MISSING
    written = number.decimal(row["score"], wording.index.score_decimals, wording.lang)
    if with_scale and row["out_of"] is not None:
        written += f"/{words.scale_end(row['out_of'], wording.lang)}"
    return fragment(written, cells.sign(row["score_status"], wording.lang))


def place(row: Row, wording: WeaknessWording) -> Markup:
    """The rank that is shown with the sign of how it is known, or the order where no more is: `55/63`."""
    known = (row[key] for key in ("published_rank", "rank", "order"))
    written = wording.place(next((rank for rank in known if rank is not None), None), row["of"])
    sign = cells.sign(row["rank_status"], wording.lang) if row["published_rank"] is not None else NOTHING
    return fragment(written, sign)
