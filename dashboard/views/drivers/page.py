"""Drivers: what goes with outcomes, ranks under other weights, the next score, what sets provinces apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import streamlit as st

from dashboard.session.context import Context, context
from dashboard.views.drivers import effects as drivers_effects
from dashboard.views.drivers import forecast as drivers_ahead
from dashboard.views.drivers import shares as drivers_shares
from dashboard.views.drivers import weights as drivers_weights
from dashboard.views.drivers.frame import Choose
from dashboard.views.drivers.parameters import DriverParameters, Part
from dashboard.widgets import filters, page_filters

_DRAWN: dict[Part, Callable[[Context, Choose], None]] = {
    "drivers": drivers_effects.draw,
    "robustness": drivers_weights.draw,
    "forecast": drivers_ahead.draw,
    "shares": drivers_shares.draw,
}


def page() -> None:
    """Select, ask, draw: one of four parts, named in the address; the others are not computed."""
    at = context()
    asked, label = DriverParameters.read(), at.say("drivers.part_label")

    def choose(*names: filters.Shared, more: Callable[[], None] | None = None) -> None:
        with st.container(horizontal=True, vertical_alignment="bottom", key="drivers-choices"):
            page_filters.one_of(
                at, asked, "part", get_args(Part), label, lambda part: at.say(f"drivers.part.{part}")
            )
            filters.show(at, *names)
            if more is not None:
                more()

    _DRAWN[asked.part](at, choose)
