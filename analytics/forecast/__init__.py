"""The next score inside a regime."""

from analytics.forecast.forecast import FORECAST_COLUMNS, accuracy, forecast, newest

__all__ = ["FORECAST_COLUMNS", "accuracy", "forecast", "newest"]
