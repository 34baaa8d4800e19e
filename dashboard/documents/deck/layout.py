"""Where everything on a slide goes, in inches, and how it is drawn there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from dashboard.documents.deck.chart import Chart, draw_chart, set_fill
from dashboard.documents.deck.slide import Card, Picture, Slide
from dashboard.documents.deck.table import Fit, draw_table, fit_table
from dashboard.documents.deck.template import BODY_BOX, INNER, TITLE_SIZE
from dashboard.documents.deck.text import (
    INCH,
    LINE,
    NAMESPACES,
    Paragraph,
    fill_xml,
    fit_paragraphs,
    line_count,
    run_xml,
    set_paragraphs,
    text_width,
)
from dashboard.text import say
from data.text import Language

Box = tuple[float, float, float, float]  # left, top, width, height

# What a title of one line leaves free above the body.
_SPARE = 0.42
_GUTTER = 0.35
# A chart and its words; two charts and the words below them.
_CHART_WIDE = 8.2
_WORDS_HIGH = 1.3
_CARDS_HIGH = 1.75
# A few cards need not be as wide as the slide.
_LEAST_CARDS, _SMALLEST_FIGURE, _LARGEST_FIGURE = 4, 16, 36
_PICTURE_WIDE = 6.3
_CAPTION, _REMARK, _CARD = 12.0, 11.0, 13.0
_WORD_SIZES = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0)
_BESIDE_SIZES = (18.0, 16.0, 15.0, 14.0, 13.0, 12.0)


def body(slide: Slide) -> Box:
    """The box between title and remarks."""
    left, top, wide, high = BODY_BOX
    spare = 0.0 if line_count(slide.title, TITLE_SIZE, INNER * 72, bold=True) > 1 else _SPARE
    return (left, top - spare, wide, high + spare - _remarks_high(slide))


def words_box(slide: Slide) -> Box:
    """The box for a slide's text: beside a chart, below two charts or the cards, else the whole body."""
    left, top, wide, high = body(slide)
    if slide.cards:
        above = _CARDS_HIGH + 0.3
        return (left, top + above, wide, high - above)
    if len(slide.charts) == 1:
        beside = _CHART_WIDE + _GUTTER
        return (left + beside, top + 0.35, wide - beside, high - 0.35)
    if slide.charts:
        return (left, top + high - _WORDS_HIGH, wide, _WORDS_HIGH)
    if slide.picture:
        beside = _PICTURE_WIDE + _GUTTER
        return (left + beside, top, wide - beside, high)
    return body(slide)


def slide_words_fit(slide: Slide) -> tuple[float, list[list[Paragraph]]]:
    """The size of a slide's text in points, and its parts where it needs several slides."""
    _, _, wide, high = words_box(slide)
    sizes = _WORD_SIZES if wide > INNER - 1 else _BESIDE_SIZES
    return fit_paragraphs(slide.words, wide * 72, high * 72, sizes)


def slide_table_fit(slide: Slide) -> Fit:
    """How the table of a slide fits between caption and remarks."""
    assert slide.table is not None
    _, _, wide, high = _table_box(slide)
    return fit_table(slide.table, wide, high)


def _table_box(slide: Slide) -> Box:
    left, top, wide, high = body(slide)
    above = _caption_high(slide)
    return (left, top + above, wide, high - above)


def _caption_high(slide: Slide) -> float:
    assert slide.table is not None
    # A title that is the caption needs none.
    return 0.0 if slide.title.startswith(slide.table.title) else 0.32


def _remarks_high(slide: Slide) -> float:
    if not slide.remarks:
        return 0.0
    count = line_count("  ".join(slide.remarks), _REMARK, INNER * 72)
    return count * LINE * _REMARK / 72 + 0.1


def draw_body(shapes: Any, slide: Slide, lang: Language) -> None:
    """Draws the charts, table, remarks, cards and picture of a slide."""
    for chart, box in _chart_boxes(slide):
        _draw_caption(shapes, chart.caption, box, lang)
        high = _caption_room(chart.caption, box[2])
        frame = draw_chart(shapes, chart, (box[0], box[1] + high, box[2], box[3] - high))
        _describe(frame, chart.caption, chart.alt)
    if slide.table is not None:
        _draw_table(shapes, slide, lang)
    if slide.remarks:
        _draw_remarks(shapes, slide, lang)
    if slide.cards:
        _draw_cards(shapes, slide, lang)
    if slide.picture is not None:
        _draw_picture(shapes, slide.picture, body(slide))


def move_to(shape: Any, box: Box) -> None:
    """Moves and resizes a shape."""
    shape.left, shape.top, shape.width, shape.height = (round(value * INCH) for value in box)


def _chart_boxes(slide: Slide) -> Iterator[tuple[Chart, Box]]:
    """Line charts one below the other, as they share an axis of years; bar charts side by side."""
    charts = slide.charts
    left, top, wide, high = body(slide)
    if len(charts) == 1:
        yield charts[0], (left, top, _CHART_WIDE if slide.words else wide, high)
    elif charts and charts[0].shape == "line":
        each = (high - 0.1) / len(charts)
        for place, chart in enumerate(charts):
            yield chart, (left, top + place * (each + 0.1), wide, each)
    elif charts:
        high -= _WORDS_HIGH + 0.15 if slide.words else 0
        each = (wide - _GUTTER * (len(charts) - 1)) / len(charts)
        for place, chart in enumerate(charts):
            yield chart, (left + place * (each + _GUTTER), top, each, high)


def _caption_room(caption: str, wide: float) -> float:
    return line_count(caption, _CAPTION, wide * 72) * LINE * _CAPTION / 72 + 0.06


def _draw_caption(shapes: Any, caption: str, box: Box, lang: Language) -> None:
    look = f'sz="{_CAPTION * 100:.0f}"'
    _text_box(
        shapes, [run_xml(caption, lang, look, fill_xml("quiet"))], (*box[:3], _caption_room(caption, box[2]))
    )


def _text_box(shapes: Any, runs: list[str], box: Box, align: str = "l") -> Any:
    """A text box without margins, a paragraph for each run."""
    made = shapes.add_textbox(*(round(value * INCH) for value in box))
    frame = made.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    set_paragraphs(frame, [f'<a:p {NAMESPACES}><a:pPr algn="{align}"/>{item}</a:p>' for item in runs])
    return made


def _describe(frame: Any, name: str, alt: str) -> None:
    frame.name = name
    frame._element._nvXxPr.cNvPr.set("descr", alt)


def _draw_table(shapes: Any, slide: Slide, lang: Language) -> None:
    table = slide.table
    assert table is not None
    box, laid = _table_box(slide), slide_table_fit(slide)
    if _caption_high(slide):
        left, top, wide, _ = body(slide)
        _draw_caption(shapes, table.title, (left, top, wide, 0.3), lang)
    alt = say(lang, "deck.alt.table", title=table.title, rows=table.rows.height, columns=len(table.columns))
    draw_table(shapes, table, laid, 0, box, alt)


def _draw_remarks(shapes: Any, slide: Slide, lang: Language) -> None:
    """The notes on signs, right above the source."""
    left, top, wide, high = body(slide)
    look = f'sz="{_REMARK * 100:.0f}"'
    said = "  ".join(slide.remarks)
    box = (left, top + high + 0.08, wide, _remarks_high(slide) - 0.08)
    _text_box(shapes, [run_xml(said, lang, look, fill_xml("quiet"))], box)


def _draw_cards(shapes: Any, slide: Slide, lang: Language) -> None:
    """The cards side by side, all figures of one size."""
    left, top, whole, _ = body(slide)
    count = max(len(slide.cards), _LEAST_CARDS)
    wide = (whole - _GUTTER * (count - 1)) / count
    room = (wide - 0.2) * 72
    label = max(line_count(card.label, _CARD, room) for card in slide.cards) * LINE * _CARD / 72
    longest = max(text_width(card.figure, 1, True) for card in slide.cards)
    size = max(_SMALLEST_FIGURE, min(_LARGEST_FIGURE, int(room / longest)))
    for place, card in enumerate(slide.cards):
        box = (left + place * (wide + _GUTTER), top, wide, _CARDS_HIGH)
        _draw_card(shapes, card, box, label, size, lang)


def _draw_card(shapes: Any, card: Card, box: Box, label: float, size: int, lang: Language) -> None:
    """A card: its label, a large figure, what qualifies it below, and a bar in its colour at the left."""
    from pptx.enum.shapes import MSO_SHAPE

    left, top, wide, high = box
    edge = shapes.add_shape(MSO_SHAPE.RECTANGLE, *(round(value * INCH) for value in (left, top, 0.06, high)))
    set_fill(edge, card.role)
    edge.line.fill.background()
    edge.shadow.inherit = False
    small = f'sz="{_CARD * 100:.0f}"'
    figure = f'sz="{size * 100}" b="1"'
    role = "chosen" if card.role == "chosen" else "ink"
    inner = (left + 0.18, wide - 0.2)
    _text_box(shapes, [run_xml(card.label, lang, small, fill_xml("quiet"))], (inner[0], top, inner[1], label))
    runs = [run_xml(card.figure, lang, figure, fill_xml(role))]
    if card.beside:
        runs.append(run_xml(card.beside, lang, small, fill_xml("ink")))
    _text_box(shapes, runs, (inner[0], top + label, inner[1], high - label))


def _draw_picture(shapes: Any, picture: Picture, box: Box) -> None:
    """A picture, as large as its box allows, in its own proportions."""
    made = shapes.add_picture(io.BytesIO(picture.png), 0, 0)
    wide, high = made.width / INCH, made.height / INCH
    scale = min(_PICTURE_WIDE / wide, box[3] / high)
    wide, high = wide * scale, high * scale
    move_to(made, (box[0] + (_PICTURE_WIDE - wide) / 2, box[1] + (box[3] - high) / 2, wide, high))
    _describe(made, picture.title, picture.alt)
