"""What a report leaves to its office to fill in: number, place, date, signatory.

Each is a content control of Word, bound to one small XML part inside the document: written once, it shows wherever
it stands. One that is not filled in shows the words or dots of the decree's own models; a click selects them and
typing replaces them. python-docx knows neither content controls nor building blocks, so they are written as XML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from string import Formatter
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from dashboard.documents.report.xml import NAMESPACES, look, run, text
from dashboard.text import say, texts
from data.text import Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part

_SPACE = "urn:vuotbac:report"
_STORE = f"{{{str(uuid5(NAMESPACE_URL, _SPACE)).upper()}}}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
# Placeholder words are grey; dots stay black, as they may be filled in by hand on paper.
_GREY = "595959"


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues the report; what is empty here is left to fill in.

    `superior` and `body` are names as in a sentence (`Ủy ban nhân dân tỉnh Nam Định`); the head prints them in
    capitals. `sign` is what follows `BC-`.
    """

    superior: str = ""
    body: str = ""
    number: str = ""
    sign: str = ""
    place: str = ""
    day: str = ""
    month: str = ""
    year: str = ""
    authority: str = ""
    role: str = ""
    signatory: str = ""
    recipients: str = ""
    filing: str = ""


NAMES = tuple(item.name for item in fields(Office))


@dataclass(slots=True)
class Controls:
    """The content controls of one document, numbered as they are written."""

    office: Office
    lang: Language
    count: int = 0

    def control(self, name: str, *, bold: bool = False, italic: bool = False, caps: bool = False) -> str:
        """The control for a field of the office, as XML within a paragraph."""
        self.count += 1
        filled = getattr(self.office, name)
        looks = look(bold=bold, italic=italic, caps=caps)
        shown = filled or placeholder(name, self.lang)
        colour = "" if filled else _colour(name, self.lang)
        inside = look(bold=bold, italic=italic, caps=caps, colour=colour)
        style = "" if filled else '<w:rStyle w:val="PlaceholderText"/>'
        number = _base(name) + self.count
        letters = f"<w:rPr>{looks}</w:rPr>" if looks else ""
        return (
            f'<w:sdt><w:sdtPr>{letters}<w:alias w:val="{text(self._say(name))}"/>'
            f'<w:tag w:val="{name}"/><w:id w:val="{number}"/>'
            f'<w:placeholder><w:docPart w:val="{_part(name)}"/></w:placeholder>'
            + ("" if filled else "<w:showingPlcHdr/>")
            + f"<w:dataBinding w:prefixMappings=\"xmlns:v='{_SPACE}'\" "
            f'w:xpath="/v:report[1]/v:{name}[1]" w:storeItemID="{_STORE}"/><w:text/></w:sdtPr>'
            f"<w:sdtContent>{run(shown, style + inside)}</w:sdtContent></w:sdt>"
        )

    def written(self, key: str, values: Mapping[str, object] | None = None, *, italic: bool = False) -> str:
        """A text of the report as runs of XML, with a control for every field of the office in it."""
        looks, content = look(italic=italic), ""
        for words, name, _, _ in Formatter().parse(texts(self.lang)[f"report.{key}"]):
            content += run(words, looks) if words else ""
            if name in NAMES:
                content += self.control(name, italic=italic)
            elif name is not None:
                content += run(str((values or {})[name]), looks)
        return content

    def _say(self, name: str) -> str:
        return say(self.lang, f"report.field.{name}")


def placeholder(name: str, lang: Language) -> str:
    """The text of a field that is not filled in."""
    return say(lang, f"report.placeholder.{name}")


def _colour(name: str, lang: Language) -> str:
    return _GREY if any(letter.isalpha() for letter in placeholder(name, lang)) else ""


def _base(name: str) -> int:
    """The number from which the controls of a field are counted, far from those of other fields."""
    return 41_000_000 + 1_000 * NAMES.index(name)


def _part(name: str) -> str:
    return f"vuotbac-{name}"


def bind(document: Document, office: Office, lang: Language) -> None:
    """Adds the parts that the controls are bound to: the fields' values and their placeholders."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package: Any = document.part.package

    def part(address: str, kind: str, content: str, owner: Part | None = None, relation: str = "") -> Part:
        head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
        made = Part(PackURI(address), kind, (head + content).encode(), package)
        (owner or document.part).relate_to(made, f"{_OFFICE}/relationships/{relation}")
        return made

    values = "".join(f"<{name}>{text(value)}</{name}>" for name, value in asdict(office).items())
    data = part(
        "/customXml/item1.xml",
        "application/xml",
        f'<report xmlns="{_SPACE}">{values}</report>',
        relation="customXml",
    )
    part(
        "/customXml/itemProps1.xml",
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_STORE}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{_SPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        data,
        "customXmlProps",
    )
    words = part(
        "/word/glossary/document.xml",
        f"{_WORD}.document.glossary+xml",
        f"<w:glossaryDocument {NAMESPACES}><w:docParts>"
        f"{''.join(_building_block(name, lang) for name in NAMES)}</w:docParts></w:glossaryDocument>",
        relation="glossaryDocument",
    )
    part(
        "/word/glossary/styles.xml",
        f"{_WORD}.styles+xml",
        f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/></w:style><w:style w:type="character" w:styleId="PlaceholderText">'
        '<w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/></w:style></w:styles>',
        words,
        "styles",
    )


def _building_block(name: str, lang: Language) -> str:
    """The placeholder that Word puts back when a field is emptied."""
    key = str(uuid5(NAMESPACE_URL, f"{_SPACE}:{name}")).upper()
    colour = _colour(name, lang)
    shown = run(placeholder(name, lang), '<w:rStyle w:val="PlaceholderText"/>' + look(colour=colour))
    return (
        f'<w:docPart><w:docPartPr><w:name w:val="{_part(name)}"/><w:category><w:name w:val="General"/>'
        '<w:gallery w:val="placeholder"/></w:category><w:types><w:type w:val="bbPlcHdr"/></w:types>'
        f'<w:behaviors><w:behavior w:val="content"/></w:behaviors><w:guid w:val="{{{key}}}"/></w:docPartPr>'
        f"<w:docPartBody><w:p>{shown}</w:p></w:docPartBody></w:docPart>"
    )
