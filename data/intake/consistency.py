"""A table held against itself, against its own means and maxima, and against the edition before.

Nothing here stops a table: what is odd is named, for a careful reader to look at before it is entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.intake.choosing import Reading
from data.intake.figures import Unread, missing, score
from data.intake.plan import Column
from data.intake.reading import LeftOut
from data.number import decimal
from data.text import Language, Note, Text

# Printed with two decimals, a figure may be off by this much; a sum by as much for each of its parts.
_PRINTED = 0.0051
# Units that a change is judged by, and how many spreads from the mean change are too many.
_ENOUGH, _SPREADS = 10, 3.0
_FACTORS = (10.0, 100.0, 0.1, 0.01)
# Units that a sentence names.
_NAMED = 4


def notes(
    frames: Frames,
    index: Index,
    edition: Edition,
    rows: pl.DataFrame,
    readings: Sequence[Reading],
    left_out: Sequence[LeftOut],
) -> list[Note]:
    """What is odd in a table (`rows` as of an `Intake`), each with its key.

    `double:C` and `gaps:C`, ranks given twice to other scores and ranks given to nobody; `sum`, whether totals are
    the sum of their components; `mean:C` and `maximum:C`, a row of means or maxima that says otherwise; `jump:C`,
    changes of more than three spreads since the edition before; `factor:C`, figures ten or a hundred times those.
    """
    found = [*_ranks(index, edition, rows), *_sums(index, edition, rows)]
    for reading in readings:
        found += _asides(index, edition, rows, reading, left_out)
    return list(dict.fromkeys([*found, *_changes(frames, index, edition, rows)]))


def _ranks(index: Index, edition: Edition, rows: pl.DataFrame) -> Iterator[Note]:
    """Ranks that stand twice beside other scores, and, where all are known, ranks that nobody has."""
    for (code,), part in rows.drop_nulls("published_rank").group_by("component", maintain_order=True):
        name = index.component(str(code)).short
        shared = (
            part.group_by("published_rank")
            .agg(pl.col("name"), count=pl.len(), scores=pl.col("score").n_unique(), known=pl.col("score").count())
            .sort("published_rank")
        )
        taken = set(part["published_rank"])
        double = [
            row
            for row in shared.filter(pl.col("count") > 1).iter_rows(named=True)
            if (row["scores"] > 1 if row["known"] else row["published_rank"] + 1 in taken)
        ]
        if double:
            said = "; ".join(f"{row['published_rank']} ({_listed(row['name'])})" for row in double[:_NAMED])
            yield Note.of(
                f"double:{code}",
                f"{name.vi}: {len(double)} hạng đứng hai lần mà không bằng điểm: {said}.",
                f"{name.en}: {len(double)} ranks stand twice without a tie: {said}.",
            )
        if part.height == edition.units_of(str(code)):
            tied = {
                rank + further
                for rank, count in shared.select("published_rank", "count").iter_rows()
                for further in range(1, count)
            }
            gaps = [rank for rank in range(1, part.height + 1) if rank not in taken | tied]
            if gaps:
                said = ", ".join(map(str, gaps[:_NAMED])) + (" …" if len(gaps) > _NAMED else "")
                yield Note.of(
                    f"gaps:{code}",
                    f"{name.vi}: không đơn vị nào đứng hạng {said}.",
                    f"{name.en}: no unit has rank {said}.",
                )


def _sums(index: Index, edition: Edition, rows: pl.DataFrame) -> Iterator[Note]:
    """Totals that are not the sum of their components, where the table has all and their worth is known."""
    codes = [item.code for item in index.components_of(edition.year)]
    scores = rows.drop_nulls("score")
    worth = {
        (code, scale): index.unit_value(code, edition.year, percent=scale == "percent")
        for code in codes
        for scale in ("points", "percent")
    }
    parts = scores.filter(pl.col("component").is_in(codes))
    values = [worth[code, scale] for code, scale in parts.select("component", "scale").iter_rows()]
    if not codes or any(value is None for value in values):
        return
    sums = (
        parts.with_columns(worth=pl.Series(values, dtype=pl.Float64))
        .group_by("unit")
        .agg(total=(pl.col("score") * pl.col("worth")).sum(), slack=pl.col("worth").sum(), parts=pl.len())
        .filter(parts=len(codes))
    )
    beside = scores.filter(component=OVERALL).join(sums, on="unit")
    off = beside.filter((pl.col("score") - pl.col("total")).abs() > _PRINTED * (1 + pl.col("slack")))
    if beside.is_empty():
        return
    if off.is_empty():
        yield Note.of(
            "sum",
            f"Cộng các thành phần ra đúng tổng điểm ở cả {beside.height} đơn vị.",
            f"The components add up to the total in all {beside.height} units.",
        )
        return
    named = _pairs(off, "score", "total")
    yield Note.of(
        "sum",
        f"Tổng điểm khác tổng các thành phần ở {off.height}/{beside.height} đơn vị: {named.vi}.",
        f"The total is not the sum of the components in {off.height} of {beside.height} units: {named.en}.",
    )


def _asides(
    index: Index, edition: Edition, rows: pl.DataFrame, reading: Reading, left_out: Sequence[LeftOut]
) -> Iterator[Note]:
    """A row of means against the mean of the table, where it is whole; one of maxima against the definition's."""
    grid = reading.table.grid
    for item in left_out:
        if (
            item.why not in ("mean", "maxima")
            or item.sheet != grid.name
            or item.line - 1 not in reading.table.rows
        ):
            continue
        for at, column in reading.figures(edition.year):
            said = _figure(grid.cell(item.line - 1, at))
            if said is None or column.kind != "score" or column.component is None:
                continue
            part = rows.filter(component=column.component).drop_nulls("score")
            if item.why == "mean":
                yield from _mean(index, edition, column, said, part)
            else:
                yield from _maximum(index, edition, column, said)


def _figure(cell: object) -> float | None:
    try:
        return None if missing(cell) else score(cell).value
    except Unread:
        return None


def _mean(index: Index, edition: Edition, column: Column, said: float, part: pl.DataFrame) -> Iterator[Note]:
    code, name = str(column.component), index.component(str(column.component)).short
    if part.height != edition.units_of(code):
        return
    mean = part.select(pl.col("score").mean()).item()
    if column.scale == "fraction":
        said *= 100
    if abs(mean - said) > 2 * _PRINTED:
        yield Note.of(
            f"mean:{code}",
            f"{name.vi}: bảng ghi trung bình {decimal(said, 2, 'vi')}, tính lại là {decimal(mean, 2, 'vi')}.",
            f"{name.en}: the table says the mean is {decimal(said, 2, 'en')}; it is {decimal(mean, 2, 'en')}.",
        )


def _maximum(index: Index, edition: Edition, column: Column, said: float) -> Iterator[Note]:
    code, name = str(column.component), index.component(str(column.component)).short
    known = index.maximum(code, edition.year)
    if known is not None and column.scale == "points" and abs(known - said) > _PRINTED:
        yield Note.of(
            f"maximum:{code}",
            f"{name.vi}: bảng ghi điểm tối đa {decimal(said, 2, 'vi')}, ở đây là {decimal(known, 2, 'vi')}.",
            f"{name.en}: the table says the maximum is {decimal(said, 2, 'en')}; here it is "
            f"{decimal(known, 2, 'en')}.",
        )


def _changes(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> Iterator[Note]:
    """Changes since the edition before that stand out from all others; figures that are off by a factor of ten."""
    before = index.previous(edition.year)
    if before is None or before.unit_set != edition.unit_set:
        return
    one_method = index.comparable(before.year, edition.year)
    known = frames.score.filter(index=index.code, year=before.year).select(
        "unit", "component", before="score", scale_before=pl.col("scale").fill_null("points")
    )
    beside = rows.join(known, on=["unit", "component"]).drop_nulls(["score", "before"])
    beside = beside.filter((pl.col("scale") == pl.col("scale_before")) | (pl.col("component") == OVERALL))
    for (code,), part in beside.group_by("component", maintain_order=True):
        name = index.component(str(code)).short
        ratio = pl.col("score") / pl.col("before")
        tenfold = pl.any_horizontal(ratio.is_between(n * 0.8, n * 1.25) for n in _FACTORS)
        off = part.filter(pl.col("before") > 0, tenfold)
        if off.height:
            named = _pairs(off, "before", "score")
            yield Note.of(
                f"factor:{code}",
                f"{name.vi}: {off.height} số gấp hoặc kém năm {before.year} mười hay trăm lần: {named.vi}.",
                f"{name.en}: {off.height} figures are ten or a hundred times those of {before.year}, or a tenth: "
                f"{named.en}.",
            )
        rest = part.join(off, on="unit", how="anti").with_columns(change=pl.col("score") - pl.col("before"))
        if rest.height < _ENOUGH or not one_method:
            continue
        mean, spread = rest.select(mean=pl.col("change").mean(), spread=pl.col("change").std()).row(0)
        wild = rest.filter((pl.col("change") - mean).abs() > _SPREADS * spread) if spread else rest.clear()
        if wild.height:
            named = _pairs(wild, "before", "score")
            yield Note.of(
                f"jump:{code}",
                f"{name.vi}: {wild.height} đơn vị thay đổi so với năm {before.year} khác hẳn các đơn vị còn lại "
                f"(quá 3 độ lệch chuẩn): {named.vi}.",
                f"{name.en}: {wild.height} units changed since {before.year} unlike all others (over three "
                f"standard deviations): {named.en}.",
            )


def _pairs(rows: pl.DataFrame, first: str, second: str) -> Text:
    """Units with two of their figures: `Hà Nội 9,15 → 91,50`."""

    def listed(lang: Language) -> str:
        shown = [
            f"{row['name']} {decimal(row[first], 2, lang)} → {decimal(row[second], 2, lang)}"
            for row in rows.head(_NAMED).iter_rows(named=True)
        ]
        return "; ".join(shown) + (" …" if rows.height > _NAMED else "")

    return Text(listed("vi"), listed("en"))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
