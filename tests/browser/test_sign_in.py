"""Signing in by OpenID Connect at a provider of this machine, and what each role can do."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from data.store import Store
from tests.browser.conftest import DESK, HEIGHT
from tests.serving import Served, serve, served

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.timeout(300)

IMPORT = "/data?part=import&index=par&year=2025&lang=vi"
NOTES = "/pack?province={}&index=pci&year=2023&parts=summary&lang=vi"
TABLE = "Tỉnh;Điểm;Hạng\nHà Nội;91,5;1\nHải Phòng;90,5;2\n"
PEOPLE = [
    {"sub": "1", "name": "Khách", "email": "khach@tinh.gov.vn"},
    {"sub": "2", "name": "Lan", "email": "lan@tinh.gov.vn", "email_verified": True},
    {"sub": "3", "name": "Hùng", "email": "hung@tinh.gov.vn", "email_verified": True, "vb_role": "keeper"},
]
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for this test, and long enough"
client_id = "vuotbac"
client_secret = "none"
server_metadata_url = "http://localhost:{provider}/.well-known/openid-configuration"

[vuotbac]
role_claim = "vb_role"

[vuotbac.people."lan@tinh.gov.vn"]
role = "planner"
units = ["63-36"]

# The provider has no proof that it is his.
[vuotbac.people."khach@tinh.gov.vn"]
role = "keeper"
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def provider() -> Iterator[int]:
    """The port of a provider that takes anybody's word for who he is."""
    port = free_port()
    people = [argument for claims in PEOPLE for argument in ("--user-claims", json.dumps(claims))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--host", "localhost", "--port", str(port), *people]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            assert time.monotonic() < until, "the provider is silent"
            assert process.poll() is None, "the provider ended"
            try:
                with closing(socket.create_connection(("localhost", port), timeout=1)):
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def server(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    with provider() as asked:
        (folder / ".streamlit").mkdir()
        secrets = SECRETS.format(port=port, provider=asked)
        (folder / ".streamlit" / "secrets.toml").write_text(secrets, encoding="utf-8")
        with served(store_path, folder, serve(f"port={port}")) as running:
            yield running


@contextmanager
def visiting(browser: BrowserContext, server: Served) -> Iterator[Page]:
    """A page of somebody who has signed in nowhere yet."""
    browser.clear_cookies()
    page = browser.new_page()
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    yield page
    page.close()
    browser.clear_cookies()


def sign_in(page: Page, server: Served, who: str, name: str) -> None:
    page.goto(f"{server.address}/data?part=import&lang=vi")
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator("input[name=sub]").fill(who)
    page.get_by_role("button", name="Authorize").click()
    # The provider sends back to the first page.
    expect(page.get_by_role("button", name="Đăng xuất")).to_contain_text(name)


def kept(server: Served) -> list[tuple[str, str]]:
    """Who did what, as the history has it."""
    with Store.open(server.store) as store:
        return list(store.entered("history").select("author", "act").iter_rows())


def test_a_reader_looks(browser: BrowserContext, server: Served) -> None:
    before = kept(server)
    with visiting(browser, server) as page:
        page.goto(server.address + IMPORT)
        expect(page.locator(".vb-notice").last).to_contain_text("Chưa đăng nhập nên chỉ xem")
        expect(page.locator("input[type=file]")).to_have_count(0)
        sign_in(page, server, "1", "Khách (1)")
        page.goto(server.address + IMPORT)
        expect(page.locator(".vb-notice").last).to_contain_text("“Khách (1)” không có quyền")
        expect(page.locator("input[type=file]")).to_have_count(0)
        expect(page.get_by_role("button", name="Hoàn tác", exact=True)).to_have_count(0)
        page.goto(server.address + NOTES.format("63-36"))
        expect(page.locator(".vb-notice").last).to_contain_text("không có quyền")
        expect(page.locator("textarea")).to_have_count(0)
    assert kept(server) == before


def test_a_planner_writes_of_his_province_alone(browser: BrowserContext, server: Served) -> None:
    with visiting(browser, server) as page:
        sign_in(page, server, "2", "Lan")
        page.goto(server.address + NOTES.format("63-36"))
        for part in (".vb-outline", ".vb-noted", ".st-key-pack-note-lines input >> nth=1"):
            page.locator(part).first.wait_for()
        page.get_by_label("Nguyên nhân").fill("Hồ sơ chậm")
        page.get_by_label("Thời hạn").fill("quý III/2026")
        page.get_by_role("button", name="Lưu ý kiến").click()
        expect(page.locator(".st-key-pack-note-save")).to_contain_text("Lan (lan@tinh.gov.vn) đã lưu lúc")
        assert kept(server)[-1] == ("Lan (lan@tinh.gov.vn)", "note")
        page.goto(server.address + NOTES.format("63-22"))
        expect(page.locator(".vb-notice").last).to_contain_text("không có quyền")
        expect(page.locator("textarea")).to_have_count(0)
        page.goto(server.address + IMPORT)
        expect(page.locator(".vb-notice").last).to_contain_text("không có quyền")
        expect(page.locator("input[type=file]")).to_have_count(0)


def test_a_keeper_imports_and_takes_back_and_signs_out(browser: BrowserContext, server: Served) -> None:
    with visiting(browser, server) as page:
        sign_in(page, server, "3", "Hùng")
        page.goto(server.address + IMPORT)
        file = {"name": "bảng.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
        page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]
        page.get_by_label("Bảng này lấy từ đâu").fill("Quyết định 1/QĐ-BNV")
        page.get_by_role("button", name="Nhập 4 số liệu").click()
        expect(page.locator(".vb-said")).to_contain_text("2 đơn vị của PAR INDEX 2025")
        expect(page.locator(".vb-batch").first).to_contain_text("Hùng (hung@tinh.gov.vn)")
        page.get_by_role("button", name="Hoàn tác", exact=True).click()
        page.get_by_role("button", name=re.compile(r"Hoàn tác lô \d+")).click()
        expect(page.locator(".vb-said")).to_contain_text("Đã hoàn tác lô")
        page.locator("summary", has_text="Đã hoàn tác (").click()
        expect(page.locator("details[open] tbody")).to_contain_text("Hùng (hung@tinh.gov.vn)")
        assert [author for author, _ in kept(server)[-2:]] == ["Hùng (hung@tinh.gov.vn)"] * 2

        page.get_by_role("button", name="Đăng xuất").click()
        page.wait_for_url("**/end_session*", wait_until="load")
        page.goto(server.address + IMPORT)
        expect(page.get_by_role("button", name="Đăng nhập")).to_be_visible()
        expect(page.locator("input[type=file]")).to_have_count(0)
