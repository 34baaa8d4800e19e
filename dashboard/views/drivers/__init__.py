"""Drivers, weights, forecast."""
