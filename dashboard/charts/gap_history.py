"""The threshold of the target group over the editions, with a unit's own score beside it; regimes never joined."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analytics.standing.gap_history import THRESHOLD
from analytics.standing.trend import Band
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.gap_history_spec import HEIGHT, TICKS, gap_history_spec
from dashboard.charts.labels import spread
from data import number
from data.text import Language

_LINE = 17.0  # between two labels


@dataclass(frozen=True, slots=True)
class Scene:
    """What lies around the lines.

    `first` and `last` year, and the regimes (`bands`). `year` is the edition whose gap is drawn, `gap` what is
    written beside it (None: not known). `names` holds the labels of both lines: of the threshold, under
    `analytics.standing.gap_history.THRESHOLD`, and of the unit, under its code.
    """

    first: int
    last: int
    bands: Sequence[Band]
    year: int
    names: Mapping[str, str]
    gap: str | None = None


def gap_history_chart(rows: pl.DataFrame, scene: Scene, places: int, caption: Caption) -> Figure:
    """The threshold of the target group and a unit's own score over the editions, in points of the total.

    Two lines, full inside a regime and dashed across a series break; a bar where the threshold is known only to
    lie between bounds; the gap of one year as an upright line with its points. Points are hollow where the score
    was not published.

    `rows` are those of `analytics.standing.gap_history.gap_history`: unit (THRESHOLD or a code), year, score, low,
    high, score_status, piece, dashed. `places` is how many decimals scores have. The table has a row for each line
    and year.
    """
    lines = _lines(rows.drop_nulls("score"), scene, places, caption.lang)
    bars = _bars(rows, scene, places, caption.lang)
    extent = _extent(rows)
    parts = [
        lines,
        bars,
        _gap(rows, scene),
        _labels(rows, scene, places, extent, caption),
        # As rows, so that the specification is the same for every unit and the drawing stays.
        pl.DataFrame({"kind": "extent", "middle": extent}),
    ]
    return caption.figure(
        "threshold",
        spec=gap_history_spec((scene.first, scene.last), tuple(scene.bands), caption.lang, caption.mode),
        rows=pl.concat([part for part in parts if not part.is_empty()], how="diagonal_relaxed"),
        table=_table(rows, scene, caption),
    )


def _role(unit: pl.Expr) -> pl.Expr:
    return pl.when(unit == THRESHOLD).then(pl.lit("target")).otherwise(pl.lit("own"))


def _lines(known: pl.DataFrame, scene: Scene, places: int, lang: Language) -> pl.DataFrame:
    """The points of both lines, the threshold first so that our own lies on top."""
    written = [number.decimal(value, places, lang) for value in known["score"]]
    return (
        known.select(
            "year",
            "score",
            "piece",
            "dashed",
            kind=pl.lit("line"),
            role=_role(pl.col("unit")),
            hollow=pl.col("score_status").cast(pl.String) != "published",
            name=pl.col("unit").replace_strict(dict(scene.names), default=None, return_dtype=pl.String),
            written=pl.Series(written, dtype=pl.String),
        )
        .with_columns(said=_said())
        .sort(pl.col("role") == "own", "piece", "year")
    )


def _bars(rows: pl.DataFrame, scene: Scene, places: int, lang: Language) -> pl.DataFrame:
    """The editions of which only bounds are known."""
    bars = rows.filter(pl.col("score").is_null()).drop_nulls("low")
    ends = [
        "–".join(number.decimal(end, places, lang) for end in pair)
        for pair in bars.select("low", "high").iter_rows()
    ]
    return bars.select(
        "year",
        "low",
        "high",
        kind=pl.lit("bar"),
        role=pl.lit("target"),
        name=pl.lit(scene.names[THRESHOLD]),
        written=pl.Series(ends, dtype=pl.String),
    ).with_columns(said=_said())


def _said() -> pl.Expr:
    return pl.format("{} {}: {}", "name", "year", "written")


def _gap(rows: pl.DataFrame, scene: Scene) -> pl.DataFrame:
    """From our own score to the threshold in the year looked at."""
    there = rows.filter(~pl.col("dashed"), year=scene.year).drop_nulls("score")
    line = there.filter(unit=THRESHOLD)["score"]
    own = there.filter(pl.col("unit") != THRESHOLD)["score"]
    if line.is_empty() or own.is_empty() or scene.gap is None:
        return pl.DataFrame()
    end = {"kind": "gap", "year": scene.year, "low": own[0], "high": line[0], "top": max(own[0], line[0])}
    return pl.DataFrame([end | {"label": scene.gap}])


def _labels(
    rows: pl.DataFrame, scene: Scene, places: int, extent: tuple[float, float], caption: Caption
) -> pl.DataFrame:
    """The latest threshold and our own latest score, written at the right."""
    found: list[tuple[float, str, str]] = []
    whole = rows.filter(~pl.col("dashed").fill_null(False)).sort("year")
    for part, role in (
        (whole.filter(unit=THRESHOLD), "target"),
        (whole.filter(pl.col("unit") != THRESHOLD), "own"),
    ):
        if part.is_empty():
            continue
        row = part.row(-1, named=True)
        ends = (row["score"],) if row["score"] is not None else (row["low"], row["high"])
        written = "–".join(number.decimal(end, places, caption.lang) for end in dict.fromkeys(ends))
        found.append((sum(ends) / len(ends), f"{scene.names[row['unit']]} {written}", role))
    low, high = extent
    at = spread([value for value, *_ in found], (high - low) * _LINE / HEIGHT, low, high)
    return pl.DataFrame(
        [
            {"kind": "label", "middle": place, "label": label, "role": role}
            for (_, label, role), place in zip(found, at, strict=True)
        ]
    )


def _extent(rows: pl.DataFrame) -> tuple[float, float]:
    """Round figures around everything that is drawn."""
    known = pl.concat([rows["score"], rows["low"], rows["high"]]).drop_nulls().to_list()
    low, high = min(known), max(known)
    wide = (high - low) / TICKS or 1.0
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wide)
    return round(math.floor(low / step) * step, 9), round(math.ceil(high / step) * step, 9)


def _table(rows: pl.DataFrame, scene: Scene, caption: Caption) -> pl.DataFrame:
    columns = {"score": "column.score", "low": "column.score_low", "high": "column.score_high"}
    return (
        rows.filter(~pl.col("dashed").fill_null(False))
        .sort("unit", "year")
        .select(
            pl.col("unit").replace_strict(dict(scene.names), default=None).alias(caption.say("target.chart.line")),
            pl.col("year").alias(caption.say("column.year")),
            *(pl.col(name).alias(caption.say(key)) for name, key in columns.items()),
        )
    )
