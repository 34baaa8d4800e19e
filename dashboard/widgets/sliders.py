"""Sliders, as one element of the page, with the buttons that set them all at once.

The browser's own range inputs: they speak the reader's language in decimals too, cost one element however many
there are, and say where a value stands now and how far it is held possible in one edition.
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
    """One slider. Values are as the product knows them; what is written is `factor` times as much, in `unit`.

    `now` is marked, `reach` (the other end of what is held possible, or None) shaded from there; `places` are the
    decimals written and `step` what an arrow key moves. `worth` is what a unit of the value adds to the total.
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
    """Sliders below a heading."""

    title: str
    sliders: Sequence[Slider]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that sets them all; `pressed` where they stand as it would set them."""

    name: str
    label: str
    pressed: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What is written on every slider: where it stands now, what it adds to the total, and above the buttons."""

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
    """Show them; `turned(what, value)` and `pressed(name)` are told what is done, before the next rerun."""

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
    # In a list: Streamlit looks for frames in a mapping, and imports pandas to do so.
    _mounted(key=key, data=[data], on_turned_change=on_turned, on_pressed_change=on_pressed)
