"""What would the total and the rank be, if a component, an indicator or the total itself were different?

The recomputation is anchored at the known total: score_after = total + Σ unit value · (new − present score), so
whatever the publisher's rounding left over stays as it is. From an indicator the way leads over the slope of its
component, only where the component is an exact linear function of its indicators, and only between the values
that were seen: beyond them the publisher's scale itself would move. One-at-a-time changes of this kind are the
"what if" of OECD/JRC, *Handbook on Constructing Composite Indicators* (2008, step 7). The others are taken as
they are; where they will be next year is for `target`'s odds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from analytics.core.answer import Answer, Coverage
from analytics.core.caveats import edition_caveats
from analytics.core.edition import PLACES, check_components, check_unit, figures, nothing_known
from analytics.path.indicator_slope import indicator_slope
from analytics.path.setting import LANGUAGES, PERCENTAGE_POINT, Setting, plain
from data.definition import OVERALL, Index
from data.frames import Frames
from data.number import MISSING
from data.text import Note, Problem, Text

WHATIF_COLUMNS = ("component", "indicator", "before", "after", "change", "measure", "slope", "contribution")


def whatif(frames: Frames, unit: str, index: str, year: int, settings: Sequence[Setting]) -> Answer:
    """The total and the rank of a unit with some components or indicators, or the total alone, set otherwise.

    Rows (`WHATIF_COLUMNS`), one per setting: `before` and `after` in points of the component, or in the
    `measure` of the indicator, `slope` points of the component per unit of it, `contribution` in points of the
    total. Figures: `score_before`, `score_after`, `rank_before`, `rank_after` (computed among the others as
    they are, null where the edition is not complete), `change_score`, `change_rank` (positive = up), `of`,
    `components` (the new score of each component that changes) and `passed` (units overtaken, or that
    overtake). Coverage counts known totals.

    Notes: `meant:WHAT` (how a setting in per cent or points was meant, by component or indicator), `rank` (among
    whom it is, or why there is none), `equal_weights` (none are known, equal ones are assumed), `edition` (what
    must be known of it).

    Raises Problem for a unit, edition, component or indicator that doesn't exist or isn't known; for a value
    beyond the scale or beyond the values seen; for an indicator whose component doesn't follow exactly from
    its indicators; and for settings that contradict each other.
    """
    definition = frames.index(index)
    edition = check_unit(frames, definition, unit, year)
    known = figures(frames, definition, [year])
    total = known.filter(unit=unit, component=OVERALL).drop_nulls("score")
    if total.is_empty():
        raise nothing_known(frames, definition, unit, year, OVERALL)
    wanted = _sorted_out(frames, definition, year, settings)
    rows, notes = _effects(frames, definition, known, unit, year, wanted)
    before = total["score"].item()
    after = round(before + rows["contribution"].sum(), PLACES)
    _on_scale(definition, OVERALL, year, after)
    totals = known.filter(component=OVERALL)
    return Answer(
        question="whatif",
        index=definition.code,
        year=year,
        unit=unit,
        rows=rows.select(WHATIF_COLUMNS),
        coverage=Coverage(totals["score"].count(), edition.units),
        figures={
            "score_before": before,
            "score_after": after,
            "change_score": round(after - before, PLACES),
            **_ranks(definition, totals, unit, before, after),
            "of": edition.units,
            "components": dict(
                rows.drop_nulls("component_after").select("component", "component_after").iter_rows()
            ),
        },
        notes=(*notes, *_notes(definition, year, totals)),
    )


def _sorted_out(
    frames: Frames, index: Index, year: int, settings: Sequence[Setting]
) -> list[tuple[Setting, str, str | None]]:
    """Each setting with its component and, where it is one, its indicator; a Problem where they contradict."""
    wanted = [(setting, *_meant(frames, index, year, setting.what)) for setting in settings]
    if not wanted:
        raise Problem(
            "Chưa có gì để thử. Thêm ví dụ --set transparency=7.",
            "There is nothing to try. Add, say, --set transparency=7.",
        )
    parts = [component for _, component, _ in wanted]
    if OVERALL in parts and len(parts) > 1:
        raise Problem(
            "Chỉ đặt được tổng điểm, hoặc các thành phần và chỉ tiêu; không cả hai cùng lúc.",
            "Set either the total or components and indicators, not both together.",
        )
    whole = [component for _, component, indicator in wanted if indicator is None]
    names = [indicator or component for _, component, indicator in wanted]
    twice = next((name for name in names if names.count(name) > 1), None)
    both = next((component for _, component, indicator in wanted if indicator and component in whole), None)
    if twice or both:
        raise Problem(
            f"“{twice or both}” được đặt hai lần (trực tiếp và qua chỉ tiêu cũng là hai lần). Giữ lại một.",
            f"“{twice or both}” is set twice (directly and by an indicator counts as twice). Keep one.",
        )
    return wanted


def _meant(frames: Frames, index: Index, year: int, what: str) -> tuple[str, str | None]:
    """The component, and the indicator if it is one; an indicator may be named without its component."""
    if what == OVERALL or what in (item.code for item in index.components):
        return index.check_component(what, year).code, None
    carried = frames.indicator_value.filter(index=index.code, year=year)["indicator"].unique()
    found = frames.indicator.filter(
        (pl.col("index") == index.code)
        & pl.col("indicator").is_in(carried.to_list())
        & ((pl.col("indicator") == what) | pl.col("indicator").str.ends_with(f".{what}"))
    ).select("component", "indicator")
    if found.height == 1:
        component, indicator = found.row(0)
        return component, indicator
    if found.height > 1:
        several = ", ".join(found["indicator"].sort())
        raise Problem(
            f"“{what}” là nhiều chỉ tiêu: {several}. Viết đủ mã.",
            f"“{what}” means several indicators: {several}. Write the full code.",
        )
    check_components(index, year)
    parts = ", ".join((OVERALL, *index.regime(year).components))
    raise Problem(
        f"{index.name.vi} {year} không có thành phần hay chỉ tiêu “{what}”. Các thành phần: {parts}; chỉ tiêu xem "
        "bằng vuotbac weakness --component.",
        f"{index.name.en} {year} has no component or indicator “{what}”. Components: {parts}; see the indicators "
        "with vuotbac weakness --component.",
    )


def _effects(
    frames: Frames,
    index: Index,
    known: pl.DataFrame,
    unit: str,
    year: int,
    wanted: list[tuple[Setting, str, str | None]],
) -> tuple[pl.DataFrame, list[Note]]:
    """The rows of the answer, with what becomes of each one's component, and how the settings were meant."""
    own = {item["component"]: item for item in known.filter(unit=unit).iter_rows(named=True)}
    rows: list[dict[str, Any]] = []
    scores: dict[str, float] = {}
    for setting, component, indicator in wanted:
        figure = own.get(component)
        if figure is None or figure["score"] is None:
            raise nothing_known(frames, index, unit, year, component)
        worth = _worth(index, component, year, figure)
        row = (
            _component_row(setting, figure)
            if indicator is None
            else _indicator_row(frames, index, setting, figure, indicator)
        )
        step = row["slope"] * (row["after"] - row["before"])
        scores[component] = round(scores.get(component, figure["score"]) + step, PLACES)
        change = {
            "change": round(row["after"] - row["before"], PLACES),
            "contribution": round(worth * step, PLACES),
        }
        rows.append(row | change)
    for component, score in scores.items():
        _on_scale(index, component, year, score, own[component]["out_of"])
    notes = [
        Note(f"meant:{row['indicator'] or row['component']}", _how_meant(setting, row))
        for (setting, _, _), row in zip(wanted, rows, strict=True)
        if setting.kind != "value"
    ]
    frame = pl.DataFrame(rows, schema_overrides={"indicator": pl.String, "measure": pl.String})
    after = pl.col("component").replace_strict(scores, return_dtype=pl.Float64)
    return frame.with_columns(component_after=after), notes


def _component_row(setting: Setting, figure: dict[str, Any]) -> dict[str, Any]:
    # A point of a score that is given in per cent is a percentage point.
    point = 1.0 if figure["scale"] == "percent" else None
    return {
        "component": figure["component"],
        "indicator": None,
        "measure": None,
        "before": figure["score"],
        "after": setting.applied(figure["score"], point),
        "slope": 1.0,
    }


def _indicator_row(
    frames: Frames, index: Index, setting: Setting, figure: dict[str, Any], indicator: str
) -> dict[str, Any]:
    used = indicator_slope(
        frames, index, figure["unit"], figure["year"], figure["component"], indicator, figure["score"]
    )
    after = setting.applied(used.now, PERCENTAGE_POINT.get(used.measure))
    used.check(after)
    return {
        "component": figure["component"],
        "indicator": indicator,
        "measure": used.measure,
        "before": used.now,
        "after": after,
        "slope": used.slope,
    }


def _worth(index: Index, component: str, year: int, figure: dict[str, Any]) -> float:
    """Points of the total that a point of the component is worth; the total is worth itself."""
    if component == OVERALL:
        return 1.0
    if figure["unit_value"] is None:
        name = index.component(component).name
        raise Problem(
            f"Chưa biết trọng số của “{name.vi}” ở {index.name.vi} {year} nên không quy ra tổng điểm được; chỉ "
            "thử được với overall=….",
            f"The weight of “{name.en}” in {index.name.en} {year} is not known, so it can't be turned into points "
            "of the total; only overall=… can be tried.",
        )
    return float(figure["unit_value"])


def _on_scale(index: Index, component: str, year: int, score: float, out_of: float | None = None) -> None:
    """A Problem where a score lies beyond its scale."""
    part = index.component(component)
    highest = out_of if out_of is not None else index.maximum(component, year)
    if score < part.minimum - 10**-PLACES or (highest is not None and score > highest + 10**-PLACES):
        vi, en = (
            f"{plain(part.minimum, lang)}–{MISSING if highest is None else plain(highest, lang)}"
            for lang in LANGUAGES
        )
        raise Problem(
            f"{plain(score, 'vi')} nằm ngoài thang điểm của “{part.name.vi}” ở {index.name.vi} {year}: {vi}.",
            f"{plain(score, 'en')} is beyond the scale of “{part.name.en}” in {index.name.en} {year}: {en}.",
        )


def _ranks(index: Index, totals: pl.DataFrame, unit: str, before: float, after: float) -> dict[str, object]:
    """The rank before and after, and whom the unit passes; nulls where the edition is not complete."""
    if not totals["complete"].all():
        return {"rank_before": None, "rank_after": None, "change_rank": None, "passed": []}
    sign = -1.0 if index.component(OVERALL).direction == "lower_better" else 1.0
    others = totals.filter(pl.col("unit") != unit)
    was_ahead, is_ahead = others["better"] > sign * before, others["better"] > sign * after
    return {
        "rank_before": 1 + int(was_ahead.sum()),
        "rank_after": 1 + int(is_ahead.sum()),
        "change_rank": int(was_ahead.sum()) - int(is_ahead.sum()),
        "passed": others.filter(was_ahead != is_ahead).sort("better", "unit")["unit"].to_list(),
    }


def _how_meant(setting: Setting, row: dict[str, Any]) -> Text:
    vi, en = ([plain(row[end], lang) for end in ("before", "after")] for lang in LANGUAGES)
    return Text(
        f"{setting.what}: {setting.said('vi')}, tức từ {vi[0]} đến {vi[1]}.",
        f"{setting.what}: {setting.said('en')}, that is from {en[0]} to {en[1]}.",
    )


def _notes(index: Index, year: int, totals: pl.DataFrame) -> list[Note]:
    notes = []
    if not totals["complete"].all():
        notes.append(
            Note.of(
                "rank",
                f"Biết {totals['score'].count()} trên {index.edition(year).units} tổng điểm nên không tính hạng.",
                f"{totals['score'].count()} of {index.edition(year).units} totals are known, so no "
                "rank is computed.",
            )
        )
    else:
        notes.append(
            Note.of(
                "rank",
                "Hạng tính khi các đơn vị khác giữ nguyên điểm; năm sau họ cũng sẽ thay đổi.",
                "The rank is that among the others as they are; next year they will have moved too.",
            )
        )
    return [*notes, *edition_caveats(index, year)]
