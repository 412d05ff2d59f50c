"""Finding an nginx for the tests of what runs behind one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["HOW_TO_GET_NGINX", "UNPACKED", "find_nginx"]

UNPACKED = Path(sys.prefix) / "nginx"
HOW_TO_GET_NGINX = (
    "No nginx was found. Run `.venv/bin/python tests/install_programs.py nginx`, which unpacks "
    "Debian's package, or install one, or name its file in the variable NGINX."
)


def find_nginx() -> str | None:
    """Return the path of an nginx on this machine, or `None`."""
    named = os.environ.get("NGINX")
    if named:
        return named if Path(named).is_file() else None
    path = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", str(UNPACKED / "usr/sbin")))
    return shutil.which("nginx", path=path)
