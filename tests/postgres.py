"""Finding PostgreSQL for the tests of engines, and a server of it with a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = [
    "HOW_TO_GET_POSTGRES",
    "PASSWORD",
    "UNPACKED",
    "Postgres",
    "find_postgres",
    "postgres",
    "running",
]

UNPACKED = Path(sys.prefix) / "postgresql"
HOW_TO_GET_POSTGRES = (
    "No PostgreSQL was found. Run `.venv/bin/python tests/install_programs.py postgresql`, which "
    "unpacks Debian's package, or install one, or name the folder of its programs in the variable "
    "POSTGRES."
)
# Whoever prints it anywhere is found by it; its letters mean something in an address.
PASSWORD = "hush-%41@/:-hush"  # noqa: S105 - of a server for as long as a test
_QUOTED = "hush-%2541%40%2F%3A-hush"
_START_S = 30


def find_postgres() -> str | None:
    """Return the folder of PostgreSQL's programs on this machine, or `None`."""
    named = os.environ.get("POSTGRES")
    if named:
        return named if (Path(named) / "initdb").is_file() else None
    roots = (UNPACKED / "usr/lib/postgresql", Path("/usr/lib/postgresql"))
    found = [one.parent for root in roots for one in root.glob("*/bin/initdb")]
    if found:
        return str(max(found, key=lambda one: int(re.sub(r"\D", "", one.parent.name) or 0)))
    initdb = shutil.which("initdb")
    return str(Path(initdb).resolve().parent) if initdb else None


class Postgres:
    """A server on loopback with one user and password, and natural sorting by default.

    Args:
        folder: Where its data are; whoever runs it must be let in.
    """

    def __init__(self, folder: Path) -> None:
        programs = find_postgres()
        assert programs, HOW_TO_GET_POSTGRES
        self._folder = folder
        self._data = folder / "data"
        self._user = _unprivileged()
        self._programs = Path(self._reached(programs))
        self.port = _free_port()
        self.url = f"postgresql://mapview:{_QUOTED}@127.0.0.1:{self.port}/postgres"
        self._process: subprocess.Popen[bytes] | None = None
        word = folder / "word"
        word.write_text(PASSWORD, encoding="utf-8")
        if self._user:
            for one in (folder, word):
                shutil.chown(one, *self._user.values())
        self._run(
            "initdb", f"--pgdata={self._data}", "--username=mapview", f"--pwfile={word}",
            "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--no-instructions",
            # As nobody would sort who counts letters: answers must not depend on it.
            "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US",
        )  # fmt: skip

    def _reached(self, programs: str) -> str:
        """Return where the programs are for whoever runs them, who may not enter our folders."""
        if not self._user or _is_open(Path(programs)):
            return programs
        whole, copied = Path(programs).parents[3], self._folder / "programs"
        shutil.copytree(whole, copied, symlinks=True)
        return str(copied / Path(programs).relative_to(whole))

    def _run(self, name: str, *arguments: str) -> None:
        ran = subprocess.run(
            [self._programs / name, *arguments], check=False, capture_output=True, text=True,
            **self._as_user(),
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-2_000:]

    def _as_user(self) -> dict[str, Any]:
        root = self._programs.parents[3]
        libraries = [str(one) for one in (root / "lib").glob("*-linux-gnu*")]
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        if root != Path("/usr"):
            environment["LD_LIBRARY_PATH"] = ":".join(libraries)
        more = {**self._user, "extra_groups": []} if self._user else {}
        return {"env": environment, "cwd": self._folder, **more}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        import psycopg

        settings = {
            "listen_addresses": "127.0.0.1", "port": str(self.port), "unix_socket_directories": "",
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
        }  # fmt: skip
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self._folder / "log.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *words],
                stdout=log, stderr=log, **self._as_user(),
            )  # fmt: skip
        end = time.monotonic() + _START_S
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
            except psycopg.OperationalError:
                told = (self._folder / "log.txt").read_text("utf-8")
                assert time.monotonic() < end, told[-2_000:]
                assert self._process.poll() is None, told[-2_000:]
                time.sleep(0.05)
            else:
                return

    def clear(self) -> None:
        """Take away what was pushed; start it first if it was ended."""
        import psycopg

        if not self.is_running:
            self.start()
        with psycopg.connect(self.url) as connection:
            connection.execute("drop schema if exists mapview cascade")

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it at once, whoever is connected."""
        if self._process and self.is_running:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_START_S)


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _unprivileged() -> dict[str, str]:
    """Return a user who may run a server: never root, whom PostgreSQL refuses."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup"}


def _is_open(path: Path) -> bool:
    return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server that all tests of a process share; who ends it starts it again."""
    with running() as one:
        yield one


@contextmanager
def running() -> Iterator[Postgres]:
    """Give a server that runs; it and its folder are gone at the end."""
    # Not below the folder of pytest, which lets nobody in.
    folder = Path(tempfile.mkdtemp(prefix="mapview-postgres-"))
    server = None
    try:
        server = Postgres(folder)
        server.start()
        yield server
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
