"""The routes by which files come in and go out whole: piece by piece, never in memory."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import IO

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from geodata.errors import FormatError
from geodata.importing import TEMPLATES, template_of
from geodata.workspace import Incoming, Workspace, workspace_folder
from mapview.web.asking import parameter
from mapview.web.handing.own_use import refusal_of_files

__all__ = ["HANDING_ROUTES", "incoming"]

# As much as the readers take of an archive; a million rows of ACLED are half a gigabyte.
MOST_BYTES = 4_000_000_000
_MOST_AT_ONCE = 2
_RETRY_S = 10
# A form of another site cannot send it without asking first.
_MEDIA_TYPE = "application/octet-stream"
_coming: set[str] = set()


def incoming() -> Incoming:
    """Return the files that were handed to this process."""
    return _incoming_in(workspace_folder())


@lru_cache(maxsize=2)
def _incoming_in(folder: Path) -> Incoming:
    return Incoming(folder)


def _refuse_others(request: Request) -> None:
    sentence = refusal_of_files(getattr(request.state, "person", None))
    if sentence:
        raise HTTPException(403, sentence)


async def take_file(request: Request) -> Response:
    """Take a file, and answer with the token by which the page finds it."""
    _refuse_others(request)
    kind = request.headers.get("content-type", "")
    if kind != _MEDIA_TYPE:
        raise HTTPException(415, f"a file must be sent as {_MEDIA_TYPE}, got {kind[:80]!r}")
    name = parameter(request, "name")
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise _too_long()
    if len(_coming) >= _MOST_AT_ONCE:
        told = {"Retry-After": str(_RETRY_S)}
        sentence = f"a file must be sent again in {_RETRY_S} seconds, since others come just now"
        raise HTTPException(503, sentence, told)
    token, path = incoming().make(name)
    _coming.add(token)
    is_whole = False
    try:
        with path.open("xb") as stream:
            await _write(request, stream)
        is_whole = True
    except ClientDisconnect:
        return Response(status_code=400)
    except OSError as error:
        raise FormatError(f"a file must be kept, got: {error.strerror or error}") from error
    finally:
        _coming.discard(token)
        if not is_whole:
            incoming().drop(token)
    return JSONResponse({"file": token, "name": path.name}, status_code=201)


async def _write(request: Request, stream: IO[bytes]) -> None:
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > MOST_BYTES:
            raise _too_long()
        await to_thread.run_sync(stream.write, piece)
    if not size:
        raise FormatError("a file must hold something, got an empty one")


def _too_long() -> HTTPException:
    most = f"{MOST_BYTES // 10**9} GB"
    return HTTPException(
        413, f"a file must have at most {most}, got more; mapview import FILE reads it by command"
    )


def left_out(request: Request) -> Response:
    """Answer the rows of a dataset that were left out, whole, as a CSV to correct."""
    _refuse_others(request)
    name = request.path_params["name"]
    path = Workspace().get(name).file("rejected.csv")
    if not path.is_file():
        raise HTTPException(404, f"a dataset must keep what was left out, got none in {name!r}")
    return FileResponse(path, media_type="text/csv", filename=f"{name}-left-out.csv")


def template(request: Request) -> Response:
    """Answer an empty table to fill in."""
    _refuse_others(request)
    ending = request.path_params["ending"]
    if ending not in TEMPLATES:
        raise HTTPException(404, f"a template must be one of {', '.join(TEMPLATES)}")
    return Response(
        template_of(ending),
        media_type=TEMPLATES[ending],
        headers={"Content-Disposition": f'attachment; filename="incidents.{ending}"'},
    )


HANDING_ROUTES = [
    Route("/api/data/template.{ending}", template),
    Route("/api/data/file", take_file, methods=["POST"]),
    Route("/api/data/left-out/{name}", left_out),
]
