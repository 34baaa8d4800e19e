"""The figure of each component's share in the spread of the totals."""

from __future__ import annotations

from analytics.drivers.shares import shares
from dashboard.charts.caption import Caption
from dashboard.charts.caveat import with_caveat
from dashboard.charts.figure import Figure
from dashboard.charts.share_bars import share_bars
from dashboard.subject import Subject
from dashboard.text import shares as words
from dashboard.text.shares import SharesWording


def wording_of(subject: Subject) -> SharesWording | None:
    """The names and number formats of sentences on the shares; None where the spread has none."""
    answer = subject.known(shares, subject.index.code, subject.year)
    if answer is None:
        return None
    return SharesWording(subject.index, subject.year, subject.name, subject.lang, answer)


def spread_shares(subject: Subject) -> Figure | None:
    """Each component's share in the spread of the totals beside its weight, in per cent; None without shares.

    Strong are those that the title names.
    """
    wording = wording_of(subject)
    if wording is None:
        return None
    rows = words.drawn(wording)
    values = "; ".join(f"{row['label']}: {row['written']}" for row in rows.iter_rows(named=True))
    caption = Caption(
        title=words.title(wording),
        subtitle=wording.say("subtitle"),
        source=wording.source,
        alt=wording.say("alt", values=values),
        lang=subject.lang,
        mode=subject.mode,
    )
    return with_caveat(share_bars(rows, wording.say("axis"), caption), wording.caveat, subject.mode)
