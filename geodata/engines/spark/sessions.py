"""The session with Spark: one a process, for any number of threads, and made anew when it is lost.

Its driver is a Java program beside this process, which ends with it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from pathlib import Path
from threading import Event, RLock, Semaphore, Thread
from typing import Any

import pyarrow as pa

from geodata.engines.address import EngineAddress, SparkPlace, check_spark
from geodata.engines.connections import LOST, SILENT
from geodata.errors import EngineError, ReplacedError, SettingError, one_line
from geodata.queries import SCHEMA

__all__ = ["ROWS", "Sessions", "end", "name_of"]

ROWS = pa.schema(
    [*SCHEMA, ("lower_title", pa.string()), ("lower_place", pa.string()), ("row", pa.int64())]
)
"""The columns that are asked; `row` has the number of each row from zero on."""

_LOG = logging.getLogger(__name__)
# More at once would only wait for one another within the cluster.
_MOST = 4
_SECONDS_TO_CONNECT = 5
# After a try that failed, so long nobody tries: each would wait for it.
_SECONDS_SILENT = 1.0
# A cluster may be busy with others' work for a while; without any worker nothing is ever answered.
# A driver that was just started waits longer, since workers start programs for it, too.
_SECONDS_ALONE = 30
_SECONDS_ALONE_AT_FIRST = 60
_SECONDS_TO_END = 10
_MOST_TOLD = 2_000
# What pyspark holds of the one driver of a process.
_HELD = ("_active_spark_context", "_gateway", "_jvm")
_TYPES = {
    pa.bool_(): "boolean",
    pa.int32(): "int",
    pa.int64(): "bigint",
    pa.float64(): "double",
    pa.date32(): "date",
    pa.string(): "string",
}
_COLUMNS = ", ".join(f"`{one.name}` {_TYPES[one.type]}" for one in ROWS)
# They tell every error at length, with what was asked.
_LOUD = ("SQLQueryContextLogger", "DataFrameQueryContextLogger")
_SETTINGS: Mapping[str, str] = {
    "spark.app.name": "mapview",
    "spark.submit.deployMode": "client",
    # No page that tells others what is asked, and nothing written to the terminal.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.scheduler.mode": "FAIR",
    # What answers depend on.
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parser.escapedStringLiterals": "false",
    # Else ${env:NAME} in a filter would stand for a variable of the server.
    "spark.sql.variable.substitute": "false",
    # A worker that was killed is not waited for.
    "spark.shuffle.io.retryWait": "1s",
}
# Unless spark-defaults.conf says other.
_USUAL: Mapping[str, str] = {
    # Else one server would take all of the cluster from others.
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "4",
}


def name_of(folder: Path) -> str:
    """Return the name by which SQL asks a folder of Parquet."""
    return f"incidents_{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"


class _Session:
    """A session that was made, with the tables that it knows."""

    def __init__(self, place: SparkPlace) -> None:
        self.place = place
        self.process = os.getpid()
        self._has_answered = False
        self._known: set[tuple[Path, int]] = set()
        self._knowing = RLock()
        # In a thread of its own: in the main one pyspark would take Ctrl+C away from the server.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(self._start).result()

    def _start(self) -> None:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.logger import PySparkLogger
        from pyspark.sql import SparkSession

        for name in _LOUD:
            PySparkLogger.getLogger(name).disabled = True
        logging.getLogger().addFilter(_is_not_of_driver)
        ours = {**_SETTINGS, "spark.master": self.place.master}
        if _is_loopback(self.place.host):
            ours |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        first = SparkConf(loadDefaults=False).setAll(ours.items())
        with tempfile.TemporaryFile() as told:
            try:
                self._gateway = launch_gateway(
                    first, {"stdout": subprocess.DEVNULL, "stderr": told}
                )
            except PySparkException as error:
                told.seek(0)
                words = told.read(_MOST_TOLD).decode(errors="replace")
                raise RuntimeError(words or str(error)) from None
        try:
            whole = SparkConf(_jvm=self._gateway.jvm).setAll(ours.items())
            for name, value in _USUAL.items():
                whole.setIfMissing(name, value)
            self._context = SparkContext(gateway=self._gateway, conf=whole)
            self._spark = SparkSession(self._context)
        except BaseException:
            self.end()
            raise

    def ask(self, question: str, folder: Path) -> pa.Table:
        """Return the answer to a question.

        Args:
            question: In SQL.
            folder: What it asks, by `name_of`, with the columns of `ROWS`.
        """
        # Spark lists the files of a folder once, and another may have come in its place since.
        known = folder, folder.stat().st_mtime_ns
        with self._knowing:
            if known not in self._known:
                frame = self._spark.read.schema(_COLUMNS).parquet(f"file:{folder}")
                frame.createOrReplaceTempView(name_of(folder))
                self._known.add(known)
        with self._not_alone():
            answer = self._spark.sql(question).toArrow()
        self._has_answered = True
        return answer

    @contextmanager
    def _not_alone(self) -> Iterator[None]:
        """Give up what is asked meanwhile once no worker has been there for some time.

        Another driver would help where this one had workers, whose master may have been started
        again; one that never had any would only be told once more to wait.
        """
        is_done, is_alone, group = Event(), Event(), f"mapview-{time.monotonic_ns()}"
        was_there = self._has_answered
        most = _SECONDS_ALONE if was_there else _SECONDS_ALONE_AT_FIRST
        self._context.setJobGroup(group, "a question", interruptOnCancel=False)

        def watch() -> None:
            since = time.monotonic()
            while not is_done.wait(1):
                try:
                    # The driver itself is one of them.
                    driver = self._context._jsc.sc()  # noqa: SLF001 - pyspark has no other way
                    count = driver.getExecutorMemoryStatus().size()
                except Exception:  # noqa: BLE001 - who asks is told of it
                    return
                if count > 1:
                    since = time.monotonic()
                elif time.monotonic() - since > most:
                    is_alone.set()
                    # Again and again: a question that is slow to begin has nothing to give up yet.
                    self._context.cancelJobGroup(group)

        Thread(target=watch, daemon=True).start()
        try:
            yield
        except Exception:
            if is_alone.is_set() and not was_there:
                raise _AloneError(f"no worker was there for {most} seconds") from None
            raise
        finally:
            is_done.set()

    def end(self) -> None:
        """End it with its driver, however lost it is, or however little of it was made."""
        from pyspark import SparkContext

        for one in _taken():
            if isinstance(one, SparkContext):
                # It would ask a driver that may be gone, and wait for it.
                one._jsc = None  # noqa: SLF001
                one.stop()
        self._gateway.proc.kill()
        self._gateway.proc.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._gateway.proc.wait(_SECONDS_TO_END)


class _Shared:
    """The one session of this process, and those of others, which are left alone."""

    def __init__(self) -> None:
        self._turn = RLock()
        self._session: _Session | None = None
        self._of_others: list[Any] = []

    def get(self, place: SparkPlace) -> _Session:
        """Return the session, made anew if there is none, or one with another cluster."""
        with self._turn:
            self._leave_others()
            found = self._session
            if found and found.place.master != place.master:
                self.drop(found)
                found = None
            self._session = found or _Session(place)
            return self._session

    def drop(self, session: _Session | None = None) -> None:
        """End a session that was lost, unless somebody did, or whichever there is."""
        with self._turn:
            self._leave_others()
            if self._session and session in (None, self._session):
                ended, self._session = self._session, None
                ended.end()

    def _leave_others(self) -> None:
        """Forget what this process was split off with, without a word to its driver."""
        if self._session and self._session.process != os.getpid():
            # What is thrown away would be told to the driver, over a connection of another process.
            self._of_others.append((self._session, *_taken()))
            self._session = None


def _taken() -> list[Any]:
    """Take from pyspark what it holds of a driver, so that it starts another."""
    from pyspark import SparkContext

    held = [getattr(SparkContext, name) for name in _HELD]
    for name in _HELD:
        setattr(SparkContext, name, None)
    return held


_shared = _Shared()


def end() -> None:
    """End the session of this process; the next question makes another."""
    _shared.drop()


class _LostError(Exception):
    """The session is lost, or could not be made."""


class _AloneError(Exception):
    """A session that was just made has found no worker."""


class Sessions:
    """Asks a cluster, from any thread.

    Args:
        address: Where it is. Nobody is asked before the first question.

    Raises:
        SettingError: If pyspark or Java is not installed.
    """

    def __init__(self, address: EngineAddress) -> None:
        check_spark()
        if not address.spark:
            raise SettingError(f"the address must be one of Spark, got {address.told}")
        self._address, self.place = address, address.spark
        self._turn = Semaphore(_MOST)
        self._silent_until = 0.0
        self._has_answered = False

    def check(self) -> None:
        """See whether there is a master.

        Raises:
            EngineError: If there is none.
        """
        try:
            self._reach()
        except OSError as error:
            raise EngineError(SILENT, reason=self._told(error)) from None

    def check_there(self, path: Path) -> None:
        """See whether what was opened is still there.

        Raises:
            EngineError: If there is no folder of datasets any more, such as one of another machine.
            ReplacedError: If it alone has gone since another push has taken its place.
        """
        if not path.exists():
            if not self.place.folder.is_dir():
                raise self._noted(FileNotFoundError("the folder must be there, got none"))
            raise ReplacedError

    def _reach(self) -> None:
        host = self.place.host.strip("[]")
        socket.create_connection((host, self.place.port), _SECONDS_TO_CONNECT).close()

    def ask(self, question: str, folder: Path) -> pa.Table:
        """Return the answer to a question; see `_Session.ask` for what it takes.

        A session that was lost meanwhile is made anew once.

        Raises:
            EngineError: If the cluster does not answer, or the folder has gone.
        """
        self.check_there(folder)
        with self._turn:
            begun = time.monotonic()
            try:
                try:
                    answer = self._asked(question, folder)
                except _LostError:
                    answer = self._asked(question, folder)
            except (_LostError, _AloneError) as error:
                self.check_there(folder)
                raise self._noted(error, time.monotonic() - begun) from None
            self._has_answered = True
            return answer

    def _asked(self, question: str, folder: Path) -> pa.Table:
        if time.monotonic() < self._silent_until:
            raise EngineError(LOST)
        try:
            self._reach()
        except OSError as error:
            # A master that is started again knows nothing of what the one before was asked.
            _shared.drop()
            raise self._noted(error) from None
        session = None
        try:
            session = _shared.get(self.place)
            return session.ask(question, folder)
        except Exception as error:
            if isinstance(error, FileNotFoundError) or _is_ours(error):
                # What is not there any more is no fault of the question, nor of its driver.
                self.check_there(folder)
            if _is_ours(error):
                raise
            # Its driver is asked what it says of it, and can be as long as it is there.
            words = _words_of(error)
            if session:
                _shared.drop(session)
            if isinstance(error, _AloneError):
                raise
            raise _LostError(words) from None

    def _noted(self, error: Exception, waited: float = 0) -> EngineError:
        """Return what readers are told, once it is noted for who runs the server.

        Args:
            error: What came in place of an answer.
            waited: Seconds for which it was waited; all others would wait as long.
        """
        self._silent_until = time.monotonic() + max(_SECONDS_SILENT, waited / 2)
        told = self._told(error)
        if self._has_answered:  # Else it is told to who wants to open it.
            _LOG.warning("the engine does not answer: %s", told)
        return EngineError(LOST, reason=told)

    def _told(self, error: Exception) -> str:
        return f"{self._address.told}: {_words_of(error)}"


def _words_of(error: Exception) -> str:
    """Return the first line of what an error says; some ask a driver for it that may be gone."""
    try:
        words = str(error).strip()
    except Exception:  # noqa: BLE001 - whatever a connection that is lost raises
        words = ""
    return one_line((words or type(error).__name__).splitlines()[0])[:500]


def _is_not_of_driver(record: logging.LogRecord) -> bool:
    # py4j tells at length that a driver has gone, which is told in a line.
    return record.msg != "Exception while sending command."


def _is_ours(error: Exception) -> bool:
    """Return whether a question itself cannot be answered, whoever is asked."""
    from pyspark.errors import AnalysisException, ParseException

    return isinstance(error, (AnalysisException, ParseException))


def _is_loopback(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host.strip("[]"), None)
    except OSError:
        return False
    return all(ip_address(one[4][0]).is_loopback for one in found)
