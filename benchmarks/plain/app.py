"""What the dashboard's pages show, as a plain Streamlit app: the yardstick of `pages.py`.

Written as Streamlit's documentation suggests: one connection kept, a query for each thing shown, `st.metric`,
`st.dataframe`, `st.altair_chart`. Neither slowed down nor tuned. `PLAIN_STORE` names a store that is built.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import altair as alt
import duckdb
import pandas as pd
import streamlit as st

OUTLINES = Path(__file__).parents[2] / "data" / "geography" / "provinces_63.geojson"
TOP = 15
BLUE, GREY, GOLD = "#0F4C81", "#B4BEC8", "#B8860B"

# Scores with their ranks; the total is the component `overall`.
RANKED = """
    SELECT f.*, u.name_vi AS name, u.region, rank() OVER (
        PARTITION BY f."index", f.year, f.component ORDER BY f.score DESC) AS rank
    FROM figure f JOIN unit u USING (unit) WHERE f.score IS NOT NULL
"""


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["PLAIN_STORE"], read_only=True)


def query(sql: str, *values: object) -> pd.DataFrame:
    return connection().cursor().execute(f"WITH ranked AS ({RANKED}) {sql}", list(values)).df()


@st.cache_data
def outlines() -> list[dict[str, object]]:
    features: list[dict[str, object]] = json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]
    return features


def chosen() -> tuple[str, int, str, str]:
    """Index, year, and the province's code and name, chosen in one row."""
    first, second, third = st.columns(3)
    index = first.selectbox("Chỉ số", ["pci", "papi"], format_func=str.upper)
    years = query('SELECT DISTINCT year FROM ranked WHERE "index" = ? ORDER BY year DESC', index)["year"].tolist()
    year = second.selectbox("Ấn bản", years, index=years.index(2019))
    units = query("SELECT unit, name_vi FROM unit WHERE unit_set = '63' ORDER BY name_vi")
    names = dict(zip(units["unit"], units["name_vi"], strict=True))
    unit = third.selectbox("Tỉnh, thành phố", list(names), format_func=names.get, index=list(names).index("63-36"))
    return index, year, unit, names[unit]


def edition(index: str, year: int) -> pd.DataFrame:
    """The totals of an edition beside those of the one before."""
    return query(
        """
        SELECT now.unit, now.name, now.region, now.rank, now.score,
               before.rank - now.rank AS change_rank, now.score - before.score AS change_score
        FROM ranked now LEFT JOIN ranked before ON before."index" = now."index" AND before.unit = now.unit
            AND before.component = now.component AND before.year = now.year - 1
        WHERE now."index" = ? AND now.year = ? AND now.component = 'overall' ORDER BY now.rank, now.name
        """,
        index,
        year,
    )


def standing(table: pd.DataFrame, unit: str) -> None:
    """Rank, score and what changed, of one province."""
    own = table[table["unit"] == unit].iloc[0]
    near = int((abs(table["score"] - own["score"]) <= 0.3).sum()) - 1
    region = table[table["region"] == own["region"]]
    first, second, third, fourth = st.columns(4)
    first.metric("Thứ hạng", f"{own['rank']}/{len(table)}", f"{own['change_rank']:+.0f}")
    second.metric("Điểm", f"{own['score']:.2f}", f"{own['change_score']:+.2f}")
    third.metric("Trong vùng", f"{int((region['rank'] < own['rank']).sum()) + 1}/{len(region)}")
    fourth.metric("Trong khoảng ±0,3 điểm", near)


def rankings() -> None:
    index, year, unit, name = chosen()
    st.title(f"{name}: {index.upper()} {year}")
    table = edition(index, year)
    standing(table, unit)
    st.dataframe(table.drop(columns="unit"), hide_index=True, height=600)


def overview() -> None:
    index, year, unit, name = chosen()
    st.title(name)
    left, right = st.columns([6, 5])
    table = edition(index, year)
    parts = query(
        """
        SELECT r.component, c.name_vi AS "name", c.position, min(score) AS low, max(score) AS high,
               median(score) AS median, median(score) FILTER (WHERE unit IN (SELECT unit FROM ranked
                   WHERE "index" = $1 AND year = $2 AND component = 'overall' AND rank <= $3)) AS leading,
               any_value(score) FILTER (WHERE unit = $4) AS own
        FROM ranked r JOIN component c USING ("index", year, component)
        WHERE "index" = $1 AND year = $2 AND component <> 'overall' GROUP BY ALL ORDER BY c.position
        """,
        index,
        year,
        TOP,
        unit,
    )
    with left:
        for known, one in zip(("pci", "par", "sipas", "papi"), (*st.columns(2), *st.columns(2)), strict=True):
            past = query(
                "SELECT year, score, rank FROM ranked WHERE \"index\" = ? AND unit = ? AND component = 'overall' "
                "ORDER BY year",
                known,
                unit,
            )
            if past.empty:
                one.metric(known.upper(), "–")
                continue
            last = past.iloc[-1]
            one.metric(
                f"{known.upper()} {last['year']:.0f}",
                f"thứ {last['rank']:.0f}",
                f"{last['score']:.2f} điểm",
                chart_data=past["score"],
                chart_type="line",
            )
        gaps = parts.assign(gap=parts["own"] - parts["leading"]).sort_values("gap")
        for title, some in (("Kìm hãm nhiều nhất", gaps.head(3)), ("Nâng đỡ nhiều nhất", gaps.tail(3))):
            st.subheader(title)
            st.markdown("\n".join(f"- {row['name']}: {row['gap']:+.2f}" for _, row in some.iterrows()))
    with right:
        st.subheader(f"{name} trong {len(table)} tỉnh, thành phố")
        threshold = pd.DataFrame({"score": [table["score"].nlargest(TOP).min()]})
        points = alt.Chart(table).mark_point().encode(
            x=alt.X("score", scale=alt.Scale(zero=False)),
            color=alt.condition(alt.datum.unit == unit, alt.value(BLUE), alt.value(GREY)),
            tooltip=["name", "rank", "score"],
        )  # fmt: skip
        st.altair_chart(points + alt.Chart(threshold).mark_rule(color=GOLD).encode(x="score"))
        st.subheader("Vì sao đổi hạng")
        own = table[table["unit"] == unit].iloc[0]
        st.write(f"{name} đổi {own['change_rank']:+.0f} bậc, {own['change_score']:+.2f} điểm so với năm trước.")
    st.subheader("Các chỉ số thành phần")
    base = alt.Chart(parts).encode(y=alt.Y("name", sort=None, title=None))
    bars = base.mark_bar(color="#E6EAEE", height=6).encode(x=alt.X("low", title="Điểm"), x2="high")
    ticks = base.mark_tick(color="#5B6977").encode(x="median")
    dots = base.mark_point(filled=True, size=120, color=BLUE).encode(x="own", tooltip=["name", "own", "median"])
    st.altair_chart(bars + ticks + dots)


def trends() -> None:
    index, _, unit, name = chosen()
    st.title(f"{name}: {index.upper()} qua các ấn bản")
    past = query(
        """
        SELECT year, unit, name, score, rank FROM ranked WHERE "index" = ? AND component = 'overall'
            AND region = (SELECT region FROM unit WHERE unit = ?) ORDER BY year
        """,
        index,
        unit,
    )
    for field, title in (("rank", "Thứ hạng"), ("score", "Điểm")):
        own = past[past["unit"] == unit]
        st.subheader(f"{title}: từ {own[field].iloc[0]:g} ({own['year'].iloc[0]}) đến {own[field].iloc[-1]:g}")
        scale = alt.Scale(zero=False, reverse=field == "rank")
        base = alt.Chart(past).encode(x="year:O", y=alt.Y(field, scale=scale), detail="unit")
        lines = base.mark_line(color=GREY, strokeWidth=1).encode(tooltip=["name", "year", field])
        bold = base.transform_filter(alt.datum.unit == unit).mark_line(color=BLUE, point=True)
        st.altair_chart(lines + bold)
    parts = query(
        """
        SELECT r.year, c.name_vi AS part, c.position, median(score) AS median,
               any_value(score) FILTER (WHERE unit = $2) AS own
        FROM ranked r JOIN component c USING ("index", year, component)
        WHERE "index" = $1 AND component <> 'overall' AND region = (SELECT region FROM unit WHERE unit = $2)
        GROUP BY ALL ORDER BY c.position, r.year
        """,
        index,
        unit,
    )
    base = alt.Chart(parts, width=160, height=120).encode(x=alt.X("year:O", axis=None))
    own = base.mark_line(color=BLUE).encode(y=alt.Y("own", scale=alt.Scale(zero=False)))
    st.subheader("Điểm từng chỉ số thành phần")
    st.altair_chart((base.mark_line(color=GREY).encode(y="median") + own).facet("part", columns=4))


def chart_map() -> None:
    index, year, unit, name = chosen()
    st.title(f"{name}: {index.upper()} {year}")
    table = edition(index, year)
    standing(table, unit)
    shapes = (
        alt.Chart(alt.Data(values=outlines()))
        .transform_lookup("properties.unit", alt.LookupData(table, "unit", ["name", "score", "rank"]))
        .mark_geoshape(stroke="white")
        .encode(color="score:Q", tooltip=["name:N", "score:Q", "rank:Q"])
        .project("identity", reflectY=True)
        .properties(height=600)
    )
    outline = shapes.transform_filter(f"datum.properties.unit == '{unit}'").mark_geoshape(
        fill=None, stroke="black"
    )
    st.altair_chart(shapes + outline.encode(color=alt.Undefined))


st.set_page_config(layout="wide")
st.navigation(
    [
        st.Page(overview, default=True),
        st.Page(rankings, url_path="rankings"),
        st.Page(trends, url_path="trends"),
        st.Page(chart_map, url_path="map", title="Map"),
    ],
    position="top",
).run()
