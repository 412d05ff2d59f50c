"""Build the container's image, run it as docs/running.md says, without any network, and use it.

Run as `make test-container`. It needs podman (or docker, `--program docker`), and the base image
or a way to get it. What a machine needs beside is given to it:

    python tools/try_container.py --program podman --build "--network host" --run "--ulimit host"

Image, volume and container have names of their own and are removed at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parent.parent
NAME = f"mapview-tried-{os.getpid()}"
# As docs/running.md has it.
SAFE = "--read-only --tmpfs /tmp --cap-drop all --security-opt no-new-privileges"
_ALONE = f"--network none --volume {NAME}:/data"
_TABLE = "date,place,latitude,longitude,killed\n2024-01-03,Kerman,30.26,57.10,94\n"
_START_S = 60
# What is asked within the container, since nothing leads into it.
_LOOK = """
import json, os, pathlib, urllib.request
told = json.load(urllib.request.urlopen("http://127.0.0.1:8501/healthz"))
def refused(path):
    try:
        pathlib.Path(path).write_text("")
    except OSError:
        return True
told["user"] = os.getuid()
told["written"] = [path for path in ("/opt/a", "/etc/a", "/a") if not refused(path)]
print(json.dumps(told))
"""


def _said(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def checked(told: dict[str, Any], incidents: int) -> None:
    """Refuse what a container told of itself if it is not as it must be.

    Raises:
        RuntimeError: If it shows another number of incidents, runs as root or can write.
    """
    if told["incidents"] != incidents:
        raise RuntimeError(f"the map must have {incidents} incidents, got {told['incidents']}")
    if told["user"] == 0 or told["written"]:
        raise RuntimeError(
            f"a container must be of a user of its own and write nowhere but to /data and /tmp, "
            f"got user {told['user']} who wrote {told['written']}"
        )


def _serves(program: Sequence[str], flags: Sequence[str], serve: Sequence[str], count: int) -> None:
    """Start a server, look at it from within, let it say that it is healthy, and end it."""
    started = [*program, "run", "--detach", "--name", NAME, *flags, NAME, *serve]
    look = [*program, "exec", NAME, "/opt/mapview/bin/python", "-c", _LOOK]
    try:
        _said(started)
        end = time.monotonic() + _START_S
        while subprocess.run(look, capture_output=True, check=False).returncode:
            if time.monotonic() > end:
                raise RuntimeError("the server must answer within a minute, got nothing")
            time.sleep(1)
        checked(json.loads(_said(look)), count)
        if "podman" in program[0]:
            _said([*program, "healthcheck", "run", NAME])
        _said([*program, "stop", "--time", "30", NAME])
        code = _said([*program, "inspect", NAME, "--format", "{{.State.ExitCode}}"]).strip()
        if code != "0":
            raise RuntimeError(f"a server that is stopped must end with 0, got {code}")
    finally:
        subprocess.run([*program, "rm", "--force", NAME], stdout=subprocess.DEVNULL, check=False)


def main() -> int:
    """Build and try it."""
    parser = argparse.ArgumentParser(description="Build the container's image and use it.")
    parser.add_argument("--program", type=shlex.split, default=["podman"], help="with options")
    parser.add_argument("--build", type=shlex.split, default=[], help="more options for building")
    parser.add_argument("--run", type=shlex.split, default=[], help="more options for running")
    given = parser.parse_args()
    flags = [*given.run, *shlex.split(SAFE), *shlex.split(_ALONE)]
    # In podman's own format an image has no word on how to ask for its health.
    form = ["--format", "docker"] if "podman" in given.program[0] else []
    try:
        _said([*given.program, "build", *form, *given.build, "--tag", NAME, str(ROOT)])
        once = [*given.program, "run", "--rm", *flags]
        (shipped,) = re.findall(r"(\d+) incidents", _said([*once, NAME, "validate"]))
        _serves(given.program, flags, [], int(shipped))
        with TemporaryDirectory(prefix="mapview-") as folder:
            Path(folder).chmod(0o755)
            (Path(folder) / "own.csv").write_text(_TABLE, "utf-8")
            own = ["import", "/in/own.csv", "--into", "own", "--licence-held"]
            _said([*once, "--volume", f"{folder}:/in:ro", NAME, *own])
        _serves(given.program, flags, ["serve", "--data", "own"], 1)
        size = int(_said([*given.program, "inspect", NAME, "--format", "{{.Size}}"]))
        print(f"{given.program[0]}: an image of {size / 1e6:,.0f} MB; records and own.csv served")
    finally:
        for kind in (["volume", "rm", "--force"], ["rmi", "--force"]):
            subprocess.run([*given.program, *kind, NAME], stdout=subprocess.DEVNULL, check=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
