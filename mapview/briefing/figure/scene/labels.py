"""Dates and places as short as a label on a map must have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geodata.places.boundaries import provinces
from geodata.records import (
    comma,
    country_name,
    describe_date,
    digits,
    is_english,
    parse_date,
    place,
    say,
)
from mapview.briefing.figure.scene.places import IncidentPlace

__all__ = ["brief_words", "label_words", "short_date", "short_place"]

_MONTHS = re.compile(
    r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)\b"
)
# Two lines of a label hold about so many letters, or so many and "and nearby".
_MOST_LETTERS = 26
_MOST_WITH_NEARBY = 20


def short_date(text: str) -> str:
    """Return an EDTF date as short as it can be read.

    Example:
        >>> short_date("2024-01-03"), short_date("199X"), short_date("2018-04/2018-07")
        ('3 Jan 2024', '1990–1999', 'Apr – Jul 2018')
    """
    span = parse_date(text)
    whole = (span.start.month, span.start.day, span.end.month, span.end.day) == (1, 1, 12, 31)
    if whole and span.has_start and span.has_end:
        years = _years(span.start.year, span.end.year)
        return say("about {date}", date=years) if "~" in text else years
    if not is_english():
        return describe_date(text)
    words = _MONTHS.sub(r"\1", describe_date(text))
    first, dash, last = words.partition(" – ")
    if dash and first[-4:] == last[-4:] and first[-4:].isdigit():
        first = first[:-4].rstrip()
    return f"{first}{dash}{last}"


def _years_of(dates: Sequence[str]) -> str:
    """Return the years of several dates; an end that one of them leaves open stays open.

    Example:
        >>> _years_of(["2019-08-17", "2022"]), _years_of(["2019", "2020/.."]), _years_of(["XXXX"])
        ('2019–2022', 'from 2019 on', '')
    """
    spans = [span for span in map(parse_date, dates) if span.has_start or span.has_end]
    firsts = [span.start.year for span in spans if span.has_start]
    lasts = [span.end.year for span in spans if span.has_end]
    has_first, has_last = (0 < len(ends) == len(spans) for ends in (firsts, lasts))
    if has_first and has_last:
        return _years(min(firsts), max(lasts))
    if has_first:
        return say("from {date} on", date=digits(str(min(firsts))))
    return say("by {date}", date=digits(str(max(lasts)))) if has_last else ""


def _years(first: int, last: int) -> str:
    return digits(str(first) if first == last else f"{first}–{last}")


def short_place(place: str) -> str:
    """Return a place's name for a label: of a long one only its last part, usually the town.

    Example:
        >>> short_place("Shah Cheragh shrine, Shiraz"), short_place("Kabul University")
        ('Shiraz', 'Kabul University')
    """
    # A name that is not known in the language that is spoken keeps the comma of its own.
    mark = next((one for one in (comma().strip(), ",") if one in place), "")
    if len(place) > _MOST_LETTERS and mark:
        return place.rsplit(mark, 1)[1].strip() or place
    return place


def label_words(places: Sequence[IncidentPlace]) -> tuple[str, str]:
    """Return what names a symbol: place and date, or place and years for several incidents."""
    by_id = {place.id: place for place in places}
    exact = [place for place in places if place.form == "point" and place.name]
    names = Counter(short_place(place.name) for place in exact or places if place.name)
    name = names.most_common(1)[0][0] if names else ""
    if len(by_id) == 1:
        return name, short_date(places[0].date)
    if not name:
        return "", ""
    years = _years_of([place.date for place in by_id.values()])
    is_alone = len({short_place(place.name) for place in places}) == 1
    if is_alone:
        return name, years
    return _area(places) or (
        say("{place} and nearby", place=name) if len(name) <= _MOST_WITH_NEARBY else name
    ), years


def brief_words(places: Sequence[IncidentPlace]) -> str:
    """Return what names a symbol where `label_words` find no room; empty where nothing is shorter.

    It is the province, or else the country, that several places share, the province that is all
    that is known of one, and of another one the first part of its name: what stands behind is
    larger than the place.
    """
    if len({short_place(place.name) for place in places}) > 1:
        return _region(places)
    one = places[0]
    if one.form == "province":
        brief = _region(places) if one.province in provinces() else ""
    else:
        brief = re.split("[,\u060c]", one.name)[0].strip()
    return brief if len(brief) < len(short_place(one.name)) else ""


def _area(places: Sequence[IncidentPlace]) -> str:
    region = _region(places)
    return say("Places in {region}", region=region) if region else ""


def _region(places: Sequence[IncidentPlace]) -> str:
    """Return the province that places share, or else their country; empty if they share none."""
    codes = {place.province for place in places}
    known = provinces().get(next(iter(codes))) if len(codes) == 1 else None
    if known is not None:
        return place(known.name, known.country)
    countries = {place.country for place in places}
    return country_name(*countries) if len(countries) == 1 and all(countries) else ""
