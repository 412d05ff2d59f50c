"""Names in plain Latin letters: one form of each, however it was typed."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

__all__ = ["to_latin"]

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


def to_latin(text: str) -> str:
    r"""Return a text in lower-case ASCII letters, with whatever marks anyascii gives for others.

    Example:
        >>> to_latin("и\u0306") == to_latin("й"), to_latin("مُحَمَّد") == to_latin("محمد")
        (True, True)
    """
    if not text.isascii():
        # Composed first: a letter and its mark may be another letter than the two apart.
        text = _POINTS.sub("", unicodedata.normalize("NFKC", text)).translate(_TO_ONE_FORM)
    return anyascii(text).casefold()
