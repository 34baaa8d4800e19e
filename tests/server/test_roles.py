"""Who has signed in writes what his role allows, whatever messages he sends: those of a keeper, word for word."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.store import Store
from tests.server.channel import Account, html, tab
from tests.server.messages import IMPORT, Sent, entering, notes_of, noting, undoing
from tests.serving import ROOT, Served, serve, served, streamlit, vuotbac
from tests.stores import copied

pytestmark = pytest.mark.timeout(300)

# What an administrator is told to write: the server is started with it as it stands there, but for the secret.
SAMPLE = (ROOT / "docs" / "sign-in.md").read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
PUBLIC = tomllib.loads(SAMPLE)["auth"]["cookie_secret"]
SECRET = "k8J-" * 12
OWN, OTHER = "63-36", "63-22"
LAN = {"sub": "2", "name": "Lan", "email": "lan@tinh.gov.vn", "email_verified": True}
HUNG = {"sub": "3", "name": "Hùng", "email": "hung@tinh.gov.vn", "email_verified": True}


@pytest.fixture(scope="module")
def server(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("roles")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(SAMPLE.replace(PUBLIC, SECRET), encoding="utf-8")
    with served(store_path, folder, serve("port=0")) as running:
        yield running


@pytest.fixture(scope="module")
def messages(server: Served) -> dict[str, tuple[str, str, tuple[Sent, ...]]]:
    """What a keeper sends: to which page, with which address, and one after the other."""

    async def kept() -> dict[str, tuple[str, str, tuple[Sent, ...]]]:
        async with tab(**of(server, HUNG)) as page:
            table = await entering(page)
            assert "2 đơn vị của PAR INDEX 2025" in html(await page.send(table[1]))
        async with tab(**of(server, HUNG)) as page:
            undone = await undoing(page, 1)
        async with tab(**of(server, HUNG)) as page:
            note = await noting(page, OTHER, "không phải của Lan")
        data = f"{IMPORT}&lang=vi"
        return {
            "import": ("data", data, table),
            "undo": ("data", data, undone),
            "note": ("pack", notes_of(OTHER), note),
        }

    return asyncio.run(kept())


def of(server: Served, claims: dict[str, Any] | None, secret: str = SECRET, origin: str = "") -> dict[str, Any]:
    """How somebody comes in; the cookie of another secret or for another server is nobody's."""
    own = f"http://127.0.0.1:{server.port}"
    if claims is None:
        return {"port": server.port, "origin": own}
    return {"port": server.port, "origin": own, "account": Account(claims, secret, origin or own)}


def entries(server: Served) -> dict[str, list[dict[str, Any]]]:
    with Store.open(server.store) as store:
        return {name: store.entered(name).to_dicts() for name in ("batch", "note", "history")}


WHO: dict[str, dict[str, Any]] = {
    "nobody": {"claims": None},
    "a reader": {"claims": {"sub": "1", "name": "Khách", "email": "khach@tinh.gov.vn", "email_verified": True}},
    "a keeper's e-mail without proof": {"claims": HUNG | {"sub": "9", "email_verified": False}},
    "a planner": {"claims": LAN},
    "a keeper by a secret of his own": {"claims": HUNG, "secret": "another one, as long as the first"},
    "a keeper of another server": {"claims": HUNG, "origin": "https://another.gov.vn"},
}


@pytest.mark.parametrize("who", WHO)
def test_a_keepers_messages_write_nothing_from_others(
    who: str, server: Served, messages: dict[str, tuple[str, str, tuple[Sent, ...]]]
) -> None:
    async def send() -> None:
        for page, query, sent in messages.values():
            async with tab(**of(server, **WHO[who])) as mine:
                await mine.open(page, query)
                for message in sent:
                    await mine.send(message)
            # As well on a page where he may write, if he may anywhere: only the message is another's.
            async with tab(**of(server, **WHO[who])) as mine:
                await mine.open("pack", notes_of(OWN))
                mine.query = query
                for message in sent:
                    await mine.send(message)

    before = entries(server)
    assert before["batch"]
    asyncio.run(send())
    assert entries(server) == before


def test_the_same_messages_write_from_a_keeper(
    server: Served, messages: dict[str, tuple[str, str, tuple[Sent, ...]]]
) -> None:
    async def send() -> None:
        for page, query, sent in messages.values():
            async with tab(**of(server, HUNG)) as mine:
                await mine.open(page, query)
                for message in sent:
                    await mine.send(message)

    before = entries(server)["history"]
    asyncio.run(send())
    added = [row for row in entries(server)["history"] if row not in before]
    assert [row["act"] for row in added] == ["import", "undo", "note"]
    assert {row["author"] for row in added} == {"Hùng (hung@tinh.gov.vn)"}


def test_a_planner_writes_of_his_province_in_his_own_name(server: Served) -> None:
    async def send() -> None:
        async with tab(**of(server, LAN)) as page:
            for message in await noting(page, OWN, "hồ sơ chậm"):
                await page.send(message)

    before = entries(server)
    asyncio.run(send())
    after = entries(server)
    assert after["batch"] == before["batch"]
    (note,) = [row for row in after["note"] if row not in before["note"]]
    assert (note["unit"], note["cause"], note["author"]) == (OWN, "hồ sơ chậm", "Lan (lan@tinh.gov.vn)")
    (entry,) = [row for row in after["history"] if row not in before["history"]]
    assert entry["author"] == "Lan (lan@tinh.gov.vn)"


# What is written wrongly, and what the server says of it before it listens.
WRONG = {
    "a public secret": (SAMPLE, "token_urlsafe"),
    "no TOML": (SAMPLE.replace("[auth]", "[auth"), ".streamlit/secrets.toml"),
    "a person without a table": (
        SAMPLE.replace(PUBLIC, SECRET).replace("[vuotbac.people]", '[vuotbac.people]\n"x@tinh.gov.vn" = "keeper"'),
        '{ role = "keeper" }',
    ),
}


@pytest.mark.parametrize(
    ("command", "wrong"),
    [*((vuotbac(), wrong) for wrong in WRONG), (streamlit("--server.port", "0"), "a public secret")],
    ids=[*WRONG, "streamlit run"],
)
def test_no_server_starts_with_a_sign_in_that_is_set_up_wrongly(
    store_path: Path, tmp_path: Path, command: list[str], wrong: str
) -> None:
    written, said = WRONG[wrong]
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(written, encoding="utf-8")
    own = {"PYTHONPATH": str(ROOT), "VUOTBAC_STORE": str(copied(store_path, tmp_path / "store.duckdb"))}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("STREAMLIT_")}
    done = subprocess.run(
        command, cwd=tmp_path, env=clean | own, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stdout + done.stderr
