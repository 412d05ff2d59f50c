"""Pin what is installed: requirements/run.txt and requirements/dev.txt, with checksums.

Run by a maintainer (`make lock`); needs `uv`. The files hold no address, so that they work with
whatever index a machine is set up for, and they hold for every platform from Python 3.11 on.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# --no-annotate and --no-header keep paths and addresses out of the files.
COMMON = [
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
]


def compile_to(name: str, *arguments: str) -> None:
    """Write one requirements file."""
    out = ROOT / "requirements" / name
    command = [*COMMON, *arguments, "--output-file", str(out.relative_to(ROOT))]
    subprocess.run(command, cwd=ROOT, check=True)
    lines = out.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(("--index", "--extra-index", "--find"))]
    out.write_text("".join(kept), "utf-8")
    print(f"{name}: {sum('==' in line for line in kept)} packages")


def main() -> None:
    """Write both files; the second holds to the first, so that tests run what users run."""
    compile_to("run.txt", "pyproject.toml", "--group", "pyproject.toml:editable")
    compile_to("dev.txt", "--group", "pyproject.toml:dev", "--constraints", "requirements/run.txt")


if __name__ == "__main__":
    sys.exit(main())
