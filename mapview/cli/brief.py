"""`mapview brief`: a page, figure, slides, document or pack of what a filter finds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from geodata.errors import FilterError, FormatError, RequestError
from geodata.files import open_atomic_bytes
from geodata.queries import UNITS, Bounds, Filter
from geodata.tongue import ENGLISH, LANGUAGES
from mapview.briefing.checked import check_words, say_unmatched
from mapview.briefing.compose import BriefingOptions, compose
from mapview.briefing.content import COLOURS, Briefing, Tlp
from mapview.briefing.figure.sizes import (
    MOST_FRAMES,
    MOST_MAPS,
    SHEETS,
    Sheet,
    sheet_named,
    sheet_of,
)
from mapview.briefing.progress import Progress
from mapview.briefing.writers import WRITERS, Layout, check_count, write_briefing
from mapview.cli.options import (
    add_data,
    add_filter,
    add_publication,
    filter_of,
    publication_of,
    store_of,
)
from mapview.cli.saying import say, warn

__all__ = ["add_brief"]

_CLEAR_LINE = "\r\x1b[K"


def add_brief(command: argparse.ArgumentParser) -> None:
    """Add the arguments of `mapview brief`."""
    endings = ", ".join(f".{ending}" for ending in WRITERS)
    command.add_argument("out", metavar="OUT", help=f"file to write, ending in one of {endings}")
    add_data(command)
    command.add_argument("--title", default="", help="heading; without it, the filter in words")
    command.add_argument(
        "--headline", default="", help="what happened, in your words; without it, in the program's"
    )
    command.add_argument(
        "--message",
        action="append",
        default=[],
        metavar="SENTENCE",
        help="a sentence under the headline, in your words; may be repeated",
    )
    command.add_argument(
        "--strict",
        action="store_true",
        help="write nothing where a number, date or comparison in headline, sentences, title or "
        "note is not what the records say; without this, they are told",
    )
    command.add_argument(
        "--id",
        dest="ids",
        action="append",
        default=[],
        metavar="ID",
        help="only the incident with this id; may be repeated",
    )
    command.add_argument(
        "--focus",
        action="append",
        default=[],
        metavar="ID",
        help="show an incident in one colour and all else in grey (figures); may be repeated",
    )
    command.add_argument(
        "--callout",
        action="append",
        default=[],
        metavar="ID",
        help="a text box on the map that says who gives which toll; may be repeated",
    )
    command.add_argument(
        "--colour",
        choices=COLOURS,
        default=COLOURS[0],
        help="what colours of figures tell: accent (default: the highest figures in one colour, "
        "all else in grey) or types (a colour each)",
    )
    command.add_argument("--note", default="", help="a note of yours, shown as such")
    command.add_argument(
        "--credit", default="", help="who is credited for records of your own (with --data)"
    )
    command.add_argument(
        "--as-of",
        default="",
        metavar="DATE",
        help="as-of date to print; without it, that of the newest document",
    )
    command.add_argument(
        "--made", default="", metavar="DATE", help="creation date to print; without it, none"
    )
    command.add_argument(
        "--contact", default="", metavar="TEXT", help="whom to ask about it; cards do not say it"
    )
    command.add_argument(
        "--extent",
        default=None,
        metavar="W,S,E,N",
        help="part of the world that the map shows, in degrees (--extent=-5,40,10,52); without it, "
        "all that was found",
    )
    names = ", ".join(f"{one.name} ({one.label})" for one in SHEETS.values())
    command.add_argument(
        "--layout",
        default=None,
        metavar="NAME",
        help=f"what a figure (.png, .svg, .pdf) is laid out as: {names}",
    )
    command.add_argument(
        "--size",
        default=None,
        metavar="WxH",
        help="size of a figure in mm or px instead, such as 297x210mm (default) or 1920x1080px",
    )
    command.add_argument(
        "--multiples",
        default="",
        choices=("auto", *UNITS),
        help="a small map for each period on one sheet (.png, .svg, .pdf), or in a document "
        f"(.docx), at most {MOST_MAPS}: with auto as short as gives few enough; a longer period is "
        "taken, and said, where there would be more",
    )
    command.add_argument(
        "--step",
        default="",
        choices=UNITS,
        help="how long a picture of a film (.gif, .webp, .mp4) stands for, at most "
        f"{MOST_FRAMES} pictures; without it, as short as gives few enough",
    )
    command.add_argument(
        "--template",
        default=None,
        metavar="FILE",
        help="your own template for slides (.pptx, .potx) or a document (.docx, .dotx)",
    )
    command.add_argument(
        "--group-page",
        action="append",
        default=[],
        metavar="GROUP",
        help="add the page of a group, by its id or name: relations, leaders, strength, base areas "
        "and incidents by role (.html, .docx, .pptx, .zip); may be repeated",
    )
    command.add_argument(
        "--lang",
        default=ENGLISH,
        metavar="CODE",
        help="language of what the program says: "
        f"{', '.join(f'{code} ({name})' for code, name in LANGUAGES.items())}; records stay in "
        "theirs",
    )
    add_publication(command)
    command.add_argument(
        "--since",
        default="",
        metavar="PACK",
        help="an earlier pack (.zip) of the same filter: say which incidents are new, revised "
        "(with old and new claims) or withdrawn since then (.html, .docx, .pptx, .zip)",
    )
    command.add_argument(
        "--tlp",
        default="",
        metavar="MARKING",
        help=f"how far it may be handed on (Traffic Light Protocol 2.0): {', '.join(Tlp)}; in "
        "header, footer and file name. Records that are marked more strictly, in a column TLP of "
        "what was imported, win",
    )
    add_filter(command)
    command.set_defaults(run=_brief)


def _brief(options: argparse.Namespace) -> int:
    ending = Path(options.out).suffix.removeprefix(".").casefold()
    if ending not in WRITERS:
        raise FormatError(f"OUT must end in .{' or .'.join(WRITERS)}, got {options.out!r}")
    # What lies over a picture's ground hides what happened there, unless it is asked for.
    given = options.filter_areas or (["off"] if WRITERS[ending].is_still else [])
    areas = next((one for one in given if one.casefold() not in ("on", "off")), "")
    options.filter_areas = [] if areas else given
    options.filter_record += options.ids
    chosen = filter_of(options)
    asked = BriefingOptions(
        title=options.title,
        headline=options.headline,
        messages=tuple(options.message),
        areas=areas,
        focus=tuple(options.focus),
        callouts=tuple(options.callout),
        colour=options.colour,
        note=options.note,
        as_of=options.as_of,
        made=options.made,
        contact=options.contact,
        credit=options.credit,
        extent=_extent(options.extent),
        publication=publication_of(options),
        since=Path(options.since) if options.since else None,
        tlp=Tlp.read(options.tlp) if options.tlp else None,
        group_pages=tuple(options.group_page),
        language=options.lang.casefold(),
    )
    layout = Layout.on(_sheet(options), Path(options.template) if options.template else None)
    layout = replace(layout, multiples=options.multiples, step=options.step)
    if ending == "png" and layout.size:
        layout.size.check_pixels()
    store = store_of(options.data, chosen.known)
    for one in options.ids:
        if not store.totals(Filter.from_pairs([("record", one)])).shown:
            raise RequestError(f"--id must be the id of an incident, got {one!r:.80}")
    check_count(store.totals(chosen).shown, ending)
    # Opened before the drawing, so that a folder that cannot be written to is known in time.
    with _progress() as progress:
        briefing = compose(store, chosen, asked, progress.part(0, 0.1))
        _check(briefing, is_strict=options.strict)
        named = _named(options.out, briefing)
        with open_atomic_bytes(named) as stream:
            rest = progress.part(0.1, 1)
            stream.write(write_briefing(briefing, ending, layout=layout, progress=rest))
    say(f"{briefing.scope}; written to {named}")
    for sentence in briefing.changes:
        say(sentence)
    if briefing.since:
        say(f"{briefing.since.heading}: {briefing.since.lead}")
        for heading, told in briefing.since.lines:
            say(f"{heading}. {' '.join(told)}")
    return 0


def _named(out: str, briefing: Briefing) -> Path:
    """Return the file to write; its name says how far it may be handed on, if anything does."""
    path = Path(out)
    if not briefing.tlp:
        return path
    stem = path.stem.removesuffix(f"-{briefing.tlp.in_names}")
    return path.with_name(f"{stem}-{briefing.tlp.in_names}{path.suffix}")


def _sheet(options: argparse.Namespace) -> Sheet | None:
    """Return what a figure is laid out on, if that was asked for."""
    if options.layout and options.size:
        raise FormatError(
            f"--layout must not be given with --size, got {options.layout!r:.40} and "
            f"{options.size!r:.40}"
        )
    if options.layout:
        return sheet_named(options.layout)
    return sheet_of(options.size) if options.size else None


def _check(briefing: Briefing, *, is_strict: bool) -> None:
    """Tell of figures that the records do not say, or refuse them."""
    unmatched = say_unmatched(check_words(briefing))
    if unmatched and is_strict:
        raise RequestError(
            "with --strict, every figure must be what the records say, got "
            f"{len(unmatched):,} that are not: {' '.join(unmatched)}"
        )
    for sentence in unmatched:
        warn(sentence)


def _extent(text: str | None) -> Bounds | None:
    try:
        return Filter.from_pairs([("bounds", text)]).bounds if text else None
    except FilterError as error:
        raise RequestError(str(error).replace("bounds", "--extent", 1)) from error


@contextmanager
def _progress() -> Iterator[Progress]:
    """Give a progress that a terminal shows in one line, which is taken away at the end."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    try:
        yield Progress(_tell)
    finally:
        print(_CLEAR_LINE, end="", file=sys.stderr)


def _tell(share: float, words: str) -> None:
    print(f"{_CLEAR_LINE}{share:4.0%} {words}", end="", file=sys.stderr, flush=True)
