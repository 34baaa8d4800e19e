"""A native chart of a slide: what it shows, as plain data, and how it is drawn, to be edited in PowerPoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.documents.deck.labels import EndLabels, end_labels, label_xml
from dashboard.documents.deck.text import INCH, SLOTS, one_line
from dashboard.documents.properties import LANGUAGE_TAGS
from data.number import MINUS
from data.text import Language

# `bar` lies, stacked ones add up; `slope` joins two editions with a label at either end.
Shape = Literal["bar", "bar_stacked", "line", "slope"]
Format = Literal["score", "change", "whole", "percent", "loss"]

# The number of a language in a format: what has the decimal mark written in that language.
_LOCALE: dict[Language, str] = {"vi": "42A", "en": "809"}
LABEL_SIZE = 12


@dataclass(frozen=True, slots=True)
class Series:
    """A series: its name, a value per category (None: not known), and a role of the palette.

    A series without a role is invisible: the base of a waterfall's steps, or one that only carries the labels of
    another; `formulas` of the chart's workbook then tie it to the figures it follows. `points` gives single values
    a role of their own; `letters` is the labels' role, None for no labels.
    """

    name: str
    values: tuple[float | None, ...]
    role: str | None
    format: Format = "score"
    letters: str | None = "ink"
    formulas: tuple[str | None, ...] = ()
    points: Mapping[int, str] = field(default_factory=dict)
    dashed: bool = False
    named: tuple[int, bool] | None = None  # the point that carries the name, and whether below it
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: a line above it (`caption`), its alternative text (`alt`), its categories and series.

    `decimals` are those of scores; `low` and `high` the ends of the value axis, where it is not automatic;
    `reversed` puts the first place on top.
    """

    shape: Shape
    caption: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    lang: Language
    decimals: int = 2
    low: float | None = None
    high: float | None = None
    reversed: bool = False
    legend: bool = False


def number_format(kind: Format, decimals: int, lang: Language) -> str:
    """How the figures of a chart are written; a loss is kept as a positive number and shown with a minus."""
    digits = "0" if decimals == 0 else f"0.{'0' * decimals}"
    locale = f"[$-{_LOCALE[lang]}]"
    return {
        "score": f'{locale}{digits};{locale}"{MINUS}"{digits}',
        "change": f'{locale}+{digits};{locale}"{MINUS}"{digits};{locale}{digits}',
        "loss": f'{locale}"{MINUS}"{digits}',
        "whole": "0",
        "percent": '0" %"',
    }[kind]


def draw_chart(shapes: Any, chart: Chart, box: tuple[float, float, float, float]) -> Any:
    """Puts a chart on a slide and returns its shape; `box` is left, top, width and height in inches."""
    from pptx.util import Pt

    frame = shapes.add_chart(_kind(chart), *(round(side * INCH) for side in box), _data(chart))
    made = frame.chart
    made.has_title = False
    made.font.size = Pt(LABEL_SIZE)
    _coloured(made.font, "ink")
    made.has_legend = chart.legend
    if chart.legend:
        _legend(made)
    _axes(made, chart)
    lines = [series.values for series in chart.series]
    sides = end_labels(lines, chart.high or 0, box[2:]) if chart.shape == "slope" else None
    _series(made, chart, sides)
    if sides is not None:
        _plot_area(made, sides)
    _language(made, chart.lang)
    return frame


def _kind(chart: Chart) -> Any:
    from pptx.enum.chart import XL_CHART_TYPE as TYPE

    return {
        "bar": TYPE.BAR_CLUSTERED,
        "bar_stacked": TYPE.BAR_STACKED,
        "line": TYPE.LINE_MARKERS,
        "slope": TYPE.LINE_MARKERS,
    }[chart.shape]


def _data(chart: Chart) -> Any:
    """The figures, with a workbook in which no text is taken for a formula, a number or an address."""
    import xlsxwriter
    from pptx.chart.data import CategoryChartData
    from pptx.chart.xlsx import CategoryWorkbookWriter

    class Neutral(CategoryWorkbookWriter):
        @contextmanager
        def _open_worksheet(self, xlsx_file: Any) -> Iterator[Any]:
            texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
            with xlsxwriter.Workbook(xlsx_file, {"in_memory": True, **texts}) as book:
                yield book, book.add_worksheet()

        def _write_series(self, workbook: Any, worksheet: Any) -> None:
            super()._write_series(workbook, worksheet)  # type: ignore[no-untyped-call]
            for column, series in enumerate(chart.series, start=1):
                form = workbook.add_format(
                    {"num_format": number_format(series.format, chart.decimals, chart.lang)}
                )
                for row, formula in enumerate(series.formulas, start=1):
                    if formula is not None:
                        worksheet.write_formula(row, column, formula, form, series.values[row - 1])

    class Data(CategoryChartData):
        _workbook_writer = property(Neutral)

    data = Data(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [one_line(item) for item in chart.categories]
    for series in chart.series:
        form = number_format(series.format, chart.decimals, chart.lang)
        data.add_series(one_line(series.name), series.values, form)  # type: ignore[no-untyped-call]
    return data


def _coloured(font: Any, role: str) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    font.color.theme_color = MSO_THEME_COLOR.from_xml(SLOTS[role])


def set_fill(form: Any, role: str | None) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    if role is None:
        form.fill.background()
        return
    form.fill.solid()
    form.fill.fore_color.theme_color = MSO_THEME_COLOR.from_xml(SLOTS[role])


def _language(made: Any, lang: Language) -> None:
    """Sets the language of the chart's text, by which PowerPoint formats numbers and checks spelling."""
    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    tag = parse_xml(f'<c:lang xmlns:c="{space}" val="{LANGUAGE_TAGS[lang]}"/>')
    root = made._chartSpace
    for old in root.findall("{*}lang"):
        root.remove(old)
    for element in root.iter("{*}endParaRPr", "{*}defRPr", "{*}rPr"):
        element.set("lang", LANGUAGE_TAGS[lang])
    first = root.find("{*}date1904")
    root.insert(0 if first is None else 1, tag)


def _legend(made: Any) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION
    from pptx.util import Pt

    legend = made.legend
    legend.position, legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    legend.font.size = Pt(LABEL_SIZE)


def _axes(made: Any, chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    across, along = made.category_axis, made.value_axis
    along.visible, along.has_major_gridlines = False, False
    along.has_minor_gridlines = across.has_major_gridlines = False
    if chart.low is not None:
        along.minimum_scale = chart.low
    if chart.high is not None:
        along.maximum_scale = chart.high
    along.reverse_order = chart.reversed
    across.major_tick_mark = across.minor_tick_mark = XL_TICK_MARK.NONE
    across.tick_labels.font.size = Pt(LABEL_SIZE)
    _coloured(across.tick_labels.font, "ink")
    across.format.line.width = Pt(0.75)
    _coloured_line(across.format.line, "rule" if chart.shape in ("line", "slope") else "context")
    # Names stay at the edge where bars grow to either side; where the first place is on top, below.
    across.tick_label_position = XL_TICK_LABEL_POSITION.HIGH if chart.reversed else XL_TICK_LABEL_POSITION.LOW
    if chart.shape in ("bar", "bar_stacked"):
        across.reverse_order = True
    if chart.shape == "slope":
        _at_the_edges(along)


def _at_the_edges(along: Any) -> None:
    """The first and last category at the edges of the drawing, not half a step inside."""
    from pptx.oxml import parse_xml

    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    axis = along._element
    for old in axis.findall("{*}crossBetween"):
        axis.remove(old)
    crossing = axis.find("{*}crosses")
    crossing.addnext(parse_xml(f'<c:crossBetween xmlns:c="{space}" val="midCat"/>'))


def _coloured_line(line: Any, role: str) -> None:
    from pptx.enum.dml import MSO_THEME_COLOR

    line.color.theme_color = MSO_THEME_COLOR.from_xml(SLOTS[role])


def _series(made: Any, chart: Chart, sides: EndLabels | None) -> None:
    from pptx.util import Pt

    plot = made.plots[0]
    if chart.shape not in ("line", "slope"):
        plot.gap_width = 45
        plot.overlap = 100 if chart.shape != "bar" or _exclusive(chart) else -5
    for place, (series, drawn) in enumerate(zip(chart.series, plot.series, strict=True)):
        if chart.shape in ("line", "slope"):
            _line(drawn, series)
        else:
            drawn.invert_if_negative = False
            set_fill(drawn.format, series.role)
            for point, role in series.points.items():
                set_fill(drawn.points[point].format, role)
        if sides is not None:
            drawn._element.get_or_add_dLbls()
            old = drawn._element.find("{*}dLbls")
            drawn._element.replace(old, label_xml(sides, place, series.role or "ink", chart.lang))
        elif series.named is not None:
            _named(drawn, series, *series.named)
        elif series.letters is not None:
            labels = drawn.data_labels
            labels.show_value = True
            labels.number_format = number_format(series.format, chart.decimals, chart.lang)
            labels.number_format_is_linked = False
            labels.font.size = Pt(LABEL_SIZE)
            labels.font.bold = series.bold
            _coloured(labels.font, series.letters)
            labels.position = _position(chart, series)


def _exclusive(chart: Chart) -> bool:
    """Whether no category has two bars; the series then share one line."""
    rows = zip(*(series.values for series in chart.series), strict=True)
    return all(sum(value is not None for value in row) <= 1 for row in rows)


def _position(chart: Chart, series: Series) -> Any:
    from pptx.enum.chart import XL_LABEL_POSITION as POSITION

    if series.role is None:  # the bar it labels ends where it begins
        return POSITION.INSIDE_BASE
    return {
        "bar": POSITION.OUTSIDE_END,
        "bar_stacked": POSITION.CENTER,
        "line": POSITION.ABOVE,
    }[chart.shape]


def _line(drawn: Any, series: Series) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE
    from pptx.util import Pt

    drawn.smooth = False
    line = drawn.format.line
    line.width = Pt(1.5 if series.dashed else 2.5)
    if series.role is not None:
        _coloured_line(line, series.role)
    if series.dashed:
        line.dash_style = MSO_LINE.DASH
        drawn.marker.style = XL_MARKER_STYLE.NONE
        return
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 7
    set_fill(drawn.marker.format, series.role)
    if series.role is not None:
        _coloured_line(drawn.marker.format.line, series.role)


def _named(drawn: Any, series: Series, place: int, below: bool) -> None:
    """Labels a line with its name at one of its points."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    label = drawn.points[place].data_label
    label.position = XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE
    label.font.size = Pt(LABEL_SIZE)
    _coloured(label.font, series.letters or "ink")
    label._dLbl.find("{*}txPr").find("{*}bodyPr").set("wrap", "none")
    shown = {"showSerName": "1", "showVal": "0", "showLegendKey": "0"}
    for name, value in shown.items():
        label._dLbl.find(f"{{*}}{name}").set("val", value)


def _plot_area(made: Any, sides: EndLabels) -> None:
    """Fixes the plot area to where its labels were computed for."""
    from pptx.oxml import parse_xml

    area = made._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(sides.layout()))
