"""What isn't known at all, in the same words wherever it is said: where a table would stand and in the list."""

from __future__ import annotations

import polars as pl

from dashboard.documents.content.material import Material
from dashboard.text import grammar, say, sentences
from data.definition import OVERALL


def total(material: Material) -> str:
    """That neither total nor rank is known: in no edition up to this one, or in this one alone."""
    index, lang = material.index, material.specification.lang
    totals = material.totals
    figures = pl.any_horizontal(pl.col("score", "rank", "published_rank").is_not_null())
    before = index.previous(material.year)
    first = before is None or before.unit_set != material.edition.unit_set
    if first or (totals.height and totals.filter(figures).height):
        edition = sentences.edition(index, material.year, OVERALL, lang)
        return say(lang, "documents.unknown.nothing", name=material.name(), edition=edition)
    about = {"name": material.name(), "index": index.name.in_(lang), "year": material.year}
    return say(lang, "documents.absent.history", **about)


def components(material: Material) -> str:
    """That nothing is known of any component in the edition."""
    index, lang = material.index, material.specification.lang
    edition = sentences.edition(index, material.year, OVERALL, lang)
    word = grammar.component_words(index, 1, lang)
    return say(lang, "documents.unknown.no_components", word=word, name=material.name(), edition=edition)
