"""Do the targets of all agencies together add up to the headline?

What each target is worth in points of the total (unit value × gain) is added up and held against the points that
the headline takes: exact arithmetic, as in `analytics.path.whatif`. Beside it stands what others made of such
targets: the 100 units that started nearest to each score (`analytics.path.moves`), whose moves say whether any of
them gained as much in one edition, and how much of such a target is usually there at its end.

The caveat: what similar units gained is not what a plan causes, and components are taken to move each on its own;
in a bad year they fall short together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.edition import PLACES, name_of
from analytics.core.ranking import scored
from analytics.path.moves import Reach
from analytics.path.odds import check_next, editions_ahead, fitted, odds_of
from analytics.plan.likes import SLACK, likes, most, usual
from analytics.plan.roll_up_notes import notes
from analytics.plan.worth import Figure, gain, own_scores, points
from data.definition import OVERALL, Index
from data.frames import Frames
from data.plan import PlanTables
from data.text import Note, Problem, Text

ROLL_UP_COLUMNS = (
    "component",
    "item",
    "agency",
    "evidence",
    "before",
    "asked",
    "target",
    "points",
    "delivered",
    "status",
    "registered",
    "deadline",
)
# The weightiest first: a row has one status.
STATUSES = (
    "over_scale",
    "below_before",
    "unprecedented",
    "unknown",
    "no_agency",
    "no_target",
    "asked",
    "registered",
)
_SCHEMA: dict[str, Any] = dict.fromkeys(ROLL_UP_COLUMNS, pl.String)
_SCHEMA |= dict.fromkeys(("before", "asked", "target", "points", "delivered"), pl.Float64)
_SCHEMA |= {"status": pl.Enum(STATUSES), "registered": pl.Boolean, "deadline": pl.Date}


def roll_up(frames: Frames, plan: PlanTables) -> Answer:
    """The targets of a plan in points of the total, against its headline.

    A target is the one that the agency registered, else the one that the plan asked for. Rows (`ROLL_UP_COLUMNS`),
    one per component of the edition, or per criterion in a component whose criteria have targets registered:
    `agency`, null where none is assigned; the score `before`; the `target`, null where the item is not asked for
    anything, which counts as its present score; `points` of the total that it adds, null where the score or its
    weight is not known; `delivered`, how many of them such targets usually came to; `status`, the first that holds
    of `STATUSES`: beyond the scale, below the present score, more than any of the 100 nearest starts gained in one
    edition, not to be added up, without an agency, without a target, asked for but not registered, registered.

    Figures: `headline` (points of the total that it takes), `planned` (points of all rows), `registered` (of the
    registered), `missing` (headline − planned; negative: more than enough), `enough`, `towards`, `top`, `step`,
    `score` (the total aimed at), `score_before`, `score_after`, `rank_before`, `rank_after` (among the others as
    they are, null where the edition is not complete), `chance` {top, without, with, usual} of the group aimed at
    (if nothing is planned, if all is delivered, if each delivers what is usual; null where there are no odds or no
    group), `agencies` [{agency, points, registered, items}], `without_target` (agencies with none), and
    `unregistered` (agencies that have not registered). Coverage counts the rows whose points are known.

    Notes: `adds_up` (whether it is enough), `unregistered`, `over_scale`, `below_before`, `unprecedented`,
    `no_agency`, `without_target`, `unknown` (which rows, where there are such), `usual` (how delivered is meant),
    `no_odds` (why there is no chance).

    Raises Problem where there is no plan, and where the total of its edition is not known.
    """
    key, head = plan.key, plan.head
    definition = frames.index(key.index)
    own = own_scores(frames, definition, key.unit, key.year)
    reaches = likes(frames, definition, key.unit, key.year)
    rows = pl.DataFrame(_rows(definition, plan, own, reaches), schema=_SCHEMA)
    headline = round(gain(definition, OVERALL, own[OVERALL]["score"], head["score"]), PLACES) + 0.0
    planned = _sum(rows["points"])
    figures: dict[str, Any] = {
        "headline": headline,
        "planned": planned,
        "registered": _sum(rows.filter("registered")["points"]),
        "missing": round(headline - planned, PLACES) + 0.0,
        "enough": headline - planned <= SLACK,
        **{name: head[name] for name in ("towards", "top", "step", "score")},
        **_standing(frames, definition, plan, own[OVERALL], planned),
        "agencies": _by_agency(rows),
        **_without(plan, rows),
    }
    chance, said = _chance(frames, definition, plan, rows, planned)
    return Answer(
        question="roll_up",
        index=definition.code,
        year=key.year,
        unit=key.unit,
        rows=rows,
        coverage=Coverage(rows["points"].count(), rows.height),
        figures=figures | {"chance": chance},
        notes=(*notes(definition, rows, figures), *said),
    )


def _rows(
    index: Index, plan: PlanTables, own: Mapping[str, Figure], reaches: Mapping[str, Reach]
) -> list[dict[str, Any]]:
    assigned = {row["item"]: row for row in plan.assignment.iter_rows(named=True)}
    targets = {row["item"]: row for row in plan.target.iter_rows(named=True)}
    rows = []
    for part in index.components_of(plan.key.year):
        below = [
            row
            for row in plan.target.filter(component=part.code).iter_rows(named=True)
            if row["item"] != part.code and row["target"] is not None
        ]
        if below:
            rows += [_criterion(plan, row, assigned, part.code) for row in below]
        else:
            rows.append(_component(index, part.code, targets.get(part.code), assigned, own, reaches))
    return rows


def _component(
    index: Index,
    code: str,
    wanted: Mapping[str, Any] | None,
    assigned: Mapping[str, Mapping[str, Any]],
    own: Mapping[str, Figure],
    reaches: Mapping[str, Reach],
) -> dict[str, Any]:
    asked, registered = (wanted["asked"], wanted["target"]) if wanted else (None, None)
    target = asked if registered is None else registered
    before, found = own.get(code), reaches.get(code)
    more = None if before is None or target is None else gain(index, code, before["score"], target)
    worth = points(index, before, target)
    delivered = worth
    if more is not None and before is not None and before["unit_value"] is not None:
        delivered = None if found is None else before["unit_value"] * usual(found, more)
    highest = before["out_of"] if before is not None else None
    over = target is not None and (
        target < index.component(code).minimum - SLACK or (highest is not None and target > highest + SLACK)
    )
    beyond = more is not None and found is not None and more > most(found) + SLACK
    facts = {"over_scale": over, "below_before": more is not None and more < -SLACK, "unprecedented": beyond}
    row = _row(code, code, assigned, asked, target, registered is not None, worth, facts)
    return row | {"before": None if before is None else before["score"], "delivered": delivered}


def _criterion(
    plan: PlanTables, wanted: Mapping[str, Any], assigned: Mapping[str, Mapping[str, Any]], component: str
) -> dict[str, Any]:
    """A criterion is given in points of the total; what others made of such a one is not known."""
    known = plan.criterion.filter(item=wanted["item"])
    given = None if known.is_empty() else known.row(0, named=True)
    before = None if given is None else given["appraised_score"]
    more = None if before is None else wanted["target"] - before
    facts = {
        "over_scale": wanted["target"] < 0 or (given is not None and wanted["target"] > given["maximum"] + SLACK),
        "below_before": more is not None and more < -SLACK,
        "unprecedented": False,
    }
    row = _row(wanted["item"], component, assigned, wanted["asked"], wanted["target"], True, more, facts)
    return row | {"before": before, "delivered": more}


def _row(
    item: str,
    component: str,
    assigned: Mapping[str, Mapping[str, Any]],
    asked: float | None,
    target: float | None,
    registered: bool,
    worth: float | None,
    facts: Mapping[str, bool],
) -> dict[str, Any]:
    led = assigned.get(item) or assigned.get(component) or {}
    holds = {
        **facts,
        "unknown": worth is None,
        "no_agency": not led,
        "no_target": target is None,
        "asked": not registered,
        "registered": True,
    }
    return {
        "component": component,
        "item": item,
        "agency": led.get("lead"),
        "evidence": led.get("evidence"),
        "asked": asked,
        "target": target,
        "points": worth,
        "status": next(status for status in STATUSES if holds[status]),
        "registered": registered,
        "deadline": led.get("deadline"),
    }


def _sum(values: pl.Series) -> float:
    return round(float(values.sum()), PLACES) + 0.0


def _standing(frames: Frames, index: Index, plan: PlanTables, total: Figure, planned: float) -> dict[str, Any]:
    """Score and rank before and after, the others as they are."""
    turned = -1 if total["direction"] == "lower_better" else 1
    figures: dict[str, Any] = {
        "score_before": total["score"],
        "score_after": round(total["score"] + turned * planned, PLACES),
        "rank_before": None,
        "rank_after": None,
    }
    if total["complete"]:
        totals = scored(frames, index).filter(component=OVERALL, year=plan.key.year)
        others = totals.filter(pl.col("unit") != plan.key.unit)["better"]
        better = total["better"]
        figures["rank_before"] = 1 + int((others > better + SLACK).sum())
        figures["rank_after"] = 1 + int((others > better + planned + SLACK).sum())
    return figures


def _by_agency(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """What each agency carries, the most points first; without an agency last."""
    wanted = rows.filter(pl.col("target").is_not_null())
    return (
        wanted.group_by("agency", maintain_order=True)
        .agg(
            points=pl.col("points").sum().round(PLACES),
            registered=pl.col("registered").all(),
            items=pl.col("item"),
        )
        .sort(pl.col("agency").is_null(), "points", "agency", descending=[False, True, False])
        .to_dicts()
    )


def _without(plan: PlanTables, rows: pl.DataFrame) -> dict[str, list[str]]:
    """Agencies that have no target at all, and those that have not registered all of theirs."""
    wanted = rows.filter(pl.col("target").is_not_null()).drop_nulls("agency")
    leading = set(plan.assignment["lead"]) - set(wanted["agency"])
    late = wanted.filter(~pl.col("registered"))["agency"]
    return {"without_target": sorted(leading), "unregistered": sorted(set(late))}


def _chance(
    frames: Frames, index: Index, plan: PlanTables, rows: pl.DataFrame, planned: float
) -> tuple[dict[str, Any] | None, tuple[Note, ...]]:
    """How likely the group aimed at is: without a plan, all of it delivered, and as much as is usual."""
    key, head = plan.key, plan.head
    group = head["step"] or head["top"]
    if group is None:
        return None, ()
    try:
        check_next(frames, index, key.unit, key.year)
        model = fitted(frames, index, key.year)
    except Problem as problem:
        return None, (Note("no_odds", problem.text),)
    if key.unit not in model.units:
        return None, ()
    odds = odds_of(model, key.unit, group, editions_ahead(frames, index, key.unit, key.year))
    usually = None if rows["delivered"].null_count() else max(_sum(rows["delivered"]), 0.0)
    said = (_usual(name_of(frames, key.unit)),) if usually is not None else ()
    return {
        "top": group,
        "without": odds.chance(),
        "with": odds.chance(max(planned, 0.0)),
        "usual": None if usually is None else odds.chance(usually),
    }, said


def _usual(name: Text) -> Note:
    return Note.of(
        "usual",
        f"Mức thường đạt: trung bình của 100 lần xuất phát gần điểm của {name.vi} nhất, mỗi lần tính không quá "
        "mục tiêu. Đó là kinh nghiệm các địa phương, không phải kết quả của chính kế hoạch.",
        f"What is usual: the mean of the 100 starts nearest to the score of {name.en}, none counted beyond the "
        "target. It is what happened to others, not what this plan causes.",
    )
