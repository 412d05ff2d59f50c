"""Which old encoding of Latin letters a text has: that in which its words are of a language."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["LATIN", "rate_latin"]

# Letters beyond ASCII that languages write, by the encodings that have all of them.
_WEST = (
    "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúüº", "ãáâàçéêíóôõúºª", "àèéìòùî", "æøåéòóü", "åäöéü",
    "áðéíóúýþæö", "ëïéèöüêç", "ëç", "àèéíïòóúüç",
)  # fmt: skip
_CENTRAL = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž", "ëç",
    "äöüß",
)  # fmt: skip
_TURKISH = ("çğıöşüâîûi\u0307",)
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņŗšūž", "äöõüšž")
# By Python's name, with people's, the letters, and whether Windows wrote it, which is likelier.
LATIN: tuple[tuple[str, str, Sequence[str], bool], ...] = (
    ("cp1252", "Windows-1252", _WEST, True),
    ("cp1250", "Windows-1250", _CENTRAL, True),
    ("cp1254", "Windows-1254", _TURKISH, True),
    ("cp1257", "Windows-1257", _BALTIC, True),
    ("iso8859-15", "ISO 8859-15", _WEST, False),
    ("iso8859-2", "ISO 8859-2", _CENTRAL, False),
    ("mac_roman", "Mac Roman", _WEST, False),
    ("mac_latin2", "Mac Central Europe", _CENTRAL, False),
    ("cp850", "CP850", _WEST, False),
    ("cp852", "CP852", _CENTRAL, False),
)
_OPENING = frozenset("“„‘‚«‹¿¡–—•…€£§° ·-")
_CLOSING = frozenset("”“’‘»›–—…°²³™®ºª ·%€")
_WITHIN = frozenset("’‘´–—·° \xad…")
_BEYOND = re.compile(r"[^\x00-\x7f]")


def rate_latin(words: Sequence[bytes]) -> dict[str, tuple[float, int, int]]:
    """Return how well words read in each encoding: a share, of how many letters, of how many kinds.

    Args:
        words: Words as bytes, with what stands at their ends.
    """
    return {codec: _rate([one.decode(codec, "replace") for one in words], languages)
            for codec, _, languages, _ in LATIN}  # fmt: skip


def _rate(words: Sequence[str], languages: Sequence[str]) -> tuple[float, int, int]:
    letters: list[str] = []
    wrong = 0
    for word in words:
        for found in _BEYOND.finditer(word):
            one, at = found[0], found.start()
            before, after = word[at - 1 : at], word[at + 1 : at + 2]
            if one.isalpha() and one not in "ºª":
                # A capital behind a small letter is none that somebody wrote.
                is_odd = one.isupper() and before.islower()
                letters.append("" if is_odd else one.lower())
            elif not _fits(one, before.isalpha(), after.isalpha()):
                wrong += 1
    total = len(letters) + wrong
    if not total:
        return 1.0, 0, 0
    best = max(sum(bool(one) and one in known for one in letters) for known in languages)
    return best / total, total, len(set(letters))


def _fits(mark: str, *sides: bool) -> bool:
    """Whether a mark stands where it may, letters being on one side of it or both."""
    if mark == "\ufffd" or ord(mark) < 0xA0:  # noqa: PLR2004 - controls
        return False
    is_behind, is_before = sides
    if is_behind and is_before:
        return mark in _WITHIN
    if is_behind:
        return mark in _CLOSING
    return mark in _OPENING if is_before else True
