"""The settings of the simulator as text in the address: `set=transparency:7,labour_training:7.03`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from analytics.path.setting import PERCENTAGE_POINT, Setting
from analytics.path.simulation import Control
from dashboard.widgets.sliders import Slider
from data.definition import OVERALL

# The slider of a total has so many points to both sides: on the whole scale a point would be too short to set.
_AROUND = 10.0
# About how many steps of an arrow key there are from end to end.
_STEPS = 100
_NEAR = 1e-9


def read(written: str) -> dict[str, float]:
    """The values in the text, by the code of their component or indicator; what can't be read is left out."""
    found = {}
    for item in written.split(","):
        what, _, value = item.rpartition(":")
        try:
            number = float(value)
        except ValueError:
            continue
        if what and math.isfinite(number):
            found[what.strip()] = number
    return found


def write(values: Mapping[str, float]) -> str:
    """The text of these values."""
    return ",".join(f"{what}:{round(value, 8):.8g}" for what, value in values.items())


def settings(values: Mapping[str, float]) -> tuple[Setting, ...]:
    """The values as `analytics.path.simulation.simulate` takes them."""
    return tuple(Setting(what, value) for what, value in values.items())


def kept(values: Mapping[str, float], controls: Iterable[Control]) -> tuple[dict[str, float], list[str]]:
    """The values to set, in the controls' order, and the codes of those that can't be.

    A value is dropped where no control can take it, where it is the control's own already, and where it is an
    indicator's below a component that is set itself.
    """
    by_name = {control.what: control for control in controls}
    fit = {
        what: values[what]
        for what, control in by_name.items()
        if what in values and control.low - _NEAR <= values[what] <= control.high + _NEAR
    }
    moved = {what: value for what, value in fit.items() if abs(value - by_name[what].now) > _NEAR}
    # A component that is set itself can't follow from its indicators as well.
    whole = {by_name[what].component for what in moved if by_name[what].component == what}
    below = {what for what in moved if by_name[what].component != what and by_name[what].component in whole}
    free = {what: value for what, value in moved.items() if what not in below}
    return free, [what for what in values if what not in fit or what in below]


def rounded(start: float, end: float, low: float, high: float, places: int = 2) -> float:
    """`end` to `places` decimals, rounded away from `start` so that no gain is lost, within `low` and `high`."""
    grid = 10.0**places
    away = math.ceil if end > start else math.floor
    # 6.89 times 100 is 689.0000000000001: binary noise must not cost a step.
    return min(max(away(round(end * grid, 6)) / grid, low), high)


def slider(
    control: Control,
    value: float,
    label: str,
    note: str,
    unit: str,
    *,
    reach: float | None = None,
    fixed: bool = False,
) -> Slider:
    """A control as a slider; shares are shown in per cent, and all values with as many decimals as they need."""
    factor = 1 / PERCENTAGE_POINT.get(control.measure or "", 1.0)
    low, high = control.low, control.high
    if control.what == OVERALL:
        low, high = max(low, control.now - _AROUND), min(high, control.now + _AROUND)
    step = _step((high - low) * factor) / factor
    fewest = 1 if control.measure in PERCENTAGE_POINT else 0
    places = 2 if control.measure is None else max(fewest, -math.floor(math.log10(step * factor) + _NEAR))
    return Slider(
        what=control.what,
        label=label,
        note=note,
        now=control.now,
        value=min(max(value, low), high),
        low=low,
        high=high,
        step=step,
        places=places,
        worth=control.unit_value,
        factor=factor,
        unit=unit,
        reach=reach,
        fixed=fixed,
    )


def is_at(values: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether two sets of values are the same."""
    return values.keys() == other.keys() and all(abs(value - other[what]) < 1e-6 for what, value in values.items())


def _step(span: float) -> float:
    """The round step of which about a hundred make up the span."""
    wide = span / _STEPS
    power = 10.0 ** math.floor(math.log10(wide))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wide * (1 - _NEAR))
