"""Two servers behind one nginx, set up as `docs/running.md` says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reverse_proxy import Nginx
from served import Server, free_port

__all__ = ["TwoServers", "two_servers"]

_PAGE = Path(__file__).parents[1] / "docs" / "running.md"
_PORTS = ("8501", "8502")
_OWN = "127.0.0.1:8500"


class TwoServers:
    """Both servers, and the address at which nginx answers for them.

    Args:
        servers: The servers.
        url: The address.
    """

    def __init__(self, servers: Sequence[Server], url: str) -> None:
        self.servers = servers
        self.url = url

    def routes(self, server: Server) -> list[str]:
        """Return the routes that one of them was asked for, by its log."""
        lines = server.log.read_text("utf-8").splitlines()
        return [str(json.loads(one).get("route")) for one in lines if one.startswith("{")]


@contextmanager
def two_servers(folder: Path, *options: str) -> Iterator[TwoServers]:
    """Start two servers and their nginx; all end at the end."""
    [text] = re.findall(r"(?ms)^```nginx\n(.*?)^```", _PAGE.read_text("utf-8"))
    started: list[Server] = []
    own = free_port()
    try:
        for number, port in enumerate(_PORTS):
            log = folder / f"server-{number}.txt"
            started.append(Server(log=log, options=("--behind-proxy", "--log-requests", *options)))
            assert text.count(f"127.0.0.1:{port};") == len(_PORTS)
            text = text.replace(f"127.0.0.1:{port};", f"127.0.0.1:{started[-1].port};")
        for one in started:
            one.wait()
        assert text.count(_OWN) == 1
        url = f"http://localhost:{own}/"
        nginx = Nginx(text.replace(_OWN, f"127.0.0.1:{own}"), url)
        try:
            yield TwoServers(started, url)
        finally:
            nginx.stop()
    finally:
        for one in started:
            if one.process.poll() is None:
                one.stop()
