"""No part of an engine's address is told that may be secret."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from geodata.engines import EngineAddress, open_engine, push
from geodata.errors import SettingError
from geodata.queries import RecordsCatalogue
from geodata.records import Records

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


@pytest.mark.parametrize(
    ("text", "host", "port", "folder"),
    [
        ("spark://127.0.0.1:7077/srv/maps", "127.0.0.1", 7077, "/srv/maps"),
        ("spark://spark.example.org:1/a b/c_d-e.f/", "spark.example.org", 1, "/a b/c_d-e.f"),
        ("spark://[::1]:65535/данные", "[::1]", 65535, "/данные"),
    ],
)
def test_spark_is_told_with_its_folder(text: str, host: str, port: int, folder: str) -> None:
    address = EngineAddress(text)
    assert address.told == f"Spark at {host}:{port}{folder}"
    assert address.spark
    assert address.spark.master == f"spark://{host}:{port}"
    assert address.spark.folder == Path(folder)
    assert address.without_secrets(" no\n such ") == "no such"


@pytest.mark.parametrize(
    "text",
    [
        "spark://",
        "spark://host",
        "spark://host:7077",
        "spark://host:7077/",
        "spark://host/folder",
        "spark://:7077/folder",
        "spark://host:65536/folder",
        "spark://host:٧/folder",
        f"spark://me:{SECRET}@host:7077/folder",
        f"spark://host:7077,{SECRET}:7077/folder",
        f"spark://host:7077/folder?word={SECRET}",
        f"spark://host:7077/{SECRET}*",
        f"spark://host:7077/{{a,{SECRET}}}",
        f"spark://host:7077/%41{SECRET}",
        f"spark://host:7077/a/../{SECRET}",
        f"spark://host:7077//{SECRET}/folder",
        f"spark://host..{SECRET}:7077/folder",
        f"spark://{SECRET}{'a' * 60}:7077/folder",
        f"spark://host:7077/{SECRET}\0",
        f"spark://host:7077/{SECRET}\n",
        f"spark://host:7077/{'a' * 3_000}",
    ],
)
def test_what_is_no_address_of_spark_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(SettingError, match="must be spark://host:port/path/of/folder") as refused:
        EngineAddress(text)
    assert SECRET not in str(refused.value)


def test_without_pyspark_or_java_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = EngineAddress(f"spark://127.0.0.1:9{tmp_path}")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(SettingError, match=r"pyspark must be installed .*install .\.\[spark\]"):
        open_engine(address)
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(SettingError, match=r"Java .* must be installed to ask Spark, got none"):
        push(address, "mine", [], RecordsCatalogue(Records()))
