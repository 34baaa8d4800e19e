"""The coverage grid: what it draws, what it says, in both languages."""

from __future__ import annotations

import io
import json
import re

import polars as pl
import pytest

from analytics.core.coverage import coverage
from dashboard.charts.coverage import STATES, _two_lines, state
from dashboard.charts.coverage import coverage as chart
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.figure import themed
from dashboard.charts.theme import PALETTES
from dashboard.text import LANGUAGES
from data.frames import Frames
from data.text import Language


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("index", ["pci", "par", "sipas", "papi"])
def test_the_grid_draws_every_component_of_every_edition(frames: Frames, index: str, lang: Language) -> None:
    rows = coverage(frames, index).rows
    figure = chart(frames.index(index), rows, lang, "light", rows["year"][0])
    assert figure.rows.height == rows.height == figure.table.height
    assert figure.rows["scores_known"].to_list() == rows["scores_known"].to_list()
    assert set(figure.rows["state"]) <= set(STATES)
    share = (figure.rows["filled"] - figure.rows["left"]) / (figure.rows["right"] - figure.rows["left"])
    assert share.to_list() == pytest.approx((rows["scores_known"] / rows["units"]).to_list())
    json.dumps(themed(figure.spec, lang, "light"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("index", ["pci", "par", "sipas", "papi"])
def test_the_title_counts_what_the_rows_hold(frames: Frames, index: str, lang: Language) -> None:
    rows = coverage(frames, index).rows
    figure = chart(frames.index(index), rows, lang, "light")
    totals = rows.filter(component="overall")
    whole = totals.filter(pl.col("scores_known") == pl.col("units"))
    numbers = [int(number) for number in re.findall(r"\d+", figure.title)]
    if whole.height == totals.height:
        assert numbers == [totals.height]
    elif whole.is_empty():
        assert numbers == [totals["scores_known"].sum(), totals["units"].sum()]
    else:
        assert numbers[:2] == [whole.height, totals.height]
        lacking = totals.filter(pl.col("scores_known") < pl.col("units"))["year"]
        assert {lacking.min(), lacking.max()} <= set(numbers)
    assert figure.title in figure.alt


def test_each_state_is_told_from_the_counts() -> None:
    columns = ("units", "scores_known", "ranks_known", "published", "range")
    cases = {
        "complete": (63, 63, 63, 63, 0),
        "whole": (63, 63, 0, 0, 0),
        "partial": (63, 29, 36, 0, 0),
        "ordered": (34, 4, 0, 0, 30),
        "none": (34, 0, 0, 0, 0),
    }
    frame = pl.DataFrame([dict(zip(columns, case, strict=True)) for case in cases.values()])
    assert frame.select(state=state())["state"].to_list() == list(cases)
    only_ranks = pl.DataFrame([dict(zip(columns, (63, 0, 1, 0, 0), strict=True))])
    assert only_ranks.select(state=state()).item() == "ordered"


def test_states_differ_in_shape_and_not_in_colour_alone(frames: Frames) -> None:
    figure = chart(frames.index("pci"), coverage(frames, "pci").rows, "vi", "light")
    looks = figure.spec["layer"][1]["encoding"]
    seen = {
        key: tuple(str(looks[channel]["scale"]["range"][place]) for channel in ("fill", "strokeDash"))
        for place, key in enumerate(looks["fill"]["scale"]["domain"])
    }
    assert seen["complete"][0] != seen["whole"][0]
    assert seen["ordered"][1] != seen["partial"][1]
    assert figure.rows.filter(state="none")["text"].unique().to_list() == ["–"]


def test_a_picture_taken_on_a_dark_page_is_the_light_one(frames: Frames) -> None:
    rows = coverage(frames, "sipas").rows
    dark, light = (chart(frames.index("sipas"), rows, "vi", mode) for mode in ("dark", "light"))
    assert PALETTES["dark"].high in json.dumps(dark.spec)
    picture = as_png(dark, "vi", scale=1)
    assert picture == as_png(light, "vi", scale=1)
    assert picture.startswith(b"\x89PNG")


def test_the_table_opens_in_a_spreadsheet(frames: Frames) -> None:
    figure = chart(frames.index("pci"), coverage(frames, "pci").rows, "vi", "light")
    content = as_csv(figure, "vi")
    assert content.startswith(b"\xef\xbb\xbf")
    read = pl.read_csv(io.BytesIO(content), separator=";", decimal_comma=True)
    assert read.filter(pl.col("Năm") == 2023)["Số điểm biết"].to_list() == [63] * 11


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Minh bạch", ["Minh bạch"]),
        ("Không chính thức", ["Không", "chính thức"]),
        ("Transparency", ["Transparency"]),
    ],
)
def test_long_names_fold_at_a_space(name: str, lines: list[str]) -> None:
    assert _two_lines(name) == lines


def test_a_cell_is_read_aloud_in_words_and_once(frames: Frames) -> None:
    figure = chart(frames.index("pci"), coverage(frames, "pci").rows, "vi", "light")
    cell = figure.rows.filter(year=2020, name="Gia nhập thị trường")
    assert cell["said"].to_list() == ["Gia nhập thị trường 2020: 19/63, biết một phần"]
    spoken = [layer["encoding"].get("description") for layer in figure.spec["layer"]]
    assert spoken == [None, {"field": "said"}, None]
