"""The sheet of a report: A4, the decree's margins, page numbers in the head from the second page on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.documents.report.styles import HEADER, LANGUAGE_TAGS, numbering, styles
from dashboard.documents.report.xml import NAMESPACES, field, paragraph, twips
from dashboard.text import say
from data.text import Language

if TYPE_CHECKING:
    from docx.document import Document

# Millimetres; the decree: top and bottom 20–25, left 30–35, right 15–20.
WIDTH, HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
ROOM = WIDTH - LEFT - RIGHT
WIDE_ROOM = HEIGHT - LEFT - RIGHT
_HEADER = 10


@dataclass(frozen=True, slots=True)
class Heads:
    """The relations of the head with a page number and of the empty one of a first page."""

    numbered: str
    empty: str


def section(heads: Heads | None = None, *, wide: bool = False, restart: bool = False) -> str:
    """What a part of the document is printed on; without heads, they are those of the part before.

    Every annex counts its pages anew; a first page shows no number.
    """
    long, short = (HEIGHT, WIDTH) if wide else (WIDTH, HEIGHT)
    references = (
        ""
        if heads is None
        else f'<w:headerReference w:type="default" r:id="{heads.numbered}"/>'
        f'<w:headerReference w:type="first" r:id="{heads.empty}"/>'
    )
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{round(long * 1440 / 25.4)}" w:h="{round(short * 1440 / 25.4)}"'
        + (' w:orient="landscape"' if wide else "")
        + f'/><w:pgMar w:top="{twips(TOP)}" w:right="{twips(RIGHT)}" w:bottom="{twips(BOTTOM)}" '
        f'w:left="{twips(LEFT)}" w:header="{twips(_HEADER)}" w:footer="{twips(_HEADER)}" w:gutter="0"/>'
        + ('<w:pgNumType w:start="1"/>' if restart else "")
        + "<w:titlePg/></w:sectPr>"
    )


def blank(lang: Language, parts: bool, title: str) -> tuple[Document, Heads]:
    """A document with our letters, numbers and heads, and nothing on its pages yet."""
    import docx

    document = docx.Document()
    _without_template(document)
    _fill(document.styles.element, styles(lang, parts))
    _fill(document.part.numbering_part.element, numbering(parts, say(lang, "report.part")))
    _set(document, lang)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.language = LANGUAGE_TAGS[lang]
    for stamp in ("created", "modified"):
        # The template's own; a pure function knows no date of today.
        for old in properties._element.findall(f"{{http://purl.org/dc/terms/}}{stamp}"):
            properties._element.remove(old)
    first = document.sections[0]
    first.different_first_page_header_footer = True
    page = field("PAGE", "2")
    _fill(first.header._element, f"<w:hdr {NAMESPACES}>{paragraph(page, HEADER)}</w:hdr>")
    _fill(first.first_page_header._element, f"<w:hdr {NAMESPACES}>{paragraph('', HEADER)}</w:hdr>")
    first.header.is_linked_to_previous = False
    heads = {item.type_: item.rId for item in first._sectPr.headerReference_lst}
    from docx.enum.section import WD_HEADER_FOOTER

    return document, Heads(heads[WD_HEADER_FOOTER.PRIMARY], heads[WD_HEADER_FOOTER.FIRST_PAGE])


def _without_template(document: Document) -> None:
    """Leaves out what the library's own template brings along: its letters, its picture, its notes."""
    unwanted = ("stylesWithEffects", "customXml", "fontTable", "thumbnail")
    for owner in (document.part, document.part.package):
        for key in [key for key, item in owner.rels.items() if item.reltype.endswith(unwanted)]:
            del owner.rels[key]


def _set(document: Document, lang: Language) -> None:
    """The settings of today's Word, in the language of the document."""
    from docx.oxml.ns import qn

    settings = document.settings.element
    for item in settings.iter(qn("w:compatSetting")):
        if item.get(qn("w:name")) == "compatibilityMode":
            item.set(qn("w:val"), "15")
    for name, value in (
        ("decimalSymbol", "," if lang == "vi" else "."),
        ("listSeparator", ";" if lang == "vi" else ","),
    ):
        for item in settings.iter(qn(f"w:{name}")):
            item.set(qn("w:val"), value)
    for item in settings.iter(qn("w:themeFontLang")):
        item.set(qn("w:val"), LANGUAGE_TAGS[lang])
        item.set(qn("w:eastAsia"), LANGUAGE_TAGS[lang])


def _fill(element: object, content: str) -> None:
    """Puts the content of an element, as XML, in the place of what it holds."""
    from docx.oxml import parse_xml

    holder: Any = element
    for old in list(holder):
        holder.remove(old)
    holder.extend(list(parse_xml(content)))
