"""What people enter."""

from __future__ import annotations

import dataframely as dy
import polars as pl

from data.schema.units import UNIT

SHA256 = r"^[0-9a-f]{64}$"


class Batch(dy.Schema):
    """One import. `rows` counts its units, 0 where weights alone came in; `status` is then `derived` if they were
    recovered. An undone batch stays on record with the time it was undone (UTC).
    """

    batch = dy.Int32(primary_key=True, min=1)
    entered_at = dy.Datetime(time_unit="us")
    file = dy.String()
    index = dy.String()
    year = dy.Int16()
    rows = dy.Int32(min=0)
    status = dy.Enum(["published", "provincial", "derived"])
    source = dy.String()
    author = dy.String()
    undone_at = dy.Datetime(time_unit="us", nullable=True)
    undone_by = dy.String(nullable=True)


class EnteredScore(dy.Schema):
    """A figure that came in with a batch; it stands over the compiled one until the batch is undone.

    `scale` says what the score is in: points (also where nothing is said), or per cent of the maximum.
    """

    batch = dy.Int32(primary_key=True, min=1)
    index = dy.String()
    year = dy.Int16()
    unit = dy.String(primary_key=True, regex=UNIT)
    component = dy.String(primary_key=True)
    score = dy.Float64(nullable=True)
    published_rank = dy.Int16(nullable=True, min=1, max=64)
    scale = dy.Enum(["points", "percent"], nullable=True)

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
    year = dy.Int16()
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
    year = dy.Int16()
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
