"""The deck, read back with the library that PowerPoint files are made with: figures, fonts, words, room."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import polars as pl
import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from dashboard.charts.theme import FONT, PALETTES
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.specification import EVERYTHING, SHORT, Section, Specification
from dashboard.documents.content.table import Column, Table
from dashboard.documents.deck import layout, template
from dashboard.documents.deck.chart import Chart, Series, draw_chart, number_format
from dashboard.documents.deck.make import deck
from dashboard.documents.deck.plan import slides
from dashboard.documents.deck.slide import Picture, Slide
from dashboard.documents.deck.table import subset
from dashboard.documents.deck.template import INNER, blank
from dashboard.documents.deck.text import INCH, SLOTS, Paragraph, fit_paragraphs, line_count, text_width
from dashboard.text import LANGUAGES, say
from data.frames import Frames
from data.text import Language

MIDDLE, LEADER, TAIL = ("63-36", "pci", 2019), ("63-22", "pci", 2023), ("63-04", "pci", 2021)
PARTIAL, SUCCESSOR = ("63-36", "par", 2023), ("34-37", "pci", 2025)
EVERYONE = (MIDDLE, LEADER, TAIL, PARTIAL, SUCCESSOR)
NOTES = {
    "pci": {
        "transparency": "Nguyên nhân:\n\n- Cổng *chậm* cập nhật\n- Chưa công khai\n\n1. =1+1",
        "land_access": "@Sở <b>NN&MT</b>\x07 lo",
    }
}
_SPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}

Case = tuple[str, str, int]


def picture() -> dict[str, Picture]:
    file = io.BytesIO()
    Image.new("RGB", (800, 900), "navy").save(file, "PNG")
    return {"pci": Picture(file.getvalue(), "Bản đồ nêu phát hiện", "Bản đồ cả nước", "Nguồn: VCCI", "Điểm")}


@cache
def _made(frames: Frames, case: Case, lang: Language, contents: tuple[Section, ...] = EVERYTHING) -> Content:
    unit, index, year = case
    return content(frames, Specification(unit, (index,), year, contents=contents, lang=lang))


@cache
def _file(frames: Frames, case: Case, lang: Language) -> bytes:
    return deck(_made(frames, case, lang), picture(), NOTES)


def opened(frames: Frames, case: Case, lang: Language = "vi") -> Any:
    return Presentation(io.BytesIO(_file(frames, case, lang)))


def charts(made: Any) -> Iterator[Any]:
    for slide in made.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield shape


def chart_of(frames: Frames, case: Case, key: str, place: int = 0) -> Any:
    """A chart as it lies in the file, found by the key of its slide."""
    planned = slides(_made(frames, case, "vi"), picture(), NOTES)
    number = [slide.key for slide in planned].index(key)
    assert all(slide.table is None or len(layout.slide_table_fit(slide).pages) == 1 for slide in planned[:number])
    found = [shape for shape in opened(frames, case).slides[number].shapes if shape.has_chart]
    return found[place].chart


def series(chart: Any) -> dict[str, list[float | None]]:
    return {item.name: list(item.values) for item in chart.plots[0].series}


def rows_of(frames: Frames, case: Case, name: str) -> pl.DataFrame:
    table = _made(frames, case, "vi").chapters[0].table(name)
    assert table is not None
    return table.rows


# What the charts show


def test_the_bars_are_the_scores_and_medians_of_the_components(frames: Frames) -> None:
    rows = rows_of(frames, MIDDLE, "components").head(10)
    chart = chart_of(frames, MIDDLE, "medians")
    assert list(chart.plots[0].categories) == rows["component"].to_list()
    assert series(chart) == {
        "Nam Định": rows["score"].to_list(),
        "Trung vị cả nước": rows["median"].to_list(),
    }
    assert dict(zip(rows["component"], rows["score"], strict=True))["Gia nhập thị trường"] == pytest.approx(
        8.23, abs=0.005
    )


def test_the_slope_joins_the_ranks_of_two_editions(frames: Frames) -> None:
    rows = rows_of(frames, MIDDLE, "components").head(10)
    chart = chart_of(frames, MIDDLE, "slope")
    assert list(chart.plots[0].categories) == ["2018", "2019"]
    expected = {
        name: [before, after]
        for name, before, after in rows.select("component", "rank_before", "rank").iter_rows()
    }
    assert series(chart) == expected
    assert expected["Gia nhập thị trường"] == [61, 3]
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (1, 63)
    assert chart.value_axis.reverse_order


def test_the_waterfall_leads_from_one_total_to_the_other(frames: Frames) -> None:
    steps = rows_of(frames, MIDDLE, "contributions")
    steps = steps.head(steps.height - 1)
    chart = chart_of(frames, MIDDLE, "contributions")
    found = series(chart)
    assert list(chart.plots[0].categories) == ["PCI 2018", *steps["component"], "PCI 2019"]
    gains = [value if value >= 0 else None for value in steps["contribution"]]
    losses = [-value if value < 0 else None for value in steps["contribution"]]
    assert found["Tăng"] == [None, *gains, None] == found["Nhãn tăng"]
    assert found["Giảm"] == [None, *losses, None] == found["Nhãn giảm"]
    total = found["Tổng điểm"]
    assert (total[0], total[-1]) == (pytest.approx(63.01, abs=0.005), pytest.approx(65.09, abs=0.005))
    # Every step stands where the one before it ended.
    at = total[0]
    for base, value in zip(found["Chân bậc"][1:-1], steps["contribution"], strict=True):
        assert base == pytest.approx(min(at, at + value))
        at += value
    assert at == pytest.approx(total[-1], abs=0.005)
    # The axis starts below every step, and says so.
    assert chart.value_axis.minimum_scale <= min(found["Chân bậc"][1:-1])


def test_in_the_workbook_of_the_waterfall_a_changed_step_moves_all_that_follow(frames: Frames) -> None:
    chart = chart_of(frames, MIDDLE, "contributions")
    sheet = _sheet(chart)
    formulas = dict(re.findall(r'<c r="([A-Z]\d+)"[^>]*><f>([^<]+)</f>', sheet))
    values = dict(re.findall(r'<c r="([A-Z]\d+)"[^>]*>(?:<f>[^<]+</f>)?<v>([^<]+)</v></c>', sheet))
    assert len([cell for cell in formulas if cell.startswith("B")]) == 10

    def value(cell: str, changed: dict[str, float]) -> float:
        if cell in formulas:
            read = re.sub(r"[A-Z]\d+", lambda found: repr(value(found.group(), changed)), formulas[cell])
            return float(eval(read))
        return changed.get(cell, float(values.get(cell, 0)))

    for cell in formulas:
        assert value(cell, {}) == pytest.approx(float(values[cell])), cell
    # A point more on the first gain lifts the last step by a point.
    first = next(cell for cell in sorted(values) if cell.startswith("D") and cell != "D1")
    lifted = value("B12", {first: float(values[first]) + 1})
    assert lifted == pytest.approx(float(values["B12"]) + 1)


def _sheet(chart: Any) -> str:
    with zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_the_courses_break_where_editions_cannot_be_compared(frames: Frames) -> None:
    totals = _made(frames, MIDDLE, "vi").chapters[0].subject.totals
    ranks, scores = (chart_of(frames, MIDDLE, "history", place) for place in (0, 1))
    assert list(ranks.plots[0].categories) == [str(year) for year in totals["year"]]
    held = series(scores)
    assert list(held) == ["2005", "2006–2008", "2009–2012", "2013–2019"]
    joined = [
        next((item for item in column if item is not None), None) for column in zip(*held.values(), strict=True)
    ]
    assert joined == totals["score"].to_list()
    held = series(ranks)
    assert held.pop("Ngưỡng nhóm 15 dẫn đầu") == [None] * 4 + [15] * 11
    assert list(held) == ["2005", "2006–2008", "2009–2019"]
    joined = [
        next((item for item in column if item is not None), None) for column in zip(*held.values(), strict=True)
    ]
    assert (
        joined == totals.select(pl.coalesce(pl.col("published_rank").cast(pl.Int64), "rank")).to_series().to_list()
    )
    assert joined[-1] == 33


def test_gaps_neighbours_and_route_are_their_tables(frames: Frames) -> None:
    gaps = rows_of(frames, MIDDLE, "gaps")
    found = series(chart_of(frames, MIDDLE, "gaps"))
    assert found["Kém mốc"] == [value if value > 0 else None for value in gaps["weighted_gap"]]
    assert found["Bằng hoặc hơn mốc"] == [value if value <= 0 else None for value in gaps["weighted_gap"]]
    region = rows_of(frames, MIDDLE, "region")
    chart = chart_of(frames, MIDDLE, "neighbours")
    assert series(chart) == {"PCI": region["score"].to_list()}
    own = region["name"].to_list().index("Nam Định")
    point = chart.plots[0].series[0].points[own].format.fill.fore_color.theme_color
    assert str(point).startswith("ACCENT_1")
    route = rows_of(frames, MIDDLE, "routes").filter(route=say("vi", "route.least_effort"))
    found = series(chart_of(frames, MIDDLE, "routes"))
    assert found["Hiện nay"] == route["from"].to_list()
    assert found["Mức tăng cần có"] == route["gain"].to_list() == found["Nhãn mức tăng"]
    agencies = rows_of(frames, MIDDLE, "agencies")
    assert series(chart_of(frames, MIDDLE, "routes", 1)) == {
        "Tỷ trọng (%)": [100 * value for value in agencies["share"]]
    }


def test_indicators_are_counted_as_the_sentence_says(frames: Frames) -> None:
    found = series(chart_of(frames, MIDDLE, "indicators"))
    counts = {name: sum(value or 0 for value in values) for name, values in found.items()}
    assert counts == {"▲ Cải thiện": 72, "= Không đổi": 3, "▼ Giảm sút": 53}


def test_a_change_that_is_not_wholly_known_is_no_waterfall(frames: Frames) -> None:
    chart = chart_of(frames, LEADER, "contributions")
    rows = rows_of(frames, LEADER, "contributions")
    known = rows.head(rows.height - 1).drop_nulls("contribution")
    assert list(chart.plots[0].categories) == known["component"].to_list()
    assert series(chart) == {"Thay đổi": known["contribution"].to_list()}


@pytest.mark.parametrize("case", EVERYONE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_chart_and_no_series_is_empty(frames: Frames, case: Case, lang: Language) -> None:
    found = list(charts(opened(frames, case, lang)))
    assert len(found) == {MIDDLE: 12, LEADER: 9, TAIL: 5, PARTIAL: 4, SUCCESSOR: 0}[case]
    for shape in found:
        for name, values in series(shape.chart).items():
            assert name
            assert any(value is not None for value in values), (shape.name, name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_in_charts_are_written_in_the_language(frames: Frames, lang: Language) -> None:
    number = {"vi": "42A", "en": "809"}[lang]
    for shape in charts(opened(frames, MIDDLE, lang)):
        root = shape.chart._chartSpace
        assert root.find("{*}lang").get("val") == {"vi": "vi-VN", "en": "en-GB"}[lang]
        formats = {item.get("formatCode") for item in root.iter("{*}numFmt")}
        assert all(f"[$-{number}]" in form for form in formats if "0.0" in form), formats
    assert number_format("change", 2, "vi") == '[$-42A]+0.00;[$-42A]"−"0.00;[$-42A]0.00'
    assert number_format("loss", 1, "en") == '[$-809]"−"0.0'


# How it looks


@pytest.mark.parametrize("case", EVERYONE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_slide_is_whole(frames: Frames, case: Case, lang: Language) -> None:
    made = opened(frames, case, lang)
    assert made.slide_width / made.slide_height == pytest.approx(16 / 9, abs=1e-4)
    planned = slides(_made(frames, case, lang), picture(), NOTES)
    assert len(made.slides) >= len(planned)
    for number, slide in enumerate(made.slides, start=1):
        assert slide.shapes.title.text.strip()
        for place in slide.placeholders:
            assert place.text_frame.text.strip(), (number, place.name)
        kinds = [place.placeholder_format.type for place in slide.placeholders]
        dark = slide.slide_layout.name in (say(lang, "deck.layout.cover"), say(lang, "deck.layout.divider"))
        assert kinds.count(PP_PLACEHOLDER.SLIDE_NUMBER) == (0 if dark else 1)
        for shape in slide.shapes:
            inside = shape.left >= 0 and shape.top >= 0
            assert inside, shape.name
            assert shape.left + shape.width <= made.slide_width, (number, shape.name)
            assert shape.top + shape.height <= made.slide_height, (number, shape.name)
            if shape.has_chart or shape.has_table or hasattr(shape, "image"):
                assert len(shape._element._nvXxPr.cNvPr.get("descr")) > 10, shape.name


@pytest.mark.parametrize("case", EVERYONE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_and_tables_fit_their_place(frames: Frames, case: Case, lang: Language) -> None:
    for slide in slides(_made(frames, case, lang), picture(), NOTES):
        if slide.key in ("cover", "divider"):
            continue
        assert line_count(slide.title, 22, INNER * 72, bold=True) <= 2, slide.title
        assert slide.source or slide.key in ("remarks", "unknown", "method"), slide.key
        if slide.words:
            assert len(layout.slide_words_fit(slide)[1]) == 1, slide.key
        if slide.table is not None:
            laid = layout.slide_table_fit(slide)
            assert laid.size >= 11
            assert sum(laid.widths) == pytest.approx(INNER * 72)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_font_is_ours_and_arial_where_it_is_missing(frames: Frames, lang: Language) -> None:
    with zipfile.ZipFile(io.BytesIO(_file(frames, MIDDLE, lang))) as archive:
        themes = [archive.read(name).decode() for name in archive.namelist() if "/theme/theme" in name]
        pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert len(themes) == 2  # of the slides and of the notes
    for theme in themes:
        faces = set(re.findall(r'<a:latin typeface="([^"]+)" panose="(\w+)"', theme))
        assert faces == {(FONT, "020B0604020202020204")}
        assert PALETTES["light"].chosen[1:] in theme
    for name, page in pages.items():
        if "/theme/" not in name:
            named = set(re.findall(r'<a:(?:latin|ea|cs) typeface="([^"]*)"', page))
            assert all(face.startswith("+") for face in named), (name, named)
            tags = set(re.findall(r' lang="([^"]+)"', page))
            assert tags <= {{"vi": "vi-VN", "en": "en-GB"}[lang]}, (name, tags)


def test_nothing_of_the_template_is_left(frames: Frames) -> None:
    made = opened(frames, MIDDLE)
    assert [layout.name for layout in made.slide_layouts] == [
        "Bìa",
        "Mở đầu chỉ số",
        "Phát hiện",
        "Phát hiện và lời",
    ]
    about = made.core_properties
    assert (about.author, about.title, about.language) == (
        "Vượt Bậc",
        "Phân tích kết quả PCI năm 2019 của Nam Định",
        "vi-VN",
    )
    with zipfile.ZipFile(io.BytesIO(_file(frames, MIDDLE, "vi"))) as archive:
        names = archive.namelist()
        assert not [name for name in names if "thumbnail" in name or "printer" in name]
        assert len(names) == len(set(names))


def test_the_template_holds_what_the_deck_uses_and_nothing_else(frames: Frames) -> None:
    made = Presentation(str(template.TEMPLATE))
    assert tuple(item.name for item in made.slide_layouts) == template.LAYOUTS
    used = {slide.slide_layout.name for case in (MIDDLE, PARTIAL) for slide in opened(frames, case).slides}
    assert used == {say("vi", f"deck.layout.{name}") for name in template.LAYOUTS} - {"Mở đầu chỉ số"}
    assert not len(made.slides)
    numbers = {
        "title": 0,
        "kicker": template.KICKER,
        "source": template.SOURCE,
        "body": template.BODY,
        "number": template.NUMBER,
    }
    for item in made.slide_layouts:
        assert all(numbers[place.name] == place.placeholder_format.idx for place in item.placeholders)
    about = made.core_properties
    assert about.author == about.last_modified_by == about.title == "Vượt Bậc"
    assert about.created is about.modified is None
    with zipfile.ZipFile(template.TEMPLATE) as archive:
        assert not [name for name in archive.namelist() if "docProps" in name and "core" not in name]


def test_the_plan_measures_as_the_template_does() -> None:
    made = Presentation(str(template.TEMPLATE))
    (body,) = (
        place
        for place in made.slide_layouts[template.WORDS].placeholders
        if place.placeholder_format.idx == template.BODY
    )
    box = (body.left, body.top, body.width, body.height)
    assert [side / INCH for side in box] == pytest.approx(template.BODY_BOX, abs=1e-4)
    size = made.slide_master.element.find("{*}txStyles/{*}titleStyle/{*}lvl1pPr/{*}defRPr").get("sz")
    assert int(size) / 100 == template.TITLE_SIZE


def test_the_colours_of_the_template_are_the_palette() -> None:
    slots = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    with zipfile.ZipFile(template.TEMPLATE) as archive:
        themes = [archive.read(name).decode() for name in archive.namelist() if "/theme/theme" in name]
    assert len(themes) == 2
    for theme in themes:
        held = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w{6})"/></a:\1>', theme))
        assert len(held) == 12
        for role, slot in SLOTS.items():
            assert f"#{held[slots.get(slot, slot)]}" == getattr(PALETTES["light"], role), role


def test_letters_are_measured_in_the_shipped_font() -> None:
    # Liberation Sans, the stand-in for Arial, needs 11.18 for these words: room reckoned in ours is room there.
    assert text_width("Chi phí không chính thức", 1) == pytest.approx(11.9, abs=0.3)
    assert text_width("Chi phí", 10, bold=True) > text_width("Chi phí", 10)
    assert line_count("Chi phí không chính thức", 10, 200) == 1
    assert line_count("Chi phí không chính thức", 10, 70) == 2
    paragraphs = [Paragraph("Chi phí không chính thức")] * 9
    size, parts = fit_paragraphs(paragraphs, 200, 100, (20, 10))
    assert size == 10
    assert [len(part) for part in parts] == [5, 4]


# What it says


@pytest.mark.parametrize("case", EVERYONE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_titles_are_findings_and_none_is_said_twice(frames: Frames, case: Case, lang: Language) -> None:
    made = _made(frames, case, lang)
    chapter = made.chapters[0]
    findings = {item.headline for item in chapter.findings} | {
        item.sentence.rstrip(".") for item in chapter.findings
    }
    titles = [slide.title for slide in slides(made)]
    assert len(titles) == len(set(titles))
    of_figures = [slide for slide in slides(made) if slide.charts]
    assert all(slide.title in findings for slide in of_figures), [
        s.title for s in of_figures if s.title not in findings
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_contents_chosen_say_how_long_it_is(frames: Frames, lang: Language) -> None:
    short = deck(_made(frames, MIDDLE, lang, SHORT))
    count = len(Presentation(io.BytesIO(short)).slides)
    assert 8 <= count <= 12
    whole = len(opened(frames, MIDDLE, lang).slides)
    assert count < whole <= 20
    assert whole == 19
    alone = slides(_made(frames, MIDDLE, lang, (Section.HISTORY,)))
    assert [slide.key for slide in alone] == ["cover", "history"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_partial_edition_is_shorter_and_says_what_is_missing(frames: Frames, lang: Language) -> None:
    made = _made(frames, PARTIAL, lang)
    planned = slides(made)
    assert [slide.key for slide in planned] == ["cover", "summary", "history", "neighbours", "unknown", "method"]
    said = [item.text for item in planned[-2].words]
    chapter = made.chapters[0]
    assert said[: len(chapter.unknowns)] == list(chapter.unknowns)
    assert {item.reason for item in chapter.absent} <= set(said)
    # A region of which five are known says who is left out.
    table = chapter.table("region")
    assert table is not None
    assert table.rows.height < 11
    assert any(note in planned[3].remarks for note in table.notes if "6" in note), planned[3].remarks


def test_of_the_thirty_four_no_rank_is_made_up(frames: Frames) -> None:
    planned = slides(_made(frames, SUCCESSOR, "vi"))
    assert [slide.key for slide in planned] == ["cover", "summary", "components", "gaps", "unknown", "method"]
    assert planned[1].title == "Chưa có số liệu về tổng điểm và thứ hạng chung của Ninh Bình ở PCI 2025"
    assert not planned[1].cards


def test_cards_say_how_their_figures_are_known(frames: Frames) -> None:
    found = slides(_made(frames, MIDDLE, "vi"))[1].cards
    assert [(card.figure, card.beside) for card in found] == [
        ("33/63", "▲ 2 bậc"),
        ("65,09", "▲ 2,08 điểm"),
        ("7/11", "Đồng bằng sông Hồng"),
        ("1,96", "điểm, tức 18 bậc"),
        ("6 %", ""),
    ]
    found = slides(_made(frames, ("63-36", "pci", 2023), "vi"))[1].cards
    assert found[0].figure == "45/63"
    assert found[0].beside == "▼ 14 bậc (suy ra)"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_speaker_has_the_figures_at_hand(frames: Frames, lang: Language) -> None:
    made = opened(frames, MIDDLE, lang)
    for slide in made.slides:
        assert slide.has_notes_slide
        assert slide.notes_slide.notes_text_frame.text.strip()
        shown = {place.placeholder_format.type: place for place in slide.notes_slide.placeholders}
        assert set(shown) == {PP_PLACEHOLDER.SLIDE_IMAGE, PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.SLIDE_NUMBER}
        assert shown[PP_PLACEHOLDER.SLIDE_NUMBER].text_frame.text == "‹#›"
        assert not shown[PP_PLACEHOLDER.SLIDE_IMAGE].text_frame.text
    texts = "\n".join(slide.notes_slide.notes_text_frame.text for slide in made.slides)
    chapter = _made(frames, MIDDLE, lang).chapters[0]
    for name in (
        "history",
        "components",
        "gaps",
        "region",
        "peers",
        "routes",
        "agencies",
        "precedents",
        "grid_rank",
    ):
        table = chapter.table(name)
        assert table is not None
        assert table.source in texts
        last = table.rows.height - 1
        for column in table.columns:
            if table.rows[column.key][last] is not None and not (name == "components" and column.key == "third"):
                assert table.cell(last, column.key) in texts, (name, column.key)


def test_what_the_province_wrote_has_a_slide_and_stands_in_the_notes(frames: Frames) -> None:
    made = opened(frames, MIDDLE)
    number = [slide.key for slide in slides(_made(frames, MIDDLE, "vi"), picture(), NOTES)].index("remarks")
    said = made.slides[number].placeholders[12].text_frame.text.split("\n")
    assert said == [
        *("Tiếp cận đất đai", "@Sở <b>NN&MT</b> lo", "Tính minh bạch", "Nguyên nhân:"),
        *("Cổng chậm cập nhật", "Chưa công khai", "1. =1+1"),
    ]
    spoken = [slide.notes_slide.notes_text_frame.text for slide in made.slides]
    assert (
        sum("Ý kiến của tỉnh về Tính minh bạch: Nguyên nhân: Cổng chậm cập nhật" in text for text in spoken) >= 3
    )
    assert not [s for s in slides(_made(frames, MIDDLE, "vi")) if s.key == "remarks"]


def test_the_map_is_a_picture_with_its_own_title(frames: Frames) -> None:
    made = opened(frames, MIDDLE)
    (slide,) = [slide for slide in made.slides if slide.shapes.title.text == "Bản đồ nêu phát hiện"]
    (shape,) = [shape for shape in slide.shapes if hasattr(shape, "image")]
    assert shape.image.blob == picture()["pci"].png
    assert shape._element._nvXxPr.cNvPr.get("descr") == "Bản đồ cả nước"
    assert shape.width / shape.height == pytest.approx(800 / 900, abs=0.01)
    # Without the part on neighbours the map still has its slide.
    without = _made(frames, MIDDLE, "vi", SHORT)
    assert "map" in [slide.key for slide in slides(without, picture())]


def test_two_indices_have_a_slide_each_to_open_them(frames: Frames) -> None:
    both = content(frames, Specification("63-36", ("pci", "par"), 2023, contents=SHORT))
    planned = slides(both)
    assert [slide.title for slide in planned if slide.key == "divider"] == ["PCI 2023", "PAR INDEX 2023"]
    assert len(Presentation(io.BytesIO(deck(both))).slides) == len(planned)


# What could do harm, and what is long


def test_a_text_is_never_a_formula() -> None:
    made = blank("vi")
    slide = made.slides.add_slide(made.slide_layouts[2])
    names = ("=1+1", "+2", "-3", "@four", "<five>&\x07")
    chart = Chart("bar", "=x", "=y", names, (Series("=HYPERLINK(1)", (1.0, 2.0, None, 4.0, 5.0), "chosen"),), "vi")
    shape = draw_chart(slide.shapes, chart, (1, 2, 6, 4))
    assert "<f>" not in _sheet(shape.chart)
    assert list(shape.chart.plots[0].categories) == [*names[:4], "<five>&"]
    assert series(shape.chart) == {"=HYPERLINK(1)": [1.0, 2.0, None, 4.0, 5.0]}
    file = io.BytesIO()
    made.save(file)
    assert (
        Presentation(io.BytesIO(file.getvalue())).slides[0].shapes[-1].chart.plots[0].series[0].name
        == "=HYPERLINK(1)"
    )


def long_table(rows: int) -> Table:
    columns = (
        Column("name", "Tên"),
        Column("score", "Điểm", "score", 2),
        Column("move", "± bậc", "change", 0, "2019"),
    )
    frame = pl.DataFrame(
        {
            "name": [f"=Tỉnh <{row}>" for row in range(rows)],
            "score": [row / 3 for row in range(rows)],
            "move": [row - 5 for row in range(rows)],
        }
    )
    marks = {(row, "score"): " ◇" for row in range(0, rows, 2)}
    return Table("long", Section.GAPS, "Bảng dài", columns, frame, "Nguồn", "vi", highlighted=40, marks=marks)


def test_a_long_table_is_split_and_loses_nothing(frames: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    table = long_table(60)
    slide = Slide("long", "Phần", "Phát hiện", table=table, source="Nguồn", notes=("Lời",))
    monkeypatch.setattr("dashboard.documents.deck.make.slides", lambda *_: (slide,))
    made = Presentation(io.BytesIO(deck(_made(frames, MIDDLE, "vi"))))
    found, strong = [], []
    for page in made.slides:
        (shape,) = [shape for shape in page.shapes if shape.has_table]
        assert shape.top + sum(row.height for row in shape.table.rows) <= 6.75 * 914_400
        held = [[cell.text for cell in row.cells] for row in shape.table.rows]
        assert held[0] == ["", "", "2019"]
        assert held[1] == ["Tên", "Điểm", "± bậc"]
        found += held[2:]
        bold = [row.cells[0].text for row in shape.table.rows if row._tr.findall(".//a:rPr[@b='1']", _SPACE)]
        strong += [name for name in bold if name.startswith("=")]
    assert len(made.slides) == 4
    assert [page.shapes.title.text for page in made.slides] == [f"Phát hiện ({n}/4)" for n in (1, 2, 3, 4)]
    assert found == list(table.cells())
    assert strong == ["=Tỉnh <40>"]


def test_some_columns_and_rows_of_a_table_keep_their_marks() -> None:
    table = replace(long_table(6), highlighted=4)
    part = subset(table, ["score", "name"], [4, 3])
    assert [column.key for column in part.columns] == ["name", "score"]
    assert list(part.cells()) == [["=Tỉnh <4>", "1,33 ◇"], ["=Tỉnh <3>", "1,00"]]
    assert part.highlighted == 0
