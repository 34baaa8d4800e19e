"""The sentences that must be read with an estimate of the 34 from the 63."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from analytics.core.edition import name_of
from data.definition import Edition, Index
from data.frames import Frames
from data.text import Note, Text

# More units without a mean than these are counted, not named.
_NAMED = 6


def notes(
    frames: Frames, index: Index, edition: Edition, figures: Mapping[str, Any], rows: pl.DataFrame
) -> Iterator[Note]:
    """What the figures are not, what weighs the members, which units have none and why.

    Their keys are those that `analytics.merger` documents.
    """
    vi, en, year = index.name.vi, index.name.en, edition.year
    yield Note.of(
        "estimated",
        f"Ước tính của Vượt Bậc từ điểm {vi} {year} của các tỉnh trước sắp xếp, không phải số liệu công bố. "
        f"{figures['unmerged']} tỉnh, thành phố không sáp nhập mang điểm thật. Trung bình của mấy tỉnh dao "
        "động ít hơn một tỉnh, nên hạng không tính từ trung bình: mỗi đơn vị sáp nhập nhận điểm của một thành "
        "viên, theo tỷ trọng của thành viên ấy; in hạng ở điểm trung bình và khoảng 90 %. Khoảng điểm từ "
        "thành viên thấp nhất đến cao nhất cho biết các thành viên khác nhau đến đâu, không phải sai số của "
        "ước tính.",
        f"Estimated by Vượt Bậc from the {en} {year} scores of the provinces before the mergers; not published "
        f"figures. The {figures['unmerged']} units that did not merge carry their real score. A mean of several "
        "provinces varies less than one, so means are not ranked: every merged unit takes the score of one of its "
        "members, by the member's share; shown are the rank at the mean and a band of 90 %. The band of scores "
        "from the lowest to the highest member says how unlike the members were, not how sure the estimate is.",
    )
    yield from _weighed(frames, figures, year)
    yield from _without(frames, rows)
    yield from _outside(frames, index, edition)
    if edition.note is not None:
        yield Note("edition", edition.note)


def _weighed(frames: Frames, figures: Mapping[str, Any], year: int) -> Iterator[Note]:
    variable, data_year = figures["weight_variable"], figures["weight_year"]
    if variable is None:
        yield Note.of(
            "weights",
            "Không có năm nào đủ số liệu của mọi thành viên để làm trọng số nên không tính được điểm trung bình "
            "của đơn vị sáp nhập.",
            "In no year are the weights of all members known, so merged units have no mean.",
        )
        return
    described = frames.context_variable.filter(variable=variable)
    name = Text(*described.select("name_vi", "name_en").row(0)) if described.height else Text(variable, variable)
    why = (
        Text("", "")
        if data_year == year
        else Text(f", năm gần {year} nhất có đủ", f", the year nearest to {year}")
    )
    yield Note.of(
        "weights",
        f"Trọng số: {_lower(name.vi)}, {data_year}{why.vi}.",
        f"Weights: {_lower(name.en)}, {data_year}{why.en}.",
    )
    for note_vi, note_en in described.select("note_vi", "note_en").drop_nulls().iter_rows():
        yield Note.of("weights_caveat", f"{name.vi}: {note_vi}", f"{name.en}: {note_en}")


def _without(frames: Frames, rows: pl.DataFrame) -> Iterator[Note]:
    """Which units have no mean because a score is missing, and that nobody is ranked then."""
    short = rows.filter(reason="score").sort("unit")
    other_scale = rows.filter(reason="scale").sort("unit")
    if short.height:
        some = Text("", "") if short.height > _NAMED else _named(frames, short)
        yield Note.of(
            "without_score",
            f"{short.height}/{rows.height} đơn vị không có ước tính vì chưa biết điểm của mọi thành "
            f"viên{some.vi}.",
            f"{short.height} of {rows.height} units have no estimate because the scores of their members are not "
            f"all known{some.en}.",
        )
    if other_scale.height:
        yield Note.of(
            "without_scale",
            f"{other_scale.height} đơn vị không có ước tính vì điểm của các thành viên không cùng thang.",
            f"{other_scale.height} units have no estimate because their members' scores are on different scales.",
        )
    if rows["rank_mean"].null_count() == rows.height:
        yield Note.of(
            "no_ranks",
            "Không tính hạng: cần ước tính của mọi đơn vị, trên cùng một thang điểm.",
            "No ranks: they take an estimate of every unit, on one scale.",
        )


def _named(frames: Frames, short: pl.DataFrame) -> Text:
    """The units without a mean and the members that they lack: ` (Ninh Bình: thiếu Hà Nam)`."""
    vi, en = [], []
    for unit, missing in short.select("unit", "missing").iter_rows():
        name, lacks = name_of(frames, unit), [name_of(frames, member) for member in missing.split(";")]
        vi.append(f"{name.vi}: thiếu {', '.join(item.vi for item in lacks)}")
        en.append(f"{name.en}: {', '.join(item.en for item in lacks)} missing")
    return Text(f" ({'; '.join(vi)})", f" ({'; '.join(en)})")


def _outside(frames: Frames, index: Index, edition: Edition) -> Iterator[Note]:
    """Units scored then that are a member of none, because they had gone before the merger of today."""
    scored = frames.score.filter(index=index.code, year=edition.year)["unit"].unique()
    members = frames.crosswalk["old_unit"].to_list()
    left = [name_of(frames, unit) for unit in scored.sort() if unit not in members]
    if left and members:
        yield Note.of(
            "left_out",
            f"Không tính {', '.join(name.vi for name in left)}: đã nhập vào tỉnh khác trước đợt sắp xếp năm 2025.",
            f"Left out: {', '.join(name.en for name in left)}, merged into another province before 2025.",
        )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
