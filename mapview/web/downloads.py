"""Exports over HTTP: made in turn and beside the server, then sent from a file that has no name.

While somebody reads slowly, nobody waits for them: the work is done before the first byte goes out.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from functools import partial
from typing import IO, Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from geodata.queries import Filter
from mapview.briefing.progress import Progress
from mapview.data import current_store
from mapview.exports import EXPORTS, export_name
from mapview.work import Queue, made, queue_of, write_export

__all__ = ["EXPORT_ROUTES", "etag_of", "head_of", "is_known", "made_for", "takes_gzip"]

_PIECE = 1 << 18
_GONE_S = 0.5
_TEXT = ("geojson", "csv", "kml")
_MOST_THREADS = 200


async def export(request: Request) -> Response:
    """Send the filtered records as a file."""
    kind = EXPORTS[request.url.path.rpartition(".")[2]]
    chosen = Filter.from_query(request.query_params.get("f", ""))
    is_packed = kind.ending in _TEXT and takes_gzip(request)
    etag = etag_of(kind.ending, chosen.to_query(), str(is_packed))
    headers = {
        "Content-Disposition": f'attachment; filename="{export_name(chosen, kind)}"',
        "ETag": etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        return head_of(headers, kind.media_type)
    task = partial(write_export, is_packed=is_packed)
    file = await made_for(request, queue_of("exports"), task, chosen, kind.ending)
    headers["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    return StreamingResponse(_pieces(file), media_type=kind.media_type, headers=headers)


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


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await to_thread.run_sync(file.read, _PIECE):
            yield piece


def etag_of(*words: str) -> str:
    """Return the mark of an answer that depends on the data and on nothing but some words."""
    key = " ".join((current_store().version, *words))
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


EXPORT_ROUTES = [Route(f"/api/incidents.{ending}", export) for ending in EXPORTS]
