"""The deck's master: theme with the shipped font and the palette's roles, four layouts, nothing else.

The font of the theme is Be Vietnam Pro; its classification (panose) is Arial's, which is what a computer without
the font puts in its place. Colours are the theme's, so that a province can put its own in one place.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from dashboard.charts.theme import FONT, PALETTES
from dashboard.documents.deck.text import INCH, LANGUAGE_TAGS, NAMESPACES, POINT, SLOTS
from dashboard.text import say
from data.text import Language

WIDE, HIGH = round(40 / 3 * INCH), round(7.5 * INCH)
FALLBACK = "Arial"
_FALLBACK_PANOSE = "020B0604020202020204"
COVER, DIVIDER, FINDING, WORDS = range(4)
# The places of the layouts that hold text, by their number.
KICKER, SOURCE, BODY, NUMBER = 10, 11, 12, 13
TITLE_SIZE, TITLE_LINES = 26.0, 2
# left, top, width, height in inches
MARGIN = 0.6
INNER = 40 / 3 - 2 * MARGIN
BODY_BOX = (MARGIN, 1.78, INNER, 4.92)
# What a title of one line leaves free above the body.
SPARE = 0.42
_TITLE_BOX = (MARGIN, 0.66, INNER, 1.0)
_KICKER_BOX = (MARGIN, 0.34, INNER, 0.32)
_SOURCE_BOX = (MARGIN, 6.92, INNER - 1.0, 0.34)
_NUMBER_BOX = (MARGIN + INNER - 0.9, 6.92, 0.9, 0.34)

_SPACES = (
    f'{NAMESPACES} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
# The names of a theme's colours and the roles that fill them.
_THEME = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}


def blank(lang: Language) -> Any:
    """An empty presentation with our master, in a language."""
    from pptx import Presentation

    return Presentation(io.BytesIO(_template(lang)))


@cache
def _template(lang: Language) -> bytes:
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDE), Emu(HIGH)
    deck.element.sldSz.attrib.pop("type", None)
    for default in deck.element.iter("{*}defRPr"):
        default.attrib.pop("lang", None)
        default.set("lang", LANGUAGE_TAGS[lang])
    _drop(deck.part.package, "thumbnail")
    _drop(deck.part, "printerSettings")
    master = deck.slide_master
    for layout in list(deck.slide_layouts)[4:]:
        deck.slide_layouts.remove(layout)
    _dress(master.element, _master(lang))
    _style(master.element)
    layouts = (_cover(lang, "cover"), _cover(lang, "divider"), _finding(lang), _words(lang))
    for layout, (name, shapes, ground) in zip(deck.slide_layouts, layouts, strict=True):
        layout.element.attrib.pop("type", None)
        _dress(layout.element, shapes, say(lang, f"deck.layout.{name}"), ground)
    master.name = say(lang, "deck.layout.master")
    _theme(master.part)
    _theme(deck.notes_master.part)
    _translate(deck.notes_master.element, lang)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _translate(notes: Any, lang: Language) -> None:
    """The words of the library's master of notes in our language."""
    for element in notes.iter():
        if element.get("lang"):
            element.set("lang", LANGUAGE_TAGS[lang])
    for text in notes.iter("{*}t"):
        if text.text and text.text[0].isalpha():
            text.text = say(lang, "deck.prompt.notes")


def _drop(part: Any, kind: str) -> None:
    """Leaves out a part of the library's own template that is not ours."""
    relations = part._rels
    for key, relation in list(relations.items()):
        if relation.reltype.endswith(kind):
            relations.pop(key)


def _theme(part: Any) -> None:
    """Fonts and colours of a master's theme."""
    from pptx.oxml import parse_xml

    theme = next(item.target_part for item in part.rels.values() if item.reltype.endswith("/theme"))
    palette = PALETTES["light"]
    colours = {_THEME.get(slot, slot): getattr(palette, role)[1:] for role, slot in SLOTS.items()}
    colours |= {"hlink": palette.chosen[1:], "folHlink": palette.quiet[1:]}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{place}" for place in range(1, 7)), "hlink", "folHlink")
    scheme = "".join(f'<a:{key}><a:srgbClr val="{colours[key]}"/></a:{key}>' for key in order)
    face = (
        f'<a:latin typeface="{FONT}" panose="{_FALLBACK_PANOSE}" pitchFamily="34" charset="0"/>'
        f'<a:ea typeface=""/><a:cs typeface="{FALLBACK}"/><a:font script="Viet" typeface="{FONT}"/>'
    )
    fonts = f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont>"
    text = theme.blob.decode("utf-8")
    text = re.sub(
        r"<a:clrScheme.*?</a:clrScheme>", f'<a:clrScheme name="Vượt Bậc">{scheme}</a:clrScheme>', text, flags=re.S
    )
    text = re.sub(
        r"<a:fontScheme.*?</a:fontScheme>", f'<a:fontScheme name="{FONT}">{fonts}</a:fontScheme>', text, flags=re.S
    )
    blob = text.replace('name="Office Theme"', 'name="Vượt Bậc"').encode()
    if hasattr(theme, "_element"):  # the notes' theme is kept as a tree, the slides' as it was read
        theme._element = parse_xml(blob)
    else:
        theme._blob = blob


def _dress(element: Any, shapes: str, name: str = "", ground: str = "") -> None:
    """Puts our shapes into a master or layout."""
    from pptx.oxml import parse_xml

    named = f' name="{name}"' if name else ""
    background = ground and f"<p:bg><p:bgPr>{_fill(ground)}<a:effectLst/></p:bgPr></p:bg>"
    body = (
        f"<p:cSld {_SPACES}{named}>{background}<p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/>"
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
    )
    element.replace(element.cSld, parse_xml(body))


def _style(element: Any) -> None:
    """How titles and text look where a layout doesn't say otherwise."""
    from pptx.oxml import parse_xml

    levels = "".join(
        f'<a:lvl{level}pPr marL="{228_600 * (level - 1)}" indent="0" algn="l" rtl="0"><a:buNone/>'
        f'<a:defRPr sz="1600" kern="1200">{_fill("ink")}{_FACE.format("mn")}</a:defRPr></a:lvl{level}pPr>'
        for level in range(1, 6)
    )
    title = (
        f'<a:lvl1pPr algn="l" rtl="0"><a:buNone/><a:defRPr sz="{TITLE_SIZE * 100:.0f}" b="1" kern="1200">'
        f"{_fill('ink')}{_FACE.format('mj')}</a:defRPr></a:lvl1pPr>"
    )
    other = f'<a:lvl1pPr><a:defRPr sz="1400">{_fill("ink")}{_FACE.format("mn")}</a:defRPr></a:lvl1pPr>'
    styles = (
        f"<p:txStyles {_SPACES}><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )
    element.replace(element.find("{*}txStyles"), parse_xml(styles))


_FACE = '<a:latin typeface="+{0}-lt"/><a:ea typeface="+{0}-ea"/><a:cs typeface="+{0}-cs"/>'


def _fill(role: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{SLOTS[role]}"/></a:solidFill>'


def frame(box: tuple[float, float, float, float]) -> str:
    """Where a shape lies, in inches, as XML."""
    left, top, wide, high = (round(value * INCH) for value in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'


def _place(
    number: int,
    kind: str,
    prompt: str,
    lang: Language,
    box: tuple[float, float, float, float],
    *,
    look: str = "",
    anchor: str = "t",
    colour: str = "ink",
    align: str = "l",
) -> str:
    """A place for text; `kind` its attributes, `prompt` what stands there until somebody writes."""
    tag = LANGUAGE_TAGS[lang]
    text = (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{tag}"/>'
        "<a:t>‹#›</a:t></a:fld>"
        if "sldNum" in kind
        else f'<a:r><a:rPr lang="{tag}"/><a:t>{prompt}</a:t></a:r>'
    )
    style = (
        f'<a:lvl1pPr algn="{align}" marL="0" indent="0"><a:buNone/>'
        f"<a:defRPr {look}>{_fill(colour)}</a:defRPr></a:lvl1pPr>"
        if look
        else ""
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{prompt}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{frame(box)}"
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        f'<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _rule(number: int, box: tuple[float, float, float, float], role: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name=""/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{frame(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{_fill(role)}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _master(lang: Language) -> str:
    def prompt(key: str) -> str:
        return say(lang, f"deck.prompt.{key}")

    look = 'sz="1100" b="0"'
    return (
        _place(2, 'type="title"', prompt("title"), lang, _TITLE_BOX)
        + _place(3, 'type="body" idx="1"', prompt("body"), lang, BODY_BOX)
        + _place(
            4, 'type="sldNum" idx="4"', prompt("number"), lang, _NUMBER_BOX, look=look, colour="quiet", align="r"
        )
    )


def _cover(lang: Language, name: str) -> tuple[str, str, str]:
    """Cover and divider: white letters on the province's colour, a line in the target group's."""
    cover = name == "cover"
    top = 2.0 if cover else 2.5
    shapes = _rule(9, (MARGIN + 0.2, top - 0.35, 1.2, 0.08), "target")
    shapes += _place(
        2,
        'type="title"',
        say(lang, "deck.prompt.title"),
        lang,
        (MARGIN + 0.2, top, 11.4, 1.75 if cover else 0.95),
        look='sz="4000" b="1"',
        colour="ground",
    )
    shapes += _place(
        3,
        f'type="body" idx="{BODY}"',
        say(lang, "deck.prompt.body"),
        lang,
        (MARGIN + 0.2, top + (1.85 if cover else 1.05), 11.4, 1.9),
        look='sz="2000" b="0"',
        colour="ground",
    )
    shapes += _place(
        4,
        f'type="body" idx="{SOURCE}"',
        say(lang, "deck.prompt.source"),
        lang,
        (MARGIN + 0.2, 6.6, 11.4, 0.5),
        look='sz="1400" b="0"',
        colour="ground",
    )
    return name, shapes, "chosen"


def _finding(lang: Language) -> tuple[str, str, str]:
    """A finding as title, what it stands on below, whose figures they are, the number of the slide."""

    def text(
        number: int, kind: str, key: str, box: tuple[float, float, float, float], look: str, **how: str
    ) -> str:
        return _place(number, kind, say(lang, f"deck.prompt.{key}"), lang, box, look=look, **how)

    shapes = (
        _rule(9, (MARGIN, 6.84, INNER, POINT / INCH), "rule")
        + text(
            3,
            f'type="body" idx="{KICKER}"',
            "kicker",
            _KICKER_BOX,
            'sz="1400" b="1"',
            colour="chosen",
        )
        + _place(2, 'type="title"', say(lang, "deck.prompt.title"), lang, _TITLE_BOX)
        + text(
            4,
            f'type="body" idx="{SOURCE}"',
            "source",
            _SOURCE_BOX,
            'sz="1100" b="0"',
            colour="quiet",
        )
        + text(
            5,
            f'type="sldNum" idx="{NUMBER}"',
            "number",
            _NUMBER_BOX,
            'sz="1100" b="0"',
            colour="quiet",
            align="r",
        )
    )
    return "finding", shapes, ""


def _words(lang: Language) -> tuple[str, str, str]:
    """The same with a place for text, which a slide puts beside its chart or leaves as wide as it is."""
    body = _place(6, f'type="body" idx="{BODY}"', say(lang, "deck.prompt.body"), lang, BODY_BOX)
    return "words", _finding(lang)[1] + body, ""
