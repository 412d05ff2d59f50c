"""Numbers in digits and words: what is one, how large it is, how it is hedged."""

from __future__ import annotations

import pytest

from geodata.wording.numerals import numerals


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("94 to nearly 100", [(94, ""), (100, "nearly")]),
        ("two hundred and fifty-three thousand", [(253_000, "")]),
        ("a hundred, a dozen, half a dozen, twenty-one", [(100, ""), (12, ""), (6, ""), (21, "")]),
        ("3.5 million or 1,203 or 1 203", [(3.5e6, ""), (1_203, ""), (1_203, "")]),
        ("100+, 5 or more, 7 or fewer", [(100, "at least"), (5, "at least"), (7, "at most")]),
        ("more than 90, no more than 9", [(90, "over"), (9, "at most")]),
        ("fewer than ten", [(10, "under")]),
        ("at least about 16", [(16, "at least about")]),
        ("no fewer than roughly 9", [(9, "at least about")]),
        ("add up to 7, up to 8", [(7, ""), (8, "at most")]),
        ("no one was killed, no claim was made", [(0, "")]),
        ("one of them, one attack, killing one", [(1, ""), (1, "")]),
        ("an F-16 near the A4, the 1990s, the 3rd", []),
        ("١٢ and ۹۴", [(12, ""), (94, "")]),
    ],
)  # fmt: skip
def test_numbers_are_read(text: str, found: list[tuple[float, str]]) -> None:
    assert [(one.low, str(one.hedge)) for one in numerals(text)] == found


@pytest.mark.parametrize(
    ("word", "low", "high"), [("dozens", 24, 119), ("hundreds", 200, 999), ("scores", 40, 199)]
)
def test_loose_words_are_ranges(word: str, low: int, high: int) -> None:
    [one] = numerals(f"{word} of people were killed")
    assert (one.low, one.high) == (low, high)


def test_percentages_are_told_apart() -> None:
    assert [one.is_share for one in numerals("12% and 3 per cent, not 4")] == [True, True, False]
