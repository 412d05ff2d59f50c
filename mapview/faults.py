"""Faults that are known by their words, to be said in the language that somebody reads.

What a fault says is English wherever it comes from. Of those that people meet every day the words
are known (`mapview/refused.py`); others are shown as they are, as English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from geodata.tongue import comma, describe_date, is_english, joined, quoted, say
from mapview.refused import KNOWN, SYSTEM, TERMS

__all__ = ["KNOWN", "SYSTEM", "TERMS", "told_as", "told_fault"]

_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*")
# A parameter of an address, and no words of a sentence.
_KEY = r"[\w-]+"
_SHARE = re.compile(r"[0-9]{1,3}%")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Names and cells are quoted letter by letter, whether they look like a number or day or not.
_QUOTED = re.compile(r"“\{(\w+)\}”|\{(name|near|known|example|key)\}")
_OR = re.compile(r", | or ")
_SHEETS = re.compile(r", (?!or no table)")


def told_fault(text: str) -> str | None:
    """Return what a fault says, in the language that is spoken; `None` where only English is known.

    Args:
        text: As the fault has it, in English.

    Example:
        >>> told_fault("a file must hold something, got an empty one")
        'a file must hold something, got an empty one'
    """
    return told_as(text, KNOWN, (*TERMS, *SYSTEM))


def told_as(text: str, known: tuple[str, ...], terms: tuple[str, ...] = ()) -> str | None:
    """Return a text that is one of those known, in the language that is spoken; `None` for others.

    Args:
        text: In English.
        known: Messages with names for what varies, in the order in which they are tried.
        terms: Messages that may stand for a name.

    Example:
        >>> told_as("5 of 9 rows", ("{n} of {all} rows",))
        '5 of 9 rows'
    """
    if is_english():
        return text
    for message, pattern in _patterns(known):
        if found := pattern.fullmatch(text):
            as_is = {one or other for one, other in _QUOTED.findall(message)}
            return say(
                message,
                **{
                    one: quoted(part) if one in as_is else _inserted(one, part, known, terms)
                    for one, part in found.groupdict().items()
                },
            )
    return None


def _inserted(name: str, part: str, known: tuple[str, ...], terms: tuple[str, ...]) -> Any:
    """Return what stands for a name; some names say of what kind it is."""
    if name == "either":  # several, of which one may be taken
        return joined([quoted(one) for one in _OR.split(part)], "or")
    if name == "sheets":
        return comma().join(told_as(one, known) or one for one in _SHEETS.split(part))
    if name == "fault":  # why, in a sentence of its own
        return told_as(part, known, terms) or quoted(part)
    return _worded(part, terms)


def _worded(part: str, terms: tuple[str, ...]) -> Any:
    # "50,000" of English is fifty to readers whose comma stands before fractions.
    if _NUMBER.fullmatch(part):
        return int(part.replace(",", ""))
    if _SHARE.fullmatch(part):
        return say("{n} %", n=int(part[:-1]))
    if _DAY.fullmatch(part):
        return describe_date(part)
    # Where a line is read from the right, signs at both ends of what is not stay there.
    return (told_as(part, terms) if terms else None) or quoted(part)


@cache
def _patterns(known: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one, _pattern(one)) for one in known)


def _pattern(message: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", message)
    named = (
        f"(?P<{one}>{_KEY if one == 'key' else '.*'})" if at % 2 else re.escape(one)
        for at, one in enumerate(parts)
    )
    return re.compile("".join(named), re.DOTALL)
