"""Numbers short enough to stand in a disc or beside a name on a map."""

from __future__ import annotations

from geodata.tongue import digits, number, say

__all__ = ["short_count", "short_number", "unplaced_words"]

_THOUSAND, _MILLION = 1000, 1_000_000
# From here on a number is a million when it is rounded.
_NEARLY_A_MILLION = 999_500
_TEN = 100  # in tenths


def short_number(n: int) -> str:
    """Return a whole number in few letters, rounded half up.

    The browser's `shortNumber` does the same; `tests/corpus/numbers.json` has the cases.

    Example:
        >>> short_number(999), short_number(1000), short_number(1250), short_number(45_678)
        ('999', '1k', '1.3k', '46k')
    """
    if n < _THOUSAND:
        return str(n)
    size, unit = (_THOUSAND, "k") if n < _NEARLY_A_MILLION else (_MILLION, "M")
    tenths = (10 * n + size // 2) // size
    if tenths >= _TEN:
        return f"{(n + size // 2) // size}{unit}"
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}{unit}" if tenth else f"{whole}{unit}"


def short_count(certain: int, possible: int) -> str:
    """Return how many certainly are what is asked for and how many may be, in few letters.

    It is one number where both read the same. The browser's `shortCount` does the same;
    `tests/corpus/short_counts.json` has the cases. On paper digits are those of the language.

    Example:
        >>> short_count(15, 19), short_count(7, 7), short_count(1_210, 1_240)
        ('15–19', '7', '1.2k')
    """
    return digits("–".join(dict.fromkeys(map(short_number, (certain, possible)))))


def unplaced_words(certain: int, possible: int) -> str:
    """Return how many events of a country are not on the map, as it stands at the country's name.

    The browser's `unplacedWords` does the same; `tests/corpus/unplaced.json` has the cases.

    Example:
        >>> unplaced_words(21, 21), unplaced_words(1, 3), unplaced_words(0, 3)
        ('21 not placed', '1–3 not placed', 'up to 3 not placed')
    """
    if certain == possible:
        return say("{n} not placed", n=possible)
    if not certain:
        return say("up to {n} not placed", n=possible)
    return say("{n} not placed", n=f"{number(certain)}–{number(possible)}")
