"""What the trends say: a unit's way over the editions; figures in, sentences out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analytics.standing.trend import Move, along, moved_components, turn
from dashboard.text import say
from data import number
from data.definition import Index, spans
from data.text import Language

# More changes of the number of units than these are not listed one by one.
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a trend is of: its name, and the members' by unit where it is one of the 34."""

    index: Index
    name: str
    own: str | None
    members: Mapping[str, str]
    until: int
    lang: Language

    def say(self, key: str, **values: object) -> str:
        """A text of the page in the language chosen."""
        return say(self.lang, f"trends.{key}", **values)


def rank_title(subject: Subject, figures: pl.DataFrame) -> str:
    """How far the latest rank is from the best so far; of members, the last rank of each."""
    if subject.own is None:
        return _members(subject, figures, "rank")
    own = figures.filter(unit=subject.own)
    move = turn(own, subject.until)
    if move is None:
        known = own.drop_nulls("shown_rank").filter(pl.col("year") <= subject.until)
        if known.is_empty():
            return subject.say("rank_none", name=subject.name)
        row = known.row(0, named=True)
        after = number.standing(row["shown_rank"], row["of"], subject.lang)
        return subject.say("rank_one", name=subject.name, after=after, to=row["year"])
    before = number.standing(int(move.before), move.of_before, subject.lang)
    after = number.standing(int(move.after), move.of_after, subject.lang)
    way = "same" if before == after else "down" if _lower(move) else "up"
    return subject.say(f"rank_{way}", name=subject.name, before=before, after=after, **_years(move))


def score_title(subject: Subject, figures: pl.DataFrame, places: int) -> str:
    """From the first to the latest score by the method now in force; of members, the last score of each."""
    if subject.own is None:
        return _members(subject, figures, "score", places)
    own = figures.filter(unit=subject.own)
    move = along(own, subject.index, subject.until)
    if move is None:
        known = own.drop_nulls("score").filter(pl.col("year") <= subject.until).sort("year")
        if known.is_empty():
            return subject.say("score_none", name=subject.name)
        row = known.row(-1, named=True)
        after = number.decimal(row["score"], places, subject.lang)
        return subject.say("score_one", name=subject.name, after=after, to=row["year"])
    before, after = (number.decimal(value, places, subject.lang) for value in (move.before, move.after))
    way = "same" if before == after else "up" if move.after > move.before else "down"
    return subject.say(f"score_{way}", name=subject.name, before=before, after=after, **_years(move))


def components_title(
    subject: Subject, figures: pl.DataFrame, value: str, names: Mapping[str, str], places: int
) -> str:
    """On how many components the unit rose and fell; best and worst, where there is nothing to compare with."""
    word = subject.index.component_word.in_(subject.lang)
    if subject.own is None:
        listed = _listed(subject, list(subject.members.values()))
        return subject.say("components_members", word=word, names=listed, name=subject.name)
    own = figures.filter(unit=subject.own)
    kind = "rank" if value == "shown_rank" else "score"
    first, last, moves = moved_components(own, subject.index, value, subject.until)
    if first != last and moves.height > 1:
        changed = {
            "up": int((moves["change"] > 0).sum()),
            "down": int((moves["change"] < 0).sum()),
            "of": moves.height,
            "from": first,
            "to": last,
        }
        return subject.say(f"components_{kind}", name=subject.name, word=word, **changed)
    now = own.filter(year=last).drop_nulls(value).sort(value, "component", descending=[kind == "score", False])
    if now.height < 2:
        return subject.say("components_none", name=subject.name, word=word)
    best, worst = now.row(0, named=True), now.row(-1, named=True)

    def written(row: Mapping[str, object]) -> str:
        if kind == "rank":
            return number.standing(int(str(row[value])), int(str(row["of"])), subject.lang)
        return number.decimal(float(str(row[value])), places, subject.lang)

    return subject.say(
        "components_one" if kind == "score" else "components_one_rank",
        name=subject.name,
        year=last,
        best=names[best["component"]],
        best_value=written(best),
        worst=names[worst["component"]],
        worst_value=written(worst),
    )


def known_years(subject: Subject, own: pl.DataFrame, years: Sequence[int]) -> list[str]:
    """How much of the way is known, and which years are not."""
    scores = set(own.drop_nulls("score")["year"].to_list())
    ranks = set(own.drop_nulls("shown_rank")["year"].to_list())
    counts = {"scores": len(scores), "ranks": len(ranks), "of": len(years)}
    said = [subject.say("coverage", years=f"{subject.index.name.in_(subject.lang)} {spans(years)}", **counts)]
    lost = {
        "scores": [year for year in years if year not in scores],
        "ranks": [y for y in years if y not in ranks],
    }
    if lost["scores"] == lost["ranks"]:
        lost = {"both": lost["scores"]}
    said += [subject.say(f"missing_{what}", years=spans(missing)) for what, missing in lost.items() if missing]
    return said


def units_scored(subject: Subject, figures: pl.DataFrame) -> str:
    """Among how many units the ranks are, said once for each run of years."""
    runs: list[tuple[int, list[int]]] = []
    for year, of in figures.select("year", "of").unique().sort("year").iter_rows():
        if runs and runs[-1][0] == of:
            runs[-1][1].append(year)
        else:
            runs.append((of, [year]))
    if len(runs) > _RUNS:
        counts = [of for of, _ in runs]
        return subject.say("of_many", least=min(counts), most=max(counts))
    said = [subject.say("of_one", n=of, years=_span(years)) for of, years in runs]
    return subject.say("of", runs=", ".join(said))


def source(subject: Subject, drawn: pl.DataFrame) -> str:
    """Whose figures the lines are; read mostly at second hand, they are called figures, not a source."""
    statuses = [*drawn["score_status"].drop_nulls(), *drawn["rank_status"].drop_nulls()]
    first = sum(status in ("published", "derived") for status in statuses)
    years = drawn["year"].unique().sort().to_list()
    return subject.say(
        "source" if 2 * first >= len(statuses) else "source_second",
        publisher=subject.index.publisher.in_(subject.lang),
        index=subject.index.name.in_(subject.lang),
        years=_span(years),
    )


def _members(subject: Subject, figures: pl.DataFrame, what: str, places: int = 2) -> str:
    """The last known rank or score of each member."""
    column = "shown_rank" if what == "rank" else "score"
    said = []
    for unit, name in subject.members.items():
        known = figures.filter(unit=unit).drop_nulls(column).sort("year")
        if known.is_empty():
            said.append(subject.say(f"{what}_none", name=name))
            continue
        row = known.row(-1, named=True)
        values = (
            {"standing": number.standing(row["shown_rank"], row["of"], subject.lang)}
            if what == "rank"
            else {"score": number.decimal(row["score"], places, subject.lang)}
        )
        said.append(subject.say(f"{what}_last", name=name, year=row["year"], **values))
    return subject.say(f"{what}_members", name=subject.name, standings=", ".join(said))


def _listed(subject: Subject, names: Sequence[str]) -> str:
    return f" {subject.say('and')} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


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
