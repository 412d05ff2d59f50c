"""Make a release: version, changelog section, commit and tag, in one command.

Run as `make release VERSION=0.2.0` on a clean `main` whose checks pass. It gives the section
*Unreleased* of CHANGELOG.md its version and date and opens an empty one, sets the version in
pyproject.toml and CITATION.cff, and commits and tags all of it. Nothing is pushed or uploaded;
`make wheel` builds the wheel of the tag.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
_VERSION = re.compile(r'^version = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
_UNRELEASED = "## [Unreleased]\n"


def with_version(pyproject: str, version: str) -> str:
    """Return the text of pyproject.toml with a version.

    Raises:
        SystemExit: If the version is not above the one that stands there.
    """
    match = _VERSION.search(pyproject)
    if match is None:
        raise SystemExit('pyproject.toml must have a line such as version = "0.1.0"')
    before = tuple(map(int, match.groups()))
    if not re.fullmatch(r"\d+\.\d+\.\d+", version) or _numbers(version) <= before:
        raise SystemExit(f"the version must be above {'.'.join(match.groups())}, got {version}")
    return _VERSION.sub(f'version = "{version}"', pyproject)


def with_citation(citation: str, version: str, day: date) -> str:
    """Return the text of CITATION.cff with a version and the day on which it came out.

    Raises:
        SystemExit: If it has no line for the version.
    """
    kept = re.sub(r"^date-released: .*\n", "", citation, flags=re.MULTILINE)
    told, count = re.subn(
        r"^version: .*$",
        f"version: {version}\ndate-released: {day.isoformat()}",
        kept,
        flags=re.MULTILINE,
    )
    if count != 1:
        raise SystemExit(f"CITATION.cff must have one line with the version, got {count}")
    return told


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def with_section(changelog: str, version: str, day: date) -> str:
    """Return the changelog with what was unreleased under a version and a day.

    Raises:
        SystemExit: If nothing is unreleased.
    """
    head, found, rest = changelog.partition(_UNRELEASED)
    unreleased = rest.partition("\n## ")[0]
    if not found or "\n- " not in unreleased:
        raise SystemExit("CHANGELOG.md must say under Unreleased what is new, got nothing")
    return f"{head}{_UNRELEASED}\n## [{version}] - {day.isoformat()}\n{rest}"


def release(root: Path, version: str, day: date) -> None:
    """Write, commit and tag a release in a checkout.

    Raises:
        SystemExit: If the checkout is not clean, or a file does not allow it; nothing is written.
    """
    if _git(root, "status", "--porcelain"):
        raise SystemExit("everything must be committed before a release")
    texts = {
        root / "pyproject.toml": lambda text: with_version(text, version),
        root / "CHANGELOG.md": lambda text: with_section(text, version, day),
        root / "CITATION.cff": lambda text: with_citation(text, version, day),
    }
    changed = {path: change(path.read_text("utf-8")) for path, change in texts.items()}
    for path, text in changed.items():
        path.write_text(text, "utf-8")
    _git(root, "commit", "--all", "--quiet", f"--message=Release {version}")
    _git(root, "tag", "--annotate", f"v{version}", f"--message=Mapview {version}")


def _git(root: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Make the release that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("version", help="such as 0.2.0")
    version = parser.parse_args().version
    release(ROOT, version, date.today())
    print(f"v{version} is committed and tagged; next: make wheel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
