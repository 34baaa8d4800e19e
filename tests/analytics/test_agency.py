"""Who is answerable today: the former agency only where it changed, and inferred ones told apart."""

from __future__ import annotations

from analytics.weakness.agency import agencies
from data.frames import Frames


def test_every_row_of_the_data_is_there(frames: Frames) -> None:
    found = agencies(frames, "pci")
    rows = frames.agency.filter(index="pci")
    assert set(found) == {*rows["component"]}
    for row in rows.iter_rows(named=True):
        agency = found[row["component"]]
        assert agency.today == row["lead_after"]
        assert agency.former == (None if row["lead_before"] == row["lead_after"] else row["lead_before"])
        assert agency.inferred == (row["evidence"] == "mandate-only")
        assert "|".join(agency.coordinating) == (row["coordinating_after"] or "")


def test_land_went_to_agriculture_and_environment(frames: Frames) -> None:
    land = agencies(frames, "pci")["land_access"]
    assert land.today == "Sở Nông nghiệp và Môi trường"
    assert land.former == "Sở Tài nguyên và Môi trường"
    assert not land.inferred
    assert land.sources == ("A-HT2024", "A-TQ2022")


def test_an_index_without_agencies_has_none(frames: Frames) -> None:
    assert agencies(frames, "papi") == {}
