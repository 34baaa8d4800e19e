"""The signs behind figures that their publisher did not print; the legend below a table says which is which."""

from __future__ import annotations

# By status (`data.status`); the texts that explain them have the same keys (`legend.*`).
SIGNS = {"provincial": "○", "derived": "◇", "range": "a–b", "estimated": "≈", "censored": "<"}
