"""The chart of a region's or of the peers' scores."""

from __future__ import annotations

from dashboard.documents.content.content import Chapter
from dashboard.documents.deck.chart import Chart, Series
from dashboard.documents.deck.chart_common import alt_text, marked_names
from data.text import Language

# With fewer there is nothing to compare.
_LEAST = 2


def neighbours(chapter: Chapter, name: str, lang: Language) -> Chart | None:
    """The scores of the units in table `name` (`region`, `peers`), the province's own in its colour."""
    table = chapter.table(name)
    if table is None or "score" not in table.rows.columns:
        return None
    rows = table.rows.with_columns(name=marked_names(table, "name")).with_row_index("place").drop_nulls("score")
    if rows.height < _LEAST:
        return None
    own = [here for here, place in enumerate(rows["place"]) if place == table.highlighted]
    return Chart(
        "bar",
        table.title,
        alt_text(table.title, rows.rename({"name": "component"}), "score", chapter.index.score_decimals, lang),
        tuple(rows["name"]),
        (
            Series(
                chapter.index.name.in_(lang),
                tuple(rows["score"]),
                "context",
                points=dict.fromkeys(own, "chosen"),
            ),
        ),
        lang,
        chapter.index.score_decimals,
        low=0,
    )
