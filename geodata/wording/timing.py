"""Whether a date that somebody wrote is one of the records, as exact as they give it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from geodata.records import DateSpan
from geodata.wording.days import Written
from geodata.wording.ledger import Ledger
from geodata.wording.sentences import Sentence

__all__ = ["date_of", "why_no_date"]

_OF_DOCUMENTS = re.compile(
    r"\b(?:reports?|reported|sources?|documents?|published|as of|according|updated|base areas?|"
    r"based|founded|declared|since)\b",
    re.IGNORECASE,
)
_DURING = re.compile(r"\b(?:between|from|during|in|over|within)\s+(?:the )?$", re.IGNORECASE)


def date_of(
    written: Written, ids: Collection[str], ledger: Ledger, sentence: Sentence
) -> tuple[str, frozenset[str], tuple[tuple[str, int], ...]] | None:
    """Return which date of the records one that is written is, of which incidents, by whose claims.

    Args:
        written: The date.
        ids: The incidents that it may be of.
        ledger: The records.
        sentence: Where it stands; what it says of documents may be of their dates.
    """
    if not sentence.has_names and _is_period(written, ledger.period):
        return "the period that was asked for", frozenset(), ()
    words, found = "", set()
    claims: list[tuple[str, int]] = []
    is_of_several = len(ids) > 1 and bool(_DURING.search(sentence.text[: written.start]))
    for one_id in ids:
        for span, told, by in ledger.spans((one_id,)):
            if _is(written, span, is_of_several=is_of_several):
                words = words or told
                found.add(one_id)
                claims += by
                break
    if found:
        return words, frozenset(found), tuple(claims) if len(found) == 1 else ()
    if not sentence.has_names and _OF_DOCUMENTS.search(sentence.text):
        for span, told in ledger.other_spans:
            if _is(written, span, is_of_several=True):
                return told, frozenset(), ()
    return None


def _is_period(written: Written, period: tuple[date | None, date | None]) -> bool:
    if not written.spans:
        return False
    first, last = written.ends or (written.spans[0], written.spans[0])
    start, end = period
    has_start = start is not None and first.start <= start <= first.end
    has_end = end is not None and last.start <= end <= last.end
    return has_start and has_end if written.ends else has_start or has_end


def _is(written: Written, span: DateSpan, *, is_of_several: bool) -> bool:
    first, last = span.known_start, span.known_end
    if written.ends:
        one, other = written.ends
        if not (first and last):
            return False
        is_same = one.start <= first <= one.end and other.start <= last <= other.end
        # Of several incidents a range may say when they were.
        return is_same or (is_of_several and one.start <= first and last <= other.end)
    ends = [one for one in (first, last) if one]
    if not written.spans:
        is_exact = span.precision in ("day", "range", "week") or not written.day
        return is_exact and any(_on_day(written, end) for end in ends)
    return any(
        (first and last and one.start <= first and last <= one.end)
        # The first or last day of what lasted, or of what is known by a bound alone.
        or (span.precision == "range" and any(one.start <= end <= one.end for end in ends))
        for one in written.spans
    )


def _on_day(written: Written, day: date) -> bool:
    return day.month == written.month and written.day in (None, day.day)


def why_no_date(ids: Iterable[str], ledger: Ledger) -> str:
    """Return what the records give instead, in a sentence without its end."""
    told = list(dict.fromkeys(words for _, words, _ in ledger.spans(ids)))
    if not told:
        return "the records give no such date"
    more = f" and {len(told) - 3:,} more" if len(told) > 3 else ""  # noqa: PLR2004
    return f"the records give {'; '.join(told[:3])}{more}"
