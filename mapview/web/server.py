"""The app for those who installed the package: `mapview serve` runs it from anywhere."""

from __future__ import annotations

import logging
import socket
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import streamlit as st
from anyio.to_thread import current_default_thread_limiter
from starlette.middleware import Middleware
from streamlit.web.bootstrap import load_config_options

from geodata.errors import EngineError
from mapview.data import current_store, keep_ahead, show_pushed, tell_changes
from mapview.layer.frame import FRAME_PAGE, early_links
from mapview.settings import current_settings, has_engine
from mapview.web.access import SignedIn, check_access
from mapview.web.cards import CARD_ROUTES, page_tags
from mapview.web.downloads import EXPORT_ROUTES
from mapview.web.embed import EMBED_ROUTES, Discovery
from mapview.web.handing import HANDING_ROUTES, incoming, serves_at
from mapview.web.listening import listen
from mapview.web.middleware import (
    HANDLERS,
    AsKnown,
    Compressed,
    EmbedOnly,
    Faults,
    FirstLook,
    Guard,
    Metering,
    Proxy,
    SecurityHeaders,
    frame_ancestors,
)
from mapview.web.middleware.uploads import MOST_UPLOAD_MB, Uploads
from mapview.web.ogc import OGC_ROUTES
from mapview.web.operating import OPERATING_ROUTES
from mapview.web.programs import PROGRAM_ROUTES
from mapview.web.routes import DATA_ROUTES
from mapview.web.stage import STAGE_ROUTES, prepare_stage
from mapview.workers import open_shown, renew_helper

__all__ = ["HANDLERS", "MIDDLEWARE", "ROUTES", "STREAMLIT", "lifespan", "serve"]

_LOG = logging.getLogger(__name__)
# A push takes longer, and the tables before the last one are there until the next.
SECONDS_BETWEEN_PUSHES = 10.0
# Who waits for an engine holds a thread: of forty, as there are else, none would be left for those
# whose answer is here, or for the proxy that asks whether there is anybody.
_MOST_WHO_WAIT = 400
_PAGE = Path(__file__).parents[1] / "ui" / "main.py"

# The data's routes end with one that answers for every unknown address in our rooms.
ROUTES = [
    *OPERATING_ROUTES, *EMBED_ROUTES, *CARD_ROUTES, *EXPORT_ROUTES, *STAGE_ROUTES, *HANDING_ROUTES,
    *OGC_ROUTES, *PROGRAM_ROUTES, *DATA_ROUTES,
]  # fmt: skip
# What is metered is all but the proxy's own affair.
MIDDLEWARE = [
    Middleware(Proxy),
    Middleware(Metering, routes=ROUTES),
    *(Middleware(one) for one in (SecurityHeaders, Faults, Guard, SignedIn, EmbedOnly, AsKnown)),
    *(Middleware(one) for one in (Uploads, Compressed, Discovery)),
    Middleware(FirstLook, tags=page_tags, links={FRAME_PAGE: early_links()}),
]

# The same as in .streamlit/config.toml, which only a checkout has.
STREAMLIT: dict[str, Any] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": MOST_UPLOAD_MB,
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


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Make ready before the first request, so that nobody waits or is told what we set wrongly."""
    _settle_imports()
    current_store()
    frame_ancestors()
    current_settings()
    check_access()
    is_over, is_changed = Event(), Event()
    Thread(target=_make_ahead, args=(is_changed,), daemon=True).start()
    tell_changes(lambda: _renew(is_changed))
    if has_engine():
        current_default_thread_limiter().total_tokens = _MOST_WHO_WAIT
        Thread(target=follow_pushes, args=(is_over,), daemon=True).start()
    try:
        yield {}
    finally:
        is_over.set()
        is_changed.set()
        tell_changes(None)
        incoming().close()


def _make_ahead(is_changed: Event) -> None:
    """Make what takes seconds of many records: what everybody asks for first, then exports."""
    prepare_stage()
    keep_ahead(is_changed)


def _renew(is_changed: Event) -> None:
    # What is made ahead is for the files of the start; exports of others are made by a helper that
    # opens them for itself, since each piece of heavy work would else read what was handed in.
    is_changed.set()
    renew_helper(open_shown)


def follow_pushes(is_over: Event) -> None:
    """Show what is pushed into the engine from now on, until the server ends.

    Args:
        is_over: Set at its end.
    """
    told = ""
    # By the clock, so that several servers behind one proxy show it at the same time.
    while not is_over.wait(SECONDS_BETWEEN_PUSHES - time.time() % SECONDS_BETWEEN_PUSHES):
        try:
            if show_pushed():
                renew_helper(open_shown)
                prepare_stage()
            told = ""
        except EngineError:  # Whoever asks anything is told so.
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, the next push may be another
            if str(error) != told:
                _LOG.warning("a new push is not shown: %s", error)
            told = str(error)


def _settle_imports() -> None:
    """Put the page's folder on the path of imports for good.

    Streamlit puts it there for each run and takes it away again, and whoever walks the path at that
    moment, in another visitor's run, misses what stands behind it: an installed package, say.
    """
    folder = str(_PAGE.parent)
    if folder not in sys.path:
        sys.path.append(folder)


def serve(sockets: Sequence[socket.socket]) -> None:
    """Serve the app and block until stopped.

    Args:
        sockets: Where to listen.
    """
    # Streamlit asks the service that knows people, and signs who they are, by the same file.
    secrets = current_settings().sign_in
    check_access()
    load_config_options({**STREAMLIT, **({"secrets.files": [secrets]} if secrets else {})})
    serves_at(sockets)
    app = st.App(
        _PAGE,
        routes=ROUTES,
        middleware=MIDDLEWARE,
        lifespan=lifespan,
        exception_handlers=HANDLERS,
    )
    listen(app, list(sockets))
