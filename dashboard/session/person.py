"""Who is looking, and what they may enter: by where the server listens, by sign-in, by what its keeper says.

Reachable from this machine alone, a server takes entries from whoever sits at it. Open to the network it only
shows, unless people sign in (OpenID Connect, `[auth]` in Streamlit's secrets.toml); then a role comes from the
list `[vuotbac.people]` there, or from a claim that `[vuotbac]` names.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, get_args

import streamlit as st

from dashboard.session.loopback import READ_ONLY, only_here
from data.store import Person, Role, local
from data.text import Problem


def person() -> Person:
    """Whoever this session belongs to, as known at this moment; asked for again with every entry."""
    asked = sign_in_is_set_up()
    known: Mapping[str, Any] = st.user.to_dict() if asked and st.user.is_logged_in else {}
    return _decided_here(asked, known)


def shown_only() -> Literal["", "network", "read_only"]:
    """Why this server takes no entries, whoever asks; nothing where it may take some. To be said at its start."""
    why = _decided_here(sign_in_is_set_up(), {}).why
    return why if why in ("network", "read_only") else ""


def bound_to() -> str:
    """The address that the server listens on, as Streamlit was told."""
    return str(st.get_option("server.address") or "0.0.0.0")


def _decided_here(signs_in: bool, claims: Mapping[str, Any]) -> Person:
    return decided(
        read_only=bool(os.environ.get(READ_ONLY)),
        loopback=only_here(bound_to()),
        signs_in=signs_in,
        claims=claims,
        rules=_rules() if signs_in else {},
    )


def sign_in_is_set_up() -> bool:
    """Whether the server's secrets name an identity provider."""
    return bool(st.secrets.load_if_toml_exists() and st.secrets.get("auth"))


def check_sign_in() -> None:
    """Raises Problem where sign-in is set up so that it lets in nobody, or anybody.

    That is a secrets.toml that can't be read, a missing library, a person whose role is no table, and cookies
    signed by something short or by the words of `docs/sign-in.md`: whoever has those signs a keeper's himself.
    """
    for path in map(Path, st.get_option("secrets.files")):
        try:
            if path.is_file():
                tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Problem(
                f"Không đọc được {path} ({error}); sửa tệp ấy, hoặc chuyển đi nếu không dùng đăng nhập.",
                f"{path} cannot be read ({error}); mend it, or move it away where nobody is to sign in.",
            ) from error
    if not sign_in_is_set_up():
        return
    if find_spec("authlib") is None:
        raise Problem(
            "secrets.toml có [auth] nhưng thiếu thư viện Authlib. Cài: pip install -c constraints.txt '.[signin]'",
            "secrets.toml has [auth] but the library Authlib is missing. "
            "Install: pip install -c constraints.txt '.[signin]'",
        )
    people = _rules().get("people", {})
    for name in people if isinstance(people, Mapping) else ["people"]:
        if not isinstance(people, Mapping) or not isinstance(people[name], Mapping):
            raise Problem(
                f'Vai trò của “{name}” trong secrets.toml phải viết như {{ role = "keeper" }}.',
                f'The role of “{name}” in secrets.toml must be written like {{ role = "keeper" }}.',
            )
    secret = str(st.secrets["auth"].get("cookie_secret", ""))
    if len(secret) < 32 or secret.startswith("a long random text"):
        raise Problem(
            "cookie_secret trong secrets.toml ngắn hoặc chép từ mẫu: ai đoán được thì tự cho mình mọi quyền. "
            'Thay bằng kết quả của: python3 -c "import secrets; print(secrets.token_urlsafe(48))"',
            "The cookie_secret in secrets.toml is short or the sample's: who guesses it gives himself every "
            'right. Put there what this prints: python3 -c "import secrets; print(secrets.token_urlsafe(48))"',
        )


def _rules() -> Mapping[str, Any]:
    found = st.secrets.get("vuotbac", {})
    return found.to_dict() if hasattr(found, "to_dict") else dict(found)


def decided(
    *, read_only: bool, loopback: bool, signs_in: bool, claims: Mapping[str, Any], rules: Mapping[str, Any]
) -> Person:
    """The person and the role that follow from the server's settings and what an identity provider said.

    `claims` are empty for somebody who has not signed in. `rules` are the section `[vuotbac]`: `people`, by e-mail
    or subject, each with `role` and `units`; `role_claim` and `units_claim`, names of claims that say the same;
    `email_needs_no_proof` for a provider that gives only addresses of its own and never says `email_verified`.
    """
    email = _vouched(claims, rules)
    subject = str(claims.get("sub") or "")
    name = str(claims.get("name") or email or subject)
    if read_only:
        return Person(name, "reader", why="read_only")
    if not signs_in:
        return local() if loopback else Person("", "reader", why="network")
    if not claims:
        return Person("", "reader", why="sign_in")
    given = _listed((subject, email), rules.get("people", {})) or {
        "role": claims.get(str(rules.get("role_claim") or "")),
        "units": claims.get(str(rules.get("units_claim") or "")),
    }
    role: Role = next((role for role in get_args(Role) if role == given.get("role")), "reader")
    units = given.get("units") or ()
    codes = frozenset(units.replace(",", " ").split() if isinstance(units, str) else map(str, units))
    # The account beside the name: two people may have one name, and anybody may give himself another's.
    account = email or subject
    shown = f"{name} ({account})" if account and account != name else name
    return Person(shown, role, codes, why="" if role == "keeper" else "role")


def _vouched(claims: Mapping[str, Any], rules: Mapping[str, Any]) -> str:
    """The e-mail, where the provider says that it has seen proof of it; nothing otherwise.

    With many providers people type any address into their profile, even a keeper's.
    """
    unsaid = rules.get("email_needs_no_proof") is True
    verified = claims.get("email_verified", unsaid) in (True, "true")
    return str(claims.get("email") or "").lower() if verified else ""


def _listed(keys: Iterable[str], people: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the list says of somebody, by the first of his `keys` (subject, e-mail) that is in it."""
    found = {str(key).lower() if "@" in str(key) else str(key): value for key, value in people.items()}
    return next((found[key] for key in keys if key and key in found), None)
