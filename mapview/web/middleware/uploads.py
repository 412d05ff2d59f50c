"""What visitors may hand in: one template a session, so many bytes for all of them together.

Streamlit bounds one file, and keeps as many of a session as it is sent.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

__all__ = ["MOST_UPLOAD_MB", "Uploads"]

MOST_UPLOAD_MB = 20
_MOST_KEPT_BYTES = 10 * MOST_UPLOAD_MB * 2**20
_MOST_AT_ONCE = 4
_RETRY_S = 10
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")


class Uploads:
    """Bounds what is kept of uploads, and how many come in at once (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why a file is not taken now."""
        path = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if path is None or scope["method"] != "PUT":
            await self.app(scope, receive, send)
            return
        if self._coming >= _MOST_AT_ONCE or _kept_bytes() >= _MOST_KEPT_BYTES:
            sentence = f"a file must be sent again in {_RETRY_S} seconds, since many come just now"
            told = {"Retry-After": str(_RETRY_S)}
            answer = JSONResponse({"error": sentence}, status_code=503, headers=told)
            await answer(scope, receive, send)
            return
        self._coming += 1
        try:
            before = _files_of(path[1])
            await self.app(scope, receive, send)
            # One that was refused takes no other's place.
            if _files_of(path[1]) - before:
                _let_go(path[1], before)
        finally:
            self._coming -= 1


def _kept() -> tuple[Any, dict[str, dict[str, Any]]]:
    """Return what keeps uploads, and what it keeps of each session; Streamlit has no other way."""
    keeper: Any = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return keeper, keeper.file_storage if keeper else {}


def _kept_bytes() -> int:
    files = [one for session in list(_kept()[1].values()) for one in list(session.values())]
    return sum(len(one.data) for one in files)


def _files_of(session: str) -> set[str]:
    return set(_kept()[1].get(session, ()))


def _let_go(session: str, files: set[str]) -> None:
    for file in files:
        _kept()[0].remove_file(session, file)
