"""Who may ask: only requests for a name and from a page that the server was started for.

A page of another site can make a browser ask this server, under this server's address or, by a name
that it points here, under its own. Streamlit lets both through or asks an outside address whether
the page's is its own; here nothing but the request itself is looked at.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mapview.settings import current_settings

__all__ = ["Guard", "is_foreign_name", "refusal_of"]

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

_NETLOC = re.compile(
    r"(?:\[(?P<v6>[0-9a-f:.]{2,45})\]|(?P<name>[a-z0-9._-]{1,253}?)\.?)(?::(?P<port>\d{1,5}))?",
    re.ASCII,
)
_USUAL_PORTS = {"http": 80, "https": 443}


class Guard:
    """Refuses requests that are not meant for this server, before anything else sees them (ASGI).

    What passes goes on without its `Origin`, which nothing behind needs and Streamlit would check
    once more, in its own way.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer why not."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        status, sentence = refusal_of(scope)
        if not sentence:
            headers = [pair for pair in scope["headers"] if pair[0] != b"origin"]
            await self.app({**scope, "headers": headers}, receive, send)
        elif scope["type"] == "http":
            await JSONResponse({"error": sentence}, status_code=status)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": sentence})


def refusal_of(scope: Scope) -> tuple[int, str]:
    """Return status and sentence for a request that must not pass, or an empty sentence."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    host = _split(hosts[0]) if len(hosts) == 1 else None
    if host is None or not _is_ours(host[0], scope):
        return 421, (
            "this server must be asked by a name that it was started for, got another; "
            "--host NAME lets it answer to one"
        )
    for name, value in scope["headers"]:
        if name == b"origin" and not _is_own_page(value.decode("latin-1"), host, scope):
            return 403, "this server must be asked by its own pages, got a page of another site"
    return 200, ""


def is_foreign_name(address: str) -> bool:
    """Return whether an address to listen at is a name that must be let in by name.

    Example:
        >>> [is_foreign_name(one) for one in ("localhost", "0.0.0.0", "::1", "maps.lan")]
        [False, False, False, True]
    """
    return address not in _LOCAL_NAMES and _address(address) is None


def _is_ours(name: str, scope: Scope) -> bool:
    return name in _LOCAL_NAMES or name in current_settings().hosts or _is_address_of(name, scope)


def _is_address_of(name: str, scope: Scope) -> bool:
    """Return whether a name is the very address at which the request came in.

    No name of another site can be that: what a browser asks by an address is no name.
    """
    server = scope.get("server")
    own = _address(server[0]) if server else None
    return own is not None and own == _address(name)


def _is_own_page(origin: str, host: tuple[str, int | None], scope: Scope) -> bool:
    """Return whether a page's origin is the server's own.

    Behind a proxy the port in `Host`, or all of it, may be the proxy's own affair: a page is then
    known by a name that the server was started for.
    """
    scheme, _, rest = origin.partition("://")
    page = _split(rest)
    if scheme not in _USUAL_PORTS or page is None:
        return False
    name, port = page
    if name in current_settings().hosts:
        return True
    port = port or _USUAL_PORTS[scheme]
    return _is_ours(name, scope) and host[1] in (None, port) and name == host[0]


def _split(netloc: str) -> tuple[str, int | None] | None:
    """Return name and port; an address in its one form."""
    match = _NETLOC.fullmatch(netloc.lower())
    if match is None:
        return None
    name = match["v6"] or match["name"]
    address = _address(name)
    if match["v6"] and address is None:
        return None
    return str(address or name), int(match["port"]) if match["port"] else None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address
