"""Apps started for measuring: each on its own local port, ended with all that it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import psutil

__all__ = ["ROOT", "Server", "end_cleanly", "end_with_all", "serving"]

ROOT = Path(__file__).resolve().parent.parent
_QUIET = (
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
)
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_ENDING_SECONDS = 10


@dataclass(frozen=True)
class Server:
    """A running app.

    Attributes:
        url: Its address.
        started: When its process was started, in seconds since 1970.
    """

    url: str
    started: float


def end_with_all(number: int) -> None:
    """End a process that was started here at once, and all that it has started."""
    with suppress(psutil.NoSuchProcess):
        top = psutil.Process(number)
        started = top.children(recursive=True)
        for one in (*started, top):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(started, timeout=_ENDING_SECONDS)


def end_cleanly() -> None:
    """Make a request to terminate leave all blocks, so that no app outlives the measurement."""

    def leave(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, leave)


@contextmanager
def serving(
    scratch: Path, environment: Mapping[str, str] | None = None, script: Path | None = None
) -> Iterator[Server]:
    """Run `mapview serve`, or Streamlit with a script of others, until the block ends.

    Args:
        scratch: Folder for its log and for compiled modules.
        environment: Variables for the app.
        script: What Streamlit runs.
    """
    port = _free_port()
    log = scratch / f"app-{port}.log"
    command = [sys.executable, "-m", "mapview.cli", "serve", "--port", str(port)]
    if script:
        command = [sys.executable, "-m", "streamlit", "run", str(script), *_QUIET]
        command += ["--server.port", str(port)]
    with log.open("wb") as stream:
        started = time.time()
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(scratch, environment or {}),
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_for(port, process, log)
        yield Server(f"http://localhost:{port}", started)
    finally:
        _stop(process)


def _environment(scratch: Path, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of an app that is as it is after set-up: its modules are compiled.

    A machine may forbid to write compiled modules, and then every start compiles all of them.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONPYCACHEPREFIX": str(scratch / "compiled"),
        **changes,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("localhost", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    tail = log.read_text(encoding="utf-8", errors="replace")[-2_000:]
    raise SystemExit(
        f"The app must answer within {_START_SECONDS:.0f} s, got nothing. Its log ends:\n{tail}"
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the app and whatever it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            break
