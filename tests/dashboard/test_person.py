"""Who may enter what, by where the server listens and what an identity provider says of somebody."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.session.loopback import HOSTS, only_here
from dashboard.session.person import decided

PEOPLE = {
    "lan@tinh.gov.vn": {"role": "planner", "units": ["63-36", "34-37"]},
    "hung@tinh.gov.vn": {"role": "keeper"},
    "subject-7": {"role": "keeper"},
    "odd@tinh.gov.vn": {"role": "owner"},
}
VERIFIED = {"email_verified": True}
RULES = {"people": PEOPLE, "role_claim": "vb_role", "units_claim": "vb_units"}


def who(claims: dict[str, Any] | None = None, **settings: Any) -> Any:
    usual = {"read_only": False, "loopback": False, "signs_in": True, "rules": RULES}
    return decided(claims=claims or {}, **(usual | settings))


def test_at_this_machine_everything_is_allowed() -> None:
    found = who(signs_in=False, loopback=True)
    assert found.role == "keeper"
    assert found.name


def test_open_to_the_network_without_sign_in_a_server_only_shows() -> None:
    found = who(signs_in=False)
    assert not any(found.may(act, "63-36") for act in ("import", "undo", "write"))
    assert "--allow" not in found.refusal().vi
    assert "đăng nhập" in found.refusal().vi


@pytest.mark.parametrize("settings", [{"loopback": True, "signs_in": False}, {"signs_in": True}])
def test_read_only_goes_before_everything(settings: dict[str, bool]) -> None:
    found = who({"email": "hung@tinh.gov.vn", "sub": "1"}, read_only=True, **settings)
    assert found.role == "reader"
    assert "--read-only" in found.refusal().vi


def test_with_sign_in_even_this_machine_has_to_sign_in() -> None:
    found = who(loopback=True)
    assert (found.role, found.why) == ("reader", "sign_in")


@pytest.mark.parametrize(
    ("claims", "role", "units"),
    [
        (VERIFIED | {"email": "hung@tinh.gov.vn"}, "keeper", ()),
        (VERIFIED | {"email": "HUNG@tinh.gov.vn"}, "keeper", ()),
        (VERIFIED | {"email": "lan@tinh.gov.vn"}, "planner", ("63-36", "34-37")),
        ({"email": "hung@tinh.gov.vn", "email_verified": "true"}, "keeper", ()),
        ({"email": "hung@tinh.gov.vn", "email_verified": False}, "reader", ()),
        ({"email": "hung@tinh.gov.vn", "email_verified": 1.5}, "reader", ()),
        ({"email": "hung@tinh.gov.vn"}, "reader", ()),
        ({"sub": "subject-7", "email": "x@y", "email_verified": False}, "keeper", ()),
        (VERIFIED | {"email": "guest@tinh.gov.vn"}, "reader", ()),
        (VERIFIED | {"email": "odd@tinh.gov.vn"}, "reader", ()),
        ({"email": "a@b", "vb_role": "planner", "vb_units": "63-01, 63-36"}, "planner", ("63-01", "63-36")),
        ({"email": "a@b", "vb_role": "keeper"}, "keeper", ()),
        ({"email": "a@b", "vb_role": ["keeper"]}, "reader", ()),
        (VERIFIED | {"email": "lan@tinh.gov.vn", "vb_role": "keeper"}, "planner", ("63-36", "34-37")),
    ],
)
def test_a_role_comes_from_the_list_else_from_a_claim(
    claims: dict[str, Any], role: str, units: tuple[str, ...]
) -> None:
    found = who({"sub": "1", "name": "Ai đó"} | claims)
    assert found.role == role
    assert found.units == frozenset(units)
    assert found.name.startswith("Ai đó")


def test_a_planner_writes_of_named_provinces_alone() -> None:
    found = who(VERIFIED | {"sub": "1", "email": "lan@tinh.gov.vn"})
    assert found.may("write", "63-36")
    assert not found.may("write", "63-01")
    assert not found.may("import")
    assert not found.may("undo")


def test_two_of_one_name_are_told_apart() -> None:
    first, second = (who(VERIFIED | {"sub": "1", "name": "Lan", "email": f"{side}@x"}).name for side in "ab")
    assert first != second


def test_nobody_is_named_by_an_email_that_may_be_anothers() -> None:
    claims = {"sub": "9", "name": "Hùng", "email": "hung@tinh.gov.vn"}
    assert who(claims).name == "Hùng (9)"
    assert who(claims | VERIFIED).name == "Hùng (hung@tinh.gov.vn)"


@pytest.mark.parametrize(
    ("said", "role"), [({}, "keeper"), (VERIFIED, "keeper"), ({"email_verified": False}, "reader")]
)
def test_a_provider_that_never_says_it_may_be_trusted_by_its_keeper(said: dict[str, Any], role: str) -> None:
    rules = RULES | {"email_needs_no_proof": True}
    assert who({"sub": "1", "email": "hung@tinh.gov.vn"} | said, rules=rules).role == role
    # A word in its place is no "yes".
    assert (
        who({"sub": "1", "email": "hung@tinh.gov.vn"}, rules=RULES | {"email_needs_no_proof": "no"}).role
        == "reader"
    )


@pytest.mark.parametrize(
    ("host", "names", "alone"),
    [
        ("127.0.0.1", "", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "pci.tinh.gov.vn", False),
        ("::1", " , pci.tinh.gov.vn", False),
        ("0.0.0.0", "", False),
    ],
)
def test_behind_a_proxy_with_a_name_a_server_is_not_for_this_machine_alone(
    host: str, names: str, alone: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOSTS, names)
    assert only_here(host) is alone
