"""Map, tile map, slope and trends as figures: what they draw, what they say, and how doubt is drawn."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from analytics.core.bounds import bounds
from analytics.core.ranking import ranked, ranking
from analytics.merger.merged_series import merged_series
from analytics.standing.regions import region_medians
from analytics.standing.slope import largest, rank_pairs
from analytics.standing.trend import bands, pieces
from dashboard.charts import outlines, shades
from dashboard.charts.caption import Caption
from dashboard.charts.export.files import as_csv, as_png
from dashboard.charts.figure import Figure, themed
from dashboard.charts.labels import spread
from dashboard.charts.panels import Scale, panels
from dashboard.charts.province_map import province_map
from dashboard.charts.slope import slope
from dashboard.charts.tile_map import tile_map
from dashboard.charts.trend import Frame, trend_chart
from dashboard.text import LANGUAGES, pictures, trends
from dashboard.text.shades import Shades
from dashboard.text.trends import TrendWording
from data.frames import Frames
from data.names import UnitSet
from data.number import parse
from data.text import Language, Text
from tests.dashboard.snapshots import matches


def caption(lang: Language = "vi") -> Caption:
    return Caption("Tựa", "Dưới tựa", "Nguồn", "Mô tả", lang, "light")


def shaded(frames: Frames, index: str, year: int, component: str = "overall", **more: Any) -> Shades:
    answer = ranking(frames, index, year, component)
    units = there(frames, year, answer.figures["unit_set"])
    return shades.shaded(answer.rows, units, answer.coverage.of, more.pop("lang", "vi"), 2, **more)


def there(frames: Frames, year: int, unit_set: object) -> pl.DataFrame:
    return frames.unit.filter(
        pl.col("valid_from").fill_null(year) <= year,
        pl.col("valid_to").fill_null(year) >= year,
        pl.col("unit_set").cast(pl.String) == unit_set,
    )


def numbers(text: str) -> set[float]:
    return {parse(found) for found in re.findall(r"\d+(?:[.,]\d+)?", text)}


def words(spec: object) -> str:
    return json.dumps(spec, ensure_ascii=False)


@pytest.mark.parametrize("unit_set", outlines.UNIT_SETS)
@pytest.mark.parametrize("layer", outlines.LAYERS)
def test_the_outlines_served_are_those_of_the_geography(unit_set: UnitSet, layer: outlines.Layer) -> None:
    served = outlines.file(layer, unit_set).read_text(encoding="utf-8")
    assert served == outlines.made(layer, unit_set), "run python -m dashboard.charts.outlines"
    units = [item["id"] for item in json.loads(served)["objects"]["units"]["geometries"]]
    assert len(units) == len(set(units)) == int(unit_set)
    assert len(served) < 40_000


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit_set", outlines.UNIT_SETS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_archipelagos_are_on_every_map(frames: Frames, unit_set: UnitSet, lang: Language, mode: Any) -> None:
    drawn = shaded(frames, "pci", *((2019,) if unit_set == "63" else (2025, "entry_costs")), lang=lang)
    figure = province_map(drawn, {}, unit_set, "", Caption("t", "s", "n", "a", lang, mode))
    text = words(figure.spec)
    expected = {
        "vi": ("Quần đảo Hoàng Sa", "(Đà Nẵng)", "Quần đảo Trường Sa", "(Khánh Hòa)"),
        "en": ("Hoang Sa Archipelago", "(Da Nang)", "Truong Sa Archipelago", "(Khanh Hoa)"),
    }[lang]
    assert all(name in text for name in expected)
    tiles = tile_map(drawn, frames.tile.filter(unit_set=unit_set), Caption("t", "s", "n", "a", lang, mode))
    beside = " ".join(tiles.rows["beside"].drop_nulls())
    assert all(name.split()[-1] in beside for name in expected)


def test_the_map_draws_every_province_once_and_names_one_file(frames: Frames) -> None:
    figure = province_map(shaded(frames, "pci", 2019, chosen="63-36"), {}, "63", "/app-path", caption())
    assert figure.rows["unit"].n_unique() == figure.rows.height == 63
    assert figure.rows["value"].null_count() == 0
    assert figure.rows.filter("chosen")["unit"].to_list() == ["63-36"]
    assert [address.partition("?")[0] for address in figure.files] == ["/app-path/app/static/outlines-63.json"]
    assert len(json.dumps(figure.spec)) < 12_000


def test_unknown_units_are_hatched_and_second_hand_figures_marked(frames: Frames) -> None:
    drawn = shaded(frames, "par", 2023)
    assert drawn.measure == "rank"  # of more units than the score
    assert drawn.unknown == 63 - ranking(frames, "par", 2023).rows["published_rank"].count()
    figure = province_map(drawn, {}, "63", "", caption())
    assert any("hatching-63.json" in address for address in figure.files)
    marks = dict(figure.rows.drop_nulls("value").group_by("shape").len().iter_rows())
    assert marks == {"circle": 33, "diamond": 3}
    assert figure.rows.filter(pl.col("value").is_null())["shape"].null_count() == drawn.unknown


def test_an_order_is_shaded_as_an_order(frames: Frames) -> None:
    drawn = shaded(frames, "pci", 2025, "entry_costs")
    assert drawn.measure == "order"
    assert sorted(drawn.rows["value"]) == list(range(1, 35))
    assert drawn.rows["shape"].null_count() == 34
    assert drawn.rows.filter(pl.col("score").str.contains("–")).height == 30  # ranges stay ranges


def test_figures_on_two_scales_are_shaded_by_their_share(frames: Frames) -> None:
    rows = (
        ranking(frames, "pci", 2019)
        .rows.head(2)
        .with_columns(out_of=pl.Series([100.0, 80.0]), score=pl.Series([70.0, 60.0]))
    )
    units = frames.unit.filter(pl.col("unit").is_in(rows["unit"].to_list()))
    found = shades.shaded(rows, units, 63, "vi", 2)
    assert found.measure == "share"
    assert sorted(found.rows["value"]) == [70.0, 75.0]


def test_the_tile_map_has_a_square_for_all_and_the_region_stays_clear(frames: Frames) -> None:
    drawn = shaded(frames, "pci", 2019, region="south_east", lang="en")
    figure = tile_map(drawn, frames.tile.filter(unit_set="63"), caption("en"))
    assert figure.rows.height == 65
    assert not figure.rows.select("row", "column").is_duplicated().any()
    assert figure.rows.filter("inside", kind="province").height == 6
    assert "Thai\nNguyen" in figure.rows["label"].to_list()
    assert figure.rows.filter(unit="63-22")["written"].item() == "73.40"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_the_map_says_what_the_medians_are(frames: Frames, lang: Language) -> None:
    answer = ranking(frames, "pci", 2019)
    regions = {
        code: Text(vi, en)
        for code, vi, en in frames.region.filter(unit_set="63").select("region", "name_vi", "name_en").iter_rows()
    }
    medians = region_medians(answer.rows, there(frames, 2019, "63"))
    drawn = shaded(frames, "pci", 2019, chosen="63-36", lang=lang)
    title = pictures.map_title("PCI 2019", drawn, medians, regions, 63, 2, lang)
    best, worst = (answer.rows.filter(region=medians["region"][place])["score"].median() for place in (0, -1))
    assert {65.09, round(best, 2), round(worst, 2)} <= numbers(title)
    assert ("," if lang == "vi" else ".") in title.replace("; ", " ").replace(", ", " ")


def test_the_slope_draws_all_and_names_the_movers(frames: Frames) -> None:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2015, 2023, "overall")
    named = largest(pairs, 3)["unit"].to_list()
    figure = slope(pairs, {}, named, "63-36", "red_river_delta", (2015, 2023), caption())
    lines = figure.rows.drop_nulls("rank_before")
    assert lines.height == pairs.height == 63
    assert lines.filter(role="chosen")["unit"].to_list() == ["63-36"]
    labels = figure.rows.drop_nulls("label")
    assert labels.height == 2 * 7
    assert "45  Nam Định −28" in labels["label"].to_list()
    for side in (0, 1):
        places = sorted(labels.filter(side=side)["place"])
        assert all(after - before >= 1.4 for before, after in pairwise(places))
    assert lines.filter(unit="63-36")["hollow_after"].item()  # computed, not printed


def test_the_title_of_the_slope_is_the_change_of_rank(frames: Frames) -> None:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2015, 2023, "overall")
    titles = ("PCI 2015", "PCI 2023")
    own = pictures.slope_title(pairs, "63-36", titles, (63, 63), "vi")
    assert own == "Nam Định: từ thứ 17/63 (PCI 2015) xuống thứ 45/63 (PCI 2023)"
    nobody = pictures.slope_title(pairs, None, titles, (63, 63), "en")
    furthest = pairs.sort("change_rank")
    assert {float(furthest["change_rank"][-1]), float(-furthest["change_rank"][0])} <= numbers(nobody)


def test_labels_are_spread_and_keep_their_order() -> None:
    found = spread([10, 10.2, 10.4, 40], 2, 1, 63)
    assert found == sorted(found)
    assert all(after - before >= 2 - 1e-9 for before, after in pairwise(found))
    assert found[3] == 40
    assert spread([63, 63, 63], 2, 1, 63) == [59, 61, 63]
    assert spread([], 2, 1, 63) == []


def trend(frames: Frames, what: Any, lang: Language = "vi", units: tuple[str, ...] = ("63-36",)) -> Figure:
    index = frames.index("pci")
    lines = pieces(
        ranked(frames, index).filter(component="overall"), index, "shown_rank" if what == "rank" else what
    )
    roles: Any = {"63-36": "own"} if units == ("63-36",) else dict.fromkeys(units, "member")
    names = {unit: frames.unit.filter(unit=unit)["name_vi"].item() for unit in roles}
    frame = Frame(2005, 2024, bands(index, "63"), top=15, marked=(2015,))
    return trend_chart(what, lines, roles, names, frame, 2, caption(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_trend_draws_every_known_year_and_writes_the_latest(frames: Frames, lang: Language) -> None:
    figure = trend(frames, "score", lang)
    points = figure.rows.filter("point")
    assert points["year"].sort().to_list() == list(range(2005, 2024))
    assert points.filter("hollow")["year"].to_list() == [2023]
    (label,) = figure.rows.filter(kind="label")["said"]
    assert label == ("Nam Định 65,65" if lang == "vi" else "Nam Định 65.65")
    assert points.filter(year=2023)["said"].to_list() == [label.replace("h 65", "h 2023: 65")]
    assert words(figure.spec).count("2013–2021") == 3  # the strip of a regime, its words and its edge
    locale = themed(figure.spec, lang, "light")["config"]["locale"]["number"]
    assert locale["decimal"] == ("," if lang == "vi" else ".")


def test_the_rank_axis_has_the_first_on_top(frames: Frames) -> None:
    scales: list[dict[str, Any]] = []

    def walk(spec: Any) -> None:
        if isinstance(spec, dict):
            if "scale" in spec and "datum" in spec and "axis" in spec:
                scales.append(spec["scale"])
            for value in spec.values():
                walk(value)
        elif isinstance(spec, list):
            for value in spec:
                walk(value)

    walk(trend(frames, "rank").spec)
    assert scales
    assert [scale["domain"] for scale in scales if scale.get("reverse")] == [[1.0, 63.0]]


def test_members_are_told_apart_by_shape(frames: Frames) -> None:
    figure = trend(frames, "rank", units=("63-35", "63-36", "63-37"))
    points = figure.rows.filter("point").with_columns(name=pl.col("said").str.extract(r"^(.*) \d{4}:"))
    shapes = points.group_by("name").agg(pl.col("shape").unique())
    assert shapes["name"].sort().to_list() == ["Hà Nam", "Nam Định", "Ninh Bình"]
    met = [shape for found in shapes["shape"] for shape in found]
    assert sorted(met) == ["diamond", "square", "triangle-up"]
    assert sorted(figure.rows.filter(kind="label").drop_nulls("shape")["shape"]) == sorted(met)


def wording_of(frames: Frames, lang: Language, own: str | None = "63-36", until: int = 2023) -> TrendWording:
    members = {} if own else {"63-35": "Hà Nam", "63-36": "Nam Định", "63-37": "Ninh Bình"}
    return TrendWording(frames.index("pci"), until, "Nam Định" if own else "Ninh Bình", lang, own, members)


def test_the_titles_of_a_trend_are_true(frames: Frames) -> None:
    rows = ranked(frames, frames.index("pci")).filter(component="overall")
    assert (
        trends.rank_title(wording_of(frames, "vi"), rows) == "Nam Định: từ thứ 17/63 (2015) xuống thứ 45/63 (2023)"
    )
    english = trends.score_title(wording_of(frames, "en"), rows, 2)
    assert {65.29, 2022, 65.65, 2023} == numbers(english)
    members = trends.rank_title(wording_of(frames, "vi", own=None), rows)
    assert "Nam Định thứ 45/63 (2023)" in members
    assert "Ninh Bình thứ 19/63 (2023)" in members
    alone = trends.score_title(wording_of(frames, "vi", until=2022), rows, 2)
    assert "chưa có năm nào cùng cách tính" in alone


@pytest.mark.parametrize("value", ["score", "shown_rank"])
def test_the_panels_hold_every_component_on_one_scale(frames: Frames, value: str) -> None:
    index = frames.index("pci")
    parts = [(part.code, part.name, part.short) for part in index.components_of(2023)]
    codes = [code for code, *_ in parts]
    lines = pieces(ranked(frames, index).filter(pl.col("component").is_in(codes), unit="63-36"), index, value)
    scale = Scale(1, 63, 0, reverse=True) if value == "shown_rank" else Scale(1, 9, 2)
    figure = panels(lines, parts, {"63-36": "own"}, {"63-36": "Nam Định"}, (2005, 2024), scale, caption())
    drawn = figure.rows.filter(role="own")
    assert drawn.filter(~pl.col("dashed")).height == lines.filter(~pl.col("dashed")).height
    assert drawn["panel"].n_unique() == 10
    assert drawn["up"].is_between(0, 1).all()
    assert drawn["along"].is_between(0, 1).all()
    best = lines.sort("value", descending=value == "score").row(0, named=True)
    assert drawn.sort("up", descending=True).row(0, named=True)["panel"] == codes.index(best["component"])
    text = words(figure.spec)
    assert all(name.vi in text and short.vi in text for _, name, short in parts)
    assert figure.rows.filter(role="latest").height == 10
    ends = figure.rows.filter(role="end").select("up", "said").unique().sort("up")["said"].to_list()
    assert ends == (["63", "1"] if value == "shown_rank" else ["1", "9"])


def figures(frames: Frames) -> list[Figure]:
    pairs = rank_pairs(ranked(frames, frames.index("pci")), 2018, 2019, "overall")
    partial = shaded(frames, "par", 2023)
    return [
        province_map(partial, {}, "63", "", caption()),
        tile_map(partial, frames.tile.filter(unit_set="63"), caption()),
        slope(pairs, {}, [], "63-36", [], (2018, 2019), caption()),
        trend(frames, "rank"),
    ]


def test_every_figure_can_be_taken_away(frames: Frames) -> None:
    for figure in figures(frames):
        assert as_png(figure, "vi", scale=0.5).startswith(b"\x89PNG")
        head = as_csv(figure, "vi").decode("utf-8-sig").splitlines()[0]
        assert "Tỉnh, thành phố" in head or "Mã" in head


def test_what_is_only_bounded_is_drawn_as_bounds(frames: Frames) -> None:
    index = frames.index("pci")
    known = ranked(frames, index).filter(component="overall", unit="63-36")
    hidden = pl.col("year") >= 2021
    figures = known.with_columns(
        score=pl.when(~hidden).then("score"),
        score_low=pl.when(pl.col("year") == 2021).then(64.0),
        score_high=pl.when(hidden).then(66.0),
    )
    frame = Frame(2005, 2024, bands(index, "63"), scores=(40, 70))
    lines, limits = pieces(figures, index, "score"), bounds(figures)
    figure = trend_chart(
        "score", lines, {"63-36": "own"}, {"63-36": "Nam Định"}, frame, 2, caption(), bounds=limits
    )
    drawn = figure.rows.filter(kind="bound").sort("year").select("year", "low", "high", "said").rows()
    assert drawn[0] == (2021, 64.0, 66.0, "Nam Định 2021: 64,00–66,00")
    assert [(year, low, said) for year, low, _, said in drawn[1:]] == [
        (2022, None, "Nam Định 2022: < 66,00"),
        (2023, None, "Nam Định 2023: < 66,00"),
    ]
    assert figure.rows.filter("point")["year"].max() == 2020  # a bound is no point of a line
    assert "triangle-down" in words(figure.spec)
    assert as_png(figure, "vi", scale=0.5).startswith(b"\x89PNG")


def test_one_of_the_34_is_drawn_between_its_members(frames: Frames) -> None:
    index = frames.index("pci")
    whole = merged_series(frames, "34-37", "pci")
    members: Any = dict.fromkeys(("63-35", "63-36", "63-37"), "part")
    lines = pieces(ranked(frames, index).filter(component="overall"), index, "score")
    figure = trend_chart(
        "score",
        pl.concat([lines.filter(pl.col("unit").is_in(list(members))), whole], how="diagonal_relaxed"),
        {**members, "34-37": "own"},
        {"63-35": "Hà Nam", "63-36": "Nam Định", "63-37": "Ninh Bình", "34-37": "Ninh Bình mới"},
        Frame(2005, 2025, bands(index, "63")),
        2,
        caption(),
        spreads=whole.filter(~pl.col("dashed")),
    )
    bars = {row["year"]: row for row in figure.rows.filter(kind="spread").iter_rows(named=True)}
    points = figure.rows.filter("point")
    for row in points.filter(role="own").iter_rows(named=True):
        assert row["hollow"]
        assert bars[row["year"]]["low"] <= row["value"] <= bars[row["year"]]["high"]
        around = points.filter(role="part", year=row["year"])["value"]
        assert (around.min(), around.max()) == (bars[row["year"]]["low"], bars[row["year"]]["high"])
    assert as_png(figure, "vi", scale=0.5).startswith(b"\x89PNG")


@pytest.mark.parametrize("what", ["rank", "score"])
def test_a_trend_is_the_drawing_that_was_looked_at(frames: Frames, what: str) -> None:
    assert matches(f"trend-{what}", trend(frames, what).spec)


def test_the_other_pictures_are_the_drawings_that_were_looked_at(frames: Frames) -> None:
    index = frames.index("pci")
    parts = [(part.code, part.name, part.short) for part in index.components_of(2023)]
    lines = pieces(ranked(frames, index).filter(pl.col("component") != "overall", unit="63-36"), index, "score")
    names = {"63-36": "Nam Định"}
    small = panels(lines, parts, {"63-36": "own"}, names, (2005, 2024), Scale(1, 9, 2), caption())
    assert matches("panels", small.spec)
    _, tiles, two, _ = figures(frames)
    assert matches("tiles", tiles.spec)
    assert matches("slope", two.spec)
