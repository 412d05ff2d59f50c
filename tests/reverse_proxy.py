"""nginx, set up as the README says, in front of a server on this machine."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from nginx import HOW_TO_GET_NGINX, find_nginx
from served import START_S, free_port

__all__ = ["Nginx", "ReverseProxy"]

_README = Path(__file__).parents[1] / "README.md"
_IN_THE_README = "http://127.0.0.1:8501;"
_FRAME = """\
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {{ worker_connections 512; }}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  {servers}
}}
"""


class Nginx:
    """A process of nginx.

    Args:
        servers: What stands within `http` in its settings.
        url: Where it answers, once a server below it does.
    """

    def __init__(self, servers: str, url: str) -> None:
        nginx = find_nginx()
        assert nginx, HOW_TO_GET_NGINX
        self.url = url
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name)
        (path / "nginx.conf").write_text(_FRAME.format(servers=servers), "utf-8")
        command = [nginx, "-p", self._folder.name, "-c", "nginx.conf", "-e", "stderr"]
        self._log = path / "log.txt"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _wait(self) -> None:
        end = time.monotonic() + START_S
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urlopen(f"{self.url}_stcore/health"):
                    return
            except (URLError, ConnectionError):
                time.sleep(0.05)
        raise AssertionError(f"nginx must hand on what it is asked, got {self.said()[-2000:]}")

    def said(self) -> str:
        """Return what it complained of."""
        return self._log.read_text("utf-8")

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._folder.cleanup()


class ReverseProxy(Nginx):
    """Serves `/map/…` from a server on this machine.

    Args:
        port: The server's.
        is_kept: Whether the prefix is handed on, or taken off.
    """

    def __init__(self, port: int, *, is_kept: bool) -> None:
        [location] = re.findall(r"(?ms)^```nginx\n(.*?)^```", _README.read_text("utf-8"))
        assert location.count(_IN_THE_README) == 1
        # nginx puts the path of `proxy_pass`, if it has one, in place of the location's.
        server = f"http://127.0.0.1:{port}{'' if is_kept else '/'};"
        location = location.replace(_IN_THE_README, server)
        own = free_port()
        server = f"server {{ listen 127.0.0.1:{own}; {location} }}"
        super().__init__(server, f"http://localhost:{own}/map/")
