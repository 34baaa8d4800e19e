"""What does a plan begin with: which target, which component has to bring what, and who answers for it?

The headline is to be among the first of the next edition, and what each component shall reach is the step that a
route of `analytics.path.target` asks of it. Where that group is beyond the pace of the best tenth, the plan is
made by way of the nearest group that is not (`analytics.path.interim_target`), and says so. Agencies are those
that usually answer for a component at the time in which the plan is carried out; the province may have settled it
otherwise, and edits them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, check_top, check_unit, following, name_of
from analytics.path.routes import ROUTES
from analytics.path.setting import plain
from analytics.path.target_path import TargetPath, target_path
from analytics.plan.worth import Figure, gain, own_scores, points, sign
from data.definition import OVERALL, Index
from data.frames import Frames
from data.number import decimal
from data.plan import PlanTables
from data.text import Language, Note, Problem, Text

START_COLUMNS = ("component", "lead", "coordinating", "evidence", "before", "asked", "points")

# The first edition that the departments and provinces merged on 1 July 2025 answer for.
MERGED = 2025


@dataclass(frozen=True, slots=True)
class _Headline:
    """What is aimed at: a group, the nearer one on the way there, the total it takes, each component's score."""

    top: int | None
    step: int | None
    score: float
    route: str | None
    asked: dict[str, float]
    notes: tuple[Note, ...] = ()


def start(
    frames: Frames,
    unit: str,
    index: str,
    year: int,
    top: int | None = None,
    route: str | None = None,
    *,
    score: float | None = None,
    empty: bool = False,
    last: PlanTables | None = None,
) -> Answer:
    """What a plan made from the edition of `year` begins with, before anybody enters anything.

    The target is to be among the first `top` of the next edition (default: the index's own target group), by the
    first route there is or the one named (`analytics.path.routes.ROUTES`); with `score`, a total alone; with
    `empty`, no component is asked for anything; with `last`, the plan of an earlier edition, its group, its
    agencies and what its components were asked for and have not reached are carried over.

    Rows (`START_COLUMNS`), one per component: `lead`, `coordinating` (joined by `|`) and `evidence` of the agency,
    null where none is known; its score `before`, the score `asked` (null: nothing) and the `points` of the total
    between them. Figures: `towards` (the edition it is for), `top`, `step` (the nearer group, or null), `score`
    (the total aimed at), `headline` (points of the total from the present one), `route`. Coverage counts the
    components whose score is known.

    Notes: `step` (why a nearer group), `inside` (the unit is there already: the plan is to stay), `carried` (what
    was taken over from the plan before).

    Raises Problem for a unit or edition that does not exist, a total or threshold that is not known, a route that
    there is not, and where no route leads there.
    """
    definition = frames.index(index)
    check_unit(frames, definition, unit, year)
    own = own_scores(frames, definition, unit, year)
    if route is not None and route not in ROUTES:
        raise Problem(
            f"Không có phương án “{route}”. Các phương án: {', '.join(ROUTES)}.",
            f"There is no route “{route}”. The routes: {', '.join(ROUTES)}.",
        )
    towards = _towards(definition, year)
    if last is not None:
        top = top or last.head["top"]
        score = score if top is not None or score is not None else last.head["score"]
    if score is not None:
        headline = _by_score(definition, year, own, score)
    else:
        headline = _by_group(frames, definition, unit, year, top, route, empty or last is not None)
    asked, carried = (headline.asked, ()) if last is None else _carried(definition, own, last)
    rows = _rows(frames, definition, year, towards, own, asked, last)
    total = own[OVERALL]
    return Answer(
        question="start",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows,
        coverage=Coverage(rows["before"].count(), len(definition.components_of(year))),
        figures={
            "towards": towards,
            "top": headline.top,
            "step": headline.step,
            "score": headline.score,
            "headline": round(gain(definition, OVERALL, total["score"], headline.score), PLACES) + 0.0,
            "route": headline.route,
        },
        notes=(*headline.notes, *carried),
    )


def drafted(answer: Answer) -> dict[str, list[dict[str, Any]]]:
    """The rows to enter (`data.plan.enter`) for a plan to begin as `start` answered."""
    head = {name: answer.figures[name] for name in ("towards", "top", "step", "score", "route")}
    targets, assignments = [], []
    for row in answer.rows.iter_rows(named=True):
        item = {"item": row["component"]}
        if row["asked"] is not None:
            targets.append(item | {"component": row["component"], "asked": row["asked"]})
        if row["lead"] is not None:
            assignments.append(item | {name: row[name] for name in ("lead", "coordinating", "evidence")})
    return {"plan": [head], "target": targets, "assignment": assignments}


def _towards(index: Index, year: int) -> int:
    after = following(index, year)
    return year + 1 if after is None else after.year


def _by_score(index: Index, year: int, own: dict[str, Figure], score: float) -> _Headline:
    highest = own[OVERALL]["out_of"] or index.overall_maximum(year)
    if not index.component(OVERALL).minimum <= score <= highest:
        raise Problem(
            f"Mục tiêu {plain(score, 'vi')} điểm nằm ngoài thang điểm của {index.name.vi} {year} (đến "
            f"{plain(highest, 'vi')}). Chọn một tổng điểm trong thang ấy.",
            f"A target of {plain(score, 'en')} points is beyond the scale of {index.name.en} {year} (up to "
            f"{plain(highest, 'en')}). Choose a total on that scale.",
        )
    return _Headline(None, None, score, None, {})


def _by_group(
    frames: Frames, index: Index, unit: str, year: int, top: int | None, route: str | None, empty: bool
) -> _Headline:
    size = check_top(index, year, top)
    path = target_path(frames, unit, index.code, year, size)
    figures, name = path.figures, name_of(frames, unit)
    if figures["inside"]:
        note = Note.of(
            "inside",
            f"{name.vi} đã ở trong nhóm {size} đơn vị dẫn đầu; kế hoạch là giữ tổng điểm hiện có.",
            f"{name.en} is among the first {size} already; the plan is to keep the present total.",
        )
        return _Headline(size, None, figures["score"], None, {}, (note,))
    if figures["need"] is None:
        raise _no_threshold(index, year, size)
    near = path.next_step
    total = figures["score"] + sign(index, OVERALL) * near.figures["need"]
    step = None if path.interim is None else near.figures["top"]
    notes = () if step is None else (_nearer(name.vi, name.en, size, step, path),)
    if empty:
        return _Headline(size, step, total, None, {}, notes)
    found = near.rows if route is None else near.rows.filter(route=route)
    if found.is_empty():
        raise _no_route(index, year, size, path.answer.note("no_route"))
    first = found["route"][0]
    steps = found.filter(route=first)
    return _Headline(size, step, total, first, dict(steps.select("component", "to").iter_rows()), notes)


def _nearer(vi: str, en: str, size: int, step: int, path: TargetPath) -> Note:
    need, bound = path.figures["need"], path.figures["bound"]
    return Note.of(
        "step",
        f"Vào nhóm {size} cần thêm {_points(need, 'vi')} điểm, hơn mức mà một phần mười đơn vị tăng nhanh nhất "
        f"đạt được trong một kỳ ({_points(bound, 'vi')}); kế hoạch của {vi} vì vậy lấy nhóm {step} làm mục tiêu "
        "trước.",
        f"The first {size} are {_points(need, 'en')} points away, more than the best tenth gain in one edition "
        f"({_points(bound, 'en')}); so the plan of {en} aims at the first {step} before.",
    )


def _points(value: float, lang: Language) -> str:
    return decimal(value, 2, lang)


def _no_threshold(index: Index, year: int, size: int) -> Problem:
    return Problem(
        f"Chưa biết ngưỡng của nhóm {size} trong {index.name.vi} {year} nên chưa lập được kế hoạch vào nhóm ấy. "
        "Lập theo tổng điểm: --score 85, hoặc nhập bảng điểm của năm ấy.",
        f"The threshold of the first {size} of {index.name.en} {year} is not known, so no plan can be made to "
        "get there. Aim at a total instead (--score 85), or import that edition's scores.",
    )


def _no_route(index: Index, year: int, size: int, why: Text | None) -> Problem:
    return Problem(
        f"Không có phương án nào vào nhóm {size} của {index.name.vi} sau {year}. "
        f"{why.vi + ' ' if why else ''}Lập kế hoạch trống bằng --empty.",
        f"No route leads into the first {size} of {index.name.en} after {year}. "
        f"{why.en + ' ' if why else ''}Make an empty plan with --empty.",
    )


def _carried(index: Index, own: dict[str, Figure], last: PlanTables) -> tuple[dict[str, float], tuple[Note, ...]]:
    """What components were asked for last time and have not reached; a note that says how many."""
    asked: dict[str, float] = {}
    for row in last.target.iter_rows(named=True):
        code, wanted = row["item"], row["asked"] if row["target"] is None else row["target"]
        known = own.get(code)
        if known is not None and wanted is not None and sign(index, code) * (wanted - known["score"]) > 0:
            asked[code] = wanted
    year = last.key.year
    note = Note.of(
        "carried",
        f"Lấy từ kế hoạch lập năm {year}: phân công, và mục tiêu chưa đạt của {len(asked)} thành phần.",
        f"Taken over from the plan made from {year}: the agencies, and the targets not reached of {len(asked)} "
        "components.",
    )
    return asked, (note,)


def _rows(
    frames: Frames,
    index: Index,
    year: int,
    towards: int,
    own: dict[str, Figure],
    asked: dict[str, float],
    last: PlanTables | None,
) -> pl.DataFrame:
    led = {row["component"]: row for row in frames.agency.filter(index=index.code).iter_rows(named=True)}
    settled = {} if last is None else {row["item"]: row for row in last.assignment.iter_rows(named=True)}
    when = "after" if towards >= MERGED else "before"
    rows = []
    for part in index.components_of(year):
        usual, before, known = settled.get(part.code), own.get(part.code), led.get(part.code)
        if usual is None and known is not None:
            usual = {
                "lead": known[f"lead_{when}"],
                "coordinating": known[f"coordinating_{when}"],
                "evidence": str(known["evidence"]),
            }
        wanted = asked.get(part.code)
        rows.append(
            {
                "component": part.code,
                "lead": usual and usual["lead"],
                "coordinating": usual and usual["coordinating"],
                "evidence": usual and usual["evidence"],
                "before": before and before["score"],
                "asked": wanted,
                "points": points(index, before, wanted),
            }
        )
    kinds = dict.fromkeys(START_COLUMNS, pl.String) | dict.fromkeys(("before", "asked", "points"), pl.Float64)
    return pl.DataFrame(rows, schema=kinds)
