"""A figure over the editions: lines inside a regime, dashed across a series break, none across anything else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.trend import Band
from dashboard.charts.caption import Caption
from dashboard.charts.figure import Figure
from dashboard.charts.labels import spread
from dashboard.charts.trend_spec import HEIGHT, ROLES, Role, What, trend_spec
from data import number
from data.text import Language

# Members of one merged province are of one colour and told apart by their points, repeated before the labels.
SHAPES = ("circle", "square", "triangle-up", "diamond")

_LINE = 16.0
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What lies around the lines: the years shown, the regimes, the end of the rank scale, what is marked.

    `top`: so many lead (a line below them); `merged`: the year of the merger and what to write there; `marked`:
    years whose figure of the chosen unit is written beside its point.
    """

    first: int
    last: int
    bands: Sequence[Band]
    ranks: int = 63
    top: int | None = None
    merged: tuple[int, str] | None = None
    marked: Sequence[int] = ()


def trend_chart(
    what: What,
    pieces: pl.DataFrame,
    roles: Mapping[str, Role],
    names: Mapping[str, str],
    frame: Frame,
    places: int,
    caption: Caption,
) -> Figure:
    """The pieces of `analytics.trend.pieces` of one component; `roles`: who is who, `names`: what to call them.

    Of `share`, the per cent of a maximum, the value is drawn; what is written is the score and its maximum.
    """
    shapes = dict(zip((unit for unit in roles if roles[unit] == "member"), SHAPES, strict=False))
    lines = _drawn(
        what, pieces.filter(pl.col("unit").is_in(list(roles))), roles, names, shapes, places, caption.lang
    )
    # The lines of the background have no words: nobody points at them.
    shown = (pl.col("role") != "region") | pl.col("alone")
    sent = lines.with_columns(
        pl.when(shown).then(pl.col("name", "written", "said")), piece=pl.col("piece").rank("dense")
    ).drop("score")
    rows = pl.concat([sent, _labels(lines, what, frame, shapes, caption), _bands(frame, caption)], how="diagonal")
    return Figure(
        name="rank" if what == "rank" else "score",
        title=caption.title,
        subtitle=caption.subtitle,
        source=caption.source,
        alt=caption.alt,
        spec=trend_spec(
            what,
            (frame.first, frame.last),
            frame.top,
            frame.merged,
            _extent(lines, what, frame),
            caption.lang,
            caption.mode,
        ),
        rows=rows,
        table=_table(lines, what, caption),
    )


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
        shape=pl.col("unit").replace_strict(shapes, default="circle", return_dtype=pl.String),
        name=pl.col("unit").replace_strict(names, default=None, return_dtype=pl.String),
        hollow=pl.col(status).cast(pl.String).fill_null("computed") != "published",
        written=pl.Series(written, dtype=pl.String),
        said=pl.format(
            "{} {}: {}",
            pl.col("unit").replace_strict(names, default="", return_dtype=pl.String),
            "year",
            pl.Series(written, dtype=pl.String),
        ),
    ).sort(pl.col("role").replace_strict(order), "piece", "year")


def _labels(
    lines: pl.DataFrame, what: What, frame: Frame, shapes: Mapping[str, str], caption: Caption
) -> pl.DataFrame:
    """The latest figure of each line that has a name, and the marked ones of the chosen unit."""
    known = lines.filter(~pl.col("dashed"))
    last = (
        known.filter(pl.col("role") != "region").group_by("unit").agg(pl.all().sort_by("year").last()).sort("unit")
    )
    named = [
        (
            row["value"],
            f"{row['name']} {row['written']}",
            row["role"],
            shapes.get(row["unit"]),
        )
        for row in last.iter_rows(named=True)
    ]
    if what == "rank" and frame.top is not None:
        named.append((frame.top + 0.5, caption.say("trends.top", top=frame.top), "top", None))
    low, high = _extent(lines, what, frame)
    places = spread([value for value, *_ in named], (high - low) * _LINE / HEIGHT, low, high)
    found: list[dict[str, Any]] = [
        {"kind": "label", "year": frame.last, "place": place, "label": label, "role": role, "shape": shape}
        for (_, label, role, shape), place in zip(named, places, strict=True)
    ]
    ends = last.filter(role="own")["year"].to_list()
    marked = known.filter(pl.col("year").is_in([*frame.marked]) & ~pl.col("year").is_in(ends), role="own")
    found += [
        {"kind": "mark", "year": row["year"], "place": row["value"], "label": row["written"], "role": "own"}
        for row in marked.iter_rows(named=True)
    ]
    schema = {
        "kind": pl.String,
        "year": pl.Int16,
        "place": pl.Float64,
        "label": pl.String,
        "role": pl.String,
        "shape": pl.String,
    }
    return pl.DataFrame(found, schema=schema)


def _extent(lines: pl.DataFrame, what: What, frame: Frame) -> tuple[float, float]:
    """The two ends of the scale: the first and the last rank, or round figures around the scores."""
    if what == "rank":
        return 1.0, float(frame.ranks)
    low, high = lines.select(low=pl.col("value").min(), high=pl.col("value").max()).row(0)
    wide = (high - low) / _TICKS or 1.0
    power = 10.0 ** math.floor(math.log10(wide))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= wide)
    return round(math.floor(low / step) * step, 9), round(math.ceil(high / step) * step, 9)


def _bands(frame: Frame, caption: Caption) -> pl.DataFrame:
    rows = [
        {
            "kind": "band",
            "from": max(band.first, frame.first) - 0.45,
            "to": min(band.last, frame.last) + 0.45,
            "long": caption.say("trends.regime", years=_years(band)),
            # Of a single year the axis says as much.
            "short": _years(band, short=True) if band.last > band.first else "",
        }
        for band in frame.bands
        if band.last >= frame.first and band.first <= frame.last
    ]
    kinds = {"kind": pl.String, "from": pl.Float64, "to": pl.Float64, "long": pl.String, "short": pl.String}
    return pl.DataFrame(rows, schema=kinds)


def _years(band: Band, *, short: bool = False) -> str:
    if band.first == band.last:
        return str(band.first)
    return f"{band.first}–{band.last % 100:02d}" if short else f"{band.first}–{band.last}"


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
