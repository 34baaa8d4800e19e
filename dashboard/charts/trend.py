"""A figure over the editions: lines inside a regime, dashed across a series break, none across anything else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.standing.trend import Band
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.labels import spread
from dashboard.charts.trend_spec import HEIGHT, ROLES, Role, What, trend_spec
from data import number
from data.text import Language

# Members of one merged province are of one colour and told apart by their points, repeated before the labels.
_SHAPES = ("square", "triangle-up", "diamond", "cross")

_LINE = 16.0
_STEPS = 10  # at most, from one end of the scale to the other
_SENT = {
    "kind": pl.String,
    "role": pl.String,
    "year": pl.Int32,
    "value": pl.Float32,
    "piece": pl.Int16,
    "dashed": pl.Boolean,
    "point": pl.Boolean,
    "hollow": pl.Boolean,
    "shape": pl.String,
    "said": pl.String,
}
_SPREAD = {"kind": pl.String, "role": pl.String, "year": pl.Int32, "low": pl.Float32, "high": pl.Float32}


@dataclass(frozen=True, slots=True)
class Frame:
    """What lies around the lines.

    `first` and `last` year, the regimes (`bands`), and how many are ranked (`ranks`). `top`: so many lead, a line
    is drawn below them. `merged`: the year of the merger and what is written there. `marked`: years whose figure
    of the chosen unit is written at its point. `scores`: from where to where the scale of scores or
    shares must reach; the same for every unit, so that one can be held against another and the browser keeps its
    axis.
    """

    first: int
    last: int
    bands: Sequence[Band]
    ranks: int = 63
    top: int | None = None
    merged: tuple[int, str] | None = None
    marked: Sequence[int] = ()
    scores: tuple[float, float] | None = None


def trend_chart(
    what: What,
    pieces: pl.DataFrame,
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    frame: Frame,
    places: int,
    caption: Caption,
    *,
    spreads: pl.DataFrame | None = None,
    bounds: pl.DataFrame | None = None,
    name: str | None = None,
) -> Figure:
    """A line for each unit over the editions: full inside a regime, dashed across a series break, else broken.

    `what` is drawn: the `rank` (the first on top), the `score` in points, or the `share` in per cent of the
    maximum, beside which score and maximum are written. Below the years lies a strip of the regimes; the latest
    figure of every named unit is written at the right; a point is hollow where the figure was not published so.

    `pieces` are those of `analytics.standing.trend.pieces` for one component: unit, year, value (what is drawn),
    score, out_of, score_status, rank_status, piece (points of one piece are joined), dashed, alone (no line
    reaches it). `roles` says who is drawn and how (`region` is the background, without names), `names` what each
    is called, `places` how many decimals its scores have. `spreads` (year, low, high, on the scale drawn) are bars
    behind the lines; `bounds` (unit, year, low, high on the scale drawn, score_low, score_high in points; low is
    null where only an upper bound is known) show what is known of units without a score. `name` is the figure's,
    where one page has several. The table has a row for each unit and year.
    """
    shapes = shapes_of(roles)
    lines = _drawn(
        what, pieces.filter(pl.col("unit").is_in(list(roles))), roles, names, shapes, places, caption.lang
    )
    extent = _extent(lines, what, frame)
    rows = [_sent(lines), _words(lines, what, frame, shapes, extent, caption)]
    if spreads is not None and not spreads.is_empty():
        rows.append(spreads.select(kind=pl.lit("spread"), role=pl.lit("own"), year="year", low="low", high="high"))
    if bounds is not None and not bounds.is_empty():
        rows.append(_bounds(bounds, roles, names, places, caption.lang))
    return caption.figure(
        name or ("rank" if what == "rank" else "score"),
        spec=trend_spec(
            what,
            (frame.first, frame.last),
            tuple(frame.bands),
            frame.top,
            extent,
            frame.merged[0] if frame.merged else None,
            caption.lang,
            caption.mode,
        ),
        rows=pl.concat(
            [
                part.with_columns(
                    pl.col(column).cast(kind)
                    for column, kind in (_SENT | _SPREAD).items()
                    if column in part.columns
                )
                for part in rows
            ],
            how="diagonal",
        ),
        table=_table(lines, what, caption),
    )


def shapes_of(roles: Mapping[str, Role]) -> dict[str, str]:
    """The point of each member; all others are circles."""
    return dict(zip((unit for unit, role in roles.items() if role in ("member", "part")), _SHAPES, strict=False))


def _drawn(
    what: What,
    pieces: pl.DataFrame,
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    shapes: Mapping[str, str],
    places: int,
    lang: Language,
) -> pl.DataFrame:
    """The points of all lines, the background first."""
    status = "rank_status" if what == "rank" else "score_status"
    figure = "value" if what == "rank" else "score"
    written = [
        number.decimal(value, 0 if what == "rank" else places, lang)
        + (f"/{number.decimal(out_of, 0, lang)}" if what == "share" else "")
        for value, out_of in pieces.select(figure, "out_of").iter_rows()
    ]
    order = {role: place for place, role in enumerate(ROLES)}
    return pieces.select(
        "unit",
        "year",
        "value",
        "score",
        "piece",
        "dashed",
        "alone",
        role=pl.col("unit").replace_strict(roles, return_dtype=pl.String),
        shape=pl.col("unit").replace_strict(shapes, default=None, return_dtype=pl.String),
        name=pl.col("unit").replace_strict(names, default="", return_dtype=pl.String),
        hollow=pl.col(status).cast(pl.String).fill_null("computed") != "published",
        written=pl.Series(written, dtype=pl.String),
    ).sort(pl.col("role").replace_strict(order), "piece", "year")


def _sent(lines: pl.DataFrame) -> pl.DataFrame:
    """The rows for the browser: of the background only where its lines go, without texts."""
    point = ~pl.col("dashed") & ((pl.col("role") != "region") | pl.col("alone"))
    return lines.select(
        "role",
        "year",
        "value",
        "dashed",
        piece=pl.col("piece").rank("dense"),
        point=point,
        hollow=pl.when(point).then("hollow"),
        shape=pl.when(point).then("shape"),
        said=pl.when(point).then(pl.format("{} {}: {}", "name", "year", "written")),
    )


def _words(
    lines: pl.DataFrame,
    what: What,
    frame: Frame,
    shapes: Mapping[str, str],
    extent: tuple[float, float],
    caption: Caption,
) -> pl.DataFrame:
    """What is written: the latest figure of each line that has a name, the marked ones of the chosen unit.

    With them goes what became of the units.
    """
    known = lines.filter(~pl.col("dashed"))
    last = (
        known.filter(pl.col("role") != "region").group_by("unit").agg(pl.all().sort_by("year").last()).sort("unit")
    )
    named = [
        (row["value"], f"{row['name']} {row['written']}", row["role"], shapes.get(row["unit"]))
        for row in last.iter_rows(named=True)
    ]
    if what == "rank" and frame.top is not None:
        named.append((frame.top + 0.5, caption.say("trends.top", top=frame.top), "top", None))
    low, high = extent
    places = spread([value for value, *_ in named], (high - low) * _LINE / HEIGHT, low, high)
    found: list[dict[str, Any]] = [
        {"kind": "label", "year": frame.last, "value": place, "said": label, "role": role, "shape": shape}
        for (_, label, role, shape), place in zip(named, places, strict=True)
    ]
    ends = last.filter(role="own")["year"].to_list()
    marked = known.filter(pl.col("year").is_in([*frame.marked]) & ~pl.col("year").is_in(ends), role="own")
    found += [
        {"kind": "mark", "year": row["year"], "value": row["value"], "said": row["written"], "role": "own"}
        for row in marked.iter_rows(named=True)
    ]
    if frame.merged is not None:
        found.append({"kind": "merged", "said": frame.merged[1]})
    columns = ("kind", "year", "value", "said", "role", "shape")
    return pl.DataFrame(found, schema={name: _SENT[name] for name in columns})


def _bounds(
    bounds: pl.DataFrame, roles: Mapping[str, Role], names: Mapping[str, str], places: int, lang: Language
) -> pl.DataFrame:
    """Figures of which only a range, or a cut that they lie below, is known; of the background none."""
    rows = []
    for row in bounds.iter_rows(named=True):
        role = roles.get(row["unit"], "region")
        if role == "region":
            continue
        low, high = (number.decimal(row[end], places, lang) for end in ("score_low", "score_high"))
        written = f"< {high}" if row["low"] is None else f"{low}–{high}"
        said = f"{names.get(row['unit'], '')} {row['year']}: {written}"
        ends = {"low": row["low"], "high": row["high"]}
        rows.append({"kind": "bound", "role": role, "year": row["year"], "said": said} | ends)
    return pl.DataFrame(rows, schema=_SPREAD | {"said": pl.String})


def _extent(lines: pl.DataFrame, what: What, frame: Frame) -> tuple[float, float]:
    """The two ends of the scale: the first and the last rank, or round figures around the scores."""
    if what == "rank":
        return 1.0, float(frame.ranks)
    low, high = frame.scores or lines.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    wide = (high - low) / _STEPS or 1.0
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wide)
    return round(math.floor(low / step) * step, 9), round(math.ceil(high / step) * step, 9)


def _table(lines: pl.DataFrame, what: What, caption: Caption) -> pl.DataFrame:
    value = pl.col("value").cast(pl.Int64) if what == "rank" else pl.col("score")
    return (
        lines.filter(~pl.col("dashed"))
        .sort("unit", "year")
        .select(
            pl.col("unit").alias(caption.say("column.unit")),
            pl.col("name").alias(caption.say("column.name")),
            pl.col("year").alias(caption.say("column.year")),
            value.alias(caption.say("column.shown_rank" if what == "rank" else "column.score")),
        )
    )
