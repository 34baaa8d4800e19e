"""What outcomes outside the indices go with the components."""

from analytics.drivers.drivers import DRIVER_COLUMNS, drivers

__all__ = ["DRIVER_COLUMNS", "drivers"]
