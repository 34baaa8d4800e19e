"""What an address means, and what it becomes when a reader chooses."""

from __future__ import annotations

from functools import partial

import pytest

from analytics.core.coverage import opening_year
from dashboard.session import address
from dashboard.session.address import Reading, Selection
from data.definition import OVERALL
from data.frames import Frames
from data.names import Names


@pytest.fixture(scope="module")
def names(frames: Frames) -> Names:
    return Names.of(frames)


def read(frames: Frames, names: Names, **params: str) -> Reading:
    return address.read(params, frames, names, partial(opening_year, frames))


def test_an_empty_address_opens_the_newest_edition_that_is_known_whole(frames: Frames, names: Names) -> None:
    assert read(frames, names) == Reading(Selection("vi", "pci", 2023))


def test_an_index_without_a_whole_edition_opens_with_its_newest_known(frames: Frames, names: Names) -> None:
    year = opening_year(frames, "par")
    totals = frames.score.filter(index="par", component=OVERALL)
    assert year == totals["year"].max()


@pytest.mark.parametrize("index", ["pci", "par", "sipas"])
def test_a_unit_opens_among_its_own(frames: Frames, names: Names, index: str) -> None:
    now, before = (read(frames, names, index=index, province=unit).selection for unit in ("34-37", "63-36"))
    assert (now.province, before.province) == ("34-37", "63-36")
    assert frames.index(index).edition(now.year).unit_set == "34"
    assert frames.index(index).edition(before.year).unit_set == "63"
    # A year that there is none of falls back among its own too.
    assert read(frames, names, index=index, province="34-37", year="1999").selection == now


def test_an_index_that_has_not_scored_the_34_names_the_members(frames: Frames, names: Names) -> None:
    found = read(frames, names, index="papi", province="34-37")
    assert found.selection.province is None
    assert "Hà Nam (63-35), Nam Định (63-36), Ninh Bình (63-37)" in found.notices[0].vi


def test_a_full_address_is_taken_as_it_stands(frames: Frames, names: Names) -> None:
    found = read(
        frames, names,
        index="pci", year="2019", component="transparency", region="red_river_delta", province="63-36", lang="en",
    )  # fmt: skip
    assert found == Reading(Selection("en", "pci", 2019, "transparency", "red_river_delta", "63-36"))


def test_an_address_means_the_same_when_it_is_read_again(frames: Frames, names: Names) -> None:
    asked = {"index": "par", "year": "2023", "province": "nam dinh", "region": "Đồng bằng sông Hồng", "lang": "en"}
    first = read(frames, names, **asked).selection
    assert read(frames, names, **first.params()) == Reading(first)


@pytest.mark.parametrize(
    ("params", "vi", "en"),
    [
        ({"year": "1999"}, "PCI không có kỳ đánh giá năm 1999", "PCI has no edition of 1999"),
        ({"year": "năm nay"}, "“năm nay” không phải là một năm", "“năm nay” is not a year"),
        ({"index": "abc"}, "Không có chỉ số “abc”", "There is no index “abc”"),
        ({"lang": "fr"}, "Không có ngôn ngữ “fr”", "There is no language “fr”"),
        ({"component": "zz"}, "không có chỉ số thành phần “zz”", "has no sub-index “zz”"),
        ({"year": "2019", "component": "soe_bias"}, "“Ưu đãi doanh nghiệp nhà nước”", "“Bias towards"),
        ({"region": "xx"}, "Không có vùng “xx”", "There is no region “xx”"),
        ({"province": "Atlantis"}, "Không có tỉnh, thành phố “Atlantis”", "There is no province “Atlantis”"),
        ({"year": "2019", "province": "34-37"}, "hãy chọn một", "choose one"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_answered_with_one_sentence(
    frames: Frames, names: Names, params: dict[str, str], vi: str, en: str
) -> None:
    found = read(frames, names, **params)
    (notice,) = found.notices
    assert vi in notice.vi
    assert en in notice.en
    year = 2019 if params.get("year") == "2019" else 2023
    assert found.selection == Selection("vi", "pci", year)


def test_everything_wrong_at_once_still_gives_a_page(frames: Frames, names: Names) -> None:
    found = read(frames, names, index="a", year="b", component="c", region="d", province="e", lang="f")
    assert found.selection == Selection("vi", "pci", 2023)
    assert len(found.notices) == 6


def test_a_province_of_the_63_opens_what_it_became(frames: Frames, names: Names) -> None:
    found = read(frames, names, index="pci", year="2025", province="63-36")
    assert found.selection.province == "34-37"
    (notice,) = found.notices
    assert "Ninh Bình" in notice.vi


def test_a_choice_fixes_the_edition_in_the_address(frames: Frames, names: Names) -> None:
    chosen = read(frames, names).selection
    moved = address.moved({}, chosen, "province", "63-36", frames.index("pci"))
    assert moved == {"index": "pci", "year": "2023", "lang": "vi", "province": "63-36"}


def test_another_year_keeps_what_fits_and_says_what_does_not(frames: Frames, names: Names) -> None:
    params = {"index": "pci", "year": "2012", "component": "transparency", "province": "63-36"}
    chosen = read(frames, names, **params).selection
    later = address.moved(params, chosen, "year", 2025, frames.index("pci"))
    found = read(frames, names, **later)
    assert (found.selection.component, found.selection.province) == ("transparency", "34-37")
    back = address.moved(later, found.selection, "year", 2012, frames.index("pci"))
    assert read(frames, names, **back) == Reading(chosen)


def test_another_index_drops_a_component_it_does_not_know(frames: Frames, names: Names) -> None:
    params = {"index": "pci", "year": "2019", "component": "land_access", "q": "ha"}
    chosen = read(frames, names, **params).selection
    moved = address.moved(params, chosen, "index", "par", frames.index("par"))
    assert moved == {"index": "par", "year": "2019", "lang": "vi", "q": "ha"}
    assert read(frames, names, **moved).notices == ()


@pytest.mark.parametrize("nothing", [None, OVERALL])
def test_choosing_nothing_clears_the_address(frames: Frames, names: Names, nothing: str | None) -> None:
    field = "component" if nothing else "region"
    params = {"component": "transparency", "region": "red_river_delta"}
    chosen = read(frames, names, **params).selection
    assert field not in address.moved(params, chosen, field, nothing, frames.index("pci"))


def test_a_link_changes_one_thing(frames: Frames, names: Names) -> None:
    chosen = Selection("en", "pci", 2019, "transparency")
    assert chosen.link(province="63-36") == "?index=pci&year=2019&component=transparency&lang=en&province=63-36"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("nam dinh", "63-36"),
        ("Đà N", "63-48"),
        ("TP.HCM", "63-79"),
        ("ba", "ba"),
        ("??", "??"),
        ("63-36", "63-36"),
    ],
)
def test_what_is_typed_is_completed_where_only_one_begins_so(names: Names, written: str, code: str) -> None:
    assert address.typed(written, names, "63") == code


def test_names_sort_as_readers_look_for_them() -> None:
    names = ["Điện Biên", "Đà Nẵng", "Gia Lai", "Cà Mau", "Đắk Lắk", "An Giang"]
    assert sorted(names, key=address.order) == [
        "An Giang", "Cà Mau", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Gia Lai",
    ]  # fmt: skip
