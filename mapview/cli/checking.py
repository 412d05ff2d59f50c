"""`mapview validate`: what breaks a rule in record files."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geodata.checks import tell_far_dates, validate
from geodata.errors import FormatError, by_rule
from geodata.large import Checked, check_large
from geodata.records import Records
from mapview.cli.saying import say

__all__ = ["add_validate"]


def add_validate(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview validate`."""
    command.add_argument(
        "files", nargs="*", metavar="FILE", help="record files; without any, the shipped records"
    )
    command.set_defaults(run=_validate)


def _validate(options: argparse.Namespace) -> int:
    found = _checked([Path(one) for one in options.files])
    problems = found.problems
    for line in (*found.notes, *by_rule(problems)):
        say(line)
    is_empty = not found.incidents and not found.base_areas and found.context == Records()
    if is_empty and not problems:
        raise FormatError("a record file must have at least one record, got none")
    counts = (
        f"{found.incidents:,} incidents, {found.base_areas:,} base areas, "
        f"{len(found.context.groups):,} groups, {len(found.context.sources):,} sources"
    )
    say(f"{len(problems):,} problems in {counts}" if problems else f"no problems in {counts}")
    if problems and is_empty:
        from mapview.cli.options import OTHER_FORM

        say(OTHER_FORM)
    return 1 if problems else 0


def _checked(files: Sequence[Path]) -> Checked:
    """Return what breaks a rule in some files together; a large one is read in parts."""
    if len(files) == 1 and (found := check_large(files[0])):
        return found
    # What reads files of any format and knows datasets takes a second to load.
    from geodata import read_records
    from geodata.datasets import shipped_files
    from geodata.workspace import read_all

    result = read_all(files or shipped_files(), read_records)
    records = result.records
    return Checked(
        [*result.problems, *validate(records)],
        [*result.notes, *tell_far_dates(records.incidents)],
        len(records.incidents),
        len(records.base_areas),
        replace(records, incidents=(), base_areas=()),
    )
