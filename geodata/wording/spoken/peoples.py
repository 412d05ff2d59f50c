"""Whose citizens a text speaks of, in any of the languages: "US citizens", "двое американцев"."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path

from geodata.tongue import LANGUAGES, country, speaking
from geodata.wording.spoken.tables import plain

__all__ = ["peoples"]

# Who is of a country that is named, and is not only in it.
_CITIZENS = plain(
    "(?:citizens?|nationals?) of(?: the)?|граждан\\w*|подданн\\w*"
    "|(?:citoyen(?:ne)?s?|ressortissante?s?) (?:de la|du|des|de|de l')"
    "|شهروند\\w*|اتباع|تبعه|مواطن\\w*(?: من)?|шаҳрванд\\w*"
)
_CASE = re.compile("(?<=[а-я]{3})[аяийыоеӣ]$")


@lru_cache(maxsize=10_000)
def peoples(text: str) -> frozenset[str]:
    """Return the codes of countries whose people, not whose ground, a text names.

    Example:
        >>> sorted(peoples("two Dutch citizens, двое граждан США, un Suisse"))
        ['CH', 'NL', 'US']
        >>> sorted(peoples("killed in Iran"))
        []
    """
    bare = plain(text)
    return frozenset(code for code, words in _patterns().items() if words.search(bare))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    read = json.loads(Path(__file__).with_name("peoples.json").read_text("utf-8"))
    return {
        code: re.compile(
            rf"(?<!\w)و?(?:{plain(words)}|(?:{_CITIZENS}) (?:{_named(code)})\w{{0,2}})(?!\w)",
            re.IGNORECASE,
        )
        for code, words in read.items()
    }


def _named(code: str) -> str:
    """Return the names of a country in all languages, without the endings of cases."""
    names = set()
    for spoken in LANGUAGES:
        with speaking(spoken):
            names.add(re.escape(plain(_CASE.sub("", country(code)))))
    return "|".join(sorted(names, key=lambda one: (-len(one), one)))
