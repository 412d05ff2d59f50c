"""One piece of heavy work from its place in a queue to the finished file."""

from __future__ import annotations

import tempfile
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import IO, Any

from mapview.briefing.progress import Progress
from mapview.workers.processes import Task, do
from mapview.workers.queues import Queue

__all__ = ["made"]

_POLL_S = 0.2


def made(queue: Queue, task: Task, *arguments: Any, progress: Progress | None = None) -> IO[bytes]:
    """Wait for a turn, do a task, and return the file that it wrote, at its beginning.

    The file has no name: it goes when it is closed.

    Args:
        queue: Where to wait.
        task: What to do; see `processes.do`.
        arguments: What the task takes.
        progress: Told how far it is; may stop it, while it waits too.

    Raises:
        Busy: If too many wait already, or the wait becomes too long.
        GeodataError: What the task raised.
        Cancelled: If `progress` was cancelled.
        WorkError: If it failed otherwise.
    """
    progress = progress or Progress()
    with queue.enter() as turn:
        while not turn.ready.done():
            ahead = turn.ahead
            progress.step(0, f"Waiting; {ahead} before this" if ahead else "Waiting")
            queue.shorten()
            with suppress(NotYet):
                turn.ready.result(_POLL_S)
        # The buffer of Python's own is none of the process that writes.
        out = tempfile.TemporaryFile(prefix="mapview-")  # noqa: SIM115 - the caller's to close
        try:
            do(task, arguments, out, progress)
            out.flush()
            out.seek(0)
        except BaseException:
            out.close()
            raise
    return out
