"""Why a total and a rank moved, as charts: what they draw, and the words around them."""

from __future__ import annotations

import polars as pl

from analytics.change.change import REMAINDER
from analytics.change.rank_change import METHOD, OTHERS, OWN
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.profile import folded
from dashboard.charts.theme import Mode
from dashboard.charts.waterfall import waterfall
from dashboard.text import change as words
from dashboard.text import grammar
from dashboard.text.account_change import told
from dashboard.text.change import Account
from data import number

_LINES = 2
_STEP = {"label": pl.String, "kind": pl.String, "value": pl.Float64, "printed": pl.Boolean, "written": pl.String}


def parts(account: Account, mode: Mode) -> Figure:
    """What each component added to the total or took from it."""
    figures, rows = account.figures, told(account.index, account.answer)
    ends = [
        (edition, kind, figures[f"score_{side}"], _printed(figures[f"status_{side}"]), account.points(value))
        for side, kind, edition, value in (
            ("before", "start", account.before, figures["score_before"]),
            ("after", "end", account.edition, figures["score_after"]),
        )
    ]
    unknown = account.parts["contribution"].null_count()
    steps = [_step(account, row, unknown) for row in rows.iter_rows(named=True)]
    drawn = pl.DataFrame([ends[0], *steps, ends[1]], schema=_STEP, orient="row")
    named = {"name": account.name, "before": account.before, "edition": account.edition, "word": account.word}
    subtitle = [account.say("parts.subtitle", **named)]
    if unknown:
        word = grammar.component_words(account.index, unknown, account.lang)
        subtitle.append(account.say("parts.unknown_some", count=unknown, word=word))
    if not drawn["printed"].all():
        subtitle.append(account.say("parts.hollow"))
    said = [f"{label}: {written}" for label, written in drawn.select("label", "written").iter_rows()]
    caption = Caption(
        title=words.parts_title(account),
        subtitle="; ".join(subtitle),
        source=words.source(account),
        alt=account.say("parts.alt", start=said[0], steps="; ".join(said[1:-1]), end=said[-1]),
        lang=account.lang,
        mode=mode,
    )
    axis = account.say("parts.axis", index=account.index.name.in_(account.lang))
    return waterfall("change-parts", drawn, figures["score_before"], axis, signed=False, caption=caption)


def _step(account: Account, row: dict[str, object], unknown: int) -> tuple[object, ...]:
    value = row["contribution"]
    assert value is None or isinstance(value, float)
    if row["component"] == REMAINDER:
        label = account.say("parts.rest_unknown" if unknown else "parts.rest")
        return label, "rest", value, True, account.points(value, signed=True)
    written = account.say("parts.unknown") if value is None else account.points(value, signed=True)
    printed = all(_printed(row[f"status_{side}"]) for side in ("before", "after"))
    return _label(account, str(row["component"])), "part", value, printed or value is None, written


def _label(account: Account, code: str) -> str:
    """A component's name; its short one where the full one would take more lines than a row has room for."""
    name = account.component(code)
    if folded(name).count("\n") < _LINES:
        return name
    return account.short(code)


def _printed(status: object) -> bool:
    return status in (None, "published")


def places(account: Account, mode: Mode) -> Figure:
    """How many places are the province's own doing, how many the others', how many the method's."""
    figures, lang = account.figures, account.lang
    shares = [OWN, OTHERS] if account.comparable else [OWN, OTHERS, METHOD]
    whole = figures["rank_change"]
    steps = [
        (
            account.say(f"places.{part}", name=account.name),
            "part",
            figures[part],
            True,
            grammar.half(figures[part], lang, signed=True),
        )
        for part in shares
    ]
    total = (account.say("places.sum"), "sum", float(whole), True, number.whole(whole, lang, signed=True))
    drawn = pl.DataFrame([*steps, total], schema=_STEP, orient="row")
    caption = Caption(
        title=words.places_title(account),
        subtitle=account.say("places.subtitle", of=figures["compared"]),
        source=words.source(account),
        alt=account.say(
            "places.alt",
            steps="; ".join(
                f"{label}: {written}" for label, written in drawn.select("label", "written").iter_rows()
            ),
        ),
        lang=lang,
        mode=mode,
    )
    return waterfall("change-places", drawn, 0.0, account.say("places.axis"), signed=True, caption=caption)
