"""What a check of a text finds: where a figure stands, and what it matches or why it does not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = ["Span", "SpanKind"]


class SpanKind(StrEnum):
    """What was held against the records."""

    NUMBER = "number"
    DATE = "date"
    COMPARISON = "comparison"


@dataclass(frozen=True)
class Span:
    """A number, date or comparison of a text.

    Attributes:
        kind: Which of these.
        start: Where it begins in the text.
        end: Where it ends.
        text: How it is written.
        matches: What of the records it matches, in words with who says it; empty if nothing.
        why: Why it matches nothing; empty if it does.
        claims: The claims that it stands for: ids of incidents, and which of their claims. None
            of what is counted or added up over incidents.
    """

    kind: SpanKind
    start: int
    end: int
    text: str
    matches: str
    why: str = ""
    claims: tuple[tuple[str, int], ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether the records say it."""
        return bool(self.matches)

    @property
    def sentence(self) -> str:
        """Why it is not held, for a reader."""
        return f"“{self.text}” is not in these records: {self.why}." if self.why else ""

    def moved(self, by: int) -> Span:
        """Return the same further on in a longer text."""
        return replace(self, start=self.start + by, end=self.end + by)
