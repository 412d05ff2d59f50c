"""`mapview serve`: the app for this machine, or for others if asked."""

from __future__ import annotations

import argparse
import json
import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from geodata.errors import FormatError, SettingError
from geodata.reading import open_file
from geodata.workspace import Workspace, begin_file, build, files_of
from mapview.cli.options import add_data, add_reading, print_findings, settings_of
from mapview.cli.saying import warn
from mapview.cli.telling import account_lines, note_lines, question_lines
from mapview.data import DATA_VARIABLE, load_notes, load_problems, read_ahead
from mapview.layer.tiles import TILES_VARIABLE, tiles_url
from mapview.settings import SETTINGS, current_settings, has_engine, variables_of
from mapview.web.listening import bind, url_of
from mapview.web.middleware import ANCESTORS_VARIABLE, frame_ancestors, is_foreign_name
from mapview.workers import get_ready, start_helper

__all__ = ["add_serve"]

_READ_WHOLE = (".geojson", ".csv")


def add_serve(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview serve`."""
    command.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="any file of incidents to look at: read anew each time, kept nowhere",
    )
    add_data(command)
    add_reading(command)
    command.add_argument("--port", type=int, default=8501, help="TCP port (default 8501)")
    command.add_argument(
        "--address",
        default="localhost",
        help="network address to bind; the default serves this machine only",
    )
    command.add_argument(
        "--tiles",
        default=None,
        metavar="on|URL",
        help="offer online map tiles (off by default): OpenStreetMap's, or those at an address "
        "with {z}, {x} and {y}",
    )
    command.add_argument(
        "--framed-by",
        action="append",
        default=[],
        metavar="SITE",
        help="a site whose pages may embed the map, such as https://example.org; may be repeated",
    )
    for name, one in SETTINGS.items():
        dest = f"setting_{name}"
        if one.metavar:
            action = "append" if one.is_repeated else "store"
            command.add_argument(
                one.option, dest=dest, metavar=one.metavar, action=action, help=one.help
            )
        else:
            command.add_argument(
                one.option, dest=dest, action="store_const", const="on", help=one.help
            )
    command.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    if not 0 < options.port < 2**16:
        raise SettingError(f"--port must be within 1 and 65535, got {options.port}")
    if has_engine() and options.files:
        raise SettingError("FILE must not be given with --engine, got both")
    paths = list(options.data) if has_engine() else [_checked(one) for one in options.data]
    if options.tiles is not None:
        os.environ[TILES_VARIABLE] = options.tiles
    if options.framed_by:
        os.environ[ANCESTORS_VARIABLE] = " ".join(("'self'", *options.framed_by))
    os.environ.update(variables_of(_given(options)))
    # What is wrong with the settings is said here, not by the server's first answer.
    tiles_url()
    frame_ancestors()
    current_settings()
    with ExitStack() as stack:
        if options.files:
            folder = stack.enter_context(TemporaryDirectory(prefix="mapview-"))
            workspace = Workspace(folder)
            paths += [_looked_at(Path(one), options, workspace) for one in options.files]
        if paths:
            # As JSON, since a name may have what parts a path.
            os.environ[DATA_VARIABLE] = json.dumps(paths)
        sockets = [stack.enter_context(one) for one in bind(options.address, options.port)]
        read_ahead()
        print_findings(load_problems(), load_notes())
        # Before anything runs beside this thread: the store has threads, and so has the server.
        start_helper(get_ready)
        # Streamlit takes a second to import, which no other command should pay for.
        from mapview.web.server import serve

        where = url_of(options.address, options.port, current_settings().base_path)
        warn(f"Mapview is at {where} (Ctrl+C ends it)")
        try:
            serve(sockets)
        except KeyboardInterrupt as told:
            # As a service is ended, which is no fault; what it keeps in files goes with it.
            if not told.args:
                raise
    return 0


def _checked(named: str) -> str:
    """Return what `--data` names as a path, whatever folder the server runs in."""
    found = files_of(named)
    if not all(one.is_file() for one in found):
        raise FormatError(f"--data must name a file, got {named!r}")
    return str((found[0] if found == [Path(named)] else found[0].parent).resolve())


def _looked_at(path: Path, options: argparse.Namespace, workspace: Workspace) -> str:
    """Return the folder of a dataset made of a file for as long as the server runs."""
    if not path.is_file():
        raise FormatError(f"FILE must be a readable file, got {str(path)!r}")
    if path.suffix.casefold() in _READ_WHOLE and any(
        {"event_date", "event_types", "claims"} <= set(one.columns) for one in open_file(path)
    ):
        return str(path.resolve())  # One of ours, with all its claims and relations.
    name = workspace.free_name(path.stem)
    importing = begin_file(path, settings_of(options), name)
    built = build(workspace, name, importing, [path])
    account = importing.account
    warn(f"{path.name}: {importing.form}")
    questions = question_lines(importing.sheets[0][1])
    for line in (*account_lines(account), *note_lines(importing.notes), *questions):
        warn(line)
    if built is None:
        raise FormatError(f"at least one row must be a record, got none of {account.rows:,}")
    return str(built[0].folder)


def _given(options: argparse.Namespace) -> dict[str, list[str]]:
    """Return the words of each setting; a name to bind is one to be asked by, too."""
    given = {}
    for name in SETTINGS:
        value = getattr(options, f"setting_{name}")
        given[name] = value if isinstance(value, list) else [value] if value else []
    if is_foreign_name(options.address):
        given["hosts"] = [*(given["hosts"] or current_settings().hosts), options.address]
    return given
