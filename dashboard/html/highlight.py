"""The style that highlights one row of a table, so that the table's own HTML can be cached for all units."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from dashboard.html import markup


@cache
def _rules() -> str:
    text = (Path(__file__).parents[1] / "styles" / "chosen.css").read_text(encoding="utf-8")
    return text.partition("*/")[2].strip()


def style(chosen: str, peers: Sequence[str] = ()) -> Markup:
    """Rules (`styles/chosen.css`) that highlight the row whose `data-unit` is `chosen` and mark its `peers`."""
    rules = _rules().replace("CHOSEN", f".vb-table {_row(chosen)}")
    kept = [rule for rule in rules.split("\n") if peers or not rule.startswith("PEERS")]
    marked = f".vb-table :is({','.join(map(_row, peers))})"
    return markup.style("\n".join(kept).replace("PEERS", marked))


def _row(unit: str) -> str:
    return f'tr[data-unit="{unit}"]'
