"""Trends: every edition, regimes apart."""
