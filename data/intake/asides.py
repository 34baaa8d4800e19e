"""Rows and columns of a table that are no figures of units: numbering, regions, means, notes, page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from data.spelling import fold
from data.text import Text

# Why a row is left out, and the words that say so.
REASONS = {
    "numbering": Text("dòng đánh số cột", "a row that numbers the columns"),
    "group": Text("vùng hoặc nhóm", "a region or group"),
    "mean": Text("trung bình", "a mean"),
    "total": Text("dòng tổng", "a total"),
    "highest": Text("cao nhất", "the highest"),
    "lowest": Text("thấp nhất", "the lowest"),
    "median": Text("trung vị", "a median"),
    "spread": Text("độ lệch", "a spread"),
    "maxima": Text("điểm tối đa", "the maxima"),
    "weights": Text("trọng số", "the weights"),
    "note": Text("ghi chú", "a note"),
    "source": Text("nguồn", "the source"),
    "heading": Text("tiêu đề lặp lại", "the heading again"),
    "title": Text("tiêu đề của bảng", "a title"),
    "hidden": Text("dòng bị ẩn", "a hidden row"),
    "dropped": Text("bỏ theo yêu cầu", "left out as asked"),
    "empty": Text("không có số liệu", "no figures"),
}

_STARTS = (
    ("maxima", "diemtoida diemchuan thangdiem toida maximum max_points diemtoidacua"),
    ("weights", "trongso tytrong weight weights"),
    ("mean", "trungbinh binhquan diemtrungbinh tbcanuoc canuoc toanquoc tb average mean national chisotrungbinh"),
    ("mean", "wholecountry"),
    ("highest", "caonhat max lonnhat highest diemcaonhat giatricaonhat"),
    ("lowest", "thapnhat min nhonhat lowest diemthapnhat giatrithapnhat"),
    ("median", "trungvi median"),
    ("spread", "dolech standarddeviation stdev khoangcach"),
    ("total", "tongso tongcong total sum"),
    ("source", "nguon source sources theo"),
    ("note", "ghichu chuthich note notes luuy giaithich"),
)
# A word that is a whole cell, or begins one: `Trung bình cả nước`, but no name of a place.
_WORDS = [(why, tuple(words.split())) for why, words in _STARTS]
_LONGEST = max(len(start) for _, starts in _WORDS for start in starts)
# Letters of a cell that may say what its row is; prose goes on for thousands.
_LOOKED_AT = 200
_GROUP = re.compile(r"^(vùng|khối|nhóm|cụm|miền|khu vực|các (tỉnh|vùng|thành phố)|region|group)\b", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVX]{1,5}\.?$")
_NUMBERING = re.compile(r"^(\(?\d{1,2}\)?|\(?[A-Z]\)?|\(?\d+\)?\s*=.*)$")
_MARKED = re.compile(r"^(\(?\*+\)?|\(\d\)|\[\d\])\s*\D")


def aside(row: Sequence[str], regions: set[str]) -> str | None:
    """Why a row of texts is no unit's, as a key of REASONS; None where nothing says so."""
    texts = [text for text in row if text]
    if not texts:
        return "empty"
    if len(texts) > 1 and all(_NUMBERING.match(text) for text in texts) and _counts(texts):
        return "numbering"
    words = [text for text in texts if re.search(r"[^\W\d_]", text)]
    if not words:
        return None
    if _ROMAN.match(texts[0]) and len(words) > 1:
        return "group"
    for text in words[:2]:
        beginning = text[:_LOOKED_AT]
        key = fold(beginning)
        if _GROUP.match(text) or key in regions:
            return "group"
        beginnings = {key, *_beginnings(beginning)}
        for why, starts in _WORDS:
            if not beginnings.isdisjoint(starts):
                return why
        if key in ("tong", "cong"):  # alone: `Công an tỉnh` is no sum
            return "total"
        if _MARKED.match(text):
            return "note"
    return None


def _counts(texts: Sequence[str]) -> bool:
    """Whether texts count the columns: in brackets, letters, or each one more than the one before."""
    if any(text.startswith("(") for text in texts) or any(text.isalpha() for text in texts):
        return True
    numbers = [int(text) for text in texts if text.isdecimal()]
    return len(numbers) == len(texts) and all(b == a + 1 for a, b in pairwise(numbers))


def _beginnings(text: str) -> Iterator[str]:
    """The first words of a text, whole: one, two, … as far as any that is looked for."""
    key = ""
    for word in re.split(r"[\s:,.()]+", text):
        key += fold(word)
        if len(key) > _LONGEST:
            return
        yield key
