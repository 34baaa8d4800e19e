"""The sentences of a pack: true to known results, every number traced, grammar of zero, one and ties."""

from __future__ import annotations

import operator
import random
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import polars as pl
import pytest

from analytics.core.asker import PlainAsker
from analytics.path.burden import burden
from dashboard.documents.content.content import content
from dashboard.documents.content.findings import findings, unknowns
from dashboard.documents.content.history_tables import ends as course_of
from dashboard.documents.content.history_tables import grid_rank, grid_score
from dashboard.documents.content.specification import Section, Specification
from dashboard.documents.content.table import Table
from dashboard.subject import Subject
from dashboard.text import LANGUAGES
from dashboard.text.findings import change, components, neighbours, routes, standing
from data.definition import OVERALL, Index
from data.frames import Frames
from data.text import Language
from tests import sample
from tests.documents.reading import numbers, sizes, unmatched, values


def subject(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi", **wish: Any) -> Subject:
    (found,) = Specification(unit, (index,), year, lang=lang, **wish).subjects(PlainAsker.of(frames))
    return found


def said(frames: Frames, unit: str, index: str, year: int, lang: Language = "vi", **wish: Any) -> dict[str, str]:
    return {item.key: item.sentence for item in findings(subject(frames, unit, index, year, lang, **wish))}


# Known results: VCCI's workbooks and province pages, the Ministry's list, and the brief of the project.
STANDING = {
    ("63-36", "pci", 2019): (
        "Năm 2019, Nam Định đạt 65,09 điểm PCI, tăng 2,08 điểm so với năm 2018; xếp thứ 33/63, tăng 2 bậc, thuộc "
        "nhóm “Khá”; đứng thứ 7/11 trong vùng Đồng bằng sông Hồng.",
        "In 2019, Nam Dinh scored 65.09 points on PCI, up 2.08 points against 2018; ranked 33rd of 63, up 2 "
        "places, in the group “Mid-high”; 7th of 11 in the region Red River Delta.",
    ),
    ("63-36", "pci", 2023): (
        "Năm 2023, Nam Định đạt 65,65 điểm PCI (suy ra từ số liệu công bố), tăng 0,36 điểm so với năm 2022; xếp "
        "thứ 45/63 (suy ra từ điểm, không phải thứ hạng công bố), giảm 14 bậc; đứng thứ 11/11 trong vùng Đồng "
        "bằng sông Hồng (suy ra).",
        "In 2023, Nam Dinh scored 65.65 points on PCI (derived from published figures), up 0.36 points against "
        "2022; ranked 45th of 63 (derived from the scores, not a published rank), down 14 places; 11th of 11 in "
        "the region Red River Delta (derived).",
    ),
    ("63-22", "pci", 2023): (
        "Năm 2023, Quảng Ninh đạt 71,25 điểm PCI, giảm 1,70 điểm so với năm 2022; xếp thứ 1/63 (theo nguồn thứ "
        "cấp), giữ nguyên thứ hạng; đứng thứ 1/11 trong vùng Đồng bằng sông Hồng.",
        "In 2023, Quang Ninh scored 71.25 points on PCI, down 1.70 points against 2022; ranked 1st of 63 "
        "(second-hand), with its rank unchanged; 1st of 11 in the region Red River Delta.",
    ),
    ("63-04", "pci", 2021): (
        "Năm 2021, Cao Bằng đạt 56,29 điểm PCI, giảm 5,91 điểm so với năm 2020; xếp thứ 63/63 (suy ra từ số liệu "
        "công bố), giảm 9 bậc; đứng thứ 14/14 trong vùng Trung du và miền núi phía Bắc.",
        "In 2021, Cao Bang scored 56.29 points on PCI, down 5.91 points against 2020; ranked 63rd of 63 (derived "
        "from published figures), down 9 places; 14th of 14 in the region Northern Midlands and Mountains.",
    ),
    ("63-83", "pci", 2022): (
        "Năm 2022, Bến Tre đạt 68,04 điểm PCI, không so sánh điểm với năm 2021 do cách tính thay đổi; xếp "
        "thứ 13/63 (suy ra từ số liệu công bố), tăng 5 bậc; đứng thứ 4/13 trong vùng Đồng bằng sông Cửu Long.",
        "In 2022, Ben Tre scored 68.04 points on PCI, with scores not comparable to 2021 because the method "
        "changed; ranked 13th of 63 (derived from published figures), up 5 places; 4th of 13 in the region "
        "Mekong River Delta.",
    ),
    ("63-36", "par", 2022): (
        "Năm 2022, Nam Định đạt 84,86 điểm PAR INDEX (suy ra từ số liệu công bố), không so sánh điểm với năm "
        "2021 do cách tính thay đổi; xếp thứ 34/63 (suy ra từ số liệu công bố), tăng 6 bậc.",
        "In 2022, Nam Dinh scored 84.86 points on PAR INDEX (derived from published figures), with scores not "
        "comparable to 2021 because the method changed; ranked 34th of 63 (derived from published figures), up 6 "
        "places.",
    ),
    ("63-36", "par", 2020): (
        "Năm 2020, Nam Định xếp thứ 47/63 theo PAR INDEX (suy ra từ số liệu công bố).",
        "In 2020, Nam Dinh ranked 47th of 63 on PAR INDEX (derived from published figures).",
    ),
}


@pytest.mark.parametrize("case", STANDING, ids=str)
def test_standing_of_known_provinces(frames: Frames, case: tuple[str, str, int]) -> None:
    for lang, expected in zip(LANGUAGES, STANDING[case], strict=True):
        assert said(frames, *case, lang, contents=(Section.SUMMARY,))["standing"] == expected


def test_nam_dinh_2019_in_official_words(frames: Frames) -> None:
    found = said(frames, "63-36", "pci", 2019)
    assert found["crossed"] == (
        "So với năm 2018, trong 10 chỉ số thành phần: 3 tăng cả điểm và thứ hạng (Gia nhập thị trường; Tính minh "
        "bạch; Hỗ trợ doanh nghiệp); 3 tăng điểm nhưng giảm thứ hạng (Cạnh tranh bình đẳng; Đào tạo lao động; "
        "Thiết chế pháp lý và an ninh trật tự); 4 giảm cả điểm và thứ hạng (Tiếp cận đất đai; Chi phí thời gian; "
        "Chi phí không chính thức; Tính năng động của chính quyền tỉnh)."
    )
    assert found["kept"] == (
        "Nếu giữ nguyên 63,01 điểm của năm 2018 trong khi các tỉnh, thành phố khác thay đổi như thực tế, Nam "
        "Định sẽ xếp thứ 58/63 thay vì thứ 33."
    )
    assert found["risen"] == (
        "Tăng điểm nhiều nhất là Gia nhập thị trường (+1,75 điểm, từ 6,49 đến 8,23; thứ hạng từ 61 đến 3)."
    )
    assert found["reason"] == (
        "Nam Định tăng 2 bậc PCI so với năm 2018: phần do điểm số của địa phương thay đổi là +24,5 bậc, phần do "
        "điểm số của các tỉnh, thành phố khác thay đổi là −22,5 bậc; làm tăng tổng điểm nhiều nhất là Tính minh "
        "bạch (+2,26 điểm), làm giảm nhiều nhất là Chi phí không chính thức (−1,17 điểm)."
    )
    assert found["distance"] == (
        "Nam Định còn thiếu 1,96 điểm (18 bậc) để vào nhóm 15 tỉnh, thành phố dẫn đầu; ngưỡng của nhóm là 67,05 "
        "điểm."
    )
    assert found["region"] == (
        "Trong 11 tỉnh, thành phố của vùng Đồng bằng sông Hồng, Nam Định đứng thứ 7, ngay sau Thái Bình (65,38 "
        "điểm), ngay trước Hà Nam (65,07 điểm)."
    )
    assert found["medians"] == (
        "4/10 chỉ số thành phần có điểm cao hơn trung vị cả nước; thấp hơn trung vị nhiều nhất là Tiếp cận đất "
        "đai (−0,66 điểm)."
    )
    assert found["course"] == (
        "Trong 11 kỳ PCI có cùng 63 đơn vị và đã biết thứ hạng (2009–2019), Nam Định xếp cao nhất ở thứ 17 "
        "(năm 2015) và thấp nhất ở thứ 56 (năm 2012)."
    )
    weakest = (
        "Hỗ trợ doanh nghiệp (thấp hơn 0,32 điểm thành phần, tương đương 0,64 điểm trong tổng điểm; chủ trì: Sở "
        "Tài chính, trước đây là Sở Kế hoạch và Đầu tư)"
    )
    assert weakest in found["weakest"]
    assert found["noise"] == (
        "Khoảng cách ấy nằm trong biên độ ngẫu nhiên (±2,37 điểm): chưa phân biệt được với ngang nhau."
    )
    assert found["change_noise"] == (
        "+2,08 điểm nằm trong biên độ ngẫu nhiên (±2,26): chưa chắc là thay đổi thật."
    )


def test_a_bracket_of_the_threshold_is_a_bracket_in_the_sentence(frames: Frames) -> None:
    assert said(frames, "63-36", "par", 2022)["distance"] == (
        "Nam Định còn thiếu từ 1,70 đến 1,92 điểm (19 bậc) để vào nhóm 15 tỉnh, thành phố dẫn đầu; ngưỡng của "
        "nhóm nằm trong khoảng từ 86,56 đến 86,78 điểm."
    )
    assert said(frames, "63-36", "par", 2022, "en")["distance"] == (
        "Nam Dinh is 1.70–1.92 points (19 places) from the first 15; the threshold of the group lies "
        "between 86.56 and 86.78 points."
    )


def test_an_edition_of_which_only_the_order_is_known_gives_a_shorter_true_set(frames: Frames) -> None:
    for lang, order in zip(
        LANGUAGES,
        (
            "Trong 9 chỉ số thành phần của PCI 2025, Ninh Bình đứng cao nhất ở Chi phí không chính thức (thứ "
            "1/34) và thấp nhất ở Gia nhập thị trường (thứ 32/34); đây là thứ tự, chưa phải thứ hạng công bố.",
            "Of 9 sub-indices of PCI 2025, Ninh Binh comes highest on Informal charges (1st of 34) and lowest on "
            "Entry costs (32nd of 34); this is an order, not a published rank.",
        ),
        strict=True,
    ):
        found = said(frames, "34-37", "pci", 2025, lang)
        assert list(found) == ["orders", "weakest", "strongest"]
        assert found["orders"] == order
        unknown = unknowns(subject(frames, "34-37", "pci", 2025, lang))
        assert any("Ninh B" in sentence for sentence in unknown)


def test_ranks_that_were_computed_are_said_to_be_derived_wherever_they_stand(frames: Frames) -> None:
    found = {item.key: item for item in findings(subject(frames, "63-36", "pci", 2023))}
    for key in ("standing", "reason", "kept", "region"):
        assert "suy ra" in found[key].sentence, key
    assert "(suy ra)" in str(found["standing"].headline)
    assert any("suy ra" in sentence for sentence in unknowns(subject(frames, "63-36", "pci", 2023)))
    published = {item.key: item.sentence for item in findings(subject(frames, "63-36", "pci", 2019))}
    assert not any("suy ra" in published[key] for key in ("standing", "reason", "kept", "region"))


def test_a_city_has_its_own_agencies(frames: Frames) -> None:
    city = said(frames, "63-48", "pci", 2019, contents=(Section.GAPS,))["weakest"]
    province = said(frames, "63-04", "pci", 2019, contents=(Section.GAPS,))["weakest"]
    assert "UBND tỉnh" not in city
    assert "Thanh tra tỉnh" not in city
    assert "chủ trì" in city
    assert "UBND tỉnh" in province
    assert "Thanh tra tỉnh" in province


# Every sentence may use numbers of its own question alone.
def traced(found: Subject) -> Mapping[str, set[float]]:
    totals, change, weak, target = found.totals, found.change, found.weakness, found.target
    row = found.row or {}
    previous = found.index.previous(found.year)
    before = [] if previous is None else [previous.year]
    region = found.ranked(found.region_units)
    parts = len(found.index.regime(found.year).components)
    known: dict[str, set[float]] = {
        "standing": values(row, before, [item for item in (found.region_ranked or ()) if isinstance(item, int)]),
        "course": values(totals.select("year", "of", "rank", "published_rank"), range(totals.height + 1)),
        "distance": values(asdict(found.distance)) if found.distance else set(),
        "region": values(region.select("rank_in_region", "score"), region.height) if region.height else set(),
        "peers": values(range(11)),
        "noise": values(found.noise_points),
        "medians": values(found.comparison.rows.select("gap"), range(parts + 1)) if found.comparison else set(),
        "orders": values(found.comparison.rows.select("order", "of"), parts, found.year)
        if found.comparison
        else set(),
    }
    if change is not None:
        count = change.rows.height - 1
        known["reason"] = values(change.figures, change.rows["contribution"], change.coverage.known, count)
        known["contributors"] = known["reason"]
        known["change_noise"] = values(
            change.figures["score_change"], found.noise_band and found.noise_band.figures
        )
        known["kept"] = values({name: value for name, value in change.figures.items() if name != "crossed"})
        groups = [len(codes) for codes in change.figures["crossed"].values()]
        known["crossed"] = values(groups, sum(groups), change.figures["previous_year"])
        moved = change.rows.select("before", "after", "change", "change_rank", "rank_before", "rank_after")
        ends = [moved["change"].count(), moved["change_rank"].count(), count, change.figures["previous_year"]]
        known["risen"] = known["fallen"] = values(moved, ends)
    if weak is not None:
        shown = weak.rows.select("gap", "weighted_gap", "rank", "published_rank", "order", "of", "score")
        counts = [weak.rows[name].count() for name in ("weighted_gap", "place_by_rank", "place_by_score")]
        known["weakest"] = values(shown, weak.figures["top"], weak.rows.height, counts)
        known["strongest"] = known["weakest"]
    if found.indicators is not None:
        news = found.indicators.rows["moved"]
        known["indicators"] = values(news.count(), [(news == way).sum() for way in ("better", "worse", "same")])
    if found.nearest_peers is not None:
        known["no_near_peer"] = values(found.nearest_peers.figures["nearest"])
    if target is not None:
        known["route"] = values(
            {key: target.figures[key] for key in ("top", "need", "margin", "bound")},
            {key: found.planned.figures[key] for key in ("top", "need")} if found.planned else None,
            found.planned.rows.select("from", "to") if found.planned else None,
            1,
        )
        shares = burden(found.frames, found.index, found.planned.rows if found.planned else target.rows)["share"]
        known["agencies"] = values([100 * share for share in shares])
        odds = target.figures["odds"]
        if odds is not None:
            chances = [100 * chance for chance in (odds["without"], *odds["with"].values(), *odds["within"])]
            known["odds"] = values(chances, len(odds["editions"]), target.figures["top"], 1, 2, 3, 4, 99)
    for what in ("score", "rank"):
        course = course_of(found, what == "score")
        if course is not None:
            first, last, changes = course
            ways = [sum(way(change, 0) for change in changes) for way in (operator.gt, operator.lt, operator.eq)]
            known[f"grid_{what}"] = values(first, last, ways, len(changes))
    for code, answer in found.precedents.items():
        figures = {key: answer.figures[key] for key in ("level", "near", "gain", "within", "starts", "reached")}
        known[f"precedent.{code}"] = values(figures)
    return known


@cache
def drawn(count: int = 40) -> list[tuple[str, str, int, str, int | None]]:
    """Units and editions drawn from all there are, with the province of the project's examples among them."""
    from data.definition_file import indices

    draw = random.Random(sample.SEED)
    cases: list[tuple[str, str, int, str, int | None]] = [
        ("63-36", "pci", 2019, "target", None),
        ("63-22", "pci", 2023, "best", None),
        ("63-04", "pci", 2021, "target", 1),
        ("63-49", "par", 2023, "median", None),
        ("34-37", "pci", 2025, "region", None),
    ]
    editions = [(code, edition) for code, index in indices().items() for edition in index.editions]
    while len(cases) < count:
        code, edition = draw.choice(editions)
        unit = f"{edition.unit_set}-{draw.randint(1, 96):02d}"
        cases.append(
            (unit, code, edition.year, draw.choice(["target", "peers", "region", "median", "best"]), None)
        )
    return cases


def there(frames: Frames, unit: str) -> bool:
    return frames.unit.filter(unit=unit).height > 0


def test_every_number_of_a_finding_is_one_of_its_question(frames: Frames) -> None:
    met: set[str] = set()
    for unit, code, year, against, top in drawn():
        if not there(frames, unit):
            continue
        for lang in LANGUAGES:
            found = subject(frames, unit, code, year, lang, against=against, top=top)
            known = traced(found)
            for item in findings(found):
                if item.key == "indicators_worst":
                    continue  # the names of indicators have numbers of their own
                met.add(item.key.partition(".")[0])
                assert unmatched(item.sentence, known[item.key]) == [], (unit, code, year, item)
                if item.headline:
                    either = known[item.key] | {float(year)} | values(range(100))
                    assert unmatched(item.headline, either) == [], (unit, code, year, item)
    assert met >= {
        *("standing", "reason", "distance", "odds", "course", "medians", "crossed", "risen", "fallen", "orders"),
        *(
            "grid_score",
            "grid_rank",
            "contributors",
            "kept",
            "weakest",
            "strongest",
            "indicators",
            "region",
            "peers",
            "route",
            "precedent",
        ),
    }


def test_both_languages_say_the_same_with_the_same_numbers(frames: Frames) -> None:
    for unit, code, year, against, top in drawn():
        if not there(frames, unit):
            continue
        vi, en = (
            findings(subject(frames, unit, code, year, lang, against=against, top=top)) for lang in LANGUAGES
        )
        assert [item.key for item in vi] == [item.key for item in en]
        for one, other in zip(vi, en, strict=True):
            if one.key != "indicators_worst":
                assert sizes(one.sentence) == sizes(other.sentence), (one, other)
            for text in (one.sentence, other.sentence, one.headline or "", other.headline or ""):
                assert "None" not in text
                assert "–/" not in text
                assert "  " not in text
        for text in (item.sentence for item in (*vi, *en)):
            assert text.endswith(".")
            assert text[0] == text[0].upper()


# --- Tiny indices, worked by hand -----------------------------------------------------------------------------

TOY = sample.index({"a": 0.5, "b": 0.5}, units=3)


def toy(
    before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]], index: Index = TOY
) -> Frames:
    """Three units on two components in two editions; the totals are their weighted sums."""
    rows = {
        (year, unit): {"a": scores[0], "b": scores[1]}
        for year, edition in ((2018, before), (2019, after))
        for unit, scores in edition.items()
    }
    return sample.frames(index, sample.score_rows(rows, total=index), sample.unit_rows(before))


def moved(frames: Frames, unit: str, lang: Language = "en") -> Subject:
    return subject(frames, unit, "toy", 2019, lang)


def test_one_place_is_singular_and_none_is_said_so() -> None:
    frames = toy(
        {"63-01": (5, 5), "63-02": (6, 6), "63-03": (1, 1)}, {"63-01": (7, 7), "63-02": (6, 6), "63-03": (1, 1)}
    )
    up = standing.standing(TOY, "X", moved(frames, "63-01").row or {}, None, "en")
    # Ranks of a toy have no publisher.
    assert up == (
        "In 2019, X scored 70.00 points on Toy, up 20.00 points against 2018; ranked 1st of 3 (derived from the "
        "scores, not a published rank), up 1 place."
    )
    still = standing.standing(TOY, "X", moved(frames, "63-03").row or {}, None, "vi")
    assert still == (
        "Năm 2019, X đạt 10,00 điểm Toy, giữ nguyên điểm so với năm 2018; xếp thứ 3/3 (suy ra từ điểm, không phải "
        "thứ hạng công bố), giữ nguyên thứ hạng."
    )


def test_own_and_others_parts_of_a_change_of_rank() -> None:
    frames = toy(
        {"63-01": (5, 5), "63-02": (6, 6), "63-03": (1, 1)}, {"63-01": (7, 7), "63-02": (6, 6), "63-03": (1, 1)}
    )
    answer = moved(frames, "63-01").change
    assert answer is not None
    # Nobody else moved: the whole place is its own doing.
    assert change.reason(TOY, "X", answer, "en") == (
        "X moved up 1 place on Toy against 2018 (rank derived from the scores): +1 places by the change of its "
        "own score, 0 by the changes of the others; the largest gain for the total was A (+10.00 points)."
    )
    assert change.kept(TOY, "X", answer, "en") == (
        "With the 50.00 points of 2018 kept and the others moving as they did, X would rank 2nd of 3 instead of 1 "
        "(derived).",
        "With the score of 2018 kept, the rank would be 2nd of 3",
    )


def test_components_that_rose_alike_are_both_named() -> None:
    frames = toy(
        {"63-01": (5, 5), "63-02": (6, 6), "63-03": (1, 1)}, {"63-01": (7, 7), "63-02": (6, 6), "63-03": (1, 1)}
    )
    answer = moved(frames, "63-01").change
    assert answer is not None
    assert components.mover(TOY, answer, True, "en") == (
        "The largest rise of a score: A (+2.00 points, from 5.00 to 7.00; rank from 2 to 1); B (+2.00 points, "
        "from 5.00 to 7.00; rank from 2 to 1).",
        None,
    )
    assert components.mover(TOY, answer, False, "en") == ("No part score fell against 2018.", None)
    assert components.crossed(TOY, answer, "en") == (
        "Against 2018, of 2 parts: 2 rose in score and rank (A; B).",
        "2 of 2 parts rose in score",
    )


def test_nothing_moved_at_all() -> None:
    same = {"63-01": (5.0, 5.0), "63-02": (6.0, 6.0), "63-03": (1.0, 1.0)}
    answer = moved(toy(same, same), "63-01").change
    assert answer is not None
    assert change.contributors(TOY, "X", answer, "en") is None
    assert components.crossed(TOY, answer, "vi") == (
        "So với năm 2018, trong 2 part: 2 giữ nguyên cả điểm và thứ hạng (A; B).",
        None,
    )
    assert change.reason(TOY, "X", answer, "vi") == (
        "X giữ nguyên thứ hạng Toy so với năm 2018 (thứ hạng suy ra từ điểm): phần do điểm số của địa phương "
        "thay đổi là 0 bậc, phần do điểm số của các tỉnh, thành phố khác thay đổi là 0 bậc."
    )
    assert "vẫn xếp thứ 2/3" in str(change.kept(TOY, "X", answer, "vi"))


def test_a_first_among_those_known_is_not_called_a_first_of_all() -> None:
    frames = toy(
        {"63-01": (5, 5), "63-02": (6, 6), "63-03": (1, 1)}, {"63-01": (7, 7), "63-02": (6, 6), "63-03": (1, 1)}
    )
    gone = (pl.col("unit") == "63-01") & (pl.col("component") == "b") & (pl.col("year") == 2018)
    answer = moved(replace(frames, score=frames.score.filter(~gone)), "63-01").change
    assert answer is not None
    risen = components.mover(TOY, answer, True, "en")
    assert risen is not None
    assert risen[0].startswith("Among 1 of 2 parts that can be compared, the largest rise of a score: A")
    # A headline has no room for "among": it would call A the first of all.
    assert risen[1] is None
    # Whether B fell is not known, so nothing is said of falls.
    assert components.mover(TOY, answer, False, "en") is None
    assert "10.00 points are not explained by components" in str(change.contributors(TOY, "X", answer, "en"))


def test_level_with_the_group_and_peers_above_level_and_below() -> None:
    frames = toy(
        {"63-01": (5, 5), "63-02": (5, 5), "63-03": (1, 1)}, {"63-01": (5, 5), "63-02": (5, 5), "63-03": (1, 1)}
    )
    found = moved(frames, "63-01").distance
    assert found is not None
    assert standing.distance(TOY, "X", found, "en") == (
        "X is among the first 1, level on points with the first one outside; that one has 50.00 points.",
        "X is among the first 1",
    )
    rows = moved(frames, "63-01").ranking
    assert rows is not None
    own = rows.rows.filter(unit="63-01").row(0, named=True)
    others = rows.rows.filter(pl.col("unit") != "63-01")
    assert neighbours.peers("X", own, others, False, "en") == (
        "Of 2 peers whose rank is known, none ranks above X, 1 is level, 1 below.",
        "No peer ranks above X",
    )


def test_who_is_level_in_the_region_is_neither_ahead_nor_behind() -> None:
    level = {"63-01": (5.0, 5.0), "63-02": (5.0, 5.0), "63-03": (1.0, 1.0)}
    found = moved(toy(level, level), "63-01")
    rows = found.ranked(found.region_units)
    assert neighbours.region(TOY, "63-01", rows, "north", "en") == (
        "Of the 3 provinces of the region north, Province 01 comes 1st (derived), right ahead of Province 03 "
        "(10.00 points).",
        "Province 01 comes 1st of 3 (derived) in the region north",
    )


def test_nobody_is_named_where_no_agency_is_known() -> None:
    shares = pl.DataFrame(
        {
            "route": ["least_effort"],
            "lead_after": [None],
            "lead_before": [[]],
            "inferred": [None],
            "components": [["a"]],
            "points": [1.0],
            "share": [1.0],
        },
        schema_overrides={"lead_after": pl.String, "lead_before": pl.List(pl.String)},
    )
    assert routes.agencies(shares, "vi") is None


def test_unknowns_name_what_is_missing(frames: Frames) -> None:
    par = unknowns(subject(frames, "63-36", "par", 2022))
    assert any("20/63" in sentence for sentence in par)
    assert any("hay thứ tự lĩnh vực của Nam Định" in sentence for sentence in par)
    partly = unknowns(subject(frames, "63-22", "pci", 2022, "en"))
    assert any(numbers(sentence)[:2] == [8, 10] for sentence in partly)
    assert unknowns(subject(frames, "63-36", "pci", 2019)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_precedent_is_told_in_words_not_as_nought_of_one(frames: Frames, lang: Language) -> None:
    found = {item.key: item for item in findings(subject(frames, "63-22", "pci", 2023, lang))}
    one = found["precedent.legal_institutions"]
    assert one.headline is None
    assert one.sentence == {
        "vi": "Chỉ có một trường hợp đơn vị có điểm Thiết chế pháp lý và an ninh trật tự ở quanh mức của Quảng "
        "Ninh (7,69 ± 0,10) và theo dõi được đủ 3 kỳ sau đó; trường hợp này không tăng được 0,15 điểm.",
        "en": "Only one unit near Quang Ninh's level on Legal institutions and security (7.69 ± 0.10) is known in "
        "all of the next 3 editions; it did not gain 0.15 points.",
    }.get(lang)
    assert "10" in found["precedent.policy_bias"].sentence
    assert str(found["precedent.policy_bias"].headline).startswith("10")


@pytest.mark.parametrize(("reached", "starts"), [(0, 1), (1, 1), (0, 3), (0, 9), (4, 9)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_precedents_by_how_many_there_were(frames: Frames, lang: Language, reached: int, starts: int) -> None:
    found = subject(frames, "63-22", "pci", 2023, lang)
    answer = next(iter(found.precedents.values()))
    figures = {**answer.figures, "reached": reached, "starts": starts}
    said, headline = routes.precedent(found.index, "X", replace(answer, figures=figures), lang)
    assert not {"0", "1"} & set(re.findall(r"(?<![\d.,])\d+(?![\d.,]\d)", said))
    assert ("không" in said or "chưa" in said if lang == "vi" else "not" in said or "none" in said) == (
        not reached
    )
    assert (headline is not None) == (starts == 9)
    if headline:
        assert headline[0].isdigit() == bool(reached)


@pytest.mark.parametrize("case", [("63-36", "par", 2023), ("63-36", "par", 2022), ("34-37", "pci", 2025)], ids=str)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_known_is_said_once(frames: Frames, case: tuple[str, str, int], lang: Language) -> None:
    (chapter,) = content(frames, Specification(case[0], (case[1],), case[2], lang=lang)).chapters
    reasons = {item.name: item.reason for item in chapter.absent}
    # The list and the place of the table speak the same words, so that who prints both prints one.
    if case[1] == "par":
        assert reasons["components"] in chapter.unknowns
    else:
        assert reasons["history"] in chapter.unknowns
    # One reason stands for both grids.
    assert [item.name for item in chapter.absent if item.section == Section.GRID] == ["grid_score"]
    said = [*chapter.unknowns, *reasons.values()]
    word = chapter.index.component_word.in_(lang)
    orders = {sentence for sentence in said if word in sentence and ("thứ tự" in sentence or "order" in sentence)}
    assert len(orders) == (1 if case[1] == "par" else 0) + (case[0] == "34-37")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_is_not_a_reason_too(frames: Frames, lang: Language) -> None:
    (chapter,) = content(frames, Specification("63-36", ("pci",), 2023, lang=lang)).chapters
    route = chapter.finding("route")
    assert route is not None
    assert route.sentence not in {item.reason for item in chapter.absent}
    assert Section.ROUTES not in {item.section for item in chapter.absent}


def test_every_short_headline_is_of_its_figures(frames: Frames) -> None:
    found = {item.key: item.headline for item in findings(subject(frames, "63-36", "pci", 2019))}
    assert found["grid_score"] == "7/10 chỉ số thành phần tăng điểm so với năm 2013"
    assert found["grid_rank"] == "4/9 chỉ số thành phần tăng hạng so với năm 2012"
    assert found["weakest"] == "Khoảng cách lớn nhất là ở Chi phí không chính thức"
    assert found["strongest"] == "Vị trí cao nhất là Gia nhập thị trường (thứ 3/63)"
    assert found["indicators_worst"] == "Thứ hạng chỉ tiêu thấp nhất là thứ 63/63, ở 1/128 chỉ tiêu"
    assert found["risen"] == "Gia nhập thị trường tăng điểm nhiều nhất (+1,75 điểm)"
    assert found["fallen"] == "Chi phí không chính thức giảm điểm nhiều nhất (−1,17 điểm)"
    assert found["odds"] == "Khả năng thuộc nhóm 15 ở kỳ tới: 6 %"
    by_score = {item.key: item.headline for item in findings(subject(frames, "63-36", "pci", 2022))}
    assert by_score["weakest"] == "Điểm thấp nhất là Cạnh tranh bình đẳng (4,31)"
    # The total fell, so what lowered it comes first, though a component rose by more.
    fallen = {item.key: item.headline for item in findings(subject(frames, "63-22", "pci", 2023))}
    assert fallen["contributors"] == "Tính năng động của chính quyền tỉnh làm tổng điểm giảm 0,99 điểm"


def test_a_grid_is_compared_within_one_method_and_its_counts_are_the_tables(frames: Frames) -> None:
    found = subject(frames, "63-36", "pci", 2019)
    for by_score, grid in ((True, grid_score(found)), (False, grid_rank(found))):
        course = course_of(found, by_score)
        assert course is not None
        before, after, changes = course
        assert isinstance(grid, Table)
        rows = grid.rows.head(grid.rows.height - 1).drop_nulls([str(before), str(after)])
        moved = (rows[str(after)] - rows[str(before)]) * (1 if by_score else -1)
        assert changes == pytest.approx(moved.to_list())
        assert not by_score or found.index.comparable(before, after)
    # Two editions beside each other have their own section.
    assert course_of(subject(frames, "63-36", "pci", 2023), True) is None


def test_only_the_sections_asked_for_are_spoken_of(frames: Frames) -> None:
    found = findings(subject(frames, "63-36", "pci", 2019), (Section.HISTORY, Section.GAPS))
    assert {item.section for item in found} == {Section.HISTORY, Section.GAPS}
    assert OVERALL not in {item.key for item in found}
