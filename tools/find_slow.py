"""Write `tests/slow.txt`: the tests that `make check` leaves out, by how long they took.

Run as `python tools/find_slow.py REPORT.xml` on what `pytest --junitxml=REPORT.xml` wrote. A test
is slow if its cases together take more than their share of the time of all tests.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
LIST = ROOT / "tests" / "slow.txt"
# Of the time of all tests, since machines differ: beyond it a test is left out.
SHARE = 1 / 12_000
_HEAD = "# Tests that `make check` leaves out; written by tools/find_slow.py.\n"


def slow_tests(report: Path) -> list[str]:
    """Return the slow tests of a report as file and function, in order."""
    # The report is our own, of a run on this machine.
    cases = ET.parse(report).getroot().iter("testcase")  # noqa: S314
    times: Counter[str] = Counter()
    for case in cases:
        times[_name(case)] += float(case.get("time", 0))
    limit = sum(times.values()) * SHARE
    return sorted(name for name, took in times.items() if took > limit and "::" in name)


def _name(case: ET.Element) -> str:
    parts = case.get("classname", "").split(".")
    for end in range(len(parts), 0, -1):
        path = "/".join(parts[:end]) + ".py"
        if (ROOT / path).is_file():
            function = case.get("name", "").partition("[")[0]
            return "::".join((path, *parts[end:], function))
    return ""


def main(arguments: Sequence[str]) -> int:
    """Write the list and return 0, or 2 for bad usage."""
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("One report of pytest must be named, as `report.xml`.", file=sys.stderr)
        return 2
    found = slow_tests(Path(arguments[0]))
    LIST.write_text(_HEAD + "".join(f"{one}\n" for one in found), "utf-8")
    print(f"{len(found)} slow tests in {LIST.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
