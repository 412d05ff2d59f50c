"""Sentences for those who ask what cannot be answered: as JSON, or as a page for who reads one."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from markupsafe import escape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import ChangedError, EngineError, GeodataError
from geodata.tongue import ENGLISH, LANGUAGES, is_from_right, language, speaking
from mapview.faults import told_fault
from mapview.workers import Busy, WorkError

__all__ = [
    "HANDLERS", "LOADS_NOTHING", "SECONDS_WITHOUT_ENGINE", "Faults", "refusal", "sentence_page",
    "told_in",
]  # fmt: skip

_LOG = logging.getLogger(__name__)
_FAULT = "this could not be answered because of a fault of the program; its log says more"
# When to ask again where an engine does not answer.
SECONDS_WITHOUT_ENGINE = 5
# Of a page that says a sentence.
LOADS_NOTHING = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
_WORDS = {
    404: "there is no {path}",
    405: "{path} must be asked with another method, got {method}",
}


def sentence_page(sentence: str, head: str = "", foot: str = "", code: str = ENGLISH) -> str:
    """Return a page that says a sentence and loads nothing.

    Args:
        sentence: As errors say it: without capital and full stop.
        head: HTML for its head.
        foot: HTML that stands under the sentence.
        code: Of the language of the sentence.
    """
    text = escape(f"{sentence[:1].upper()}{sentence[1:]}.")
    with speaking(code):
        direction = "rtl" if is_from_right() else "ltr"
    return (
        f'<!doctype html><html lang="{code}" dir="{direction}"><meta charset="utf-8">{head}'
        f"<title>Mapview</title><p>{text}</p>{foot}</html>"
    )


def refusal(
    request: Request, sentence: str, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with a sentence, in the form that whoever asks reads."""
    all_headers = {**(headers or {}), **LOADS_NOTHING}
    words, code = told_in(request.query_params.get("lang", ""), sentence)
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(sentence_page(words, code=code), status, all_headers)
    told = {"error": words} | ({} if code == ENGLISH else {"lang": code})
    return JSONResponse(told, status, all_headers)


def told_in(code: str, sentence: str) -> tuple[str, str]:
    """Return what an error says, and the code of the language that it says it in.

    Args:
        code: Of the language that is asked for, whatever it is.
        sentence: In English.

    Example:
        >>> told_in("fr", "a file must hold something, got an empty one")
        ('le fichier est vide', 'fr')
        >>> told_in("fr", "z must be small"), told_in("xx", "z must be small")
        (('z must be small', 'en'), ('z must be small', 'en'))
    """
    with speaking(code if code in LANGUAGES else ENGLISH):
        told = told_fault(sentence)
        return (told, language()) if told else (sentence, ENGLISH)


def _refuse(request: Request, error: Exception) -> Response:
    if isinstance(error, Busy):
        return refusal(request, str(error), 503, {"Retry-After": str(error.seconds)})
    if isinstance(error, EngineError):
        return refusal(request, str(error), 503, {"Retry-After": str(SECONDS_WITHOUT_ENGINE)})
    return refusal(request, str(error), 409 if isinstance(error, ChangedError) else 422)


def _fail(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s failed: %s", request.method, request.url.path, error)
    return refusal(request, _FAULT, 500)


def _say(request: Request, error: HTTPException) -> Response:
    asked = {"path": request.url.path[:200], "method": request.method[:20]}
    is_said = error.detail != HTTPStatus(error.status_code).phrase
    words = None if is_said else _WORDS.get(error.status_code)
    sentence = words.format(**asked) if words else error.detail
    return refusal(request, sentence, error.status_code, error.headers)


# What a server does with errors of its routes, Streamlit's own too.
HANDLERS: Mapping[Any, Any] = {GeodataError: _refuse, WorkError: _fail, HTTPException: _say}


class Faults:
    """Answers with a sentence where anything failed that nobody thought of (ASGI middleware)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and answer for it if nobody else can."""
        is_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal is_begun
            is_begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except Exception:
            if scope["type"] != "http" or is_begun:
                raise
            _LOG.exception("%s %s failed", scope["method"], scope["path"])
            await refusal(Request(scope), _FAULT, 500)(scope, receive, send)
