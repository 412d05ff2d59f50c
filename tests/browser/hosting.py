"""Pages of another origin, from a small server of their own, that hold what is put into them."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from served import free_port

__all__ = ["Host"]

_PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Host</title>'
    '<link rel="icon" href="data:,">'
    '<body style="margin:0">{}<p id="below" style="margin:0;height:3000px">below</p></html>'
)


class Host:
    """Serves pages of its own at another port, which makes it another site for browsers."""

    def __init__(self) -> None:
        pages: dict[str, bytes] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = pages.get(self.path)
                self.send_response(200 if page else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(page or b"")))
                self.end_headers()
                self.wfile.write(page or b"")

            def log_message(self, *words: object) -> None:
                """Say nothing: what matters is seen in the browser."""

        self.pages = pages
        port = free_port()
        self.origin = f"http://localhost:{port}"
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def put(self, body: str) -> str:
        """Make a page with some HTML in it, and return its address."""
        path = f"/{len(self.pages)}"
        self.pages[path] = _PAGE.format(body).encode()
        return f"{self.origin}{path}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
