"""What sets provinces apart, in words: figures of `analytics.shares` in, titles out, in either language."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.core.answer import Answer
from analytics.drivers.shares import REMAINDER
from dashboard.text import overview, say
from data import number
from data.definition import Index
from data.text import Language

# Two components are named together where the second adds this much; a lesser remainder is not drawn.
_SECOND = 10.0
_LEAST = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """An answer of `analytics.shares`."""

    answer: Answer
    index: Index
    lang: Language

    @property
    def edition(self) -> str:
        """`PCI 2019`."""
        assert self.answer.year is not None  # shares are those of an edition
        return overview.edition(self.index, self.answer.year, self.lang)

    @property
    def source(self) -> str:
        """Whose figures they are."""
        publisher = self.index.publisher.in_(self.lang)
        return say(self.lang, "source.first_hand", publisher=publisher, edition=self.edition)

    @property
    def caveat(self) -> str:
        """What stands on the chart."""
        return say(self.lang, "drivers.caveat_shares")

    def name(self, code: str) -> str:
        """A component's name."""
        return self.index.component(code).name.in_(self.lang)

    def say(self, key: str, **values: object) -> str:
        """A text of this part."""
        given: dict[str, object] = {
            "edition": self.edition,
            "word": self.index.component_word.in_(self.lang),
            "units": self.answer.figures["units"],
            "spread": number.decimal(self.answer.figures["spread"], self.index.score_decimals, self.lang),
        }
        return say(self.lang, f"drivers.spread.{key}", **(given | values))


def named(spread: Spread) -> pl.DataFrame:
    """The one or two components that make most of the spread."""
    parts = spread.answer.rows.filter(pl.col("component") != REMAINDER)
    return parts.head(2).filter((pl.int_range(pl.len()) == 0) | (100 * pl.col("spread_share") >= _SECOND))


def title(spread: Spread) -> str:
    """`Hỗ trợ doanh nghiệp và Đào tạo lao động tạo ra 49 % chênh lệch tổng điểm PCI 2019`."""
    top = named(spread)
    names = [spread.name(code) for code in top["component"]]
    share = number.decimal(100 * float(top["spread_share"].sum()), 0, spread.lang)
    if len(names) == 1:
        return spread.say("finding_one", first=names[0], share=share)
    return spread.say("finding_two", first=names[0], second=names[1], share=share)


def drawn(spread: Spread) -> pl.DataFrame:
    """The rows of the chart, in per cent: label, share, weight, strong, written."""
    strong = named(spread)["component"].to_list()
    rows = spread.answer.rows.filter(
        (pl.col("component") != REMAINDER) | (100 * pl.col("spread_share").abs() >= _LEAST)
    )
    return rows.select(
        label=pl.col("component").map_elements(
            lambda code: spread.say("remainder") if code == REMAINDER else spread.name(code),
            return_dtype=pl.String,
        ),
        share=100 * pl.col("spread_share"),
        weight=100 * pl.col("weight"),
        strong=pl.col("component").is_in(strong),
        written=(100 * pl.col("spread_share")).map_elements(
            lambda share: f"{number.decimal(share, 1, spread.lang)} %", return_dtype=pl.String
        ),
    )
