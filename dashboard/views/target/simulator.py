"""The simulator: a slider for each component, or for the indicators below one; total, rank and odds at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl
import streamlit as st

from analytics.core.ranking import ranking
from analytics.path.setting import PERCENTAGE_POINT
from analytics.path.simulation import (
    Control,
    OddsByGain,
    Simulation,
    carried,
    controls,
    indicator_controls,
    odds_by_gain,
    simulate,
)
from dashboard.html import cards
from dashboard.session import query
from dashboard.session.context import Context
from dashboard.text import grammar
from dashboard.views.target import result, routes, setup
from dashboard.views.target.parameters import TargetParameters
from dashboard.views.target.way import Way
from dashboard.widgets.filter_bar import Filter, filter_bar
from dashboard.widgets.sliders import Button, Group, Slider, Words, sliders
from data import number
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem

_WHOSE = "simulated"
_RESET = "reset"
# By the key of a route what it is called, and the value of each component.
Plans = dict[str, tuple[str, dict[str, float]]]
# What rounding a route to two decimals may add to a step, and to the whole.
_ROUNDED, _ROUNDED_WHOLE = 0.011, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """What the sliders stand at. `parts` are those of components, `below` those of indicators by component."""

    parts: tuple[Control, ...]
    below: Mapping[str, tuple[tuple[Control, ...], int]]
    part: str | None
    values: Mapping[str, float]
    found: Simulation
    said: tuple[str, ...]

    def after(self, control: Control) -> float:
        """Where a control stands, by itself or by what it follows from."""
        if control.what in self.values:
            return self.values[control.what]
        reached = self.found.answer.figures["components"] if self.found.answer else {}
        return float(reached.get(control.what, control.now)) if control.what == control.component else control.now

    def follows(self, control: Control) -> bool:
        """Whether a component's slider stands still because its indicators are moved instead."""
        found = self.below.get(control.what)
        return found is not None and bool(found[0])


def forget_others(at: Context, unit: str) -> None:
    """Drop from the address what was set for another province, index or edition before this one was chosen."""
    whose, written = (unit, at.selection.index, at.selection.year), TargetParameters.read().settings
    before = st.session_state.get(_WHOSE)
    if written and before and before[0] != whose and before[1] == written:
        TargetParameters.write(settings="")
        written = ""
    st.session_state[_WHOSE] = (whose, written)


@st.fragment
def draw(way: Way) -> None:
    """The whole part; only it is drawn anew when a slider is moved."""
    at, wording = way.at, way.wording
    board = _board(way)
    if board is None:
        st.html(cards.section(wording.say("simulator.nothing"), "", at.lang))
        return
    whose = (way.unit, at.selection.index, at.selection.year)
    st.session_state[_WHOSE] = (whose, TargetParameters.read().settings)
    odds = _prospect(way) is not None
    said = [wording.say("simulator.mark"), wording.say("simulator.others_move" if odds else "simulator.others")]
    if way.figures["reach"]:
        said.insert(1, wording.say("simulator.reach"))
    if board.parts[0].what == OVERALL:
        said.append(wording.say("simulator.only_total", word=wording.words(1)))
    st.html(cards.section(result.title(board.found, wording, odds=odds), " ".join(said), at.lang))
    with st.container(key="result"):
        st.html(_panel(way, board))
    notices = [*board.said, *_beyond(way, board)]
    if notices:
        st.html(cards.notices(notices, at.lang))
    _part(way, board)
    _sliders(way, board)


def _board(way: Way) -> Board | None:
    """What the address says, as far as it can be had."""
    at, wording = way.at, way.wording
    asked = (way.unit, at.selection.index, at.selection.year)
    parts = at.resources.ask(controls, *asked)
    if not parts:
        return None
    parameters = TargetParameters.read()
    written, part = setup.read(parameters.settings), parameters.part
    part = (
        part if part in at.resources.ask(carried, *asked) and part in {control.what for control in parts} else None
    )
    owners = _owners(way, [what for what in written if what not in {control.what for control in parts}])
    opened = dict.fromkeys([*([part] if part else []), *owners])
    below = {code: at.resources.ask(indicator_controls, *asked, code) for code in opened}
    every = [*parts, *(control for found, _ in below.values() for control in found)]
    values, ignored = setup.kept(written, every)
    said = [wording.say("simulator.ignored", names=", ".join(ignored))] if ignored else []
    try:
        found = at.resources.ask(simulate, *asked, setup.settings(values), wording.top)
    except Problem as problem:
        said.append(wording.say("simulator.refused", reason=problem.text.in_(at.lang)))
        values, found = {}, at.resources.ask(simulate, *asked, (), wording.top)
    return Board(parts, below, part, values, found, tuple(said))


def _owners(way: Way, codes: list[str]) -> list[str]:
    """The components of some indicators."""
    if not codes:
        return []
    about = way.at.resources.frames.indicator.filter(pl.col("indicator").is_in(codes), index=way.at.index.code)
    return about["component"].unique(maintain_order=True).to_list()


def _others(frames: Frames, unit: str, index: str, year: int) -> list[float]:
    """The totals of the other units."""
    rows = ranking(frames, index, year, OVERALL).rows
    return rows.filter(pl.col("unit") != unit)["score"].drop_nulls().to_list()


def _panel(way: Way, board: Board) -> str:
    figures = way.figures
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    others = way.at.resources.ask(_others, way.unit, way.at.index.code, way.at.selection.year)
    return result.panel(board.found, _prospect(way), rank, figures["of"], others, way.wording)


def _prospect(way: Way) -> OddsByGain | None:
    found = way.at.resources.ask(
        odds_by_gain, way.unit, way.at.selection.index, way.at.selection.year, way.wording.top
    )
    return found if isinstance(found, OddsByGain) else None


def _reach(way: Way, control: Control) -> float | None:
    """How far a component is held possible to go in one edition."""
    found = way.figures["reach"].get(control.what)
    if found is None or control.what != control.component:
        return None
    down = way.at.index.component(control.what).direction == "lower_better"
    return float(control.now - found["feasible"] if down else control.now + found["feasible"])


def _beyond(way: Way, board: Board) -> list[str]:
    """What is set further than nine in ten ever went in one edition."""
    wording, said = way.wording, []
    names = []
    for control in board.parts:
        end = _reach(way, control)
        if end is not None and abs(board.after(control) - control.now) > abs(end - control.now) + _ROUNDED:
            ahead = (board.after(control) - control.now) * (end - control.now) > 0
            names += [control.name.in_(wording.lang)] if ahead else []
    if names:
        said.append(wording.say("simulator.beyond", names=grammar.listed(names, wording.lang)))
    gain, bound = board.found.gain, way.figures["bound"]
    if bound is not None and gain > bound + _ROUNDED_WHOLE:
        points = {"gain": wording.points(gain), "bound": wording.points(bound)}
        said.append(wording.say("simulator.beyond_total", **points))
    likely = _prospect(way)
    if likely is not None and board.found.answer is not None and gain < likely.expected:
        points = {
            name: wording.points(value, signed=True)
            for name, value in (("gain", gain), ("usual", likely.expected))
        }
        said.append(wording.say("simulator.less_than_usual", **points))
    return said


def _part(way: Way, board: Board) -> None:
    """Which component to move by its indicators."""
    at, wording = way.at, way.wording
    known = at.resources.ask(carried, way.unit, at.selection.index, at.selection.year)
    offered = [control for control in board.parts if control.what in known]
    if not offered:
        return
    options = [(control.what, control.name.in_(at.lang)) for control in offered]
    item = Filter(
        "part",
        wording.say("simulator.part"),
        options,
        board.part,
        none=wording.say("simulator.part_none"),
        width=320,
    )
    filter_bar("filters-part", [item], at.lang, partial(_opened, way), leads=False)


def _sliders(way: Way, board: Board) -> None:
    at, wording = way.at, way.wording
    words = Words(
        now=wording.say("simulator.now", value="{value}"),
        adds=wording.say("simulator.adds", points="{points}"),
        buttons=wording.say("simulator.buttons"),
    )
    sliders(
        "sliders",
        _groups(way, board),
        _buttons(way, board),
        words,
        at.lang,
        partial(_turned, way),
        partial(_pressed, way),
    )


def _groups(way: Way, board: Board) -> list[Group]:
    """The indicators that are moved, then every component."""
    wording = way.wording
    found = [_indicators(way, board, code) for code in board.below]
    whole = board.parts[0].what == OVERALL
    title = "" if whole else grammar.capital(wording.say("simulator.parts", word=wording.words(1)))
    return [*found, Group(title, [_component(way, board, control) for control in board.parts])]


def _component(way: Way, board: Board, control: Control) -> Slider:
    wording = way.wording
    follows = board.follows(control)
    now = number.decimal(control.now, 2, wording.lang)
    note = wording.say("simulator.by_indicators") if follows else wording.say("simulator.now", value=now)
    name = control.name.in_(wording.lang)
    return setup.slider(control, board.after(control), name, note, "", reach=_reach(way, control), fixed=follows)


def _indicators(way: Way, board: Board, code: str) -> Group:
    wording = way.wording
    found, refused = board.below[code]
    name = wording.index.component(code).name.in_(wording.lang)
    if not found:
        key = "simulator.part_refused" if refused else "simulator.part_unknown"
        return Group(wording.say(key, name=name), [])
    note = wording.say("simulator.part_some", count=refused) if refused else ""
    title = wording.say("simulator.part_title", name=name, count=len(found))
    return Group(title, [_indicator(way, board, control) for control in found], note)


def _indicator(way: Way, board: Board, control: Control) -> Slider:
    """Shares in per cent, other measures named in the note."""
    wording = way.wording
    percent = control.measure in PERCENTAGE_POINT
    drawn = setup.slider(
        control, board.after(control), control.name.in_(wording.lang), "", " %" if percent else ""
    )
    value = number.decimal(control.now * drawn.factor, drawn.places, wording.lang)
    measure = "" if percent else f" ({way.at.say(f'measure.{control.measure}')})"
    good = wording.say("simulator.lower_better" if control.unit_value < 0 else "simulator.higher_better")
    now = wording.say("simulator.now", value=f"{value}{drawn.unit}{measure}")
    return setup.slider(control, board.after(control), drawn.label, f"{now}; {good}", drawn.unit)


def _plans(way: Way) -> Plans:
    """The routes that the sliders can be set to."""
    key = (_plans, way.at.selection, way.wording.top)
    return way.at.resources.kept(key, lambda: _planned(way))


def _planned(way: Way) -> Plans:
    asked = (way.unit, way.at.selection.index, way.at.selection.year)
    by_name = {control.what: control for control in way.at.resources.ask(controls, *asked)}
    return {
        names[0]: (
            routes.name(names, way.wording),
            {
                row["component"]: setup.rounded(row["from"], row["to"], control.low, control.high)
                for row in steps.iter_rows(named=True)
                if (control := by_name.get(row["component"])) is not None
            },
        )
        for names, steps in routes.distinct(way.planned.rows).items()
    }


def _buttons(way: Way, board: Board) -> list[Button]:
    found = [
        Button(name, label, setup.is_at(board.values, values)) for name, (label, values) in _plans(way).items()
    ]
    return [*found, Button(_RESET, way.wording.say("simulator.reset"), not board.values)]


def _turned(way: Way, what: str, value: float) -> None:
    board = _board(way)
    if board is None:
        return
    every = {
        control.what: control
        for control in (*board.parts, *(control for found, _ in board.below.values() for control in found))
    }
    if what in every:
        _write(way, {**board.values, what: value})


def _pressed(way: Way, name: str) -> None:
    TargetParameters.write(part=None)
    _write(way, {} if name == _RESET else _plans(way)[name][1])


def _opened(way: Way, _: str, part: str | None) -> None:
    board = _board(way)
    values = {} if board is None else {what: value for what, value in board.values.items() if what != part}
    TargetParameters.write(part=part)
    _write(way, values)


def _write(way: Way, values: Mapping[str, float]) -> None:
    """The values to the address, and the edition that they are of."""
    asked = (way.unit, way.at.selection.index, way.at.selection.year)
    now = {control.what: control.now for control in way.at.resources.ask(controls, *asked)}
    moved = {what: value for what, value in values.items() if abs(value - now.get(what, float("inf"))) > 1e-9}
    TargetParameters.write(settings=setup.write({what: moved[what] for what in (*now, *moved) if what in moved}))
    if moved:
        query.update({"province": way.unit})
