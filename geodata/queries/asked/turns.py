"""Turns: who came first goes first, and only so many at once."""

from __future__ import annotations

from collections import deque
from threading import Lock
from types import TracebackType

__all__ = ["Turns"]


class Turns:
    """A semaphore that is fair, for work that keeps a core busy.

    Among threads that count at once Python shares its time by slices, so that each takes as long as
    all of them. `threading.Semaphore` is none that could be used: who gives it back and asks again
    gets it before those who wait.

    Args:
        at_once: So many may go on at once.

    Example:
        >>> turns = Turns(2)
        >>> with turns:
        ...     pass
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[Lock] = deque()
        self._changing = Lock()

    def __enter__(self) -> None:
        with self._changing:
            if self._free:
                self._free -= 1
                return
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1
