"""Names of the heavy work, for those who ask for it: its code is loaded where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

__all__ = [
    "Named",
    "Wanted",
    "get_ready",
    "of_version",
    "open_shown",
    "write_card",
    "write_embedded",
    "write_export",
    "write_file",
]


@dataclass(frozen=True)
class Named:
    """A function of `mapview.workers.tasks`, called like it."""

    name: str

    def __call__(self, *arguments: Any, **options: Any) -> None:
        """Do it."""
        getattr(import_module("mapview.workers.tasks"), self.name)(*arguments, **options)


get_ready = Named("get_ready")
of_version = Named("of_version")
open_shown = Named("open_shown")
write_card = Named("write_card")
write_embedded = Named("write_embedded")
write_export = Named("write_export")
write_file = Named("write_file")


@dataclass(frozen=True)
class Wanted:
    """What kind of file a briefing is to be.

    Attributes:
        ending: Of the format.
        sheet: As `sheet_of` reads it; empty for the usual one.
        template: Ending and content of a template.
        multiples: As `Layout` takes it.
        step: The same.
    """

    ending: str
    sheet: str = ""
    template: tuple[str, bytes] | None = None
    multiples: str = ""
    step: str = ""
