"""The report: the decree's layout to the millimetre, the figures of the frames, nothing empty, nothing raw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import docx
import polars as pl
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table as Grid
from docx.text.paragraph import Paragraph

from dashboard.charts.export.drawing import Drawers
from dashboard.documents.content.content import Content, content
from dashboard.documents.content.specification import SHORT, Section, Specification
from dashboard.documents.content.table import Table
from dashboard.documents.report import template
from dashboard.documents.report.body import CONSEQUENCES
from dashboard.documents.report.controls import NAMES, placeholder
from dashboard.documents.report.make import Office, report
from dashboard.documents.report.pictures import Picture, charts, job, picture
from dashboard.text import LANGUAGES, say
from data.frames import Frames
from data.notes import Words
from data.text import Language

LEADER = ("63-22", ("pci",), 2023)
MIDDLE = ("63-36", ("pci",), 2019)
TAIL = ("63-04", ("pci",), 2023)
PARTIAL = ("63-36", ("par",), 2023)
MERGED = ("34-37", ("pci",), 2025)
BOTH = ("63-36", ("pci", "par"), 2022)
CASES = [LEADER, MIDDLE, TAIL, PARTIAL, MERGED, BOTH]
Case = tuple[str, tuple[str, ...], int]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MILLIMETRE = 36_000  # EMU


@pytest.fixture(scope="module")
def packs(frames: Frames) -> Any:
    @cache
    def pack(case: Case, lang: Language = "vi") -> Content:
        return content(frames, Specification(*case, lang=lang))

    return pack


@pytest.fixture(scope="module")
def made(packs: Any) -> Any:
    @cache
    def document(case: Case, lang: Language = "vi") -> bytes:
        return report(packs(case, lang))

    return document


every = [
    pytest.param(case, lang, id=f"{case[0]} {'+'.join(case[1])} {case[2]} {lang}")
    for case in CASES
    for lang in LANGUAGES
]


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def said(element: Any) -> str:
    """The words of an element, a break as a line's end."""
    return "".join("\n" if node.tag == f"{W}br" else node.text or "" for node in element.iter(f"{W}t", f"{W}br"))


def lines(document: Document) -> list[str]:
    """The paragraphs of the text, outside tables."""
    return [said(item._p) for item in paragraphs(document)]


def paragraphs(document: Document) -> Iterator[Paragraph]:
    return (item for item in document.iter_inner_content() if isinstance(item, Paragraph))


def styled(document: Document, name: str) -> list[str]:
    return [said(item._p) for item in paragraphs(document) if item.style is not None and item.style.name == name]


def grids(document: Document) -> list[Any]:
    """The bordered tables: those of figures."""
    found = document.element.body.iter(f"{W}tbl")
    return [table for table in found if table.find(f"{W}tblPr/{W}tblBorders/{W}top").get(f"{W}val") == "single"]


def cells(row: Any) -> list[str]:
    return [
        "\n".join(said(item) for item in cell.iter(f"{W}p")).replace("\xa0", " ") for cell in row.iter(f"{W}tc")
    ]


def is_head(row: Any) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


# --- The decree ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "lang"), every)
def test_every_sheet_is_a4_with_the_margins_of_the_decree(made: Any, case: Case, lang: Language) -> None:
    document = opened(made(case, lang))
    for section in document.sections:
        size = sorted((section.page_width / MILLIMETRE, section.page_height / MILLIMETRE))
        assert size == pytest.approx([210, 297], abs=0.02)
        assert 20 <= section.top_margin / MILLIMETRE <= 25
        assert 20 <= section.bottom_margin / MILLIMETRE <= 25
        assert 30 <= section.left_margin / MILLIMETRE <= 35
        assert 15 <= section.right_margin / MILLIMETRE <= 20
        assert section.header_distance < section.top_margin


def test_the_template_is_empty_and_names_nobody() -> None:
    document = docx.Document(str(template.TEMPLATE))
    assert not list(document.iter_inner_content())
    about = document.core_properties
    assert about.author == about.last_modified_by == "Vượt Bậc"
    with ZipFile(template.TEMPLATE) as archive:
        assert not [name for name in archive.namelist() if "app.xml" in name or "theme" in name]
        assert b"rsid" not in archive.read("word/settings.xml")


def test_tables_are_measured_for_the_sheet_of_the_template() -> None:
    (sheet,) = docx.Document(str(template.TEMPLATE)).sections
    sides = sheet.left_margin + sheet.right_margin
    assert (sheet.page_width - sides) / MILLIMETRE == pytest.approx(template.ROOM, abs=0.1)
    assert (sheet.page_height - sides) / MILLIMETRE == pytest.approx(template.WIDE_ROOM, abs=0.1)


@pytest.mark.parametrize("parts", [False, True])
def test_headings_are_words_own_at_every_level(parts: bool) -> None:
    document = template.blank("vi", parts, "")
    levels = [item for item in document.styles if item.name.startswith("Heading")]
    assert [item.style_id for item in levels] == list(template.headings(parts).values())
    assert [item.element.name_val for item in levels] == [f"heading {n}" for n in range(1, len(levels) + 1)]
    numbers = list(document.part.numbering_part.element.iter(qn("w:lvl")))
    assert [item.find(qn("w:pStyle")).get(qn("w:val")) for item in numbers] == [item.style_id for item in levels]
    written = [item.find(qn("w:lvlText")).get(qn("w:val")) for item in numbers]
    assert written == (["Phần %1", "%2.", "%3.", "%4)"] if parts else ["%1.", "%2.", "%3)"])


def test_long_tables_lie_on_sheets_across_and_the_text_on_upright_ones(made: Any) -> None:
    wide = [section.page_width > section.page_height for section in opened(made(MIDDLE)).sections]
    assert wide == [False, True, False]


def test_pages_are_numbered_in_the_middle_of_the_head_from_the_second_on(made: Any) -> None:
    document = opened(made(MIDDLE))
    for section in document.sections:
        assert section.different_first_page_header_footer
        (head,) = section.header.paragraphs
        assert [item.text.strip() for item in head._p.iter(f"{W}instrText")] == ["PAGE"]
        (first,) = section.first_page_header.paragraphs
        assert not list(first._p.iter(f"{W}instrText"))
    style = document.styles["header"]
    assert style.font.size is not None
    assert 13 <= style.font.size.pt <= 14
    assert style.paragraph_format.alignment == 1
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in document.sections]
    assert [item is not None for item in starts] == [False, True, True]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_letter_is_times_new_roman(made: Any, lang: Language) -> None:
    with ZipFile(BytesIO(made(BOTH, lang))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    styles = parts["word/styles.xml"]
    fonts = re.findall(r"<w:rFonts ([^>]*)/>", styles)
    assert len(fonts) >= 10
    for found in fonts:
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            assert f'w:{script}="Times New Roman"' in found
    # Nothing else names a font, and nothing takes one from the theme.
    for name in ("word/document.xml", "word/numbering.xml", "word/header1.xml", "word/header2.xml"):
        assert "rFonts" not in parts[name], name
    assert not any(
        "asciiTheme" in part for name, part in parts.items() if name.startswith("word/") and "theme/" not in name
    )
    assert f'w:val="{"vi-VN" if lang == "vi" else "en-GB"}"' in styles


def test_the_text_is_set_as_the_decree_asks(made: Any) -> None:
    style = opened(made(MIDDLE)).styles["Body Text"]
    form = style.paragraph_format
    assert style.font.size is not None
    assert 13 <= style.font.size.pt <= 14
    assert form.alignment == 3
    assert 10 <= form.first_line_indent / MILLIMETRE <= 12.71
    assert 1 <= form.line_spacing <= 1.5
    assert form.space_after.pt >= 6


def test_the_national_heading_stands_as_in_the_decree(made: Any) -> None:
    document = opened(made(MIDDLE))
    head = document.tables[0]
    (left, right), (number, date) = ([said(cell._tc) for cell in row.cells] for row in head.rows)
    assert right == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc"
    assert left == "Tên cơ quan chủ quảnTên cơ quan ban hành"
    assert number == "Số: ……/BC-……"
    assert date == "…………, ngày … tháng … năm ……"
    body = document.styles["Issuing Body"]
    assert body.font.bold
    assert body.font.all_caps
    assert body.font.size is not None
    assert 12 <= body.font.size.pt <= 13
    # A rule below the issuing body, one below the motto, one below the subject.
    assert len(head._tbl.findall(f".//{W}pBdr/{W}top")) == 2
    title = lines(document)
    place = title.index("BÁO CÁO")
    assert title[place + 1] == (
        "Phân tích kết quả Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) năm 2019\ncủa tỉnh Nam Định"
    )
    end = next(line for line in title if line.endswith("./."))
    assert "Phụ lục II" in end


def test_the_motto_is_underlined_for_its_whole_length(made: Any) -> None:
    """Times New Roman bold, 14 points: the words are 57.2 mm long (English: 78.4)."""
    for lang, long in (("vi", 57.2), ("en", 78.4)):
        head = opened(made(MIDDLE, lang)).tables[0]
        cell = head.rows[0].cells[1]._tc
        side = cell.find(f".//{W}pBdr/../{W}ind")
        room = int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w"))
        rule = room - int(side.get(f"{W}left")) - int(side.get(f"{W}right"))
        assert rule / 1440 * 25.4 == pytest.approx(long, abs=1)


def test_the_signature_stands_beside_the_recipients(made: Any) -> None:
    document = opened(made(MIDDLE))
    plain = [table for table in document.tables if table._tbl not in grids(document)]
    left, right = (said(cell._tc) for cell in plain[-1].rows[0].cells)
    assert left == "Nơi nhận:- ………………;- Lưu: VT, ……."
    assert right == "Quyền hạnChức vụ của người kýHọ và tên"


# --- What an office fills in -----------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_isnt_known_is_a_field_bound_to_one_value(made: Any, lang: Language) -> None:
    with ZipFile(BytesIO(made(MIDDLE, lang))) as archive:
        text = archive.read("word/document.xml").decode()
        data = archive.read("customXml/item1.xml").decode()
        store = archive.read("customXml/itemProps1.xml").decode()
        blocks = archive.read("word/glossary/document.xml").decode()
    controls = re.findall(r"<w:sdt>.*?</w:sdt>", text, re.DOTALL)
    tags = [re.search(r'<w:tag w:val="(\w+)"', item).group(1) for item in controls]  # type: ignore[union-attr]
    assert set(tags) == set(NAMES)
    identity = re.search(r'itemID="(\{[^"]+\})"', store).group(1)  # type: ignore[union-attr]
    for tag, control in zip(tags, controls, strict=True):
        assert f'w:xpath="/v:report[1]/v:{tag}[1]"' in control
        assert f'w:storeItemID="{identity}"' in control
        assert "<w:showingPlcHdr/>" in control
        assert placeholder(tag, lang) in control
        assert f'w:docPart w:val="vuotbac-{tag}"' in control
        assert f'<w:name w:val="vuotbac-{tag}"/>' in blocks
        assert f"<{tag}></{tag}>" in data or f"<{tag}/>" in data
    numbers = re.findall(r'<w:sdtPr>.*?<w:id w:val="(\d+)"', text)
    assert len(set(numbers)) == len(controls)


def test_what_is_known_of_the_office_is_filled_in_everywhere(packs: Any) -> None:
    office = Office(
        body="Ủy ban nhân dân <tỉnh> Nam Định", sign="UBND", signatory="=Nguyễn Văn A", place="Nam Định"
    )
    data = report(packs(MIDDLE), office=office)
    document = opened(data)
    whole = said(document.element.body)
    # In the head, the opening, the closing and both annexes.
    assert whole.count(office.body) == 5
    assert placeholder("body", "vi") not in whole
    assert "Số: ……/BC-UBND" in whole
    assert "=Nguyễn Văn A" in whole
    with ZipFile(BytesIO(data)) as archive:
        assert "Ủy ban nhân dân &lt;tỉnh&gt; Nam Định" in archive.read("customXml/item1.xml").decode()


# --- Figures ---------------------------------------------------------------------------------------------------


def shown(table: Table) -> list[list[str]]:
    """The rows of a table as the report prints it: what bands hold stands in a row of its own."""
    if table.name not in ("indicators", "routes", "precedents"):
        return [list(line) for line in table.cells()]
    found: list[list[str]] = []
    before, count = None, 0
    keys = [column.key for column in table.columns]
    for line in table.cells():
        if line[0] != before:
            lead = line[keys.index("lead")] if "lead" in keys else ""
            words = say(table.lang, "report.band", component=line[0], lead=lead)
            found.append([words if table.name == "indicators" else line[0]])
            before, count = line[0], 0
        count += 1
        rest = [cell for key, cell in zip(keys[1:], line[1:], strict=True)]
        if table.name == "indicators":
            rest = [str(count), *(cell for key, cell in zip(keys[1:], line[1:], strict=True) if key != "lead")]
        found.append(rest)
    return found


@pytest.mark.parametrize(("case", "lang"), every)
def test_every_table_prints_the_cells_of_its_frame(packs: Any, made: Any, case: Case, lang: Language) -> None:
    tables = [table for chapter in packs(case, lang).chapters for table in chapter.tables]
    found = {
        table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val"): table for table in grids(opened(made(case, lang)))
    }
    assert sorted(found) == sorted(table.title for table in tables)
    for table in tables:
        rows = found[table.title].findall(f"{W}tr")
        heads = [row for row in rows if is_head(row)]
        # The heads come first, are repeated, and are as many as there are lines of headings.
        assert heads == rows[: 2 if table.grouped else 1], table.name
        assert [cells(row) for row in rows[len(heads) :]] == shown(table), table.name
        headings = {words for row in heads for words in cells(row)}
        hidden = {table.columns[0].key} if table.name in ("indicators", "routes", "precedents") else set()
        hidden |= {"lead"} if table.name == "indicators" else set()
        assert {column.heading for column in table.columns if column.key not in hidden} <= headings
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.parametrize(("case", "lang"), every)
def test_no_table_is_wider_than_its_sheet_and_none_is_empty(made: Any, case: Case, lang: Language) -> None:
    document = opened(made(case, lang))
    rooms = [
        (section.page_width - section.left_margin - section.right_margin) / 635 for section in document.sections
    ]
    for table in grids(document):
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) <= max(rooms) + 20
        assert len(table.findall(f"{W}tr")) >= 2
        for row in table.findall(f"{W}tr"):
            assert any(cells(row)), "a row without words"
            spans = [int(item.get(f"{W}val")) for item in row.iter(f"{W}gridSpan")]
            assert sum(spans) + len(row.findall(f"{W}tc")) - len(spans) == len(widths)


def test_a_figure_of_the_frame_stands_in_the_file(frames: Frames, made: Any) -> None:
    """PCI 2019 of Nam Định, as VCCI printed it."""
    text = lines(opened(made(MIDDLE)))
    assert any(line.startswith("Năm 2019, Nam Định đạt 65,09 điểm PCI, tăng 2,08 điểm") for line in text)
    score = frames.score.filter(index="pci", year=2019, unit="63-36", component="overall")["score"].item()
    assert f"{score:.2f}" == "65.09"


@pytest.mark.parametrize(("case", "lang"), every)
def test_every_sentence_of_the_content_is_in_the_report(packs: Any, made: Any, case: Case, lang: Language) -> None:
    text = "\n".join(lines(opened(made(case, lang))))
    for chapter in packs(case, lang).chapters:
        for sentence in [item.sentence for item in chapter.findings] + [*chapter.unknowns, *chapter.methods]:
            assert sentence in text
        for table in chapter.tables:
            assert table.source in text
            assert all(note in text for note in table.notes)
        absent = {item.section for item in chapter.absent}
        for section in absent:
            given = [item.reason for item in chapter.absent if item.section == section]
            implied = CONSEQUENCES.get(section) in absent
            assert implied or any(reason in text for reason in given), section


# --- Order -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("case", "lang"), every)
def test_captions_are_numbered_in_order_and_referred_to_before_they_stand(
    made: Any, case: Case, lang: Language
) -> None:
    document = opened(made(case, lang))
    body = document.element.body
    word = say(lang, "report.table")
    captions = styled(document, "Caption")
    numbers = [int(re.match(rf"{word} (\d+)\. \S", line).group(1)) for line in captions]  # type: ignore[union-attr]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers
    marks = [item.get(f"{W}name") for item in body.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == len(marks) == len(numbers)
    order = list(body.iter(f"{W}bookmarkStart", f"{W}instrText"))
    for mark in marks:
        asked = next(i for i, node in enumerate(order) if node.text and f"REF {mark} " in node.text)
        stands = next(i for i, node in enumerate(order) if node.get(f"{W}name") == mark)
        assert asked < stands
    sequences = [node.text.split() for node in order if node.text and "SEQ" in node.text]
    assert len(sequences) == len(numbers)
    assert {item[1] for item in sequences} == {word}


@pytest.mark.parametrize(("case", "lang"), every)
def test_headings_are_numbered_by_word_and_none_stands_alone(made: Any, case: Case, lang: Language) -> None:
    document = opened(made(case, lang))
    items = list(document.iter_inner_content())
    levels = []
    for place, item in enumerate(items):
        name = item.style.name if isinstance(item, Paragraph) and item.style is not None else ""
        if not name.startswith("Heading"):
            continue
        levels.append(int(name[-1]))
        assert said(item._p).strip()  # type: ignore[union-attr]
        below = items[place + 1]
        deeper = (
            isinstance(below, Paragraph) and below.style is not None and below.style.name.startswith("Heading")
        )
        # Below a heading stands text, or a heading of the next level.
        assert not deeper or int(below.style.name[-1]) == levels[-1] + 1  # type: ignore[union-attr]
        assert deeper or said(below._p if isinstance(below, Paragraph) else below._tbl).strip()
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    numbering = document.part.numbering_part.element
    written = [item.get(f"{W}val") for item in numbering.iter(f"{W}lvlText")]
    kinds = [item.get(f"{W}val") for item in numbering.iter(f"{W}numFmt")]
    expected = ["%1.", "%2.", "%3)"]
    if len(case[1]) > 1:
        expected = [f"{say(lang, 'report.part')} %1", "%2.", "%3.", "%4)"]
    assert written == expected
    assert kinds[-3:] == ["upperRoman", "decimal", "lowerLetter"]


def test_a_section_alone_in_its_group_is_not_numbered_within_it(made: Any) -> None:
    document = opened(made(MERGED))
    assert styled(document, "Heading 1") == [
        "Kết quả theo thành phần",
        "Khoảng cách lớn nhất và cơ quan chủ trì",
        "Số liệu còn thiếu và lưu ý khi sử dụng",
    ]
    assert styled(document, "Heading 2") == []


def test_two_indices_are_two_parts(made: Any) -> None:
    assert styled(opened(made(BOTH)), "Heading 1") == [
        "\nCHỈ SỐ NĂNG LỰC CẠNH TRANH CẤP TỈNH",
        "\nCHỈ SỐ CẢI CÁCH HÀNH CHÍNH",
    ]


def test_annexes_are_numbered_only_where_there_are_several(frames: Frames, made: Any) -> None:
    assert [line for line in lines(opened(made(MIDDLE))) if re.fullmatch(r"Phụ lục( [IV]+)?", line)] == [
        "Phụ lục I",
        "Phụ lục II",
    ]
    assert [line for line in lines(opened(made(PARTIAL))) if line.startswith("Phụ lục")] == ["Phụ lục"]
    short = report(content(frames, Specification(*MIDDLE, contents=SHORT)))
    document = opened(short)
    assert len(document.sections) == 1
    assert "Phụ lục" not in said(document.element.body)


def test_a_partial_edition_is_a_shorter_report_that_says_so(made: Any) -> None:
    partial, whole = opened(made(PARTIAL)), opened(made(MIDDLE))
    assert len(said(partial.element.body)) < len(said(whole.element.body)) / 3
    assert len(grids(partial)) < len(grids(whole)) / 3
    text = "\n".join(lines(partial))
    assert "Mới có tổng điểm của 29/63 đơn vị ở PAR INDEX 2023" in text
    assert "Định hướng cải thiện" not in text


# --- Pictures --------------------------------------------------------------------------------------------------


def test_pictures_have_words_captions_and_sources(packs: Any) -> None:
    pack = packs(MIDDLE)
    with Drawers(1) as drawers:
        pngs = drawers.draw([job(chart, pack.lang) for chart in charts(pack)])
    drawn = [picture(chart, png) for chart, (png,) in zip(charts(pack), pngs, strict=True)]
    assert [item.section for item in drawn] == [Section.HISTORY, Section.COMPONENTS, Section.CHANGE]
    document = opened(report(pack, images=drawn))
    body = document.element.body
    inline = [item for item in body.iter() if item.tag.endswith("}inline")]
    assert len(inline) == 3
    for item, shown in zip(inline, drawn, strict=True):
        (described,) = [node for node in item.iter() if node.get("descr")]
        assert described.get("descr") == shown.alt
        assert len(shown.alt) > 40
        (blip,) = [node for node in item.iter() if node.tag.endswith("}blip")]
        assert document.part.related_parts[blip.get(qn("r:embed"))].blob == shown.png
        extent = next(node for node in item if node.tag.endswith("}extent"))
        assert int(extent.get("cx")) <= 165 * MILLIMETRE
    captions = [line for line in styled(document, "Caption") if line.startswith("Hình")]
    assert captions == [f"Hình {place}. {item.title}" for place, item in enumerate(drawn, start=1)]
    text = lines(document)
    for item in drawn:
        assert item.source in text
        assert f"Ghi chú: {item.note}" in text
    marks = [node.get("id") for node in body.iter() if node.tag.endswith("}docPr")]
    assert len(set(marks)) == len(marks)


def test_charts_only_where_figures_carry_them(packs: Any) -> None:
    assert [item.section for item in charts(packs(PARTIAL))] == [Section.HISTORY]
    assert charts(packs(MERGED)) == ()
    # Without a median none is spoken of.
    titles = [item.title for item in charts(packs(BOTH))]
    assert "Kết quả từng chỉ số thành phần PCI 2022 của Nam Định" in titles


def test_a_chart_draws_the_figures_of_its_table(packs: Any) -> None:
    pack = packs(MIDDLE)
    rank, profile, parts = charts(pack)
    chapter = pack.chapters[0]
    history = chapter.table("history")
    drawn = rank.figure.table.filter(pl.col("Mã") == "63-36")
    assert dict(zip(drawn["Năm"], drawn[drawn.columns[-1]], strict=True)) == dict(
        history.rows.drop_nulls("rank").select("year", "rank").iter_rows()
    )
    components = chapter.table("components").rows
    for name, score in profile.figure.rows.select("label", "value").iter_rows():
        assert components.filter(component=name)["score"].item() == score
    contributions = chapter.table("contributions").rows
    for name, value in parts.figure.table.rows()[1:-1]:
        if name in contributions["component"].to_list():
            assert contributions.filter(component=name)["contribution"].item() == value


def test_a_picture_of_another_index_is_left_out(packs: Any) -> None:
    picture = Picture("sipas", Section.HISTORY, "T", "N", "S", "A", _dot())
    assert "Hình 1" not in said(opened(report(packs(MIDDLE), images=[picture])).element.body)


def _dot() -> bytes:
    import base64

    return base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )


# --- What the province wrote -----------------------------------------------------------------------------------

CAUSE = "Quy hoạch **chưa công khai**.\n\n- Cổng *chậm*\n- <b>=SUM(A1)</b>"
NOTES = {
    "pci": {
        "transparency": Words(CAUSE, "1. Công khai\n2. @Giao & đôn đốc", "Sở A", "Quý II/2026"),
        "land_access": Words(remedy="Rà soát\x0b hồ sơ"),
    }
}


def test_the_provinces_words_are_a_table_without_raw_markup(packs: Any) -> None:
    document = opened(report(packs(MIDDLE), notes=NOTES))
    assert "Nguyên nhân, giải pháp theo đánh giá của tỉnh" in styled(document, "Heading 2")
    (grid,) = [
        Grid(table, document._body)
        for table in grids(document)
        if table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Nguyên nhân và giải pháp")
    ]
    head, first, second = (cells(row._tr) for row in grid.rows)
    assert head == ["Thành phần", "Nguyên nhân", "Giải pháp", "Chủ trì", "Thời hạn"]
    assert is_head(grid.rows[0]._tr)
    assert first == [
        "Tính minh bạch",
        "Quy hoạch chưa công khai.\n- Cổng chậm\n- <b>=SUM(A1)</b>",
        "1. Công khai\n2. @Giao & đôn đốc",
        "Sở A",
        "Quý II/2026",
    ]
    assert second == ["Tiếp cận đất đai", "–", "Rà soát hồ sơ", "–", "–"]
    looks = {
        run.text: (run.bold, run.italic) for cell in grid.rows[1].cells for p in cell.paragraphs for run in p.runs
    }
    assert looks["chưa công khai"] == (True, None)
    assert looks["chậm"] == (None, True)
    whole = said(document.element.body)
    assert "**" not in whole
    assert [line for line in styled(document, "Caption") if "Nguyên nhân và giải pháp" in line]


def test_without_notes_there_is_no_section_for_them(made: Any) -> None:
    assert "theo đánh giá của tỉnh" not in said(opened(made(MIDDLE)).element.body)


# --- The file --------------------------------------------------------------------------------------------------

# The order in which the format wants what stands within an element; Word refuses others.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color sz szCs lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "sectPr": "headerReference type pgSz pgMar pgNumType titlePg",
    "sdtPr": "rPr alias tag id placeholder showingPlcHdr dataBinding text",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc",
}


@pytest.mark.parametrize("case", [MIDDLE, BOTH, MERGED], ids=str)
def test_the_file_is_in_the_order_that_word_asks(packs: Any, case: Case) -> None:
    from docx.oxml import parse_xml

    data = report(packs(case), notes=NOTES)
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        parts = [parse_xml(archive.read(f"word/{name}.xml")) for name in ("document", "styles", "numbering")]
    assert not [name for name in names if "thumbnail" in name or "stylesWithEffects" in name]
    for part in parts:
        for node in part.iter():
            name = node.tag.removeprefix(W) if isinstance(node.tag, str) else ""
            if name in ORDER:
                held = [child.tag.removeprefix(W) for child in node]
                order = ORDER[name].split()
                assert set(held) <= set(order), (name, held)
                assert held == sorted(held, key=order.index), (name, held)
    body = parts[0].find(f"{W}body")
    kinds = [child.tag.removeprefix(W) for child in body]
    assert kinds[-1] == "sectPr"
    assert kinds[-2] == "p"
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc"))


def test_the_same_content_gives_the_same_document(packs: Any) -> None:
    first, second = (ZipFile(BytesIO(report(packs(MIDDLE), notes=NOTES))) for _ in range(2))
    assert first.namelist() == second.namelist()
    for name in first.namelist():
        assert first.read(name) == second.read(name), name


def test_each_language_keeps_to_itself(made: Any) -> None:
    vietnamese, english = (said(opened(made(MIDDLE, lang)).element.body) for lang in LANGUAGES)
    assert not re.search(r"\b(Table|Figure|Annex|Source|Notes|Part) ", vietnamese)
    for letter in set("ăđơưĂĐƠƯếệộạảấầẩẫậắằẳẵặẻẽềểễọỏốồổỗớờởỡợụủứừửữựỳỵỷỹ"):
        assert letter not in english.replace("Vượt Bậc", ""), letter
