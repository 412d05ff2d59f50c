"""Makes figures of true texts false, in digits of any language; what is false is decided here."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from itertools import count

from geodata.tongue import digits, number, speaking

__all__ = ["planted"]

_FIGURE = re.compile(r"(?<![\w-])\d[\d,\u00a0\u202f٬]*(?!\w)")
# The day of a month, of either calendar.
_MONTH = re.compile(r"(?: of)? [^\W\d_]+ \d{4}")
_BOUND = re.compile(
    r"(?:at least|over|more than|не менее|более|au moins|plus de|دست‌کم|بیش از|на кам аз|беш аз|"
    r"أكثر من) $",
    re.IGNORECASE,
)
_BOUND_BEHIND = re.compile(r" على الأقل")
_UPPER = re.compile(
    r"(?:up to|at most|nearly|almost|почти|не более|près de|au plus|نزدیک به|حداکثر|қариб|"
    r"на беш аз|ما يقارب) $",
    re.IGNORECASE,
)


def planted(
    texts: Sequence[str],
    rnd: random.Random,
    most: int,
    taken: Iterable[str] = (),
    code: str = "en",
) -> tuple[list[str], list[tuple[int, int]]]:
    """Return texts with some figures made false, and where these begin in which text.

    Args:
        texts: What is true.
        rnd: Chooses.
        most: How many figures are made false.
        taken: Words of the program, and names, in which none is.
        code: The language.
    """
    spots = [
        (index, match)
        for index, text in enumerate(texts)
        for match in _FIGURE.finditer(_blanked(text, taken))
    ]
    chosen = sorted(
        rnd.sample(spots, min(most, len(spots))), key=lambda spot: (spot[0], -spot[1].start())
    )
    changed, places = list(texts), []
    for index, match in chosen:
        text = changed[index]
        false = _false(match, text, texts[index], rnd, code)
        changed[index] = f"{text[: match.start()]}{false}{text[match.end() :]}"
        # Those before it in the same text follow, and move it.
        longer = len(false) - len(match.group())
        places = [(i, at + longer * (i == index and at > match.start())) for i, at in places]
        places.append((index, match.start()))
    return changed, places


def _blanked(text: str, taken: Iterable[str]) -> str:
    for one in taken:
        text = text.replace(one, "#" * len(one)) if one else text
    return text


def _false(match: re.Match[str], text: str, whole: str, rnd: random.Random, code: str) -> str:
    """Return a number that is not this one, nor any other of the text."""
    value = _value(match.group())
    before, after = text[: match.start()], text[match.end() :]
    others = {_value(one) for one in _FIGURE.findall(whole)}
    is_year = match.group().isdecimal() and (1900 <= value <= 2100 or 1250 <= value <= 1472)
    is_bound = _BOUND.search(before) or _BOUND_BEHIND.match(after)
    for attempt in count():
        if attempt > 99:
            false = max(others) + attempt
        elif _MONTH.match(after):
            false = rnd.randint(1, 28)
        elif is_year:
            false = value + rnd.randint(-9, 9)
        elif is_bound:
            false = value + max(2, value // 5) + rnd.randint(1, 9)
        elif _UPPER.search(before):
            false = max(1, value // 2 - rnd.randint(0, 3))
        else:
            false = max(0, value + rnd.choice([-1, 1]) * rnd.randint(1, max(9, value // 2)))
        if false not in others:
            break
    with speaking(code):
        return digits(str(false)) if is_year else number(false)


def _value(text: str) -> int:
    return int(re.sub(r"\D", "", text))
