"""What pages are given for estimates: titles that say the figures, charts that draw doubt as doubt."""

from __future__ import annotations

import re

import polars as pl
import pytest

from analytics.core.ranking import ranked
from analytics.forecast.forecast import forecast
from analytics.forecast.forecast_backtest import forecast_backtest
from analytics.merger.merger import merger
from analytics.merger.merger_history import merger_history
from dashboard.charts.bands import bands_chart
from dashboard.charts.caption import Caption
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.outlook import errors_chart, outlook_chart
from dashboard.text import LANGUAGES, estimates
from data.frames import Frames
from data.number import parse
from data.text import Language, Text

NAM_DINH = Text("Nam Định", "Nam Dinh")
NINH_BINH = Text("Ninh Bình", "Ninh Binh")


def caption(lang: Language = "vi") -> Caption:
    return Caption("Tựa", "Đơn vị", "Nguồn", "Mô tả", lang, "light")


def figures_in(sentence: str) -> list[float]:
    return [parse(found) for found in re.findall(r"\d+(?:[.,]\d+)?", sentence)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_says_the_forecast(frames: Frames, lang: Language) -> None:
    answer = forecast(frames, "63-36", "pci", 2019)
    row = answer.rows.row(0, named=True)
    title = estimates.forecast_title(frames.index("pci"), NAM_DINH, answer, lang)
    assert title.startswith(NAM_DINH.in_(lang))
    assert figures_in(title) == [2020, *(round(row[name], 2) for name in ("score", "low", "high"))]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("unit", "index", "year"),
    [("63-36", "pci", None), ("63-01", "pci", None), ("63-36", "pci", 2021), ("63-27", "papi", 2022)],
)
def test_the_title_says_why_there_is_none(
    frames: Frames, unit: str, index: str, year: int | None, lang: Language
) -> None:
    answer = forecast(frames, unit, index, year)
    title = estimates.forecast_title(frames.index(index), NAM_DINH, answer, lang)
    assert ("chưa dự báo được vì" if lang == "vi" else "no forecast, because") in title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_trust_is_said_as_the_test_found_it(frames: Frames, lang: Language) -> None:
    words = {"vi": ("không hơn", "nhỏ hơn"), "en": ("not reliably better", "smaller")}[lang]
    alike = estimates.forecast_trust(forecast(frames, "63-36", "pci", 2019), lang)
    better = estimates.forecast_trust(forecast(frames, "63-36", "papi", 2022), lang)
    assert alike is not None
    assert better is not None
    assert words[0] in alike
    assert words[1] in better
    assert estimates.forecast_trust(forecast(frames, "34-37", "pci"), lang) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_one_of_the_34(frames: Frames, lang: Language) -> None:
    index = frames.index("pci")
    rows = {row["year"]: row for row in merger_history(frames, "34-37", "pci").rows.iter_rows(named=True)}

    def title(year: int) -> str:
        return estimates.merger_title(index, NINH_BINH, rows[year], 34, lang)

    said = {*figures_in(title(2023))}
    assert {rows[2023][name] for name in ("rank_mean", "rank_best", "rank_worst")} | {2023, 66.43} <= said
    # 2005: all three members are known, but not all of the 34.
    assert {2005, *(round(rows[2005][name], 2) for name in ("mean", "low", "high"))} <= {*figures_in(title(2005))}
    assert figures_in(title(2024)) == [2024]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_one_that_did_not_merge(frames: Frames, lang: Language) -> None:
    row = merger_history(frames, "34-22", "pci").rows.filter(year=2019).row(0, named=True)
    title = estimates.merger_title(frames.index("pci"), Text("Quảng Ninh", "Quang Ninh"), row, 34, lang)
    assert ("không sáp nhập" if lang == "vi" else "not merged") in title
    assert 73.4 in figures_in(title)


def test_members_are_named_with_their_scores(frames: Frames) -> None:
    answer = merger(frames, "pci", 2023)
    # The heaviest first: Nam Định has twice the people of the others.
    assert (
        estimates.member_scores(answer, frames, "34-37", "vi") == "Nam Định 65,65 · Ninh Bình 67,83 · Hà Nam 66,47"
    )
    named = estimates.with_member_names(answer, frames, "en")
    assert named.rows.filter(unit="34-22")["members"].item() == "Quang Ninh 71.25"
    assert named.rows.drop("members").equals(answer.rows.drop("members"))


def test_the_outlook_draws_what_is_known_and_the_forecast_as_hollow(frames: Frames) -> None:
    index = frames.index("pci")
    own = ranked(frames, index).filter(pl.col("year") <= 2019, unit="63-36", component="overall")
    figure = outlook_chart(own, index, forecast(frames, "63-36", "pci", 2019), caption())
    ahead = figure.rows.filter(kind="ahead").row(0, named=True)
    assert (ahead["year"], ahead["printed"]) == (2020, False)
    assert ahead["low"] < ahead["value"] < ahead["high"]
    assert ahead["said"] == "2020: 65,18 (62,02–68,35)"
    assert figure.table.height == 16  # 2005–2019 and the forecast, none twice
    without = outlook_chart(own, index, forecast(frames, "63-36", "pci", 2023), caption())
    assert without.rows.filter(kind="ahead").is_empty()
    assert as_png(figure, "vi", 0.5).startswith(b"\x89PNG")


def test_the_errors_stand_beside_each_other(frames: Frames) -> None:
    answer = forecast_backtest(frames, "papi")
    figure = errors_chart(answer, caption())
    assert figure.rows.height == 2 * answer.rows.height
    own = figure.rows.filter(kind="error_shrunken", year="2024")
    assert own["value"].item() == answer.rows.filter(year=2024)["error_shrunken"].item()
    assert as_csv(figure, "vi").decode("utf-8-sig").splitlines()[0].startswith("Năm;")
    assert as_png(figure, "vi", 0.5).startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bands_draw_all_34_and_ours_strong(frames: Frames, lang: Language) -> None:
    answer = merger(frames, "pci", 2019)
    for what in ("score", "rank"):
        figure = bands_chart(answer, "34-37", what, caption(lang))
        assert figure.rows.height == 34
        assert figure.rows.filter("own")["shown_name"].to_list() == [NINH_BINH.in_(lang)]
        assert figure.rows["printed"].sum() == 11
        assert as_png(figure, lang, 0.5).startswith(b"\x89PNG")
    # Where some have no estimate, scores are drawn of those that have, and no ranks.
    partly = merger(frames, "papi", 2024)
    assert bands_chart(partly, None, "score", caption(lang)).rows.height == 32
    assert bands_chart(partly, None, "rank", caption(lang)).rows.is_empty()
    assert bands_chart(partly, None, "rank", caption(lang)).table.height == 34
