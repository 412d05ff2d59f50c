"""A reverse proxy as small as can be: it puts a server below a prefix, WebSockets too.

It keeps the prefix of what it hands on or takes it off, as nginx does for `proxy_pass` without and
with a path.
"""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer


class ReverseProxy:
    """Serves `/PREFIX/…` from a server on this machine."""

    def __init__(self, port: int, *, prefix: str, is_kept: bool) -> None:
        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 30) as server:
                    head, body = _read_head(self.request)
                    taken = "" if is_kept else prefix
                    server.sendall(_changed(head, taken).encode("latin-1") + body)
                    _hand_on(self.request, server)

        class Proxy(ThreadingTCPServer):
            daemon_threads = True
            request_queue_size = 128

        self._server = Proxy(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_address[1]}{prefix}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _read_head(browser: socket.socket) -> tuple[str, bytes]:
    head = b""
    while b"\r\n\r\n" not in head:
        data = browser.recv(65_536)
        if not data:
            raise ConnectionError("a request must have a head, got its end")
        head += data
    head, mark, body = head.partition(b"\r\n\r\n")
    return (head + mark).decode("latin-1"), body


def _changed(head: str, taken: str) -> str:
    line, _, rest = head.partition("\r\n")
    method, target, version = line.split(" ")
    if "upgrade: websocket" not in rest.lower():
        # One request a connection, so that no later one slips through unchanged.
        lines = [one for one in rest.split("\r\n") if not one.lower().startswith("connection:")]
        rest = "\r\n".join(["Connection: close", *lines])
    return f"{method} {target.removeprefix(taken) or '/'} {version}\r\n{rest}"


def _hand_on(browser: socket.socket, server: socket.socket) -> None:
    other = {browser: server, server: browser}
    with selectors.DefaultSelector() as selector:
        for one in other:
            selector.register(one, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                data = key.fileobj.recv(65_536)  # type: ignore[union-attr]
                if not data:
                    return
                other[key.fileobj].sendall(data)  # type: ignore[index]
