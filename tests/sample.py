"""Small indices and figures for tests: written out by hand, or drawn from one seeded generator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from data import schema
from data.definition import Component, Edition, Index, Regime, SeriesBreak
from data.frames import Frames
from data.text import Text

SEED = 20250701


def word(text: str) -> Text:
    """The same word in both languages."""
    return Text(text, text)


def index(
    weights: Mapping[str, float],
    years: Sequence[int] = (2018, 2019),
    units: int = 3,
    *,
    regimes: Sequence[Regime] | None = None,
    breaks: Iterable[SeriesBreak] = (),
    target: int = 1,
) -> Index:
    """A weighted index `toy`: components out of 10, the total out of 100, every unit scored every year."""
    total = Component("overall", word("Total"), word("Total"), 0, 100)
    components = [Component(code, word(code.title()), word(code), 0, 10) for code in weights]
    regime = Regime("one", years[0], tuple(weights), weights=dict(weights), weight_status="published")
    return Index(
        code="toy",
        position=1,
        name=word("Toy"),
        full_name=word("Toy index"),
        publisher=word("Nobody"),
        component_word=word("part"),
        target_group={"63": target, "34": target},
        announcements={"all": word("All was announced.")},
        components=(total, *components),
        regimes=tuple(regimes) if regimes is not None else (regime,),
        editions=tuple(Edition(year, "63", units, "all") for year in years),
        series_breaks=tuple(breaks),
    )


def score_rows(
    values: Mapping[tuple[int, str], Mapping[str, float | None]], *, total: Index | None = None
) -> pl.DataFrame:
    """The score table of {(year, unit): {component: score}}; with `total`, the weighted total is filled in."""
    rows = []
    for (year, unit), figures in values.items():
        row = dict(figures)
        if total is not None and "overall" not in row and None not in row.values():
            parts = ((total.unit_value(code, year), value) for code, value in row.items())
            row["overall"] = round(
                sum(one * value for one, value in parts if one is not None and value is not None), 6
            )
        rows += [
            {
                "index": "toy",
                "year": year,
                "unit": unit,
                "component": code,
                "score": value,
                "score_status": "published",
            }
            for code, value in row.items()
            if value is not None
        ]
    empty = schema.Score.create_empty()
    kinds = {name: pl.String if isinstance(kind, pl.Enum) else kind for name, kind in empty.schema.items()}
    frame = pl.DataFrame(rows, schema_overrides=kinds)
    missing = [pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in frame.columns]
    return (
        frame.with_columns(*missing, batch=pl.lit(None, pl.Int32))
        .select(*kinds, "batch")
        .with_columns(source=pl.lit("TEST"))
    )


def unit_rows(units: Iterable[str], regions: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The unit table of some codes, named after themselves."""
    rows = [
        {
            "unit": unit,
            "unit_set": unit[:2],
            "code": unit[3:],
            "name_vi": f"Tỉnh {unit[3:]}",
            "name_en": f"Province {unit[3:]}",
            "official_vi": f"Tỉnh {unit[3:]}",
            "region": (regions or {}).get(unit, "north"),
            "is_city": False,
            "source": "TEST",
        }
        for unit in units
    ]
    empty = schema.Unit.create_empty()
    kinds = {name: pl.String if isinstance(kind, pl.Enum) else kind for name, kind in empty.schema.items()}
    frame = pl.DataFrame(rows, schema_overrides=kinds)
    missing = [pl.lit(None, kind).alias(name) for name, kind in kinds.items() if name not in frame.columns]
    return frame.with_columns(missing).select(list(kinds))


def frames(
    toy: Index, scores: pl.DataFrame, units: pl.DataFrame | None = None, base: Frames | None = None
) -> Frames:
    """Frames that hold one small index; what a question needs beside it comes from `base`, else is empty."""
    units = unit_rows(scores["unit"].unique(maintain_order=True)) if units is None else units
    region = pl.DataFrame(
        [
            {"unit_set": "63", "region": code, "name_vi": code, "name_en": code, "position": place}
            for place, code in enumerate(units["region"].unique(maintain_order=True), start=1)
        ],
        schema_overrides={"position": pl.Int16},
    )
    content: dict[str, object] = {
        name: getattr(base, name) if base is not None else _empty(name)
        for name in Frames.__dataclass_fields__
        if name not in ("version", "indices")
    }
    content |= {"version": "test", "indices": {toy.code: toy}, "score": scores, "unit": units, "region": region}
    return Frames(**content)


def _empty(name: str) -> pl.DataFrame:
    tables = schema.COMPILED | schema.ENTERED
    return tables["figure" if name == "score" else name].create_empty()


def unit_codes(count: int) -> list[str]:
    """`63-01`, `63-02`, …"""
    return [f"63-{place:02d}" for place in range(1, count + 1)]


def random_scores(toy: Index, decimals: int = 4, seed: int = SEED) -> pl.DataFrame:
    """Every unit of every edition with scores drawn evenly over each component's scale, and their total."""
    draw = np.random.default_rng(seed)
    values = {
        (edition.year, unit): {
            item.code: round(float(draw.uniform(item.minimum, item.maximum or 10)), decimals)
            for item in toy.components_of(edition.year)
        }
        for edition in toy.editions
        for unit in unit_codes(edition.units)
    }
    return score_rows(values, total=toy)


def table(name: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Rows of a table of the store; what they leave out is null, a source `TEST`."""
    kinds = {
        column: pl.String if isinstance(kind, pl.Enum) else kind
        for column, kind in schema.COMPILED[name].create_empty().schema.items()
    }
    given = [{"source": "TEST", **row} if "source" in kinds else dict(row) for row in rows]
    return pl.DataFrame([{column: row.get(column) for column in kinds} for row in given], schema=kinds)


def outcome_panel(
    draw: np.random.Generator, effects: Sequence[float], units: int = 63, years: int = 5
) -> pl.DataFrame:
    """Units over years with an outcome of known effects: unit, year, y, last, x0, x1 …

    As hard as the real thing: unit and year effects, terms that differ between units more than within them, errors
    that last from year to year (correlation 0.6) and are larger in some units than in others.
    """
    codes, count = unit_codes(units), len(effects)
    x = draw.normal(size=(units, 1, count)) + 0.7 * draw.normal(size=(units, years + 1, count))
    noise = draw.normal(size=(units, years + 1))
    for year in range(1, years + 1):
        noise[:, year] = 0.6 * noise[:, year - 1] + 0.8 * noise[:, year]
    noise *= 0.3 * np.exp(0.5 * draw.normal(size=(units, 1)))
    shifts = 2 * draw.normal(size=(units, 1)) + draw.normal(size=(1, years + 1))
    y = x @ np.array(effects) + shifts + noise
    return pl.DataFrame(
        {
            "unit": np.repeat(codes, years),
            "year": np.tile(np.arange(2016, 2016 + years), units),
            "y": y[:, 1:].ravel(),
            "last": y[:, :-1].ravel(),
        }
        | {f"x{place}": x[:, 1:, place].ravel() for place in range(count)}
    )


def outcome_frames(toy: Index, scores: pl.DataFrame, context: Mapping[tuple[str, int, str], float]) -> Frames:
    """Frames of one small index beside {(variable, year, unit): value}."""
    rows = [
        {"variable": variable, "year": year, "unit": unit, "value": value}
        for (variable, year, unit), value in context.items()
    ]
    return replace(frames(toy, scores), context_value=table("context_value", rows))
