"""Drivers: what goes with outcomes, ranks under other weights, the next score, what sets provinces apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import streamlit as st

from dashboard import controls, switches
from dashboard.views import drivers_ahead, drivers_effects, drivers_shares, drivers_weights
from dashboard.views.drivers_frame import Choose

Part = Literal["drivers", "robustness", "forecast", "shares"]
PARTS: tuple[Part, ...] = get_args(Part)

_DRAWN: dict[str, Callable[[controls.Here, Choose], None]] = {
    "drivers": drivers_effects.draw,
    "robustness": drivers_weights.draw,
    "forecast": drivers_ahead.draw,
    "shares": drivers_shares.draw,
}


def page() -> None:
    """Select, ask, draw: one part of the page at a time, named in the address; no other is computed."""
    at = controls.here()
    written = st.query_params.get("part")
    chosen = next((part for part in PARTS if part == written), PARTS[0])

    def choose(*names: controls.Chosen, more: Callable[[], None] | None = None) -> None:
        with st.container(horizontal=True, vertical_alignment="bottom", key="drivers-choices"):
            switches.one_of(
                at, "part", PARTS, at.say("drivers.part_label"), lambda part: at.say(f"drivers.part.{part}")
            )
            controls.choices(at, *names)
            if more is not None:
                more()

    _DRAWN[chosen](at, choose)
