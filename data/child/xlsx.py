"""What a sheet of an Excel file (.xlsx, .xlsm) says beside its values: one pass over its XML."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from data.child.charsets import by_font
from data.child.sheets import Sheet

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# What stands in quotes or brackets in a format is text; an escaped sign is one too.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def add(archive: zipfile.ZipFile, number: int, sheet: Sheet) -> None:
    """Errors, formulas without results, per-cent formats, fonts, merged and hidden cells of a sheet."""
    percent, fonts = _styles(archive)
    small = _superscripts(archive)
    with archive.open(_part(archive, number)) as file:
        for _, item in iterparse(file):
            tag = item.tag.rpartition("}")[2]
            if tag == "c":
                _cell(item, sheet, percent, fonts, small)
                item.clear()
            elif tag == "row":
                if item.get("hidden") in ("1", "true"):
                    sheet.hidden_rows.add(int(str(item.get("r"))) - 1)
                item.clear()
            elif tag == "col" and item.get("hidden") in ("1", "true"):
                first, last = int(str(item.get("min"))), int(str(item.get("max")))
                sheet.hidden_columns.update(range(first - 1, min(last, 1000)))
            elif tag == "mergeCell":
                first_place, _, last_place = str(item.get("ref")).partition(":")
                sheet.merged.append((*_at(first_place), *_at(last_place or first_place)))


def _cell(item: Element, sheet: Sheet, percent: set[int], fonts: dict[int, str], small: dict[int, str]) -> None:
    children = {child.tag.rpartition("}")[2]: child for child in item}
    value = children.get("v")
    place, style = item.get("r"), int(item.get("s") or 0)
    if place is None:
        return
    at = _at(place)
    if item.get("t") == "e":
        sheet.lost[at] = "error"
    elif "f" in children and (value is None or not (value.text or "").strip()) and item.get("t") != "str":
        sheet.lost[at] = "formula"
    elif item.get("t") in (None, "n") and value is not None and style in percent:
        sheet.percent.add(at)
    held = _held(sheet, at)
    if isinstance(held, str) and held:
        if item.get("t") == "s" and value is not None and int(value.text or 0) in small:
            held = small[int(value.text or 0)]
        sheet.rows[at[0]][at[1]] = by_font(held, fonts.get(style, ""))


def _held(sheet: Sheet, at: tuple[int, int]) -> object:
    row = sheet.rows[at[0]] if at[0] < len(sheet.rows) else []
    return row[at[1]] if at[1] < len(row) else None


def _at(place: str) -> tuple[int, int]:
    found = _PLACE.fullmatch(place.replace("$", ""))
    if found is None:
        raise ValueError(place)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _part(archive: zipfile.ZipFile, number: int) -> str:
    """The part of a workbook that holds its sheet of this number, as the workbook's own list has it."""
    with archive.open("xl/workbook.xml") as file:
        ids = [item.get(_RELATION) for item in _all(file, "sheet")]
    with archive.open("xl/_rels/workbook.xml.rels") as file:
        targets = {item.get("Id"): str(item.get("Target")) for item in _all(file, "Relationship")}
    target = targets[ids[number]]
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _all(file: IO[bytes], tag: str) -> Iterator[Element]:
    for _, item in iterparse(file):
        if item.tag.rpartition("}")[2] == tag:
            yield item


def _styles(archive: zipfile.ZipFile) -> tuple[set[int], dict[int, str]]:
    """The styles that show per cent, and the fonts of those whose font drew Vietnamese before Unicode."""
    percent: set[int] = set()
    fonts: dict[int, str] = {}
    with suppress(KeyError), archive.open("xl/styles.xml") as file:
        formats = {9: "0%", 10: "0.00%"}
        names: list[str] = []
        for _, item in iterparse(file):
            tag = item.tag.rpartition("}")[2]
            if tag == "numFmt":
                formats[int(str(item.get("numFmtId")))] = str(item.get("formatCode"))
            elif tag == "fonts":
                names = [_font(font) for font in item]
            elif tag == "cellXfs":
                for style, xf in enumerate(item):
                    if "%" in _LITERAL.sub("", formats.get(int(xf.get("numFmtId") or 0), "")):
                        percent.add(style)
                    font = int(xf.get("fontId") or 0)
                    name = names[font] if font < len(names) else ""
                    if name.casefold().startswith((".vn", "vni")):
                        fonts[style] = name
    return percent, fonts


def _font(font: Element) -> str:
    return next((str(part.get("val")) for part in font if part.tag.endswith("}name")), "")


def _superscripts(archive: zipfile.ZipFile) -> dict[int, str]:
    """Shared texts with a raised part, without it: a footnote's number after a figure is no digit of it."""
    found: dict[int, str] = {}
    try:
        content = archive.read("xl/sharedStrings.xml")
    except KeyError:
        return found
    if b"superscript" not in content:
        return found
    with archive.open("xl/sharedStrings.xml") as file:
        for number, item in enumerate(_all(file, "si")):
            runs = [run for run in item if run.tag.endswith("}r")]
            if any(_raised(run) for run in runs):
                texts = [
                    part.text or "" for run in runs if not _raised(run) for part in run if part.tag.endswith("}t")
                ]
                found[number] = "".join(texts)
    return found


def _raised(run: Element) -> bool:
    return any(part.tag.endswith("}vertAlign") and part.get("val") == "superscript" for part in run.iter())
