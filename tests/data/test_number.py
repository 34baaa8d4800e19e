from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.number import MINUS, decimal, parse, standing, whole


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (63.0097, 2, "63,01", "63.01"),
        (65.645, 2, "65,65", "65.65"),
        (0.285, 2, "0,29", "0.29"),
        (-0.004, 2, "0,00", "0.00"),
        (-1.5, 1, f"{MINUS}1,5", f"{MINUS}1.5"),
        (5.0, 0, "5", "5"),
        (1e40, 0, "1" + "0" * 40, "1" + "0" * 40),
        (None, 2, "–", "–"),
    ],
)
def test_decimals_are_written_as_each_language_does(value: float | None, places: int, vi: str, en: str) -> None:
    assert decimal(value, places, "vi") == vi
    assert decimal(value, places, "en") == en


def test_a_change_carries_its_sign_and_none_carries_none() -> None:
    assert decimal(1.58, 2, "vi", signed=True) == "+1,58"
    assert decimal(-1.58, 2, "vi", signed=True) == f"{MINUS}1,58"
    assert decimal(0.001, 2, "vi", signed=True) == "0,00"
    assert whole(6, "vi", signed=True) == "+6"
    assert whole(16407, "vi") == "16.407"
    assert whole(16407, "en") == "16,407"


@pytest.mark.parametrize(
    ("rank", "en"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (63, "63rd"),
    ],
)
def test_standings(rank: int, en: str) -> None:
    assert standing(rank, 63, "vi") == f"thứ {rank}/63"
    assert standing(rank, 63, "en") == f"{en} of 63"
    assert standing(None, 63, "vi") == "–"


@given(st.decimals(-1000, 1000, places=3), st.sampled_from(["vi", "en"]))
def test_what_is_written_is_read_back(value: object, lang: str) -> None:
    assert parse(decimal(float(str(value)), 3, lang)) == float(str(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6,5", 6.5),
        ("6.5", 6.5),
        (" 92,18 ", 92.18),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("+3", 3.0),
    ],
)
def test_numbers_as_people_type_them(text: str, value: float) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text", ["6;5", "9l,43", "", "6,5,5", "1.234.5", "abc", "6.", ",5", "1e3", "nan", "9" * 400]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse(text)
