"""Every page of one of the 34 once a made-up edition is entered: its own figures, nothing older beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from statistics import median

import pytest

from data.frames import Frames
from tests.dashboard.opening import answered, body, opened
from tests.edition import INDEX, PERCENT, YEAR, MadeUp, entered, made_up
from tests.stores import copied

UNIT = "34-37"
PAGES = ("overview", "rankings", "trends", "weaknesses", "target", "change", "drivers", "data")
Page = Callable[[str], str]


@pytest.fixture(scope="module")
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


@pytest.fixture(scope="module", params=["weighted", "unweighted"])
def entered_path(
    request: pytest.FixtureRequest, store_path: Path, tmp_path_factory: pytest.TempPathFactory, edition: MadeUp
) -> tuple[Path, bool]:
    path = copied(store_path, tmp_path_factory.mktemp("pages") / "store.duckdb")
    weighted = request.param == "weighted"
    entered(path, edition.table(weights=weighted))
    return path, weighted


@pytest.fixture
def page(entered_path: tuple[Path, bool], monkeypatch: pytest.MonkeyPatch) -> Page:
    """The words of a page, in the edition that was entered."""
    monkeypatch.setenv("VUOTBAC_STORE", str(entered_path[0]))

    def read(name: str) -> str:
        shown = body(answered(opened(name, province=UNIT, index=INDEX, year=str(YEAR))))
        shown = re.sub(r"<(style|script).*?</\1>", " ", shown, flags=re.DOTALL)
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown)))

    return read


def written(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def test_the_list_has_every_total_and_rank(page: Page, edition: MadeUp) -> None:
    shown = page("rankings")
    for unit, total in edition.totals.items():
        assert written(total) in shown, unit
    assert f"{edition.ranks()[UNIT]}/34" in shown
    assert "theo bảng đã nhập" in shown
    assert "tổng hợp từ báo chí" not in shown


def test_the_weaknesses_are_those_of_the_table(
    page: Page, edition: MadeUp, entered_path: tuple[Path, bool]
) -> None:
    shown = page("weaknesses")
    assert f"{edition.ranks()[UNIT]}/34, {written(edition.totals[UNIT])} điểm" in shown
    for code in PERCENT:
        assert written(edition.scores[UNIT][code]) in shown
        assert f"{edition.ranks(code)[UNIT]}/34" in shown
    share = {code: percent / 100 if entered_path[1] else 1 / 9 for code, percent in PERCENT.items()}
    gaps = {
        code: 10 * share[code] * (median(edition.scores[one][code] for one in edition.first) - own)
        for code, own in edition.scores[UNIT].items()
    }
    assert f"kém {written(max(gaps.values()))}" in shown
    assert ("giả định" in shown) is not entered_path[1]


def test_the_target_and_the_simulator_stand_on_it(page: Page, edition: MadeUp) -> None:
    shown = page("target")
    line = sorted(edition.totals.values(), reverse=True)[7]
    assert f"{edition.ranks()[UNIT]}/34, {written(edition.totals[UNIT])} điểm" in shown
    assert written(line) in shown


@pytest.mark.parametrize("name", PAGES)
def test_no_page_says_that_there_is_no_total_or_names_an_older_place(page: Page, name: str) -> None:
    shown = page(name)
    assert "không có tổng điểm" not in shown
    assert "thứ tự từng chỉ số thành phần và khoảng hẹp" not in shown
    assert "thứ 1/34 ở Chi phí không chính thức" not in shown
