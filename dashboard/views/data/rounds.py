"""A table on its way in: the file, opened once; what its reader decided about it; how it is understood by that.

It lives in the session from the moment that the table is given until it is entered or taken away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from dashboard.session.context import Context
from dashboard.views.data.parameters import DataParameters
from data import intake
from data.definition import Index
from data.intake import Intake, Kept, Named, Opened, Plan
from data.text import Problem

T = TypeVar("T")

# Keys of the session state: the number of the round, whose widgets have it in their keys (a new one empties them),
# and the table under way.
PLACE, _ROUND = "import_round", "import_table"


@dataclass(slots=True, eq=False)
class Round:
    """One table under way. `given` names the file or the paste that it came from, `kept:` one entered before.

    `others` are the editions of such a file that may still be entered, `done` those that were.
    """

    given: str
    file: Opened
    named: Named
    index: str
    year: int
    kept: Kept | None
    plan: Plan = field(default_factory=Plan)
    others: tuple[int, ...] = ()
    done: set[int] = field(default_factory=set)
    _seen: tuple[Any, Intake | Problem] | None = None
    _ahead: tuple[Intake, Any] | None = None

    def understood(self, at: Context) -> Intake:
        """The table by what was decided so far, worked out once for it; raises Problem where there is none."""
        key = (at.resources.key, self.index, self.year, self.plan)
        if self._seen is None or self._seen[0] != key:
            self._seen = (key, self._examined(at))
        if isinstance(self._seen[1], Problem):
            raise self._seen[1]
        return self._seen[1]

    def _examined(self, at: Context) -> Intake | Problem:
        try:
            return intake.examined(self.file, at.resources.frames, self.index, self.year, self.plan)
        except Problem as problem:
            return Problem(problem.text.vi, problem.text.en)

    def ahead(self, understood: Intake, looked: Callable[[], T]) -> T:
        """What `looked` says of the table as it is understood, asked once for it."""
        if self._ahead is None or self._ahead[0] is not understood:
            self._ahead = (understood, looked())
        found: T = self._ahead[1]
        return found

    def decide(self, **changed: Any) -> None:
        """Change the plan."""
        self.plan = replace(self.plan, **changed)

    def start_again(self) -> None:
        """Forget what was decided, also what was taken over from an earlier table."""
        self.plan, self.kept = Plan(), None

    def another(self, year: int) -> None:
        """Go on with another edition of the same file: whom its texts mean stays."""
        self.year, self.plan, self.others = year, Plan(names=self.plan.names), ()


def place() -> int:
    """The number of the round."""
    return int(st.session_state.setdefault(PLACE, 0))


def current() -> Round | None:
    """The table under way."""
    found: Round | None = st.session_state.get(_ROUND)
    return found


def begun(at: Context, given: str, name: str, content: Callable[[], bytes]) -> Round:
    """The round of what was given: the one under way, or a new one, for which the file is opened.

    Raises Problem where the file can't be read.
    """
    found = current()
    if found is not None and found.given == given:
        return found
    refused = st.session_state.get(_ROUND + "_refused")
    if refused is not None and refused[0] == given:
        raise Problem(*refused[1])
    try:
        file = intake.opened(name, content(), at.resources.names)
    except Problem as problem:
        st.session_state[_ROUND + "_refused"] = (given, (problem.text.vi, problem.text.en))
        raise
    named = intake.named(file, at.resources.names, at.resources.frames.indices)
    code, year = _asked(at, named)
    kept = intake.kept(at.resources.store, file.shape)
    found = Round(given, file, named, code, year, kept, kept.plan if kept else Plan())
    st.session_state[_ROUND] = found
    return found


def over() -> None:
    """Let go of the table and empty the widgets."""
    let_go()
    st.session_state[PLACE] = place() + 1


def keep(table: Round, others: tuple[int, ...]) -> None:
    """Keep a file that was entered, whose widgets are empty now, for the editions in it that were not."""
    table.done.add(table.year)
    table.given, table.others = f"kept:{table.file.sha256}", tuple(sorted(set(others) - table.done))
    if table.others:
        st.session_state[_ROUND] = table


def let_go() -> None:
    """Let go of the table that was given."""
    st.session_state.pop(_ROUND, None)
    st.session_state.pop(_ROUND + "_refused", None)


def years(index: Index) -> list[int]:
    """The years that a table of an index may be of, newest first: those known, and later ones up to this year."""
    later = range(index.years[-1] + 1, date.today().year + 1)  # noqa: DTZ011
    return sorted({*index.years, *later}, reverse=True)


def asked_year(at: Context) -> int:
    """The year that the address names: a later one than all known in a parameter of this page."""
    into = DataParameters.read().into
    return into if into is not None and into in years(at.index) else at.selection.year


def _asked(at: Context, named: Named) -> tuple[str, int]:
    """The index and the year to begin with: those that the file names, else those of the address."""
    code, year = named.one()
    code = code or at.index.code
    known = years(at.resources.frames.index(code))
    if year is None or year not in known:
        year = asked_year(at) if asked_year(at) in known else known[0]
    return code, year
