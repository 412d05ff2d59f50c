"""A service that knows people, on loopback: OpenID Connect as far as signing in needs it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from served import Server, free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT = "maps"


class People:
    """Says that whoever comes is the one who is set, or that they would not sign in."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
        self.claims: dict[str, object] = {}
        self.error = ""
        self._nonces: dict[str, str] = {}

    def become(self, email: str, *, verified: object = True) -> None:
        self.error, self.claims = "", {"email": email, "email_verified": verified, "name": email}

    def metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def authorize(self, request: Request) -> Response:
        asked = request.query_params
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        told = {"state": asked["state"]}
        if self.error:
            told["error"] = self.error
        else:
            told["code"] = f"code-{len(self._nonces)}"
            self._nonces[told["code"]] = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(told)}", status_code=302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 600,
            "nonce": self._nonces.pop(str(form["code"])), **self.claims,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse(
            {"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": signed}
        )

    def jwks(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    @contextmanager
    def serving(self) -> Iterator[People]:
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.metadata),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/jwks", self.jwks),
            ]
        )
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=self.port, log_level="warning")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield self
        finally:
            server.should_exit = True
            thread.join()

    def file(self, folder: Path, port: int, ours: str) -> Path:
        """Write the file that a server at a port is started with."""
        path = folder / "sign-in.toml"
        path.write_text(
            f"""[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{"s" * 32}"
client_id = "{CLIENT}"
client_secret = "none that matters"
server_metadata_url = "{self.url}/.well-known/openid-configuration"

[mapview]
{ours}
""",
            "utf-8",
        )
        return path

    @contextmanager
    def guarding(self, folder: Path, ours: str, *options: str) -> Iterator[Server]:
        """Start a server to which people sign in here, with a workspace of its own."""
        port = free_port()
        chosen = ["--sign-in", str(self.file(folder, port, ours)), *options]
        workspace = {"MAPVIEW_WORKSPACE": str(folder / "workspace")}
        one = Server(log=folder / "log.txt", options=chosen, environment=workspace, port=port)
        try:
            one.wait("healthz")
            yield one
        finally:
            one.stop()
