"""A figure on a page: title and subtitle above the chart, source line and download menu below it."""

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

# Seconds that the browser needs to begin drawing what it was sent. Sent all charts at once, it would draw none
# before the last one is ready.
_BREATH = 0.02

# The menu stands at the end of the source line. The rules name each card's class: a rule for all names
# (`[class*="…"]`) would make the browser restyle the whole page whenever any class on it changes.
_PLACES = """
.st-key-chart-card-NAME { position: relative; }
.st-key-chart-card-NAME .vb-source { padding-right: 7.5rem; min-height: 2.5rem; display: flex;
  align-items: center; }
.st-key-chart-card-NAME > .st-key-take-NAME { position: absolute; right: 0; bottom: 0; width: auto; }
"""


_TABLES: WeakKeyDictionary[Figure, Any] = WeakKeyDictionary()


def breathe() -> None:
    """Pause the run, so that the browser draws what it has been sent before more is sent."""
    time.sleep(_BREATH)


def chart_card(figure: Figure, at: Context) -> None:
    """Draw a figure: its words, its chart in the theme of the page, and the menu to download it."""
    with st.container(key=f"chart-card-{figure.name}"):
        said = (tag("h2", figure.title), tag("p", figure.subtitle), tag("p.vb-hidden", figure.alt))
        st.html(tag("div.vb-figure", *said, lang=at.lang))
        st.vega_lite_chart(
            _table(figure),
            themed(figure.spec, at.lang, at.mode),
            theme=None,
            width="stretch",
            key=f"chart-{figure.name}",
            # Streamlit counts this as part of the specification: a text that changes would rebuild the chart.
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
    """The download menu; its buttons are drawn when it is opened, and a file is made when it is clicked.

    Not a fragment of its own: each fragment would cost every run as much as three charts.
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
