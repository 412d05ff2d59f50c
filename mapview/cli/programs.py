"""`mapview toll` and `mapview mcp`: answers for other programs, within bounds."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from functools import lru_cache
from importlib.metadata import version

from geodata.errors import EngineError, GeodataError
from geodata.queries import SUMMED, Store
from geodata.records import describe_date
from mapview.cli.options import add_data, add_filter, filter_of, store_of
from mapview.cli.saying import warn
from mapview.data import DATA_VARIABLE, current_store, show_pushed
from mapview.outgoing import published
from mapview.programs import serve_stdio, toll_payload
from mapview.settings import has_engine

__all__ = ["add_mcp", "add_toll"]

# So many states of the data are held: now's, and those of days that were asked for lately.
_MOST_STATES = 4
_ABOUT = {words: about for about, words in SUMMED.items()}


def add_toll(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview toll`."""
    add_data(command)
    command.add_argument(
        "--of",
        choices=list(_ABOUT),
        default=next(iter(_ABOUT)),
        help="who is counted (default: killed)",
    )
    command.add_argument("--json", action="store_true", help="print JSON in place of words")
    add_filter(command)
    command.set_defaults(run=_toll)


def _toll(options: argparse.Namespace) -> int:
    chosen = filter_of(options)
    store = store_of(options.data, chosen.known)
    toll, known = store.toll(chosen, _ABOUT[options.of]), chosen.known
    if options.json:
        print(json.dumps({**toll_payload(toll), **store.of_day}, ensure_ascii=False))
    else:
        words = f"; as known on {describe_date(known.isoformat())}" if known else ""
        bound = f", as far as pushed by {at}" if (at := store.of_day.get("as_pushed_at")) else ""
        print(f"{toll.words}{words}{bound}")
    return 0


def add_mcp(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview mcp`."""
    add_data(command)
    command.set_defaults(run=_serve_models)


def _serve_models(options: argparse.Namespace) -> int:
    @lru_cache(maxsize=_MOST_STATES)
    def state_of(known: date | None) -> Store:
        # What a licence forbids to hand on is not handed to a model either.
        return published(store_of(options.data, known))

    told: list[str] = []

    def pushed_of(known: date | None) -> Store:
        # What cannot be opened at all is told as such, and not as a push.
        current_store()
        # Who has a model opens it in the morning and asks all day.
        try:
            show_pushed()
            told.clear()
        except EngineError:  # What is held is answered, and whoever asks for more is told so.
            pass
        except (GeodataError, OSError) as error:
            if str(error) not in told:
                warn(f"a new push is not shown: {error}")
            told[:] = [str(error)]
        return published(current_store(known))

    asked = pushed_of if has_engine() else state_of
    os.environ[DATA_VARIABLE] = json.dumps(options.data)
    # What cannot be opened is told now, not to the first who asks.
    asked(None)
    serve_stdio(asked, version("mapview-incidents"))
    return 0
