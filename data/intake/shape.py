"""The shape of a file: a fingerprint of its headings, by which the next of the kind is known again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from data.intake.grid import Grid
from data.intake.tables import tables
from data.intake.who import Who
from data.names import Names
from data.spelling import fold

_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")


def shape(grids: Sequence[Grid], names: Names) -> str:
    """The fingerprint: the headings of all tables in their order, whatever their years, as SHA-256.

    Found as if nobody had decided anything, so that decisions do not change it.
    """
    found = tables(list(grids), Who(names, "63").knows)
    headings = [[fold(_YEAR.sub("#", column.text)) for column in table.columns] for table in found]
    return hashlib.sha256(json.dumps(headings).encode()).hexdigest()
