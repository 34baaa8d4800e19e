from __future__ import annotations

from pathlib import Path

import pytest

from data.definition import Index, spans
from data.definition_file import FOLDER, indices, load
from data.text import Problem

ALL = list(indices().values())


@pytest.mark.parametrize("index", ALL, ids=lambda item: item.code)
def test_every_edition_has_one_regime_and_known_weights_add_up(index: Index) -> None:
    for edition in index.editions:
        codes = [item.code for item in index.components_of(edition.year)]
        weights = [index.weight(code, edition.year) for code in codes]
        assert len(codes) == len(set(codes))
        if codes and None not in weights:
            assert sum(weights) == pytest.approx(1, abs=0.0005)


@pytest.mark.parametrize("index", ALL, ids=lambda item: item.code)
def test_a_perfect_unit_reaches_the_highest_total(index: Index) -> None:
    for year in index.years:
        codes = [item.code for item in index.components_of(year)]
        best = [(index.unit_value(code, year), index.maximum(code, year)) for code in codes]
        if codes and all(value is not None and end is not None for value, end in best):
            total = sum(value * end for value, end in best)
            assert total == pytest.approx(index.overall_maximum(year), abs=0.05)


@pytest.mark.parametrize("index", ALL, ids=lambda item: item.code)
def test_everything_has_words_in_both_languages(index: Index) -> None:
    words = [index.name, index.full_name, index.publisher, index.component_word, *index.announcements.values()]
    words += [word for item in index.components for word in (item.name, item.short)]
    words += [note for item in (*index.regimes, *index.editions) if (note := item.note)]
    words += [item.note for item in index.series_breaks]
    assert all(word.vi.strip() and word.en.strip() for word in words)


def test_unit_values_of_each_kind_of_index() -> None:
    pci, par, papi = indices()["pci"], indices()["par"], indices()["papi"]
    assert pci.unit_value("transparency", 2019) == pytest.approx(2.0)
    assert pci.unit_value("transparency", 2023) == pytest.approx(0.5)
    assert pci.unit_value("transparency", 2025) is None
    assert papi.unit_value("transparency", 2015) == 1.0
    assert par.unit_value("leadership", 2023) == 1.0
    assert par.unit_value("leadership", 2023, percent=True) == pytest.approx(0.095)
    assert par.unit_value("public_finance", 2023, percent=True) is None


def test_units_scored_follow_the_publishers() -> None:
    pci, papi = indices()["pci"], indices()["papi"]
    assert [pci.edition(year).units for year in (2005, 2006, 2008, 2009, 2025)] == [42, 64, 64, 63, 34]
    assert papi.edition(2018).units_of("overall") == 61
    assert papi.edition(2018).units_of("environment") == 63


def test_breaks_lie_between_editions() -> None:
    pci = indices()["pci"]
    assert pci.broken("transparency", 2016, 2017) is not None
    assert pci.broken("transparency", 2017, 2018) is None
    assert pci.comparable(2013, 2021)
    assert not pci.comparable(2021, 2022)


def test_an_edition_can_be_added_on_the_pattern_of_the_last() -> None:
    pci = indices()["pci"].with_edition(2026)
    assert pci.edition(2026).unit_set == "34"
    assert pci.regime(2026).code == "2025"
    papi = indices()["papi"].with_edition(2025)
    assert papi.regime(2025).code == "2018"
    assert (papi.edition(2025).unit_set, papi.edition(2025).units) == ("34", 34)


PCI = (FOLDER / "pci.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("transparency = 0.1611", "transparency = 0.2611", "regimes.2005.weights"),
        ("transparency = 0.1611", "", "regimes.2005.weights"),
        ("publisher = {", "publsher = {", "publsher"),
        ("units = 42", 'units = "many"', "units"),
        ("last = 2008", "last = 2009", "regimes"),
        ("last = 2008", "last = 2007", "regimes"),
        ('announced = "unread"', 'announced = "some"', "editions.2025.announced"),
        ('code = "pci"', 'code = "pcx"', "code"),
        ('weight_status = "recovered"', "", "regimes.2005.weight_status"),
        ('code = "soe_bias"', 'code = "soe"', "regimes.2005"),
        ('unit_set = "34"', 'unit_set = "35"', "unit_set"),
        ("[[tiers]]", "[[tiers", "TOML"),
    ],
)
def test_a_fault_is_named_with_file_key_and_remedy(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert old in PCI
    path = tmp_path / "pci.toml"
    path.write_text(PCI.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        load(path)
    for sentence in (caught.value.text.vi, caught.value.text.en):
        assert "pci.toml" in sentence
        assert key in sentence


def test_years_are_written_as_people_do() -> None:
    assert spans([2005, 2006, 2007, 2010, 2012, 2013]) == "2005–2007, 2010, 2012–2013"
    assert spans([]) == ""
