"""The app for those who installed the package: `mapview serve` runs it from anywhere."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.web.bootstrap import load_config_options

from mapview.web.compression import Compressed
from mapview.web.embed import EMBED_ROUTES, Discovery
from mapview.web.guard import Guard
from mapview.web.listening import listen
from mapview.web.proxy import Proxy
from mapview.web.routes import DATA_ROUTES, lifespan
from mapview.web.security import SecurityHeaders

__all__ = ["MIDDLEWARE", "ROUTES", "STREAMLIT", "lifespan", "serve"]

# The data's routes end with one that answers for every unknown address below /api.
ROUTES = [*EMBED_ROUTES, *DATA_ROUTES]
MIDDLEWARE = [Middleware(one) for one in (Proxy, SecurityHeaders, Guard, Compressed, Discovery)]

# The same as in .streamlit/config.toml, which only a checkout has.
STREAMLIT: dict[str, Any] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    # With a name given, Streamlit asks nobody which name or address this machine has.
    "browser.serverAddress": "localhost",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "theme.light.primaryColor": "#1f5f8b",
    "theme.light.secondaryBackgroundColor": "#f3f4f2",
    "theme.dark.primaryColor": "#6fb1dd",
}


def serve(sockets: Sequence[socket.socket]) -> None:
    """Serve the app and block until stopped.

    Args:
        sockets: Where to listen.
    """
    load_config_options(STREAMLIT)
    script = Path(__file__).parents[1] / "ui" / "main.py"
    app = st.App(script, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
    listen(app, list(sockets))
