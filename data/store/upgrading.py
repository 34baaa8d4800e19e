"""Entries of an older format brought to the present one: tables and columns are added, all that is there stays.

A column that is added is empty in the rows there are, so it must be nullable, and its schema says what that means.
"""

from __future__ import annotations

import sqlalchemy as sa

from data.store import tables


def add_what_is_missing(connection: sa.Connection, schema: str | None) -> None:
    """Make the tables and columns that older entries do not have yet; `schema` is where the tables lie, if not in
    the database's own."""
    there = sa.inspect(connection)
    names = set(there.get_table_names(schema=schema))
    tables.ALL.create_all(connection, [table for table in tables.ALL.sorted_tables if table.name not in names])
    quoted = connection.dialect.identifier_preparer.quote
    for table in tables.ALL.sorted_tables:
        if table.name not in names:
            continue
        known = {column["name"] for column in there.get_columns(table.name, schema=schema)}
        place = f"{quoted(schema)}.{quoted(table.name)}" if schema else quoted(table.name)
        for column in table.columns:
            if column.name not in known:
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {place} ADD COLUMN {quoted(column.name)} {kind}")
