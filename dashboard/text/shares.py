"""Titles on the spread of the totals: figures of `analytics.drivers.shares` in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from analytics.core.answer import Answer
from analytics.drivers.shares import REMAINDER
from dashboard.text import say
from dashboard.text.wording import Wording
from data import number

# A second component is named where it adds this much (%); a smaller remainder than `_LEAST` is not drawn.
_SECOND = 10.0
_LEAST = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class SharesWording(Wording):
    """Words for an answer of `analytics.drivers.shares`."""

    PAGE: ClassVar[str] = "drivers.spread"

    answer: Answer

    @property
    def source(self) -> str:
        """The source line."""
        publisher = self.index.publisher.in_(self.lang)
        return say(self.lang, "source.first_hand", publisher=publisher, edition=self.edition)

    @property
    def caveat(self) -> str:
        """The caveat on the chart."""
        return say(self.lang, "drivers.caveat_shares")

    def _given(self) -> dict[str, object]:
        figures = self.answer.figures
        return Wording._given(self) | {"units": figures["units"], "spread": self.points(figures["spread"])}


def named(wording: SharesWording) -> pl.DataFrame:
    """The one or two components with the largest shares, which the title names."""
    parts = wording.answer.rows.filter(pl.col("component") != REMAINDER)
    return parts.head(2).filter((pl.int_range(pl.len()) == 0) | (100 * pl.col("spread_share") >= _SECOND))


def title(wording: SharesWording) -> str:
    """`Hỗ trợ doanh nghiệp và Đào tạo lao động tạo ra 49 % chênh lệch tổng điểm PCI 2019`."""
    top = named(wording)
    names = [wording.component(code) for code in top["component"]]
    share = number.decimal(100 * float(top["spread_share"].sum()), 0, wording.lang)
    if len(names) == 1:
        return wording.say("finding_one", first=names[0], share=share)
    return wording.say("finding_two", first=names[0], second=names[1], share=share)


def drawn(wording: SharesWording) -> pl.DataFrame:
    """The rows of the chart, in per cent: label, share, weight, strong, written."""
    strong = named(wording)["component"].to_list()
    rows = wording.answer.rows.filter(
        (pl.col("component") != REMAINDER) | (100 * pl.col("spread_share").abs() >= _LEAST)
    )
    return rows.select(
        label=pl.col("component").map_elements(
            lambda code: wording.say("remainder") if code == REMAINDER else wording.component(code),
            return_dtype=pl.String,
        ),
        share=100 * pl.col("spread_share"),
        weight=100 * pl.col("weight"),
        strong=pl.col("component").is_in(strong),
        written=(100 * pl.col("spread_share")).map_elements(
            lambda share: f"{number.decimal(share, 1, wording.lang)} %", return_dtype=pl.String
        ),
    )
