"""A process that draws charts for `dashboard.charts.export.drawing`: specifications in, pictures out.

Run as a program of its own, it imports nothing of ours: it is at work in a tenth of a second. A line of JSON says
what is wanted of a chart, the next one is its specification. What goes back is framed by its length; a negative
one says that what follows is an error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

VEGA_LITE = "6.4"
_NOTHING = '{"data": {"values": [{}]}, "mark": "point"}'


def draw(converter: Any, specification: str, wanted: list[tuple[str, float]]) -> list[bytes]:
    """The chart in every form wanted: (`png`, scale), (`svg`, 1), (`pdf`, 1); laid out once for all of them."""
    drawing: str = converter.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    made: dict[str, Callable[[float], bytes]] = {
        "png": lambda scale: converter.svg_to_png(drawing, scale=scale),
        "svg": lambda _scale: drawing.encode(),
        "pdf": lambda _scale: converter.svg_to_pdf(drawing),
    }
    return [made[kind](scale) for kind, scale in wanted]


def main(fonts: str, given: BinaryIO, back: BinaryIO) -> None:
    """Draw each chart that is asked for on `given` and write it to `back`, until `given` ends."""
    import vl_convert

    vl_convert.register_font_directory(fonts)
    # The first drawing takes as long as three: this empty one is done before any chart is asked for.
    draw(vl_convert, _NOTHING, [("svg", 1.0)])
    while wanted := given.readline():
        specification = given.readline().decode()
        try:
            parts = draw(vl_convert, specification, json.loads(wanted))
        except Exception as error:
            _write(back, str(error).encode(), failed=True)
        else:
            for part in parts:
                _write(back, part)
        back.flush()


def _write(back: BinaryIO, part: bytes, *, failed: bool = False) -> None:
    back.write((-len(part) - 1 if failed else len(part)).to_bytes(8, "big", signed=True) + part)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
