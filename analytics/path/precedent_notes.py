"""The sentences that must be read with precedents: how many made it, of whom, and who is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from data.definition import Index, spans
from data.number import decimal
from data.text import Note, Text


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: a rise by `gain` within `within` editions, from a level within ±`near` of ours."""

    component: str
    level: float
    near: float
    gain: float
    gain_from: Literal["given", "target", "best"]
    within: int


def notes(index: Index, name: Text, search: Search, counts: Mapping[str, Any], broken: bool) -> tuple[Note, ...]:
    """How many made it of how many that could be followed, what the rows hold beside, and the caveats.

    Their keys are those that `analytics.precedent` documents.

    `name` is the unit's, `counts` the figures of the answer, `broken` whether a rise crosses a series break.
    """
    part = index.component(search.component).name
    vi, en = (
        [decimal(value, 2, lang) for value in (search.level, search.near, search.gain)] for lang in ("vi", "en")
    )
    editions = "edition" if search.within == 1 else "editions"
    if counts["starts"]:
        reached, starts = counts["reached"], counts["starts"]
        said = Text(
            f"{reached} trên {starts} lần có đơn vị ở quanh mức của {name.vi} về “{part.vi}” ({vi[0]} ± {vi[1]}) "
            f"và biết điểm suốt {search.within} kỳ sau đó đã tăng ít nhất {vi[2]} điểm.",
            f"In {reached} of {starts} cases a unit near {name.en}'s level on “{part.en}” ({en[0]} ± {en[1]}), "
            f"known in all of the next {search.within} {editions}, gained at least {en[2]} points.",
        )
    else:
        said = Text(
            f"Chưa có đơn vị nào ở quanh mức của {name.vi} về “{part.vi}” ({vi[0]} ± {vi[1]}) mà biết điểm suốt "
            f"{search.within} kỳ sau đó, nên chưa nói được bao nhiêu phần tăng được {vi[2]} điểm.",
            f"No unit near {name.en}'s level on “{part.en}” ({en[0]} ± {en[1]}) is known in all of the next "
            f"{search.within} {editions}, so there is no share of those who gained {en[2]} points.",
        )
    found = [Note("share", said), *_beyond_the_share(counts, search), *_selected(counts)]
    if search.gain_from != "given":
        to = {
            "target": Text("trung vị của nhóm mục tiêu", "the median of the target group"),
            "best": Text("đơn vị tốt nhất", "the best unit"),
        }[search.gain_from]
        words = Text(f"Mức tăng lấy bằng khoảng cách đến {to.vi}.", f"The gain is the distance to {to.en}.")
        found.append(Note("gain", words))
    if counts["followed_on"]:
        held, of = counts["held"], counts["followed_on"]
        found.append(
            Note.of(
                "held",
                f"Trong {of} lần tăng biết điểm thêm một kỳ, {held} lần vẫn giữ được chừng ấy; phần còn lại "
                f"đã mất "
                "một phần hay tất cả.",
                f"Of {_rises(of)} known one edition longer, {held} still held as much; the others had lost some "
                "or all of it.",
            )
        )
    if broken:
        found.append(
            Note.of(
                "series_break",
                "Có lần tăng trùng lúc danh mục chỉ tiêu hoặc cách tính thay đổi (cột đánh dấu): một phần có thể "
                "do cách đo.",
                "Some rises coincide with a change of the indicators or the method (flagged): part of them may be "
                "the measure's.",
            )
        )
    return tuple(found)


def _beyond_the_share(counts: Mapping[str, Any], search: Search) -> list[Note]:
    """What makes the rows more or fewer than the rises that the share counts."""
    notes = []
    if counts["unfinished"]:
        notes.append(
            Note.of(
                "unfinished",
                f"Ngoài ra có {counts['unfinished']} lần tăng được chừng ấy từ khởi đầu chưa theo dõi được trọn "
                f"{search.within} kỳ đánh giá: không tính vào tỷ lệ.",
                f"Besides, {_rises(counts['unfinished'])} began where not all of {search.within} editions could "
                "be followed, which is no part of the share.",
            )
        )
    if counts["overlapping"]:
        notes.append(
            Note.of(
                "overlapping",
                f"Bảng bỏ {counts['overlapping']} lần tăng trùng thời gian với một lần khác của cùng đơn vị.",
                f"The table leaves out {_rises(counts['overlapping'])} at the same time as another of that unit.",
            )
        )
    return notes


def _selected(counts: Mapping[str, Any]) -> list[Note]:
    if not counts["partial"]:
        return []
    years = spans(counts["partial"])
    return [
        Note.of(
            "partial",
            f"Các kỳ đánh giá {years} mới biết điểm của một số đơn vị, thường là các đơn vị đứng đầu: những lần "
            "tăng dễ được biết hơn những lần không tăng.",
            f"Of the editions {years} only some units are known, usually those near the top: rises are likelier "
            "to be known than failures to rise.",
        )
    ]


def _rises(count: int) -> str:
    return "1 rise" if count == 1 else f"{count} rises"
