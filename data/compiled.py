"""The project's own tables, read from CSV and checked; the first fault stops with file, line, column, value."""

from __future__ import annotations

import gzip
import io
import types
from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import schema
from data.definition import OVERALL, Index
from data.definition_file import indices
from data.fingerprint import FOLDER
from data.text import Problem

# Which file fills which table. Files below figures/ exist once per index, and only where there is something.
_PER_INDEX = {
    "figure": "score.csv",
    "reading": "reading.csv",
    "part": "part.csv",
    "aggregate": "aggregate.csv",
    "indicator": "indicator.csv",
    "indicator_value": "indicator_value.csv.gz",
    "indicator_weight": "indicator_weight.csv",
}
_SINGLE = {
    "unit": "geography/unit.csv",
    "unit_alias": "geography/alias.csv",
    "region": "geography/region.csv",
    "crosswalk": "geography/crosswalk.csv",
    "tile": "geography/tile_grid.csv",
    "context_variable": "context/context_variable.csv",
    "context_value": "context/context_value.csv.gz",
    "agency": "context/agency.csv",
}


def tables(folder: Path = FOLDER, known: dict[str, Index] | None = None) -> dict[str, pl.DataFrame]:
    """Every compiled table by name, as `schema.COMPILED` states it."""
    known = indices() if known is None else known
    frames = {name: read(folder / file, schema.COMPILED[name]) for name, file in _SINGLE.items()}
    for name, file in _PER_INDEX.items():
        parts = [
            read(path, schema.COMPILED[name], {"index": code})
            for code in known
            if (path := folder / "figures" / code / file).exists()
        ]
        frames[name] = pl.concat(parts) if parts else schema.COMPILED[name].create_empty()
    frames["source"] = _sources(folder, known)
    frames |= _defined(known)
    _check_sources(folder, frames)
    _check_figures(folder, frames)
    return frames


def read(path: Path, table: type[dy.Schema], constants: dict[str, str] | None = None) -> pl.DataFrame:
    """One CSV file as a checked frame of `table`; `constants` fill columns that the file leaves to its folder.

    Raises Problem, with file, line and column, for the first thing that is not as the table states it.
    """
    constants = constants or {}
    columns = table.columns()
    frame = _raw(path)
    wanted = [name for name in columns if name not in constants]
    if frame.columns != wanted:
        missing = ", ".join(name for name in wanted if name not in frame.columns) or "–"
        extra = ", ".join(name for name in frame.columns if name not in wanted) or "–"
        raise Problem(
            f"{_short(path)}: tiêu đề phải là {', '.join(wanted)}. Thiếu: {missing}; thừa: {extra}.",
            f"{_short(path)}: the heading must be {', '.join(wanted)}. Missing: {missing}; extra: {extra}.",
        )
    frame = frame.with_row_index("line", offset=2)
    frame = frame.with_columns(pl.lit(value).alias(name) for name, value in constants.items())
    typed = frame.select("line", *columns).with_columns(
        _typed(name, column.dtype) for name, column in columns.items()
    )
    for name in columns:
        bad = typed[name].is_null() & frame[name].is_not_null()
        if bad.any():
            place = bad.arg_max()
            assert place is not None
            _refuse(path, frame["line"][place], name, frame[name][place], "đúng kiểu", "the right type")
    return _checked(path, typed, table)


def _raw(path: Path) -> pl.DataFrame:
    """The cells of a file as they stand, all text."""
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return pl.read_csv(io.BytesIO(content), infer_schema=False)


def _typed(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    if dtype == pl.Boolean:
        return column.replace_strict({"true": True, "false": False, "1": True, "0": False}, default=None)
    if isinstance(dtype, pl.Date):
        return column.str.to_date("%Y-%m-%d", strict=False)
    return column.cast(dtype, strict=False)


@cache
def _lined(table: type[dy.Schema]) -> type[dy.Schema]:
    """The table with the file's line number beside it, so that a failing row can be found again."""
    return types.new_class(
        f"{table.__name__}WithLine", (table,), exec_body=lambda body: body.update(line=dy.UInt32())
    )


def _checked(path: Path, frame: pl.DataFrame, table: type[dy.Schema]) -> pl.DataFrame:
    result = _lined(table).filter(frame, cast=False)
    if len(result.failure) == 0:
        return result.result.drop("line").select(table.column_names())
    details = result.failure.details().sort("line")
    rules = [name for name in details.columns if name not in frame.columns and not name.endswith("|dtype")]
    first = details.row(0, named=True)
    rule = next(name for name in rules if first[name] == "invalid")
    column, _, limit = rule.partition("|")
    if limit:
        _refuse(path, first["line"], column, first[column], f"hợp lệ ({limit})", f"allowed ({limit})")
    keys = ", ".join(f"{name}={first[name]}" for name in table.primary_key())
    if rule == "primary_key":
        _refuse(path, first["line"], "+".join(table.primary_key()), keys, "duy nhất", "unique")
    raise Problem(
        f"{_short(path)}, dòng {first['line']} ({keys}): không theo quy tắc “{rule}”. Sửa dòng ấy.",
        f"{_short(path)}, line {first['line']} ({keys}): breaks the rule “{rule}”. Mend that line.",
    )


def _refuse(path: Path, line: int, column: str, value: object, vi: str, en: str) -> None:
    given = "" if value is None else value
    raise Problem(
        f"{_short(path)}, dòng {line}, cột “{column}”: “{given}” không {vi}. Sửa ô ấy.",
        f"{_short(path)}, line {line}, column “{column}”: “{given}” is not {en}. Mend that cell.",
    )


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _sources(folder: Path, known: dict[str, Index]) -> pl.DataFrame:
    places = {"geography": folder / "geography", "context": folder / "context"}
    places |= {code: folder / "figures" / code for code in known}
    return pl.concat(
        read(place / "source.csv", schema.Source, {"collection": name})
        for name, place in places.items()
        if (place / "source.csv").exists()
    )


def _defined(known: dict[str, Index]) -> dict[str, pl.DataFrame]:
    """Editions, components and weights as frames, from the definitions."""
    editions: list[dict[str, object]] = []
    components: list[dict[str, object]] = []
    weights: list[dict[str, object]] = []
    for index in known.values():
        for edition in index.editions:
            regime = index.regime(edition.year)
            here: dict[str, object] = {"index": index.code, "year": edition.year}
            editions.append(
                here
                | {
                    "unit_set": edition.unit_set,
                    "units": edition.units,
                    "regime": regime.code,
                    "announced": edition.announced,
                }
            )
            everything = (index.component(OVERALL), *index.components_of(edition.year))
            for position, component in enumerate(everything):
                components.append(
                    here
                    | {
                        "component": component.code,
                        "position": position,
                        "name_vi": component.name.vi,
                        "name_en": component.name.en,
                        "units": edition.units_of(component.code),
                        "minimum": component.minimum,
                        "maximum": index.maximum(component.code, edition.year),
                        "direction": component.direction,
                    }
                )
            weights.extend(
                here
                | {
                    "component": component.code,
                    "weight": index.weight(component.code, edition.year),
                    "weight_status": regime.weight_status,
                    "source": ";".join(regime.weight_source) or None,
                }
                for component in everything[1:]
            )
    rows = {"edition": editions, "component": components, "weight": weights}
    return {name: _as_table(name, content) for name, content in rows.items()}


def _as_table(name: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    table = schema.COMPILED[name]
    return table.validate(pl.DataFrame(rows, schema=table.create_empty().schema))


def _check_sources(folder: Path, frames: dict[str, pl.DataFrame]) -> None:
    """Every id that a row cites must be in the source list of its collection."""
    known = frames["source"].select("collection", "source")
    for name, frame in frames.items():
        if name == "source" or "source" not in frame.columns:
            continue
        if "index" in frame.columns and name != "agency":
            collection = pl.col("index")
        else:
            collection = pl.lit("context" if name.startswith(("context", "agency")) else "geography")
        cited = frame.select(collection.alias("collection"), "source").unique().drop_nulls()
        cited = cited.with_columns(pl.col("source").str.split(";").alias("id")).explode("id")
        lost = cited.join(known, left_on=["collection", "id"], right_on=["collection", "source"], how="anti")
        if len(lost):
            place, cell, source = lost.select("collection", "source", "id").row(0)
            if name == "weight":
                raise Problem(
                    f"{place}.toml, khóa “weight_source”: nguồn “{source}” chưa có trong source.csv. Thêm vào đó.",
                    f"{place}.toml, key “weight_source”: “{source}” is not in source.csv. Add it there.",
                )
            path = folder / (_SINGLE[name] if name in _SINGLE else f"figures/{place}/{_PER_INDEX[name]}")
            line = _line(path, pl.col("source") == cell)
            _refuse(path, line, "source", source, f"có trong source.csv của {place}", f"in source.csv of {place}")


def _check_figures(folder: Path, frames: dict[str, pl.DataFrame]) -> None:
    """Every figure belongs to a component that its edition has and to a unit that exists."""
    figure = frames["figure"]
    for column, known, vi, en in (
        ("component", frames["component"].select("index", "year", "component"), "định nghĩa", "the definition"),
        ("unit", frames["unit"].select("unit"), "geography/unit.csv", "geography/unit.csv"),
    ):
        stray = figure.join(known, on=known.columns, how="anti")
        if len(stray):
            row = stray.row(0, named=True)
            path = folder / "figures" / row["index"] / _PER_INDEX["figure"]
            keys = ("year", "unit", "component")
            line = _line(path, pl.all_horizontal(pl.col(key) == str(row[key]) for key in keys))
            _refuse(path, line, column, row[column], f"có trong {vi} ({row['year']})", f"in {en} ({row['year']})")


def _line(path: Path, row: pl.Expr) -> int:
    """The line of a file that holds the first such row."""
    raw = _raw(path).with_row_index("line", offset=2)
    return int(raw.filter(row)["line"][0])
