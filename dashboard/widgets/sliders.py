"""Sliders and the buttons that set several of them at once, as one component of the page.

They are the browser's own range inputs, drawn by `static/sliders.js`: any number of them costs one Streamlit
element, decimals follow the reader's language, and each shows today's value and what is within reach in one
edition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from dashboard.widgets.script import script
from data.text import Language

_mounted = st.components.v2.component(
    "vuotbac.sliders", html='<div class="vb-sliders"></div>', js=script("sliders"), isolate_styles=False
)


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider.

    what: The code that a move is reported under, of a component or an indicator.
    label, note: The name above the slider and the sentence below it.
    now, value: Today's value, which is marked, and the value set.
    low, high, step: The ends of the scale, and what an arrow key adds.
    places: Decimals written.
    worth: Points of the total that one more of the value adds.
    factor, unit: Values are shown times `factor` and followed by `unit`, such as 100 and ` %` for shares.
    reach: The furthest value within reach in one edition, shaded from `now`; None where it is not known.
    fixed: Whether it can't be moved, since its value follows from others.
    """

    what: str
    label: str
    note: str
    now: float
    value: float
    low: float
    high: float
    step: float
    places: int
    worth: float
    factor: float = 1.0
    unit: str = ""
    reach: float | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Sliders under a common heading, with a note below it."""

    title: str
    sliders: Sequence[Slider]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sets sliders; `pressed` is True while they are at the values that it sets."""

    name: str
    label: str
    pressed: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Texts with placeholders: `now` ({value}) and `adds` ({points}) of a slider, `buttons` above the buttons."""

    now: str
    adds: str
    buttons: str


def sliders(
    key: str,
    groups: Sequence[Group],
    buttons: Sequence[Button],
    words: Words,
    lang: Language,
    turned: Callable[[str, float], None],
    pressed: Callable[[str], None],
) -> None:
    """Draw the sliders and buttons.

    `turned(what, value)` is called before the next rerun with a slider that was let go, `pressed(name)` with a
    button that was clicked. `key` is the component's key in Streamlit's session state.
    """

    def on_turned() -> None:
        told = st.session_state[key]["turned"]
        if told:
            turned(str(told["what"]), float(told["value"]))

    def on_pressed() -> None:
        told = st.session_state[key]["pressed"]
        if told:
            pressed(str(told))

    data = {
        "lang": lang,
        "groups": [asdict(group) for group in groups],
        "buttons": [asdict(button) for button in buttons],
        "words": asdict(words),
    }
    # In a list: of a mapping Streamlit would check each value for a data frame, and import pandas for that.
    _mounted(key=key, data=[data], on_turned_change=on_turned, on_pressed_change=on_pressed)
