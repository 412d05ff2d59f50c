"""Dates in a text, whatever their form, as the days that each may mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.errors import RecordError
from geodata.importing.values import SEASONS, edtf_of, month_number
from geodata.records import DateSpan, parse_date

__all__ = ["Written", "written_dates"]


@dataclass(frozen=True)
class Written:
    """A date as it is written.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        spans: The days that it may mean; several where its order is not known.
        ends: First and last date, where it is a range of two.
        month: The month, where no year is written.
        day: The day of that month; `None` where none is written.
    """

    start: int
    end: int
    spans: tuple[DateSpan, ...] = ()
    ends: tuple[DateSpan, DateSpan] | None = None
    month: int = 0
    day: int | None = None


_WORD = r"[^\W\d_]{3,12}\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_YEAR = r"\d{4}"
_DASH = r"\s*(?:–|—|-|to|and|until|/)\s*"
_FORMS = tuple(
    re.compile(rf"(?<![\w.,/-])(?:{one})(?!\w)(?![.,/-]\d)")
    for one in (
        r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?(?:/(?:\d{4}-\d{2}-\d{2}|\.\.))?",
        rf"{_DAY} {_WORD} {_YEAR}{_DASH}{_DAY} {_WORD} {_YEAR}",
        rf"{_DAY}{_DASH}{_DAY} (?:of )?{_WORD},? {_YEAR}",
        rf"{_WORD} {_DAY}{_DASH}{_DAY},? {_YEAR}",
        rf"{_DAY} (?:of )?{_WORD},? {_YEAR}",
        rf"{_WORD} {_DAY},? {_YEAR}",
        rf"{_YEAR},? {_WORD} {_DAY}",
        r"\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([./-])\d{1,2}\2\d{1,2}",
        rf"{_WORD}(?: of)?,? {_YEAR}{_DASH}{_WORD},? {_YEAR}",
        rf"(?:the )?{_WORD}(?: of)?,? {_YEAR}",
        r"\d{4}-\d{2}(?!\d)",
        r"(?:the )?\d{3}0'?s",
        r"1[5-9]\d\d\s?[–/-]\s?(?:1[5-9]\d\d|\d{2})|20\d\d\s?[–/-]\s?(?:20\d\d|\d{2})",
        rf"{_DAY} (?:of )?{_WORD}|{_WORD} {_DAY}",
        r"1[5-9]\d\d|20\d\d|21\d\d",
    )
)
_ALONE = re.compile(r"(?<=[Ii]n |[Oo]f )[^\W\d_]{3,12}(?!\w)(?! \d)")
_PARTIAL = re.compile(rf"(?:({_DAY}) (?:of )?({_WORD})|({_WORD}) ({_DAY}))")
_BARE_YEAR = re.compile(r"\d{4}")
_COUNTED = re.compile(
    r"\s+(?:people|persons?|civilians?|were|killed|dead|deaths?|died|fatalit\w+|casualt\w+|injur\w+|"
    r"wounded|victims?|events?|incidents?|attacks?|militants?|fighters?|soldiers?|in \d+ incident)"
)
_HEDGED = re.compile(r"(?:at least|more than|nearly|almost|over|up to|fewer than|exactly)\s+$")
_NO_NAMES = ("and", "the", "until")
_TWO = re.compile(r"\s(?:–|—|-|to|until)\s")


def written_dates(text: str) -> tuple[Written, ...]:
    """Return the dates of a text in order.

    Example:
        >>> for one in written_dates("On January 3rd, 2024, not in October 2022 or 2021."):
        ...     print(one.spans[0].start, one.spans[0].end)
        2024-01-03 2024-01-03
        2022-10-01 2022-10-31
        2021-01-01 2021-12-31
    """
    found: list[Written] = []
    taken = bytearray(len(text))
    for form in _FORMS:
        at = 0
        while match := form.search(text, at):
            one = _read(match, text)
            if one is None or any(taken[match.start() : match.end()]):
                # A date may begin within what was no date: "killed 3 January 2024".
                at = match.start() + 1
                continue
            found.append(one)
            at = match.end()
            taken[match.start() : at] = b"\1" * (at - match.start())
    found += _months_alone(text, found)
    return tuple(sorted(found, key=lambda one: one.start))


def _read(match: re.Match[str], text: str) -> Written | None:
    words, (start, end) = match.group(), match.span()
    if _BARE_YEAR.fullmatch(words) and (
        _COUNTED.match(text, end) or _HEDGED.search(text[max(0, start - 16) : start])
    ):
        return None
    names = [word for word in re.findall(r"[^\W\d_]{3,}", words) if word not in _NO_NAMES]
    if any(month_number(one) is None and one.casefold() not in SEASONS for one in names):
        return None
    if names and names[0].islower() and words.startswith(names[0]) and names[0] in ("may", "mar"):
        return None
    partial = _PARTIAL.fullmatch(words)
    if partial:
        month = month_number(partial[2] or partial[3])
        day = int(re.sub(r"\D", "", partial[1] or partial[4]))
        return Written(start, end, month=month, day=day) if month and 1 <= day <= 31 else None  # noqa: PLR2004
    edtf = _edtf(words)
    spans = tuple(_spans(edtf)) if edtf else ()
    ends = [parse_date(one) for one in edtf.split("/")] if spans and edtf else []
    is_range = len(ends) > 1 or bool(_TWO.search(words))
    both = (ends[0], ends[-1]) if ends and is_range else None
    return Written(start, end, spans, both) if spans else None


def _edtf(words: str) -> str | None:
    return edtf_of(words.replace("the ", "").replace("'s", "s").replace("/..", ""))


def _spans(edtf: str) -> Iterator[DateSpan]:
    both = edtf.strip("[]").split(",") if edtf.startswith("[") and "," in edtf else [edtf]
    for one in both:
        try:
            yield parse_date(one)
        except RecordError:
            continue


def _months_alone(text: str, found: list[Written]) -> Iterator[Written]:
    for match in _ALONE.finditer(text):
        word = match.group()
        number = month_number(word) if word[0].isupper() and len(word) > 2 else None  # noqa: PLR2004
        if number and not any(match.start() < o.end and match.end() > o.start for o in found):
            yield Written(match.start(), match.end(), month=number)
