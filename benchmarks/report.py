"""What the benchmarks say: medians, tables, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median

__all__ = [
    "describe_machine",
    "memory_bytes",
    "milliseconds",
    "print_table",
    "table_lines",
    "write_section",
]

_RESULTS = Path(__file__).with_name("results.md")


def milliseconds(seconds: Sequence[float]) -> str:
    """Return the median of some times in words, finer where it is small."""
    value = median(seconds) * 1_000
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms"


def table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows in columns, as Markdown that also reads well in a terminal."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return [
        "| " + " | ".join(text.ljust(w) for text, w in zip(row, widths, strict=True)) + " |"
        for row in (head, ["-" * width for width in widths], *rows)
    ]


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns; see `table_lines`."""
    print("\n".join(table_lines(head, rows)))
    sys.stdout.flush()


def write_section(name: str, lines: Sequence[str]) -> None:
    """Put the results of a benchmark in place of those before it, up to its first subheading."""
    heading = f"# Results of `benchmarks/{name}`\n"
    text = _RESULTS.read_text("utf-8")
    if heading not in text:
        text = f"{text.rstrip()}\n\n{heading}"
    before, after = text.split(heading)
    kept = re.search(r"^#{1,2} ", after, re.MULTILINE)
    rest = after[kept.start() :] if kept else ""
    body = "\n".join(lines)
    _RESULTS.write_text(f"{before}{heading}\n{body}\n\n{rest}".rstrip() + "\n", "utf-8")


def describe_machine(*packages: str) -> str:
    """Return processor, load, system and versions in one line."""
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} x {_processor()}{load}; {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def memory_bytes() -> int | None:
    """Return the memory that this process holds now, or `None` where the system does not tell."""
    statistics = Path("/proc/self/statm")
    if not statistics.is_file():
        return None
    pages = int(statistics.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
