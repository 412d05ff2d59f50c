"""Who may read and who may edit, as the file of `mapview serve --sign-in` has it.

The file is one of Streamlit's secrets, whose section `auth` names the service that knows people;
the section `mapview` is ours and says which of them may do what.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase
from typing import Any
from urllib.parse import urlsplit

from geodata.errors import SettingError

__all__ = ["CALLBACK", "Access", "Person", "Role", "read_access"]

CALLBACK = "/oauth2callback"

_OF_SERVICE = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_OURS = frozenset({"readers", "editors", "tokens", "trust_unverified_addresses"})
_LEAST_SECRET = 32
_ADDRESS = re.compile(r"(?:\*|[^\s@*]+)@[^\s@*]+")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Role(StrEnum):
    """What somebody may do; an editor may read, too."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True)
class Person:
    """Somebody who signed in, or a program with a token.

    Attributes:
        name: The address or the token's name, as text.
        role: What they may do; `None` where they may do nothing.
        why_not: Why they may do nothing, as the end of a sentence.
    """

    name: str
    role: Role | None
    why_not: str = ""


@dataclass(frozen=True)
class Access:
    """Who may do what.

    Attributes:
        origin: Scheme, name and port by which people reach the server.
        readers: Addresses of those who may read, in small letters; `*@example.org` is all of them.
        editors: Addresses of those who may edit, too.
        tokens: What programs show in place of an address, by name: its SHA-256 and their role.
        trusts_unverified: Whether an address counts that the service does not call verified.
    """

    origin: str
    readers: tuple[str, ...]
    editors: tuple[str, ...]
    tokens: Mapping[str, tuple[str, Role]] = field(default_factory=dict)
    trusts_unverified: bool = False

    def of_claims(self, claims: Mapping[str, Any]) -> Person | None:
        """Return who signed in, from what the service said; `None` for nobody of this server."""
        if claims.get("origin") != self.origin or claims.get("is_logged_in") is not True:
            return None
        address = claims.get("email")
        if not isinstance(address, str) or "@" not in address:
            return Person("", None, "the service told no address")
        if claims.get("email_verified") is not True and not self.trusts_unverified:
            return Person(address, None, "the service does not call this address verified")
        name = _small(address)
        for role, listed in ((Role.EDITOR, self.editors), (Role.READER, self.readers)):
            if name in listed or f"*@{name.rpartition('@')[2]}" in listed:
                return Person(address, role)
        return Person(address, None, "this address is neither a reader's nor an editor's")

    def of_token(self, token: str) -> Person | None:
        """Return the program that shows a token; `None` for an unknown one."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        found = None
        # All are looked at, so that the time it takes tells nothing.
        for name, (known, role) in self.tokens.items():
            if hmac.compare_digest(known, digest):
                found = Person(name, role)
        return found

    def of_cookie(self, value: bytes | None) -> Person | None:
        """Return who signed in, from a cookie whose signature was checked."""
        try:
            claims = json.loads(value) if value else None
        except ValueError:
            return None
        return self.of_claims(claims) if isinstance(claims, dict) else None


def read_access(path: str) -> Access:
    """Return what a file says.

    Raises:
        SettingError: If it cannot be meant; no secret of the file is repeated.
    """
    return _read(path, _text(path))


def _text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"--sign-in must name a readable file, got {path!r:.200}") from error


@lru_cache(maxsize=2)
def _read(path: str, text: str) -> Access:
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path} must be TOML, got: {error}") from error
    service, ours = _section(told, "auth"), _section(told, "mapview")
    for key in _OF_SERVICE:
        if not isinstance(service.get(key), str) or not service[key]:
            raise SettingError(f"[auth] of {path} must have {key} as text, got none")
    if len(service["cookie_secret"]) < _LEAST_SECRET:
        raise SettingError(
            f"cookie_secret of {path} must have at least {_LEAST_SECRET} characters, "
            f"got {len(service['cookie_secret'])}"
        )
    unknown = sorted(set(ours) - _OURS)
    if unknown:
        raise SettingError(
            f"[mapview] of {path} must have {', '.join(sorted(_OURS))} only, got {unknown[0]!r:.80}"
        )
    trusts = ours.get("trust_unverified_addresses", False)
    if not isinstance(trusts, bool):
        raise SettingError(f"trust_unverified_addresses of {path} must be true or false")
    readers, editors = (_addresses(path, ours, key) for key in ("readers", "editors"))
    tokens = _tokens(path, ours.get("tokens", {}))
    if not readers and not editors and not tokens:
        raise SettingError(f"[mapview] of {path} must name readers or editors, got nobody")
    return Access(_origin(path, service["redirect_uri"]), readers, editors, tokens, trusts)


def _section(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = told.get(name, {})
    return section if isinstance(section, dict) else {}


def _origin(path: str, address: str) -> str:
    """Return where people reach the server, from where the service sends them back to."""
    parts = urlsplit(address)
    is_whole = parts.scheme in ("http", "https") and parts.netloc
    if not is_whole or not parts.path.endswith(CALLBACK) or parts.query or parts.fragment:
        raise SettingError(
            f"redirect_uri of {path} must be where people reach the server and {CALLBACK}, such as "
            f"https://maps.example.org{CALLBACK}, got {address!r:.200}"
        )
    return f"{parts.scheme}://{parts.netloc}"


def _addresses(path: str, ours: Mapping[str, Any], key: str) -> tuple[str, ...]:
    listed = ours.get(key, [])
    if not isinstance(listed, list):
        raise SettingError(f"{key} of {path} must be a list of addresses")
    for one in listed:
        if not isinstance(one, str) or not _ADDRESS.fullmatch(one):
            raise SettingError(
                f"{key} of {path} must be addresses such as ann@example.org or *@example.org, "
                f"got {one!r:.80}"
            )
    return tuple(map(_small, listed))


def _small(address: str) -> str:
    """Return an address in small letters; no other letter becomes one of ASCII, as K (Kelvin)."""
    return address.translate(_SMALL)


def _tokens(path: str, listed: Any) -> dict[str, tuple[str, Role]]:
    if not isinstance(listed, dict):
        raise SettingError(f"tokens of {path} must be a table of names")
    found = {}
    for name, one in listed.items():
        digest = one.get("sha256") if isinstance(one, dict) else None
        role = one.get("role", Role.READER) if isinstance(one, dict) else None
        if not isinstance(digest, str) or not _SHA256.fullmatch(digest) or role not in list(Role):
            raise SettingError(
                f"token {name!r:.80} of {path} must have sha256 in 64 small hexadecimal digits and "
                f"a role, {' or '.join(Role)}"
            )
        found[name] = (digest, Role(role))
    return found
