"""Who wrote and published a source: persons, with what they are sorted by, others as one name.

A record has one text for its authors. What is not clearly a person's name stays in one piece: a
reference manager that sorts an institution under its last word is worse than one that has a person
under the first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from geodata.records import Group, Source, normalise

__all__ = ["Author", "authors_of", "institutions_of", "is_house_of_books", "language_of"]

_MOST_WORDS = 4
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞŁŚŠŽÇĞİŞ][^\W\d_]*\.?(['’`-][^\W\d_]+)*", re.UNICODE)
# They belong to the family's name that follows.
_BEFORE_FAMILY = (
    "al ap bin bint da dal de dei del della den der di dos du el ibn la le ten ter ul van von zu"
)
_PARTICLES = frozenset(_BEFORE_FAMILY.split())
# Whoever is called so is known by the whole of it.
_KUNYA = frozenset({"abu", "abd", "umm", "mullah", "mawlawi", "maulana", "sheikh", "shaykh"})
# What no family is called, or hardly any.
_OF_INSTITUTIONS = """
academy administration agency alliance army associated association authority board bureau
center centre command commission committee company congress consulate corporation corps
council court data department directorate embassy federation forces forum foundation fund
government group house initiative institute international islamic jihad journal league media
military ministry mission monitor monitoring movement nations network news office organisation
organization parliament party police post press program programme project radio reuters school
secretariat security service services society staff state states team telegraph television
times tribune union united university watch
"""
_WORDS = frozenset(_OF_INSTITUTIONS.split())
_LANGUAGES = {
    "Arabic": "ar", "Dari": "fa-AF", "Dutch": "nl", "English": "en", "Farsi": "fa", "French": "fr",
    "German": "de", "Kyrgyz": "ky", "Pashto": "ps", "Persian": "fa", "Russian": "ru",
    "Swedish": "sv", "Tajik": "tg", "Turkish": "tr", "Turkmen": "tk", "Uighur": "ug", "Urdu": "ur",
    "Uzbek": "uz",
}  # fmt: skip
_BOOKS = re.compile(r"(University Press|& Co\.|Publish(ers|ing)|Books|Verlag)$")
_IN_LANGUAGE = re.compile(rf"(?:^|[.;] )In ({'|'.join(_LANGUAGES)})(?=[.;,]|$)")


class Author(NamedTuple):
    """A name.

    Attributes:
        family: What a person is sorted by; the whole name of anybody else.
        given: The names before it; empty for anybody but a person.
    """

    family: str
    given: str = ""


def authors_of(source: Source, institutions: Collection[str] = ()) -> tuple[Author, ...]:
    """Return who wrote a source, as far as the record says it.

    Args:
        source: The source.
        institutions: What `institutions_of` gave.

    Example:
        >>> authors_of(Source(id="a", title="T", author="Damon Mehl; Peter van der Berg"))
        (Author(family='Mehl', given='Damon'), Author(family='van der Berg', given='Peter'))
        >>> authors_of(Source(id="a", title="T", author="Ministry of Defence, Tehran"))
        (Author(family='Ministry of Defence, Tehran', given=''),)
    """
    text = " ".join(source.author.split())
    if not text:
        return ()
    for parts in (text.split(";"), re.split(r",(?: and)? | and ", text)):
        persons = [_person(one.strip(), institutions) for one in parts]
        if len(parts) > 1 and all(persons):
            return tuple(one for one in persons if one)
    return (_person(text, institutions) or Author(text),)


def institutions_of(sources: Iterable[Source], groups: Iterable[Group] = ()) -> frozenset[str]:
    """Return names of what is no person: publishers, and groups of the record."""
    names = [one.publisher for one in sources]
    names += [name for one in groups for name in (one.name, *one.aliases)]
    return frozenset(normalise(one) for one in names if one)


def is_house_of_books(publisher: str) -> bool:
    """Whether what somebody publishes is a book, by its name.

    Example:
        >>> is_house_of_books("Oxford University Press"), is_house_of_books("United Nations")
        (True, False)
    """
    return bool(_BOOKS.search(publisher))


def _person(name: str, institutions: Collection[str]) -> Author | None:
    words = name.split()
    plain = [normalise(one) for one in words]
    if not 1 < len(words) <= _MOST_WORDS or normalise(name) in institutions:
        return None
    if plain[0] in _KUNYA or _WORDS.intersection(plain):
        return None
    is_name = (_NAME.fullmatch(one) or one.casefold() in _PARTICLES for one in words)
    if not all(is_name):
        return None
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    return Author(" ".join(words[at:]), " ".join(words[:at]))


def language_of(source: Source) -> str:
    """Return the language of a source as a code (BCP 47), where its note begins or says it.

    Example:
        >>> language_of(Source(id="a", title="T", note="In Tajik."))
        'tg'
    """
    found = _IN_LANGUAGE.search(source.note)
    return _LANGUAGES[found[1]] if found else ""
