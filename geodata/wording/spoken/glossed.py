"""A sentence of another language in the English words that the check of figures reads.

Nothing is translated but what is held against records: numbers, months, hedges, whom and what a
number counts, and words that compare. All else stays, and each part knows where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from geodata.wording.spoken.mapped import Mapped
from geodata.wording.spoken.peoples import dual
from geodata.wording.spoken.said import said_in, types_in
from geodata.wording.spoken.solar import BESIDE, SOLAR, beside, day_in_ours
from geodata.wording.spoken.spelled import spelled
from geodata.wording.spoken.tables import plain, words_of

__all__ = ["glossed", "is_spoken"]

_ARABIC = re.compile("[\u0620-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-zà-ÿ]", re.IGNORECASE)
# A letter, and what stands over it as a letter of its own.
_ANY = re.compile("[^\\W\\d_][\u0300-\u036f]+|[^\x00-\x7f]")
# "3,5" of languages whose comma stands before fractions.
_FRACTION = re.compile(r"(?<![\d,])(\d+),(\d{1,2})(?![\d,])")
# "and", which Arabic writes in one word with a name in our letters, too.
_AND = re.compile("(?<!\\w)و(?=[A-Za-z])")
# "Two Americans" in one word.
_TWO_OF = re.compile("(?<!\\w)و?(\\w{3,}ي)ان(?!\\w)")
# "94.000", which is no fraction where dots stand between thousands.
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![.,]?\w)")
# Where English counts "4 events", lists of others have what is counted before its number.
_LISTED = re.compile(
    r"\b(events|incidents|attacks|countries|provinces|sources|groups|campaigns and counts"
    r"|without a figure)\s?: "
    r"((?:\d+ (?:to|–) )?\d[\d,\u202f\u00a0]*)(?!\d|\.\d)"
    # "Attack: 94 killed" counts no attacks.
    r"(?!\s(?:[^\W\d_]+\s){0,2}(?:people|killed|injured|victims|civilians|detained|casualties))"
)
_BEHIND = {"without a figure": "have no figure"}
# "8 (3 incidents)", which is a toll in so many of them.
_COUNTED_IN = re.compile(r"(?<=\d) \(((?:\d+ (?:to|–) )?\d[\d,]* (?:events|incidents))\)")


def glossed(text: str, kept: Iterable[tuple[int, int]], whole: str = "") -> Mapped:
    """Return a sentence with what is held against records in English.

    Args:
        text: A sentence of any language.
        kept: Where names and words of the program stand, which stay as they are.
        whole: The text that it stands in, which tells the language where it is too short.

    Example:
        >>> glossed("Погибли восемьдесят семь человек", ()).text
        'killed 87 people'
        >>> glossed("quatre-vingt-sept morts, le 3 janvier", ()).text
        '87 killed, le 3 January'
    """
    found = Mapped(text, kept)
    codes = _languages(normalize("NFC", whole or text))
    if codes:
        found.sub(_ANY, lambda one: plain(one.group()))
        found.sub(_AND, "و ")
        found.sub(BESIDE, beside)
        found.sub(SOLAR, day_in_ours)
        found.sub(_GROUPED, lambda one: one.group().replace(".", ","))
        found.sub(_FRACTION, lambda one: f"{one[1]}.{one[2]}")
    for code in codes:
        words = words_of(code)
        for pattern, english in (*types_in(code), *said_in(code), *words.words):
            found.sub(pattern, english)
        if code == "ar":
            # Behind the duals of nouns, so that what is counted as two is not counted again.
            found.sub(_TWO_OF, dual)
        found.sub(_AND, "و ")
        found.put(spelled(found.text, words))
        for pattern, english in words.after:
            found.sub(pattern, english)
        found.sub(_LISTED, lambda one: f"{one[2]} {_BEHIND.get(one[1], one[1])}")
        found.sub(_COUNTED_IN, r" in \1")
    return found


def is_spoken(text: str) -> bool:
    """Whether a text, or some of it, is in another language than English."""
    return bool(_languages(normalize("NFC", text)))


@lru_cache(maxsize=8)
def _languages(text: str) -> tuple[str, ...]:
    """Return the languages of a text, one for each script of it that is known.

    Each sentence asks it of the whole text.
    """
    found: list[str] = []
    for script, codes in ((_ARABIC, ("fa", "ar")), (_CYRILLIC, ("tg", "ru")), (_LATIN, ("fr",))):
        if script.search(text):
            found += [code for code in codes if words_of(code).letters.search(text)][:1]
    return tuple(found)
