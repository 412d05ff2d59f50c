"""Get the programs that tests need, if this machine has none.

    python tests/install_programs.py [chromium] [firefox] [nginx] [postgresql] [java] [qgis]
        [libreoffice] [inkscape]

The last four are got only where they are named: no test of `make test` needs them.

First Debian's packages, where there is apt; then Playwright's own Chromium. If no way works, say
how to get one and fail: no test is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from browser.chromium import HOW_TO_GET_ONE, SHELL, find_chromium
from browser.firefox import HOW_TO_GET_FIREFOX, find_firefox
from nginx import HOW_TO_GET_NGINX, UNPACKED, find_nginx
from postgres import HOW_TO_GET_POSTGRES, find_postgres
from postgres import UNPACKED as UNPACKED_POSTGRES
from spark import HOW_TO_GET_JAVA, find_java
from spark import UNPACKED as UNPACKED_JAVA
from with_qgis import HOW_TO_GET_OTHERS, HOW_TO_GET_QGIS, find_qgis

_MINUTES = 10
_ONLY_NAMED = ("java", "qgis", "libreoffice", "inkscape")
_OFFICE = ("libreoffice-calc", "libreoffice-impress", "libreoffice-writer")


def main(names: list[str]) -> int:
    """Return 0 when there is each program at the end, else 1."""
    programs: dict[str, tuple[Callable[[], str | None], Callable[[], Iterator[None]], str]] = {
        "chromium": (find_chromium, _ways_to_chromium, HOW_TO_GET_ONE),
        "firefox": (find_firefox, _ways_to_firefox, HOW_TO_GET_FIREFOX),
        "nginx": (find_nginx, _ways_to_nginx, HOW_TO_GET_NGINX),
        "postgresql": (
            find_postgres,
            lambda: _unpacked("postgresql", UNPACKED_POSTGRES),
            HOW_TO_GET_POSTGRES,
        ),
        "java": (
            find_java,
            lambda: _unpacked("default-jre-headless", UNPACKED_JAVA),
            HOW_TO_GET_JAVA,
        ),
        "qgis": (find_qgis, lambda: _installed("python3-qgis"), HOW_TO_GET_QGIS),
        "libreoffice": (_find_office, lambda: _installed(*_OFFICE), HOW_TO_GET_OTHERS),
        "inkscape": (
            lambda: shutil.which("inkscape"),
            lambda: _installed("inkscape"),
            HOW_TO_GET_OTHERS,
        ),
    }
    missing = 0
    for name in names or [one for one in programs if one not in _ONLY_NAMED]:
        find, ways, how_to_get_one = programs[name]
        if name == "chromium":
            _prefer_the_shell()
        steps = ways()
        while not find() and next(steps, steps) is None:
            pass
        if not find():
            missing = 1
            print(how_to_get_one, file=sys.stderr)
    return missing


def _prefer_the_shell() -> None:
    """Get the lighter Chromium beside a heavier one where that is a matter of one package."""
    can_install = _is_root() and shutil.which("apt-get")
    if can_install and not shutil.which(SHELL) and "CHROMIUM" not in os.environ:
        _install(SHELL)


def _ways_to_chromium() -> Iterator[None]:
    if _is_root() and shutil.which("apt-get"):
        _install("chromium")
        yield
    _run(sys.executable, "-m", "playwright", "install", "chromium")
    yield


def _ways_to_firefox() -> Iterator[None]:
    if _is_root() and shutil.which("apt-get"):
        _install("firefox-esr")
        yield


def _find_office() -> str | None:
    """Return the path of a LibreOffice that has its parts for tables, slides and documents."""
    path = shutil.which("soffice")
    parts = Path(path).resolve().parent if path else Path()
    has_all = all((parts / f"libs{one}lo.so").is_file() for one in ("c", "d", "w"))
    return path if path and has_all else None


def _installed(*packages: str) -> Iterator[None]:
    """Install packages with all that they need: they do not run from a folder of their own."""
    if _is_root() and shutil.which("apt-get"):
        _install(*packages)
        yield


def _install(*packages: str) -> None:
    _run("apt-get", "update", "-qq")
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)


def _ways_to_nginx() -> Iterator[None]:
    """Unpack the package beside the environment: installed, it would start a server for all."""
    if not shutil.which("apt-get"):
        return
    for is_told_anew in (False, True):
        if is_told_anew and _is_root():
            _run("apt-get", "update", "-qq")
        with tempfile.TemporaryDirectory() as folder:
            _run("apt-get", "download", "-qq", "nginx", folder=folder)
            for package in Path(folder).glob("*.deb"):
                _run("dpkg-deb", "--extract", str(package), str(UNPACKED))
        yield


def _unpacked(package: str, target: Path) -> Iterator[None]:
    """Unpack a package with what this machine lacks of it: installed, it might start a server."""
    if not shutil.which("apt-get"):
        return
    for is_told_anew in (False, True):
        if is_told_anew and _is_root():
            _run("apt-get", "update", "-qq")
        with tempfile.TemporaryDirectory() as folder:
            # Whoever is not root may fetch, too, but not lock what is shared.
            own = (
                f"Dir::Cache::archives={folder}",
                "Debug::NoLocking=1",
                "APT::Sandbox::User=root",
            )
            options = [word for one in own for word in ("-o", one)]
            _run(
                "apt-get", "install", "-y", "-qq", "--no-install-recommends", "--download-only",
                *options, package,
            )  # fmt: skip
            for file in Path(folder).glob("*.deb"):
                _run("dpkg-deb", "--extract", str(file), str(target))
        yield


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _run(*command: str, folder: str | None = None) -> None:
    print("installing:", *command, flush=True)
    try:
        subprocess.run(command, cwd=folder, check=False, timeout=_MINUTES * 60)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"that did not work: {error}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
