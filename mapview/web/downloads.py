"""Exports over HTTP: made in turn and beside the server, then sent from a file that has no name.

While somebody reads slowly, nobody waits for them: the work is done before the first byte goes out.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from functools import partial
from typing import IO

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from mapview.data import current_store
from mapview.exports import EXPORTS, export_name
from mapview.web.answers import etag_of, head_of, is_known, made_for, takes_gzip
from mapview.web.asking import filter_of, refuse_other_data, refuse_others
from mapview.workers import of_version, queue_of, write_export

__all__ = ["EXPORT_ROUTES"]

_PIECE = 1 << 18
_PARAMETERS = ("f", "v")
_TEXT = ("geojson", "csv", "kml")


async def export(request: Request) -> Response:
    """Send the filtered records as a file."""
    kind = EXPORTS[request.url.path.rpartition(".")[2]]
    chosen = filter_of(request)
    refuse_others(request, _PARAMETERS)
    is_packed = kind.ending in _TEXT and takes_gzip(request)
    version = current_store().version
    refuse_other_data(request, version)
    etag = etag_of(version, kind.ending, chosen.to_query(), str(is_packed))
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
    asked = (version, task, chosen, kind.ending)
    file = await made_for(request, queue_of("exports"), of_version, *asked)
    headers["Content-Length"] = str(os.fstat(file.fileno()).st_size)
    return StreamingResponse(_pieces(file), media_type=kind.media_type, headers=headers)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await to_thread.run_sync(file.read, _PIECE):
            yield piece


EXPORT_ROUTES = [Route(f"/api/incidents.{ending}", export) for ending in EXPORTS]
