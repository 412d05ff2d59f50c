"""Cells as values: which say nothing, and what a text says as a number."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache

from geodata.records import Qualifier

__all__ = [
    "Figure", "both_counts", "figure_of", "is_null", "names_of", "number_of", "plain_digits",
    "read_once", "text_of",
]  # fmt: skip

# What tables write where they know nothing; compared without case.
_NULLS = frozenset(
    {"", "na", "n/a", "null", "none", "-", "--", "–", "nan", "nat", "unknown", "unconfirmed"}
    | {"unclear", "#n/a", "not known", "not available", "no date", "undated", "date unknown"}
    | {"unbekannt", "k. a", "keine angabe", "inconnu", "desconocido", "неизвестно", "нет данных"}
    | {"نامعلوم", "نامشخص", "غير معروف", "غير معلوم", "مجهول"}
)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([,.'\u2019\u00a0\u202f ])\d{3})(?:\1\d{3})*", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_MINUS = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-"})
# Digits of Arabic, Persian and Devanagari, and what parts decimals and thousands among them.
_DIGITS = str.maketrans(
    {
        zero: str(value)
        for begin in (0x660, 0x6F0, 0x966)
        for value, zero in enumerate(map(chr, range(begin, begin + 10)))
    }
    | {"٫": ".", "٬": "'"}
)
_WHOLE_UP_TO = 1e15
# How UTF-8 begins a letter beyond ASCII, and goes on, where it was read as Windows-1252.
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")
_MOST = 10**9
_MOST_LETTERS = 200

# A figure and how it is hedged, the other way round as well: "10+", "at least 10", "~10".
_HEDGES: tuple[tuple[Qualifier, re.Pattern[str]], ...] = (
    (
        Qualifier.AT_LEAST,
        re.compile(r"(?:at least|min(?:imum|d(?:estens)?)?\.?|au moins|≥|>=)\s*(\d+)|(\d+)\s*\+"),
    ),
    (Qualifier.AT_MOST, re.compile(r"(?:at most|up to|max(?:imum)?\.?|≤|<=)\s*(\d+)")),
    (Qualifier.OVER, re.compile(r"(?:more than|over|>|mehr als|plus de)\s*(\d+)")),
    (Qualifier.NEARLY, re.compile(r"(?:nearly|almost|fast)\s*(\d+)")),
    (
        Qualifier.ABOUT,
        re.compile(r"(?:about|around|approx(?:imately)?\.?|ca\.?|circa|c\.|~|≈|rund)\s*(\d+)"),
    ),
)
# Marks of notes, as tables copied from an encyclopedia have them.
_NOTE = re.compile(r"\s*\[\s*(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\s*\]", re.IGNORECASE)
# Of two figures in one cell, which of them are dead and which are hurt.
_DEAD = r"killed|dead|deaths?|died|fatalities|tote|getötete|muertos|morts|tués|погибших|убитых"
_HURT = r"injured|wounded|hurt|injuries|verletzte|heridos|blessés|раненых|пострадавших"
_BOTH = re.compile(
    rf"(?P<a>\d+) (?:(?P<dead>{_DEAD})|{_HURT})(?:,|;| and| und| y| et| и|,? &|/)? ?"
    rf"(?P<b>\d+) (?(dead)(?:{_HURT})|(?:{_DEAD}))\.?"
)
_RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to|bis)\s*(\d+)")

# The least, the most, and what qualifies a single figure.
Figure = tuple[int, int, Qualifier | None]


def text_of(cell: object) -> str:
    """Return a cell as text, without what only its format adds.

    Example:
        >>> text_of(201101010001.0), text_of(" a "), text_of(None), text_of(date(2024, 1, 3))
        ('201101010001', 'a', '', '2024-01-03')
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _float_text(number: float) -> str:
    if not math.isfinite(number):
        return ""
    is_whole = number.is_integer() and abs(number) < _WHOLE_UP_TO
    return str(int(number)) if is_whole else repr(number)


def plain_digits(text: str) -> str:
    """Return a text with its digits as Latin script has them.

    Example:
        >>> plain_digits("۱۴۰۲/۱۰/۱۳"), plain_digits("٣٣٫٣١")
        ('1402/10/13', '33.31')
    """
    return text if text.isascii() else text.translate(_DIGITS)


def read_once(text: str) -> str:
    """Return what a text was before its UTF-8 was read as Windows-1252; empty if it was not.

    Example:
        >>> read_once("MÃ©naka"), read_once("Ménaka"), read_once("Â«Gao»")
        ('Ménaka', '', '')
    """
    if text.isascii() or not _TWICE.search(text):
        return ""
    try:
        return b"".join(map(_byte_of, text)).decode("utf-8")
    except UnicodeError:
        return ""


def _byte_of(letter: str) -> bytes:
    # Five bytes are no letters of Windows-1252; programs keep them as they are.
    return letter.encode("latin-1" if "\x80" <= letter <= "\x9f" else "cp1252")


def names_of(text: str) -> list[str]:
    """Return the names in a cell, which may be a list in JSON or parted by semicolons.

    Example:
        >>> names_of("BBC; Reuters"), names_of('["a", {"id": "b", "url": "https://x.example"}]')
        (['BBC', 'Reuters'], ['a', 'https://x.example'])
    """
    found: list[object] = []
    if text.startswith("["):
        with suppress(ValueError, RecursionError):
            listed = json.loads(text)
            found = listed if isinstance(listed, list) else []
    if not found:
        found = list(text.split(";"))
    named = (_named(one) if isinstance(one, dict) else text_of(one) for one in found)
    return [one.strip() for one in named if not is_null(one.strip())]


def _named(one: Mapping[str, object]) -> str:
    """Return what an object of a list is called, or else where it is to be found."""
    wanted = ("title", "name", "description", "url", "path", "href", "link", "id")
    return next((text_of(one[key]) for key in wanted if one.get(key)), "")


def is_null(text: str) -> bool:
    """Whether a text is a word for nothing known.

    Example:
        >>> is_null("N/A"), is_null("Unconfirmed"), is_null("0")
        (True, True, False)
    """
    return not text or (len(text) < 20 and _is_word_for_nothing(text))  # noqa: PLR2004


@lru_cache(maxsize=20_000)
def _is_word_for_nothing(text: str) -> bool:
    return text.casefold().strip(" .?") in _NULLS


def number_of(text: str) -> float | None:
    """Return the number that a text is, with a decimal point or comma, or groups of thousands.

    Example:
        >>> [number_of(one) for one in ("3.5", "3,5", "1,234", "1.234.567", "−7", "x")]
        [3.5, 3.5, 1234.0, 1234567.0, -7.0, None]
    """
    text = plain_digits(text).translate(_MINUS).strip()
    if _NUMBER.fullmatch(text):
        value = float(text)
        return value if math.isfinite(value) else None
    if _GROUPED.fullmatch(text):
        return float(re.sub(r"[^\d+-]", "", text))
    if _DECIMAL_COMMA.fullmatch(text):
        return float(text.replace(",", "."))
    return None


def figure_of(text: str) -> Figure | None:
    """Return how many a cell counts; `None` if it is no count.

    A count is a whole number of people, maybe hedged, maybe a range. Codes such as -9 and -99 for
    "not known" are no counts.

    Example:
        >>> figure_of("12"), figure_of("3-5"), figure_of("6 killed"), figure_of("-99")
        ((12, 12, None), (3, 5, None), None, None)
        >>> figure_of("94–100[1]")
        (94, 100, None)
        >>> figure_of("at least 7"), figure_of("10+")
        ((7, 7, <Qualifier.AT_LEAST: 'at least'>), (10, 10, <Qualifier.AT_LEAST: 'at least'>))
    """
    if len(text) > _MOST_LETTERS:
        return None
    text = _NOTE.sub("", text) if "[" in text else text
    value = number_of(text)
    if value is not None:
        is_count = value.is_integer() and 0 <= value < _MOST
        return (int(value), int(value), None) if is_count else None
    plain = " ".join(plain_digits(text).casefold().split())
    if span := _RANGE.fullmatch(plain):
        low, high = int(span[1]), int(span[2])
        return (low, high, None) if low <= high < _MOST else None
    for qualifier, pattern in _HEDGES:
        if found := pattern.fullmatch(plain):
            count = int(found[1] or found[len(found.groups())])
            return (count, count, qualifier) if count < _MOST else None
    return None


def both_counts(text: str) -> str:
    """Return what a cell says of the dead and the injured, for people; empty if not of both.

    Example:
        >>> both_counts("6 killed, 8 injured"), both_counts("8 wounded and 6 dead")
        ('6 killed and 8 injured', '6 killed and 8 injured')
        >>> both_counts("6 killed")
        ''
    """
    plain = " ".join(plain_digits(text).casefold().split()) if len(text) <= _MOST_LETTERS else ""
    found = _BOTH.fullmatch(plain)
    if not found:
        return ""
    dead, hurt = (found["a"], found["b"]) if found["dead"] else (found["b"], found["a"])
    return f"{dead} killed and {hurt} injured"
