"""Run the quick tests at an end of what is allowed: `python tools/run_lane.py lowest` or `newest`.

`lowest` has the lowest versions that pyproject.toml allows (requirements/lowest.txt) on the lowest
Python, `newest` the pinned versions on the newest Python that this machine has. Each has an
environment of its own, which is made anew when its requirements change. What stands behind the
lane's name goes to pytest.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYENV = Path.home() / ".pyenv" / "versions"
_NAME = re.compile(r"python3\.(\d+)")
_TESTS = (
    "--ignore=tests/browser",
    "-m",
    "not slow and not soak and not spark and not gis",
    "--numprocesses=logical",
    "--dist=worksteal",
)


@dataclass(frozen=True)
class Lane:
    """One end of what is allowed.

    Attributes:
        requirements: Files of `requirements/`, in the order in which they are installed.
        newest: Whether it is run on the newest Python, or else on the lowest that is allowed.
    """

    requirements: tuple[str, ...]
    newest: bool = False


LANES = {"lowest": Lane(("lowest.txt",)), "newest": Lane(("run.txt", "dev.txt"), newest=True)}


def lowest_minor() -> int:
    """Return the 11 of the Python 3.11 that pyproject.toml asks for at least."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return int(asked["requires-python"].removeprefix(">=3."))


def interpreters(folders: Sequence[Path]) -> dict[int, Path]:
    """Return the interpreters in some folders by the minor version in their names."""
    return {
        int(name[1]): path
        for folder in reversed(folders)
        for path in folder.glob("python3.*")
        if (name := _NAME.fullmatch(path.name))
    }


def _folders() -> Iterator[Path]:
    yield from sorted(PYENV.glob("*/bin"), reverse=True)
    # What stands on the path may be a stand-in of pyenv for a version that is switched off.
    yield from (Path(path).parent for path in map(shutil.which, ("python3", "python")) if path)
    yield from (Path("/usr/local/bin"), Path("/usr/bin"))


def choose(lane: Lane, found: dict[int, Path], least: int) -> Path:
    """Return the interpreter of a lane.

    Raises:
        LookupError: If there is none; it says what was looked for.
    """
    if lane.newest and max(found, default=least) > least:
        return found[max(found)]
    if not lane.newest and least in found:
        return found[least]
    wanted = f"newer than Python 3.{least}" if lane.newest else f"Python 3.{least}"
    had = ", ".join(f"3.{minor}" for minor in sorted(found)) or "none"
    raise LookupError(f"an interpreter must be {wanted} for this lane, got {had}")


def make_environment(lane: Lane, python: Path, folder: Path) -> Path:
    """Make a lane's environment, if it is not there as it should be, and return its Python."""
    files = [ROOT / "requirements" / name for name in lane.requirements]
    parts = [str(python).encode(), *(one.read_bytes() for one in (*files, ROOT / "pyproject.toml"))]
    mark, stamp = hashlib.sha256(b"\0".join(parts)).hexdigest(), folder / "lane.stamp"
    own = folder / "bin" / "python"
    if stamp.is_file() and stamp.read_text("ascii") == mark:
        return own
    shutil.rmtree(folder, ignore_errors=True)
    install = [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    commands = [
        [python, "-m", "venv", folder],
        *([*install, "--require-hashes", "-r", one] for one in files),
        [*install, "--no-deps", "--no-build-isolation", "--editable", ROOT],
    ]
    for command in commands:
        subprocess.run([str(part) for part in command], cwd=ROOT, check=True)
    stamp.write_text(mark, "ascii")
    return own


def main(arguments: Sequence[str]) -> int:
    """Run a lane and return pytest's exit code; 1 where the lane has no Python, 2 for bad usage."""
    name, *tests = arguments or ("",)
    if name not in LANES:
        print(f"A lane must be one of {', '.join(LANES)}, got {name!r}.", file=sys.stderr)
        return 2
    try:
        python = choose(LANES[name], interpreters([*_folders()]), lowest_minor())
    except LookupError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    own = make_environment(LANES[name], python, ROOT / f".venv-{name}")
    command = [str(own), "-m", "pytest", *(tests or _TESTS)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
