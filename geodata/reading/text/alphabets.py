"""Which script bytes of an old encoding are of, and which encoding of it; and how others read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from charset_normalizer import from_bytes

from geodata.reading.text.latin import LATIN, rate_latin

__all__ = ["Letters", "alphabet_of", "letters_of", "note_of"]

# Encodings with the letters that are most frequent in what is written in them.
_ALPHABETS = (
    ("cp1251", "Windows-1251", "оеаинтсрвлк"),
    ("koi8-r", "KOI8-R", "оеаинтсрвлк"),
    ("cp866", "CP866", "оеаинтсрвлк"),
    ("cp1256", "Windows-1256", "اليمنورتبهد"),
    ("cp1253", "Windows-1253", "αοιετσνηυρπ"),
    ("cp1255", "Windows-1255", "יוהלארתבשמנ"),
    ("iso8859-6", "ISO 8859-6", "اليمنورتبهد"),
    ("cp874", "Windows-874", "านรอกเงมยลวดทสตะปบคห่้ิีั"),
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


# Words with what stands at their ends; what is beyond ASCII is a letter or a mark.
_WORDS = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_MOST_WORDS = 20_000
_SHOWN, _SHOWN_BYTES = 3, 24
# An encoding other than the usual one reads nearly all letters, which the usual one does not.
_GOOD, _BAD, _CLEARLY = 0.9, 0.85, 0.15
_LEAST_LETTERS = 3
# Of Thai, marks above and below a letter never begin a word; other bytes make such words.
_NO_THAI = re.compile("(?<![\u0e01-\u0e2e\u0e30-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|\ufffd")


class Letters(NamedTuple):
    """What bytes beyond ASCII are taken for.

    Attributes:
        codec: Python's name of the encoding.
        label: People's.
        is_sure: Whether no other reads as well.
        readings: Encodings, each with its label and how some words read in it; the likely first.
    """

    codec: str
    label: str
    is_sure: bool = True
    readings: tuple[tuple[str, str, str], ...] = ()


def alphabet_of(head: bytes) -> tuple[str, str]:
    r"""Return the encoding of a text that is not Unicode: Python's name of it, and people's.

    Args:
        head: How the text begins, or those of its lines that are not ASCII.

    Example:
        >>> alphabet_of("Произошёл взрыв у здания".encode("cp1251"))[0]
        'cp1251'
        >>> alphabet_of("Anschlag in Köln, Getötete".encode("cp1252"))[0]
        'cp1252'
        >>> alphabet_of("Wybuch: Łódź, ulica Świętej".encode("cp1250"))[0]
        'cp1250'
        >>> alphabet_of("日付,場所,死者\\n2024年1月3日,東京,3".encode("cp932"))[0]
        'cp932'
    """
    codec, label, _, _ = _found(head, _WORDS.findall(head)[:_MOST_WORDS])
    return codec, label


def letters_of(head: bytes) -> Letters:
    """Return the encoding of a text that is not Unicode, and how its words read in others."""
    words = _WORDS.findall(head)[:_MOST_WORDS]
    codec, label, is_sure, rated = _found(head, words)
    return Letters(codec, label, is_sure, tuple(_readings(codec, words, rated)))


def note_of(letters: Letters) -> str:
    """Return what is told where letters are in doubt."""
    shown, *others = letters.readings
    read_so = "; ".join(f"{codec} for {words}" for codec, _, words in others[:3])
    return (
        f"nothing says how its letters are encoded; they are read as {letters.label} and may be "
        f"wrong: {shown[2]}; --set encoding=NAME reads them as another"
        + (f", such as {read_so}" if read_so else "")
    )


def _found(head: bytes, words: Sequence[bytes]) -> tuple[str, str, bool, Sequence[str]]:
    """Return an encoding, whether it is sure, and all of Latin letters by how well they read."""
    rated = rate_latin(words)
    order = sorted(rated, key=lambda codec: -rated[codec][0])
    runs = _HIGH.findall(head)
    total = sum(map(len, runs))
    if total and sum(len(one) for one in runs if len(one) >= _WORD) >= total * _IN_WORDS:
        best = max(_rated(runs))
        if best[0] >= _FREQUENT:
            return best[1], best[2], True, order
    if wide := _wide(head):
        return *wide, True, order
    usual, others = LATIN[0], LATIN[1:]
    share = rated[usual[0]][0]
    best_other = max(others, key=lambda one: (rated[one[0]][0], one[3]))
    found, count, kinds = rated[best_other[0]]
    is_other = (
        found >= _GOOD and share <= _BAD and found >= share + _CLEARLY
        and count >= _LEAST_LETTERS and kinds >= (2 if best_other[3] else 3)
    )  # fmt: skip
    codec, label, _, _ = best_other if is_other else usual
    mine = [one.decode(codec, "replace") for one in words]
    rivals = (
        one for one in LATIN
        if rated[one[0]][0] > rated[codec][0] - _CLEARLY
        and [word.decode(one[0], "replace") for word in words] != mine
    )  # fmt: skip
    count = rated[codec][1]
    is_clear = rated[codec][0] >= _GOOD and next(rivals, None) is None
    return codec, label, is_clear or not count, order


def _readings(
    codec: str, words: Sequence[bytes], rated: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield encodings with some words in them, the chosen one first; none reads as one before."""
    labels = {one[0]: one[1] for one in LATIN} | {one[0]: one[1] for one in _ALPHABETS}
    labels |= {name: label for name, (label, _) in _WIDE.items()}
    distinct = sorted(
        dict.fromkeys(words), key=lambda one: len(one.decode("ascii", "ignore")) - len(one)
    )
    shown = [one for one in distinct if len(one) <= _SHOWN_BYTES][:_SHOWN] or [
        one[:_SHOWN_BYTES] for one in distinct[:_SHOWN]
    ]
    seen = set()
    for name in dict.fromkeys((codec, *rated, *labels)):
        read = [one.decode(name, "replace") for one in shown]
        text = ", ".join(f"“{one}”" for one in read)
        is_whole = name == codec or all(one.isprintable() and "\ufffd" not in one for one in read)
        if is_whole and text not in seen:
            seen.add(text)
            yield name, labels[name], text


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
        if codec == "cp874" and _NO_THAI.search(
            " ".join(one.decode(codec, "replace") for one in words)
        ):
            continue
        yield sum(text.count(one) for one in frequent) / len(text), codec, label
