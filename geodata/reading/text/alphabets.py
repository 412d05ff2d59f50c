"""Which script bytes of an old encoding are of: Latin, unless words of another stand there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from charset_normalizer import from_bytes

__all__ = ["alphabet_of"]

_LATIN = ("cp1252", "Windows-1252")
# Encodings with the letters that are most frequent in what is written in them.
_ALPHABETS = (
    ("cp1251", "Windows-1251", "оеаинтсрвлк"),
    ("koi8-r", "KOI8-R", "оеаинтсрвлк"),
    ("cp866", "CP866", "оеаинтсрвлк"),
    ("cp1256", "Windows-1256", "اليمنورتبهد"),
    ("cp1253", "Windows-1253", "αοιετσνηυρπ"),
    ("cp1255", "Windows-1255", "יוהלארתבשמנ"),
)
# Two bytes a letter: Japanese, Chinese, Korean; each with the smaller set that holds what is usual.
_WIDE = {
    "cp932": ("Shift JIS", "shift_jis"),
    "euc_jp": ("EUC-JP", "euc_jp"),
    "gb18030": ("GB 18030", "gb2312"),
    "big5": ("Big5", "big5"),
    "cp949": ("Windows-949", "euc_kr"),
}
# Kana, ideographs, Hangul, and their marks; not the narrow kana that single bytes are.
_WIDE_LETTERS = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uff60]")
# What is written in Korea today has hardly an ideograph.
_HANGUL = re.compile("[\uac00-\ud7a3\u3000-\u303f\uff00-\uff60]")
_USUAL = 0.95
_MOST_BYTES = 1 << 16
_HIGH = re.compile(rb"[\x80-\xff]+")
_WORD = 3
# Of Latin letters few stand side by side that are not of ASCII, of others nearly all.
_IN_WORDS = 0.6
_FREQUENT = 0.35


def alphabet_of(head: bytes) -> tuple[str, str]:
    r"""Return the encoding of a text that is not Unicode: Python's name of it, and people's.

    Args:
        head: How the text begins.

    Example:
        >>> alphabet_of("Произошёл взрыв у здания".encode("cp1251"))[0]
        'cp1251'
        >>> alphabet_of("Anschlag in Köln, Getötete".encode("cp1252"))[0]
        'cp1252'
        >>> alphabet_of("日付,場所,死者\\n2024年1月3日,東京,3".encode("cp932"))[0]
        'cp932'
    """
    runs = _HIGH.findall(head)
    total = sum(map(len, runs))
    if not total:
        return _LATIN
    if sum(len(one) for one in runs if len(one) >= _WORD) >= total * _IN_WORDS:
        rated = max(_rated(runs))
        if rated[0] >= _FREQUENT:
            return rated[1:]
    return _wide(head) or _LATIN


def _wide(head: bytes) -> tuple[str, str] | None:
    # A letter may be cut at the end, which no line is.
    whole = head[: head.rfind(b"\n") + 1] or head
    for found in from_bytes(whole[:_MOST_BYTES], cp_isolation=list(_WIDE)):
        label, usual = _WIDE[found.encoding]
        words = re.findall(r"[^\x00-\x7f]+", str(found))
        letters = "".join(words)
        if len("".join(one for one in words if len(one) > 1)) < _IN_WORDS * len(letters):
            continue  # One letter within a word of ASCII is a damaged byte.
        wide = _HANGUL if found.encoding == "cp949" else _WIDE_LETTERS
        is_usual = (wide.match(one) and len(one.encode(usual, "ignore")) == 2 for one in letters)  # noqa: PLR2004
        if sum(map(bool, is_usual)) >= _USUAL * len(letters):
            return found.encoding, label
    return None


def _rated(words: Sequence[bytes]) -> Iterator[tuple[float, str, str]]:
    for codec, label, frequent in _ALPHABETS:
        # Capitals begin words; within them they tell a wrong neighbour.
        decoded = (one.decode(codec, "replace") for one in words)
        text = "".join(one[:1].casefold() + one[1:] for one in decoded)
        yield sum(text.count(one) for one in frequent) / len(text), codec, label
