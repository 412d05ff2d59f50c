"""The errors that this package raises on purpose, and the problems that it collects.

    GeodataError
    ├── ChangedError    the data are others than those that were asked for
    ├── FormatError     a file or text is not in the format it should be
    ├── RecordError     a record breaks a rule; `path` says where
    ├── RequestError    what was asked for cannot be understood: a parameter, an option, a text
    │   └── FilterError     the filter of it
    ├── SettingError    a setting of the program cannot be meant: an option, a variable
    └── StoreError      a store lacks what a question needs
        └── EngineError     what holds its table does not answer for now
            └── ReplacedError   its table has gone, since another came in its place

Messages say what must hold, then what came.
"""

from __future__ import annotations

import re
import reprlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = [
    "ChangedError",
    "EngineError",
    "FilterError",
    "FormatError",
    "GeodataError",
    "Problem",
    "RecordError",
    "ReplacedError",
    "RequestError",
    "SettingError",
    "StoreError",
    "by_rule",
    "one_line",
    "told",
]

_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxstring, _SHORT.maxother = 3, 80, 80
_MOST_TOLD = 500


class GeodataError(Exception):
    """Base class of all errors that are meant for the user."""


class ChangedError(GeodataError):
    """The data are others by now than those that were asked for."""

    def __init__(self) -> None:
        super().__init__(
            "the data have changed since this page was opened, so it must be loaded again"
        )


class FormatError(GeodataError):
    """A file or text cannot be read as the format that was asked for."""


class RecordError(GeodataError):
    """A record breaks a rule.

    Args:
        message: What must hold, then what came.
        path: Where, such as `features[3].properties.event_date`.
    """

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(f"{message} ({path})" if path else message)
        self.path = path


class RequestError(GeodataError):
    """What was asked for cannot be understood."""


class FilterError(RequestError):
    """A filter cannot be understood."""


class SettingError(GeodataError):
    """A setting of the program cannot be meant."""


class StoreError(GeodataError):
    """A store's table or catalogue lacks what a question needs."""


class EngineError(StoreError):
    """What holds a store's table does not answer for now; the same may be asked again later.

    Args:
        message: For everybody who reads a map: nothing of where the engine is stands in it.
        reason: For who runs the program; no password stands in it.
    """

    def __init__(self, message: str, *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class ReplacedError(EngineError):
    """What was opened has gone from its engine: another came in its place, or it was removed."""

    def __init__(self) -> None:
        super().__init__(
            "the dataset must be the one that was opened, got another in its place, or none; ask "
            "again in half a minute, when what is there by then is shown"
        )


@dataclass(frozen=True)
class Problem:
    """Something in a file that breaks a rule.

    Attributes:
        record: Id of the record, or where it stands if it has none.
        field: The field, such as `claims[2].locator`.
        message: What must hold, then what came.
        file: The file it was read from, if any.
    """

    record: str
    field: str
    message: str
    file: str = ""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.file, self.record, self.field) if part)
        return f"{one_line(where)}: {one_line(self.message)}"


def by_rule(problems: Iterable[Problem], most: int = 3) -> Iterator[str]:
    """Yield problems as lines: the first few of each rule, and how many more break it.

    Example:
        >>> found = [Problem(str(n), f"claims[{n}]", "must be short, got x") for n in range(9)]
        >>> list(by_rule(found, 1))
        ['0 claims[0]: must be short, got x', '8 more like this: claims: must be short']
    """
    counts: Counter[tuple[str, str]] = Counter()
    for one in problems:
        field = re.sub(r"\[\d+\]", "", one.field) if "[" in one.field else one.field
        rule = field, one.message.partition(", got ")[0]
        counts[rule] += 1
        if counts[rule] <= most:
            yield str(one)
    for (field, message), count in counts.items():
        if count > most:
            where = f"{field}: " if field else ""
            yield f"{count - most:,} more like this: {one_line(where + message)}"


def told(value: object) -> str:
    """Return a value as an error says it, however long or deep it is.

    Example:
        >>> told("soon"), told([[[[[1]]]]])
        ("'soon'", '[[[[...]]]]')
    """
    if isinstance(value, str):
        return repr(value[: _SHORT.maxstring])
    try:
        return _SHORT.repr(value)
    except ValueError:  # Python does not write out a number of more than 4,300 digits.
        return "a number of thousands of digits"


def one_line(text: str, most: int = _MOST_TOLD) -> str:
    r"""Return a text as one line of a terminal or log: nothing in it can look like another line.

    What no eye sees (control characters, marks that turn the direction of writing) is written out,
    and what is too long is cut.

    Args:
        text: Any text.
        most: How many of its letters are kept.

    Example:
        >>> one_line("no\x1b[2K\nproblems")
        'no\\x1b[2K\\nproblems'
    """
    cut = text if len(text) <= most else f"{text[:most]}…"
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in cut)
