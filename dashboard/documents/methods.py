"""How the figures of a pack were reckoned and what must be known of them: sentences for the annex."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.precedent import CALIPER
from dashboard.documents.material import Material
from dashboard.documents.specification import Section
from dashboard.text import grammar, say
from data import number

_BY_SECTION = {
    Section.COMPONENTS: ("median",),
    Section.CHANGE: ("contribution",),
    Section.GAPS: ("gap", "agencies"),
    Section.INDICATORS: ("indicators",),
    Section.NEIGHBOURS: ("peers",),
    Section.ROUTES: ("routes", "odds"),
    Section.PRECEDENTS: ("precedents",),
}


def methods(material: Material) -> tuple[str, ...]:
    """Publisher, weights, ranks and the method of every part asked for, in order; empty without the annex."""
    if Section.METHOD not in material.specification.contents:
        return ()
    return tuple(_sentences(material))


def _sentences(material: Material) -> Iterator[str]:
    index, lang = material.index, material.specification.lang
    word = grammar.component_words(index, 1, lang)
    yield say(
        lang,
        "documents.method.source",
        index=index.name.in_(lang),
        full=index.full_name.in_(lang),
        publisher=index.publisher.in_(lang),
    )
    regime = index.regime(material.year)
    if regime.components:
        known = all(index.weight(code, material.year) is not None for code in regime.components)
        status = regime.weight_status if known else "unknown"
        yield say(lang, f"documents.method.weights_{status}", word=word)
    if regime.note is not None:
        yield regime.note.in_(lang)
    for key in ("rank", "change_rank", "comparable"):
        yield say(lang, f"documents.method.{key}")
    for section in material.specification.contents:
        for key in _BY_SECTION.get(section, ()):
            yield say(lang, f"documents.method.{key}", near=number.decimal(CALIPER, 1, lang))
