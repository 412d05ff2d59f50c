"""One catalogue of all that the program says, in the language that somebody reads.

A message is its English text with `{names}` for what varies, so that code reads as it speaks, and a
language that lacks one falls back on English. Catalogues are `messages/*.po`, as programs for
translators edit them, and are read when a language is first spoken: nothing is generated that could
fall behind. Which language is spoken is a matter of the moment (`speaking`), not an argument of all
that says something; outside of it, it is English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Literal

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

__all__ = [
    "ENGLISH", "LANGUAGES", "MESSAGES", "Catalogue", "catalogue", "comma", "country",
    "digits", "in_brackets", "is_english", "is_from_right", "joined", "labelled", "language",
    "locale", "messages_of", "number", "parted", "quoted", "say", "say_many", "speaking",
]  # fmt: skip

ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {
    ENGLISH: "English",
    "ru": "русский",
    "fa": "فارسی",
    "tg": "тоҷикӣ",
    "ar": "العربية",
    "fr": "français",
}
"""Codes of the languages, and what each calls itself."""

MESSAGES = Path(__file__).parent / "messages"
_FROM_RIGHT = frozenset({"fa", "ar"})
# A letter that is not seen and is read from the right: what stands beside a name in other letters,
# such as a number, keeps its place.
_MARK = "\u200f"
# The same read from the left: a full stop before it stays at the end of its sentence.
_LEFT_MARK = "\u200e"
_LEFT = re.compile("[A-Za-zÀ-ɏͰ-ӿ]")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@dataclass(frozen=True)
class Catalogue:
    """What is said in one language.

    Attributes:
        texts: Text by message; of one that counts, its forms. A message that means several things
            has its context before it, and U+0004 between.
        form: Gives the form of a number.
    """

    texts: Mapping[str, str | tuple[str, ...]]
    form: Callable[[int], int]


def language() -> str:
    """Return the code of the language that is spoken."""
    return _spoken.get()


def is_english() -> bool:
    """Whether English is spoken."""
    return _spoken.get() == ENGLISH


def is_from_right() -> bool:
    """Whether the language that is spoken is written from right to left."""
    return _spoken.get() in _FROM_RIGHT


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while.

    Args:
        code: One of `LANGUAGES`.

    Example:
        >>> with speaking("fr"):
        ...     say("Sources"), number(12_345)
        ('Sources', '12\u202f345')
    """
    before = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def catalogue(code: str) -> Catalogue:
    """Return what is said in a language; nothing in English, where messages say it themselves."""
    if code == ENGLISH:
        return Catalogue({}, lambda n: int(n != 1))
    # Whoever reads English alone need not load what reads catalogues.
    from babel.messages.pofile import read_po

    with (MESSAGES / f"{code}.po").open("rb") as stream:
        read = read_po(stream, locale=code)
    texts: dict[str, str | tuple[str, ...]] = {}
    for one in read:
        if one.id and one.string and not one.fuzzy:
            first = str(one.id if isinstance(one.id, str) else one.id[0])
            key = f"{one.context}\4{first}" if one.context else first
            texts[key] = one.string if isinstance(one.string, str) else tuple(one.string)
    form: Callable[[int], int] = c2py(read.plural_expr)
    return Catalogue(texts, form)


def messages_of(code: str) -> frozenset[str]:
    """Return the messages that a catalogue has; of those that count, the one of one."""
    return frozenset(key.rpartition("\4")[2] for key in catalogue(code).texts)


def say(message: str, /, context: str = "", **values: object) -> str:
    """Return a message in the language that is spoken.

    Args:
        message: In English, with `{names}` of values.
        context: What it means, where the same English means several things.
        values: What stands for the names; whole numbers are written as the language writes them.

    Example:
        >>> say("{n} of {all}", n=1_200, all=3_000)
        '1,200 of 3,000'
    """
    code = _spoken.get()
    text = message
    if code != ENGLISH:
        texts = catalogue(code).texts
        found = texts.get(f"{context}\4{message}" if context else message)
        found = found or texts.get(message, message)
        text = found if isinstance(found, str) else found[-1]
    return _filled(text, values)


def say_many(one: str, many: str, n: int, /, **values: object) -> str:
    """Return a message that counts, in the form that the number asks for.

    Args:
        one: In English, of one.
        many: In English, of any other number.
        n: The number; `{n}` stands for it.
        values: What stands for other names.

    Example:
        >>> say_many("{n} source", "{n} sources", 1), say_many("{n} source", "{n} sources", 0)
        ('1 source', '0 sources')
    """
    code = _spoken.get()
    text: str = one if n == 1 else many
    if code != ENGLISH:
        known = catalogue(code)
        found = known.texts.get(one, text)
        text = found if isinstance(found, str) else found[known.form(n)]
    return _filled(text, {"n": n, **values})


def _filled(text: str, values: Mapping[str, object]) -> str:
    return (
        text.format(**{name: _worded(value) for name, value in values.items()}) if values else text
    )


def _worded(value: object) -> str:
    if isinstance(value, int | float):
        return number(value)
    words = str(value)
    # Names of records keep their letters, and numbers beside them their place.
    has_other_letters = is_from_right() and _LEFT.search(words)
    return f"{_MARK}{words}{_MARK}" if has_other_letters else words


def quoted(text: str) -> str:
    """Return words of a record as they stand within a line of the language.

    Marks that are not seen keep a number that they begin with before them, and what stands beside
    them in its place.

    Example:
        >>> with speaking("fa"):
        ...     quoted("4 days"), quoted("۴")
        ('\u200f\u200e4 days\u200e\u200f', '۴')
    """
    if not (is_from_right() and _LEFT.search(text)):
        return text
    return f"{_MARK}{_LEFT_MARK}{text}{_LEFT_MARK}{_MARK}"


def number(n: float) -> str:
    """Return a number as the language writes it.

    Example:
        >>> number(12_345)
        '12,345'
    """
    if is_english():
        return f"{n:,}"
    # Languages may write other signs between digits; which digits is another matter.
    return digits(str(format_decimal(n, locale=_spoken.get(), numbering_system="default")))


def digits(text: str) -> str:
    """Return text with the digits that the language writes, as years have them.

    Example:
        >>> with speaking("fa"):
        ...     digits("2024")
        '۲۰۲۴'
    """
    return text.translate(_PERSIAN_DIGITS) if _spoken.get() == "fa" else text


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in the language; `last` is "and" or "or".

    Example:
        >>> joined(["raids", "arrests", "plots"]), joined(["raids"])
        ('raids, arrests and plots', 'raids')
    """
    if len(words) < 2:  # noqa: PLR2004 - one word joins nothing
        return "".join(words)
    if is_english():
        return f"{', '.join(words[:-1])} {last} {words[-1]}"
    style: Literal["or", "standard"] = "or" if last == "or" else "standard"
    return str(format_list(list(map(_worded, words)), style, locale=_spoken.get()))


def comma() -> str:
    """Return what parts words of one line, as the language writes it."""
    return "، " if is_from_right() else ", "


def labelled(label: str, values: str) -> str:
    """Return a label and what it is of, as the language sets them apart.

    Example:
        >>> labelled("Sources", "two"), labelled("Sources", "")
        ('Sources: two', 'Sources: ')
    """
    return say("{label}: {values}", label=label, values=values)


def parted(parts: Iterable[str]) -> str:
    """Return parts of a text in one line, as the language sets them apart.

    Example:
        >>> parted(["one", "", "two"])
        'one; two'
    """
    mark = "؛ " if is_from_right() else " ; " if language() == "fr" else "; "
    return mark.join(part for part in parts if part)


def in_brackets(texts: Iterable[str]) -> str:
    """Return texts in brackets, each once and none for what is empty, to stand behind others.

    Example:
        >>> in_brackets(["No evidence.", "", "No evidence."])
        ' (No evidence.)'
    """
    return "".join(f" ({_closed(text)})" for text in dict.fromkeys(texts) if text)


def _closed(text: str) -> str:
    return f"{text}{_LEFT_MARK}" if is_from_right() and _LEFT.search(text) else text


@cache
def locale(code: str) -> Locale:
    """Return what Unicode's CLDR says of a language."""
    return Locale(code)


def country(code: str) -> str:
    """Return the usual name of an ISO 3166-1 alpha-2 code (Unicode CLDR); the code if none."""
    return _country(code, _spoken.get())


@cache
def _country(code: str, spoken: str) -> str:
    names = locale(spoken).territories
    return str(names.get(code) or locale(ENGLISH).territories.get(code, code))
