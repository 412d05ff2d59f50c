"""Long work in a thread of its own, watched and stopped from elsewhere."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from geodata.errors import GeodataError
from mapview.briefing.progress import Cancelled, Progress

__all__ = ["Job", "Progress"]

_LOG = logging.getLogger(__name__)


class Job:
    """Work that gives bytes; it begins at once, and ends when nobody waits for it.

    Attributes:
        share: How much is done, from 0 to 1.
        words: What is being done.
        result: The bytes, once done.
        error: A sentence for the user when it failed; empty otherwise.
        fault: What stopped it, where that was a fault that is known.
    """

    def __init__(
        self, make: Callable[[Progress], bytes], is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        self.share = 0.0
        self.words = "Starting"
        self.result: bytes | None = None
        self.error = self.fault = ""
        self._make = make
        self._progress = Progress(self._told, is_wanted)
        self._thread = threading.Thread(target=self._run, name="briefing", daemon=True)
        self._thread.start()

    def _told(self, share: float, words: str) -> None:
        self.share, self.words = share, words

    def _run(self) -> None:
        try:
            self.result = self._make(self._progress)
        except Cancelled:
            self.error = "Cancelled; nothing was made."
        except GeodataError as error:
            self.fault = str(error)
            self.error = f"This could not be made: {error}."
        except Exception:  # noqa: BLE001 - nobody else sees what a thread raises
            _LOG.exception("a briefing failed")
            self.error = "This could not be made; the program's log says why."

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Ask it to stop; it stops at its next step."""
        self._progress.cancel()

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it has ended, or for so long."""
        self._thread.join(seconds)
