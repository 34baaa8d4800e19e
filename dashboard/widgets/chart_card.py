"""A chart on a page: its finding above it, whose figures they are below, and a menu to take it away."""

from __future__ import annotations

import time
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import streamlit as st

from dashboard.charts.export.files import KINDS
from dashboard.charts.figure import Figure, themed
from dashboard.html import markup
from dashboard.html.markup import fragment, tag
from dashboard.session.context import Context

# Seconds in which a browser takes up what it has been sent; given everything at once, it draws nothing until the
# last chart is ready.
_BREATH = 0.02

# The menu stands at the end of the source line. By name: rules for any name at all (`[class*="…"]`) would have the
# browser look at the whole page again whenever the class of anything on it changes.
_PLACES = """
.st-key-chart-card-NAME { position: relative; }
.st-key-chart-card-NAME .vb-source { padding-right: 7.5rem; min-height: 2.5rem; display: flex;
  align-items: center; }
.st-key-chart-card-NAME > .st-key-take-NAME { position: absolute; right: 0; bottom: 0; width: auto; }
"""


_TABLES: WeakKeyDictionary[Figure, Any] = WeakKeyDictionary()


def breathe() -> None:
    """Let the browser draw what has been sent before it is given what lies below the screen."""
    time.sleep(_BREATH)


def chart_card(figure: Figure, at: Context) -> None:
    """Draw a chart."""
    with st.container(key=f"chart-card-{figure.name}"):
        said = (tag("h2", figure.title), tag("p", figure.subtitle), tag("p.vb-hidden", figure.alt))
        st.html(tag("div.vb-figure", *said, lang=at.lang))
        st.vega_lite_chart(
            _table(figure),
            themed(figure.spec, at.lang, at.mode),
            theme=None,
            width="stretch",
            key=f"chart-{figure.name}",
            # Part of the specification for Streamlit: one that changes with the figures has the chart built anew.
            alt=at.say("chart_card.alt"),
        )
        places = markup.style(_PLACES.replace("NAME", figure.name))
        st.html(fragment(places, tag("p.vb-source", figure.source, lang=at.lang)))
        _take_away(figure, at)


def _table(figure: Figure) -> Any:
    """The rows as Streamlit sends them, converted once for as long as the figure is kept."""
    found = _TABLES.get(figure)
    if found is None:
        found = _TABLES[figure] = figure.rows.to_arrow()
    return found


def _take_away(figure: Figure, at: Context) -> None:
    """The menu; what it offers is drawn when it is opened, and a file made when it is asked for.

    Not a fragment of its own: each would cost every run as much as three charts.
    """
    menu = st.popover(
        at.say("chart_card.take"),
        type="tertiary",
        icon=":material/download:",
        key=f"take-{figure.name}",
        on_change="rerun",
    )
    if not menu.open:
        return
    with menu:
        for kind in KINDS:
            st.download_button(
                at.say(f"chart_card.{kind.key}"),
                data=partial(kind.made, figure, at.lang),
                file_name=f"{_stem(figure, at)}{'@4x' if kind.key == 'png_large' else ''}.{kind.ending}",
                mime=kind.mime,
                on_click="ignore",
                type="tertiary",
                key=f"{kind.key}-{figure.name}",
            )


def _stem(figure: Figure, at: Context) -> str:
    """A file's name says whose figures it holds: `pci-2019-63-36-distance`."""
    chosen = at.selection
    return "-".join(filter(None, (chosen.index, str(chosen.year), chosen.province, figure.name)))
