"""Office files as packages: which templates are taken, and what a finished file says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from geodata.archives import stabilised
from geodata.errors import FormatError
from mapview.briefing.office.text import shorten
from mapview.briefing.office.xml import BadXmlError, parse, serialised

__all__ = [
    "DECK",
    "PAPER",
    "Kind",
    "Template",
    "finish",
    "open_template",
    "read_template",
    "sign",
]

# A moment without meaning: the clock would make each file another.
MOMENT: Final = datetime(2000, 1, 1, tzinfo=UTC)
# What libraries raise when a file lacks parts or has others than they expect.
_UNREADABLE: Final = (EOFError, RuntimeError)  # cut off; locked by a password, or packed oddly
_BROKEN: Final = (KeyError, ValueError, TypeError, AttributeError, IndexError, BadXmlError)
_MOST_BYTES: Final = 20_000_000
_MOST_UNPACKED: Final = 50_000_000
_MOST_TITLE: Final = 255
_TYPES: Final = "[Content_Types].xml"
_OLD_OR_LOCKED: Final = b"\xd0\xcf\x11\xe0"
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_NOT_KEPT: Final = ("/extended-properties", "/metadata/thumbnail")


@dataclass(frozen=True)
class Kind:
    """One kind of office file.

    Attributes:
        words: What a template must be, for messages.
        main: Content type of its main part.
        others: Content types that mean the same, but that libraries refuse to open.
    """

    words: str
    main: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """A template that can be opened.

    Attributes:
        content: The file, its main part labelled as that of an ordinary file.
        links: How many things outside the file it refers to; they are left as they are.
    """

    content: bytes
    links: int


DECK: Final = Kind(
    "a PowerPoint file (.pptx or .potx)",
    f"{_OFFICE}presentationml.presentation.main+xml",
    (
        f"{_OFFICE}presentationml.template.main+xml",
        f"{_OFFICE}presentationml.slideshow.main+xml",
    ),
)
PAPER: Final = Kind(
    "a Word file (.docx or .dotx)",
    f"{_OFFICE}wordprocessingml.document.main+xml",
    (f"{_OFFICE}wordprocessingml.template.main+xml",),
)


def read_template(path: Path, kind: Kind) -> Template:
    """Return a template, ready to be opened. Nothing in it is run, nothing is fetched.

    Raises:
        FormatError: If it is no such file, is locked by a password, or holds macros.
    """
    name = path.name
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError as error:
        raise FormatError(f"{name} must be a readable file, got: {error.strerror}") from error
    if size > _MOST_BYTES:
        raise FormatError(
            f"a template must have at most {_MOST_BYTES:,} bytes, got {size:,} ({name})"
        )
    if content.startswith(_OLD_OR_LOCKED):
        raise FormatError(
            f"a template must be {kind.words} without a password, got an older format or a "
            f"locked file ({name})"
        )
    try:
        members = _members(content, name)
        return _checked(members, name, kind)
    except (zipfile.BadZipFile, zlib.error, BadXmlError, KeyError, *_UNREADABLE) as error:
        raise FormatError(
            f"a template must be {kind.words}, got something else ({name})"
        ) from error


def open_template(
    path: Path,
    kind: Kind,
    take: Callable[[IO[bytes]], tuple[Any, str]],
    fault: type[Exception],
) -> tuple[Any, tuple[str, ...]]:
    """Open a template with the library that writes its kind.

    Args:
        path: The template.
        kind: What it must be.
        take: Opens it and takes its content out; returns it, and in words what was left out.
        fault: What the library raises for files that it cannot use.

    Returns:
        What `take` opened, and what a user has to know of the template.

    Raises:
        FormatError: If it is no such file, is locked, holds macros or is damaged.
    """
    template = read_template(path, kind)
    try:
        opened, left_out = take(io.BytesIO(template.content))
    except (*_BROKEN, fault) as error:
        raise FormatError(
            f"a template must be {kind.words} that is complete, got a damaged one ({path.name})"
        ) from error
    told = [left_out] if left_out else []
    if template.links:
        told.append(f"Things that the template takes from outside: {template.links}")
    return opened, tuple(told)


def _members(content: bytes, name: str) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            # Counted as it is unpacked: what an archive says of its sizes is anybody's word.
            with archive.open(entry) as part:
                members[entry.filename] = part.read(left + 1)
            left -= len(members[entry.filename])
            if left < 0:
                raise FormatError(
                    f"a template must have at most {_MOST_UNPACKED:,} bytes when unpacked, "
                    f"got more ({name})"
                )
    return members


def _checked(members: dict[str, bytes], name: str, kind: Kind) -> Template:
    types = parse(members[_TYPES])
    given = {one.get("ContentType", "") for one in types}
    if any("macroEnabled" in one or "vbaProject" in one for one in given):
        raise FormatError(
            f"a template must hold no macros, got some; save it as {kind.words} ({name})"
        )
    if not given & {kind.main, *kind.others}:
        raise FormatError(f"a template must be {kind.words}, got another kind of file ({name})")
    for one in types:
        if one.get("ContentType") in kind.others:
            one.set("ContentType", kind.main)
    members[_TYPES] = serialised(types)
    return Template(_packed(members), len(set(_outside(members))))


def _outside(members: Mapping[str, bytes]) -> Iterator[str]:
    """Give what a file takes from outside; addresses that a reader may follow are none of it."""
    for name in sorted(members):
        for one in parse(members[name]) if name.endswith(".rels") else ():
            is_followed = one.get("Type", "").endswith("/hyperlink")
            if one.get("TargetMode", "").lower() == "external" and not is_followed:
                yield one.get("Target", "")


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sign(properties: Any, title: str, language: str) -> None:
    """Let a file say what it is; whatever its template said of its makers goes.

    Args:
        properties: Core properties, as both libraries give them.
        title: What the file is called.
        language: Code of that in which it says what it says.
    """
    element = properties._element  # noqa: SLF001 - neither library can empty them
    for child in list(element):
        element.remove(child)
    properties.title = shorten(title, _MOST_TITLE)
    properties.author = "Mapview"
    properties.last_modified_by = "Mapview"
    properties.language = language
    properties.revision = 1
    properties.created = MOMENT.replace(tzinfo=None)
    properties.modified = MOMENT.replace(tzinfo=None)


def finish(relations: MutableMapping[str, Any], save: Callable[[IO[bytes]], None]) -> bytes:
    """Return a file's bytes, which depend on nothing but what is in it.

    Args:
        relations: Relations of the package, by id.
        save: Writes the package to a stream.
    """
    # The numbers of pages and the small picture would be those of the template.
    for key in [key for key, one in relations.items() if one.reltype.endswith(_NOT_KEPT)]:
        relations.pop(key)
    buffer = io.BytesIO()
    save(buffer)
    return stabilised(buffer.getvalue())
