"""A chart as a file to take away: a picture at two sizes, a drawing, a page to print, and its figures.

Pictures are made by vl-convert with the shipped font, with the chart's title, subtitle and source; in every one of
them numbers are written in the reader's language.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from dashboard.charts.export.drawer import VEGA_LITE
from dashboard.charts.figure import FONTS, Figure, standalone
from dashboard.charts.theme import FONT
from data.csv_file import csv_file
from data.text import Language

# The weights that charts are set in.
_WEIGHTS = {400: "Regular", 600: "SemiBold"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: the key of its name among the texts, its ending, its type, and how it is made."""

    key: str
    ending: str
    mime: str
    made: Callable[[Figure, Language], bytes]


def as_png(figure: Figure, lang: Language, scale: float = 2.0, *, bare: bool = False) -> bytes:
    """The chart as a picture on white, in the shipped font; with title, subtitle and source unless `bare`."""
    spec = standalone(figure, lang, bare=bare)
    picture: bytes = _converter().vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale)
    return picture


def as_svg(figure: Figure, lang: Language) -> bytes:
    """The same as a drawing that carries its font, so that it looks alike on a computer without it."""
    drawing: str = _converter().vegalite_to_svg(standalone(figure, lang), vl_version=VEGA_LITE)
    return with_font(drawing)


def with_font(drawing: str) -> bytes:
    """A drawing with the shipped font inside."""
    start = drawing.index(">", drawing.index("<svg")) + 1
    return f"{drawing[:start]}<style>{_faces()}</style>{drawing[start:]}".encode()


def as_pdf(figure: Figure, lang: Language) -> bytes:
    """The same as a page of its own size."""
    page: bytes = _converter().vegalite_to_pdf(standalone(figure, lang), vl_version=VEGA_LITE)
    return page


def as_csv(figure: Figure, lang: Language) -> bytes:
    """The chart's figures, for a spreadsheet in the reader's language."""
    return csv_file(figure.table, lang)


def as_xlsx(figure: Figure, lang: Language) -> bytes:
    """The chart's figures as a workbook: numbers as numbers, and whose they are."""
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        quiet = book.add_format({"font_color": "#5B6774"})
        sheet.write_string(0, 0, figure.title, bold)
        sheet.write_string(1, 0, figure.subtitle, quiet)
        table = figure.table
        for column, name in enumerate(table.columns):
            sheet.write_string(3, column, name, head)
            values = table[name].to_list()
            for row, value in enumerate(values, start=4):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write(row, column, value)
            longest = max([len(name) * 0.6, *(len(str(value)) for value in values if isinstance(value, str))])
            sheet.set_column(column, column, min(max(longest + 2, 9), 48))
        sheet.freeze_panes(4, 1)
        if table.height:
            sheet.autofilter(3, 0, 3 + table.height, len(table.columns) - 1)
        sheet.write_string(5 + table.height, 0, figure.source, quiet)
    return file.getvalue()


KINDS = (
    Kind("png", "png", "image/png", as_png),
    Kind("png_large", "png", "image/png", lambda figure, lang: as_png(figure, lang, 4.0)),
    Kind("svg", "svg", "image/svg+xml", as_svg),
    Kind("pdf", "pdf", "application/pdf", as_pdf),
    Kind(
        "xlsx",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_xlsx,
    ),
    Kind("csv", "csv", "text/csv", as_csv),
)


@cache
def _converter() -> ModuleType:
    """vl-convert with the shipped font; its import and first picture cost most of a second."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


@cache
def _faces() -> str:
    """The shipped font as style rules with the files inside."""
    rules = []
    for weight, name in _WEIGHTS.items():
        data = base64.b64encode((FONTS / f"BeVietnamPro-{name}.ttf").read_bytes()).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{FONT}';font-weight:{weight};"
            f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        )
    return "".join(rules)
