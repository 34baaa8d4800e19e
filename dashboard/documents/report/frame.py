"""What surrounds the text of a report: national heading, title, signature, the head of an annex.

Each function returns XML.
"""

from __future__ import annotations

from dashboard.documents.report.controls import Controls
from dashboard.documents.report.template import (
    BODY,
    DATE,
    ISSUER,
    NUMBER,
    RECIPIENTS,
    ROOM,
    SIGNATORY,
    SIGNED,
    SUPERIOR,
    TEXT,
)
from dashboard.documents.report.xml import cell, look, paragraph, row, rule, run, spaced, table, twips
from dashboard.text import say
from data.text import Language

# Millimetres. The rule below the motto is as long as the words (Times New Roman bold, 14), those below the issuing
# body and the subject a third to a half as long as theirs.
_LEFT = 68
_RIGHT = ROOM - _LEFT
_MOTTO: dict[Language, float] = {"vi": 57, "en": 78.5}
_BODY_RULE, _SUBJECT_RULE, _ANNEX_RULE = 24, 55, 50
# Lines that a seal and a signature take.
_SEAL = 5


def heading(controls: Controls) -> str:
    """The issuing body and number at the left; the country, its motto, place and date at the right."""
    lang, control = controls.lang, controls.control
    left = (
        paragraph(control("superior", caps=True), SUPERIOR)
        + paragraph(control("body", bold=True, caps=True), ISSUER)
        + rule(_BODY_RULE, _LEFT, after=6)
    )
    right = (
        paragraph(run(say(lang, "report.nation").upper(), look(bold=True)), NUMBER)
        + paragraph(run(say(lang, "report.motto")), SIGNATORY)
        + rule(_MOTTO[lang], _RIGHT, after=6)
    )
    number, date = controls.written("number"), controls.written("date", italic=True)
    grid = (twips(_LEFT), twips(_RIGHT))
    rows = [
        row(cell(content, wide, middle=False) for content, wide in zip(contents, grid, strict=True))
        for contents in ((left, right), (paragraph(number, NUMBER), paragraph(date, DATE)))
    ]
    return table(grid, rows, bordered=False)


def title(lang: Language, subject: str) -> str:
    """`BÁO CÁO` and its subject, with a rule below."""
    bold = look(bold=True, size=BODY)
    return (
        paragraph(run(say(lang, "report.type").upper(), bold), more=spaced(before=18, align="center"))
        + paragraph(run(subject, bold), more=spaced(align="center"))
        + rule(_SUBJECT_RULE, ROOM, after=14)
    )


def opening(controls: Controls, **named: object) -> str:
    """Who reports on what."""
    return paragraph(controls.written("opening", named), TEXT)


def closing(controls: Controls, **named: object) -> str:
    """The last sentence, with the mark that the text ends (`./.`); it stays on the page of the signature."""
    return paragraph(controls.written("closing", named), TEXT, "<w:keepNext/>")


def signature(controls: Controls) -> str:
    """The recipients at the left, the signatory at the right."""
    lang, control = controls.lang, controls.control
    head = look(bold=True, italic=True, size=12)
    received = (
        paragraph(run(say(lang, "report.recipients"), head), RECIPIENTS)
        + paragraph(controls.written("received"), RECIPIENTS)
        + paragraph(controls.written("filing"), RECIPIENTS)
    )
    signed = (
        paragraph(control("authority", bold=True, caps=True), SIGNED)
        + paragraph(control("role", bold=True, caps=True), SIGNED)
        + paragraph("", SIGNED) * _SEAL
        + paragraph(control("signatory", bold=True), SIGNATORY)
    )
    grid = (twips(ROOM / 2), twips(ROOM / 2))
    cells = [cell(content, grid[0], middle=False) for content in (received, signed)]
    return paragraph(more="<w:keepNext/>" + spaced(after=2)) + table(grid, [row(cells)], bordered=False)


def annex(controls: Controls, number: str, name: str, room: float) -> str:
    """The head of an annex: its number, its name, and the document it belongs to."""
    return (
        paragraph(run(number), SIGNATORY, "<w:keepNext/>")
        + paragraph(run(name.upper()), SIGNATORY, "<w:keepNext/>")
        + paragraph(controls.written("attached", italic=True), DATE, "<w:keepNext/>")
        + rule(_ANNEX_RULE, room, after=10)
    )
