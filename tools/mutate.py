"""Break the program in known ways, each in a copy, and see that the named tests notice.

Run as `python tools/mutate.py`, or with some names of mutations; it ends with 1 where a mutation
survives. `mutations.toml` lists them: a file, a text that stands in it once, what stands there
instead, and the tests that must fail then, which are those of the file itself or a shared corpus.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIST = Path(__file__).with_name("mutations.toml")

# What pytest answers when tests fail; anything else but 0 means that they could not be run.
_FAILED = 1


@dataclass(frozen=True)
class Mutation:
    """One mistake that a net must catch.

    Attributes:
        name: What would be wrong, in a few words.
        file: Where, from the root of the repository.
        before: A text that stands in the file exactly once.
        after: The mistake in its place.
        tests: Files of tests, or single tests, as pytest names them.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]

    def applied_to(self, text: str) -> str:
        """Return a file's text with the mistake in it.

        Raises:
            ValueError: If the text to replace does not stand there exactly once.
        """
        count = text.count(self.before)
        if count != 1:
            raise ValueError(
                f"{self.name}: {self.file} must hold once {self.before!r}, got {count} times"
            )
        return text.replace(self.before, self.after)


def read_list(path: Path = LIST) -> list[Mutation]:
    """Return the mutations of a list, in its order."""
    found = tomllib.loads(path.read_text("utf-8"))["mutation"]
    return [Mutation(**{**one, "tests": tuple(one["tests"])}) for one in found]


def run_tests(root: Path, tests: Sequence[str]) -> int:
    """Run tests of a copy of the repository until one fails, and return pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", *tests]
    # What was compiled of one mistake is taken for the next, where that is as long and as quick.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    return done.returncode


def survivors(mutations: Iterable[Mutation], root: Path = ROOT) -> list[str]:
    """Return the names of mutations that no test notices, or whose tests cannot be run.

    Each is tried in a copy of the repository, so that it never touches what somebody works on.
    """
    left = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".*", "node_modules"))
        for one in mutations:
            path = copy / one.file
            text = path.read_text("utf-8")
            path.write_text(one.applied_to(text), "utf-8")
            code = run_tests(copy, one.tests)
            path.write_text(text, "utf-8")
            told = {0: "SURVIVED", _FAILED: "caught"}.get(code, f"NOT RUN (exit {code})")
            print(f"{told}: {one.name}", flush=True)
            if code != _FAILED:
                left.append(one.name)
    return left


def main(names: Sequence[str]) -> int:
    """Try all mutations, or those with some names, and return how the process should end."""
    mutations = read_list()
    unknown = set(names) - {one.name for one in mutations}
    if unknown:
        print(f"No mutation is called {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    chosen = [one for one in mutations if not names or one.name in names]
    tests = list(dict.fromkeys(test for one in chosen for test in one.tests))
    if run_tests(ROOT, tests):
        print("The tests must pass as they are, before anything is broken.", file=sys.stderr)
        return 2
    left = survivors(chosen)
    print(f"{len(chosen) - len(left)} of {len(chosen)} caught.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
