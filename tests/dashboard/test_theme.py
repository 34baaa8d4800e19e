"""The colours: every one that is written or drawn can be told from its ground."""

from __future__ import annotations

import pytest

from dashboard.charts.theme import PALETTES, Mode

# WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (graphical objects).
TEXT, MARK = 4.5, 3.0
WRITTEN = ("ink", "quiet", "chosen", "better", "worse", "target_text")
DRAWN = ("chosen", "peer", "better", "worse", "target", "high")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_as_far_as_it_goes() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("roles", "least"), [(WRITTEN, TEXT), (DRAWN, MARK)], ids=["text", "marks"])
def test_what_carries_meaning_stands_out(mode: Mode, roles: tuple[str, ...], least: float) -> None:
    palette = PALETTES[mode]
    found = {role: contrast(getattr(palette, role), palette.ground) for role in roles}
    assert {role: round(value, 2) for role, value in found.items() if value < least} == {}
