"""Install the wheel as somebody does who has no checkout, with uv and with pipx, and use it.

Run as `make test-install`: it asks the package index that this machine is set up for, once for
each of the two. What it installs goes into a temporary folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
NAME = "mapview-incidents"
_TABLE = "date,place,latitude,longitude,killed\n2024-01-03,Kerman,30.26,57.10,94\n"
_PORT = 8599
_START_S = 120


def commands(wheel: Path, tools: Path) -> dict[str, list[str]]:
    """Return how the wheel's command is run, by what runs it."""
    return {
        "uvx": [str(tools / "uvx"), "--from", str(wheel), NAME],
        "pipx": [str(tools / "pipx"), "run", "--spec", str(wheel), NAME],
    }


def _environment(folder: Path) -> dict[str, str]:
    """Return the variables of this process, with all homes in a folder."""
    homes = {
        "UV_CACHE_DIR": "uv", "UV_TOOL_DIR": "uv-tools", "PIPX_HOME": "pipx",
        "MAPVIEW_WORKSPACE": "workspace",
    }  # fmt: skip
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {name: str(folder / place) for name, place in homes.items()}


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def _shows(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
    """Show a file on the map by its name alone, and ask the server for what it has.

    Raises:
        RuntimeError: If it does not answer with the file's one incident.
    """
    shown = [*command, "own.csv", "--port", str(_PORT)]
    with subprocess.Popen(shown, cwd=folder, env=environment) as server:
        try:
            end = time.monotonic() + _START_S
            while time.monotonic() < end and server.poll() is None:
                try:
                    with urlopen(f"http://localhost:{_PORT}/healthz") as answer:
                        told = json.load(answer)
                    break
                except (URLError, ConnectionError):
                    time.sleep(0.5)
            else:
                raise RuntimeError("the server must answer, got nothing")
        finally:
            server.terminate()
    if told["incidents"] != 1:
        raise RuntimeError(f"the map must have the one incident of the file, got {told}")


def main() -> int:
    """Try both ways."""
    with TemporaryDirectory(prefix="mapview-") as temporary:
        folder = Path(temporary)
        build = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
        _run([sys.executable, *build], folder, os.environ)
        (wheel,) = folder.glob("mapview_incidents-*.whl")
        venv.create(folder / "tools", with_pip=True)
        pip = [str(folder / "tools" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        _run([*pip, "uv", "pipx"], folder, os.environ)
        (folder / "own.csv").write_text(_TABLE, "utf-8")
        environment = _environment(folder)
        for name, command in commands(wheel, folder / "tools" / "bin").items():
            said = _run([*command, "validate"], folder, environment)
            _shows(command, folder, environment)
            print(f"{name}: {said.strip()}; own.csv is on the map")
    return 0


if __name__ == "__main__":
    sys.exit(main())
