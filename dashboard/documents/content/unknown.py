"""Sentences on what isn't known at all: the same in place of a table and in the list of what is unknown."""

from __future__ import annotations

import polars as pl

from dashboard.subject import Subject
from dashboard.text import grammar, say, sentences
from data.definition import OVERALL


def total(subject: Subject) -> str:
    """That neither total nor rank is known: in no edition up to this one, or in this one alone."""
    index, lang = subject.index, subject.lang
    totals = subject.totals
    figures = pl.any_horizontal(pl.col("score", "rank", "published_rank").is_not_null())
    before = index.previous(subject.year)
    first = before is None or before.unit_set != subject.edition.unit_set
    if first or (totals.height and totals.filter(figures).height):
        edition = sentences.edition(index, subject.year, OVERALL, lang)
        return say(lang, "documents.unknown.nothing", name=subject.name, edition=edition)
    about = {"name": subject.name, "index": index.name.in_(lang), "year": subject.year}
    return say(lang, "documents.absent.history", **about)


def components(subject: Subject) -> str:
    """That nothing is known of any component in the edition."""
    index, lang = subject.index, subject.lang
    edition = sentences.edition(index, subject.year, OVERALL, lang)
    word = grammar.component_words(index, 1, lang)
    return say(lang, "documents.unknown.no_components", word=word, name=subject.name, edition=edition)
