"""Pin what is installed, with checksums: requirements/*.txt and package-lock.json.

Run by a maintainer (`make lock`); needs `uv` and `npm`. The files hold no address, so that they
work with whatever index a machine is set up for, and they hold for every platform from Python
3.11 on.
"""

from __future__ import annotations

import json
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


def lock_packages() -> None:
    """Write the lock of the npm packages that check the scripts."""
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text("utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)  # addresses of their makers
    path.write_text(f"{json.dumps(lock, indent=2)}\n", "utf-8")
    print(f"package-lock.json: {len(lock['packages']) - 1} packages")


def main() -> None:
    """Write all files.

    dev.txt, server.txt and spark.txt hold to run.txt, so that tests run what users run, and
    containers too; lowest.txt has the lowest versions that pyproject.toml allows, so that what it
    allows stays true.
    """
    compile_to("run.txt", "pyproject.toml", "--group", "pyproject.toml:editable")
    of_server = ["--extra=engines", "--extra=sign-in", "--group=pyproject.toml:editable"]
    compile_to("server.txt", "pyproject.toml", *of_server, "--constraints", "requirements/run.txt")
    compile_to("dev.txt", "--group", "pyproject.toml:dev", "--constraints", "requirements/run.txt")
    compile_to(
        "spark.txt", "--group", "pyproject.toml:spark", "--constraints", "requirements/run.txt"
    )
    groups = [f"--group=pyproject.toml:{name}" for name in ("test", "editable")]
    compile_to("lowest.txt", "pyproject.toml", *groups, "--resolution=lowest-direct")
    lock_packages()


if __name__ == "__main__":
    sys.exit(main())
