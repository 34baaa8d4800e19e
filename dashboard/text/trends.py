"""Sentences on trends: figures of a unit over the editions in, words out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from analytics.standing.trend import Move, moved_components, rank_against_best, score_in_regime
from dashboard.text import say, sentences
from dashboard.text.sentences import shown_rank
from dashboard.text.wording import Wording
from data import number
from data.definition import OVERALL, spans

# More changes of the number of units than these are not listed one by one.
_RUNS = 3


@dataclass(frozen=True, slots=True)
class TrendWording(Wording):
    """Words for a trend of `own`, a unit of the 63, or of the `members` of one of the 34 (names by unit)."""

    PAGE: ClassVar[str] = "trends"

    own: str | None
    members: Mapping[str, str]


def own_editions(wording: TrendWording, rows: pl.DataFrame) -> list[str]:
    """`PCI 2025: thứ 2/34, 72,08 điểm`, newest first, of rows of `analytics.core.history` on one component."""
    said, places = [], wording.index.score_decimals
    for row in rows.reverse().iter_rows(named=True):
        place = shown_rank(row)
        known = [None if place is None else number.standing(place, row["of"], wording.lang)]
        if row["score"] is not None:
            written = number.decimal(row["score"], places, wording.lang)
            known.append(say(wording.lang, "standing.points", points=written))
        if listed := ", ".join(filter(None, known)):
            edition = sentences.edition(wording.index, row["year"], OVERALL, wording.lang)
            said.append(wording.say("own_edition", edition=edition, standing=listed))
    return said


def rank_title(wording: TrendWording, figures: pl.DataFrame) -> str:
    """How far the latest rank is from the best so far; of members, the last rank of each."""
    if wording.own is None:
        return _members(wording, figures, "rank")
    own = figures.filter(unit=wording.own)
    move = rank_against_best(own, wording.year)
    if move is None:
        known = own.drop_nulls("shown_rank").filter(pl.col("year") <= wording.year)
        if known.is_empty():
            return wording.say("rank_none", name=wording.name)
        row = known.row(0, named=True)
        after = number.standing(row["shown_rank"], row["of"], wording.lang)
        return wording.say("rank_one", name=wording.name, after=after, to=row["year"])
    before = number.standing(int(move.before), move.of_before, wording.lang)
    after = number.standing(int(move.after), move.of_after, wording.lang)
    key = "same" if before == after else "down" if _lower(move) else "up"
    return wording.say(f"rank_{key}", name=wording.name, before=before, after=after, **_years(move))


def score_title(wording: TrendWording, figures: pl.DataFrame, places: int) -> str:
    """From the first to the latest score by the method now in force; of members, the last score of each."""
    if wording.own is None:
        return _members(wording, figures, "score", places)
    own = figures.filter(unit=wording.own)
    move = score_in_regime(own, wording.index, wording.year)
    if move is None:
        known = own.drop_nulls("score").filter(pl.col("year") <= wording.year).sort("year")
        if known.is_empty():
            return wording.say("score_none", name=wording.name)
        row = known.row(-1, named=True)
        after = number.decimal(row["score"], places, wording.lang)
        return wording.say("score_one", name=wording.name, after=after, to=row["year"])
    before, after = (number.decimal(value, places, wording.lang) for value in (move.before, move.after))
    key = "same" if before == after else "up" if move.after > move.before else "down"
    return wording.say(f"score_{key}", name=wording.name, before=before, after=after, **_years(move))


def components_title(
    wording: TrendWording, figures: pl.DataFrame, value: str, names: Mapping[str, str], places: int
) -> str:
    """On how many components the unit rose and fell; best and worst, where there is nothing to compare with."""
    word = wording.index.component_word.in_(wording.lang)
    if wording.own is None:
        listed = _listed(wording, list(wording.members.values()))
        return wording.say("components_members", word=word, names=listed, name=wording.name)
    own = figures.filter(unit=wording.own)
    kind = "rank" if value == "shown_rank" else "score"
    first, last, moves = moved_components(own, wording.index, value, wording.year)
    if first != last and moves.height > 1:
        changed = {
            "up": int((moves["change"] > 0).sum()),
            "down": int((moves["change"] < 0).sum()),
            "of": moves.height,
            "from": first,
            "to": last,
        }
        return wording.say(f"components_{kind}", name=wording.name, word=word, **changed)
    now = own.filter(year=last).drop_nulls(value).sort(value, "component", descending=[kind == "score", False])
    if now.height < 2:
        return wording.say("components_none", name=wording.name, word=word)
    best, worst = now.row(0, named=True), now.row(-1, named=True)

    def written(row: Mapping[str, object]) -> str:
        if kind == "rank":
            return number.standing(int(str(row[value])), int(str(row["of"])), wording.lang)
        return number.decimal(float(str(row[value])), places, wording.lang)

    return wording.say(
        "components_one" if kind == "score" else "components_one_rank",
        name=wording.name,
        year=last,
        best=names[best["component"]],
        best_value=written(best),
        worst=names[worst["component"]],
        worst_value=written(worst),
    )


def known_years(wording: TrendWording, own: pl.DataFrame, years: Sequence[int]) -> list[str]:
    """How many of the years are known, and which are not."""
    scores = set(own.drop_nulls("score")["year"].to_list())
    ranks = set(own.drop_nulls("shown_rank")["year"].to_list())
    counts = {"scores": len(scores), "ranks": len(ranks), "of": len(years)}
    said = [wording.say("coverage", years=f"{wording.index.name.in_(wording.lang)} {spans(years)}", **counts)]
    lost = {
        "scores": [year for year in years if year not in scores],
        "ranks": [y for y in years if y not in ranks],
    }
    if lost["scores"] == lost["ranks"]:
        lost = {"both": lost["scores"]}
    said += [wording.say(f"missing_{what}", years=spans(missing)) for what, missing in lost.items() if missing]
    return said


def units_scored(wording: TrendWording, figures: pl.DataFrame) -> str:
    """The number of units ranked, once for each run of years with the same number."""
    runs: list[tuple[int, list[int]]] = []
    for year, of in figures.select("year", "of").unique().sort("year").iter_rows():
        if runs and runs[-1][0] == of:
            runs[-1][1].append(year)
        else:
            runs.append((of, [year]))
    if len(runs) > _RUNS:
        counts = [of for of, _ in runs]
        return wording.say("of_many", least=min(counts), most=max(counts))
    said = [wording.say("of_one", n=of, years=_span(years)) for of, years in runs]
    return wording.say("of", runs=", ".join(said))


def source(wording: TrendWording, drawn: pl.DataFrame) -> str:
    """The source line; it says so where most figures are second-hand."""
    statuses = [*drawn["score_status"].drop_nulls(), *drawn["rank_status"].drop_nulls()]
    first = sum(status in ("published", "derived") for status in statuses)
    years = drawn["year"].unique().sort().to_list()
    return wording.say(
        "source" if 2 * first >= len(statuses) else "source_second",
        publisher=wording.index.publisher.in_(wording.lang),
        index=wording.index.name.in_(wording.lang),
        years=_span(years),
    )


def _members(wording: TrendWording, figures: pl.DataFrame, what: str, places: int = 2) -> str:
    """The last known rank or score of each member."""
    column = "shown_rank" if what == "rank" else "score"
    said = []
    for unit, name in wording.members.items():
        known = figures.filter(unit=unit).drop_nulls(column).sort("year")
        if known.is_empty():
            said.append(wording.say(f"{what}_none", name=name))
            continue
        row = known.row(-1, named=True)
        values = (
            {"standing": number.standing(row["shown_rank"], row["of"], wording.lang)}
            if what == "rank"
            else {"score": number.decimal(row["score"], places, wording.lang)}
        )
        said.append(wording.say(f"{what}_last", name=name, year=row["year"], **values))
    return wording.say(f"{what}_members", name=wording.name, standings=", ".join(said))


def _listed(wording: TrendWording, names: Sequence[str]) -> str:
    return f" {wording.say('and')} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _lower(move: Move) -> bool:
    """Whether the later rank is the lower one, among as many units as there were."""
    return (move.after - 1) / max(move.of_after - 1, 1) > (move.before - 1) / max(move.of_before - 1, 1)


def _years(move: Move) -> dict[str, int]:
    return {"from": move.from_year, "to": move.to_year}


def _span(years: Sequence[int]) -> str:
    """First to last, whatever is missing in between."""
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
