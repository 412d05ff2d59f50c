"""The command `mapview`, also as `python -m mapview.cli`: its subcommands and its exit codes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from geodata.errors import GeodataError
from mapview.cli.brief import add_brief
from mapview.cli.records import add_export, add_geocode, add_validate
from mapview.cli.serving import add_serve
from mapview.cli.stopping import exit_code

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Returns:
        0 good, 1 bad data or input, 2 bad usage, 130 or 143 cancelled.
    """
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except GeodataError as error:
        print(f"mapview: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as cancelled:
        print("mapview: cancelled; nothing was written", file=sys.stderr)
        return exit_code(cancelled)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mapview", description="Show, check, export and hand on documented incidents."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (add_serve, add_validate, add_export, add_brief, add_geocode):
        add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
