"""Countries as tables name them: names, codes of two and three letters, numbers."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

from geodata.letters import to_latin

__all__ = ["country_code"]

# Names that event databases use and Unicode does not.
_NAMES = {
    "bosnia herzegovina": "BA",
    "brunei darussalam": "BN",
    "burma": "MM",
    "cabo verde": "CV",
    "congo": "CG",
    "congo brazzaville": "CG",
    "congo kinshasa": "CD",
    "cote divoire": "CI",
    "czech republic": "CZ",
    "democratic republic of congo": "CD",
    "democratic republic of the congo": "CD",
    "dr congo": "CD",
    "drc": "CD",
    "east timor": "TL",
    "england": "GB",
    "great britain": "GB",
    "gaza strip": "PS",
    "holy see": "VA",
    "hong kong": "HK",
    "ivory coast": "CI",
    "kingdom of eswatini": "SZ",
    "lao pdr": "LA",
    "macau": "MO",
    "macedonia": "MK",
    "moldova republic of": "MD",
    "north yemen": "YE",
    "northern ireland": "GB",
    "palestine": "PS",
    "palestinian territories": "PS",
    "people s republic of china": "CN",
    "republic of congo": "CG",
    "republic of the congo": "CG",
    "republic of korea": "KR",
    "russian federation": "RU",
    "scotland": "GB",
    "slovak republic": "SK",
    "soviet union": "RU",
    "state of palestine": "PS",
    "swaziland": "SZ",
    "syrian arab republic": "SY",
    "tanzania united republic of": "TZ",
    "the gambia": "GM",
    "turkiye": "TR",
    "u s": "US",
    "uk": "GB",
    "united states of america": "US",
    "usa": "US",
    "viet nam": "VN",
    "west bank": "PS",
    "west bank and gaza strip": "PS",
    "zaire": "CD",
}
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "uk", "ar", "fa", "tr")
_LETTERS = 2
_LONGEST_NAME = 100


@lru_cache(maxsize=20_000)
def country_code(text: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country, or nothing if it is none.

    Args:
        text: A name, a code of two or three letters, or a number of ISO 3166.

    Example:
        >>> [country_code(one) for one in ("DR Congo (Zaire)", "ru", "AFG", "854", "Atlantis")]
        ['CD', 'RU', 'AF', 'BF', '']
    """
    text = text.strip()
    if len(text) > _LONGEST_NAME:
        return ""
    if text.isdecimal() and len(text) <= 3:  # noqa: PLR2004 - a number of ISO 3166
        return _coded(text.zfill(3))
    if re.fullmatch(r"[A-Za-z]{2}", text):
        return text.upper() if text.upper() in _codes() else _NAMES.get(text.casefold(), "")
    if re.fullmatch(r"[A-Z]{3}|[a-z]{3}", text) and (code := _coded(text.upper())):
        return code
    whole = _key(text)
    bare = _key(re.sub(r"\(.*?\)", " ", text))
    inside = [_key(one) for one in re.findall(r"\((.*?)\)", text)]
    names = _names()
    return next((names[one] for one in (whole, bare, *inside) if one in names), "")


def _coded(code: str) -> str:
    found = get_global("territory_aliases").get(code) or [""]
    return found[0] if len(found) == 1 and found[0] in _codes() else ""


@cache
def _codes() -> frozenset[str]:
    territories = [str(one) for one in Locale("en").territories]
    return frozenset(one for one in territories if len(one) == _LETTERS and one.isalpha()) - {
        "EU", "EZ", "UN", "ZZ", "QO", "XA", "XB",
    }  # fmt: skip


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in _codes():
                names.setdefault(_key(name), code)
                names.setdefault(_key(re.sub(r"\(.*?\)", " ", name)), code)
    return names | _NAMES


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", to_latin(name).replace("&", " and ")))
