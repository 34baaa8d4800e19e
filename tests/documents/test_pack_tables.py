"""The tables of a pack: the figures they show are the answers', their arithmetic closes, nothing is empty."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.core.asker import PlainAsker
from analytics.core.ranking import ranking
from dashboard.documents.content.component_tables import components, contributions, gaps, indicators
from dashboard.documents.content.content import content
from dashboard.documents.content.history_tables import GRID_EDITIONS, grid_rank, grid_score, history
from dashboard.documents.content.neighbour_tables import peers, region
from dashboard.documents.content.route_tables import agencies, precedents, routes
from dashboard.documents.content.specification import EVERYTHING, Section, Specification
from dashboard.documents.content.table import Absent, Column, Kind, Table
from dashboard.subject import Subject
from dashboard.text import LANGUAGES, texts
from data.frames import Frames
from data.number import MISSING, parse
from data.text import Language, Problem
from tests import sample

CASES = [
    ("63-36", "pci", 2019),
    ("63-36", "pci", 2023),
    ("63-22", "pci", 2022),
    ("63-04", "pci", 2021),
    ("63-83", "pci", 2012),
    ("63-36", "par", 2022),
    ("63-49", "par", 2023),
    ("63-36", "papi", 2023),
    ("63-36", "sipas", 2022),
    ("34-37", "pci", 2025),
]


def subject(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi", **wish: Any) -> Subject:
    (found,) = Specification(unit, (index,), year, lang=lang, **wish).subjects(PlainAsker.of(frames))
    return found


def made(table: Table | Absent) -> Table:
    assert isinstance(table, Table), table
    return table


def nam_dinh(frames: Frames, year: int = 2019, **wish: Any) -> Subject:
    return subject(frames, "63-36", "pci", year, **wish)


# --- What holds for every table --------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_table_is_whole_and_says_where_it_comes_from(
    frames: Frames, case: tuple[str, str, int], lang: Language
) -> None:
    (chapter,) = content(frames, Specification(case[0], (case[1],), case[2], lang=lang)).chapters
    names = [table.name for table in chapter.tables]
    assert len(set(names)) == len(names)
    for table in chapter.tables:
        assert table.rows.height, table.name
        assert table.title
        assert chapter.index.publisher.in_(lang) in table.source
        # A column in which nothing is known says nothing.
        assert all(table.rows[column.key].count() for column in table.columns[1:]), table.name
        assert table.highlighted is None or 0 <= table.highlighted < table.rows.height
        for row, key in table.marks:
            assert table.rows[key][row] is not None, (table.name, row, key)
        for sign in {sign.strip() for sign in table.marks.values()}:
            assert any(part in note for note in table.notes for part in sign.split()), (table.name, sign)
        for note in table.notes:
            assert note.endswith("."), note
    for absent in chapter.absent:
        assert absent.reason.endswith(".")
        assert absent.name not in names


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_is_printed_reads_back_as_the_figure(frames: Frames, case: tuple[str, str, int]) -> None:
    for lang in LANGUAGES:
        (chapter,) = content(frames, Specification(case[0], (case[1],), case[2], lang=lang)).chapters
        for table in chapter.tables:
            for column in table.columns:
                for value in table.rows[column.key]:
                    reads_back(column, value, lang)


def reads_back(column: Column, value: Any, lang: Language) -> None:
    written = column.written(value, lang)
    if value is None:
        assert written == MISSING
    elif column.kind == "text":
        assert written == value
    elif column.kind == "percent":
        assert parse(written.removesuffix(" %")) == pytest.approx(
            100 * value, abs=0.5 * 10**-column.decimals + 1e-9
        )
    else:
        assert parse(written) == pytest.approx(value, abs=0.5 * 10**-column.decimals + 1e-9)
        if column.kind == "change" and parse(written):
            assert written.startswith("+" if value > 0 else "−")


KINDS: list[Kind] = ["whole", "year", "score", "number", "change", "rank", "percent"]


@given(st.sampled_from(KINDS), st.integers(0, 4), st.integers(-9_999, 9_999), st.sampled_from(LANGUAGES))
def test_any_number_of_any_kind_reads_back(kind: Kind, decimals: int, value: int, lang: Language) -> None:
    places = 0 if kind in ("whole", "year", "rank") else decimals
    reads_back(Column("x", "X", kind, places), value if not places else value / 10**places, lang)


def test_a_number_has_as_many_decimals_as_it_needs() -> None:
    column = Column("x", "X", "number", 2)
    assert [column.written(value, "vi") for value in (5, 0.5, 0.25, 1 / 3)] == ["5", "0,5", "0,25", "0,33"]


def test_the_same_tables_in_both_languages_with_the_same_figures(frames: Frames) -> None:
    for case in CASES:
        vi, en = (
            content(frames, Specification(case[0], (case[1],), case[2], lang=lang)).chapters[0]
            for lang in LANGUAGES
        )
        assert [table.name for table in vi.tables] == [table.name for table in en.tables]
        assert [absent.name for absent in vi.absent] == [absent.name for absent in en.absent]
        for one, other in zip(vi.tables, en.tables, strict=True):
            figures = [column.key for column in one.columns if column.is_number]
            assert one.rows.select(figures).equals(other.rows.select(figures)), one.name
            assert {place for place, _ in one.marks.items()} == {place for place, _ in other.marks.items()}


def test_only_what_was_asked_for_is_there(frames: Frames) -> None:
    (chapter,) = content(frames, Specification("63-36", ("pci",), 2019, contents=(Section.GAPS,))).chapters
    assert [table.name for table in chapter.tables] == ["gaps"]
    assert {item.section for item in chapter.findings} == {Section.GAPS}
    assert chapter.methods == ()
    (without,) = content(frames, Specification("63-36", ("pci",), 2019, region=False)).chapters
    assert without.table("region") is None
    assert without.finding("region") is None
    assert without.table("peers") is not None


def test_two_indices_give_two_chapters(frames: Frames) -> None:
    pack = content(frames, Specification("63-36", ("pci", "par"), 2022))
    assert [chapter.index.code for chapter in pack.chapters] == ["pci", "par"]
    assert pack.title == "Phân tích kết quả PCI và PAR INDEX năm 2022 của Nam Định"
    with pytest.raises(Problem):
        content(frames, Specification("63-36", ("pci", "par"), 2006))


# --- History and grids -----------------------------------------------------------------------------------------


def test_history_shows_the_known_course_of_nam_dinh(frames: Frames) -> None:
    table = made(history(nam_dinh(frames)))
    assert [column.heading for column in table.columns] == [
        *("Năm", "Điểm", "± điểm", "Thứ hạng", "Trong số", "± bậc", "Nhóm", "Hạng trong vùng")
    ]
    cells = list(table.cells())
    assert table.highlighted is not None
    assert cells[table.highlighted] == ["2019", "65,09", "+2,08", "33", "63", "+2", "Khá", "7"]
    assert [row[0] for row in cells] == [str(year) for year in range(2005, 2020)]
    # No score is compared across a change of weights: 2006, 2009 and 2013 begin a regime.
    assert [row[0] for row in cells if row[2] == MISSING] == ["2005", "2006", "2009", "2013"]


def test_a_computed_rank_carries_its_star(frames: Frames) -> None:
    table = made(history(nam_dinh(frames, 2023)))
    assert table.highlighted is not None
    assert table.cell(table.highlighted, "rank") == "45*"
    assert table.cell(table.highlighted, "score") == "65,65 ◇"
    assert any(note.startswith("*") for note in table.notes)
    assert table.rows["rank"][table.highlighted] == 45


def test_the_grid_is_the_history_turned_around(frames: Frames) -> None:
    found = nam_dinh(frames)
    scores, ranks = made(grid_score(found)), made(grid_rank(found))
    assert len(scores.columns) == 1 + GRID_EDITIONS
    figures = found.figures
    codes = [*(item.code for item in found.index.components_of(2019)), "overall"]
    for year in range(2013, 2020):
        assert scores.rows[str(year)].to_list() == [figures[code, year]["score"] for code in codes]
        assert ranks.rows[str(year)].to_list() == [figures[code, year]["rank"] for code in codes]
    assert any("2005–2011" in note for note in scores.notes)


# --- Components ------------------------------------------------------------------------------------------------


def test_components_stand_beside_the_median_of_all(frames: Frames) -> None:
    table = made(components(nam_dinh(frames)))
    assert [column.group for column in table.columns] == [
        *(None, "Năm 2018", "Năm 2018", "Năm 2018"),
        *("Năm 2019", "Năm 2019", "Năm 2019", "Năm 2019", "Năm 2019", None, None),
    ]
    for code, row in zip(frames.index("pci").regime(2019).components, table.rows.to_dicts(), strict=False):
        everyone = ranking(frames, "pci", 2019, code).rows
        assert row["median"] == everyone["score"].median()
        assert row["score"] == everyone.filter(unit="63-36")["score"].item()
        assert row["gap"] == pytest.approx(row["score"] - row["median"])
    assert table.highlighted == table.rows.height - 1
    assert table.rows["component"][-1] == "Tổng điểm"


def test_an_order_is_a_table_of_orders(frames: Frames) -> None:
    table = made(components(subject(frames, "34-37", "pci", 2025)))
    assert table.title.startswith("Thứ tự")
    assert {"rank", "score", "median"}.isdisjoint(table.rows.columns)
    assert table.rows["order"].to_list() == [32, 27, 15, 8, 1, 14, 23, 2, 11]
    assert table.rows.filter(component="Chi phí không chính thức").select("score_low", "score_high").row(0) == (
        pytest.approx(8.30, abs=0.005),
        pytest.approx(8.32, abs=0.005),
    )


@pytest.mark.parametrize(("unit", "year"), [("63-36", 2019), ("63-36", 2023), ("63-22", 2023), ("63-83", 2012)])
def test_contributions_add_up_to_the_change_of_the_total(frames: Frames, unit: str, year: int) -> None:
    table = made(contributions(subject(frames, unit, "pci", year)))
    parts, total = table.rows["contribution"][:-1], table.rows["contribution"][-1]
    # A remainder below half a hundredth is rounding and has no row.
    assert float(parts.sum()) == pytest.approx(total, abs=0.005)
    assert table.rows["change"][-1] == total
    assert table.rows["after"][-1] - table.rows["before"][-1] == pytest.approx(total, abs=1e-6)


def test_contributions_are_refused_with_the_reason(frames: Frames) -> None:
    across = contributions(subject(frames, "63-83", "pci", 2022))
    first = contributions(subject(frames, "34-37", "pci", 2025))
    unknown = contributions(subject(frames, "63-04", "pci", 2021))
    assert all(isinstance(item, Absent) for item in (across, first, unknown))
    reasons = [item.reason for item in (across, first, unknown) if isinstance(item, Absent)]
    assert "2021 và 2022" in reasons[0]
    assert "đầu tiên" in reasons[1]
    assert "2020 và 2021" in reasons[2]


def test_gaps_come_largest_first_with_who_leads(frames: Frames) -> None:
    table = made(gaps(nam_dinh(frames)))
    ordered = table.rows["weighted_gap"].to_list()
    assert ordered == sorted(ordered, reverse=True)
    assert table.rows["behind"].to_list() == pytest.approx(
        (table.rows["reference"] - table.rows["score"]).to_list()
    )
    assert table.cell(0, "component") == "Chi phí không chính thức"
    business = table.rows["component"].to_list().index("Hỗ trợ doanh nghiệp")
    assert "Sở Tài chính" in table.cell(business, "lead")
    assert "Sở Kế hoạch và Đầu tư" in table.cell(business, "lead")
    # Nobody's plan was read on time costs: the agency is a suggestion.
    hollow = table.rows["component"].to_list().index("Chi phí thời gian")
    assert table.cell(hollow, "lead").endswith("◌")
    assert any("◌" in note for note in table.notes)


def test_indicators_show_shares_in_per_cent(frames: Frames) -> None:
    found = nam_dinh(frames)
    table = made(indicators(found))
    assert found.indicators is not None
    answer = found.indicators.rows
    assert table.rows.height == answer.height
    for row, source in zip(table.rows.to_dicts(), answer.to_dicts(), strict=True):
        factor = 100 if source["measure"] == "share (0-1)" else 1
        assert row["value"] == pytest.approx(factor * source["value"])
        assert factor == 1 or row["measure"] == "%"
        assert row["rank"] == source["rank"]
    assert any("điểm phần trăm" in note for note in table.notes)


# --- Neighbours, routes, precedents ------------------------------------------------------------------------------


def test_the_province_stands_among_its_peers_and_in_its_region(frames: Frames) -> None:
    found = nam_dinh(frames)
    for table in (made(peers(found)), made(region(found))):
        assert table.highlighted is not None
        assert table.cell(table.highlighted, "name") == "Nam Định"
        assert table.rows["rank"].to_list() == sorted(table.rows["rank"].to_list())
    assert made(peers(found)).rows.height == 11
    assert made(region(found)).rows.height == 11
    assert made(region(found)).rows["rank_in_region"].to_list() == list(range(1, 12))


def test_peers_chosen_by_hand_have_no_distance(frames: Frames) -> None:
    table = made(peers(nam_dinh(frames, peers=("63-01", "63-22"))))
    assert table.rows["name"].to_list() == ["Quảng Ninh", "Hà Nội", "Nam Định"]
    assert "distance" not in table.rows.columns
    assert "được chọn" in table.title


def test_who_is_not_known_is_named_below_the_table(frames: Frames) -> None:
    table = made(region(subject(frames, "63-36", "par", 2022)))
    assert any("Thái Bình" in note and note.startswith("Chưa có số liệu của 6") for note in table.notes)
    assert "rank_in_region" not in table.rows.columns


def test_routes_and_their_shares_add_up(frames: Frames) -> None:
    found = subject(frames, "63-46", "pci", 2019)
    table, shared = made(routes(found)), made(agencies(found))
    assert found.target is not None
    need = found.target.figures["need"]
    for (_,), one in table.rows.group_by("route"):
        assert one["points"].sum() == pytest.approx(need)
        assert (one["to"] - one["from"]).to_list() == pytest.approx(one["gain"].to_list())
    assert shared.rows["share"].sum() == pytest.approx(1)
    assert shared.rows["points"].sum() == pytest.approx(need)


def test_no_route_says_why(frames: Frames) -> None:
    inside = routes(subject(frames, "63-22", "pci", 2019))
    far = routes(subject(frames, "63-04", "pci", 2021))
    unknown = routes(subject(frames, "63-36", "par", 2022))
    assert isinstance(inside, Absent)
    assert isinstance(far, Absent)
    assert isinstance(unknown, Absent)
    assert "đã thuộc nhóm 15" in inside.reason
    assert "vượt nhịp tăng của nhóm một phần mười tốt nhất" in far.reason
    assert "Chưa đủ số liệu" in unknown.reason


def test_no_precedent_says_whether_gaps_are_unknown_or_none(frames: Frames) -> None:
    for case in (("63-36", "pci", 2022), ("63-36", "par", 2023), ("34-37", "pci", 2025)):
        unknown = precedents(subject(frames, *case))
        assert isinstance(unknown, Absent)
        assert unknown.reason.startswith("Chưa tính được khoảng cách"), case
    # The first of all is behind nobody's median on its own.
    toy = sample.index({"a": 1.0}, units=3)
    ahead = {"63-01": 9.0, "63-02": 5.0, "63-03": 4.0}
    rows = {(year, unit): {"a": score} for year in (2018, 2019) for unit, score in ahead.items()}
    small = sample.frames(toy, sample.score_rows(rows, total=toy), sample.unit_rows(list(ahead)))
    first = precedents(subject(small, "63-01", "toy", 2019, against="median"))
    assert isinstance(first, Absent)
    assert first.reason.startswith("Tỉnh 01 không thấp hơn mốc so sánh")


def test_precedents_gained_at_least_the_gap(frames: Frames) -> None:
    found = nam_dinh(frames)
    table = made(precedents(found))
    assert found.weakness is not None
    wanted = {
        found.index.component(row["component"]).name.vi: row["gap"]
        for row in found.weakness.rows.iter_rows(named=True)
    }
    assert set(table.rows["component"]) <= {found.index.component(code).name.vi for code in found.largest_gaps}
    for row in table.rows.iter_rows(named=True):
        assert row["gain"] >= wanted[row["component"]] - 1e-9
        assert row["to_year"] <= 2019
        assert row["to"] - row["from"] == pytest.approx(row["gain"])


def test_a_column_known_of_the_total_alone_is_a_note(frames: Frames) -> None:
    table = made(components(nam_dinh(frames, 2022)))
    assert table.rows.columns == ["component", "score_before", "score"]
    note = next(item for item in table.notes if item.startswith("Mới biết ở tổng điểm"))
    totals = nam_dinh(frames, 2022).comparison
    assert totals is not None
    own = totals.rows.filter(component="overall").row(0, named=True)
    assert f"Thứ hạng (năm 2022) {own['rank']}" in note
    assert f"± bậc {own['change_rank']}".replace("-", "−") in note
    # A sign goes along with its figure.
    leader = made(contributions(subject(frames, "63-22", "pci", 2023)))
    assert "rank_before" not in leader.rows.columns
    assert any("Hạng 2022 1 ○" in item for item in leader.notes)
    assert any(item.startswith("○") for item in leader.notes)
    for case in CASES:
        for found in (components(subject(frames, *case)), contributions(subject(frames, *case))):
            if isinstance(found, Table) and found.highlighted is not None and found.rows.height > 1:
                parts = found.rows.head(found.rows.height - 1)
                assert all(parts[key].count() for key in parts.columns), (case, found.name)


@pytest.mark.parametrize(("unit", "index", "year"), [("63-36", "pci", 2019), ("63-36", "papi", 2023)])
def test_a_remainder_that_rounds_to_nothing_has_no_row(frames: Frames, unit: str, index: str, year: int) -> None:
    found = subject(frames, unit, index, year)
    assert found.change is not None
    rest = found.change.rows.filter(component="remainder")["contribution"].item()
    assert round(abs(rest), found.index.score_decimals) == 0
    table = made(contributions(found))
    assert table.rows.height == found.change.rows.height  # one row less, and the sum
    assert "Phần chưa phân tích được" not in table.rows["component"].to_list()
    told = made(contributions(nam_dinh(frames, 2023)))
    assert "Phần chưa phân tích được" in told.rows["component"].to_list()


# --- Methods ---------------------------------------------------------------------------------------------------


METHODS = {
    ("63-36", "pci", 2019): {
        *("rank", "change_rank", "comparable", "median", "contribution", "split", "gap", "agencies"),
        *("indicators", "peers", "routes", "odds", "noise", "precedents"),
    },
    # A late route is told by the same programme; there is nothing of components.
    ("63-04", "pci", 2021): {"rank", "change_rank", "comparable", "split", "peers", "routes", "odds", "noise"},
    ("63-36", "par", 2023): {"rank", "change_rank", "comparable", "peers"},
    ("34-37", "pci", 2025): {"agencies"},
}


@pytest.mark.parametrize("case", METHODS, ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_methods_are_those_of_what_is_shown(frames: Frames, case: tuple[str, str, int], lang: Language) -> None:
    (chapter,) = content(frames, Specification(case[0], (case[1],), case[2], lang=lang)).chapters
    every = {key for key in texts(lang) if key.startswith("documents.method.")}
    told = {
        key.rpartition(".")[2]
        for key in every
        if any(item.startswith(texts(lang)[key].partition("{")[0]) for item in chapter.methods)
        and texts(lang)[key].partition("{")[0]
    }
    if case == ("63-04", "pci", 2021):
        assert chapter.table("grid_score") is not None  # of earlier editions
    assert {key for key in told if not key.startswith("weights") and key != "source"} == METHODS[case]


# --- Small indices -----------------------------------------------------------------------------------------------


def test_a_name_that_looks_like_a_formula_or_markup_passes_through_untouched() -> None:
    toy = sample.index({"a": 1.0}, units=2)
    scores = sample.score_rows(
        {
            (year, unit): {"a": 5.0 + place}
            for year in (2018, 2019)
            for place, unit in enumerate(("63-01", "63-02"))
        },
        total=toy,
    )
    units = sample.unit_rows(["63-01", "63-02"]).with_columns(
        pl.Series("name_vi", ["=1+1", "<b>@x"]), pl.Series("name_en", ["=1+1", "<b>@x"])
    )
    frames = sample.frames(toy, scores, units)
    table = made(region(subject(frames, "63-01", "toy", 2019)))
    assert table.rows["name"].to_list() == ["<b>@x", "=1+1"]
    assert [table.cell(row, "name") for row in range(2)] == ["<b>@x", "=1+1"]


def test_a_group_larger_than_a_small_edition_does_not_stop_the_pack(frames: Frames) -> None:
    unit = frames.score.filter(index="sipas", year=2015, component="overall").drop_nulls("score")["unit"]
    (chapter,) = content(frames, Specification(unit[0], ("sipas",), 2015)).chapters
    assert chapter.table("history") is not None
    assert chapter.finding("standing") is not None
    assert len(EVERYTHING) == len(Section)


def test_an_edition_of_a_total_alone_says_so_once() -> None:
    from data.definition import Regime

    bare = sample.index({"a": 1.0}, units=2, regimes=[Regime("one", 2018, ())])
    scores = sample.score_rows(
        {
            (year, unit): {"overall": 50.0 + place}
            for year in (2018, 2019)
            for place, unit in enumerate(("63-01", "63-02"))
        }
    )
    (chapter,) = content(sample.frames(bare, scores), Specification("63-01", ("toy",), 2019)).chapters
    alone = [item for item in chapter.absent if "chỉ có tổng điểm" in item.reason]
    assert len(alone) == 1
    assert {table.name for table in chapter.tables} == {"history", "region"}
