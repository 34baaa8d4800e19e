"""What people enter."""

from __future__ import annotations

import dataframely as dy
import polars as pl

# Of a province, or of a unit set of one's own: `ddci.so-03`.
UNIT = r"^[a-z0-9_.]+-[0-9A-Za-z]+$"
SHA256 = r"^[0-9a-f]{64}$"


class Batch(dy.Schema):
    """One import. `rows` counts its units, 0 where weights alone came in; `status` is then `derived` if they were
    recovered. An undone batch stays on record with the time it was undone (UTC).
    """

    batch = dy.Int32(primary_key=True, min=1)
    entered_at = dy.Datetime(time_unit="us")
    file = dy.String()
    index = dy.String()
    year = dy.Int32()
    rows = dy.Int32(min=0)
    status = dy.Enum(["published", "provincial", "derived"])
    source = dy.String()
    author = dy.String()
    undone_at = dy.Datetime(time_unit="us", nullable=True)
    undone_by = dy.String(nullable=True)


class EnteredScore(dy.Schema):
    """A figure that came in with a batch; it stands over the compiled one until the batch is undone.

    `scale` says what the score is in: points (also where nothing is said), or per cent of the maximum.
    `maximum` is the unit's own, where some criteria do not apply to it: it is ranked by its per cent of that.
    """

    batch = dy.Int32(primary_key=True, min=1)
    index = dy.String()
    year = dy.Int32()
    unit = dy.String(primary_key=True, regex=UNIT)
    component = dy.String(primary_key=True)
    score = dy.Float64(nullable=True)
    published_rank = dy.Int16(nullable=True, min=1)
    scale = dy.Enum(["points", "percent"], nullable=True)
    maximum = dy.Float64(nullable=True, min_exclusive=0)

    @dy.rule()
    def within_its_own_maximum(cls) -> pl.Expr:
        return pl.col("maximum").is_null() | (pl.col("score") <= pl.col("maximum"))

    @dy.rule()
    def says_something(cls) -> pl.Expr:
        return pl.any_horizontal(pl.col("score", "published_rank").is_not_null())


class EnteredWeight(dy.Schema):
    """A component's share of the total, 0 to 1, as it came in with a batch; all of an edition's, adding up to 1.

    `entered` with its table or by hand, or `recovered` from the table entered and confirmed by whom the batch
    names.
    """

    batch = dy.Int32(primary_key=True, min=1)
    index = dy.String()
    year = dy.Int32()
    component = dy.String(primary_key=True)
    weight = dy.Float64(min=0, max=1)
    weight_status = dy.Enum(["entered", "recovered"])


class ReadingPlan(dy.Schema):
    """How the file of a batch was read (`data.intake.plan.Plan` as TOML), offered for the next of its shape.

    `sha256` is of the file's bytes, `shape` of its headings.
    """

    batch = dy.Int32(primary_key=True, min=1)
    sha256 = dy.String(regex=SHA256)
    shape = dy.String(regex=SHA256)
    plan = dy.String()


class Definition(dy.Schema):
    """An index of one's own with its units, as the TOML of `data.own.file`; the newest of a code stands."""

    definition = dy.Int32(primary_key=True, min=1)
    entered_at = dy.Datetime(time_unit="us")
    author = dy.String()
    file = dy.String()
    code = dy.String()
    content = dy.String()
    undone_at = dy.Datetime(time_unit="us", nullable=True)
    undone_by = dy.String(nullable=True)


class Note(dy.Schema):
    """What a province wrote of a component in an edition; the newest of a cell stands, older ones stay on record.

    `cause` and `remedy` are Markdown; `responsible` says who, `deadline` by when. One with all four empty takes
    the note back.
    """

    note = dy.Int32(primary_key=True, min=1)
    written_at = dy.Datetime(time_unit="us")
    author = dy.String()
    unit = dy.String(regex=UNIT)
    index = dy.String()
    year = dy.Int32()
    component = dy.String()
    cause = dy.String()
    remedy = dy.String()
    responsible = dy.String()
    deadline = dy.String()

    @dy.rule()
    def short_enough(cls) -> pl.Expr:
        # In characters: a Vietnamese letter takes up to three bytes.
        texts = pl.all_horizontal(pl.col(name).str.len_chars() <= 5000 for name in ("cause", "remedy"))
        return texts & pl.all_horizontal(
            pl.col(name).str.len_chars() <= 300 for name in ("responsible", "deadline")
        )


class History(dy.Schema):
    """Every entry ever made: who, when (UTC), in which part, what was done to what; before and after as JSON."""

    entry = dy.Int64(primary_key=True, min=1)
    at = dy.Datetime(time_unit="us")
    author = dy.String()
    part = dy.String()
    act = dy.String()
    about = dy.String()
    before = dy.String(nullable=True)
    after = dy.String(nullable=True)
