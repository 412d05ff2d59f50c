"""Other processes that do pieces of a long work, and hand back what they made.

They are programs of their own, begun anew, since a process with threads cannot be copied safely;
and they end with the one that began them, however that ends.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any, cast

__all__ = ["Helpers", "processors", "serve"]

_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from geodata.helpers import serve; serve()"
# Most of what is made lives as long as its piece, and none of it refers to itself.
_OBJECTS_BEFORE_LOOKING = 100_000
# What is read of a pipe at once. With the usual 64 kB the reader asks for Python's lock so often,
# up to 5 ms each, that a helper of a large file waited for it 0.7 s more of 12.
_PIPE_BYTES = 1 << 20


class Helpers:
    """Some processes that make pieces.

    Each gets its pieces in the order in which they are asked for.

    Args:
        begin: Is called in each with `argument`, and gives what makes a piece. Like all that is
            handed over it is pickled, so it is a function of a module.
        argument: What it is called with.
        count: How many there are at most; they start when they are needed.
    """

    def __init__(
        self, begin: Callable[[Any], Callable[[Any], Any]], argument: Any, count: int
    ) -> None:
        self._all = [_Helper((begin, argument)) for _ in range(count)]

    def ask(self, piece: Any) -> Future[Any]:
        """Return what will be made of a piece; an error of any kind is a `RuntimeError`."""
        return min(self._all, key=lambda one: (one.is_broken, one.waiting)).ask(piece)

    def close(self) -> None:
        """End all of them at once, whatever they are at."""
        for one in self._all:
            one.end()
        for one in self._all:
            one.tidy()


class _Helper:
    """One process. It is sent a piece while it is at another, so that it never waits for one.

    Args:
        begin: What makes its maker, and with what.

    Attributes:
        is_broken: Whether it has failed to answer.
    """

    def __init__(self, begin: tuple[Callable[[Any], Callable[[Any], Any]], Any]) -> None:
        self._begin = begin
        self._begun: subprocess.Popen[bytes] | None = None
        self._changing = threading.Lock()
        self._is_closed = False
        self.is_broken = False
        self._sending = ThreadPoolExecutor(1, "to-helper")
        self._hearing = ThreadPoolExecutor(1, "from-helper")
        self._waiting: deque[Future[Any]] = deque()

    @property
    def waiting(self) -> int:
        """How many pieces it has not answered."""
        while self._waiting and self._waiting[0].done():
            self._waiting.popleft()
        return len(self._waiting)

    def ask(self, piece: Any) -> Future[Any]:
        """Return what it will make of a piece."""
        sent = self._sending.submit(self._send, piece)
        heard = self._hearing.submit(self._hear, sent)
        self._waiting.append(heard)
        return heard

    def end(self) -> None:
        """End it at once."""
        with self._changing:
            self._is_closed = True
            if self._begun:
                self._begun.kill()

    def tidy(self) -> None:
        """Wait until nothing is left of it."""
        for threads in (self._sending, self._hearing):
            threads.shutdown(cancel_futures=True)
        if self._begun is None:
            return
        self._begun.wait()
        for stream in (self._begun.stdin, self._begun.stdout):
            if stream is not None:
                # What was not yet sent to a process that is gone.
                with suppress(OSError):
                    stream.close()

    def _send(self, piece: Any) -> IO[bytes]:
        process = self._process()
        _send(process.stdin, piece)
        return cast("IO[bytes]", process.stdout)

    def _hear(self, sent: Future[IO[bytes]]) -> Any:
        try:
            # It is our own program that answers, through a pipe that nobody else has.
            made, problem = pickle.load(sent.result())  # noqa: S301
        except (OSError, EOFError, ValueError, pickle.PickleError) as error:
            # It answers at once that it cannot, and would be asked before all others.
            self.is_broken = True
            raise RuntimeError(f"a helper must answer, got {error!r}") from error
        if problem:
            raise RuntimeError(f"a helper must make its piece, got {problem}")
        return made

    def _process(self) -> subprocess.Popen[bytes]:
        if self._begun is None:
            with self._changing:
                if self._is_closed:
                    raise EOFError
                self._begun = _started([sys.executable, "-c", _BEGIN, *sys.path])
            _send(self._begun.stdin, self._begin)
        return self._begun


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Return a process with pipes that hold much, where the system lets them."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    try:
        return subprocess.Popen(command, pipesize=_PIPE_BYTES, **pipes)  # noqa: S603 - ourselves
    except PermissionError:
        return subprocess.Popen(command, **pipes)  # noqa: S603 - this program itself


def _send(stream: IO[bytes] | None, told: Any) -> None:
    if stream is not None:
        pickle.dump(told, stream, pickle.HIGHEST_PROTOCOL)
        stream.flush()


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def serve() -> None:
    """Make pieces as a helper, until nobody asks any more."""
    # Ctrl-C is sent to all processes of a terminal; who began this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What libraries print must not stand among the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        begin, argument = pickle.load(sys.stdin.buffer)  # noqa: S301 - of who began this one
        make = begin(argument)
        gc.freeze()
        gc.set_threshold(_OBJECTS_BEFORE_LOOKING)
        # The next piece comes, and the last answer goes, while one is made.
        with ThreadPoolExecutor(1) as coming, ThreadPoolExecutor(1) as going:
            piece, sent = coming.submit(pickle.load, sys.stdin.buffer), None
            while True:
                asked, piece = piece.result(), coming.submit(pickle.load, sys.stdin.buffer)
                answer = _answer(make, asked)
                if sent:
                    sent.result()
                sent = going.submit(_send, answers, answer)
    except (EOFError, OSError, pickle.UnpicklingError):
        # Nobody asks any more, or hears; or who asked has ended amid it.
        os._exit(0)


def _answer(make: Callable[[Any], Any], piece: Any) -> tuple[Any, str]:
    try:
        return make(piece), ""
    except Exception as error:  # noqa: BLE001 - told to who asked, who makes it himself
        return None, repr(error)
