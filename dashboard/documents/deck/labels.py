"""Labels at both ends of a slope chart, moved apart so that none covers another; still the chart's own labels.

Written as XML: python-pptx can't place a label away from its point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.labels import spread
from dashboard.documents.deck.text import LINE, SLOTS
from dashboard.documents.properties import LANGUAGE_TAGS
from data.text import Language

_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SPACES = f'xmlns:c="{_SPACE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_SIZE = 12.0
_INCH = 72.0
# The plot area between the labels, as shares of the chart: left, top, width, height.
_AREA = (0.09, 0.04, 0.43, 0.86)


@dataclass(frozen=True, slots=True)
class EndLabels:
    """How far each label is moved from its point, as a share of the chart's height; at the left, at the right."""

    moved: tuple[tuple[float, ...], tuple[float, ...]]

    def layout(self) -> str:
        """The layout of the plot area, as XML."""
        left, top, wide, high = _AREA
        return (
            f'<c:layout {_SPACES}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/><c:x val="{left}"/><c:y val="{top}"/><c:w val="{wide}"/><c:h val="{high}"/>'
            "</c:manualLayout></c:layout>"
        )


def end_labels(lines: Sequence[Sequence[float | None]], last: float, size: tuple[float, float]) -> EndLabels:
    """Where the labels of lines go, each of two ranks out of `last`; `size` of the chart in inches."""
    _, top, _, high = _AREA
    gap = LINE * _SIZE / (size[1] * _INCH)
    ends = []
    for side in (0, 1):
        wished = [top + high * ((line[side] or 1.0) - 1) / max(last - 1, 1) for line in lines]
        placed = spread(wished, gap, top, top + high)
        ends.append(tuple(round(at - wish, 4) for at, wish in zip(placed, wished, strict=True)))
    return EndLabels((ends[0], ends[1]))


def label_xml(sides: EndLabels, place: int, role: str, lang: Language) -> Any:
    """The labels of line number `place`: its value at the left, name and value at the right; as an XML element."""
    from pptx.oxml import parse_xml

    labels = "".join(
        f'<c:dLbl><c:idx val="{side}"/><c:layout><c:manualLayout><c:x val="0"/><c:y val="{moved[place]}"/>'
        f"</c:manualLayout></c:layout>{_look(role, lang)}"
        f'<c:dLblPos val="{"r" if side else "l"}"/>{_shown(bool(side))}</c:dLbl>'
        for side, moved in enumerate(sides.moved)
    )
    return parse_xml(
        f'<c:dLbls {_SPACES}>{labels}{_look(role, lang)}<c:dLblPos val="r"/>{_shown(False)}</c:dLbls>'
    )


def _look(role: str, lang: Language) -> str:
    return (
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:txPr><a:bodyPr wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f'<a:p><a:pPr><a:defRPr sz="{_SIZE * 100:.0f}" b="0"><a:solidFill><a:schemeClr val="{SLOTS[role]}"/>'
        f'</a:solidFill></a:defRPr></a:pPr><a:endParaRPr lang="{LANGUAGE_TAGS[lang]}"/></a:p></c:txPr>'
    )


def _shown(named: bool) -> str:
    name = int(named)
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="{name}"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/><c:separator>  </c:separator>'
    )
