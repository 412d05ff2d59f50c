"""The one check that every request passes where people must sign in: pages, data and sockets alike.

Streamlit speaks with the service that knows people, at three addresses, and signs the cookie that
says who somebody is. What follows from that is decided here, for Streamlit's pages, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote, unquote

from markupsafe import escape
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geodata.errors import SettingError
from mapview.settings import current_settings
from mapview.web.access.people import CALLBACK, Access, Person, Role, read_access
from mapview.web.middleware import LOADS_NOTHING, refusal, sentence_page

__all__ = [
    "SIGNED_OUT", "SIGN_OUT", "SignedIn", "check_access", "current_access", "person_of",
    "refusal_of_edits",
]  # fmt: skip

SIGN_OUT = "/auth/logout"
SIGNED_OUT = "/auth/signed-out"
_SIGN_IN = "/auth/login"
# What tells a proxy that the server lives says nothing of the records.
_OPEN = frozenset({_SIGN_IN, SIGN_OUT, CALLBACK, SIGNED_OUT, "/healthz", "/_stcore/health"})
_READS = frozenset({"GET", "HEAD"})
_ASKED_FOR = "mapview_asked"
_ASKED_S = 600
_MOST_ADDRESS = 3_000
_PROVIDER = "default"
# One that takes the cookie away sets it to nothing.
_SETS_PERSON = re.compile(r'_streamlit_user="?[^";]')
_SERVICE_FAILED = "the service that knows people could not be asked; the server's log says more"
_NOT_SIGNED_IN = "you must be signed in to see this, and the sign-in came to no end"


def current_access() -> Access | None:
    """Return who may do what on this server; `None` where nobody must sign in."""
    path = current_settings().sign_in
    return read_access(path) if path else None


def check_access() -> None:
    """See at the start that people can sign in, if they must.

    Raises:
        SettingError: If the file cannot be meant, or what asks the service is not installed.
    """
    if current_access() and find_spec("authlib") is None:
        raise SettingError(
            "--sign-in must have Authlib installed, got none; "
            "pip install 'mapview-incidents[sign-in]' brings it"
        )


def person_of(access: Access, cookies: Mapping[str, str], authorization: str = "") -> Person | None:
    """Return who asks.

    Args:
        access: Who may do what.
        cookies: Of the request.
        authorization: Its header of that name, in which programs show a token.
    """
    kind, _, token = authorization.partition(" ")
    if kind.casefold() == "bearer":
        return access.of_token(token.strip())
    return access.of_cookie(_signed(cookies))


def _signed(cookies: Mapping[str, str]) -> bytes | None:
    """Return what Streamlit's cookie says, if it was signed here not too long ago."""
    from streamlit.auth_util import get_cookie_with_chunks
    from streamlit.web.server.server_util import get_cookie_secret
    from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value) if value and secret else None

    return get_cookie_with_chunks(one, "_streamlit_user")


def refusal_of_edits(person: Person | None) -> str:
    """Return why somebody who signed in may change nothing, as a sentence; nothing for editors."""
    if person and person.role is Role.EDITOR:
        return ""
    who = "a reader" if person and person.role else "nobody who is signed in"
    return f"an editor must be signed in to hand in files and to change what is shown, got {who}"


class SignedIn:
    """Lets nobody see anything who has not signed in, where the server is set so (ASGI)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with whose it is, or lead to where one signs in."""
        access = current_access() if scope["type"] in ("http", "websocket") else None
        if access is None:
            await self.app(scope, receive, send)
            return
        asks = HTTPConnection(scope)
        if scope["type"] == "http" and scope["path"] in _OPEN and scope["method"] in _READS:
            await self._open(Request(scope), receive, send)
            return
        person = person_of(access, asks.cookies, asks.headers.get("authorization", ""))
        if person and person.role:
            scope.setdefault("state", {})["person"] = person
            await self.app(scope, receive, _private(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": "not signed in"})
        else:
            await _answer_to_others(Request(scope), person)(scope, receive, send)

    async def _open(self, request: Request, receive: Receive, send: Send) -> None:
        path, scope = request.url.path, request.scope
        if path == SIGNED_OUT:
            await _page("you are signed out", "Sign in again", "/")(scope, receive, send)
        elif path == CALLBACK and not {"code", "error"} & set(request.query_params):
            # The service sends people here after it signed them out, too.
            await RedirectResponse(SIGNED_OUT, status_code=302)(scope, receive, send)
        elif path in (_SIGN_IN, SIGN_OUT, CALLBACK):
            await _Led(request, receive, send).through(self.app)
        else:
            await self.app(scope, receive, send)


def _answer_to_others(request: Request, person: Person | None) -> Response:
    if person:
        sentence = f"{person.name or 'this account'} may not see this: {person.why_not}"
        if "text/html" in request.headers.get("accept", ""):
            return _page(sentence, "Sign out", SIGN_OUT, status=403)
        return refusal(request, sentence, 403)
    if _is_visit(request):
        return _led_to_sign_in(request)
    sentence = "whoever asks must be signed in or show a token, got neither"
    return refusal(request, sentence, 401, {"WWW-Authenticate": "Bearer"})


def _is_visit(request: Request) -> bool:
    """Return whether somebody opens a page of its own, who can be led elsewhere and back."""
    wants_page = "text/html" in request.headers.get("accept", "")
    is_framed = request.headers.get("sec-fetch-dest", "document") != "document"
    return request.method == "GET" and wants_page and not is_framed


def _led_to_sign_in(request: Request) -> Response:
    from streamlit.user_info import generate_login_redirect_url

    response = RedirectResponse(generate_login_redirect_url(_PROVIDER), status_code=302)
    # As it came: what is decoded need not be what a header may hold, or lead to the same place.
    path, query = (request.scope[one].decode("latin-1") for one in ("raw_path", "query_string"))
    address = f"{path}{'?' if query else ''}{query}"
    if len(address) <= _MOST_ADDRESS:
        response.set_cookie(
            _ASKED_FOR,
            quote(address, safe=""),
            max_age=_ASKED_S,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(sentence: str, label: str, path: str, status: int = 200) -> Response:
    """Return a page that says a sentence and leads on, to a path from the server's root on."""
    address = escape(f"{current_settings().base_path}{path}")
    page = sentence_page(sentence, foot=f'<p><a href="{address}">{escape(label)}</a></p>')
    headers = {"Cache-Control": "no-store", **LOADS_NOTHING}
    return HTMLResponse(page, status_code=status, headers=headers)


class _Led:
    """One of Streamlit's answers on the way through the service, with where it leads put right."""

    def __init__(self, request: Request, receive: Receive, send: Send) -> None:
        self.request = request
        self.receive = receive
        self.to = send
        self._is_ours = False

    async def through(self, app: ASGIApp) -> None:
        await app(self.request.scope, self.receive, self._send)

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            instead = self._instead(message)
            self._is_ours = instead is not None
            if instead is not None:
                await instead(self.request.scope, self.receive, self.to)
        if not self._is_ours:
            await self.to(message)

    def _instead(self, message: MutableMapping[str, Any]) -> Response | None:
        """Return what is answered in place of Streamlit's answer; that is put right otherwise."""
        headers, path = MutableHeaders(scope=message), self.request.url.path
        headers["Cache-Control"] = "no-store"
        if message["status"] >= HTTPStatus.BAD_REQUEST:
            return _page(_SERVICE_FAILED, "Try again", "/", status=502)
        if path == SIGN_OUT and headers.get("location") == "/":
            headers["Location"] = SIGNED_OUT
        elif path == CALLBACK:
            if not any(_SETS_PERSON.match(one) for one in headers.getlist("set-cookie")):
                return _page(_NOT_SIGNED_IN, "Try again", "/", status=403)
            headers["Location"] = _asked_for(self.request)
            headers.append("set-cookie", f"{_ASKED_FOR}=; Max-Age=0; Path=/; HttpOnly")
        return None


def _asked_for(request: Request) -> str:
    """Return the address of ours that somebody came for; no cookie can name another server."""
    address = unquote(request.cookies.get(_ASKED_FOR, ""))
    is_own = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_own and address.isascii() and address.isprintable() else "/"


def _private(send: Send) -> Send:
    """Keep a proxy from keeping for others what was answered to one who signed in."""

    async def private(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            kept = headers.get("cache-control", "")
            if "public" in kept:
                headers["Cache-Control"] = kept.replace("public", "private")
            headers.add_vary_header("Cookie")
        await send(message)

    return private
