"""Every command that answers with a table, as somebody would ask it; a new one must be added here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from dashboard.command import app

_PROVINCE = ("-p", "63-36", "-i", "pci", "-y", "2019")
_EDITION = ("-i", "pci", "-y", "2019")

QUESTIONS: dict[str, tuple[str, ...]] = {
    "coverage": ("-i", "pci"),
    "ranking": _EDITION,
    "history": ("-p", "63-36", "-i", "pci"),
    "peers": ("-p", "63-36"),
    "audit": ("-i", "pci", "-y", "2022"),
    "weakness": _PROVINCE,
    "change": _PROVINCE,
    "target": _PROVINCE,
    "precedent": (*_PROVINCE, "-c", "transparency"),
    "whatif": (*_PROVINCE, "--set", "transparency=7"),
    "robustness": (*_EDITION, "--draws", "200"),
    "noise": _EDITION,
    "weights": _EDITION,
    "benefit": _PROVINCE,
    "coherence": _EDITION,
    "pareto": _PROVINCE,
    "drivers": ("-i", "pci", "--shares", "-y", "2019"),
    "forecast": ("-p", "63-36", "-i", "pci", "-y", "2019"),
    "merger": ("-i", "pci", "-y", "2023"),
    "plan start": (*_PROVINCE[:-1], "2018"),
    "plan show": _PROVINCE,
    "plan rollup": _PROVINCE,
    "plan register": ("TARGETS", *_PROVINCE),
    "plan registration": _PROVINCE,
    "plan progress": _PROVINCE,
    "plan board": _PROVINCE,
    "plan measures": ("MEASURES", *_PROVINCE),
    "plan yearly": ("YEARLY", *_PROVINCE),
    "plan ledger": ("-p", "63-36", "-i", "par", "-y", "2019"),
    "plan result": (*_PROVINCE[:-1], "2017"),
    "plan history": _PROVINCE,
    "plan undo": _PROVINCE,
    "index list": (),
    "import": ("FILE", "-i", "par", "-y", "2019", "--dry-run"),
    "batches": (),
    "undo": ("1",),
    "doctor": ("--port", "0"),
}


def commands() -> dict[str, set[str]]:
    """The options and arguments of every command that there is; one of a group by both names (`plan start`)."""
    return dict(_below(typer.main.get_command(app), ""))


def _below(group: Any, within: str) -> Iterator[tuple[str, set[str]]]:
    for name, found in group.commands.items():
        if hasattr(found, "commands"):
            yield from _below(found, f"{within}{name} ")
        else:
            yield f"{within}{name}", {max(item.opts, key=len) for item in found.params}
