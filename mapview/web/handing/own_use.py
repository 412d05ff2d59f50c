"""Whether a server takes files and changes what it shows: its user's own, or for an editor."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from mapview.settings import current_settings, has_engine
from mapview.web.access import Person, current_access, refusal_of_edits

__all__ = ["refusal_of_files", "serves_at"]


@dataclass
class _Listening:
    """What is known of where the server listens; it takes no files before that is known."""

    is_loopback: bool = False


_listening = _Listening()


def serves_at(sockets: Sequence[socket.socket]) -> None:
    """Note where the server listens."""
    names = [one.getsockname()[0] for one in sockets]
    _listening.is_loopback = bool(names) and all(ip_address(one).is_loopback for one in names)


def refusal_of_files(person: Person | None = None) -> str:
    """Return why the server takes no files, as a sentence; nothing if it does.

    What is handed in is shown to all who may ask, so nobody else may: neither over the network nor
    by a name or prefix that a proxy passes on. Where people sign in, editors are those who may.

    Args:
        person: Who signed in; told only where people must.
    """
    settings = current_settings()
    if has_engine():
        return "a server must show files to take more of them, got records of an engine (--engine)"
    if settings.is_public:
        reason = "one that publishes (--public)"
    elif current_access():
        return refusal_of_edits(person)
    elif settings.hosts or settings.base_path or settings.behind_proxy:
        reason = "one that others reach by a name or a proxy (--host, --base-path, --behind-proxy)"
    elif not _listening.is_loopback:
        reason = "one that other machines may reach (--address)"
    else:
        return ""
    return f"a server must serve this machine alone to take files, got {reason}"
