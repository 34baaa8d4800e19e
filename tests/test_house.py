"""The house itself: its floors, and what must not be in it. Lint, types and the wheel: `.ci/run`."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("data", "analytics", "dashboard")  # from the ground up
ABOVE = {floor: FLOORS[place + 1 :] for place, floor in enumerate(FLOORS)}


def imports(path: Path) -> set[str]:
    """The modules a module imports, wherever in it; of `from a import b` also `a.b`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module, *(f"{node.module}.{item.name}" for item in node.names)}
    return found


def imported(path: Path) -> set[str]:
    """The top-level packages a module imports, wherever in it."""
    return {name.partition(".")[0] for name in imports(path)}


def modules(floor: str) -> list[Path]:
    return sorted((ROOT / floor).rglob("*.py"))


@pytest.mark.parametrize("floor", FLOORS)
def test_nothing_points_up(floor: str) -> None:
    for path in modules(floor):
        assert not imported(path) & {*ABOVE[floor], "tests"}, path


def test_streamlit_and_sql_stay_on_their_floors() -> None:
    for path in [*modules("data"), *modules("analytics")]:
        assert not imported(path) & {"streamlit", "altair"}, path
    for path in modules("analytics"):
        assert "duckdb" not in imported(path), path


def test_altair_is_imported_in_one_place() -> None:
    """Elsewhere it would be loaded with the pages, before there is a chart; the theme only names its types."""
    charts = ROOT / "dashboard" / "charts"
    found = {path for path in modules("dashboard") if "altair" in imported(path)}
    assert found == {charts / "specification.py", charts / "theme.py"}


def test_no_page_needs_another() -> None:
    for path in modules("dashboard/views"):
        page = ".".join(path.relative_to(ROOT).parts[:3])
        others = {
            name for name in imports(path) if name.startswith("dashboard.views.") and not name.startswith(page)
        }
        assert not others, path


# What each folder of the top floor may import of the others. A page may use all but another page.
MAY: dict[str, set[str]] = {
    "text": set(),
    "charts": {"text"},
    "html": {"text", "charts"},
    "subject": {"charts", "text"},
    "figures": {"subject", "charts", "text"},
    "session": {"subject", "charts", "text"},
    "widgets": {"session", "subject", "html", "charts", "text"},
    "documents": {"subject", "figures", "charts", "text"},
    "views": {"session", "widgets", "html", "charts", "figures", "subject", "documents", "text"},
    "app": {"session", "widgets", "html", "server", "text"},
    "server": {"session", "widgets", "charts", "text"},
    "command": {"documents", "subject", "server", "session", "charts", "text"},
}
# Libraries and floors that a folder never imports.
NEVER: dict[str, set[str]] = {
    "text": {"streamlit", "altair"},
    "charts": {"streamlit"},
    "html": {"streamlit", "altair"},
    "subject": {"streamlit", "altair"},
    "figures": {"streamlit", "altair"},
    "session": {"altair", "markupsafe"},
    "widgets": {"altair", "analytics"},
    "documents": {"streamlit", "altair"},
    "views": {"altair"},
    "command": {"streamlit", "altair"},
}
# What takes longer to load than the server to listen, or a command to refuse: imported where it is called.
SLOW = {"streamlit", "altair", "polars", "duckdb", "pydantic", "starlette", "uvicorn", "rich"}


def room(path: Path) -> str:
    """The folder of the top floor that a module lies in; a loose module is a room by its own name."""
    return path.relative_to(ROOT / "dashboard").with_suffix("").parts[0]


def taken(path: Path) -> Iterator[tuple[str, str]]:
    """What a module imports: of the top floor the room and the module, of the rest the package and its name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [f"{node.module}.{item.name}" for item in node.names]
        elif isinstance(node, ast.Import):
            names = [item.name for item in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            yield (parts[1] if parts[0] == "dashboard" else parts[0]), name


def test_every_folder_of_the_top_floor_keeps_to_its_row() -> None:
    found = []
    for path in modules("dashboard"):
        mine = room(path)
        if mine == "__init__":
            continue
        for other, name in taken(path):
            ours = name.startswith("dashboard.")
            if (ours and other not in MAY[mine] | {mine, "__init__"}) or other in NEVER.get(mine, ()):
                found.append(f"{path.relative_to(ROOT)}: {name}")
    assert not found, "\n".join(sorted(set(found)))


def test_commands_and_the_server_load_the_rest_when_it_is_called_for() -> None:
    script = f"import sys, dashboard.command, dashboard.server.serve; print(*{sorted(SLOW)} & sys.modules.keys())"
    script = script.replace("*[", "*{").replace("]", "}")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_nothing_is_loose_on_the_top_floor() -> None:
    loose = {path.stem for path in (ROOT / "dashboard").glob("*.py")}
    assert loose == {"__init__", "app", "subject"}
    assert not [path for path in (ROOT / "analytics").glob("*.py") if path.stem != "__init__"]
    assert {path.parent.name for path in (ROOT / "dashboard" / "views").glob("*/page.py")} == {
        path.name for path in (ROOT / "dashboard" / "views").iterdir() if (path / "__init__.py").exists()
    }


def test_no_two_test_modules_share_a_name() -> None:
    """Each is imported by its bare name: the second of two would stop the whole run, though each passes alone."""
    names = [path.stem for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(set(names)) == sorted(names)


def test_no_module_of_the_two_lower_floors_names_an_index() -> None:
    for path in [*modules("data"), *modules("analytics")]:
        names = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not names & {"pci", "par", "sipas", "papi"}, path


def test_no_folder_of_the_dashboard_stands_before_pythons_own_modules(store_path: Path, tmp_path: Path) -> None:
    """Streamlit puts the folder of `app.py` first on the path, and ours has an `html`; in a process of its own."""
    opened = """
import sys
from streamlit.testing.v1 import AppTest
sys.modules.pop("html", None)
app = AppTest.from_file(sys.argv[1], default_timeout=120).run()
assert not app.exception, app.exception
import html
assert html.escape("<") == "&lt;"
"""
    done = subprocess.run(
        [sys.executable, "-c", opened, str(ROOT / "dashboard" / "app.py")],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "VUOTBAC_STORE": str(store_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_constraints_name_versions_and_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 20
    for line in lines:
        name, _, version = line.partition("==")
        assert name, line
        assert version, line
        assert "/" not in line, line


def test_every_library_that_is_imported_is_declared() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {item.split(">")[0].replace("-", "_") for item in project["dependencies"]}
    imported_as = {
        "markdown_it_py": "markdown_it",
        "pillow": "PIL",
        "python_docx": "docx",
        "python_pptx": "pptx",
        "scikit_learn": "sklearn",
        "vl_convert_python": "vl_convert",
    }
    declared = {imported_as.get(name, name) for name in declared}
    used = {name for floor in FLOORS for path in modules(floor) for name in imported(path)}
    foreign = used - set(sys.stdlib_module_names) - set(FLOORS)
    assert foreign <= declared, foreign - declared
    unused = declared - foreign
    # Polars hands frames to DuckDB and Streamlit through pyarrow without our importing it.
    assert unused <= {"pyarrow"}, unused
