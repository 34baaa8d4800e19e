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
    # What the guide has its reader write is there once it is written (see `test_guide`).
    there = [node for node in found if f"{str(node.module).replace('.', '/')}.py`" not in GUIDE]
    assert len(there) > 5
    for node in there:
        exec(ast.unparse(node), {})


def test_every_module_that_the_guide_lists_is_there() -> None:
    rows = re.findall(r"^\|(.*)\|[^|]*\|$", GUIDE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row)}
    assert len(named) > 20
    assert named <= {path.stem for path in MODULES}, named - {path.stem for path in MODULES}


def test_what_is_public_says_what_it_gives_and_when_it_refuses() -> None:
    """Every public function of the two lower floors; it refuses itself, or by what it asks first."""
    refusing = {"check_unit", "check_top", "check_components", "frames.index"}
    for path in [*MODULES, *(FOLDER.parent / "data").glob("*.py")]:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            said = ast.get_docstring(node) or ""
            assert said, f"{path.name}: {node.name}"
            raised = any(isinstance(item, ast.Raise) and item.exc is not None for item in ast.walk(node))
            called = {ast.unparse(item.func) for item in ast.walk(node) if isinstance(item, ast.Call)}
            if raised or called & refusing:
                assert re.search("Problem|[Rr]aises", said), f"{path.name}: when does {node.name} refuse?"
