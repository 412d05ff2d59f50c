"""The command `mapview`, also as `python -m mapview.cli`: its subcommands and its exit codes."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from geodata.errors import EngineError, GeodataError
from mapview.cli.saying import speak_plainly, warn
from mapview.cli.stopping import exit_code, stopped_neatly

__all__ = ["main"]

# Set, it lets the traceback of a fault of ours be seen.
DEBUG_VARIABLE = "MAPVIEW_DEBUG"
_DISTRIBUTION = "mapview-incidents"

# Where each subcommand stands, and what it is for. Its module is loaded when it is asked for, so
# that checking a file does not wait for what draws and serves.
_COMMANDS: Mapping[str, tuple[str, str]] = {
    "serve": ("mapview.cli.serving", "show records on a map in the browser"),
    "look": ("mapview.cli.looking", "say what a file of any kind holds, and write nothing"),
    "import": ("mapview.cli.looking", "make a dataset of a file of any kind"),
    "update": ("mapview.cli.datasets", "say what a new file changes in a dataset, and change it"),
    "datasets": ("mapview.cli.datasets", "list, show, rename, remove and push datasets"),
    "duplicates": ("mapview.cli.duplicates", "list records that may be of one event, link them"),
    "template": (
        "mapview.cli.template",
        "write an empty table to fill in",
    ),
    "validate": ("mapview.cli.checking", "check records and say what is wrong"),
    "export": ("mapview.cli.records", "write the records that a filter finds to a file"),
    "brief": ("mapview.cli.brief", "make a briefing of what a filter finds"),
    "viewer": ("mapview.cli.template", "write one file that shows files without this program"),
    "toll": ("mapview.cli.programs", "add up how many were killed or injured, within bounds"),
    "mcp": ("mapview.cli.programs", "answer questions of a language model, as tools over stdio"),
    "geocode": ("mapview.cli.records", "propose coordinates for a place name"),
}


class _Version(argparse.Action):
    """Says the version that is installed; it is looked up for nobody who does not ask."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"mapview {version(_DISTRIBUTION)}")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Returns:
        0 good, 1 bad data or input, 2 bad usage, 3 some rows of a file left out, 130 or 143
        cancelled.
    """
    speak_plainly()
    # Records and questions are tens of thousands of objects, none of which refers to itself: at
    # Python's own threshold a quarter of a question's time went into looking for cycles among them.
    gc.set_threshold(50_000, 20, 20)
    arguments = _with_command(sys.argv[1:] if arguments is None else arguments)
    options = _parser(next(iter(arguments), None)).parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        with stopped_neatly():
            code = run(options)
        sys.stdout.flush()
    except KeyboardInterrupt as cancelled:
        warn("mapview: cancelled; nothing was written")
        return exit_code(cancelled)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        sys.stderr.close()
        return 0
    except Exception as error:
        if os.environ.get(DEBUG_VARIABLE):
            raise
        warn(f"mapview: {_sentence(error)}")
        return 1
    return code


def _with_command(arguments: Sequence[str]) -> Sequence[str]:
    """Return the arguments; a file in the place of a command is one to look at on the map."""
    first = next(iter(arguments), "")
    if first in _COMMANDS or not first or first.startswith("-"):
        return arguments
    is_file = Path(first).suffix or os.sep in first or Path(first).exists()
    return ["serve", *arguments] if is_file else arguments


def _sentence(error: Exception) -> str:
    if isinstance(error, EngineError) and error.reason:
        return f"{error} ({error.reason})"
    if isinstance(error, GeodataError):
        return str(error)
    if isinstance(error, MemoryError):
        return "memory must hold the records and what is made of them, got too little"
    if isinstance(error, OSError) and error.strerror:
        named = f" ({error.filename})" if error.filename else ""
        return f"the system must do what it is asked, got: {error.strerror}{named}"
    return (
        f"a fault of the program, which should not have met {type(error).__name__}: {error}; "
        f"with {DEBUG_VARIABLE}=1 it shows where"
    )


def _parser(asked: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; of the subcommands only the one that is asked for knows its arguments."""
    parser = argparse.ArgumentParser(
        prog="mapview",
        description="Show, check, export and hand on documented incidents. "
        "`mapview FILE` shows a file on the map, as `mapview serve FILE` does.",
    )
    parser.add_argument("--version", action=_Version, help="say which version this is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (module, text) in _COMMANDS.items():
        command = commands.add_parser(name, help=text)
        if name == asked:
            getattr(import_module(module), f"add_{name}")(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
