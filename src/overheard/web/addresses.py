"""Which addresses may be connected to? Public ones, judged at the moment of connecting.

A name is resolved once and the judged address itself is connected to, so a name that changes its answer between the
judgement and the connection (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from overheard.errors import FetchError

# Transition addresses that lead to private ones although `is_global` calls them public.
_TUNNELS = tuple(
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24")
)


class _PublicOnly(httpcore2.SyncBackend):
    """Connects to public addresses only."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        address = _public_address(host, port)
        return super().connect_tcp(address, port, timeout, local_address, socket_options)


def make_transport(allow_private_addresses: bool) -> httpx2.HTTPTransport:
    """Return a transport that verifies certificates, uses no proxy, and connects to public addresses unless allowed.

    A proxy named in the environment would resolve names behind the address check.
    """
    transport = httpx2.HTTPTransport(trust_env=False)
    if not allow_private_addresses:
        # The transport has no argument for the backend; its pool is replaced by an equal one before first use.
        context = httpx2.create_ssl_context(trust_env=False)
        pool: Any = httpcore2.ConnectionPool(ssl_context=context, network_backend=_PublicOnly())
        transport._pool = pool
    return transport


def _public_address(host: str, port: int) -> str:
    """Resolve `host` and return its first address.

    Raises:
        FetchError: there is no such host, or any of its addresses is private.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, ValueError):
        raise FetchError(f"{host}: no such host; check the address") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchError(f"{host}: leads to a private address; set [web] allow_private_addresses to fetch it")
    return addresses[0]


def is_public(address: str) -> bool:
    """Say whether an IP address is a public one."""
    found = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast and not any(found in net for net in _TUNNELS)
