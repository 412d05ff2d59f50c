"""Where the server listens, and for how long it waits for whom."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from geodata.errors import SettingError

__all__ = ["bind", "listen", "url_of"]

_BACKLOG = 2_048
_EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 - what somebody asked for, not what we choose
# What a browser or a slow proxy needs by far, and what somebody who only holds connections gets.
_REQUEST_S = 20.0
_STOP_S = 5
_MOST_SOCKET_BYTES = 4 * 2**20
_PING_S = 30


def bind(address: str, port: int) -> list[socket.socket]:
    """Return sockets that listen at an address, one for each form of it that the machine has.

    Raises:
        SettingError: If there is no such address here, or the port cannot be had.
    """
    found: list[socket.socket] = []
    for family, place in _places(address, port):
        # asyncio sends at once only over a socket that says it is TCP; over others the second half
        # of an answer waits 40 ms for word that the first has come.
        one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                # Everywhere means over IPv4 too; another address is one of IPv6 alone.
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, address not in _EVERYWHERE)
            one.bind(place)
            one.listen(_BACKLOG)
        except OSError as error:
            one.close()
            if error.errno == errno.EADDRNOTAVAIL and (found or address == "localhost"):
                continue
            for other in found:
                other.close()
            raise _explained(error, address, port) from error
        one.setblocking(False)  # noqa: FBT003 - it has no name
        found.append(one)
    if not found:
        raise SettingError(f"--address must be one of this machine, got {address!r:.80}")
    return found


def _places(address: str, port: int) -> list[tuple[socket.AddressFamily, Any]]:
    try:
        found = socket.getaddrinfo(
            address or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError) as error:
        raise SettingError(
            f"--address must be an address or a name of this machine, got {address!r:.80}"
        ) from error
    return list(dict.fromkeys((family, place) for family, _, _, _, place in found))


def _explained(error: OSError, address: str, port: int) -> SettingError:
    if error.errno == errno.EADDRINUSE:
        return SettingError(
            f"--port must be free, got {port}, where another program listens; "
            "end that program or choose another port"
        )
    if error.errno == errno.EACCES:
        return SettingError(
            f"--port must be one that you may use, got {port}; those below 1024 are the system's"
        )
    return SettingError(f"--address must be one of this machine, got {address!r:.80}")


def url_of(address: str, port: int, path: str = "") -> str:
    """Return an address to open.

    Example:
        >>> url_of("::1", 8501), url_of("0.0.0.0", 80, "/map")
        ('http://[::1]:8501/', 'http://localhost:80/map/')
    """
    name = "localhost" if address in _EVERYWHERE else address
    name = f"[{name}]" if ":" in name else name
    return f"http://{name}:{port}{path}/"


class _PatientProtocol(H11Protocol):
    """Closes a connection whose request does not come; uvicorn alone would hold it for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._late = self.loop.call_later(_REQUEST_S, self._close_if_idle)

    def connection_lost(self, exc: Exception | None) -> None:
        self._late.cancel()
        super().connection_lost(exc)

    def _close_if_idle(self) -> None:
        # A request that has come is the cycle's affair, and a WebSocket has a protocol of its own.
        if self.cycle is None and self.transport.get_protocol() is self:
            self.transport.close()


def listen(app: Any, sockets: list[socket.socket]) -> None:
    """Serve an app at sockets until the process is told to end.

    Args:
        app: The ASGI app.
        sockets: What `bind` gave.
    """
    config = uvicorn.Config(
        app,
        http=_PatientProtocol,
        # As Streamlit runs it; the messages that come in are small.
        ws="websockets-sansio",
        ws_ping_interval=_PING_S,
        ws_ping_timeout=_PING_S,
        ws_max_size=_MOST_SOCKET_BYTES,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_STOP_S,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_level="warning",
    )
    uvicorn.Server(config).run(sockets)
