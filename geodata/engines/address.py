"""Where an engine is: an address that may hold a password, so that it is never told as it came."""

from __future__ import annotations

import os
import re
import shutil
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from geodata.errors import SettingError, one_line

__all__ = ["EngineAddress", "SparkPlace", "check_spark", "driver", "spark_of"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://", re.ASCII)
_POSTGRESQL = ("postgresql", "postgres")
_PORTS = re.compile(r"[\d,]*", re.ASCII)
_SECRET = ("password", "sslpassword", "scram_client_key")
_MOST_LETTERS = 2_000
# Whatever reads the folder takes its path as it is: nothing in it may stand for anything else, and
# what stands behind two slashes is a machine to some.
_LABEL = r"[A-Za-z0-9-]{1,63}"
_SPARK = re.compile(
    rf"spark://({_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\]):([0-9]{{1,5}})(/(?!/)[\w ./-]+)"
)
_MOST_PORT = 65_535
_JAVA = (
    "Java (17 or 21) must be installed to ask Spark, got none; install it, or say where it is "
    "as JAVA_HOME"
)


class SparkPlace(NamedTuple):
    """Where a standalone cluster of Spark is, and where it reads datasets.

    Attributes:
        host: Of its master.
        port: The same.
        folder: With datasets; each machine of the cluster has it, and the server.
    """

    host: str
    port: int
    folder: Path

    @property
    def master(self) -> str:
        """The address of the master, as Spark takes it."""
        return f"spark://{self.host}:{self.port}"


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


def check_spark() -> None:
    """See whether there is what asks Spark.

    Raises:
        SettingError: If pyspark or Java is not installed.
    """
    try:
        import pyspark
    except ImportError as error:
        raise SettingError(
            "pyspark must be installed to ask Spark, got none; in a checkout: "
            "pip install '.[spark]'"
        ) from error
    del pyspark
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home) / "bin") if home else None):
        raise SettingError(_JAVA)


def spark_of() -> ModuleType:
    """Return what knows Spark, by name: who asks PostgreSQL need not load it."""
    return import_module("geodata.engines.spark")


class EngineAddress:
    """The address of a PostgreSQL database, as PostgreSQL's own programs take it, or of Spark.

    That of Spark is its master's with the path of a folder, `spark://host:7077/path/of/folder`.

    Args:
        text: The address, with what may be secret in it.

    Attributes:
        text: The same.
        told: What may be printed of it: host, port and name of the database, or folder.
        spark: Where the cluster is; `None` for PostgreSQL.

    Raises:
        SettingError: If it is no such address. Nothing of it but its kind is told.
    """

    def __init__(self, text: str) -> None:
        scheme = _SCHEME.match(text)
        kind = scheme[1].lower() if scheme else ""
        self.text = text
        self.spark = _spark_place(text) if kind == "spark" else None
        if self.spark:
            self._secrets: list[str] = []
            self.told = f"Spark at {self.spark.host}:{self.spark.port}{self.spark.folder}"
            return
        if kind not in _POSTGRESQL or len(text) > _MOST_LETTERS:
            came = f"one that begins with {kind}://" if kind else "something else"
            raise SettingError(
                "an engine must be an address such as postgresql://user@host/database or "
                f"spark://host:7077/path/of/folder, got {came}"
            )
        parts = _parts(text)
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


def _spark_place(text: str) -> SparkPlace:
    """Return the parts of an address of Spark, which has no user and no password.

    Another is not quoted: somebody may have put a password in it.
    """
    found = _SPARK.fullmatch(text) if len(text) <= _MOST_LETTERS else None
    if not found or int(found[2]) > _MOST_PORT or ".." in Path(found[3]).parts:
        raise SettingError(
            "the address of Spark must be spark://host:port/path/of/folder, with letters, digits, "
            "spaces and . _ - in the path alone, got another"
        )
    return SparkPlace(found[1], int(found[2]), Path(found[3]))


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
