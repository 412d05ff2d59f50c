"""Words of numbers, people, days and comparisons in other languages than English.

One file a language. Its keys: `letters` tells the language; `numbers`, `scales`, `times` and
`half` are what numbers are made of, `joint`, `joint_suffix`, `prefix` and `joined` what stands
between; `loose` is as little exact as "dozens", `round` about a number; `ordinals` are days and
years; `weak` words are numbers only where something is counted; `words` become English, and
`after`, too, once numbers are digits. `<` parts the words of one entry.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

__all__ = ["SPOKEN", "Words", "plain", "words_of"]

SPOKEN = ("ru", "fa", "tg", "ar", "fr")
"""Codes of the languages."""

# Vowel points, accents that no letter has in it, and what is not seen.
_POINTS = dict.fromkeys([
    *range(0x64B, 0x660), 0x670, 0x640, 0x300, 0x301, 0xAD, 0xFEFF,
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A),
])  # fmt: skip
# Each letter, and those that are typed for it.
_FORMS = {
    "ا": "أإآٱ", "ي": "ىیئ", "ه": "ةۀ", "ك": "ک", "و": "ؤ", "е": "ё", "Е": "Ё", "'": "’ʼ", "-": "‑",
    ",": "٬،", ".": "٫", ";": "؛", "?": "؟", "%": "٪",
    **{str(n): f"{'٠١٢٣٤٥٦٧٨٩'[n]}{'۰۱۲۳۴۵۶۷۸۹'[n]}" for n in range(10)},
}  # fmt: skip
_LETTERS = str.maketrans({form: one for one, forms in _FORMS.items() for form in forms})
_LAST_DAY = 31
Rewritten = tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True)
class Words:
    """What is known of a language.

    Attributes:
        letters: What tells it from others of the same script.
        numbers: Numbers by their words, in all forms.
        times: What multiplies a small number before it, such as "cents".
        scales: Thousands and more.
        loose: Words such as "dozens", a tuple of words each, with the English one.
        round: Words such as "une dizaine", which mean about a number.
        joints: Words between parts of a number.
        joint_suffixes: The same at the end of a word.
        prefix: The same at its beginning.
        joined: A number whose parts are written as one word, with a joint between two.
        teens: What makes 13 of 3.
        weak: Words that have other meanings, too.
        ordinals: Days of months, a tuple of words each.
        has_article: Whether "one" is an article as well.
        words: What becomes English before numbers are read.
        after: What does afterwards.
    """

    letters: re.Pattern[str]
    numbers: Mapping[str, float]
    times: Mapping[str, int]
    scales: Mapping[str, int]
    loose: Mapping[tuple[str, ...], str]
    round: Mapping[str, int]
    joints: frozenset[str]
    joint_suffixes: tuple[str, ...]
    prefix: str
    joined: re.Pattern[str]
    teens: frozenset[str]
    weak: frozenset[str]
    ordinals: Mapping[tuple[str, ...], int]
    has_article: bool
    words: Rewritten
    after: Rewritten


def plain(text: str) -> str:
    """Return a letter or text in one form of its letters, without points and with our digits.

    Example:
        >>> plain("مئة"), plain("ё۳")
        ('ميه', 'е3')
    """
    return normalize("NFC", text).translate(_POINTS).translate(_LETTERS)


@cache
def words_of(code: str) -> Words:
    """Return the words of a language, one of `SPOKEN`."""
    path = Path(__file__).parent / f"{code}.json"
    read = json.loads(path.read_text("utf-8"))
    numbers = _forms(read["numbers"])
    return Words(
        letters=re.compile(read["letters"], re.IGNORECASE),
        numbers={**numbers, **dict.fromkeys(read.get("half", "").split(), 1.5)},
        times=_forms(read.get("times", {})),
        scales=_forms(read["scales"]),
        loose={tuple(one.split("<")): name for one, name in _named(read["loose"])},
        round=_forms(read.get("round", {})),
        joints=frozenset(plain(read.get("joint", "")).split()),
        joint_suffixes=tuple(read.get("joint_suffix", "").split("|")),
        prefix=read.get("prefix", ""),
        joined=_joined(numbers, read.get("joined", "")),
        teens=frozenset(plain(read.get("teens", "")).split()),
        weak=frozenset(plain(read.get("weak", "")).split()),
        ordinals=dict(_ordinals(read, numbers)),
        has_article=read.get("one") == "article",
        words=(*_rewritten(read["words"], r"(?<!\w)(?:{})(?!\w)"),),
        after=(*_rewritten(read["after"], "{}"), *_behind(read)),
    )


def _forms(read: Mapping[str, str]) -> dict[str, int]:
    return {word: int(n) for word, n in _named(read)}


def _joined(numbers: Iterable[str], joint: str) -> re.Pattern[str]:
    one = "|".join(sorted(numbers, key=len, reverse=True)) if joint else "(?!)"
    return re.compile(rf"({one})({joint})({one})(?:({joint})({one}))?")


def _named(read: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, words in read.items():
        yield from ((plain(word), name) for word in words.split())


def _ordinals(
    read: Mapping[str, Any], numbers: Mapping[str, int]
) -> Iterator[tuple[tuple[str, ...], int]]:
    endings = read.get("ordinal_endings", "").split("|")
    for word, n in _named(read.get("ordinals", {})):
        yield from ((tuple(f"{word}{ending}".split("<")), int(n)) for ending in endings)
    for ending in filter(None, plain(read.get("ordinal_suffix", "")).split("|")):
        yield from (((f"{word}{ending}",), n) for word, n in numbers.items() if 0 < n <= _LAST_DAY)


def _rewritten(read: Iterable[tuple[str, str]], form: str) -> Iterator[tuple[re.Pattern[str], str]]:
    for words, english in read:
        pattern = form.format(plain(words)) if form != "{}" else _from_a_word(plain(words))
        yield re.compile(pattern, re.IGNORECASE), english


def _from_a_word(words: str) -> str:
    return words if words.startswith("(?<") else rf"(?<!\w)(?:{words})"


def _behind(read: Mapping[str, str]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Yield hedges that stand behind what is counted; English has them before the number."""
    for key, english in (("at_least_after", "at least "), ("at_most_after", "at most ")):
        if words := plain(read.get(key, "")):
            number = r"(?<![\w.,])(?<!at least )(?=\d[\d,.]*(?: [^\W\d_]+){0,4},? (?:%s)(?!\w))"
            yield re.compile(number % words), english
            # "at least 90 (in 3 incidents)" has nothing between the number and its brackets.
            yield re.compile(rf"(?<=\d) (?:{words})(?= \()"), ""
