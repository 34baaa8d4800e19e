"""What is prepared for a province that is about to be chosen is what its page then says."""

from __future__ import annotations

import pytest

from dashboard.server import prefetch as ahead
from dashboard.session.resources import resources
from dashboard.text import LANGUAGES
from data.text import Language
from tests.dashboard.opening import body, opened

pytestmark = pytest.mark.usefixtures("store")

PAGES = ("overview", "rankings", "trends", "weaknesses", "target", "change")
EDITION = {"index": "pci", "year": "2019"}


@pytest.fixture
def store(store_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VUOTBAC_STORE", str(store_path))
    monkeypatch.setattr(ahead, "_RUNS", type(ahead._RUNS)())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_the_texts_are_those_of_the_page(page: str, lang: Language) -> None:
    address = EDITION | {"lang": lang}
    opened(page, **address, province="63-36")
    prepared = ahead.texts(page, address | {"province": "63-22"}, "light", resources())
    shown = body(opened(page, **address, province="63-22"))
    assert prepared
    for name, text in prepared.items():
        assert f'<div data-drawn="{name}">{text}</div>' in shown


def test_what_stood_beside_in_the_address_is_kept() -> None:
    address = EDITION | {"top": "10"}
    opened("target", **address, province="63-36")
    assert not ahead.texts("target", EDITION | {"province": "63-22"}, "light", resources())
    prepared = ahead.texts("target", address | {"province": "63-83"}, "light", resources())
    assert any("nhóm 10 dẫn đầu" in text for text in prepared.values())


def test_one_of_the_34_too() -> None:
    address = {"index": "pci", "year": "2025"}
    opened("overview", **address, province="34-37")
    prepared = ahead.texts("overview", address | {"province": "34-22"}, "light", resources())
    shown = body(opened("overview", **address, province="34-22"))
    assert prepared
    assert all(text in shown for text in prepared.values())


def test_nothing_is_prepared_for_what_is_not_known() -> None:
    found = resources()
    assert not ahead.texts("rankings", EDITION | {"province": "63-22"}, "light", found)
    opened("rankings", **EDITION, province="63-36")
    for wrong in ("63-99", "", "<b>"):
        assert not ahead.texts("rankings", EDITION | {"province": wrong}, "light", found)
    assert not ahead.texts("nowhere", EDITION | {"province": "63-22"}, "light", found)


def test_a_visitor_without_a_province_teaches_nothing() -> None:
    opened("rankings", **EDITION)
    assert not ahead._RUNS
