"""Whether a server can be reached from this machine alone."""

from __future__ import annotations

import ipaddress

# Set in the environment of a server that takes no entries.
READ_ONLY = "VUOTBAC_READ_ONLY"


def is_loopback(host: str) -> bool:
    """Whether a server bound to `host` can be reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
