"""The simulator: a slider for each component, or for the indicators below one; total, rank and odds at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl
import streamlit as st

from analytics.core.ranking import ranking
from analytics.path.odds import OddsByGain
from analytics.path.setting import PERCENTAGE_POINT
from analytics.path.simulation import (
    Control,
    Simulation,
    carried,
    controls,
    indicator_controls,
    simulate,
)
from dashboard.html import cards
from dashboard.session import query
from dashboard.session.context import Context
from dashboard.subject import Subject
from dashboard.text import grammar, say
from dashboard.views.target import result, routes, setup
from dashboard.views.target.parameters import TargetParameters
from dashboard.views.target.subject import Aim, path_of, subject_of
from dashboard.widgets.filter_bar import Filter, filter_bar
from dashboard.widgets.sliders import Button, Group, Slider, Words, sliders
from data import number
from data.definition import OVERALL
from data.frames import Frames
from data.text import Problem

_WHOSE = "simulated"
_RESET = "reset"
# By the key of a route: its name, and the value that it gives each component.
Plans = dict[str, tuple[str, dict[str, float]]]
# How far rounding a route to two decimals may take a step, and the total, beyond a bound.
_ROUNDED, _ROUNDED_WHOLE = 0.011, 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """The state of the simulator, as far as the address can be followed.

    parts: The controls of components, or of the total where there are none.
    below: By component: the controls of its indicators, and how many indicators have none.
    part: The component whose indicators the reader has opened.
    values: The values set, by code.
    found: What comes of them.
    said: Sentences on what the address asks for and can't be had.
    """

    parts: tuple[Control, ...]
    below: Mapping[str, tuple[tuple[Control, ...], int]]
    part: str | None
    values: Mapping[str, float]
    found: Simulation
    said: tuple[str, ...]

    def after(self, control: Control) -> float:
        """The value of a control: as set, as it follows from indicators that are set, or as it is now."""
        if control.what in self.values:
            return self.values[control.what]
        reached = self.found.answer.figures["components"] if self.found.answer else {}
        return float(reached.get(control.what, control.now)) if control.what == control.component else control.now

    def follows(self, control: Control) -> bool:
        """Whether a component's slider is fixed, since its indicators are moved instead."""
        found = self.below.get(control.what)
        return found is not None and bool(found[0])


def forget_others(at: Context, unit: str) -> None:
    """Drop settings from the address that were made for another province, index or edition."""
    whose, written = (unit, at.selection.index, at.selection.year), TargetParameters.read().settings
    before = st.session_state.get(_WHOSE)
    if written and before and before[0] != whose and before[1] == written:
        TargetParameters.write(settings="")
        written = ""
    st.session_state[_WHOSE] = (whose, written)


@st.fragment
def draw(at: Context, subject: Subject) -> None:
    """The simulator; a slider reruns this fragment alone."""
    wording = subject.target_wording
    board = _board(subject)
    if board is None:
        st.html(cards.section(wording.say("simulator.nothing"), "", at.lang))
        return
    st.session_state[_WHOSE] = (_asked(subject), TargetParameters.read().settings)
    odds = _prospect(subject) is not None
    said = [wording.say("simulator.mark"), wording.say("simulator.others_move" if odds else "simulator.others")]
    if path_of(subject).figures["reach"]:
        said.insert(1, wording.say("simulator.reach"))
    if board.parts[0].what == OVERALL:
        said.append(wording.say("simulator.only_total", word=wording.words(1)))
    st.html(cards.section(result.title(board.found, wording, odds=odds), " ".join(said), at.lang))
    with st.container(key="result"):
        st.html(_panel(subject, board))
    notices = [*board.said, *_beyond(subject, board)]
    if notices:
        st.html(cards.notices(notices, at.lang))
    _part(subject, board)
    _sliders(subject, board, at.cached(_plans, Aim(wording.top, subject.margin)))


def _asked(subject: Subject) -> tuple[str, str, int]:
    """The unit, the index and the year, with which the simulator's questions are asked."""
    return subject.unit, subject.index.code, subject.year


def _board(subject: Subject) -> Board | None:
    """The state that the address asks for; None where nothing can be set."""
    wording = subject.target_wording
    asked = _asked(subject)
    parts = subject.ask(controls, *asked)
    if not parts:
        return None
    parameters = TargetParameters.read()
    written, part = setup.read(parameters.settings), parameters.part
    part = part if part in subject.ask(carried, *asked) and part in {control.what for control in parts} else None
    owners = _owners(subject, [what for what in written if what not in {control.what for control in parts}])
    opened = dict.fromkeys([*([part] if part else []), *owners])
    below = {code: subject.ask(indicator_controls, *asked, code) for code in opened}
    every = [*parts, *(control for found, _ in below.values() for control in found)]
    values, ignored = setup.kept(written, every)
    said = [wording.say("simulator.ignored", names=", ".join(ignored))] if ignored else []
    try:
        found = subject.ask(simulate, *asked, setup.settings(values), wording.top)
    except Problem as problem:
        said.append(wording.say("simulator.refused", reason=problem.text.in_(subject.lang)))
        values, found = {}, subject.ask(simulate, *asked, (), wording.top)
    return Board(parts, below, part, values, found, tuple(said))


def _owners(subject: Subject, codes: list[str]) -> list[str]:
    """The components that some indicators belong to."""
    if not codes:
        return []
    about = subject.frames.indicator.filter(pl.col("indicator").is_in(codes), index=subject.index.code)
    return about["component"].unique(maintain_order=True).to_list()


def _others(frames: Frames, unit: str, index: str, year: int) -> list[float]:
    """The totals of the other units."""
    rows = ranking(frames, index, year, OVERALL).rows
    return rows.filter(pl.col("unit") != unit)["score"].drop_nulls().to_list()


def _panel(subject: Subject, board: Board) -> str:
    figures = path_of(subject).figures
    rank = figures["rank"] if figures["published_rank"] is None else figures["published_rank"]
    others = subject.ask(_others, *_asked(subject))
    return result.panel(board.found, _prospect(subject), rank, figures["of"], others, subject.target_wording)


def _prospect(subject: Subject) -> OddsByGain | None:
    return subject.odds_by_gain if isinstance(subject.odds_by_gain, OddsByGain) else None


def _reach(subject: Subject, control: Control) -> float | None:
    """The furthest value that a component is held able to reach in one edition; None where it is not known."""
    found = path_of(subject).figures["reach"].get(control.what)
    if found is None or control.what != control.component:
        return None
    down = subject.index.component(control.what).direction == "lower_better"
    return float(control.now - found["feasible"] if down else control.now + found["feasible"])


def _beyond(subject: Subject, board: Board) -> list[str]:
    """Sentences on what is set further than nine in ten ever went in one edition."""
    wording, said = subject.target_wording, []
    names = []
    for control in board.parts:
        end = _reach(subject, control)
        if end is not None and abs(board.after(control) - control.now) > abs(end - control.now) + _ROUNDED:
            ahead = (board.after(control) - control.now) * (end - control.now) > 0
            names += [control.name.in_(wording.lang)] if ahead else []
    if names:
        said.append(wording.say("simulator.beyond", names=grammar.listed(names, wording.lang)))
    gain, bound = board.found.gain, path_of(subject).figures["bound"]
    if bound is not None and gain > bound + _ROUNDED_WHOLE:
        points = {"gain": wording.points(gain), "bound": wording.points(bound)}
        said.append(wording.say("simulator.beyond_total", **points))
    likely = _prospect(subject)
    if likely is not None and board.found.answer is not None and gain < likely.expected:
        points = {
            name: wording.points(value, signed=True)
            for name, value in (("gain", gain), ("usual", likely.expected))
        }
        said.append(wording.say("simulator.less_than_usual", **points))
    return said


def _part(subject: Subject, board: Board) -> None:
    """The list of components whose indicators can be opened."""
    wording = subject.target_wording
    known = subject.ask(carried, *_asked(subject))
    offered = [control for control in board.parts if control.what in known]
    if not offered:
        return
    options = [(control.what, control.name.in_(subject.lang)) for control in offered]
    item = Filter(
        "part",
        wording.say("simulator.part"),
        options,
        board.part,
        none=wording.say("simulator.part_none"),
        width=320,
    )
    filter_bar("filters-part", [item], subject.lang, partial(_opened, subject), leads=False)


def _sliders(subject: Subject, board: Board, plans: Plans) -> None:
    wording = subject.target_wording
    words = Words(
        now=wording.say("simulator.now", value="{value}"),
        adds=wording.say("simulator.adds", points="{points}"),
        buttons=wording.say("simulator.buttons"),
    )
    sliders(
        "sliders",
        _groups(subject, board),
        _buttons(subject, board, plans),
        words,
        subject.lang,
        partial(_turned, subject),
        partial(_pressed, subject, plans),
    )


def _groups(subject: Subject, board: Board) -> list[Group]:
    """The groups of sliders: the indicators that are opened, then all components."""
    wording = subject.target_wording
    found = [_indicators(subject, board, code) for code in board.below]
    whole = board.parts[0].what == OVERALL
    title = "" if whole else grammar.capital(wording.say("simulator.parts", word=wording.words(1)))
    return [*found, Group(title, [_component(subject, board, control) for control in board.parts])]


def _component(subject: Subject, board: Board, control: Control) -> Slider:
    wording = subject.target_wording
    follows = board.follows(control)
    now = number.decimal(control.now, 2, wording.lang)
    note = wording.say("simulator.by_indicators") if follows else wording.say("simulator.now", value=now)
    name = control.name.in_(wording.lang)
    return setup.slider(
        control, board.after(control), name, note, "", reach=_reach(subject, control), fixed=follows
    )


def _indicators(subject: Subject, board: Board, code: str) -> Group:
    wording = subject.target_wording
    found, refused = board.below[code]
    name = wording.index.component(code).name.in_(wording.lang)
    if not found:
        key = "simulator.part_refused" if refused else "simulator.part_unknown"
        return Group(wording.say(key, name=name), [])
    note = wording.say("simulator.part_some", count=refused) if refused else ""
    title = wording.say("simulator.part_title", name=name, count=len(found))
    return Group(title, [_indicator(subject, board, control) for control in found], note)


def _indicator(subject: Subject, board: Board, control: Control) -> Slider:
    """The slider of an indicator: a share is written in per cent, any other measure named in the note."""
    wording = subject.target_wording
    percent = control.measure in PERCENTAGE_POINT
    drawn = setup.slider(
        control, board.after(control), control.name.in_(wording.lang), "", " %" if percent else ""
    )
    value = number.decimal(control.now * drawn.factor, drawn.places, wording.lang)
    measure = "" if percent else f" ({say(subject.lang, f'measure.{control.measure}')})"
    good = wording.say("simulator.lower_better" if control.unit_value < 0 else "simulator.higher_better")
    now = wording.say("simulator.now", value=f"{value}{drawn.unit}{measure}")
    return setup.slider(control, board.after(control), drawn.label, f"{now}; {good}", drawn.unit)


def _plans(at: Context, aim: Aim) -> Plans:
    """The routes of the path, which buttons set the sliders to."""
    subject = subject_of(at, aim)
    by_name = {control.what: control for control in subject.ask(controls, *_asked(subject))}
    return {
        names[0]: (
            routes.name(names, subject.target_wording),
            {
                row["component"]: setup.rounded(row["from"], row["to"], control.low, control.high)
                for row in steps.iter_rows(named=True)
                if (control := by_name.get(row["component"])) is not None
            },
        )
        for names, steps in routes.distinct(path_of(subject).next_step.rows).items()
    }


def _buttons(subject: Subject, board: Board, plans: Plans) -> list[Button]:
    found = [Button(name, label, setup.is_at(board.values, values)) for name, (label, values) in plans.items()]
    return [*found, Button(_RESET, subject.target_wording.say("simulator.reset"), not board.values)]


def _turned(subject: Subject, what: str, value: float) -> None:
    board = _board(subject)
    if board is None:
        return
    every = {
        control.what: control
        for control in (*board.parts, *(control for found, _ in board.below.values() for control in found))
    }
    if what in every:
        _write(subject, {**board.values, what: value})


def _pressed(subject: Subject, plans: Plans, name: str) -> None:
    TargetParameters.write(part=None)
    _write(subject, {} if name == _RESET else plans[name][1])


def _opened(subject: Subject, _: str, part: str | None) -> None:
    board = _board(subject)
    values = {} if board is None else {what: value for what, value in board.values.items() if what != part}
    TargetParameters.write(part=part)
    _write(subject, values)


def _write(subject: Subject, values: Mapping[str, float]) -> None:
    """Write the values that differ from today's to the address, with the edition that they are set for."""
    now = {control.what: control.now for control in subject.ask(controls, *_asked(subject))}
    moved = {what: value for what, value in values.items() if abs(value - now.get(what, float("inf"))) > 1e-9}
    TargetParameters.write(settings=setup.write({what: moved[what] for what in (*now, *moved) if what in moved}))
    if moved:
        query.update({"province": subject.unit})
