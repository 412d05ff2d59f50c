"""When a base area holds: the days on which it may have been used, and on which it certainly was.

A claim is never stretched beyond what its source says. Silence on the beginning is not "always",
and silence on the end is not "still".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

from geodata.records.dates import FIRST_DAY, LAST_DAY, DateSpan, Reach, Validity, parse_date
from geodata.records.model import BaseArea, Claim, Group, Source
from geodata.records.vocabulary import FOUNDING_TOPICS, ClaimAbout, Stance

__all__ = ["validity"]


class Context(Protocol):
    """What knows groups and sources, as `Records` does."""

    @property
    def groups_by_id(self) -> Mapping[str, Group]:
        """Group id to group."""

    @property
    def sources_by_id(self) -> Mapping[str, Source]:
        """Source id to source."""


def validity(area: BaseArea, records: Context) -> Validity:
    """Return when a base area may have been used, and when it certainly was.

    Args:
        area: The base area.
        records: Gives the founding of its group and the dates of its sources.

    Example:
        >>> from geodata.records import Records
        >>> area = BaseArea(id="a", group="g", level="district", kind="stronghold",
        ...                 status="reported", valid_from="2015", last_cited="2018-11")
        >>> validity(area, Records()).certain
        Reach(first=datetime.date(2015, 12, 31), last=datetime.date(2018, 11, 1), is_open=False)
    """
    starts, ends = _stated(area.valid_from), _stated(area.valid_to)
    first = starts.start if starts.has_start else _first_attested(area, records)
    if first is None or ends.end < first:
        return Validity()
    possible = Reach(first, ends.end, is_open=not ends.has_end)
    if not starts.has_start:
        return Validity(possible)
    # The last attested day is known between two days, as the beginning is; whatever they were, a
    # period that begins by the one and ends by the other has a day on which it was used.
    cited = parse_date(area.last_cited)
    ended = ends.start if ends.has_start or ends.has_end else LAST_DAY
    by = max(min(starts.end, cited.end, ends.end), possible.first)
    until = min(max(starts.start, min(cited.start, ended)), possible.last)
    return Validity(possible, Reach(by, until))


def _stated(text: str) -> DateSpan:
    return parse_date(text or "XXXX")


def _first_attested(area: BaseArea, records: Context) -> date | None:
    """Return the first day for which an area without a stated start is attested."""
    days = [*map(_first_day, _attested(area)), *_told_before(area, records)]
    known = [day for day in days if day]
    founded = [day for day in map(_first_day, _founding(area, records)) if day]
    return max(min(known), min(founded, default=FIRST_DAY)) if known else None


def _attested(area: BaseArea) -> Iterator[str]:
    yield from (area.last_cited, area.valid_to, area.valid_from)
    for claim in _upheld(area.claims):
        yield claim.as_of
        if claim.about is ClaimAbout.DATE and not claim.topic:
            yield str(claim.value or "")


def _told_before(area: BaseArea, records: Context) -> Iterator[date]:
    """Yield the days of documents that spoke of an area before it was last attested."""
    last = parse_date(area.last_cited).start
    for source in filter(None, map(records.sources_by_id.get, area.sources)):
        if source.date and parse_date(source.date).end < last:
            yield parse_date(source.date).start


def _founding(area: BaseArea, records: Context) -> Iterator[str]:
    group = records.groups_by_id.get(area.group)
    for claim in _upheld(group.claims if group else ()):
        if claim.about is ClaimAbout.DATE and claim.topic in FOUNDING_TOPICS:
            yield str(claim.value or "")


def _upheld(claims: Iterable[Claim]) -> Iterator[Claim]:
    return (one for one in claims if one.stance not in (Stance.DENIES, Stance.DOUBTS))


def _first_day(text: str) -> date | None:
    """Return the first day of a date; of one that is open to the past, that of its end.

    Example:
        >>> _first_day("../2014"), _first_day("2014/..")
        (datetime.date(2014, 1, 1), datetime.date(2014, 1, 1))
    """
    span = _stated(text)
    last = text.rpartition("/")[2]
    if span.has_start or "/" not in text or last in ("", ".."):
        return span.known_start or span.known_end
    return parse_date(last).known_start
