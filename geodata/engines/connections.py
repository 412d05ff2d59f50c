"""Connections to PostgreSQL: few, for any number of threads, and made anew when they are lost."""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock, Semaphore
from typing import Any, TypeVar

from geodata.engines.address import EngineAddress, driver
from geodata.errors import EngineError, ReplacedError, StoreError

__all__ = [
    "LOST", "SILENT", "Connections", "asking", "connect", "lost", "no_record", "only_owner",
    "sentences",
]  # fmt: skip

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
# More at once would only wait for one another within the database.
_MOST = 8
_SECONDS_TO_CONNECT = 5
# After a try that failed, so long nobody tries: each would wait for it.
_SECONDS_SILENT = 1.0
# A machine that has gone says nothing: without these a question would wait for it for hours.
_MS_UNHEARD = 20_000
SILENT = "the engine's database must answer, got no connection to it"
LOST = (
    "the database that holds the records must answer, and does not for now; what stands here was "
    "answered before, and the rest comes when the database is back"
)
_FORBIDDEN = (
    "the database must let its user read the schema mapview (usage) and all its tables (select), "
    "got none or not all of these rights"
)
# Planning time of Just-In-Time code is many times what it saves on questions of milliseconds.
_READING = (
    "set default_transaction_read_only = on",
    "set timezone = 'UTC'",
    "set jit = off",
)


def connect(address: EngineAddress) -> Any:
    """Return a connection of psycopg; each statement is a transaction of its own.

    Args:
        address: Where to.

    Raises:
        EngineError: If there is nobody, or nobody who lets us in.
    """
    psycopg = driver()
    try:
        return psycopg.connect(
            address.text,
            autocommit=True,
            prepare_threshold=None,
            connect_timeout=_SECONDS_TO_CONNECT,
            tcp_user_timeout=_MS_UNHEARD,
            application_name="mapview",
            client_encoding="utf8",
        )
    except (psycopg.Error, UnicodeError) as error:
        raise lost(address, error) from None


def lost(address: EngineAddress, error: Exception) -> EngineError:
    """Return what is said of a connection that is not there, and to whom."""
    return EngineError(SILENT, reason=f"{address.told}: {address.without_secrets(error)}")


@contextmanager
def asking(address: EngineAddress) -> Iterator[Connections]:
    """Give connections for reading, which are closed at the end.

    Raises:
        EngineError: If there is nobody; nothing was answered before that is held still.
    """
    connections = Connections(address)
    try:
        yield connections
    except ReplacedError:
        raise
    except EngineError as error:
        raise EngineError(SILENT, reason=error.reason) from None
    finally:
        connections.close()


@contextmanager
def sentences(address: EngineAddress) -> Iterator[None]:
    """Say in a sentence why a database does not take what is done meanwhile.

    Raises:
        EngineError: If the connection is lost.
        StoreError: If it refuses.
    """
    psycopg = driver()
    try:
        yield
    except psycopg.OperationalError as error:
        raise lost(address, error) from None
    except psycopg.Error as error:
        raise StoreError(
            "the database must take tables of ours, which needs the right to create a schema, "
            f"got: {address.without_secrets(error)}"
        ) from error


@contextmanager
def only_owner(what: str) -> Iterator[None]:
    """Say whose right is missing, where a database lets only an owner do what is done meanwhile.

    Args:
        what: Is owned, and what for.

    Raises:
        StoreError: If somebody else does it.
    """
    try:
        yield
    except driver().errors.InsufficientPrivilege:
        raise StoreError(
            f"the database's user must own {what}, and does not; nothing was changed. The owner "
            "does it, or lets this user: grant OWNER to USER"
        ) from None


def no_record(table: str, errors: int) -> StoreError:
    """Return what is said of a record that is none, and nothing of what stands in it.

    Args:
        table: Where it stands.
        errors: How many errors there are in it.
    """
    return StoreError(
        f"{table} must hold records as this version of the program writes them, got one with "
        f"{errors:,} {'error' if errors == 1 else 'errors'}; push the dataset again"
    )


class Connections:
    """Connections for reading, which any thread may ask over.

    Args:
        address: Where to. Nobody is asked before the first question.
    """

    def __init__(self, address: EngineAddress) -> None:
        self.address = address
        self._psycopg = driver()
        self._turn = Semaphore(_MOST)
        self._lock = Lock()
        self._idle: list[Any] = []
        self._process = os.getpid()
        # What another process opened: closed here, it would be closed there.
        self._of_others: list[Any] = []
        weakref.finalize(self, _close, self._idle, self._process)
        self._silent_until = 0.0
        self._has_answered = False

    def ask(self, query: str, values: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows that a question finds.

        A connection that was lost meanwhile is made anew once, which no question of ours minds.

        Args:
            query: In SQL.
            values: What stands for its placeholders.

        Raises:
            EngineError: If the database does not answer.
            ReplacedError: If another push has taken the place of the one that was opened.
            StoreError: If the tables may not be read.
        """
        return self._with_any(lambda one: one.execute(query, values).fetchall())

    def ask_bytes(self, query: str) -> bytes:
        """Return the one value of bytes that a question finds, as it is sent.

        Args:
            query: In SQL, without placeholders.

        Raises:
            EngineError: If the database does not answer.
            ReplacedError: If another push has taken the place of the one that was opened.
            StoreError: If the tables may not be read.
        """
        (found,) = self._with_any(lambda one: one.execute(query, binary=True).fetchone())
        return bytes(found or b"")

    def _with_any(self, ask: Callable[[Any], _T]) -> _T:
        """Ask over any connection, and over a new one if that was lost meanwhile."""
        with self._turn:
            connection = self._take() or self._new()
            try:
                return self._asked(connection, ask)
            except (self._psycopg.OperationalError, self._psycopg.InterfaceError):
                self.close()
            try:
                return self._asked(self._new(), ask)
            except (self._psycopg.OperationalError, self._psycopg.InterfaceError) as error:
                raise self._noted(lost(self.address, error)) from None

    def _asked(self, connection: Any, ask: Callable[[Any], _T]) -> _T:
        with self._kept(connection):
            try:
                answer = ask(connection)
            except self._psycopg.errors.UndefinedTable:
                raise ReplacedError from None
            except self._psycopg.errors.InsufficientPrivilege:
                raise StoreError(_FORBIDDEN) from None
            self._has_answered = True
            return answer

    @contextmanager
    def _kept(self, connection: Any) -> Iterator[None]:
        """Keep a connection for the next question, unless it is broken."""
        try:
            yield
        finally:
            if connection.closed or connection.broken:
                connection.close()
            else:
                with self._lock:
                    self._idle.append(connection)

    def _take(self) -> Any | None:
        with self._lock:
            if self._process != os.getpid():
                self._of_others += self._idle
                self._idle.clear()
                self._process = os.getpid()
            return self._idle.pop() if self._idle else None

    def _new(self) -> Any:
        if time.monotonic() < self._silent_until:
            raise EngineError(LOST)
        try:
            connection = connect(self.address)
            for words in _READING:
                connection.execute(words)
        except EngineError as error:
            raise self._noted(error) from None
        return connection

    def _noted(self, error: EngineError) -> EngineError:
        """Return what readers are told, once it is noted for who runs the server."""
        self._silent_until = time.monotonic() + _SECONDS_SILENT
        if self._has_answered:  # Else it is told to who wants to open it.
            _LOG.warning("the engine does not answer: %s", error.reason)
        return EngineError(LOST, reason=error.reason)

    def close(self) -> None:
        """Close what nobody uses; the next question opens another."""
        with self._lock:
            _close(self._idle, self._process)


def _close(idle: list[Any], process: int) -> None:
    if process == os.getpid():
        while idle:
            idle.pop().close()
