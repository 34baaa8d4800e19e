"""The letters of a report, as Decree 30/2020/NĐ-CP asks: Times New Roman 13–14, justified, numbered headings."""

from __future__ import annotations

from dashboard.documents.report.xml import FONT, NAMESPACES, twips
from data.text import Language

LANGUAGE_TAGS: dict[Language, str] = {"vi": "vi-VN", "en": "en-GB"}
BODY = 14.0  # points
FIRST_LINE = 12.7  # millimetres
# The styles of what a reader sees, by what it is.
TEXT, CAPTION, SOURCE, CELL, HEADER, PICTURE = "BodyText", "Caption", "Source", "TableText", "Header", "Picture"
# Of what an office fills in: whole lines, whose look must outlast whatever is typed there.
SUPERIOR, ISSUER, NUMBER, DATE, SIGNED, SIGNATORY = "Superior", "Issuer", "Number", "Date", "Signed", "Signatory"
RECIPIENTS = "Recipients"
HEADINGS = 4

_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


def headings(parts: bool) -> dict[str, str]:
    """The styles of `part`, `group` (I.), `section` (1.) and `point` (a)); a report on one index has no parts."""
    levels = ("part", "group", "section", "point") if parts else ("group", "section", "point")
    return {level: f"Heading{place}" for place, level in enumerate(levels, start=1)}


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(2 * points)}"/><w:szCs w:val="{round(2 * points)}"/>'


def _style(key: str, name: str, paragraph: str, letters: str, *, following: str = "") -> str:
    then = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{then}'
        f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{_FONTS}{letters}</w:rPr></w:style>"
    )


def styles(lang: Language, parts: bool) -> str:
    """The styles of the document; nothing in them comes from a theme."""
    tag = LANGUAGE_TAGS[lang]
    body = _spacing(0, 6, 276)
    first = f'<w:ind w:firstLine="{twips(FIRST_LINE)}"/><w:jc w:val="both"/>'
    made = [
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(BODY)}"
        f'<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{_FONTS}{_size(BODY)}</w:rPr></w:style>",
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        _style(TEXT, "Body Text", body + first, _size(BODY)),
        _style(
            CAPTION,
            "caption",
            f'<w:keepNext/><w:keepLines/>{_spacing(6, 4)}<w:jc w:val="center"/>',
            f"<w:b/><w:bCs/>{_size(13)}",
            following=TEXT,
        ),
        _style(
            SOURCE, "Source", f'<w:keepLines/>{_spacing(2, 0)}<w:jc w:val="both"/>', f"<w:i/><w:iCs/>{_size(12)}"
        ),
        _style(CELL, "Table Text", _spacing(1, 1), _size(12)),
        _style(PICTURE, "Picture", f'<w:keepNext/>{_spacing(6, 0)}<w:jc w:val="center"/>', ""),
        _style(HEADER, "header", '<w:jc w:val="center"/>', _size(13)),
    ]
    centre = '<w:jc w:val="center"/>'
    bold, italic, caps = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "<w:caps/>"
    made += [
        _style(SUPERIOR, "Superior Body", centre, caps + _size(13)),
        _style(ISSUER, "Issuing Body", centre, bold + caps + _size(13)),
        _style(NUMBER, "Number and Sign", centre, _size(13)),
        _style(DATE, "Place and Date", centre, italic + _size(BODY)),
        _style(SIGNED, "Authority", centre, bold + caps + _size(BODY)),
        _style(SIGNATORY, "Signatory", centre, bold + _size(BODY)),
        _style(RECIPIENTS, "Recipients", "", _size(11)),
    ]
    made += [_heading(level, key) for level, key in headings(parts).items()]
    return f"<w:styles {NAMESPACES}>{''.join(made)}</w:styles>"


def _spacing(before: float, after: float, line: int = 240) -> str:
    return (
        f'<w:spacing w:before="{round(20 * before)}" w:after="{round(20 * after)}" '
        f'w:line="{line}" w:lineRule="auto"/>'
    )


def _heading(level: str, key: str) -> str:
    depth = int(key[-1]) - 1
    number = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    outline = f'<w:outlineLvl w:val="{depth}"/>'
    if level == "part":
        paragraph = f'<w:keepNext/><w:keepLines/>{number}{_spacing(12, 6)}<w:jc w:val="center"/>{outline}'
        letters = f"<w:b/><w:bCs/>{_size(BODY)}"
    else:
        paragraph = (
            f"<w:keepNext/><w:keepLines/>{number}{_spacing(6, 6)}"
            f'<w:ind w:left="0" w:firstLine="{twips(FIRST_LINE)}"/><w:jc w:val="both"/>{outline}'
        )
        # The decree prints points upright and light, all above them bold.
        letters = _size(BODY) if level == "point" else f"<w:b/><w:bCs/>{_size(BODY)}"
    if level == "group":
        letters = f"<w:b/><w:bCs/><w:caps/>{_size(BODY)}"
    return _style(key, f"heading {depth + 1}", paragraph, letters, following=TEXT)


def numbering(parts: bool, word: str) -> str:
    """The numbers before headings: `Phần I`, I., 1., a). Word counts them, so that a new one moves the others."""
    looks = {"part": ("upperRoman", f"{word} %"), "group": ("upperRoman", "%."), "section": ("decimal", "%.")}
    levels = []
    for depth, level in enumerate(headings(parts)):
        kind, written = looks.get(level, ("lowerLetter", "%)"))
        written = written.replace("%", f"%{depth + 1}")
        suffix = "nothing" if level == "part" else "space"
        levels.append(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:pStyle w:val="Heading{depth + 1}"/><w:suff w:val="{suffix}"/><w:lvlText w:val="{written}"/>'
            '<w:lvlJc w:val="left"/></w:lvl>'
        )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f'{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
