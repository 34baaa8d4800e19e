"""A whole table against what is known of its edition and against itself: what agrees, what must be asked."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from data.definition import OVERALL, Edition, Index
from data.frames import Frames
from data.intake.choosing import Reading
from data.intake.questions import Fault, Question
from data.number import whole
from data.text import Note, Text

# Printed with two decimals, two copies of one figure differ by no more than this.
_SAME = 0.0051
# So many units with names of the 34 alone, and no rank above 34, look like the merged ones.
_MERGED = 25


def unscored(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> list[Fault]:
    """A unit that no longer existed, or one more than the publisher scored: the edition would be wrong."""
    gone = frames.unit.filter(pl.col("valid_to") < edition.year, unit_set=edition.unit_set)
    strangers = rows.join(gone, on="unit", how="semi")
    if strangers.height:
        name = strangers["name"][0]
        gone_now = Text(
            f"{name} không còn trong {index.name.vi} {edition.year}. Bỏ dòng ấy.",
            f"{name} was no longer scored in {index.name.en} {edition.year}. Remove its line.",
        )
        return [Fault("unscored", gone_now)]
    for (code,), part in rows.drop_nulls("score").group_by("component", maintain_order=True):
        known = _known(frames, index, edition, str(code))
        new = part.filter(~pl.col("unit").is_in(known))
        scored = edition.units_of(str(code))
        if len(known) + new.height > scored:
            name = new["name"][0]
            one_more = Text(
                f"{index.name.vi} {edition.year} chỉ chấm {scored} đơn vị và đã biết {len(known)}; "
                f"{name} không thuộc số ấy. Bỏ dòng ấy hoặc kiểm tra năm.",
                f"{index.name.en} {edition.year} scored {scored} units, {len(known)} of them known; "
                f"{name} is not among them. Remove its line or check the year.",
            )
            return [Fault("unscored", one_more)]
    return []


def compared(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> pl.DataFrame:
    """Every figure of a table held against the one known before, from elsewhere than imports.

    Rows: unit, name, component, figure (score or rank), known (null where nothing is), entered, differs.
    """
    known = frames.score.filter(pl.col("batch").is_null(), index=index.code, year=edition.year)
    total = pl.col("component") == OVERALL
    known = known.select(
        "unit",
        "component",
        # Points and per cent of a maximum are not held against each other; of a total they are the same.
        known_scale=pl.when(total).then(pl.lit("points")).otherwise(pl.col("scale").fill_null("points")),
        known_score=pl.coalesce("published_score", "score"),
        known_rank=pl.col("published_rank").cast(pl.Int64),
    )
    both = rows.join(known, on=["unit", "component"], how="left", maintain_order="left").with_columns(
        known_score=pl.when(pl.col("known_scale") == pl.col("scale").fill_null("points")).then("known_score")
    )
    pairs = pl.concat(
        both.select("unit", "name", "component", figure=pl.lit(figure), known=old, entered=new).cast(
            {"known": pl.Float64, "entered": pl.Float64}
        )
        for figure, old, new in (
            ("score", "known_score", "score"),
            ("rank", "known_rank", "published_rank"),
        )
    ).drop_nulls("entered")
    return pairs.with_columns(differs=(pl.col("known") - pl.col("entered")).abs() > _SAME)


def by_column(pairs: pl.DataFrame) -> pl.DataFrame:
    """How many figures of each component and kind are new, agree and contradict, of the rows of `compared`."""
    return pairs.group_by("component", "figure", maintain_order=True).agg(
        fresh=pl.col("known").is_null().sum(),
        agreed=(~pl.col("differs")).sum(),
        contradicted=pl.col("differs").sum(),
    )


def notes(frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame) -> list[Note]:
    """What a careful reader should look at before the table is entered."""
    found = []
    for (code,), part in rows.group_by("component", maintain_order=True):
        name = index.component(str(code)).short
        wrong = _inversions(index, str(code), part)
        if wrong:
            found.append(
                Note.of(
                    f"contradiction:{code}",
                    f"{name.vi}: {whole(wrong, 'vi')} chỗ hạng ngược với điểm.",
                    f"{name.en}: in {whole(wrong, 'en')} places the ranks contradict the scores.",
                )
            )
        after = _known(frames, index, edition, str(code)) | set(part.drop_nulls("score")["unit"])
        missing = edition.units_of(str(code)) - len(after)
        if missing > 0 and str(code) == OVERALL:
            found.append(
                Note.of(
                    "missing",
                    f"Còn thiếu điểm của {missing} đơn vị: chưa tính được hạng.",
                    f"Scores of {missing} units are missing: ranks cannot be computed yet.",
                )
            )
    return found


def _inversions(index: Index, code: str, part: pl.DataFrame) -> int:
    """In how many places down the list of ranks a score is better than the one above it."""
    better = index.component(code).direction == "higher_better"
    order = part.drop_nulls().sort("published_rank", "score", descending=[False, better])["score"]
    falls = order.diff().drop_nulls()
    return int(((falls > 0) if better else (falls < 0)).sum())


def _known(frames: Frames, index: Index, edition: Edition, component: str) -> set[str]:
    """The units whose score on a component is in the store."""
    rows = frames.score.filter(index=index.code, year=edition.year, component=component)
    return set(rows.drop_nulls("score")["unit"])


def questions(
    frames: Frames, index: Index, edition: Edition, rows: pl.DataFrame, readings: list[Reading]
) -> list[Question]:
    """What the whole table makes doubtful: merged units in an older year, ranks within a region, cut decimals."""
    found = []
    for (code,), part in rows.group_by("component", maintain_order=True):
        ranks = part["published_rank"].drop_nulls()
        if edition.unit_set == "63" and str(code) == OVERALL and _merged(frames, part, ranks):
            found.append(
                Question(
                    "merged_units",
                    Text(
                        f"{part.height} đơn vị đều mang tên của 34 tỉnh sau sáp nhập và hạng không quá 34, "
                        f"trong khi năm {edition.year} có 63. Kiểm tra năm của bảng.",
                        f"All {part.height} units bear names of the 34 after the mergers, with no rank above 34, "
                        f"but {edition.year} had 63. Check the table's year.",
                    ),
                    offer={"accept": "merged_units"},
                )
            )
        region = _region(frames, part, ranks, edition.units_of(str(code)))
        if region is not None:
            name = index.component(str(code)).short
            found.append(
                Question(
                    "ranks_in_region",
                    Text(
                        f"{name.vi}: hạng 1–{ranks.len()} của {ranks.len()} đơn vị cùng vùng {region.vi}: "
                        "là hạng trong vùng hay cả nước?",
                        f"{name.en}: ranks 1–{ranks.len()} of {ranks.len()} units of one region, {region.en}: "
                        "within the region, or in the country?",
                    ),
                    offer={"accept": "ranks_in_region"} | _left_out(readings, str(code)),
                )
            )
    return found + _cut_decimals(index, rows, readings)


def _left_out(readings: list[Reading], component: str) -> dict[str, dict[str, list[str]]]:
    """The offer to leave out the ranks of a component."""
    columns = (column for reading in readings for column in reading.columns)
    ranks = [column for column in columns if (column.kind, column.component) == ("rank", component)]
    return {"column": {column.letter: ["ignore"] for column in ranks}}


def _merged(frames: Frames, part: pl.DataFrame, ranks: pl.Series) -> bool:
    became = part.join(frames.crosswalk, left_on="unit", right_on="old_unit")["new_unit"]
    few = part.height >= _MERGED and (ranks.is_empty() or _most(ranks) <= 34)
    return few and part.height <= 34 and became.n_unique() == part.height


def _most(ranks: pl.Series) -> int:
    return max(ranks.to_list(), default=0)


def _region(frames: Frames, part: pl.DataFrame, ranks: pl.Series, units: int) -> Text | None:
    """The region whose units alone have the ranks from 1 on, each once."""
    if not 3 <= ranks.len() < units or sorted(ranks.to_list()) != list(range(1, ranks.len() + 1)):
        return None
    regions = part.drop_nulls("published_rank").join(frames.unit, on="unit")["region"].unique().to_list()
    if len(regions) != 1 or regions[0] is None:
        return None
    row = frames.region.filter(region=regions[0]).row(0, named=True)
    return Text(row["name_vi"], row["name_en"])


def _cut_decimals(index: Index, rows: pl.DataFrame, readings: list[Reading]) -> list[Question]:
    """Scores that are whole because a decimal comma parted their cells, so that ranks are their decimals."""
    if not any(reading.table.grid.mark == "," for reading in readings):
        return []
    part = rows.filter(component=OVERALL).drop_nulls("score")
    scores, ranks = part["score"].to_list(), part["published_rank"].drop_nulls().to_list()
    if len(scores) < 3 or any(score != int(score) for score in scores) or not ranks:
        return []
    if _inversions(index, OVERALL, part) == 0:
        return []
    return [
        Question(
            "cut_decimals",
            Text(
                "Mọi điểm là số nguyên và hạng ngược với điểm: dấu phẩy thập phân có thể đã cắt ô (92,18 thành 92 "
                "và 18). Lưu lại bằng dấu chấm phẩy, hoặc đặt số trong nháy kép.",
                "All scores are whole and the ranks contradict them: decimal commas may have parted the cells "
                "(92,18 into 92 and 18). Save it with semicolons, or quote the numbers.",
            ),
            offer={"accept": "cut_decimals"},
        )
    ]


def unknown_headings(index: Index, edition: Edition, headings: list[str]) -> Fault:
    """That no column holds a score or a rank, and how they are headed."""
    components = ", ".join(item.name.vi for item in index.components_of(edition.year)) or "–"
    english = ", ".join(item.name.en for item in index.components_of(edition.year)) or "–"
    if not headings:
        needed = Text(
            "Dòng tiêu đề phải có cột tỉnh và ít nhất một cột điểm hoặc hạng, ví dụ: Tỉnh, Điểm, Hạng.",
            "The heading row needs a province column and a score or a rank, such as Province, Score, Rank.",
        )
        return Fault("headings", needed)
    named = "”, “".join(headings[:6])
    unknown = Text(
        f"Tiêu đề “{named}” không rõ là gì. Dùng: Tỉnh, Điểm, Hạng, hoặc tên {index.component_word.vi} "
        f"({components}).",
        f"The heading “{named}” is not known. Use: Province, Score, Rank, or a {index.component_word.en}'s "
        f"name ({english}).",
    )
    return Fault("headings", unknown)


def merged_rows(read: Mapping[tuple[str, str], dict[str, object]]) -> pl.DataFrame:
    """The figures as a frame: unit, name, component, score, published_rank, scale (of the score)."""
    schema = {
        "unit": pl.String,
        "name": pl.String,
        "component": pl.String,
        "score": pl.Float64,
        "published_rank": pl.Int64,
        "scale": pl.String,
    }
    return pl.DataFrame(list(read.values()), schema=schema)
