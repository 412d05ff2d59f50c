"""Names in plain Latin letters: one form of each, however it was typed."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

__all__ = ["letters_by_latin", "to_latin"]

# Vowel signs and other points of Arabic and Hebrew, and the stroke that only widens a word: most
# people leave them out.
_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff]"
)
# Forms of one letter that are typed for each other, by language and keyboard.
_FORMS = {
    form: letter
    for letter, forms in {
        "ا": "آأإٱٲٳٵ",
        "ی": "ىيئېۍےێۓ",
        "و": "ؤۆۇۈۋ",
        "ه": "ةۀھہۂۃە",
        "ک": "كڪ",
    }.items()
    for form in forms
}
_TO_ONE_FORM = str.maketrans(_FORMS)
_OTHERS = re.compile("[^\x00-\x7f]+")


def to_latin(text: str) -> str:
    r"""Return a text in lower-case ASCII letters, with whatever marks anyascii gives for others.

    Example:
        >>> to_latin("и\u0306") == to_latin("й"), to_latin("مُحَمَّد") == to_latin("محمد")
        (True, True)
    """
    if not text.isascii():
        # Composed first: a letter and its mark may be another letter than the two apart.
        text = _POINTS.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_ONE_FORM)
        # It goes letter by letter, through those too that stay as they are: most of most texts.
        text = _OTHERS.sub(lambda some: anyascii(some[0]), text)
    return text.casefold()


# Alphabets whose letters a script in a page can look up one by one: Latin, Greek, Cyrillic,
# Armenian, Hebrew, Arabic, kana. Han and Hangul have too many letters to be sent along.
_ALPHABETS = (range(0xA0, 0x780), range(0x8A0, 0x900), range(0x1E00, 0x2060), range(0x3000, 0x3100))
_APOSTROPHES = re.compile(r"['`\"]")
_NOT_WORD = re.compile(r"[^0-9a-z]")


def letters_by_latin() -> dict[str, str]:
    """Return what is written in Latin letters -> all letters that it stands for, for scripts.

    What parts words is written as a space, and what only marks a letter as nothing.

    Example:
        >>> table = letters_by_latin()
        >>> "ғ" in table["gh"], "é" in table["e"], "\u064e" in table[""], "¿" in table[" "]
        (True, True, True, True)
    """
    table: dict[str, str] = {}
    for letter in (chr(code) for some in _ALPHABETS for code in some):
        if unicodedata.normalize("NFKC", letter) == letter:
            latin = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", to_latin(letter)))
            table[latin] = table.get(latin, "") + letter
    return table
