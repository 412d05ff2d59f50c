"""A sentence of another language in the English words that the check of figures reads.

Nothing is translated but what is held against records: numbers, months, hedges, whom and what a
number counts, and words that compare. All else stays, and each part knows where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from geodata.tongue.solar import MONTHS, day_of_solar
from geodata.wording.spoken.mapped import Mapped
from geodata.wording.spoken.spelled import spelled
from geodata.wording.spoken.tables import plain, words_of

__all__ = ["glossed"]

_ARABIC = re.compile("[\u0620-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-zà-ÿ]", re.IGNORECASE)
# A letter, and what stands over it as a letter of its own.
_ANY = re.compile("[^\\W\\d_][\u0300-\u036f]+|[^\x00-\x7f]")
# "3,5" of languages whose comma stands before fractions.
_FRACTION = re.compile(r"(?<![\d,])(\d+),(\d{1,2})(?![\d,])")
# "94.000", which is no fraction where dots stand between thousands.
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?![.,]?\w)")
# Where English counts "4 events", lists of others have what is counted before its number.
_LISTED = re.compile(
    r"\b(events|incidents|attacks|countries|provinces|sources|groups|campaigns and counts)\s?: "
    r"((?:\d+ to )?\d[\d,\u202f\u00a0]*)(?![\d.])"
    # "Attack: 94 killed" counts no attacks.
    r"(?!\s(?:[^\W\d_]+\s){0,2}(?:people|killed|injured|victims|civilians|detained|casualties))"
)
_LAST_DAY = 31
_SOLAR_MONTHS = {plain(name): n for n, names in enumerate(MONTHS, start=1) for name in names}
# Days in words, such as "بیست و دوم"; the longer ones are tried first.
_DAY_WORDS = {
    word: int(n)
    for word, n in [
        *((word, n) for (word,), n in words_of("fa").ordinals.items()),
        *words_of("fa").numbers.items(),
    ]
    if 0 < n <= _LAST_DAY
}
_PERSIAN_DAYS = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_PERSIAN_TENS = "|".join(word for word, n in _DAY_WORDS.items() if n in {20, 30})
_SOLAR = re.compile(
    rf"(?<!\w)(?P<tens>(?:{_PERSIAN_TENS}) و )?(?P<day>\d{{1,2}}|{_PERSIAN_DAYS})(?:م|ام)? "
    rf"(?P<month>{'|'.join(_SOLAR_MONTHS)})(?: ماه)?(?: سال)? (?P<year>1[2-4]\d\d)(?!\d)"
)


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
        found.sub(_SOLAR, _day)
        found.sub(_GROUPED, lambda one: one.group().replace(".", ","))
        found.sub(_FRACTION, lambda one: f"{one[1]}.{one[2]}")
    for code in codes:
        words = words_of(code)
        for pattern, english in words.words:
            found.sub(pattern, english)
        found.put(spelled(found.text, words))
        for pattern, english in words.after:
            found.sub(pattern, english)
        found.sub(_LISTED, lambda one: f"{one[2]} {one[1]}")
    return found


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


def _day(match: re.Match[str]) -> str:
    said = match["day"]
    n = int(said) if said.isdecimal() else _DAY_WORDS[said]
    if match["tens"]:
        n += _DAY_WORDS[match["tens"].split()[0]]
    day = day_of_solar(int(match["year"]), _SOLAR_MONTHS[match["month"]], n)
    return f"{day.day} {day:%B} {day.year}" if day else match.group()
