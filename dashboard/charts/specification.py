"""The one way from an Altair chart to the specification that pages and pictures use.

A chart module describes its layers with `alt` and gives back `plain(layered(layers, height))`. It keeps the result
(`functools.cache`) for each *shape*: the arguments that decide which layers there are, never whose figures they
draw. The rows go beside it, so the browser keeps the drawing and only moves its marks.

`alt` is Altair, imported when the first chart is drawn: a module may name `alt.Chart` in a function or an
annotation, but not where it is run on import.

Values are written with the classes for them (`alt.YValue(4)`, `alt.ColorValue(ink, condition=…)`): `alt.value` and
`alt.when` draw the same and take Altair five times as long to take in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from dashboard.charts.caption import spoken
from dashboard.charts.figure import WIDE
from dashboard.charts.theme import NAME, theme

if TYPE_CHECKING:
    import altair as alt
else:

    class _Altair:
        """Altair's names, each looked up in Altair when it is asked for."""

        def __getattr__(self, name: str) -> Any:
            return getattr(load(), name)

    alt = _Altair()

__all__ = ["alt", "layered", "load", "plain", "rows"]


@cache
def load() -> ModuleType:
    """Altair, imported and set up: the server does this ahead of the first chart.

    Whoever draws charts of their own gets the dashboard's look with `alt.theme.enable("vuotbac", lang=…, mode=…)`.
    """
    import altair

    altair.theme.register(NAME, enable=False)(theme)
    # Figures that belong to a layer stay in it: a page takes the specification apart from other data.
    altair.data_transformers.consolidate_datasets = False
    return altair


def rows() -> alt.NamedData:
    """The data of a chart: the rows of its `Figure`, which go beside the specification."""
    return alt.NamedData("rows")


def layered(layers: Iterable[alt.Chart], height: int | Literal["container"], **params: str) -> alt.LayerChart:
    """Layers over each other, the first at the back; as wide as there is room, the plot `height` pixels high.

    Expressions may use `wide`, the width of the drawing, and the `params` (name = expression).
    """
    known = {WIDE["name"]: WIDE["expr"]} | params
    return alt.LayerChart(
        data=rows(),
        layer=[*layers],
        width="container",
        height=height,
        # The height is that of the plot, whatever stands below it.
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        params=[alt.VariableParameter(name, expr=expression) for name, expression in known.items()],
    )


def plain(chart: alt.LayerChart) -> dict[str, Any]:
    """The Vega-Lite specification as a dict, without data and theme, as a `Figure` holds it.

    Layers that can be pointed at are read aloud, all others are silent (see `caption.spoken`). The tests check
    every specification against Vega-Lite's schema; here that would only cost time.
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    found = {key: value for key, value in spec.items() if key not in ("$schema", "config", "data")}
    return found | {"layer": spoken(found["layer"])}
