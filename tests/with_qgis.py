"""Finding a QGIS, and what it makes of files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

__all__ = ["HOW_TO_GET_OTHERS", "HOW_TO_GET_QGIS", "connected", "find_qgis", "opened"]

HOW_TO_GET_QGIS = (
    "No QGIS was found. Run `.venv/bin/python tests/install_programs.py qgis`, which installs "
    "Debian's package python3-qgis, or name in the variable QGIS_PYTHON a Python that has it."
)
HOW_TO_GET_OTHERS = (
    "No LibreOffice or Inkscape was found. Run `.venv/bin/python tests/install_programs.py "
    "libreoffice inkscape`, which installs Debian's packages."
)
_SCRIPTS = Path(__file__).parent / "gis"
_NO_SCREEN = {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}


def find_qgis() -> str | None:
    """Return the path of a Python that has QGIS, or `None`."""
    python = os.environ.get("QGIS_PYTHON") or shutil.which("python3", path="/usr/bin")
    if not python or not Path(python).is_file():
        return None
    asked = subprocess.run(
        [python, "-c", "import qgis.core"], env=_environment(), capture_output=True, check=False
    )
    return python if asked.returncode == 0 else None


def opened(pictures: Path, *files: Path) -> dict[str, Any]:
    """Return what QGIS tells of files, by their names, and let it draw each into a folder."""
    return _told("opened.py", str(pictures), *map(str, files), home=pictures)


def connected(folder: Path, url: str) -> dict[str, Any]:
    """Return what QGIS tells of an OGC API, and let it draw its incidents into a folder."""
    return _told("connected.py", url, str(folder / "drawn"), home=folder)


def _told(script: str, *arguments: str, home: Path) -> dict[str, Any]:
    python = find_qgis()
    assert python, HOW_TO_GET_QGIS
    done = subprocess.run(
        [python, str(_SCRIPTS / script), *arguments],
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _environment(home: Path | None = None) -> dict[str, str]:
    # Not our own Python's, whose libraries are others.
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **_NO_SCREEN, **({"HOME": str(home)} if home else {})}
