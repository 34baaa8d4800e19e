"""What must be read with the roll-up of a plan: whether it is enough, and which of its targets are in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from analytics.path.routes import SLACK
from data.definition import Index
from data.number import decimal
from data.text import Note, Text

# What is said of the rows of a status, in the order in which it is read.
_SAID = (
    Note.of("over_scale", "Mục tiêu vượt thang điểm", "Targets beyond the scale"),
    Note.of("below_before", "Mục tiêu thấp hơn điểm hiện có", "Targets below the present score"),
    Note.of(
        "unprecedented",
        "Mục tiêu cao hơn mọi mức tăng trong một kỳ của 100 lần xuất phát gần điểm hiện có nhất",
        "Targets above any gain in one edition of the 100 starts nearest to the present score",
    ),
    Note.of("unknown", "Chưa biết điểm hoặc trọng số nên chưa cộng", "Score or weight not known, so not added up"),
    Note.of("no_agency", "Chưa có cơ quan chủ trì", "Without an agency"),
)


def notes(index: Index, rows: pl.DataFrame, figures: Mapping[str, Any]) -> list[Note]:
    """The notes of `analytics.plan.roll_up`; `rows` and `figures` are its own."""
    found = [_adds_up(figures)]
    waiting = figures["unregistered"]
    if waiting:
        found.append(
            Note.of(
                "unregistered",
                f"Chưa đăng ký đủ mục tiêu: {', '.join(waiting)}. Mục tiêu chưa đăng ký tính theo kế hoạch giao.",
                f"Not all targets registered: {', '.join(waiting)}. A target that is not registered counts as the "
                "plan asked for it.",
            )
        )
    for said in _SAID:
        chosen = rows.filter(status=said.key)
        if chosen.height:
            vi, en = _names(index, chosen.select("component", "item").iter_rows())
            found.append(Note(said.key, Text(f"{said.text.vi}: {vi}.", f"{said.text.en}: {en}.")))
    idle = figures["without_target"]
    if idle:
        found.append(
            Note.of(
                "without_target",
                f"Cơ quan chủ trì chưa có mục tiêu nào: {', '.join(idle)}.",
                f"Agencies that have no target: {', '.join(idle)}.",
            )
        )
    return found


def _adds_up(figures: Mapping[str, Any]) -> Note:
    need, planned, missing = (
        {lang: decimal(abs(figures[name]), 2, lang) for lang in ("vi", "en")}
        for name in ("headline", "planned", "missing")
    )
    minus = "−" if figures["planned"] < 0 else ""
    vi = f"Mục tiêu chung cần {need['vi']} điểm; các mục tiêu cộng lại {minus}{planned['vi']} điểm: "
    en = f"The headline takes {need['en']} points; the targets add up to {minus}{planned['en']}: "
    if figures["missing"] > SLACK:
        return Note.of("adds_up", f"{vi}còn thiếu {missing['vi']} điểm.", f"{en}{missing['en']} are missing.")
    if figures["missing"] < -SLACK:
        return Note.of("adds_up", f"{vi}thừa {missing['vi']} điểm.", f"{en}{missing['en']} more than it takes.")
    return Note.of("adds_up", f"{vi}vừa đủ.", f"{en}just enough.")


def _names(index: Index, items: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Components by their names, criteria by their numbers."""
    vi, en = [], []
    for component, item in items:
        number = item.removeprefix("criterion:")
        name = index.component(component).name
        vi.append(name.vi if item == component else f"{name.vi} {number}")
        en.append(name.en if item == component else f"{name.en} {number}")
    return ", ".join(vi), ", ".join(en)
