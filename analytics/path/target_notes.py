"""The sentences that must be read with the distance to a target group and the routes into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analytics.core.caveats import edition_caveats
from analytics.core.edition import no_components
from analytics.path.position import Feasibility, Position
from analytics.path.routes import SLACK, capacity
from analytics.path.threshold import Margin, Threshold
from data.definition import Index, spans
from data.number import decimal, standing
from data.text import Note, Text


def notes(
    index: Index, name: Text, position: Position, feasibility: Feasibility, plans: Mapping[str, Any]
) -> tuple[Note, ...]:
    """What is true of this unit's way, what was left out of it, and the caveats of the edition.

    Their keys are those that `analytics.target` documents.
    """
    return tuple(_notes(index, name, position, feasibility, plans))


def _notes(
    index: Index, name: Text, position: Position, feasibility: Feasibility, plans: Mapping[str, Any]
) -> Iterator[Note]:
    if position.inside:
        yield Note("inside", _inside(index, name, position))
    elif position.need is None:
        yield Note("threshold", _bracket(position.threshold, position.top))
    else:
        yield Note("margin", _margin(position.margin))
        if feasibility.whole is not None:
            yield Note("pace", _pace(position, feasibility))
        if not plans:
            yield from _no_route(index, position, feasibility, name)
        yield from (Note(f"refused:{code}", why) for code, why in feasibility.refused.items())
        if feasibility.missing and feasibility.levers:
            yield Note("missing", _missing(index, feasibility))
        if plans:
            yield Note("moves", _material(index, feasibility))
        if others := _other_units(index, position, feasibility):
            yield Note("other_units", others)
    yield from edition_caveats(index, position.year)


def _material(index: Index, feasibility: Feasibility) -> Text:
    """How many moves of which editions the routes rest on, and which were left out."""
    counts = sorted({lever.reach.moves for lever in feasibility.levers})
    many = "–".join(str(count) for count in dict.fromkeys((counts[0], counts[-1])))
    years = spans({year for lever in feasibility.levers for year in lever.reach.editions})
    broken = spans(item.year for item in index.series_breaks)
    vi = f"; không dùng các bước qua năm đổi danh mục chỉ tiêu hoặc cách tính ({broken})" if broken else ""
    en = f"; moves across a change of indicators or method ({broken}) are left out" if broken else ""
    return Text(
        f"Lộ trình dựa trên {many} bước thay đổi một kỳ của mỗi {index.component_word.vi} (đến các năm "
        f"{years}){vi}.",
        f"Routes rest on {many} one-edition moves of each {index.component_word.en} (ending in {years}){en}.",
    )


def _other_units(index: Index, position: Position, feasibility: Feasibility) -> Text | None:
    """That the moves were those of another set of units; None where they weren't."""
    years = {year for lever in feasibility.levers for year in lever.reach.editions}
    own = index.edition(position.year).unit_set
    others = sorted({index.edition(year).unit_set for year in years} - {own})
    if not others:
        return None
    sets, word = ", ".join(others), index.component_word
    return Text(
        f"Chưa đủ kỳ đánh giá của {own} đơn vị: nhịp tăng và lộ trình mượn các bước thay đổi của {sets} đơn vị "
        f"trước đó, tính theo độ phân tán trong kỳ rồi quy ra điểm của {index.name.vi} {position.year}, ở những "
        f"{word.vi} cùng định nghĩa.",
        f"There are too few editions of the {own} units: paces and routes lean on the moves of the {sets} units "
        f"before them, taken in spreads of their edition and turned into points of {index.name.en} "
        f"{position.year}, for each {word.en} of the same definition.",
    )


def _inside(index: Index, name: Text, position: Position) -> Text:
    rank = position.shown_rank
    of = index.edition(position.year).units
    vi, en = "", ""
    if position.cushion is not None:
        vi = f"; hơn đơn vị đầu tiên ngoài nhóm {decimal(position.cushion, 2, 'vi')} điểm"
        en = f"; {decimal(position.cushion, 2, 'en')} points above the first unit outside"
    return Text(
        f"{name.vi} đã ở trong nhóm {position.top} đầu ({standing(rank, of, 'vi')}), không cần lộ trình{vi}.",
        f"{name.en} is already among the first {position.top} ({standing(rank, of, 'en')}) and needs no "
        f"route{en}.",
    )


def _bracket(threshold: Threshold | None, top: int) -> Text:
    low, high = (threshold.low, threshold.high) if threshold else (None, None)
    if low is None and high is None:
        return Text(
            f"Chưa biết ngưỡng của nhóm {top} đầu, nên chưa nói được còn cách bao xa.",
            f"The score it takes to be among the first {top} is not known, nor is the distance to it.",
        )
    least = Text("" if low is None else f"từ {decimal(low, 2, 'vi')}", decimal(low, 2, "en") if low else "")
    most = Text("" if high is None else f"đến {decimal(high, 2, 'vi')}", decimal(high, 2, "en") if high else "")
    between = f"{least.en or 'the lowest'} and {most.en or 'the highest'}"
    return Text(
        f"Ngưỡng của nhóm {top} đầu chỉ biết trong khoảng {f'{least.vi} {most.vi}'.strip()} điểm (theo các hạng "
        "đã biết), nên chưa lập được lộ trình.",
        f"The score it takes to be among the first {top} lies between {between} points (from the ranks that are "
        "known), so no route can be made.",
    )


def _margin(margin: Margin) -> Text:
    vi, en = decimal(margin.points, 2, "vi"), decimal(margin.points, 2, "en")
    if margin.basis == "given":
        return Text(f"Phần dự phòng {vi} điểm do người hỏi chọn.", f"The margin of {en} points was chosen.")
    if margin.basis == "none":
        return Text(
            "Chưa biết ngưỡng thay đổi ra sao qua các kỳ; tính với phần dự phòng 0 điểm, có thể tự chọn.",
            "How the threshold moves is not known yet; the margin is 0 and can be chosen.",
        )
    what = Text("trung vị", "median") if margin.percentile == 50 else Text("bách phân vị 80", "80th percentile")
    where = Text("trong các chế độ tính", "inside all regimes")
    if margin.basis == "regime":
        where = Text("trong chế độ tính này", "inside this regime")
    tested = Text("", "")
    if margin.tested:
        tested = Text(
            f" Lấy như thế từ những gì biết trước mỗi kỳ thì {margin.enough} trong {margin.tested} lần là đủ.",
            f" Taken like that from what was known before each edition, it was enough {margin.enough} times in "
            f"{margin.tested}.",
        )
    return Text(
        f"Phần dự phòng {vi} điểm là {what.vi} mức thay đổi mỗi kỳ của ngưỡng {where.vi} (biết {margin.rises} "
        f"lần; "
        f"âm thì lấy 0).{tested.vi}",
        f"The margin of {en} points is the {what.en} rise of the threshold {where.en} ({margin.rises} known; "
        f"none where that is a fall).{tested.en}",
    )


def _pace(position: Position, feasibility: Feasibility) -> Text:
    assert feasibility.whole is not None
    assert position.need is not None
    need = position.need
    needed = Text(decimal(need, 2, "vi"), decimal(need, 2, "en"))
    if feasibility.within_pace(position):
        share = 100 * feasibility.whole.share(need)
        return Text(
            f"Cần thêm {needed.vi} điểm. Trong 100 lần xuất phát gần mức này nhất, {decimal(share, 0, 'vi')} lần "
            "đã tăng được chừng ấy trong một kỳ.",
            f"It takes {needed.en} more points. Of the 100 nearest starts, {decimal(share, 0, 'en')} gained that "
            "much within one edition.",
        )
    step = Text(decimal(feasibility.step, 2, "vi"), decimal(feasibility.step, 2, "en"))
    return Text(
        f"Cần thêm {needed.vi} điểm, vượt nhịp tăng của nhóm một phần mười tốt nhất từ mức này ({step.vi} điểm "
        "một kỳ). Bao giờ tới đích không suy ra được bằng phép chia; xem xác suất.",
        f"It takes {needed.en} more points, beyond the pace of the best tenth from this level ({step.en} points "
        "in one edition). When the target is reached can't be had by division: see the odds.",
    )


def _no_route(index: Index, position: Position, feasibility: Feasibility, name: Text) -> Iterator[Note]:
    assert position.need is not None
    only_total = no_components(index, position.year)
    if only_total is not None:
        yield Note("no_route", only_total)
    elif not feasibility.levers:
        yield Note.of(
            "no_route",
            f"Không có thành phần nào của {name.vi} đủ điểm, trọng số và tiền lệ để lập lộ trình.",
            f"No component of {name.en} has the score, weight and precedents that a route needs.",
        )
    elif (
        feasibility.whole is not None
        and position.need <= feasibility.whole.feasible
        and feasibility.within_pace(position)
    ):
        worth = capacity(feasibility.levers)
        if worth < position.need - SLACK:
            yield Note.of(
                "no_route",
                f"Những thành phần lập lộ trình được chỉ thêm được {decimal(worth, 2, 'vi')} điểm, chưa đủ.",
                f"The components that a route can use are worth {decimal(worth, 2, 'en')} points at most, too "
                "few.",
            )


def _missing(index: Index, feasibility: Feasibility) -> Text:
    parts = [index.component(code).name for code in feasibility.missing]
    return Text(
        f"Lộ trình chỉ dùng những {index.component_word.vi} đã biết điểm và trọng số; thiếu: "
        f"{', '.join(part.vi for part in parts)}.",
        f"Routes use only the {index.component_word.en} scores and weights that are known; missing: "
        f"{', '.join(part.en for part in parts)}.",
    )
