"""Spoils a file many times and has it read each time, in a process forked off: run as a script of its own.

The process that forks has loaded nothing but the readers: what it forks starts with their memory alone, as it does
in the program. `python spoiling.py SEED COUNT < FILE` prints a line for each spoiled file: what became of it
(`read`, `refused`, `died`, `hung`, or the name of an error that nobody foresaw), seconds, megabytes, its sheets.
"""

from __future__ import annotations

import io
import json
import os
import random
import select
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

# Wall-clock seconds: the three of its processor time take longer on a busy machine.
_PATIENCE = 30


def respelt(book: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """A zip with some of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changes[name](content) if name in changes else content)
    return made.getvalue()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A file as a bad disk, a bad link or a bad neighbour leaves it; inside the zip where it is one."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            name = chance.choice(archive.namelist())
        return respelt(content, {name: lambda part: _spoiled(part, chance)})
    return _spoiled(content, chance)


def _spoiled(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data) or 1)
        match chance.randrange(12):
            case 0 | 1 | 2:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 3 | 4:
                del data[place : place + chance.randint(1, 64)]
            case 5 | 6:
                data[place:place] = chance.randbytes(chance.randint(1, 16))
            case 7 | 8:
                data[place:place] = data[place : place + chance.randint(1, 200)] * chance.randint(1, 20)
            case 9 | 10:  # numbers at the ends of what they may be
                width = chance.choice((1, 2, 4, 8))
                data[place : place + width] = chance.choice((b"\xff", b"\x00", b"\x7f", b"9")) * width
            case _:
                del data[place:]
    return bytes(data)


def answered(child: Any, content: bytes) -> dict[str, Any]:
    """What becomes of a file in a process forked off."""
    begun = time.monotonic()
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        child.limit()
        try:
            _, sheets = child.read(content, [], set())
            said = json.dumps({"answer": "read", "sheets": [sheet.plain() for sheet in sheets]})
        except (child.Refused, MemoryError, RecursionError):
            said = '{"answer": "refused"}'
        except Exception as error:
            said = json.dumps({"answer": f"{type(error).__name__}: {error}"})
        except BaseException:  # a panic of the library: the child says "unreadable"
            said = '{"answer": "refused"}'
        with open(writing, "w") as out:
            out.write(said)
        os._exit(0)
    os.close(writing)
    found, hung = b"", False
    while True:
        if not select.select([reading], [], [], max(0.0, begun + _PATIENCE - time.monotonic()))[0]:
            os.kill(process, signal.SIGKILL)
            hung = True
            break
        piece = os.read(reading, 1 << 16)
        if not piece:
            break
        found += piece
    os.close(reading)
    _, _, used = os.wait4(process, 0)
    try:
        answer: dict[str, Any] = json.loads(found)
    except ValueError:
        answer = {"answer": "hung" if hung else "died"}
    return answer | {"seconds": time.monotonic() - begun, "megabytes": used.ru_maxrss >> 10}


def main(seed: str, count: int) -> None:
    """Spoil what standard input holds, and print what becomes of it."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from data.child import process

    whole, chance = sys.stdin.buffer.read(), random.Random(seed)
    with suppress(process.Refused):
        process.read(whole, [], set())  # its library is loaded once, for all that are forked
    for _ in range(count):
        sys.stdout.write(json.dumps(answered(process, mutated(whole, chance))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
