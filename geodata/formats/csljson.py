"""CSL-JSON: one item a source, as Zotero and citation programs read it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from geodata.formats.authors import authors_of, is_house_of_books, language_of
from geodata.records import Source, TimePrecision, describe_date, parse_date, safe_url

__all__ = ["to_csl_json"]

_POSTS = re.compile(r"https?://(www\.|mobile\.)?(twitter|x|t|facebook|vk|ok)\.(com|me|ru)/")
_ABOUT = re.compile("[~?%]")
_SEASON = re.compile(r"\d{4}-2([1-4])", re.ASCII)
_PARTS = {TimePrecision.YEAR: 1, TimePrecision.MONTH: 2, TimePrecision.DAY: 3}
# In these the publisher is what the text stands in.
_WITHIN = ("article-newspaper", "post", "webpage")


def to_csl_json(sources: Iterable[Source], institutions: Collection[str] = ()) -> str:
    """Return sources as CSL-JSON, in their order.

    A person is family and given names, anybody else one literal name. A date is as exact as it is
    known; what such dates cannot say, an open end among it, is in words.

    Args:
        sources: The sources.
        institutions: Names of what is no person; see `geodata.formats.authors`.

    Example:
        >>> one = Source(id="a", title="T", author="Damon Mehl", date="2018-11~")
        >>> json.loads(to_csl_json([one]))[0]["author"]
        [{'family': 'Mehl', 'given': 'Damon'}]
    """
    items = [dict(_fields(one, institutions)) for one in sources]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _fields(source: Source, institutions: Collection[str]) -> Iterator[tuple[str, Any]]:
    kind, address = _kind(source), safe_url(source.url)
    yield "id", source.id
    yield "type", kind
    yield "title", source.title
    authors = authors_of(source, institutions)
    if authors:
        yield (
            "author",
            [
                {"family": one.family, "given": one.given} if one.given else {"literal": one.family}
                for one in authors
            ],
        )
    if source.publisher:
        yield "container-title" if kind in _WITHIN else "publisher", source.publisher
    if source.date:
        yield "issued", _date(source.date)
    if address:
        yield "URL", address
    if source.accessed:
        yield "accessed", _date(source.accessed)
    if language := language_of(source):
        yield "language", language
    licence = f"Licence: {source.licence}" if source.licence else ""
    if note := ". ".join(one for one in (licence, source.note) if one):
        yield "note", note


def _kind(source: Source) -> str:
    if _POSTS.match(source.url):
        return "post"
    is_of_a_day = source.date and parse_date(source.date).precision is TimePrecision.DAY
    if source.publisher and is_of_a_day:
        return "article-newspaper"
    if safe_url(source.url):
        return "webpage"
    if not source.publisher:
        return "document"
    return "book" if is_house_of_books(source.publisher) else "report"


def _date(text: str) -> dict[str, Any]:
    """Return an EDTF date as CSL has it.

    Example:
        >>> _date("2018-11~"), _date("2016/2017-03")
        ({'date-parts': [[2018, 11]], 'circa': True}, {'date-parts': [[2016], [2017, 3]]})
        >>> _date("2016-23"), _date("2016/..")
        ({'date-parts': [[2016]], 'season': 3}, {'literal': 'from 2016 on'})
    """
    circa: dict[str, Any] = {"circa": True} if _ABOUT.search(text) else {}
    season = _SEASON.match(text)
    if season and "/" not in text:
        return {"date-parts": [[int(text[:4])]], "season": int(season[1]), **circa}
    parts = [_parts(one) for one in text.split("/")]
    if not all(parts):
        return {"literal": describe_date(text)}
    return {"date-parts": parts, **circa}


def _parts(text: str) -> list[int]:
    """Return year, month and day as far as they are known; nothing for what is known otherwise."""
    if text in ("", ".."):
        return []
    span = parse_date(text)
    day = span.known_start
    if day is None or span.precision not in _PARTS:
        return []
    return [day.year, day.month, day.day][: _PARTS[span.precision]]
