"""Drivers: what goes with outcomes, ranks under other weights, the next score, what sets provinces apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import streamlit as st

from dashboard.session.context import Context, context
from dashboard.views.drivers import effects as drivers_effects
from dashboard.views.drivers import forecast as drivers_ahead
from dashboard.views.drivers import shares as drivers_shares
from dashboard.views.drivers import weights as drivers_weights
from dashboard.views.drivers.frame import Choose
from dashboard.widgets import filter_bar, page_filters

Part = Literal["drivers", "robustness", "forecast", "shares"]
PARTS: tuple[Part, ...] = get_args(Part)

_DRAWN: dict[str, Callable[[Context, Choose], None]] = {
    "drivers": drivers_effects.draw,
    "robustness": drivers_weights.draw,
    "forecast": drivers_ahead.draw,
    "shares": drivers_shares.draw,
}


def page() -> None:
    """Select, ask, draw: one part of the page at a time, named in the address; no other is computed."""
    at = context()
    written = st.query_params.get("part")
    chosen = next((part for part in PARTS if part == written), PARTS[0])

    def choose(*names: filter_bar.Chosen, more: Callable[[], None] | None = None) -> None:
        with st.container(horizontal=True, vertical_alignment="bottom", key="drivers-choices"):
            page_filters.one_of(
                at, "part", PARTS, at.say("drivers.part_label"), lambda part: at.say(f"drivers.part.{part}")
            )
            filter_bar.choices(at, *names)
            if more is not None:
                more()

    _DRAWN[chosen](at, choose)
