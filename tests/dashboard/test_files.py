"""A chart as a file: opened again and looked into."""

from __future__ import annotations

import io
import re
import struct

import polars as pl
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from dashboard.charts.export.files import KINDS, as_pdf, as_png, as_svg, as_xlsx
from dashboard.charts.figure import Figure
from data.text import Language

TITLE = "Nam Định mất 1,2 điểm ở Thiết chế pháp lý"
SOURCE = "Nguồn: VCCI, PCI 2019; tính toán: Vượt Bậc"


@pytest.fixture
def figure() -> Figure:
    rows = pl.DataFrame({"name": ["Nam Định", "=1+1", "-thử"], "value": [6.75, 5.25, 4.0]})
    spec = {
        "width": "container",
        "height": 90,
        "mark": "bar",
        "encoding": {
            "y": {"field": "name", "type": "nominal", "title": None},
            "x": {"field": "value", "type": "quantitative", "title": "Điểm", "axis": {"format": ".2f"}},
        },
    }
    return Figure("thu", TITLE, "Điểm, thang 10", SOURCE, "alt", spec, rows, rows.rename({"value": "Điểm"}))


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def words(drawing: bytes) -> str:
    """The text of a drawing as it is read, one piece after the other."""
    return " ".join(re.findall(r">([^<>]+)</text>", drawing.decode()))


def test_the_large_picture_is_twice_as_wide(figure: Figure) -> None:
    small, large = size(as_png(figure, "vi")), size(as_png(figure, "vi", 4.0))
    assert small[0] > 1500
    assert all(abs(big - 2 * little) <= 2 for little, big in zip(small, large, strict=True))


@pytest.mark.parametrize(("lang", "mark"), [("vi", ","), ("en", ".")])
def test_a_drawing_has_its_words_its_font_and_the_decimal_mark(figure: Figure, lang: Language, mark: str) -> None:
    drawing = as_svg(figure, lang)
    said = words(drawing)
    assert TITLE in said
    assert SOURCE in said
    axis = re.findall(r"\b\d[.,]\d\d\b", said)
    assert len(axis) > 2
    assert all(number[1] == mark for number in axis)
    assert drawing.count(b"@font-face") == 2
    assert b"<script" not in drawing


def test_a_page_is_set_in_the_shipped_font_alone(figure: Figure) -> None:
    reader = PdfReader(io.BytesIO(as_pdf(figure, "vi")))
    (page,) = reader.pages
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    # A letter that the font lacks would bring another one in.
    assert fonts
    assert all("BeVietnamPro" in name for name in fonts), fonts
    text = page.extract_text()
    assert "Nam Định" in text
    assert "0,00" in text


def test_a_workbook_holds_numbers_as_numbers_and_texts_as_texts(figure: Figure) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(figure, "vi"))).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0][0] == TITLE
    assert rows[3] == ["name", "Điểm"]
    assert rows[4:7] == [["Nam Định", 6.75], ["=1+1", 5.25], ["-thử", 4.0]]
    assert rows[-1][0] == SOURCE


def test_the_menu_writes_csv_in_the_dialect_of_the_language(figure: Figure) -> None:
    (kind,) = (kind for kind in KINDS if kind.key == "csv")
    for lang, lines in (
        ("vi", ["name;Điểm", "Nam Định;6,75", "'=1+1;5,25", "'-thử;4,0"]),
        ("en", ["name,Điểm", "Nam Định,6.75", "'=1+1,5.25", "'-thử,4.0"]),
    ):
        assert kind.made(figure, lang).decode("utf-8-sig").splitlines() == lines


def test_every_kind_makes_a_file(figure: Figure) -> None:
    for kind in KINDS:
        assert len(kind.made(figure, "en")) > 40, kind.key
