"""The command line: every question is also a command, answered by the same function as on a page.

Commands import what they need when they run, so that `--help` is fast.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer

from dashboard.command import (
    brief,
    change,
    drivers,
    estimates,
    importing,
    index,
    operating,
    pack,
    path,
    plan,
    standing,
    store,
    weakness,
    weights,
)
from dashboard.command.common import chosen_language, text
from dashboard.text import LANGUAGES, texts
from data.text import Problem, language

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)
for part in (
    standing,
    weakness,
    change,
    path,
    weights,
    drivers,
    estimates,
    pack,
    brief,
    importing,
    plan,
    store,
    operating,
):
    app.add_typer(part.app)
app.add_typer(index.app, name="index")


@app.callback()
def everything(lang: Annotated[str, typer.Option("--lang")] = "vi") -> None:
    """`--lang` may stand anywhere; `main` has read it before the commands are parsed."""


# A disk that is full or broken, or a quota, met by what is printed into a file.
_OUTPUT = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; a problem is one sentence on stderr and exit status 2."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Names of files may hold bytes that are no letters.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    _end_on_signals()
    try:
        given = _choose_language(given)
        _refuse_long_numbers(given)
        command = _translated(typer.main.get_command(app))
        status = command.main(given, prog_name="vuotbac", standalone_mode=False)
        sys.stdout.flush()  # while what goes wrong with it can still be said
    except Problem as problem:
        status = _fail(str(problem))
    except KeyboardInterrupt:
        status = _fail(text("command.say.interrupted"), 130)
    except BrokenPipeError:
        # What reads our output (head, less) has closed it.
        _stop_output()
        status = 0
    except OSError as error:
        if error.filename is not None or error.errno not in _OUTPUT:
            sys.exit(_fail(_unforeseen(error), 1))
        _stop_output()
        status = _fail(text("command.say.no_output", why=error.strerror))
    except Exception as error:
        if not hasattr(error, "format_message"):
            sys.exit(_fail(_unforeseen(error), 1))
        if type(error).__name__ == "NoArgsIsHelpError":
            sys.stdout.write(error.format_message() + "\n")
            sys.exit(0)
        status = _fail(_usage(error))
    sys.exit(status if isinstance(status, int) else 0)


def _stop_output() -> None:
    """Send what is still to be printed nowhere: Python would fail on it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_on_signals() -> None:
    """Have an end that the system asks for clean up like one by Ctrl+C: no half-made file stays."""

    def end(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP"):
        with suppress(AttributeError, ValueError):  # not on every system, and not in another thread than the first
            signal.signal(getattr(signal, name), end)


def _unforeseen(error: Exception) -> str:
    """One sentence with a number, under which the whole of it stands in the log."""
    from data.unforeseen import recorded

    found = recorded(error)
    return text("command.say.unforeseen", number=found.number, log=found.log)


def _choose_language(arguments: list[str]) -> list[str]:
    """Take `--lang` out of the arguments, wherever it stands, and set the language."""
    chosen_language.set(None)
    rest: list[str] = []
    pending = iter(arguments)
    for argument in pending:
        if argument == "--lang" or argument.startswith("--lang="):
            chosen = argument.partition("=")[2] if "=" in argument else next(pending, "")
            if chosen not in LANGUAGES:
                raise Problem(
                    f"--lang “{chosen}” không có. Dùng vi hoặc en.",
                    f"There is no --lang “{chosen}”. Use vi or en.",
                )
            os.environ["VUOTBAC_LANG"] = chosen
            chosen_language.set("vi" if chosen == "vi" else "en")
        else:
            rest.append(argument)
    return rest


def _refuse_long_numbers(arguments: Sequence[str]) -> None:
    """No number that anybody means is longer than the machine's own: each question would fail in its own way."""
    for argument in arguments:
        if found := re.fullmatch(r"(?:.*=)?[+-]?(\d{19,})", argument, re.DOTALL):
            digits = found[1]
            raise Problem(
                f"Số {digits[:6]}… có {len(digits)} chữ số, dài quá. Viết số ngắn hơn.",
                f"The number {digits[:6]}… has {len(digits)} digits, too many. Write a shorter one.",
            )


def _translated(command: Any) -> Any:
    """The command tree with its help in the language chosen."""
    words = texts(language())
    command.help = words["command.help"]
    _translate(command, "", words)
    return command


def _translate(command: Any, within: str, words: Mapping[str, str]) -> None:
    """A command and those below it, whose texts begin with the name of the group (`command.plan_start`)."""
    for parameter in command.params:
        parameter.help = words[f"command.option.{parameter.name}"]
    command.get_help_option = _help_option(command.get_help_option, words["command.option.help"])
    for name, item in getattr(command, "commands", {}).items():
        item.help = item.short_help = words[f"command.{within}{name}"]
        _translate(item, f"{within}{name}_", words)


def _help_option(made: Callable[[Any], Any], words: str) -> Callable[[Any], Any]:
    """The command's own `--help`, with its text in the language chosen."""

    def translated(context: Any) -> Any:
        option = made(context)
        if option is not None:
            option.help = words
        return option

    return translated


def _usage(error: Any) -> str:
    """What is wrong with the arguments of a command, as one sentence."""
    context = getattr(error, "ctx", None)
    command = context.command_path.removeprefix("vuotbac").strip() if context is not None else ""
    parameter = getattr(error, "param", None)
    what = max(parameter.opts, key=len) if parameter is not None else ""
    match type(error).__name__:
        case "MissingParameter":
            return text(
                "command.say.missing", what=what if what.startswith("--") else what.upper(), command=command
            )
        case "NoSuchOption":
            return text("command.say.no_option", what=error.option_name, command=command)
        case "BadParameter":
            return text("command.say.bad_value", what=what, command=command)
        case "UsageError" if not command:
            return text("command.say.no_command")
    return text("command.say.bad_usage", command=command)


def _fail(sentence: str, status: int = 2) -> int:
    sys.stderr.write(sentence + "\n")
    return status
