"""The app for those who installed the package: `mapview serve` runs it from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

from mapview.web.embed import EMBED_ROUTES, Discovery
from mapview.web.routes import DATA_ROUTES, lifespan
from mapview.web.security import SecurityHeaders

__all__ = ["MIDDLEWARE", "ROUTES", "SETTINGS", "lifespan", "serve"]

# The data's routes end with one that answers for every unknown address below /api.
ROUTES = [*EMBED_ROUTES, *DATA_ROUTES]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(Discovery)]

# The same as in .streamlit/config.toml, which only a checkout has.
SETTINGS: dict[str, Any] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "theme.light.primaryColor": "#1f5f8b",
    "theme.light.secondaryBackgroundColor": "#f3f4f2",
    "theme.dark.primaryColor": "#6fb1dd",
}


def serve(*, address: str, port: int) -> None:
    """Serve the app and block until stopped.

    Args:
        address: Network address to bind, `localhost` for this machine only.
        port: TCP port.
    """
    script = Path(__file__).parents[1] / "ui" / "main.py"
    app = st.App(script, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
    app.run(config={**SETTINGS, "server.address": address, "server.port": port})
