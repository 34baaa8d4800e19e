"""What is remembered of a visit, and that the address wins over it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard import opening
from tests.dashboard.opening import body, opened, pick

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))


@pytest.fixture
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the browser sends; nothing until a test puts something in."""
    sent: dict[str, str] = {}
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", property(lambda _: sent))
    return sent


def told(app: AppTest) -> str:
    """What the browser is told to keep."""
    return "\n".join(cookie for data in opening.told(app).values() for cookie in data.get("cookies", ()))


def address(app: AppTest) -> dict[str, str]:
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def test_a_visit_without_a_province_opens_the_last_one(cookies: dict[str, str]) -> None:
    cookies |= {"vuotbac_province": "63-36", "vuotbac_lang": "en"}
    app = opened("overview")
    assert "<h1>Nam Dinh</h1>" in body(app)
    assert address(app) == {"province": "63-36", "lang": "en"}


def test_the_address_wins(cookies: dict[str, str]) -> None:
    cookies |= {"vuotbac_province": "63-36", "vuotbac_lang": "en"}
    assert "<h1>Cao Bằng</h1>" in body(opened("overview", province="63-04", lang="vi"))


@pytest.mark.parametrize("kept", ["63-99", "<script>", "%3Cb%3E", "vi;", ""])
def test_a_cookie_that_means_nothing_is_ignored(kept: str, cookies: dict[str, str]) -> None:
    cookies |= {"vuotbac_province": kept, "vuotbac_lang": kept}
    shown = body(opened("overview"))
    assert "<h1>Tỉnh ta đứng đâu?</h1>" in shown
    assert 'class="vb-notice"' not in shown


def test_what_is_chosen_is_remembered_and_what_is_cleared_forgotten() -> None:
    app = opened("overview", province="63-36", index="pci", year="2019")
    assert "vuotbac_province=63-36; Max-Age=31536000; Path=/; SameSite=Lax" in told(app)
    pick(app, "province", None)
    assert "vuotbac_province=; Max-Age=0" in told(app)
    assert "province" not in address(app)


def test_a_link_of_the_navigation_keeps_everything_that_was_chosen() -> None:
    app = opened("overview", province="63-36", index="papi", year="2020", lang="en")
    app.query_params.clear()  # as Streamlit's own links do
    shown = body(app.run())
    assert "<h1>Nam Dinh</h1>" in shown
    assert ">PAPI 2020</a>" in shown
    assert address(app) == {"province": "63-36", "index": "papi", "year": "2020", "lang": "en"}


def test_a_province_of_the_63_is_remembered_as_itself_in_an_edition_of_the_34() -> None:
    app = opened("overview", province="63-36", index="pci", year="2025")
    assert "Ninh Bình (từ 1/7/2025)" in body(app)
    assert "vuotbac_province=63-36;" in told(app)
