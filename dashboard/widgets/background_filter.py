"""The buttons that choose the units in the background of a page's figures: the region's, or the peers."""

from __future__ import annotations

from typing import get_args

from dashboard.session.context import Context
from dashboard.session.parameters import Parameters
from dashboard.subject import Behind
from dashboard.widgets import page_filters

BEHIND: tuple[Behind, ...] = get_args(Behind)


def background_filter(at: Context, asked: Parameters) -> None:
    """A button for the region and one for the peers; a choice is written to the page's parameter `behind`."""
    label = at.say("view.behind")
    page_filters.one_of(at, asked, "behind", BEHIND, label, lambda key: at.say(f"view.behind_{key}"))
