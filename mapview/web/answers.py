"""What answers share: marks by which they are known, and heavy work that is waited for."""

from __future__ import annotations

import asyncio
import hashlib
from functools import partial
from typing import IO, Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from mapview.briefing.progress import Progress
from mapview.workers import Queue, made

__all__ = ["etag_of", "head_of", "is_known", "made_for", "takes_gzip"]

_GONE_S = 0.5
_MOST_THREADS = 200


async def made_for(request: Request | None, queue: Queue, task: Any, *arguments: Any) -> IO[bytes]:
    """Return what `made` gives; the work stops when whoever asks has gone, if it is for one."""
    progress = Progress()
    gone = asyncio.create_task(_cancel_when_gone(request, progress))
    try:
        return await to_thread.run_sync(
            partial(made, queue, task, *arguments, progress=progress),
            abandon_on_cancel=True,
            limiter=_threads(),
        )
    finally:
        gone.cancel()
        # If we were cancelled ourselves, the thread is still at it.
        progress.cancel()


async def _cancel_when_gone(request: Request | None, progress: Progress) -> None:
    while request and not await request.is_disconnected():
        await asyncio.sleep(_GONE_S)
    if request:
        progress.cancel()


def _threads() -> CapacityLimiter:
    """Return threads of our own: who waits for an export takes none from those who draw maps."""
    loop = asyncio.get_running_loop()
    if loop not in _limiters:
        _limiters.clear()
        _limiters[loop] = CapacityLimiter(_MOST_THREADS)
    return _limiters[loop]


_limiters: dict[asyncio.AbstractEventLoop, CapacityLimiter] = {}


def etag_of(*words: str) -> str:
    """Return the mark of an answer that depends on nothing but some words.

    Args:
        words: The version of the data first.
    """
    key = " ".join(words)
    return f'"{hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:20]}"'


def is_known(request: Request, etag: str) -> bool:
    """Return whether whoever asks has the answer with that mark already."""
    known = request.headers.get("if-none-match", "")
    return etag in [one.strip().removeprefix("W/") for one in known.split(",")]


def head_of(headers: dict[str, str], media_type: str) -> Response:
    """Return the head of an answer whose body nobody asked for, so that nobody makes it."""
    answer = Response(headers=headers, media_type=media_type)
    del answer.headers["content-length"]
    return answer


def takes_gzip(request: Request) -> bool:
    """Return whether whoever asks reads compressed answers."""
    return "gzip" in request.headers.get("accept-encoding", "")
