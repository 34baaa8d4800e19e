"""Whether a server can be reached from this machine alone."""

from __future__ import annotations

import ipaddress
import os

# Set in the environment of a server that takes no entries.
READ_ONLY = "VUOTBAC_READ_ONLY"

# In the environment: further names by which the server may be asked for, parted by commas.
HOSTS = "VUOTBAC_HOSTS"


def is_loopback(host: str) -> bool:
    """Whether an address, or a name for one, is this machine's own and no other machine can use it."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def named_hosts() -> list[str]:
    """The further names of the server, in lower case."""
    names = (name.strip().lower().rstrip(".") for name in os.environ.get(HOSTS, "").split(","))
    return [name for name in names if name]


def only_here(host: str) -> bool:
    """Whether a server bound to `host` is for this machine alone.

    One that has a name on the network stands behind a proxy, which is on this machine and brings others to it.
    """
    return is_loopback(host) and all(map(is_loopback, named_hosts()))
