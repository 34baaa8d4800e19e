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
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from dashboard.charts.theme import NAME, theme

if TYPE_CHECKING:
    import altair as alt
else:

    class _Altair:
        """Altair's names, each looked up in Altair when it is asked for."""

        def __getattr__(self, name: str) -> Any:
            return getattr(load(), name)

    alt = _Altair()

__all__ = ["WIDE", "alt", "layered", "load", "plain"]

# How wide the drawing is, by a name for use in expressions: inside a picture, where the drawing is a part of a
# whole, `width` is something else.
WIDE = {"name": "wide", "expr": "width"}


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

    Layers that can be pointed at are read aloud, all others are silent. The tests hold every specification against
    Vega-Lite's schema; here that would only cost time.
    """
    return {
        "width": "container",
        "height": height,
        **({} if height == "container" else {"autosize": {"type": fit, "contains": "padding"}}),
        "params": [WIDE, *({"name": name, "expr": expression} for name, expression in params.items())],
        **(plain(shared) if shared else {}),
        "layer": [_spoken(plain(layer)) for layer in layers],
    }


def plain(chart: alt.Chart) -> dict[str, Any]:
    """A chart of one layer as a dict, without theme.

    One at a time: Altair copies the layers of a `LayerChart` several times, which takes longer than all the rest.
    """
    try:
        return _as_dict(chart)
    except AttributeError:
        # Altair looks into pandas where that is loaded, or only half loaded by another thread: wait for that one.
        import_module("pandas")
        return _as_dict(chart)


def _as_dict(chart: alt.Chart) -> dict[str, Any]:
    found: dict[str, Any] = chart.to_dict(validate=False, context={"top_level": False, "data": None})
    return found


def _spoken(layer: dict[str, Any]) -> dict[str, Any]:
    """A layer as a screen reader should meet it: what can be pointed at says the row's `said`, all else is silent.

    Left to itself Vega reads out field names, in English, and every line of the grid.
    """
    if "tooltip" in layer.get("encoding", {}):
        return layer | {"encoding": layer["encoding"] | {"description": {"field": "said"}}}
    mark = layer["mark"]
    return layer | {"mark": ({"type": mark} if isinstance(mark, str) else mark) | {"aria": False}}
