"""BibTeX: one entry a source, for reference managers and for LaTeX.

Written for BibTeX itself and for biblatex. Braces, backslashes and all that TeX gives a meaning are
written as commands, so that no title can end its field or run as one; other scripts stay UTF-8.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from geodata.files import open_atomic
from geodata.formats.authors import (
    Author,
    authors_of,
    institutions_of,
    is_house_of_books,
    language_of,
)
from geodata.records import (
    Records,
    Source,
    TimePrecision,
    describe_date,
    parse_date,
    safe_url,
)

__all__ = ["to_bibtex", "write_bibtex"]

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}
# Everything else, braces and letters of other scripts among it, is written as %XX.
_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PLAIN_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


def to_bibtex(sources: Iterable[Source], institutions: Collection[str] = ()) -> str:
    """Return sources as BibTeX, in their order; nothing for none.

    A source with an address is `@online`, one of a certain day `@article`, any other with a
    publisher `@report`, or `@book` where that is a house of books, the rest `@misc`. Keys are the
    ids; where two differ only in capitals, which BibTeX takes for one, the second gets a number.
    Persons have their family's name first, anybody else a second pair of braces.

    Args:
        sources: The sources.
        institutions: Names of what is no person; see `geodata.formats.authors`.

    Example:
        >>> print(to_bibtex([Source(id="un-2018", title="Report", publisher="UN", date="2018-08")]))
        @report{un-2018,
          title = {{Report}},
          institution = {{UN}},
          year = {2018},
          month = aug
        }
        <BLANKLINE>
    """
    used: set[str] = set()
    return "\n".join(_entry(one, _key(one.id, used), institutions) for one in sources)


def write_bibtex(path: str | Path, records: Records) -> None:
    """Write the sources of records as BibTeX; the file appears only when complete."""
    with open_atomic(path) as stream:
        institutions = institutions_of(records.sources, records.groups)
        stream.write(to_bibtex(records.sources, institutions))


def _key(identifier: str, used: set[str]) -> str:
    key, number = identifier, 1
    while key.casefold() in used:
        number += 1
        key = f"{identifier}-{number}"
    used.add(key.casefold())
    return key


def _entry(source: Source, key: str, institutions: Collection[str]) -> str:
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(source, institutions))
    return f"@{_kind(source)}{{{key},\n{fields}\n}}\n"


def _kind(source: Source) -> str:
    if _address(source):
        return "online"
    if not source.publisher:
        return "misc"
    if is_house_of_books(source.publisher):
        return "book"
    is_of_a_day = source.date and parse_date(source.date).precision is TimePrecision.DAY
    return "article" if is_of_a_day else "report"


_PUBLISHER_FIELDS = {
    "online": "organization",
    "article": "journal",
    "report": "institution",
    "book": "publisher",
}


def _fields(source: Source, institutions: Collection[str]) -> Iterator[tuple[str, str]]:
    yield "title", _text(source.title)
    authors = authors_of(source, institutions)
    if authors:
        yield "author", f"{{{' and '.join(map(_name, authors))}}}"
    if source.publisher:
        yield _PUBLISHER_FIELDS[_kind(source)], _text(source.publisher)
    yield from _date_fields(source.date)
    if address := _address(source):
        yield "url", f"{{{address}}}"
    if _PLAIN_DATE.fullmatch(source.accessed):
        yield "urldate", f"{{{source.accessed}}}"
    if language := language_of(source):
        yield "language", f"{{{language}}}"
    if note := ". ".join(_notes(source)):
        yield "note", _text(note)


def _name(author: Author) -> str:
    family = _escaped(author.family)
    return f"{family}, {_escaped(author.given)}" if author.given else f"{{{family}}}"


def _text(text: str) -> str:
    """Return a text as a field: two braces keep capitals, and keep names in one piece."""
    return f"{{{{{_escaped(text)}}}}}"


def _escaped(text: str) -> str:
    plain = "".join(" " if unicodedata.category(one) == "Cc" else one for one in text)
    return "".join(_COMMANDS.get(one, one) for one in " ".join(plain.split()))


def _address(source: Source) -> str:
    return quote(safe_url(source.url), safe=_IN_ADDRESS)


def _date_fields(text: str) -> Iterator[tuple[str, str]]:
    """Yield year, month and day as far as they are known; a period gives the year it ends in."""
    if not text:
        return
    span = parse_date(text)
    day = span.known_end or span.known_start
    if day is None:
        return
    yield "year", f"{{{day.year:04}}}"
    if span.precision in (TimePrecision.DAY, TimePrecision.MONTH):
        yield "month", _MONTHS[day.month - 1]
    if span.precision is TimePrecision.DAY:
        yield "day", f"{{{day.day}}}"


def _notes(source: Source) -> Iterator[str]:
    if source.date and not _PLAIN_DATE.fullmatch(source.date):
        yield f"Date: {describe_date(source.date)}"
    if source.accessed and not _PLAIN_DATE.fullmatch(source.accessed):
        yield f"Accessed: {describe_date(source.accessed)}"
    if source.licence:
        yield f"Licence: {source.licence}"
    if source.note:
        yield source.note.rstrip(". ")
