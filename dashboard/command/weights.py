"""Commands on weights and how firm ranks are: weights, robustness, benefit, coherence; noise for passing luck."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from dashboard.command import common
from dashboard.command.common import AsCsv, AsJson, Index, Province, Year
from data.text import Problem, language

app = typer.Typer()


@app.command()
def robustness(
    index: Index,
    year: Year,
    draws: Annotated[int, typer.Option("--draws")] = 10_000,
    seed: Annotated[int, typer.Option("--seed")] = 1,
    top: Annotated[int | None, typer.Option("--top")] = None,
    weights: Annotated[list[str] | None, typer.Option("--weight")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.weights.robustness import robustness

    frames = common.load_frames()
    answer = robustness(frames, index, year, draws, seed, top, weights_of(weights))
    columns = ("unit", common.name_column(), "rank", "low", "high", "p_target", "rank_equal")
    title = f"{frames.index(index).name.in_(language())} {year}"
    common.show(answer, columns, as_json, as_csv, title, frames.index(index))


@app.command()
def noise(
    index: Index,
    year: Year,
    top: Annotated[int | None, typer.Option("--top")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.standing.noise_band import noise_band

    frames = common.load_frames()
    answer = noise_band(frames, index, year, top)
    columns = ("unit", common.name_column(), "score", "rank", "low", "high", "p_target")
    title = f"{frames.index(index).name.in_(language())} {year}"
    common.show(answer, columns, as_json, as_csv, title, frames.index(index))


@app.command()
def benefit(province: Province, index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.weights.benefit_of_doubt import benefit_of_doubt
    from dashboard.command.terminal import print_line

    frames, unit, said = common.find_edition(province, index, year)
    answer = common.with_note(benefit_of_doubt(frames, unit, index, year), said)
    machine = as_json or as_csv
    if not machine:
        print_line(common.text("command.say.benefit", **answer.figures))
        answer = common.worded(answer, frames)
    columns = ("component", "score", "weight", "favourable")
    common.show(answer, columns, as_json, as_csv, common.title_of(frames, unit, index, year))


@app.command()
def coherence(index: Index, year: Year, as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.weights.coherence import COHERENCE_COLUMNS, coherence
    from dashboard.command.terminal import print_line
    from data.definition import spans
    from data.number import decimal

    frames = common.load_frames()
    answer = coherence(frames, index, year)
    figures, lang = answer.figures, language()
    title = f"{frames.index(index).name.in_(lang)} {spans(figures['editions'])}"
    if not (as_json or as_csv):
        alpha, first = decimal(figures["alpha"], 2, lang), decimal(100 * figures["explained"][0], 0, lang)
        said = {"alpha": alpha, "first": first, "dimensions": figures["dimensions"]}
        print_line(common.text("command.say.coherence", **said))
        answer = common.worded(answer, frames)
    common.show(answer, COHERENCE_COLUMNS, as_json, as_csv, title)


@app.command()
def weights(
    index: Index,
    year: Year,
    weight: Annotated[list[str] | None, typer.Option("--weight", metavar="COMPONENT=5")] = None,
    confirm: Annotated[bool, typer.Option("--confirm")] = False,
    source: Annotated[str | None, typer.Option("--source")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    from analytics.weights.edition_weights import WEIGHT_COLUMNS, edition_weights, recovered_weights
    from dashboard.command.terminal import print_line
    from data.frames import load
    from data.intake import enter_weights

    batch, machine = None, as_json or as_csv
    with common.open_store() as store:
        frames = load(store)
        shares = weights_of(weight) or (recovered_weights(frames, index, year) if confirm else None)
        if shares:
            status: Literal["entered", "recovered"] = "entered" if weight else "recovered"
            batch = enter_weights(store, frames, index, year, shares, status=status, source=source)
            frames = load(store)
    answer = edition_weights(frames, index, year)
    shown = answer if machine else common.worded(answer, frames)
    common.show(shown, WEIGHT_COLUMNS, as_json, as_csv, f"{frames.index(index).name.in_(language())} {year}")
    if batch is not None and not machine:
        print_line(common.text("command.say.imported", batch=batch))


def weights_of(given: list[str] | None) -> dict[str, float] | None:
    """`transparency=20` as a weight by component."""
    if not given:
        return None
    found = {}
    for item in given:
        code, equals, text = item.partition("=")
        weight = common.number_of(f"--weight {code}", text) if equals else None
        if weight is None:
            raise Problem(
                f"--weight “{item}”: viết thành phần=trọng số, ví dụ transparency=20.",
                f"--weight “{item}”: write component=weight, such as transparency=20.",
            )
        found[code.strip()] = weight
    return found
