"""Headings as publishers print them: each says its component, and each stands in the definitions once."""

from __future__ import annotations

import pytest

from data.definition import OVERALL
from data.definition_file import indices
from data.frames import Frames
from data.intake import Intake, understand
from data.intake.headings import key

NAMES = ("Quảng Ninh", "Hải Phòng", "Hà Nội", "Bắc Giang", "Thái Nguyên")
PRINTED = [
    (index.code, component.code, printed.text)
    for index in indices().values()
    for component in index.components
    for printed in component.printed
]
# As printed in tables: numbered, in capitals, abbreviated; the source stands in the definitions beside the name.
WRITTEN = [
    ("par", "leadership", "CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH CCHC"),
    ("par", "institutions", "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật"),
    ("par", "procedures", "Cải cách TTHC"),
    ("par", "civil_service", "Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức"),
    ("par", "impact", "Tác động của CCHC đến người dân, tổ chức và phát triển KT-XH"),
    ("papi", "accountability", "Dimension 3: Vertical Accountability"),
    ("papi", "e_governance", "8. Quản trị điện tử"),
    ("papi", "environment", "Trục nội dung 7: Quản trị môi trường"),
    ("pci", "time_costs", "CSTP 4: Chi phí thời gian"),
    ("pci", OVERALL, "PCI Scores"),
    ("par", OVERALL, "Chỉ số CCHC"),
]


def table(heading: str) -> bytes:
    lines = [f"Tỉnh;{heading}", *(f"{name};6,{at}1" for at, name in enumerate(NAMES))]
    return "\n".join(lines).encode()


def read(frames: Frames, index: str, component: str, heading: str) -> Intake:
    known = frames.index(index)
    year = max(
        edition.year
        for edition in known.editions
        if edition.unit_set == "63"
        and component in {OVERALL, *(item.code for item in known.components_of(edition.year))}
    )
    return understand("bang.csv", table(heading), frames, index, year)


@pytest.mark.parametrize(("index", "component", "heading"), [*PRINTED, *WRITTEN])
def test_a_heading_as_printed_says_its_component(frames: Frames, index: str, component: str, heading: str) -> None:
    rows = read(frames, index, component, heading).rows
    assert set(rows["component"]) == {component}
    assert rows["score"].to_list() == [6.01, 6.11, 6.21, 6.31, 6.41]


@pytest.mark.parametrize("heading", [part.text for part in indices()["sipas"].printed_parts])
def test_a_factor_beside_the_total_is_none(frames: Frames, heading: str) -> None:
    lines = [f"Tỉnh;{heading};SIPAS", *(f"{name};71,5;8{at},25" for at, name in enumerate(NAMES))]
    intake = understand("bang.csv", "\n".join(lines).encode(), frames, "sipas", 2021)
    assert sorted(intake.rows["score"].to_list()) == [80.25, 81.25, 82.25, 83.25, 84.25]
    assert intake.questions == ()


def test_the_satisfaction_index_beside_a_field_is_another_index(frames: Frames) -> None:
    named = "Chỉ số hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước"
    lines = [f"Tỉnh;{named};PAR INDEX", *(f"{name};71,5;8{at},25" for at, name in enumerate(NAMES))]
    intake = understand("bang.csv", "\n".join(lines).encode(), frames, "par", 2021)
    assert intake.rows["score"].max() == 84.25
    assert intake.rows["score"].min() == 80.25


def test_each_printed_name_stands_once_and_with_its_source(frames: Frames) -> None:
    for index in indices().values():
        known = set(frames.source.filter(collection=index.code)["source"])
        parts = [key(part.text) for part in index.printed_parts]
        assert len(set(parts)) == len(parts)
        for regime in index.regimes:
            meant = [key(item.text) for item in index.component(OVERALL).printed]
            for component in index.components_of(regime.first):
                printed = [key(item.text) for item in component.printed]
                assert not {key(component.name.vi), key(component.name.en)} & {*printed}, component.code
                meant += printed
            assert len({*meant, *parts}) == len(meant) + len(parts), regime.code
        cited = [printed.source for component in index.components for printed in component.printed]
        assert {*cited, *(part.source for part in index.printed_parts)} <= known, index.code


def test_a_table_of_the_statistics_office_is_of_provinces_alone(frames: Frames) -> None:
    rows = [
        "Northern midlands and mountain areas",
        "Thái Nguyên",
        "Northern Central area and Central coastal area",
    ]
    rows += ["Thanh Hóa", "Red River Delta", "Hà Nội", "Quảng Ninh"]
    lines = [
        "Cities, provincies;PAR INDEX",
        "WHOLE COUNTRY;81,5",
        *(f"{row};8{at},25" for at, row in enumerate(rows)),
    ]
    intake = understand("bang.csv", "\n".join(lines).encode(), frames, "par", 2021)
    assert set(intake.rows["unit"]) == {"63-19", "63-38", "63-01", "63-22"}
    assert intake.questions == ()
