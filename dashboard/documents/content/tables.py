"""All tables of a pack, in its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from analytics.core.edition import no_components
from dashboard.documents.content import component_tables, history_tables, neighbour_tables, route_tables
from dashboard.documents.content.specification import EVERYTHING, Section
from dashboard.documents.content.table import Absent, Table
from dashboard.subject import Subject

Maker = Callable[[Subject], Table | Absent]

MAKERS: dict[Section, tuple[Maker, ...]] = {
    Section.HISTORY: (history_tables.history,),
    Section.COMPONENTS: (component_tables.components,),
    Section.GRID: (history_tables.grid_score, history_tables.grid_rank),
    Section.CHANGE: (component_tables.contributions,),
    Section.GAPS: (component_tables.gaps,),
    Section.INDICATORS: (component_tables.indicators,),
    Section.NEIGHBOURS: (neighbour_tables.peers, neighbour_tables.region),
    Section.ROUTES: (route_tables.routes, route_tables.agencies),
    Section.PRECEDENTS: (route_tables.precedents,),
}

# Sections that an edition without components has nothing for.
OF_COMPONENTS = frozenset(
    {
        Section.COMPONENTS,
        Section.GRID,
        Section.CHANGE,
        Section.GAPS,
        Section.INDICATORS,
        Section.ROUTES,
        Section.PRECEDENTS,
    }
)


def tables(
    subject: Subject, contents: Sequence[Section] = EVERYTHING
) -> tuple[tuple[Table, ...], tuple[Absent, ...]]:
    """The tables that the contents ask for, and those for which too little is known.

    A reason that is the same for several tables is given once.
    """
    found: list[Table] = []
    absent: list[Absent] = []
    reason = no_components(subject.index, subject.year)
    for section in contents:
        for maker in MAKERS.get(section, ()):
            if maker is neighbour_tables.region and subject.behind != "region":
                continue
            made: Table | Absent
            if reason is not None and section in OF_COMPONENTS:
                made = Absent(maker.__name__, section, reason.in_(subject.lang))
            else:
                made = maker(subject)
            if isinstance(made, Table):
                found.append(made)
            elif all(made.reason != other.reason for other in absent):
                absent.append(made)
    return tuple(found), tuple(absent)
