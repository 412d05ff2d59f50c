"""Where an engine is: an address that may hold a password, so that it is never told as it came."""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

from geodata.errors import SettingError, one_line

__all__ = ["EngineAddress", "driver"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://", re.ASCII)
_POSTGRESQL = ("postgresql", "postgres")
_PORTS = re.compile(r"[\d,]*", re.ASCII)
_SECRET = ("password", "sslpassword", "scram_client_key")
_MOST_LETTERS = 2_000


def driver() -> ModuleType:
    """Return psycopg, which only those need who have an engine.

    Raises:
        SettingError: If it is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise SettingError(
            "psycopg must be installed to ask PostgreSQL, got none; in a checkout: "
            "pip install '.[engines]'"
        ) from error
    return psycopg


class EngineAddress:
    """The address of a PostgreSQL database, as PostgreSQL's own programs take it.

    Args:
        text: The address, with what may be secret in it.

    Attributes:
        text: The same.
        told: What may be printed of it: host, port and name of the database.

    Raises:
        SettingError: If it is no such address. Nothing of it but its kind is told.
    """

    def __init__(self, text: str) -> None:
        scheme = _SCHEME.match(text)
        kind = scheme[1].lower() if scheme else ""
        if kind not in _POSTGRESQL or len(text) > _MOST_LETTERS:
            came = f"one that begins with {kind}://" if kind else "something else"
            raise SettingError(
                f"an engine must be an address such as postgresql://user@host/database, got {came}"
            )
        parts = _parts(text)
        self.text = text
        self._secrets = [str(parts[name]) for name in _SECRET if parts.get(name)]
        host = parts.get("host") or parts.get("hostaddr") or "its usual place"
        port = f":{parts['port']}" if parts.get("port") else ""
        name = f"/{parts['dbname']}" if parts.get("dbname") else ""
        self.told = self.without_secrets(f"PostgreSQL at {host}{port}{name}")

    def __repr__(self) -> str:
        return f"EngineAddress({self.told!r})"

    def without_secrets(self, words: object) -> str:
        """Return what somebody said of this engine as one line, without what is secret."""
        text = " ".join(str(words).split())
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return one_line(text)


def _parts(text: str) -> dict[str, Any]:
    """Return the parts of an address.

    What cannot be read is not quoted, not even in PostgreSQL's words: it may be part of a password
    with a letter such as @ or / in it, and so may be a port that is no number.
    """
    psycopg = driver()
    try:
        parts: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(text)
    except (psycopg.Error, UnicodeError):
        parts = {"port": "unreadable"}
    port, name, host = (str(parts.get(one) or "") for one in ("port", "dbname", "host"))
    if not _PORTS.fullmatch(port) or re.search(r"[@/:]", name) or "@" in host:
        raise SettingError(
            "an engine's address must be user:password@host:port/database, with @ / : and % in a "
            "name or password written as %40 %2F %3A and %25, got another"
        ) from None
    return parts
