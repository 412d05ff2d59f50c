"""Whose citizens a text speaks of, in any of the languages: "US citizens", "двое американцев"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from geodata.tongue.catalogue import ENGLISH, LANGUAGES, country, locale, speaking
from geodata.wording.spoken.tables import plain

__all__ = ["all_of_a_people", "dual", "peoples"]

# Who is of a country that is named, and is not only in it.
_CITIZENS = plain(
    "(?:citizens?|nationals?) of (?:the )?|(?:граждан|подданн)\\w* "
    "|(?:citoyen(?:ne)?s?|ressortissante?s?) (?:de la |du |des |de l'|de |d')"
    "|(?:شهروند\\w*|اتباع|تبعه|مواطن\\w*(?: من)?|шаҳрванд\\w*) "
)
_CITIZEN = re.compile(_CITIZENS, re.IGNORECASE)
_CASE = re.compile("(?<=[а-я]{3})(?:ые|ая|ое|ий|ый|[аяийыое])$")
_ENDINGS = "(?:[аяеиыуюйь]|ая|ое|ую|ые|ий|ый|ой|ей|ом|ем|ии|ию|ия|ов|ых|ым|ам|ах|ами)?"
# What is a country's name and its people's, too: people only behind a word that is not of places.
_BOTH = ("argentine", "suisse")
_NOT_IN = r"(?<=\w )" + "".join(
    rf"(?<!\b{plain(one)} )" for one in ["en", "la", "de", "dans", "in", "в", "дар", "در", "في"]
)
# "Кыргызстан" and other names that are not the usual ones.
_STAN = "\\w+(?:stan|стан(?:а|е|у|ом)?|стони?|ستان)"
_PERSONS = plain(
    "citizens?|nationals?|soldiers?|troops|(?:military )?personnel|civilians|tourists?|cyclists?"
    "|people|men|women|children|killed|dead|injured|wounded|died|victims|casualties|detained"
    "|граждан\\w*|подданн\\w*|военнослужащ\\w*|военны\\w*|солдат\\w*|турист\\w*|жител\\w*|мирны\\w*"
    "|citoyen(?:ne)?s?|ressortissante?s?|soldats?|militaires|civils|touristes"
    "|شهروند\\w*|اتباع|تبعه|نظاميان|سربازان|مواطن\\w*|جنود|مدني\\w*|عسكري\\w*"
    "|шаҳрванд\\w*|низомиён|сарбозон\\w*"
    "|the|of|their|number|число|les|des|de|le|nombre|شمار|تعداد|عدد|ال|шумораи"
)
# What stands before a number and says whom it counts, up to the mark between them.
_BEFORE = re.compile(
    plain(
        "(?:^|[.;,:()])\\s*(?P<of>(?:of|among|из|среди|parmi|من بين|از میان|аз) )?"
        "(?P<words>[^.;,:()—–]+?)\\s*(?P<mark>[:—–,]|\\b(?:is|was|are|were)\\b)\\s*$"
    ),
    re.IGNORECASE,
)
_DUAL_OF = re.compile(r"(?:\d|\d \w+|\w{2,}ان) $")


# Each figure of a text asks anew of its sentence, and of what stands before it.
@lru_cache(maxsize=256)
def peoples(text: str) -> frozenset[str]:
    """Return the codes of countries whose people, not whose ground, a text names.

    Example:
        >>> sorted(peoples("two Dutch citizens, двое граждан США, un Suisse"))
        ['CH', 'NL', 'US']
        >>> sorted(peoples("killed in Iran, погибли в Таджикистане"))
        []
    """
    bare = plain(text)
    found = _citizens().finditer(bare) if _CITIZEN.search(bare) else ()
    citizens = {one.lastgroup for one in found if one.lastgroup}
    codes = [code for code, words in _patterns().items() if words.search(bare)]
    # Only then it is asked whether a name of a country is meant, which takes longer.
    grounds = _grounds().sub("¤", bare) if codes else ""
    return frozenset(citizens) | {code for code in codes if _patterns()[code].search(grounds)}


def all_of_a_people(before: str) -> frozenset[str]:
    """Return whose people the words before a number say that it counts, and nothing else.

    Example:
        >>> sorted(all_of_a_people("Americans killed: ")), sorted(all_of_a_people("US raid: "))
        (['US'], [])
    """
    found = _BEFORE.search(plain(before))
    if not found or (found["mark"] == "," and not found["of"]):
        return frozenset()
    words = found["words"]
    named = peoples(words)
    rest = _citizens().sub("", words) if named else words
    for code in named:
        rest = _patterns()[code].sub("", rest) if code in _patterns() else rest
    rest = re.sub(rf"(?<!\w)(?:{_PERSONS})(?!\w)", "", rest, flags=re.IGNORECASE)
    return named if not re.search(r"\w", rest) else frozenset()


def dual(found: re.Match[str]) -> str:
    """Return "two" of a people for the Arabic dual of its name, unless two are counted already."""
    is_counted = _DUAL_OF.search(found.string[: found.start()])
    return f"2 {found[1]}" if peoples(found[1]) and not is_counted else found.group()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    read = json.loads(Path(__file__).with_name("peoples.json").read_text("utf-8"))
    return {
        code: re.compile(rf"(?<!\w)و?(?:{plain(_not_in(words))})(?!\w)", re.IGNORECASE)
        for code, words in read.items()
    }


def _not_in(words: str) -> str:
    for one in _BOTH:
        words = words.replace(f"|{one}s?", f"|{one}s|{_NOT_IN}{one}")
    return words


@cache
def _names() -> dict[str, set[str]]:
    """Return the names of each country in all languages."""
    codes = [
        str(code) for code in locale(ENGLISH).territories if re.fullmatch("[A-Z]{2}", str(code))
    ]
    names: dict[str, set[str]] = {code: set() for code in codes}
    for spoken in LANGUAGES:
        with speaking(spoken):
            for code in codes:
                names[code].add(plain(country(code)))
    return names


def _any_of(names: Iterable[str]) -> str:
    """Return a pattern of some names in any case, the longest first."""
    longest = sorted(names, key=lambda one: (-len(one), one))
    return "|".join(" ".join(map(_in_cases, one.split())) for one in longest)


def _in_cases(word: str) -> str:
    if not re.search("[а-я]$", word):
        return re.escape(word)
    if word.endswith("ия"):
        return rf"{re.escape(word[:-1])}(?:[яию]|ей)"
    return re.escape(_CASE.sub("", word)) + _ENDINGS


@cache
def _citizens() -> re.Pattern[str]:
    named = "|".join(f"(?P<{code}>{_any_of(words)})" for code, words in _names().items())
    return re.compile(rf"(?<!\w)و?(?:{_CITIZENS})(?:{named})(?!\w)", re.IGNORECASE)


@cache
def _grounds() -> re.Pattern[str]:
    names = chain.from_iterable(_names().values())
    # Of most countries no name is like that of a people.
    like = (one for one in names if any(words.search(one) for words in _patterns().values()))
    named = _any_of(like)
    both = "|".join(_BOTH)
    return re.compile(
        rf"(?<!\w)(?:[وبلف]|ول|وب)?(?!(?:{both})(?!\w))(?:{named}|{_STAN})(?!\w)", re.IGNORECASE
    )
