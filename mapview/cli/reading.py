"""Options that say how a file of any kind is to be read."""

from __future__ import annotations

import argparse
from dataclasses import replace

from geodata.errors import RequestError
from geodata.importing import RowKind, Settings
from geodata.workspace import read_recipe

__all__ = ["add_reading", "settings_of"]


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
