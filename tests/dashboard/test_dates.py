"""Days and moments are Vietnam's, wherever the server stands."""

from __future__ import annotations

from datetime import date, datetime

from dashboard.text.dates import day, local


def test_a_moment_of_the_store_is_told_on_the_clocks_of_vietnam() -> None:
    told = local(datetime(2026, 11, 22, 18, 30))  # noqa: DTZ001 - the store keeps UTC without a zone
    assert (told.date(), told.hour, told.minute) == (date(2026, 11, 23), 1, 30)


def test_a_day_is_written_as_each_language_does() -> None:
    assert day(date(2026, 3, 5), "vi") == "05/03/2026"
    assert day(date(2026, 3, 5), "en") == "5 March 2026"
