"""What the total and the rank would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.path.setting import Setting, read
from analytics.path.whatif import whatif
from data.frames import Frames
from data.text import Problem
from tests import sample

WEIGHTS = {"a": 0.5, "b": 0.3, "c": 0.2}
# 5·4 + 3·6 + 2·5 = 48, 59 and 67, as in test_weakness; the first is published 0.4 higher than its parts.
THREE = {
    "63-01": {"a": 4.0, "b": 6.0, "c": 5.0, "overall": 48.4},
    "63-02": {"a": 6.0, "b": 5.0, "c": 7.0, "overall": 59.0},
    "63-03": {"a": 5.0, "b": 8.0, "c": 9.0, "overall": 67.0},
}
DAYS, SHARE = "a.days", "a.share"


def toy(
    scores: Mapping[str, Mapping[str, float | None]] = THREE, units: int | None = None, exact: bool = True
) -> Frames:
    """Component a is 10 − 1 · days + 2 · share; days were seen from 4 to 8 (the rule knows 2 to 8)."""
    definition = sample.index(WEIGHTS, years=(2019,), units=units or len(scores))
    rows = sample.score_rows({(2019, unit): row for unit, row in scores.items()})
    frames = sample.frames(definition, rows)
    place = {"index": "toy", "year": 2019, "component": "a", "exact": exact}
    return replace(
        frames,
        indicator=sample.table(
            "indicator",
            [
                {"index": "toy", "indicator": DAYS, "component": "a", "measure": "days", "name_vi": "Ngày"},
                {"index": "toy", "indicator": SHARE, "component": "a", "measure": "share (0-1)"},
            ],
        ),
        indicator_value=sample.table(
            "indicator_value",
            [
                {"index": "toy", "year": 2019, "unit": unit, "indicator": code, "value": value}
                for unit, row in {
                    "63-01": {DAYS: 7.0, SHARE: 0.5},
                    "63-02": {DAYS: 4.0, SHARE: 0.0},
                    "63-03": {DAYS: 8.0, SHARE: 1.0},
                }.items()
                for code, value in row.items()
            ],
        ),
        indicator_weight=sample.table(
            "indicator_weight",
            [
                place | {"indicator": "(component)", "intercept": 10.0},
                place | {"indicator": DAYS, "slope": -1.0, "low": 2.0, "high": 8.0},
                place | {"indicator": SHARE, "slope": 2.0},
            ],
        ),
    )


def ask(*settings: str, frames: Frames | None = None, unit: str = "63-01") -> dict[str, object]:
    found = whatif(frames or toy(), unit, "toy", 2019, [read(item) for item in settings])
    return dict(found.figures)


@pytest.mark.parametrize(
    ("settings", "after", "rank"),
    [
        # From 48.4: 3 points of a at 5 each lead to 63.4, past 63-02.
        (("a=7",), 63.4, 2),
        (("a=7", "b=8"), 69.4, 1),
        (("b=5",), 45.4, 3),
        (("overall=59",), 59.0, 2),
        (("overall=58,99",), 58.99, 3),
        (("overall=67",), 67.0, 1),
        # 25 % more of 4 points are 5 points.
        (("a=+25%",), 53.4, 3),
        # Two days fewer are two points of a, ten of the total; 20 % fewer of 7 days are 1.4 days.
        (("days=5",), 58.4, 3),
        ((f"{DAYS}=-20%",), 55.4, 3),
        # 20 percentage points more of 0.5 are 0.4 points of a; 20 % more are 0.2.
        (("share=+20pp",), 50.4, 3),
        (("share=+20%",), 49.4, 3),
        (("days=5", "share=1", "b=7"), 66.4, 2),
    ],
)
def test_by_hand(settings: tuple[str, ...], after: float, rank: int) -> None:
    figures = ask(*settings)
    assert figures["score_before"] == 48.4
    assert figures["score_after"] == pytest.approx(after)
    assert (figures["rank_before"], figures["rank_after"], figures["change_rank"]) == (3, rank, 3 - rank)


def test_the_rows_say_what_each_setting_adds() -> None:
    answer = whatif(toy(), "63-01", "toy", 2019, [read("days=5"), read("share=+20pp"), read("b=7")])
    assert answer.rows["contribution"].to_list() == pytest.approx([10.0, 2.0, 3.0])
    assert answer.rows["component"].to_list() == ["a", "a", "b"]
    assert answer.rows["slope"].to_list() == [-1.0, 2.0, 1.0]
    assert answer.figures["components"] == pytest.approx({"a": 6.4, "b": 7.0})
    assert any("điểm phần trăm" in note.text.vi and "0,5 đến 0,7" in note.text.vi for note in answer.notes)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (("a=11",), "0–10"),
        (("a=-1",), "0–10"),
        (("overall=101",), "0–100"),
        (("a=7", "overall=60"), "không cả hai"),
        (("a=7", "a=8"), "hai lần"),
        (("a=7", "days=5"), "hai lần"),
        (("d=7",), "không có thành phần hay chỉ tiêu"),
        # Beyond what was seen: below 2, above 8.
        (("days=1,9",), "2–8"),
        (("days=8.1",), "2–8"),
        (("share=1,1",), "0–1"),
        (("days=+1pp",), "không phải là một tỷ lệ"),
        (("a=+1pp",), "không phải là một tỷ lệ"),
        ((), "--set"),
    ],
)
def test_bad_wishes(settings: tuple[str, ...], says: str) -> None:
    with pytest.raises(Problem, match=says):
        ask(*settings)


def test_an_inexact_component_is_refused_with_the_reason() -> None:
    with pytest.raises(Problem, match="không suy ra chính xác"):
        ask("days=5", frames=toy(exact=False))


def test_a_unit_whose_own_score_does_not_follow_is_refused() -> None:
    # 63-02: 10 − 4 + 0 = 6 as published; 63-03: 10 − 8 + 2 = 4, but 5 was published.
    assert ask("days=5", unit="63-02")["score_after"] == pytest.approx(54.0)
    with pytest.raises(Problem, match="không suy ra được"):
        ask("days=5", unit="63-03")


def test_an_incomplete_edition_has_no_rank() -> None:
    figures = ask("a=7", frames=toy(units=4))
    assert (figures["score_after"], figures["rank_after"]) == (pytest.approx(63.4), None)


def test_an_unknown_component_or_weight_is_refused() -> None:
    partial = THREE | {"63-01": {"a": 4.0, "b": None, "c": 5.0, "overall": 48.4}}
    with pytest.raises(Problem, match="điểm “B”"):
        ask("b=7", frames=toy(partial))
    frames = toy()
    definition = frames.index("toy")
    regime = replace(definition.regimes[0], weights=None, weight_status="unknown")
    unweighted = replace(frames, indices={"toy": replace(definition, regimes=(regime,))})
    with pytest.raises(Problem, match="trọng số"):
        ask("a=7", frames=unweighted)
    assert ask("overall=60", frames=unweighted)["rank_after"] == 2


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("transparency=7", Setting("transparency", 7.0)),
        ("a.b = 6,5", Setting("a.b", 6.5)),
        ("x=-20%", Setting("x", -20.0, "per_cent")),
        ("x=−20 %", Setting("x", -20.0, "per_cent")),
        ("x=+2,5pp", Setting("x", 2.5, "points")),
        ("x=-3", Setting("x", -3.0)),
    ],
)
def test_settings_as_written(text: str, setting: Setting) -> None:
    assert read(text) == setting


@pytest.mark.parametrize("text", ["transparency", "=7", "a=", "a=seven", "a=20%", "a=5pp", "a=+1", "a=1,2,3"])
def test_settings_that_cannot_be_read(text: str) -> None:
    with pytest.raises(Problem, match="“"):
        read(text)


totals = st.lists(st.integers(0, 20).map(lambda n: n / 2), min_size=1, max_size=8)


@given(totals, st.integers(0, 20).map(lambda n: n / 2))
def test_rank_after_counts_who_would_be_strictly_ahead(drawn: list[float], wish: float) -> None:
    scores = {unit: {"overall": value} for unit, value in zip(sample.unit_codes(len(drawn)), drawn, strict=True)}
    figures = ask(f"overall={wish}", frames=toy(scores))
    assert figures["rank_after"] == 1 + sum(value > wish for value in drawn[1:])
    # The passed are those between the old and the new total, whichever way.
    low, high = sorted((drawn[0], wish))
    passed = [unit for unit, row in scores.items() if unit != "63-01" and low <= row["overall"] <= high]
    assert set(figures["passed"]) <= set(passed)
    assert len(figures["passed"]) == abs(figures["change_rank"])


@pytest.mark.parametrize("year", [2006, 2010, 2012, 2015, 2019, 2023])
def test_with_another_units_components_the_total_is_that_units(frames: Frames, year: int) -> None:
    theirs = frames.score.filter(pl.col("component") != "overall", index="pci", year=year, unit="63-48").select(
        "component", "score"
    )
    total = frames.score.filter(index="pci", year=year, unit="63-48", component="overall")["score"].item()
    figures = whatif(frames, "63-36", "pci", year, [Setting(*row) for row in theirs.iter_rows()]).figures
    # Published to four decimals (2023: derived from two).
    assert figures["score_after"] == pytest.approx(total, abs=0.001)


@pytest.mark.parametrize(
    ("year", "component"),
    [(2019, "transparency"), (2019, "informal_charges"), (2014, "land_access"), (2023, "transparency")],
)
def test_with_another_units_indicators_the_component_is_that_units(
    frames: Frames, year: int, component: str
) -> None:
    rule = frames.indicator_weight.filter(
        pl.col("slope").is_not_null(), index="pci", year=year, component=component
    )
    assert rule["exact"].all()
    theirs = frames.indicator_value.filter(
        pl.col("indicator").is_in(rule["indicator"].to_list()), index="pci", year=year, unit="63-48"
    ).select("indicator", "value")
    answer = whatif(frames, "63-36", "pci", year, [Setting(*row) for row in theirs.iter_rows()])
    published = frames.score.filter(index="pci", year=year, unit="63-48", component=component)["score"].item()
    # Exact is within 0.005 for each of the two units.
    assert answer.figures["components"][component] == pytest.approx(published, abs=0.01)


def test_nam_dinh_2019(frames: Frames) -> None:
    figures = whatif(frames, "63-36", "pci", 2019, [Setting("transparency", 7.0)]).figures
    # 65.0858 + 2 · (7 − 6.5481), the weight of transparency being a fifth.
    assert figures["score_after"] == pytest.approx(65.9896)
    assert figures["rank_before"] == 33


def test_labour_training_from_2009_and_top_coded_fairs_are_refused(frames: Frames) -> None:
    carried = frames.indicator_value.filter(index="pci", year=2019)["indicator"].unique()
    training = frames.indicator.filter(
        pl.col("indicator").is_in(carried.to_list()), component="labour_training", index="pci"
    )["indicator"].to_list()
    assert training
    for indicator in training:
        with pytest.raises(Problem, match="không suy ra chính xác"):
            whatif(frames, "63-36", "pci", 2019, [Setting(indicator, -1.0, "per_cent")])
    fairs = Setting("trade_fairs", 15.0)
    assert whatif(frames, "63-36", "pci", 2019, [fairs]).figures["score_after"] > 65.0858
    with pytest.raises(Problem, match="bị chặn trên"):
        whatif(frames, "63-01", "pci", 2019, [fairs])


def test_a_total_that_is_not_known(frames: Frames) -> None:
    with pytest.raises(Problem, match="2005–2023"):
        whatif(frames, "63-36", "pci", 2024, [Setting("overall", 66.0)])
