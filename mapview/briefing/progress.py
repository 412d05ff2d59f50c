"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

from geodata.errors import GeodataError
from geodata.files import Watch

__all__ = ["Cancelled", "Progress"]


class Cancelled(GeodataError):  # noqa: N818 - what happened is no fault
    """Work was stopped on request; nothing was written."""


class Progress:
    """Told by long work how far it is; may be told by another thread to stop.

    Args:
        tell: Called with the share done, from 0 to 1, and with words for what is being done.
        is_wanted: Asked now and then whether anybody still waits for it.

    Example:
        >>> progress = Progress(lambda share, words: print(f"{share:.0%} {words}"))
        >>> progress.part(0.5, 1.0).step(0.5, "Drawing the map")
        75% Drawing the map
    """

    def __init__(
        self,
        tell: Callable[[float, str], None] | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        self._tell = tell or (lambda _share, _words: None)
        self._is_wanted = is_wanted
        self._stop = threading.Event()

    def step(self, share: float, words: str) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: If the work is to stop; it then leaves nothing behind.
        """
        self.check()
        self._tell(min(1.0, max(0.0, share)), words)

    def check(self) -> None:
        """Stop the work if it is to stop.

        Raises:
            Cancelled: If it is.
        """
        if self._stop.is_set() or not self._is_wanted():
            raise Cancelled("the work was cancelled; nothing was written")

    def cancel(self) -> None:
        """Make the next `step` stop the work."""
        self._stop.set()

    def part(self, start: float, end: float) -> Progress:
        """Return a progress for a part of the work, which runs from `start` to `end` of it all."""
        inner = Progress(
            lambda share, words: self._tell(start + share * (end - start), words), self._is_wanted
        )
        inner._stop = self._stop  # One switch stops all parts.
        return inner

    def watch(self, words: str) -> Watch:
        """Return what `geodata` tells how many of how many records are done.

        Args:
            words: What is being done, to which the numbers are added.
        """

        def tell(done: int, total: int) -> None:
            self.step(done / max(total, 1), f"{words}: {done:,} of {total:,} records")

        return tell
