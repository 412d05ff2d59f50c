"""The errors that this package raises on purpose.

    GeodataError
    ├── FormatError     a file or text is not in the format it should be
    ├── RecordError     a record breaks a rule; `path` says where
    └── FilterError     a filter, a view or a query parameter cannot be understood

Messages say what must hold, then what came.
"""

from __future__ import annotations

__all__ = ["FilterError", "FormatError", "GeodataError", "RecordError"]


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


class FilterError(GeodataError):
    """A filter or a query parameter cannot be understood."""
