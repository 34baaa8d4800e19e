"""Lists, counts and directions in both languages."""

from __future__ import annotations

import pytest

from dashboard.text import grammar
from data.frames import Frames


def test_lists_have_an_and_before_the_last() -> None:
    assert grammar.listed([], "vi") == ""
    assert grammar.listed(["một"], "vi") == "một"
    assert grammar.listed(["một (+1,5)", "hai"], "vi") == "một (+1,5) và hai"
    assert grammar.listed(["one", "two", "three"], "en") == "one, two and three"


def test_items_with_a_comma_of_their_own_are_parted_by_semicolons() -> None:
    assert grammar.listed(["chỉ đạo, điều hành", "thể chế"], "vi") == "chỉ đạo, điều hành; thể chế"


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    assert grammar.listed([str(place) for place in range(8)], "en", at_most=4) == "0, 1, 2 and 5 more"


@pytest.mark.parametrize(
    ("count", "vi", "en"),
    [
        (1, "1 bậc", "1 place"),
        (-1, "1 bậc", "1 place"),
        (0, "0 bậc", "0 places"),
        (24.5, "24,5 bậc", "24.5 places"),
    ],
)
def test_places_in_number(count: float, vi: str, en: str) -> None:
    assert grammar.places(count, "vi") == vi
    assert grammar.places(count, "en") == en


def test_what_is_rounded_away_is_neither_up_nor_down() -> None:
    assert grammar.direction(0.0, 2) == "same"
    assert grammar.direction(0.004, 2) == "barely"
    assert grammar.direction(0.005, 2) == "up"
    assert grammar.direction(-0.005, 2) == "down"


def test_the_word_for_components_in_the_plural(frames: Frames) -> None:
    words = {code: grammar.component_words(index, 2, "en") for code, index in frames.indices.items()}
    assert (words["pci"], words["par"], words["papi"]) == ("sub-indices", "fields", "dimensions")
    assert grammar.component_words(frames.index("pci"), 1, "en") == "sub-index"


def test_chances_near_never_and_always_are_not_exact() -> None:
    assert grammar.chance(0.0, "vi") == "dưới 1 %"
    assert grammar.chance(1.0, "en") == "over 99 %"
    assert grammar.chance(0.0633, "vi") == "6 %"


def test_among_says_nothing_where_all_are_known(frames: Frames) -> None:
    index = frames.index("pci")
    assert grammar.among(index, 10, 10, "vi") == ""
    assert grammar.among(index, 8, 10, "vi") == "trong 8/10 chỉ số thành phần so được, "
