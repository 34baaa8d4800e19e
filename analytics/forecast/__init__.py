"""The next score inside a regime."""

from analytics.forecast.forecast import FORECAST_COLUMNS, forecast, measured, newest

__all__ = ["FORECAST_COLUMNS", "forecast", "measured", "newest"]
