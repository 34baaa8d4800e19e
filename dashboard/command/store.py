"""Commands on the store (build, batches, undo) and on the dashboard itself (serve)."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard.command.common import AsCsv, AsJson, load_frames, open_store, show, text

app = typer.Typer()


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,
    allow_host: Annotated[list[str] | None, typer.Option("--allow-host", metavar="NAME")] = None,
    read_only: Annotated[bool, typer.Option("--read-only")] = False,
) -> None:
    from dashboard.server.serve import serve

    def say(address: str) -> None:
        from dashboard.session.person import shown_only

        typer.echo(text("command.say.serving", address=address))
        if why := shown_only():
            typer.echo(text(f"command.say.shows_{why}"))

    serve(host, port, browser, say, hosts=allow_host or (), read_only=read_only)


@app.command()
def build(without_entries: Annotated[bool, typer.Option("--without-entries")] = False) -> None:
    from dashboard.command.terminal import print_line
    from data.store import Store, default_path, place_of
    from data.store.entries import Entries

    path = default_path()
    Store(path, Entries(place_of(path))).build(without_entries=without_entries)
    print_line(text("command.say.built", path=path))


@app.command()
def batches(as_json: AsJson = False, as_csv: AsCsv = False) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line

    rows = load_frames().batch.rename({"entered_at": "when"})
    answer = Answer("batches", None, None, None, rows, Coverage(rows.height, rows.height))
    if rows.is_empty() and not as_json and not as_csv:
        print_line(text("command.say.no_batches"))
        return
    columns = ("batch", "when", "file", "index", "year", "rows", "status", "source", "undone_at")
    show(answer, columns, as_json, as_csv)


@app.command()
def undo(
    batch: Annotated[int, typer.Argument(metavar="BATCH")], as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    from analytics.core.answer import Answer, Coverage
    from dashboard.command.terminal import print_line
    from data.intake import undo

    with open_store() as store:
        undo(store, batch)
    if as_json or as_csv:
        rows = load_frames().batch.filter(batch=batch)
        show(Answer("undo", None, None, None, rows, Coverage(1, 1)), (), as_json, as_csv)
    else:
        print_line(text("command.say.undone", batch=batch))
