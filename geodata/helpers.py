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
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import IO, Any

__all__ = ["Helpers", "processors", "serve"]

_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from geodata.helpers import serve; serve()"
# Most of what is made lives as long as its piece, and none of it refers to itself.
_OBJECTS_BEFORE_LOOKING = 100_000


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
        self._begin = begin, argument
        self._begun: list[subprocess.Popen[bytes]] = []
        self._own = threading.local()
        self._changing = threading.Lock()
        self._is_closed = False
        self._threads = ThreadPoolExecutor(count, "helper")

    def ask(self, piece: Any) -> Future[Any]:
        """Return what will be made of a piece; an error of any kind is a `RuntimeError`."""
        return self._threads.submit(self._make, piece)

    def close(self) -> None:
        """End all of them at once, whatever they are at."""
        with self._changing:
            self._is_closed = True
            for one in self._begun:
                one.kill()
        self._threads.shutdown(cancel_futures=True)
        for one in self._begun:
            one.wait()
            for stream in (one.stdin, one.stdout):
                if stream is not None:
                    # What was not yet sent to a process that is gone.
                    with suppress(OSError):
                        stream.close()

    def _make(self, piece: Any) -> Any:
        try:
            process = self._process()
            _send(process.stdin, piece)
            # It is our own program that answers, through a pipe that nobody else has.
            made, problem = pickle.load(process.stdout)  # noqa: S301
        except (OSError, EOFError, ValueError, pickle.PickleError) as error:
            raise RuntimeError(f"a helper must answer, got {error!r}") from error
        if problem:
            raise RuntimeError(f"a helper must make its piece, got {problem}")
        return made

    def _process(self) -> Any:
        """Return the process of this thread."""
        if not hasattr(self._own, "process"):
            with self._changing:
                if self._is_closed:
                    raise EOFError
                command = [sys.executable, "-c", _BEGIN, *sys.path]
                process = subprocess.Popen(  # noqa: S603 - this program itself
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
                self._begun.append(process)
            _send(process.stdin, self._begin)
            self._own.process = process
        return self._own.process


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
        while True:
            _send(answers, _answer(make, pickle.load(sys.stdin.buffer)))  # noqa: S301
    except (EOFError, OSError, pickle.UnpicklingError):
        # Nobody asks any more, or hears; or who asked has ended amid it.
        os._exit(0)


def _answer(make: Callable[[Any], Any], piece: Any) -> tuple[Any, str]:
    try:
        return make(piece), ""
    except Exception as error:  # noqa: BLE001 - told to who asked, who makes it himself
        return None, repr(error)
