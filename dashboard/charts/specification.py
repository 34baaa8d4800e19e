"""The one way from an Altair chart to the specification that pages and pictures use.

A chart module describes its layers with `alt` and gives back `layered(layers, height)`. It keeps the result
(`functools.cache`) for each *shape*: the arguments that decide which layers there are, never whose figures they
draw. The rows go beside it, so the browser keeps the drawing and only moves its marks.

`alt` is Altair, imported when the first chart is drawn: a module may name `alt.Chart` in a function or an
annotation, but not where it is run on import.

Channels are written with their classes (`alt.Text("said:N")`, `alt.YValue(4)`, `alt.SizeValue(9, condition=…)`):
a bare string, `alt.value` and `alt.when` draw the same, and Altair takes some 5 ms to find the class for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from dashboard.charts.caption import spoken
from dashboard.charts.figure import FIT_WIDTH, WIDE
from dashboard.charts.theme import NAME, theme

if TYPE_CHECKING:
    import altair as alt
else:

    class _Altair:
        """Altair's names, each looked up in Altair when it is asked for."""

        def __getattr__(self, name: str) -> Any:
            return getattr(load(), name)

    alt = _Altair()

__all__ = ["alt", "layered", "load"]


@cache
def load() -> ModuleType:
    """Altair, imported and set up: the server does this ahead of the first chart.

    Whoever draws charts of their own gets the dashboard's look with `alt.theme.enable("vuotbac", lang=…, mode=…)`.
    """
    import altair
    from altair.utils.schemapi import disable_debug_mode

    # Else each part would be held against the schema when it is made, and again with the whole.
    disable_debug_mode()
    altair.theme.register(NAME, enable=False)(theme)
    # Figures that belong to a layer stay in it.
    altair.data_transformers.consolidate_datasets = False
    return altair


def layered(
    layers: Iterable[alt.Chart],
    height: int | Literal["container"],
    shared: alt.Chart | None = None,
    fit: Literal["fit-x", "fit"] = "fit-x",
    **params: str,
) -> dict[str, Any]:
    """The specification of layers over each other, the first at the back, as a `Figure` holds it.

    As wide as there is room; the plot is `height` pixels high, or as high as its place; on a page `fit="fit"` fits
    plot and axes together into that height. What all layers have in common (encodings, transforms, a projection)
    is said once, by `shared`. Expressions may use `wide`, the width of the drawing in pixels, and the `params`
    (name = expression).

    Layers that can be pointed at are read aloud, all others are silent (see `caption.spoken`). The tests hold
    every specification against Vega-Lite's schema; here that would only cost time.
    """
    known = {WIDE["name"]: WIDE["expr"]} | params
    return {
        "width": "container",
        "height": height,
        **({} if height == "container" else {"autosize": FIT_WIDTH | {"type": fit}}),
        "params": [{"name": name, "expr": expression} for name, expression in known.items()],
        **(_plain(shared) if shared else {}),
        "layer": spoken([_plain(layer) for layer in layers]),
    }


def _plain(chart: alt.Chart) -> dict[str, Any]:
    """A layer as a dict.

    One by one, since Altair copies all layers of a `LayerChart` several times, which takes longer than the rest.
    """
    found: dict[str, Any] = chart.to_dict(validate=False, context={"top_level": False, "data": None})
    return found
