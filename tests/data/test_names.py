from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.frames import Frames
from data.names import Names
from data.spelling import fold
from data.text import Problem


@pytest.fixture(scope="module")
def names(frames: Frames) -> Names:
    return Names.of(frames)


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("nam dinh", "63-36"),
        ("NAM ĐỊNH", "63-36"),
        ("  Tỉnh Nam Định ", "63-36"),
        ("namdinh", "63-36"),
        ("63-36", "63-36"),
        ("TP.HCM", "63-79"),
        ("tphcm", "63-79"),
        ("Sài Gòn", "63-79"),
        ("Ba Ria Vung Tau", "63-77"),
        ("BRVT", "63-77"),
        ("Bà Rịa – Vũng Tàu", "63-77"),
        ("Hòa Bình", "63-17"),
        ("Hoà Bình", "63-17"),
        ("Thanh Hoá", "63-38"),
        ("Đắc Lắc", "63-66"),
        ("Bắc Cạn", "63-06"),
        ("Huế", "63-46"),
        ("Thừa Thiên - Huế", "63-46"),
        ("Thành phố Cần Thơ", "63-92"),
        ("Da Nang city", "63-48"),
        ("Bac Ninh province", "63-27"),
        ("Hà Tây", "63-28"),
    ],
)
def test_any_spelling_is_found(names: Names, written: str, unit: str) -> None:
    found = names.find(written)
    assert found.unit == unit
    assert found.note is None


def test_every_unit_is_found_by_its_own_names_however_they_are_encoded(frames: Frames, names: Names) -> None:
    columns = ("unit", "unit_set", "name_vi", "name_en", "official_vi")
    for unit, unit_set, *spellings in frames.unit.select(columns).iter_rows():
        for spelling in spellings:
            for form in ("NFC", "NFD"):
                written = unicodedata.normalize(form, spelling)
                for case in (written, written.upper(), written.lower(), fold(written)):
                    assert names.find(case, unit_set).unit == unit


@given(st.sampled_from(range(98)), st.data())
def test_one_slip_of_the_finger_is_suggested_and_never_taken(
    frames: Frames, names: Names, place: int, data: st.DataObject
) -> None:
    unit, unit_set, name = frames.unit.select("unit", "unit_set", "name_vi").row(place)
    at = data.draw(st.integers(1, len(name) - 1))
    slipped = name[:at] + "q" + name[at:]
    with pytest.raises(Problem) as caught:
        names.find(slipped, unit_set)
    assert unit in caught.value.text.vi
    assert unit in caught.value.text.en


def test_a_bare_name_means_the_set_asked_for(names: Names) -> None:
    assert names.find("Ninh Bình").unit == "63-37"
    assert names.find("Ninh Bình", "34").unit == "34-37"
    assert names.find("Ninh Bình", "34").note is None


@pytest.mark.parametrize("written", ["63-36", "Nam Định"])
def test_one_of_the_63_opens_what_it_became_and_says_so(names: Names, written: str) -> None:
    found = names.find(written, "34")
    assert found.unit == "34-37"
    assert found.note is not None
    assert "Nam Định" in found.note.vi
    assert "Ninh Bình" in found.note.vi
    assert "1/7/2025" in found.note.vi


def test_one_of_the_34_is_asked_back_where_several_were_before(names: Names) -> None:
    with pytest.raises(Problem) as caught:
        names.find("34-37", "63")
    for code in ("63-35", "63-36", "63-37"):
        assert code in caught.value.text.vi
    assert names.find("34-01", "63").unit == "63-01"
    assert names.find("34-01", "63").note is not None


@pytest.mark.parametrize("written", ["36", "63-99", "zzzz", "", "Hà", "Tây Nam Bộ"])
def test_what_is_not_a_province_is_refused(names: Names, written: str) -> None:
    with pytest.raises(Problem):
        names.find(written)


def test_ha_tay_is_not_among_the_34(names: Names) -> None:
    with pytest.raises(Problem, match="2025"):
        names.find("Hà Tây", "34")


def test_every_province_became_one_of_the_34(names: Names) -> None:
    assert len(names.successor) == 63
    assert len(set(names.successor.values())) == len(names.members) == 34
    assert sum(len(members) == 1 for members in names.members.values()) == 11
