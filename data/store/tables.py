"""The tables of the entries, for whichever database keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

ALL = sa.MetaData()
about = sa.Table(
    "about",
    ALL,
    sa.Column("key", sa.String, primary_key=True),
    sa.Column("value", sa.String, nullable=False),
)
version = sa.Table(
    "version",
    ALL,
    sa.Column("part", sa.String, primary_key=True),
    sa.Column("id", sa.String, nullable=False),
)
batch = sa.Table(
    "batch",
    ALL,
    sa.Column("batch", sa.Integer, primary_key=True),
    sa.Column("entered_at", sa.DateTime, nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("index", sa.String, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("rows", sa.Integer, nullable=False),
    sa.Column("status", sa.String, nullable=False),
    sa.Column("source", sa.String, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("undone_at", sa.DateTime),
    sa.Column("undone_by", sa.String),
)
entered_score = sa.Table(
    "entered_score",
    ALL,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.batch"), primary_key=True),
    sa.Column("index", sa.String, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("unit", sa.String, primary_key=True),
    sa.Column("component", sa.String, primary_key=True),
    sa.Column("score", sa.Double),
    sa.Column("published_rank", sa.Integer),
    sa.Column("scale", sa.String),
    sa.Column("maximum", sa.Double),
)
entered_weight = sa.Table(
    "entered_weight",
    ALL,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.batch"), primary_key=True),
    sa.Column("index", sa.String, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("component", sa.String, primary_key=True),
    sa.Column("weight", sa.Double, nullable=False),
    sa.Column("weight_status", sa.String, nullable=False),
)
reading_plan = sa.Table(
    "reading_plan",
    ALL,
    sa.Column("batch", sa.Integer, sa.ForeignKey("batch.batch"), primary_key=True),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("shape", sa.String, nullable=False),
    sa.Column("plan", sa.Text, nullable=False),
)
definition = sa.Table(
    "definition",
    ALL,
    sa.Column("definition", sa.Integer, primary_key=True),
    sa.Column("entered_at", sa.DateTime, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("file", sa.String, nullable=False),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("undone_at", sa.DateTime),
    sa.Column("undone_by", sa.String),
)
note = sa.Table(
    "note",
    ALL,
    sa.Column("note", sa.Integer, primary_key=True),
    sa.Column("written_at", sa.DateTime, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("unit", sa.String, nullable=False),
    sa.Column("index", sa.String, nullable=False),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("component", sa.String, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text, nullable=False),
    sa.Column("responsible", sa.Text, nullable=False),
    sa.Column("deadline", sa.Text, nullable=False),
)


def _of_plan(name: str, *columns: sa.Column[Any], keys: Sequence[str] = ("item",)) -> sa.Table:
    """A table whose rows belong to the plan of a unit for an index and a year; `keys` are texts."""
    return sa.Table(
        name,
        ALL,
        sa.Column("unit", sa.String, primary_key=True),
        sa.Column("index", sa.String, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("entry", sa.Integer, nullable=False),
        *(sa.Column(key, sa.String, primary_key=True) for key in keys),
        *columns,
    )


plan = _of_plan(
    "plan",
    sa.Column("towards", sa.Integer, nullable=False),
    sa.Column("top", sa.Integer),
    sa.Column("step", sa.Integer),
    sa.Column("score", sa.Double, nullable=False),
    sa.Column("route", sa.String),
    sa.Column("register_by", sa.Date),
    keys=(),
)
target = _of_plan(
    "target",
    sa.Column("component", sa.String),
    sa.Column("name", sa.Text),
    sa.Column("measure", sa.Text),
    sa.Column("base", sa.Double),
    sa.Column("direction", sa.String),
    sa.Column("asked", sa.Double),
    sa.Column("target", sa.Double),
    sa.Column("source", sa.Text),
)
assignment = _of_plan(
    "assignment",
    sa.Column("lead", sa.Text, nullable=False),
    sa.Column("coordinating", sa.Text),
    sa.Column("evidence", sa.String, nullable=False),
    sa.Column("deadline", sa.Date),
)
measure = _of_plan(
    "measure",
    sa.Column("component", sa.String),
    sa.Column("task", sa.Text, nullable=False),
    sa.Column("product", sa.Text),
)
progress = _of_plan(
    "progress",
    sa.Column("value", sa.Double),
    sa.Column("done", sa.Boolean),
    sa.Column("note", sa.Text),
    sa.Column("evidence", sa.Text),
    keys=("item", "period"),
)
criterion = _of_plan(
    "criterion",
    sa.Column("component", sa.String, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("maximum", sa.Double, nullable=False),
    sa.Column("own_score", sa.Double),
    sa.Column("appraised_score", sa.Double),
    sa.Column("by", sa.String),
    sa.Column("reason", sa.Text),
    sa.Column("recoverable", sa.Boolean),
)
review = _of_plan(
    "review",
    sa.Column("held_on", sa.Date, primary_key=True),
    sa.Column("finding", sa.Text, nullable=False),
    sa.Column("conclusion", sa.Text),
    keys=("item", "agency"),
)
PLANS = (plan, target, assignment, measure, progress, criterion, review)
history = sa.Table(
    "history",
    ALL,
    sa.Column("entry", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("author", sa.String, nullable=False),
    sa.Column("part", sa.String, nullable=False),
    sa.Column("act", sa.String, nullable=False),
    sa.Column("about", sa.String, nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
)

# What people enter, by name, as `data.schema.ENTERED` states it.
TABLES: dict[str, sa.Table] = {
    table.name: table
    for table in (batch, entered_score, entered_weight, reading_plan, definition, note, *PLANS, history)
}
