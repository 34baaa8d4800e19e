"""A question is found by its name alone, and the guide names nothing that isn't there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import analytics
from analytics import question

FOLDER = Path(analytics.__file__).parent
GUIDE = (FOLDER / "README.md").read_text(encoding="utf-8")
MODULES = sorted(path for path in FOLDER.glob("*/*.py") if path.name != "__init__.py")
FIELDS = {path.parent.name for path in MODULES}


def test_no_two_fields_hold_a_module_of_one_name() -> None:
    assert len(MODULES) > 50
    assert max(Counter(path.stem for path in MODULES).values()) == 1
    # What is imported by the name of a field is the field: it hands on what its own question offers.
    for name in FIELDS & {path.stem for path in MODULES}:
        assert (FOLDER / name / f"{name}.py").exists(), name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_the_same_by_its_name_alone(path: Path) -> None:
    whole, short = (
        import_module(name) for name in (f"analytics.{path.parent.name}.{path.stem}", f"analytics.{path.stem}")
    )
    assert question(path.stem) is whole
    assert whole.__spec__.name == whole.__name__ == f"analytics.{path.parent.name}.{path.stem}"
    if path.stem in FIELDS:
        assert short.__all__
        assert all(getattr(short, name) is getattr(whole, name) for name in short.__all__)
    else:
        assert short is whole


def test_a_question_that_is_none_is_not_found() -> None:
    for name in ("nobody", "__init__", "core.nobody"):
        with pytest.raises(ModuleNotFoundError):
            question(name)
    with pytest.raises(ModuleNotFoundError):
        import_module("analytics.nobody")


def test_every_import_of_the_guide_runs() -> None:
    blocks = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    found = [node for block in blocks for node in ast.walk(ast.parse(block)) if isinstance(node, ast.ImportFrom)]
    assert len(found) > 5
    for node in found:
        module = import_module(str(node.module))
        assert all(hasattr(module, item.name) for item in node.names), ast.unparse(node)


def test_every_module_that_the_guide_lists_is_there() -> None:
    rows = re.findall(r"^\|(.*)\|[^|]*\|$", GUIDE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert len(named) > 20
    assert named <= {path.stem for path in MODULES}, named - {path.stem for path in MODULES}
