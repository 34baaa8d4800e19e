"""Serving the dashboard: the application, its warm-up."""
