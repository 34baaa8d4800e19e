"""The whole answer: what it names, what stays in its table, and that nothing heavy is imported before."""

from __future__ import annotations

import json
import subprocess
import sys

import polars as pl
import pytest
from analytics.answer import Answer
from analytics.outcomes import OUTCOMES

from analytics.drivers import DRIVER_COLUMNS, drivers
from data.frames import Frames
from data.text import Problem

PANELS = [item.code for item in OUTCOMES if not item.cross_section]


@pytest.fixture(scope="module")
def answers(frames: Frames) -> dict[str, Answer]:
    return {item.code: drivers(frames, "pci", item.code) for item in OUTCOMES}


@pytest.mark.parametrize("code", [item.code for item in OUTCOMES])
def test_every_component_stays_in_the_table_with_or_without_an_effect(
    answers: dict[str, Answer], frames: Frames, code: str
) -> None:
    rows = answers[code].rows
    assert rows.columns == list(DRIVER_COLUMNS)
    assert rows["term"].to_list() == [item.code for item in frames.index("pci").components_of(2019)]
    called = rows.filter(pl.col("q_value") <= 0.05)["term"].to_list()
    assert answers[code].figures["significant"] == called
    assert len(called) < rows.height
    assert (rows["q_value"] >= rows["p_value"]).all()
    assert (rows["low"] < rows["estimate"]).all()
    assert (rows["estimate"] < rows["high"]).all()


@pytest.mark.parametrize("code", [item.code for item in OUTCOMES])
def test_every_answer_names_units_years_what_is_missing_and_that_it_is_no_cause(
    answers: dict[str, Answer], code: str
) -> None:
    answer = answers[code]
    figures = answer.figures
    assert "không phải nhân quả" in answer.note("association").vi
    assert "not causation" in answer.note("association").en
    said = answer.note("sample")
    for words in (said.vi, said.en):
        assert f"{figures['units']}" in words
    assert answer.coverage.known == figures["observations"]
    assert answer.coverage.known + len(figures["missing"]) == answer.coverage.of
    assert json.loads(json.dumps(answer.to_dict("en"), allow_nan=False))["figures"]["outcome"] == code


def test_missing_provinces_and_years_are_named_in_words(answers: dict[str, Answer]) -> None:
    def notes(code: str, lang: str) -> str:
        return "\n".join(note.text.vi if lang == "vi" else note.text.en for note in answers[code].notes)

    assert "Vĩnh Long 2019" in notes("private_investment", "vi")
    assert "Vinh Long 2019" in notes("private_investment", "en")
    assert "2021 (18/63), 2022 (33/63), 2023 (15/63), 2025 (1/63)" in notes("grdp_per_head", "vi")
    assert "log được: Cần Thơ 2024" in notes("fdi", "vi")
    assert "Danh mục chỉ tiêu thay đổi nhiều từ PCI 2017" in notes("new_firms", "vi")
    assert "2024 is preliminary" in notes("grdp_per_head", "en")


def test_fdi_is_labelled_a_cross_section_of_one_year(answers: dict[str, Answer], frames: Frames) -> None:
    answer = answers["fdi"]
    assert (answer.year, answer.figures["years"], answer.figures["editions"]) == (2024, [2024], [2023])
    assert answer.figures["method"] == "cross_section"
    assert answer.note("sample").vi.startswith("LÁT CẮT MỘT NĂM")
    assert answer.note("sample").en.startswith("A CROSS-SECTION")
    assert answer.figures["skill"]["forward"] is None
    assert answer.rows["estimate_unbroken"].is_null().all()
    assert drivers(frames, "pci", "fdi", 2011).figures["years"] == [2011]
    for code in PANELS:
        assert (answers[code].year, answers[code].figures["method"]) == (None, "two_way_fixed_effects")


def test_the_editions_that_nothing_changed_in_are_estimated_again(answers: dict[str, Answer]) -> None:
    for code in PANELS:
        assert answers[code].figures["unbroken_years"] == [2018, 2019, 2020]
        assert answers[code].rows["estimate_unbroken"].count() == 10
    # What is called out across the breaks and not on the unbroken years is said to be lost.
    rows = answers["grdp_per_head"].rows
    lost = rows.filter((pl.col("q_value") <= 0.05) & (pl.col("q_unbroken") > 0.05))["term"].to_list()
    assert lost == ["business_support"]
    assert any("no longer told from chance" in note.text.en for note in answers["grdp_per_head"].notes)
    assert not any("no longer told from chance" in note.text.en for note in answers["new_firms"].notes)


def test_skill_is_told_for_provinces_and_for_years_with_its_baseline(answers: dict[str, Answer]) -> None:
    for code in PANELS:
        skill = answers[code].figures["skill"]
        assert skill["grouped"]["baseline"] == "year_mean"
        assert skill["forward"]["baseline"] == "last_value_and_trend"
        assert skill["grouped"]["observations"] == answers[code].figures["observations"]
        for one in (skill["grouped"], skill["forward"]):
            assert one["low"] <= one["skill"] <= one["high"]
            assert one["skill"] == pytest.approx(1 - (one["rmse"] / one["rmse_naive"]) ** 2)


def test_an_index_with_components_of_some_editions_only(frames: Frames) -> None:
    answer = drivers(frames, "papi", "new_firms")
    assert answer.figures["years"] == list(range(2016, 2023))
    assert answer.figures["terms_left_out"] == ["e_governance", "environment"]
    assert answer.rows.height == 6


@pytest.mark.parametrize("code", ["overall", "transparency", "pci"])
def test_a_composite_is_not_regressed_on_its_parts(frames: Frames, code: str) -> None:
    with pytest.raises(Problem, match="--shares"):
        drivers(frames, "pci", code)


def test_nothing_heavy_is_imported_before_it_is_asked_for() -> None:
    script = (
        "import importlib, pkgutil, sys, analytics, dashboard.command\n"
        "for item in pkgutil.walk_packages(analytics.__path__, 'analytics.'):\n"
        "    importlib.import_module(item.name)\n"
        "heavy = {'sklearn', 'linearmodels', 'statsmodels', 'pandas', 'formulaic'} & set(sys.modules)\n"
        "assert 'analytics.drivers.skill' in sys.modules\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
