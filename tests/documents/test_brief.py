"""The overview on one sheet: always one A4 page, its text readable, in both languages, data never markup."""

from __future__ import annotations

import copy
import io
import re
from datetime import date
from functools import cache
from typing import Any

import pytest
from pypdf import PdfReader

from analytics.core.asker import PlainAsker
from analytics.core.ranking import ranking
from analytics.weakness.strengths import strengths
from dashboard.documents.brief.make import as_pdf, brief
from dashboard.subject import Subject
from dashboard.text import LANGUAGES, say
from data.frames import Frames
from data.text import Language, Problem
from tests.documents.reading import numbers, unmatched, values

DAY = date(2026, 11, 14)
A4 = (595.28, 841.89)
# A leader, the middle, the tail, a city, little of PAR INDEX, nothing of it, an index without components, the
# longest names, two of the 34: merged and not.
CASES = [
    ("63-22", "pci", 2019),
    ("63-36", "pci", 2023),
    ("63-04", "pci", 2023),
    ("63-48", "pci", 2023),
    ("63-44", "par", 2019),
    ("63-04", "par", 2023),
    ("63-36", "sipas", 2021),
    ("63-77", "papi", 2024),
    ("63-22", "pci", 2024),
    ("63-36", "pci", 2005),
    ("34-37", "pci", 2025),
    ("34-22", "par", 2025),
]


@pytest.fixture(scope="module")
def asker(frames: Frames) -> PlainAsker:
    return PlainAsker.of(frames)


@pytest.fixture(scope="module")
def sheet(asker: PlainAsker) -> Any:
    @cache
    def made(unit: str, index: str, year: int, lang: Language) -> dict[str, Any]:
        return brief(Subject(asker, unit, asker.frames.index(index), year, lang), DAY)

    return made


def page(content: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 1
    return reader, re.sub(r"\s+", " ", reader.pages[0].extract_text())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_is_one_page_of_paper_that_can_be_read(sheet: Any, case: tuple[str, str, int], lang: Language) -> None:
    told = sheet(*case, lang)
    reader, text = page(as_pdf(told))
    box = reader.pages[0].mediabox
    assert (round(float(box.width), 2), round(float(box.height), 2)) == A4
    assert reader.trailer["/Root"]["/Lang"] == lang
    assert reader.metadata is not None
    assert reader.metadata.title == f"{told['title']}, {told['edition']}"
    for said in (told["title"], told["lead"], told["odds"]["title"], told["made"], *told["sources"]):
        assert said in text, said
    for row in told["table"]["rows"]:
        for cell in row["cells"]:
            assert cell["text"] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_set_in_the_shipped_font_alone(sheet: Any, lang: Language) -> None:
    reader, _ = page(as_pdf(sheet("63-36", "pci", 2023, lang)))
    resources: Any = reader.pages[0]["/Resources"]
    fonts = {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in resources["/Font"].values()}
    assert fonts
    assert all(font.startswith("BeVietnamPro") for font in fonts)


def test_its_numbers_are_the_answers_and_written_in_the_language(sheet: Any, frames: Frames) -> None:
    row = ranking(frames, "pci", 2023).rows.filter(unit="63-36").row(0, named=True)
    found = strengths(frames, "63-36", "pci", 2023)
    assert found is not None
    for lang, mark in (("vi", ","), ("en", ".")):
        told = sheet("63-36", "pci", 2023, lang)
        cells = told["table"]["rows"][0]["cells"]
        known = [row["score"], row["rank"], 63, row["change_rank"], row["change_score"]]
        assert not [wrong for cell in cells[1:5] for wrong in unmatched(cell["text"], known)]
        for listed, rows in zip(told["sides"]["lists"], (found.weak, found.strong), strict=True):
            amounts = [numbers(item["amount"])[0] for item in listed["items"]]
            assert amounts == [round(-row["weighted_gap"], 2) for row in rows]
        _, text = page(as_pdf(told))
        assert f"65{mark}65" in text
        assert f"65{'.' if mark == ',' else ','}65" not in text


def test_both_languages_tell_the_same_numbers(sheet: Any) -> None:
    vi, en = (sheet("63-36", "pci", 2023, lang) for lang in LANGUAGES)
    assert values(vi["figure"]["dots"], vi["figure"]["areas"]) == values(
        en["figure"]["dots"], en["figure"]["areas"]
    )
    assert [tick["at"] for tick in vi["figure"]["ticks"]] == [tick["at"] for tick in en["figure"]["ticks"]]
    assert len(vi["sides"]["lists"][0]["items"]) == len(en["sides"]["lists"][0]["items"]) == 3


def test_who_answers_and_how_well_that_is_known(sheet: Any) -> None:
    told = sheet("63-36", "pci", 2023, "vi")
    led = {item["name"]: item for side in told["sides"]["lists"] for item in side["items"]}
    assert led["Cạnh tranh bình đẳng"]["agency"] == "Sở Tài chính (trước là Sở Kế hoạch và Đầu tư)"
    assert not led["Cạnh tranh bình đẳng"]["inferred"]
    assert led["Tính năng động của chính quyền tỉnh"]["inferred"]
    _, text = page(as_pdf(told))
    assert say("vi", "brief.inferred") in text
    city = sheet("63-48", "pci", 2019, "vi")
    agencies = [item["agency"] for side in city["sides"]["lists"] for item in side["items"]]
    assert "Văn phòng UBND thành phố" in agencies


def test_the_strip_draws_every_unit_and_stays_on_the_paper(sheet: Any) -> None:
    for case, units in ((("63-36", "pci", 2023), 63), (("63-36", "par", 2023), 29), (("34-37", "pci", 2025), 34)):
        drawn = sheet(*case, "vi")["figure"]
        assert len(drawn["dots"]) == units
        assert sum(dot["own"] for dot in drawn["dots"]) == 1
        assert drawn["dots"][-1]["own"]
        spots = [*(dot["at"] for dot in drawn["dots"]), *(tick["at"] for tick in drawn["ticks"])]
        spots += [end for area in drawn["areas"] for end in (area["from"], area["to"])]
        assert all(0 <= spot <= 1 for spot in spots)
        assert 3 <= len(drawn["ticks"]) <= 8
        assert drawn["alt"]


def test_a_province_of_the_34_shows_its_members_and_its_band(sheet: Any) -> None:
    told = sheet("34-37", "pci", 2025, "vi")
    assert [row["cells"][0]["text"] for row in told["table"]["rows"]] == ["Hà Nam", "Nam Định", "Ninh Bình"]
    assert told["figure"]["labels"][0]["text"] == "Ninh Bình: 66,43 (65,65–67,83)"
    assert "từ thứ 9 đến thứ 26" in told["figure"]["title"]
    assert told["why"] is None
    assert told["odds"]["share"] is None
    alone = sheet("34-22", "par", 2025, "vi")
    assert alone["figure"]["labels"][0]["text"] == "Quảng Ninh: 92,18"
    assert "không sáp nhập" in alone["figure"]["title"]


def test_where_little_is_known_it_says_so(sheet: Any) -> None:
    told = sheet("63-04", "par", 2023, "vi")
    assert told["edition"] == "PAR INDEX 2024"
    assert "Chưa biết PAR INDEX 2023; đây là PAR INDEX 2024" in told["notes"][0]
    assert "Chưa biết lĩnh vực nào" in told["sides"]["sentence"]
    assert told["odds"]["share"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_is_never_markup(sheet: Any, lang: Language) -> None:
    told = copy.deepcopy(sheet("63-36", "pci", 2023, lang))
    nasty = 'A < B & = #panic("no") $x^2$ *bold* _it_ @ref <label> \\ // "quoted" [b] `raw` ~ -- '
    told["lead"] = told["why"]["text"] = told["notes"][0] = nasty.strip()
    told["table"]["rows"][0]["cells"][0]["text"] = "#let <x> = $y$"
    told["sides"]["lists"][0]["items"][0]["name"] = "= Heading #eval"
    told["figure"]["labels"][0]["text"] = "#strong[*x*]"
    _, text = page(as_pdf(told))
    assert text.count(nasty.strip()) == 3
    for said in ("#let <x> = $y$", "= Heading #eval", "#strong[*x*]"):
        assert said in text


def test_too_much_of_it_is_set_smaller_on_the_same_page(sheet: Any) -> None:
    told = copy.deepcopy(sheet("63-36", "pci", 2023, "vi"))
    told["notes"] = told["notes"] * 6
    page(as_pdf(told))


def test_the_same_question_gives_the_same_file(sheet: Any) -> None:
    told = sheet("63-36", "pci", 2019, "vi")
    assert as_pdf(told) == as_pdf(told)


def test_an_edition_that_there_is_not_is_refused(asker: PlainAsker) -> None:
    with pytest.raises(Problem, match="1999"):
        Subject(asker, "63-36", asker.frames.index("pci"), 1999, "vi")
