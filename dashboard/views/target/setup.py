"""What the simulator is set to, as the address keeps it: `set=transparency:7,labour_training:7.03`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from analytics.path.setting import PERCENTAGE_POINT, Setting
from analytics.path.simulation import Control
from dashboard.widgets.sliders import Slider
from data.definition import OVERALL

# A total is tried out around where it is: on the whole scale a point would be a hair's breadth.
_AROUND = 10.0
# Steps of an arrow key from end to end, about.
_STEPS = 100
_NEAR = 1e-9


def read(written: str) -> dict[str, float]:
    """The values by what they are of; what can't be read is left out."""
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
    """The values as they stand in an address."""
    return ",".join(f"{what}:{round(value, 8):.8g}" for what, value in values.items())


def settings(values: Mapping[str, float]) -> tuple[Setting, ...]:
    """As the question takes them."""
    return tuple(Setting(what, value) for what, value in values.items())


def kept(values: Mapping[str, float], controls: Iterable[Control]) -> tuple[dict[str, float], list[str]]:
    """The values that a control can be turned to and isn't at already, in their order; and what else there was."""
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
    """`end` as somebody would write it, rounded away from `start` so that no gain is lost; inside the scale."""
    grid = 10.0**places
    away = math.ceil if end > start else math.floor
    # 6.89 times 100 is 689.0000000000001: noise must not cost a step.
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
    """A control as a slider: shares in per cent, decimals as its values need them."""
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
    """Whether two set-ups are the same."""
    return values.keys() == other.keys() and all(abs(value - other[what]) < 1e-6 for what, value in values.items())


def _step(span: float) -> float:
    """The round step of which about a hundred make the span."""
    wide = span / _STEPS
    power = 10.0 ** math.floor(math.log10(wide))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wide * (1 - _NEAR))
