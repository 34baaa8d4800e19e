"""Every command that answers with a table, as somebody would ask it; a new one must be added here."""

from __future__ import annotations

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
    "benefit": _PROVINCE,
    "coherence": _EDITION,
    "pareto": _PROVINCE,
    "drivers": ("-i", "pci", "--shares", "-y", "2019"),
    "forecast": ("-p", "63-36", "-i", "pci", "-y", "2019"),
    "merger": ("-i", "pci", "-y", "2023"),
    "import": ("FILE", "-i", "par", "-y", "2019", "--dry-run"),
    "batches": (),
    "undo": ("1",),
    "doctor": ("--port", "0"),
}


def commands() -> dict[str, set[str]]:
    """The options and arguments of every command that there is."""
    group: Any = typer.main.get_command(app)
    return {name: {max(item.opts, key=len) for item in found.params} for name, found in group.commands.items()}
