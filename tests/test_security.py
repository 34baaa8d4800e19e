"""`docs/security.md`: every threat names a test that holds what prevents it, and that test is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
THREATS = (ROOT / "docs" / "security.md").read_text(encoding="utf-8").partition("## Threats")[2].partition("##")[0]
ROWS = [line.strip("| ").split(" | ") for line in THREATS.splitlines() if line.startswith("| ")][1:]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_threat_has_a_prevention_and_a_test() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        assert len(row) == 3
        assert NAMED.search(row[2]), row[0]
        assert not NAMED.sub("", row[2]).replace(",", "").strip(), row[2]


def test_every_test_named_is_there() -> None:
    for file, name in NAMED.findall(THREATS):
        assert (ROOT / file).is_file(), file
        parts = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
        tests = {
            part.name for part in parts if isinstance(part, ast.FunctionDef) and part.name.startswith("test_")
        }
        assert name in tests if name else tests, f"{file}::{name}"
