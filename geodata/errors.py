"""The errors that this package raises on purpose, and the problems that it collects.

    GeodataError
    ├── FormatError     a file or text is not in the format it should be
    ├── RecordError     a record breaks a rule; `path` says where
    ├── RequestError    what was asked for cannot be understood: a parameter, an option, a text
    │   └── FilterError     the filter of it
    ├── SettingError    a setting of the program cannot be meant: an option, a variable
    └── StoreError      a store lacks what a question needs

Messages say what must hold, then what came.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "FilterError",
    "FormatError",
    "GeodataError",
    "Problem",
    "RecordError",
    "RequestError",
    "SettingError",
    "StoreError",
]


class GeodataError(Exception):
    """Base class of all errors that are meant for the user."""


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
        return f"{where}: {self.message}"
