"""Which words behind a number are its own."""

from __future__ import annotations

import pytest

from geodata.wording.spoken import joined, phrases


@pytest.mark.parametrize(
    ("behind", "own"),
    [
        (" US military personnel were killed", " US military personnel were "),
        (" killed Americans, and others", " killed Americans"),
        (" people killed, among them Americans", " people "),
        (" of the killed were Americans", " of the killed were Americans"),
        (" people were killed as Afghans fled", " people were "),
        (" человек погибли, в том числе американцы", " человек погибли"),
        (" граждан США в лагере", " граждан США "),
        (" نفر از نظاميان امريكايي در كابل", " نفر از نظاميان امريكايي "),
        (" people بينهم جنود امريكيون", " people "),
        (" нафар дар назди сафорати Русия", " нафар "),
        (" personnes dont des Américains", " personnes "),
    ],
)
def test_a_phrase_ends_where_something_else_begins(behind: str, own: str) -> None:
    assert [behind[slice(*one)] for one in phrases(behind)] == [own]


@pytest.mark.parametrize(
    "behind",
    [
        " people were killed, all of them US citizens.",
        " killed, все граждане США.",
        " tués, tous américains.",
        " killed شدند, همه امريكايي.",
        " killed, جميعهم امريكيون.",
        " killed шуданд, ҳама амрикоӣ.",
    ],
)
def test_what_is_said_of_all_is_a_part_of_it(behind: str) -> None:
    words = [behind[slice(*one)] for one in phrases(behind)]
    assert len(words) == 2
    assert behind.endswith(words[1])


def test_no_word_is_read_twice_in_a_long_text() -> None:
    behind = " killed" + " all Americans there" * 500
    assert sum(end - start for start, end in phrases(behind)) <= len(behind)


@pytest.mark.parametrize(
    ("behind", "more"),
    [
        (" American, Swiss and Dutch cyclists", ", Swiss and Dutch"),
        (" афганцев и американцев погибли", " и американцев"),
        (" Americans were killed", ""),
    ],
)
def test_what_is_joined_to_a_phrase_is_known(behind: str, more: str) -> None:
    [(_, end)] = phrases(behind)
    assert behind[slice(*joined(behind, len(behind[:end].rstrip())))] == more
