"""What disagrees in a record, as plain values: matters, and who says what of each."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Contradiction", "Matter", "Said"]


@dataclass(frozen=True)
class Said:
    """One claim of a contradiction.

    Attributes:
        by: Who says it; empty when the document itself does.
        stance: What they do, as a verb; may be empty.
        value: What is said, in words; may be empty where the stance says it all.
        source: Id of the document.
        locator: Where in it.
        note: What the record adds, a caveat first.
        is_own: Whether the value is in the words of the record, and another language is spoken.
    """

    by: str
    stance: str
    value: str
    source: str
    locator: str
    note: str
    is_own: bool = False


@dataclass(frozen=True)
class Matter:
    """Claims about one thing that disagree.

    Attributes:
        heading: What they are about.
        in_one_document: Whether one document disagrees with itself.
        said: All claims about it, also those that agree with others.
        is_own: Whether the heading is in the words of the record, and another language is spoken.
    """

    heading: str
    in_one_document: bool
    said: tuple[Said, ...]
    is_own: bool = False


@dataclass(frozen=True)
class Contradiction:
    """A record with every matter on which its claims disagree.

    Attributes:
        id: Id of the record.
        kind: "incident", "base area", "group" or "relation".
        title: What it is called.
        when: Its date; empty where it has none of its own.
        matters: What the claims disagree on.
        is_own: Whether the title is in the words of the record, and another language is spoken.
    """

    id: str
    kind: str
    title: str
    when: str
    matters: tuple[Matter, ...]
    is_own: bool = False
