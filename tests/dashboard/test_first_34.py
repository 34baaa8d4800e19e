"""The pages of one of the 34 with a made-up edition entered: each figure beside an independent reckoning."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from data.frames import Frames
from tests.dashboard.opening import answered, body, filters, opened
from tests.edition import INDEX, TOP, YEAR, MadeUp, entered, made_up
from tests.reckoning import TRUE, Reckoned, vi
from tests.stores import copied

# One in the target group, one outside it.
INSIDE, OUTSIDE = "34-37", "34-01"


@pytest.fixture(scope="module")
def edition(frames: Frames) -> MadeUp:
    return made_up(frames)


@pytest.fixture(scope="module", autouse=True)
def store(store_path: Path, tmp_path_factory: pytest.TempPathFactory, edition: MadeUp) -> Iterator[None]:
    """Every page of this module reads a store with the edition in it."""
    path = copied(store_path, tmp_path_factory.mktemp("first") / "store.duckdb")
    entered(path, edition.table(weights=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VUOTBAC_STORE", str(path))
        yield


@pytest.fixture(scope="module", params=[INSIDE, OUTSIDE])
def own(request: pytest.FixtureRequest, edition: MadeUp) -> Reckoned:
    return Reckoned(edition, request.param, TRUE)


def text(page: str, **params: str) -> str:
    """What a page says, without its markup; a space where there was any."""
    shown = body(answered(opened(page, **params)))
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", shown, flags=re.DOTALL)).split())


def name(own: Reckoned, component: str) -> str:
    return own.edition.headings[component]


def test_the_unit_is_inside_or_outside(edition: MadeUp) -> None:
    assert edition.ranks()[INSIDE] <= TOP < edition.ranks()[OUTSIDE]


def test_the_overview_opens_with_its_own_rank_and_score(own: Reckoned) -> None:
    shown = text("overview", province=own.unit)
    card = shown.index(f"thứ {own.rank}/34 {vi(own.total)} điểm")
    assert f"PCI {YEAR}" in shown[:card]
    assert card < shown.index("63 tỉnh, thành phố trước 1/7/2025; không cộng và không nối")
    weakest = own.weakest["gap"]
    assert f"{name(own, weakest)} −{vi(own.gaps[weakest])}" in shown
    strongest = min(own.gaps, key=own.gaps.__getitem__)
    assert f"{name(own, strongest)} +{vi(own.gaps[strongest])}" in shown
    assert "giả định" not in shown  # the weights came with the table
    assert f"{'dư' if own.rank <= TOP else 'Cách'}" in shown
    assert f"{vi(own.lead)} điểm" in shown
    # What was made up of the members before is no longer said of it.
    assert "ước tính" not in shown
    assert f"PCI {YEAR} của 34 tỉnh, thành phố chưa có số liệu" not in shown


def test_each_index_without_a_standing_has_no_empty_card(own: Reckoned) -> None:
    titles = re.findall(r'<h2><a href="[^"]*"[^>]*>([^<]+)</a>', body(opened("overview", province=own.unit)))
    assert titles[0] == f"PCI {YEAR}"
    assert not any(title.startswith(("PAR", "SIPAS", "PAPI")) for title in titles)


def test_another_index_still_shows_the_standing_that_is_known_first(own: Reckoned) -> None:
    shown = text("overview", province=own.unit, index="par")
    assert shown.index(f"thứ {own.rank}/34 {vi(own.total)} điểm") < shown.index("không cộng và không nối")
    assert "Khi đọc trang này Xem tiếp" not in shown  # no heading over nothing


def test_weaknesses_print_scores_ranks_gaps_and_references(own: Reckoned) -> None:
    shown = text("weaknesses", province=own.unit)
    assert f"Thứ {own.rank}/34, {vi(own.total)} điểm" in shown
    for code, gap in own.gaps.items():
        side = "kém" if gap >= 0 else "hơn"
        assert f"{name(own, code)} {side} {vi(gap)}" in shown
        mark = " ○ (nguồn thứ cấp) "
        row = f"{name(own, code)} {vi(own.scores[code])}{mark}{vi(own.reference(code))} {own.place(code)}/34"
        assert row in shown, row
    listed = [shown.index(title) for title in ("Điểm thấp nhất", "Hạng kém nhất", "Kém mốc nhiều nhất")]
    assert listed == sorted(listed)
    for start, by in zip(listed, ("score", "rank", "gap"), strict=True):
        places = {code: shown.index(name(own, code), start) for code in own.scores}
        assert min(places, key=places.__getitem__) == own.weakest[by]


def test_the_target_page_knows_threshold_distance_and_simulation(own: Reckoned) -> None:
    code = own.weakest["gap"]
    total, rank = own.after(code, 9.5)
    shown = text("target", province=own.unit, set=f"{code}:9.5")
    assert f"Thứ {own.rank}/34, {vi(own.total)} điểm; ngưỡng của nhóm {TOP} là {vi(own.threshold)} điểm" in shown
    assert f"Tổng điểm {vi(total)}" in shown
    assert f"Hạng {rank}/34" in shown


def test_the_ranking_lists_all_34_in_their_order(edition: MadeUp, own: Reckoned) -> None:
    shown = text("rankings", province=own.unit)
    assert f"thứ {own.rank}/34 {vi(own.total)}" in shown
    ranks, mark = edition.ranks(), "○ (nguồn thứ cấp)"
    for unit, rank in ranks.items():
        assert f"{rank} {mark} {edition.names[unit]} {vi(edition.totals[unit])} {mark}" in shown


def test_trends_lead_with_its_own_standing(own: Reckoned) -> None:
    shown = text("trends", province=own.unit)
    assert f"PCI {YEAR}: thứ {own.rank}/34, {vi(own.total)} điểm" in shown
    code = own.weakest["score"]
    shown = text("trends", province=own.unit, component=code)
    assert f"PCI {YEAR}: thứ {own.place(code)}/34, {vi(own.scores[code])} điểm" in shown


def test_the_change_page_says_that_there_is_nothing_to_compare(own: Reckoned) -> None:
    assert f"PCI {YEAR} là kỳ đầu tiên của bộ 34 tỉnh, thành phố" in text("change", province=own.unit)


def test_routes_say_whose_moves_they_lean_on() -> None:
    shown = text("target", province=OUTSIDE)
    assert "mượn các bước thay đổi của 63 đơn vị trước đó" in shown
    assert "tính được khi có thêm kỳ đánh giá của 34 đơn vị" in shown
    assert "mượn các bước" not in text("target", province="63-36", year="2019")


PAGES = ["overview", "rankings", "trends", "weaknesses", "target", "change", "drivers", "pack"]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_leaves_the_unit_or_its_edition(page: str) -> None:
    app = opened(page, province=INSIDE)
    assert "hãy chọn một" not in body(app)
    chosen = filters(app)
    assert chosen["index"]["value"] == INDEX
    assert "province" not in chosen or chosen["province"]["value"] == INSIDE
    assert "year" not in chosen or chosen["year"]["value"] == str(YEAR) or page == "drivers"


@pytest.mark.parametrize("page", PAGES)
def test_an_index_without_an_edition_of_the_34_offers_the_members_as_links(page: str) -> None:
    shown = body(opened(page, province=INSIDE, index="papi"))
    assert "hãy chọn một" in shown
    for member in ("63-35", "63-36", "63-37"):
        assert re.search(rf'href="\?index=papi&amp;[^"]*province={member}"', shown)
