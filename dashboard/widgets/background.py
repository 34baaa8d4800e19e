"""The switch between those whom the chosen province is seen against: its region, or those most like it."""

from __future__ import annotations

from typing import get_args

from dashboard.session.context import Context
from dashboard.session.parameters import Parameters
from dashboard.subject import Behind
from dashboard.widgets import page_filters

BEHIND: tuple[Behind, ...] = get_args(Behind)


def switch(at: Context, asked: Parameters) -> None:
    """Region or peers, for the reader to choose; the page's parameter `behind`."""
    label = at.say("view.behind")
    page_filters.one_of(at, asked, "behind", BEHIND, label, lambda key: at.say(f"view.behind_{key}"))
