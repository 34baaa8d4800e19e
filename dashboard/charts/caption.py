"""The words of a chart: title, subtitle, source, description; with the language and the mode it is drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.charts.figure import Figure
from dashboard.charts.theme import Mode
from dashboard.text import say
from data.text import Language


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a chart (see `Figure`), and the language and mode for what is written inside."""

    title: str
    subtitle: str
    source: str
    alt: str
    lang: Language
    mode: Mode

    def say(self, key: str, **values: object) -> str:
        """A text in the chart's language."""
        return say(self.lang, key, **values)

    def figure(
        self, name: str, *, spec: dict[str, Any], rows: pl.DataFrame, table: pl.DataFrame, **more: Any
    ) -> Figure:
        """The chart with these words around it; `more` are further fields of a `Figure`: width, height, files."""
        return Figure(name, self.title, self.subtitle, self.source, self.alt, spec, rows, table, **more)
