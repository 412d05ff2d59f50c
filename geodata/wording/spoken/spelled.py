"""Numbers in words of other languages than English, as digits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.wording.spoken.tables import Words

__all__ = ["spelled"]

_TOKEN = re.compile(r"(?P<digits>\d+(?:[.,\u202f\u00a0 ]\d{3})*(?:\.\d+)?)(?!\w)|[^\W\d_]+")
_GAP = re.compile(r"[\s-]{0,2}")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# What an ordinal is of, if it is a number: the day of a month, or a year.
_DATED = re.compile(rf" (?:(?:من|ماه|مохи) )?(?:{_MONTHS}|год\w*)\b")
_THINGS = (
    "people|killed|injured|victims|civilians|detained|casualties|displaced|attacks?|events?|"
    f"incidents?|countries|provinces|sources|{_MONTHS}"
)
_COUNTED = re.compile(rf"\s+(?:[^\W\d_]+\s+)?(?:{_THINGS})\b")
_ONE = re.compile(r"\s+(?:people|killed|injured|victims|civilians|detained)\b")
# As in a list of tolls, which says what it counts before the number.
_LISTED = re.compile(
    r"\b(?:killed|injured|victims|detained)(?:\s?:\s?(?:[^\W\d_]+\s){0,4}|\s(?=$))$"
)
# "In dozens", "and the dozens" of Arabic.
_INSIDE = re.compile(r"^و?(?:بال|لل|ال|ب)?(?=\w{4})")
_FAR = 50
_TENS = {"tens": 10, "scores": 20, "hundreds": 100}
_MOST = 1e300
_FOUR, _TEN_SEVEN, _TEN, _TWENTY, _HUNDRED, _THOUSAND = 4, 7, 10, 20, 100, 1_000


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    word: str
    is_digits: bool


@dataclass
class _Number:
    """A number while its words are read: what is multiplied already, and what may be yet."""

    total: float = 0
    small: float | None = None
    last: str = ""
    scale: float = float("inf")

    @property
    def value(self) -> float:
        return self.total + (self.small or 0)


def spelled(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Yield where numbers stand in words, and each in digits or, if it is loose, in English.

    Args:
        text: In plain letters, in which people and things that are counted are English already.
        words: Those of its language.
    """
    tokens = [one for match in _TOKEN.finditer(text) for one in _tokens(match, words)]
    at = 0
    while at < len(tokens):
        found = _loose(tokens, at, words) or _read(text, tokens, at, words)
        if found:
            stop, said = found
            if said:
                yield tokens[at].start, tokens[stop - 1].end, said
            at = stop
        else:
            at += 1


def _tokens(match: re.Match[str], words: Words) -> Iterator[_Token]:
    """Yield a word, or the parts of a number that is written as one word, as in "نودوپنج"."""
    start, word = match.start(), match.group().casefold()
    parts = words.joined.fullmatch(word)
    for part in filter(None, parts.groups() if parts else [word]):
        yield _Token(start, start + len(part), part, bool(match["digits"]))
        start += len(part)


def _loose(tokens: Sequence[_Token], at: int, words: Words) -> tuple[int, str] | None:
    for size in (3, 2, 1):
        some = tuple(one.word for one in tokens[at : at + size])
        bare = (_INSIDE.sub("", some[0]), *some[1:]) if words.prefix and some else some
        if name := words.loose.get(some) or words.loose.get(bare):
            return at + len(some), name
    return None


def _read(text: str, tokens: Sequence[_Token], at: int, words: Words) -> tuple[int, str] | None:
    """Return the token after a number, and the number; no words where it shall stay."""
    number, stop, prefix = _Number(), at, ""
    is_joined = False
    while stop < len(tokens):
        token = tokens[stop]
        if stop > at and not _GAP.fullmatch(text[tokens[stop - 1].end : token.start]):
            break
        if stop > at and token.word in words.joints and stop + 1 < len(tokens):
            if not _takes(number, tokens[stop + 1], words, is_joined=True):
                if day := _ordinal(text, tokens, stop + 1, number, words):
                    return day
                break
            stop, is_joined = stop + 1, True
            continue
        taken = _takes(number, token, words, is_joined=is_joined)
        if not taken:
            break
        number, has_prefix, is_joined = taken
        prefix = words.prefix if stop == at and has_prefix else prefix
        stop += 1
    if day := _ordinal(text, tokens, stop, number, words):
        return day
    return _said(text, tokens, slice(at, stop), words, (number, prefix)) if stop > at else None


def _said(
    text: str,
    tokens: Sequence[_Token],
    part: slice,
    words: Words,
    found: tuple[_Number, str],
) -> tuple[int, str]:
    """Return the token after a number, and what the number is."""
    (number, prefix), at, stop = found, part.start, part.stop
    following = tokens[stop].word if stop < len(tokens) else ""
    times = words.round.get(following) or _TENS.get(words.loose.get((following,), ""))
    before = "and " if prefix else ""
    if times and _GAP.fullmatch(text[tokens[stop - 1].end : tokens[stop].start]):
        return stop + 1, f"{before}about {_digits(number.value * times)}"
    if stop > at + 1:
        return stop, f"{before}{_digits(number.value)}"
    said = _alone(text, tokens[at], number.value, words)
    return stop, f"{before}{said}" if said else ""


def _alone(text: str, token: _Token, value: float, words: Words) -> str:
    """Return what a number of one word is; nothing where it shall stay."""
    word = token.word.removeprefix(words.prefix)
    if token.is_digits:
        return ""
    if word in words.round:
        return f"about {_digits(words.round[word])}"
    is_weak = word in words.weak or value == 1
    counted = _ONE if value == 1 else _COUNTED
    before = text[max(0, token.start - _FAR) : token.start]
    if not is_weak or counted.match(text, token.end) or _LISTED.search(before):
        return _digits(value)
    return "one" if value == 1 and not words.has_article else ""


def _takes(
    number: _Number, token: _Token, words: Words, *, is_joined: bool
) -> tuple[_Number, bool, bool] | None:
    """Return the number with one more word, whether a joint begins and whether one ends it."""
    for word, has_prefix, has_suffix in _readings(token.word, words):
        is_first = number.small is None and not number.total
        if token.is_digits:
            value = float(re.sub(r"[,\u202f\u00a0 ]", "", word)) if is_first else None
            return (_Number(0, value, word), False, False) if value is not None else None
        more = _with(number, word, words, is_joined=is_joined or has_prefix)
        if more:
            return more, has_prefix, has_suffix
    return None


def _readings(word: str, words: Words) -> Iterator[tuple[str, bool, bool]]:
    yield word, False, False
    if words.prefix and word.startswith(words.prefix):
        yield word.removeprefix(words.prefix), True, False
        yield word.removeprefix(words.prefix).removeprefix("ال"), True, False
    if words.prefix and word.startswith("ال"):
        yield word.removeprefix("ال"), False, False
    for suffix in filter(None, words.joint_suffixes):
        if word.endswith(suffix):
            yield word.removesuffix(suffix), False, True


def _with(number: _Number, word: str, words: Words, *, is_joined: bool) -> _Number | None:
    small, total = number.small, number.total
    scale = words.scales.get(word)
    if scale and (small is not None or not total or is_joined) and scale < number.scale:
        return _Number(total + (1 if small is None else small) * scale, None, word, scale)
    value = None if is_joined or not small else _multiplied(small, word, words)
    more = words.numbers.get(word, words.round.get(word))
    if value is None and more is not None:
        if more >= _THOUSAND:
            is_first = small is None and not total
            return _Number(more, None, word, _THOUSAND) if is_first else None
        if small is None:
            value = more
        elif _fits(small, more, words, is_joined=is_joined):
            value = small + more
    return None if value is None else _Number(total, value, word, number.scale)


def _multiplied(small: float, word: str, words: Words) -> float | None:
    """Return what "hundred", "ten" of teens or "vingt" of eighty makes of a small number."""
    if word in words.teens and small % _HUNDRED < _TEN:
        return small + _TEN
    times = words.times.get(word, 0)
    if times == _HUNDRED and 1 < small < _TEN:
        return small * times
    is_eighty = times == _TWENTY and small % _HUNDRED == _FOUR
    return small + _FOUR * _TWENTY - _FOUR if is_eighty else None


def _fits(small: float, value: float, words: Words, *, is_joined: bool) -> bool:
    """Whether a number may stand behind another one and be added, as seven behind eighty."""
    if not small or not value or value >= _HUNDRED:
        return False
    rest = small % _HUNDRED
    of_twenties = _TWENTY in words.times.values()
    if value < _TEN:
        # "Dix-sept", "soixante-dix-sept".
        is_teen = rest in (10, 70, 90) and of_twenties and value >= _TEN_SEVEN
        return is_teen or (small % _TEN == 0 and rest != _TEN)
    if value < _TWENTY:
        return rest == 0 or (of_twenties and rest in (60, 80))
    # "Seven and eighty".
    return rest == 0 or (bool(words.teens) and is_joined and rest < _TEN)


def _ordinal(
    text: str, tokens: Sequence[_Token], at: int, number: _Number, words: Words
) -> tuple[int, str] | None:
    """Return a day or year that ends with an ordinal, such as "двадцать третьего" января.

    Any other ordinal stays as it is, and so has no words.
    """
    for size in (2, 1):
        some = tuple(one.word for one in tokens[at : at + size])
        n = words.ordinals.get(some) if len(some) == size else None
        small = number.small
        if n is None or not (small is None or _fits(small, n, words, is_joined=True)):
            continue
        if _DATED.match(text, tokens[at + size - 1].end):
            return at + size, _digits(number.value + n)
        # "Восемьдесят седьмой" is not eighty of anything.
        return (at + size, "") if number.value else None
    return None


def _digits(value: float) -> str:
    # No record gives more than what has no end, and English reads digits only.
    value = min(value, _MOST)
    return str(int(value)) if value == int(value) else str(value)
