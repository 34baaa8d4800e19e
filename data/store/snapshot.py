"""One version of the data, whole: whoever began with it keeps it, whatever is written meanwhile."""

from __future__ import annotations

import uuid
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import polars as pl
import polars.selectors as cs

from data.store import figures
from data.store.entries import Entries

# The scores that questions are asked of: the compiled figure, with what the newest standing batch says of the
# same cell laid over it, score and rank each for itself. An order and its scale go where either is entered, ranks
# read second-hand and groups where a whole column of scores is: no page may mix them with the table.
_SCORE_VIEW = """
CREATE VIEW score AS
WITH entered AS (
    SELECT entered_score.*, batch.status, batch.source, batch.file
    FROM entered_score JOIN batch USING (batch)
    WHERE batch.undone_at IS NULL
    QUALIFY row_number() OVER (
        PARTITION BY entered_score.index, entered_score.year, unit, component ORDER BY batch DESC
    ) = 1
),
whole AS (
    SELECT index, year, component, true AS whole
    FROM entered JOIN figures.component USING (index, year, component)
    WHERE entered.score IS NOT NULL
    GROUP BY index, year, component
    HAVING count(*) >= any_value(units)
),
figure AS (
    SELECT
        figure.* REPLACE (
            CASE WHEN whole AND rank_status <> 'published' THEN NULL ELSE published_rank END AS published_rank,
            CASE WHEN whole AND rank_status <> 'published' THEN NULL ELSE rank_status END AS rank_status,
            CASE WHEN whole THEN NULL ELSE tier END AS tier
        )
    FROM figures.figure LEFT JOIN whole USING (index, year, component)
)
SELECT
    index, year, unit, component,
    coalesce(100 * entered.score / entered.maximum, entered.score, figure.score) AS score,
    CASE WHEN entered.score IS NULL THEN figure.score_status ELSE entered.status END AS score_status,
    CASE WHEN entered.score IS NULL THEN figure.score_low END AS score_low,
    CASE WHEN entered.score IS NULL THEN figure.score_high END AS score_high,
    CASE WHEN entered.batch IS NULL THEN figure."order" END AS "order",
    CASE WHEN entered.batch IS NULL THEN figure.scaled END AS scaled,
    CASE WHEN entered.score IS NULL THEN figure.published_score END AS published_score,
    coalesce(entered.published_rank, figure.published_rank) AS published_rank,
    CASE WHEN entered.published_rank IS NULL THEN figure.rank_status ELSE entered.status END AS rank_status,
    figure.tier,
    CASE WHEN entered.score IS NULL THEN figure.scale 
        WHEN entered.maximum IS NOT NULL THEN 'percent' ELSE coalesce(entered.scale, 'points') END AS scale,
    CASE WHEN entered.score IS NULL THEN figure.maximum END AS maximum,
    concat_ws(';', 'batch:' || entered.batch, figure.source) AS source,
    CASE WHEN entered.score IS NULL THEN figure.note_vi END AS note_vi,
    CASE WHEN entered.score IS NULL THEN figure.note_en END AS note_en,
    CASE WHEN entered.maximum IS NOT NULL THEN entered.score END AS points,
    entered.maximum AS points_of,
    entered.batch
FROM figure FULL JOIN entered USING (index, year, unit, component)
"""

# What people entered that decides the scores; the rest isn't part of a snapshot and changes without it.
SCORES = ("batch", "entered_score", "entered_weight", "definition")


_TYPES = {
    pl.Int16: "SMALLINT",
    pl.Int32: "INTEGER",
    pl.Float64: "DOUBLE",
    pl.String: "VARCHAR",
    pl.Datetime: "TIMESTAMP",
}


class Snapshot:
    """Figures and entered scores of one version. Threads may share it; it closes when the last lets go of it."""

    def __init__(self, store: figures.State, entered: str, connection: duckdb.DuckDBPyConnection) -> None:
        self.state = store
        self.entered = entered
        self._connection = connection
        weakref.finalize(self, connection.close)

    @property
    def version(self) -> str:
        """Names these data: another with every build, import and undo, never one that was seen before."""
        return f"{self.state.build}-{self.entered}"

    def query(self, sql: str, params: Sequence[object] | None = None) -> pl.DataFrame:
        """The answer to a query over the tables of `data.schema`, as a frame."""
        # A cursor for each call: one connection shared by threads mixes up their answers.
        cursor = self._connection.cursor()
        try:
            cursor.execute("SET enable_progress_bar = false")
            cursor.execute("SET search_path = 'memory.main,figures.main'")
            answer: pl.DataFrame = cursor.sql(sql, params=list(params) if params else None).pl()
            return answer
        finally:
            cursor.close()

    def table(self, name: str) -> pl.DataFrame:
        """A whole table or view."""
        return self.query(f'SELECT * FROM "{name}"')


def taken(path: Path, entries: Entries, more: Mapping[str, pl.DataFrame] | None = None) -> Snapshot:
    """The data as they are at this moment: entries of one transaction over figures of one build.

    With `more` rows of the entries, as they would be if these were entered too; nothing is written.
    """
    with entries.read() as reading:
        entered = {name: reading.table(name) for name in SCORES}
        version = reading.versions["scores"]
    if more is not None:
        entered = {name: pl.concat([frame, more.get(name, frame.clear())]) for name, frame in entered.items()}
        version = f"{version}-{uuid.uuid4().hex}"
    connection = figures.attach(path)
    try:
        state = figures.read_state(connection, path)
        for name, frame in entered.items():
            _fill(connection, name, frame.with_columns(cs.enum().cast(pl.String)))
        connection.execute(_SCORE_VIEW)
    except BaseException:
        connection.close()
        raise
    return Snapshot(state, version, connection)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    columns = ", ".join(f'"{column}" {_TYPES[kind.base_type()]}' for column, kind in frame.schema.items())
    connection.execute(f'CREATE TABLE memory.main."{name}" ({columns})')
    # DuckDB imports pandas to look at a frame, which takes longer than all the rest of the start.
    if frame.height:
        connection.register("incoming", frame)
        connection.execute(f'INSERT INTO memory.main."{name}" BY NAME SELECT * FROM incoming')
        connection.unregister("incoming")
