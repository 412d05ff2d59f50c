"""Options that several commands share: which records, how they are read, what may go out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from geodata import Problem, Store
from geodata.errors import FilterError, FormatError, RequestError, by_rule
from geodata.importing import RowKind, Settings
from geodata.publication.prepare import DROPPABLE, Coarsening, Publication
from geodata.queries import FILTER_KEYS, PARTS, Filter
from geodata.workspace import WORKSPACE_VARIABLE, read_recipe
from mapview.cli.saying import say, warn
from mapview.data import Needed, open_named, shipped_day
from mapview.settings import ENGINE_VARIABLE

__all__ = [
    "OTHER_FORM",
    "add_data",
    "add_filter",
    "add_publication",
    "add_reading",
    "add_workspace",
    "filter_of",
    "lists_of",
    "print_findings",
    "publication_of",
    "settings_of",
    "store_of",
    "tell_shipped_versions",
]

OTHER_FORM = "mapview look FILE reads a file that is not in Mapview's own form"


def add_workspace(command: argparse.ArgumentParser) -> None:
    """Add the option that says where datasets are kept."""
    command.add_argument(
        "--workspace",
        default=None,
        metavar="FOLDER",
        action=_Workspace,
        help="where datasets are kept (MAPVIEW_WORKSPACE, or where programs keep their data)",
    )


def add_engine(command: argparse.ArgumentParser) -> None:
    """Add the option that says which engine holds the records."""
    command.add_argument(
        "--engine",
        metavar="ADDRESS",
        action=_Engine,
        help="what holds a dataset (mapview datasets push): a PostgreSQL database, such as "
        "postgresql://user@host/database, or a folder that a cluster of Spark reads, such as "
        "spark://host:7077/path/of/folder; --data says which, where it has several. Others of this "
        "machine can read a command line: give a password as PGPASSWORD, in ~/.pgpass, or the "
        "whole address as MAPVIEW_ENGINE",
    )


class _Engine(argparse.Action):
    """Lets all of this process ask an engine."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        del parser, option_string
        if not values:  # Such as a variable of the shell that is not set: not the shipped records.
            raise argparse.ArgumentError(self, "an engine must have an address, got nothing")
        os.environ[ENGINE_VARIABLE] = values
        namespace.engine = values


class _Workspace(argparse.Action):
    """Lets all of this process find datasets in a folder."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        del parser, option_string
        os.environ[WORKSPACE_VARIABLE] = str(Path(values).resolve())
        namespace.workspace = values


def add_data(command: argparse.ArgumentParser) -> None:
    """Add the option that names record files."""
    command.add_argument(
        "--data",
        action="append",
        default=[],
        metavar="FILE|NAME",
        help="record file, or name of a dataset, to use instead of the shipped records; may be "
        "repeated",
    )
    add_engine(command)
    add_workspace(command)


def add_filter(command: argparse.ArgumentParser) -> None:
    """Add an option for each key of a filter."""
    group = command.add_argument_group("filter", "Which records; without any option, all.")
    for part in PARTS.values():
        group.add_argument(
            f"--{part.key.replace('_', '-')}",
            dest=f"filter_{part.key}",
            action="append",
            default=[],
            metavar=part.key.upper(),
            help=part.help,
        )


def filter_of(options: argparse.Namespace) -> Filter:
    """Return the filter that the options describe.

    Raises:
        FilterError: If a value cannot be understood.
    """
    pairs = [(key, value) for key in FILTER_KEYS for value in getattr(options, f"filter_{key}")]
    for key, value in pairs:
        # Bytes of the command line that are no text arrive as lone surrogates.
        if not value.isascii() and value != value.encode(errors="replace").decode():
            raise FilterError(f"{key} must be UTF-8 text, got {value!r:.80}")
    return Filter.from_pairs(pairs)


def add_publication(command: argparse.ArgumentParser) -> None:
    """Add the options that make records fit to be published."""
    group = command.add_argument_group(
        "publication", "What may go out. What was changed is written into the file."
    )
    group.add_argument(
        "--coarsen",
        choices=[str(one) for one in Coarsening],
        default=None,
        help="round every place to the district or the province, and drop what could name it",
    )
    group.add_argument(
        "--confidential",
        action="store_true",
        help="with --coarsen, leave out sections and paragraphs, too, and round dates to the month "
        "or year, as far as is needed that no incident is like no other",
    )
    group.add_argument(
        "--min-k",
        type=int,
        default=0,
        metavar="K",
        help="with --coarsen, write nothing where a rounded incident may be fewer than so many",
    )
    group.add_argument(
        "--drop",
        action="append",
        default=[],
        metavar="FIELD",
        help=f"leave a field out: {', '.join(DROPPABLE)}; may be repeated",
    )
    group.add_argument(
        "--licensed",
        action="store_true",
        help="keep sources that forbid publication, since you hold a licence for them",
    )


def publication_of(options: argparse.Namespace) -> Publication:
    """Return what the options say of publication."""
    return Publication(
        coarsen=Coarsening(options.coarsen) if options.coarsen else None,
        drop=tuple(options.drop),
        licensed=options.licensed,
        confidential=options.confidential,
        min_k=options.min_k,
    )


def store_of(
    named: Sequence[str], known: date | None = None, needed: Needed | None = None
) -> Store:
    """Return the store of some files and datasets, or of the shipped records; prints problems.

    Args:
        named: Their names.
        known: The day at whose end they are to be as they were.
        needed: As `open_named` takes it; the store answers that question alone.

    Raises:
        FormatError: If one cannot be read.
        RequestError: If nothing is kept of what was known that day.
        StoreError: If an engine is asked, and does not answer or has no such dataset.
    """
    parts = open_named(named, known, needed)
    print_findings(parts.problems, parts.notes)
    if parts.problems and not parts.count:
        raise FormatError(
            f"at least one record must be readable, got none and {len(parts.problems):,} problems; "
            f"{OTHER_FORM}"
        )
    return parts.store(known=known)


def tell_shipped_versions() -> None:
    """Print which versions of the shipped records there are."""
    say(f"the records that come with Mapview: one version, of {shipped_day()}")


def lists_of(name: str) -> dict[str, list[str]]:
    """Return what the records of a dataset have, as the lists of a template."""
    store = store_of([name])
    counts = store.facets(Filter())
    own = {words for _, words in store.types_met if words}
    return {
        "types": sorted({*own, *counts["type"]}, key=str.casefold),
        "countries": sorted(counts["country"]),
        "groups": sorted({one.name for one in store.context.groups}, key=str.casefold),
    }


def print_findings(problems: Sequence[Problem], notes: Sequence[Problem]) -> None:
    """Print what was wrong with records that were left out, and what was read otherwise."""
    for line in (*notes, *by_rule(problems)):
        warn(line)
    if problems:
        warn(f"{len(problems):,} problems; those records were left out")


def add_reading(command: argparse.ArgumentParser) -> None:
    """Add the options that say how a file is to be read."""
    group = command.add_argument_group("reading", "Without any of these, all is guessed and told.")
    group.add_argument("--recipe", default=None, metavar="R.toml", help="read as a recipe says")
    group.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="PART=COLUMN",
        help="which column plays a part, such as date=Started, or dates=dmy, dates=mdy, "
        "crs=EPSG:32633, encoding=cp1256; nothing after = takes a part away; may be repeated",
    )
    group.add_argument("--sheet", default=None, help="a sheet or layer, by name or number")
    group.add_argument(
        "--row",
        choices=[str(one) for one in RowKind],
        default=None,
        help="what each row is (default: incident)",
    )
    group.add_argument(
        "--doubtful",
        choices=["keep", "reject"],
        default=None,
        help="what becomes of rows with a doubt (default: keep)",
    )
    group.add_argument(
        "--licence-held",
        action="store_true",
        help="you hold a licence to publish data whose terms forbid it to others, as the GTD's do",
    )


def settings_of(options: argparse.Namespace) -> Settings:
    """Return what the options say of reading.

    Raises:
        RequestError: If one cannot be meant.
    """
    settings = read_recipe(options.recipe) if options.recipe else Settings()
    given = dict(settings.given)
    for one in options.set:
        name, is_given, value = one.partition("=")
        if not is_given:
            raise RequestError(f"--set must be PART=COLUMN, got {one!r}")
        given[name.strip()] = value.strip()
    doubtful = options.doubtful or ("reject" if settings.rejects_doubtful else "keep")
    return replace(
        settings,
        given=given,
        row=RowKind(options.row) if options.row else settings.row,
        sheet=options.sheet or settings.sheet,
        rejects_doubtful=doubtful == "reject",
        holds_licence=options.licence_held or settings.holds_licence,
    )
