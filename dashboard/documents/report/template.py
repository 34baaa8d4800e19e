"""The report's template: `template.docx` beside this module, opened in the language of a report.

The file holds the sheet (A4 with the decree's margins), the styles (Times New Roman 13–14, justified), the numbers
before headings and the head with the number of the page, from the second page on. It is edited in Word or
LibreOffice Writer like any other; no program writes it. Its levels are those of a report on several indices (part,
group, section, point); a report on one has no parts.
"""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.documents.properties import LANGUAGE_TAGS, describe
from dashboard.text import say
from data.text import Language

if TYPE_CHECKING:
    from docx.document import Document

TEMPLATE = Path(__file__).with_name("template.docx")
LEVELS = ("part", "group", "section", "point")
# The styles of what a reader sees, by what it is.
TEXT, CAPTION, SOURCE, CELL, PICTURE = "BodyText", "Caption", "Source", "TableText", "Picture"
# Of what an office fills in: whole lines, whose look must outlast whatever is typed there.
SUPERIOR, ISSUER, NUMBER, DATE, SIGNED, SIGNATORY = "Superior", "Issuer", "Number", "Date", "Signed", "Signatory"
RECIPIENTS = "Recipients"

# Measures that the layout of tables and pictures needs; a test holds them to the file.
BODY = 14.0  # points
_WIDTH, _HEIGHT, _SIDES = 210, 297, 30 + 15  # millimetres
ROOM, WIDE_ROOM = _WIDTH - _SIDES, _HEIGHT - _SIDES


def headings(parts: bool) -> dict[str, str]:
    """The style of each level of headings; a report on one index has no parts."""
    levels = LEVELS if parts else LEVELS[1:]
    return {level: f"Heading{place}" for place, level in enumerate(levels, start=1)}


def blank(lang: Language, parts: bool, title: str) -> Document:
    """An empty document of the template in a language; `parts` says whether it reports on several indices."""
    import docx

    document = docx.Document(str(TEMPLATE))
    if not parts:
        _without_parts(document)
    _translate(document, lang)
    # The author is who issues it.
    describe(document.core_properties, lang, title=title, author="", last_modified_by="")
    return document


def section(document: Document, *, wide: bool = False, annex: bool = False) -> str:
    """What a part of the document is printed on, as XML: the template's sheet, upright or `wide`.

    An annex counts its pages anew, under the same heads.
    """
    from docx.enum.section import WD_ORIENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.section import Section

    sheet = Section(deepcopy(document.sections[0]._sectPr), document.part)
    made = sheet._sectPr
    if wide:
        sheet.orientation = WD_ORIENT.LANDSCAPE
        sheet.page_width, sheet.page_height = sheet.page_height, sheet.page_width
    if annex:
        for head in made.headerReference_lst:
            made.remove(head)
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:start"), "1")
        made.find(qn("w:pgMar")).addnext(numbers)
    written: str = made.xml
    return written


def _translate(document: Document, lang: Language) -> None:
    """The language of the text, the word before a part's number, the signs that Word's fields use."""
    from docx.oxml.ns import qn

    tag = LANGUAGE_TAGS[lang]
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)
        language.set(qn("w:eastAsia"), tag)
    for text in document.part.numbering_part.element.iter(qn("w:lvlText")):
        written = text.get(qn("w:val"))
        text.set(qn("w:val"), written.replace(say("vi", "report.part"), say(lang, "report.part")))
    signs = {"decimalSymbol": (",", "."), "listSeparator": (";", ",")}
    for name, (vietnamese, english) in signs.items():
        for sign in document.settings.element.iter(qn(f"w:{name}")):
            sign.set(qn("w:val"), vietnamese if lang == "vi" else english)


def _without_parts(document: Document) -> None:
    """Takes the level of parts out of styles and numbers: each of the others moves up by one."""
    from docx.oxml.ns import qn

    document.styles["Heading 1"].delete()
    for level in range(1, len(LEVELS)):
        style = document.styles[f"Heading {level + 1}"].element
        style.name_val, style.styleId = f"heading {level}", f"Heading{level}"
        for depth in style.iter(qn("w:ilvl"), qn("w:outlineLvl")):
            depth.set(qn("w:val"), str(level - 1))
    first, *others = document.part.numbering_part.element.iter(qn("w:lvl"))
    first.getparent().remove(first)
    for level, item in enumerate(others, start=1):
        item.set(qn("w:ilvl"), str(level - 1))
        item.find(qn("w:pStyle")).set(qn("w:val"), f"Heading{level}")
        text = item.find(qn("w:lvlText"))
        text.set(qn("w:val"), text.get(qn("w:val")).replace(f"%{level + 1}", f"%{level}"))
