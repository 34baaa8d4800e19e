"""What all tables share: headings, the source line, signs and their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from dashboard.documents.content.specification import Section
from dashboard.documents.content.table import Absent, Column, Kind, Table
from dashboard.subject import Subject
from dashboard.text import grammar, say, sentences
from dashboard.text.signs import SIGNS
from data.definition import OVERALL, spans

COMPUTED = "*"
# An agency that is inferred from its mandate has a hollow sign.
HOLLOW = "◌"
PERCENT_SIGN = " %"
SCALE_PERCENT = "percent"
FULL = 100


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A table of a subject in the making."""

    subject: Subject
    name: str
    section: Section
    marks: dict[tuple[int, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def say(self, key: str, **values: object) -> str:
        """A text of the documents in the language of the pack, with what every text may name filled in."""
        lang = self.subject.lang
        index = self.subject.index
        common: dict[str, object] = {
            "name": self.subject.name,
            "index": index.name.in_(lang),
            "year": self.subject.year,
            "edition": sentences.edition(index, self.subject.year, OVERALL, lang),
            "word": grammar.component_words(index, 1, lang),
            "publisher": index.publisher.in_(lang),
        }
        return say(lang, f"documents.{key}", **(common | values))

    def column(
        self,
        key: str,
        kind: Kind = "text",
        decimals: int | None = None,
        heading: str | None = None,
        group: str | None = None,
        **values: object,
    ) -> Column:
        """A column whose heading is `documents.column.<heading or key>`; scores have the index's decimals."""
        places = self.subject.index.score_decimals if kind in ("score", "change") else 0
        named = self.say(f"column.{heading or key}", **values)
        return Column(key, named, kind, places if decimals is None else decimals, group)

    def component(self, code: str, total: str = "overall") -> str:
        """A component's name; for the total what `documents.cell.<total>` says."""
        if code == OVERALL:
            return self.say(f"cell.{total}")
        return self.subject.index.component(code).name.in_(self.subject.lang)

    def mark_status(self, rows: pl.DataFrame, key: str, statuses: Iterable[str | None]) -> None:
        """A sign on the values of a column that their publisher did not print, and a note on what it means."""
        for row, status in enumerate(statuses):
            if status in SIGNS and rows[key][row] is not None:
                self.mark(row, key, f" {SIGNS[str(status)]}")
                meaning = say(self.subject.lang, f"legend.{status}")
                self.note(self.say("note.status", sign=SIGNS[str(status)], meaning=meaning))

    def mark_own(self, rows: pl.DataFrame, key: str, codes: Sequence[str], year: int, what: str) -> None:
        """The same for the province's own figures in an edition: components down, `what` is `score` or `rank`.

        Scores in per cent of a maximum carry a percent sign, a total's computed rank a star.
        """
        known = self.subject.figures
        found = [known.get((code, year)) for code in codes]
        self.mark_status(rows, key, [None if row is None else row[f"{what}_status"] for row in found])
        for place, row in enumerate(found):
            if row is None or rows[key][place] is None:
                continue
            if what == "score" and self.in_percent(row):
                self.mark(place, key, PERCENT_SIGN)
                self.note(self.say("note.percent"))
            computed = what == "rank" and row["published_rank"] is None and row["rank"] is not None
            if computed and row["component"] == OVERALL:
                self.mark(place, key, COMPUTED)
                self.note(self.say("note.computed"))
            elif computed:
                self.note(self.say("note.component_ranks"))

    def in_percent(self, row: Mapping[str, Any]) -> bool:
        """Whether a score needs a percent sign: a total whose maximum is a hundred doesn't."""
        if row["scale"] != SCALE_PERCENT:
            return False
        total = row["component"] == OVERALL
        return not (total and self.subject.index.overall_maximum(row["year"]) == FULL)

    def mark(self, row: int, key: str, sign: str) -> None:
        """Adds a sign to a cell."""
        self.marks[row, key] = self.marks.get((row, key), "") + sign

    def note(self, sentence: str) -> None:
        """Adds a note, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def source(self, years: Iterable[int], statuses: Iterable[str | None] | None = None) -> str:
        """The source line: publisher and editions; it says so where most values are second-hand.

        `statuses` say where the values come from; by default, the province's own in these editions.
        """
        index, lang = self.subject.index, self.subject.lang
        years = set(years)
        if statuses is None:
            own = (row for (_, year), row in self.subject.figures.items() if year in years)
            statuses = [status for row in own for status in (row["score_status"], row["rank_status"])]
        known = [status for status in statuses if status is not None]
        first = sum(status in ("published", "derived") for status in known)
        key = "first_hand" if 2 * first >= len(known) else sentences.second_hand(index, years)
        named = f"{index.name.in_(lang)} {spans(years)}"
        return say(lang, f"source.{key}", publisher=index.publisher.in_(lang), edition=named)

    def table(
        self,
        columns: Sequence[Column],
        rows: pl.DataFrame,
        source: str,
        *,
        title: str | None = None,
        highlighted: int | None = None,
        closing: bool = False,
        **values: object,
    ) -> Table:
        """The table, without columns in which nothing is known; the first stays.

        `closing`: its last row is the total's; a column in which that alone is known becomes a note.
        """
        lone = [column for column in columns[1:] if closing and self._only_total(column, rows)]
        if lone:
            said = "; ".join(self._of_total(column, rows) for column in lone)
            self.note(self.say("note.total_only", items=said))
        kept = [
            column
            for place, column in enumerate(columns)
            if place == 0 or (rows[column.key].count() and column not in lone)
        ]
        return Table(
            name=self.name,
            section=self.section,
            title=self.say(f"table.{title or self.name}", **values),
            columns=tuple(kept),
            rows=rows.select(column.key for column in kept),
            source=source,
            lang=self.subject.lang,
            notes=tuple(self.notes),
            highlighted=highlighted,
            marks={place: sign for place, sign in self.marks.items() if place[1] in {item.key for item in kept}},
        )

    def _only_total(self, column: Column, rows: pl.DataFrame) -> bool:
        """Whether the last row alone has a value."""
        values = rows[column.key]
        return values.count() == 1 and values[-1] is not None

    def _of_total(self, column: Column, rows: pl.DataFrame) -> str:
        """The total's value of a column, with heading and sign."""
        heading = (
            f"{column.heading} ({column.group[:1].lower()}{column.group[1:]})" if column.group else column.heading
        )
        last = rows.height - 1
        written = column.written(rows[column.key][last], self.subject.lang)
        return f"{heading} {written}{self.marks.get((last, column.key), '')}"

    def absent(self, reason: str, **values: object) -> Absent:
        """That there is no table, for a reason of `documents.absent`."""
        return Absent(self.name, self.section, self.say(f"absent.{reason}", **values))
