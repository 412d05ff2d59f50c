"""No part of an engine's address is told that may be secret."""

from __future__ import annotations

import sys

import pytest

from geodata.engines import EngineAddress
from geodata.errors import SettingError

SECRET = "zwiebel"  # noqa: S105 - no password of anybody


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"postgresql://me:{SECRET}@db.example.org:5433/maps", "db.example.org:5433/maps"),
        (f"postgres://me:{SECRET}%40%2F@localhost/maps", "localhost/maps"),
        ("postgresql://db/maps?sslmode=require", "db/maps"),
        (f"postgresql://me@db/maps?password={SECRET}", "db/maps"),
        ("postgresql:///maps", "its usual place/maps"),
        ("postgresql://", "its usual place"),
    ],
)
def test_host_and_database_are_told(text: str, told: str) -> None:
    address = EngineAddress(text)
    assert address.told == f"PostgreSQL at {told}"
    assert SECRET not in repr(address)


def test_what_somebody_says_of_it_is_told_without_the_password() -> None:
    address = EngineAddress(f"postgresql://me:{SECRET}@db/maps")
    said = address.without_secrets(f"  no such\n password: {SECRET}\x1b[2K ")
    assert said == "no such password: …\\x1b[2K"


@pytest.mark.parametrize(
    "text",
    [
        f"mysql://me:{SECRET}@db/maps",
        f"{SECRET}",
        "",
        f"postgresql://me:{SECRET}/more@db/maps",
        f"postgresql://me:1/{SECRET}@db/maps",
        f"postgresql://me:{SECRET}@more@db/maps",
        f"postgresql://me:%zz{SECRET}@db/maps",
        f"postgresql://me:{SECRET}@db:port/maps",
        f"postgresql://me:{SECRET}@db/maps?nothing={SECRET}",
        f"postgresql://me:{SECRET}@[db/maps",
        f"postgresql://me:{SECRET}\0@db/maps",
        f"postgresql://{SECRET * 400}",
        f"postgresql://me:\ud800{SECRET}@db/maps",
    ],
)
def test_what_is_no_address_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(SettingError, match="an engine") as refused:
        EngineAddress(text)
    error: BaseException | None = refused.value
    while error:
        assert SECRET not in str(error) or error.__suppress_context__
        assert SECRET not in str(refused.value)
        error = error.__cause__


def test_without_psycopg_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingError, match=r"psycopg must be installed .*install .\.\[engines\]"):
        EngineAddress("postgresql://db/maps")
