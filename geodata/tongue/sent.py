"""What scripts are handed of a language: what is said in it, how it writes numbers and days.

Browsers do not know every language of ours, and some write numbers in another way than the same
language in a figure does; so nothing is asked of them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from geodata.tongue.catalogue import (
    ENGLISH,
    catalogue,
    comma,
    digits,
    is_from_right,
    locale,
    number,
    parted,
    speaking,
)
from geodata.tongue.places import names_of_places
from geodata.tongue.solar import MONTHS

__all__ = ["handed"]

# The form of a number follows from its last two digits, but of those below a hundred.
_FORMS = 200


@cache
def handed(code: str, said: frozenset[str]) -> dict[str, Any]:
    """Return a language as `speak` of `mapview/assets/tongue.js` takes it; nothing of English.

    Args:
        code: One of `LANGUAGES`.
        said: The messages that scripts say; others are not handed over.

    Example:
        >>> french = handed("fr", frozenset({"Sources"}))
        >>> french["texts"], french["forms"][:4], french["months"][0]
        ({'Sources': 'Sources'}, '0011', 'janvier')
        >>> handed("en", frozenset())
        {}
    """
    if code == ENGLISH:
        return {}
    with speaking(code):
        known, cldr = catalogue(code), locale(code)
        months = cldr.months
        lists = cldr.list_patterns
        return {
            "code": code,
            "fromRight": is_from_right(),
            "texts": {
                key: text
                for key, text in known.texts.items()
                # What means several things has its context before it.
                if key.rpartition("\4")[2] in said
            },
            "forms": "".join(str(known.form(n)) for n in range(_FORMS)),
            "group": number(1_000)[1:-3],
            "decimal": number(0.5)[1:-1],
            "digits": digits("0123456789"),
            "comma": comma(),
            "semicolon": parted((" ", " "))[1:-1],
            "months": _names(code, months["format"]["wide"]),
            "alone": _names(code, months["stand-alone"]["wide"]),
            "solar": [names[0] for names in MONTHS] if code == "fa" else [],
            "and": dict(lists["standard"]),
            "or": dict(lists["or"]),
            "countries": {
                one: str(name) for one, name in cldr.territories.items() if one.isalpha()
            },
            "places": dict(names_of_places(code)),
        }


def _names(code: str, months: Any) -> list[str]:
    names = [str(months[month]) for month in range(1, 13)]
    # As days.py has them.
    return [name.lower() for name in names] if code == "tg" else names
