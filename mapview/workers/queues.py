"""Queues for heavy work: so much at once, so many who wait, and a sentence for all others."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from concurrent.futures import Future
from types import TracebackType
from typing import Literal

from geodata.errors import GeodataError
from mapview.settings import current_settings

__all__ = ["Busy", "Queue", "Turn", "load_of_queues", "queue_of"]

_USUAL_S = 5.0
_LONGEST_WAIT_S = 60
_WEIGHT = 0.3


class Busy(GeodataError):  # noqa: N818 - that many ask is no fault
    """So many wait already that nobody else is let in.

    Attributes:
        seconds: After how long it is worth asking again.
    """

    def __init__(self, what: str, seconds: int) -> None:
        super().__init__(
            f"{what} must be asked for again in {seconds} seconds, since many ask just now"
        )
        self.seconds = seconds


class Turn:
    """A place in a queue, held until the work is done; leave it as a context.

    Attributes:
        ready: Done when the work may begin; raises `Busy` when that would take too long after all.
    """

    def __init__(self, queue: Queue) -> None:
        self.ready: Future[None] = Future()
        self._queue = queue
        self.begun = 0.0

    @property
    def ahead(self) -> int:
        """How many wait before this one."""
        return self._queue.before(self)

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._queue.leave(self)


class Queue:
    """Lets so much work be done at once, in the order in which it was asked for.

    Args:
        what: What it is for, in an error.
        at_once: How many may work.
        waiting: How many more may wait.
        longest_s: For how long, by what such work took lately or takes now; a browser gives up in
            the end.

    Example:
        >>> queue = Queue("an export", at_once=1, waiting=1)
        >>> first, second = queue.enter(), queue.enter()
        >>> first.ready.done(), second.ready.done()
        (True, False)
    """

    def __init__(
        self, what: str, *, at_once: int, waiting: int, longest_s: float = math.inf
    ) -> None:
        self._what = what
        self._at_once = at_once
        self._most_waiting = waiting
        self._longest_s = longest_s
        self._lock = threading.Lock()
        self._working: set[Turn] = set()
        self._line: deque[Turn] = deque()
        self._usual_s = _USUAL_S

    def enter(self) -> Turn:
        """Return a place in the queue.

        Raises:
            Busy: If too many wait already.
        """
        with self._lock:
            is_full = len(self._working) >= self._at_once
            if is_full and (
                len(self._line) >= self._most_waiting
                or (self._line and self._wait_s() > self._longest_s)
            ):
                raise Busy(self._what, self._seconds())
            turn = Turn(self)
            self._line.append(turn)
        self._begin_next()
        return turn

    def leave(self, turn: Turn) -> None:
        """Give a place back, whether its work was done, broken off or not begun."""
        with self._lock:
            if turn in self._working:
                self._working.remove(turn)
                lasted = time.monotonic() - turn.begun
                self._usual_s += _WEIGHT * (lasted - self._usual_s)
            elif turn in self._line:
                self._line.remove(turn)
        self._begin_next()
        self.shorten()

    def shorten(self) -> None:
        """Refuse the last in line while they would wait too long, now that work takes longer."""
        refused = []
        with self._lock:
            while self._line and self._work_s() * len(self._line) / self._at_once > self._longest_s:
                refused.append(self._line.pop())
            seconds = self._seconds()
        for turn in refused:
            turn.ready.set_exception(Busy(self._what, seconds))

    @property
    def load(self) -> tuple[int, int]:
        """How many work, and how many wait."""
        with self._lock:
            return len(self._working), len(self._line)

    def before(self, turn: Turn) -> int:
        """Return how many wait before a place."""
        with self._lock:
            return self._line.index(turn) if turn in self._line else 0

    def _begin_next(self) -> None:
        begun = []
        with self._lock:
            while self._line and len(self._working) < self._at_once:
                turn = self._line.popleft()
                turn.begun = time.monotonic()
                self._working.add(turn)
                begun.append(turn)
        # Whoever waits goes on at once, so not while the lock is held.
        for turn in begun:
            turn.ready.set_result(None)

    def _work_s(self) -> float:
        """How long a piece of work takes: what it did lately, and longer if one is still at it."""
        now = time.monotonic()
        return max([self._usual_s, *(now - one.begun for one in self._working)])

    def _wait_s(self) -> float:
        return self._work_s() * (len(self._line) + 1) / self._at_once

    def _seconds(self) -> int:
        return max(1, min(_LONGEST_WAIT_S, math.ceil(self._wait_s())))


_WORDS = {"embeds": "an embedded map", "exports": "an export", "briefings": "a briefing"}
_queues: dict[tuple[str, int, int], Queue] = {}
_queues_lock = threading.Lock()


def queue_of(kind: Literal["embeds", "exports", "briefings"]) -> Queue:
    """Return the queue of this process for a kind of work, as the settings want it."""
    settings = current_settings()
    key = (kind, getattr(settings, kind), settings.waiting)
    with _queues_lock:
        if key not in _queues:
            # Whoever waits for a briefing sees how many are before it, and can stop.
            longest_s = math.inf if kind == "briefings" else _LONGEST_WAIT_S
            _queues[key] = Queue(_WORDS[kind], at_once=key[1], waiting=key[2], longest_s=longest_s)
        return _queues[key]


def load_of_queues() -> dict[str, tuple[int, int]]:
    """Return how many work and how many wait, for each kind of work."""
    with _queues_lock:
        kept = list(_queues.items())
    loads = dict.fromkeys(_WORDS, (0, 0))
    for (kind, *_), queue in kept:
        working, waiting = queue.load
        loads[kind] = (loads[kind][0] + working, loads[kind][1] + waiting)
    return loads
