"""Tests of what follows from claims: tolls and families of sources."""

from __future__ import annotations

from itertools import permutations

import pytest
from fixed_records import claim
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import claims

from geodata.records.collection import source_families
from geodata.records.derive import Toll, bounds_words, derive_toll, least_of, marks_of
from geodata.records.model import Source
from geodata.records.vocabulary import ClaimAbout, Mark, Qualifier
from geodata.tongue import speaking


def killed(value: int, source: str = "a", **fields):
    return claim("fatalities", value, source=source, **fields)


def toll(*figures, families=None) -> Toll:
    return derive_toll(figures, ClaimAbout.FATALITIES, families)


def test_absent_is_none_and_not_zero():
    nothing = toll(claim("injured", 5), claim("outcome", "dozens killed"))
    assert nothing == Toll(None, None, None, "not stated")
    assert toll(killed(0)) == Toll(0, 0, 0, "0")


def test_contradictory_figures_stay_side_by_side():
    found = toll(killed(94), killed(96, "b"), killed(100, "c", qualifier="nearly"))
    assert found == Toll(94, 100, None, "94 to nearly 100", marks=Mark.NEAR_HIGH)


@pytest.mark.parametrize("order", [*permutations([94, 96, 96, 100])])
def test_the_best_figure_is_the_one_that_most_sources_give(order):
    figures = [killed(value, f"source-{index}") for index, value in enumerate(order)]
    assert toll(*figures).best == 96


@pytest.mark.parametrize("order", [*permutations([100, 96, 94])])
def test_a_tie_has_no_best_figure(order):
    figures = [killed(value, f"source-{index}") for index, value in enumerate(order)]
    assert toll(*figures).best is None


def test_a_toll_carries_the_caveats_of_its_figures():
    doubted = killed(94, caveat="Disputed."), killed(100, "b", caveat="Disputed."), killed(96, "c")
    assert toll(*doubted).text == "94–100 (Disputed.)"
    fighters = killed(22, part="fighters", by="NDS", caveat="A claim.")
    assert toll(fighters, killed(7, part="civilians", by="Taliban")).text == (
        "22 fighters (NDS) (A claim.); 7 civilians (Taliban)"
    )
    left_out = killed(3, part="police", caveat="Never printed.")
    assert toll(killed(9), left_out).text == "9"


def test_sources_that_copy_one_another_count_once():
    book = Source(id="book", title="Book")
    copies = [Source(id=f"copy-{n}", title="C", derived_from=("book",)) for n in range(3)]
    others = [Source(id=f"other-{n}", title="O") for n in range(2)]
    figures = [killed(10, copy.id) for copy in copies] + [killed(12, one.id) for one in others]
    assert toll(*figures).best == 10
    assert toll(*figures, families=source_families([book, *copies, *others])).best == 12


def test_one_source_that_repeats_itself_counts_once():
    figures = [killed(10), killed(10, locator="page 2"), killed(10, locator="page 3")]
    assert toll(*figures, killed(12, "b"), killed(12, "c")).best == 12


def test_parts_are_added_up_where_there_is_no_total():
    assert toll(killed(13, part="soldiers"), killed(169, part="civilians")).best == 182


def test_parts_beside_a_total_are_not_counted():
    assert toll(killed(170), killed(13, part="soldiers"), killed(28, part="militants")) == Toll(
        170, 170, 170, "170"
    )


def test_parts_of_another_locator_make_a_figure_of_their_own():
    figures = (
        killed(170, qualifier="over", locator="p. 1"),
        killed(13, part="soldiers", locator="p. 2"),
        killed(169, part="civilians", qualifier="at least", locator="p. 2"),
    )
    text = "over 170 to at least 182"
    assert toll(*figures) == Toll(170, 182, None, text, marks=Mark.OPEN)


def test_figures_of_different_people_are_never_one_range():
    found = toll(
        killed(22, part="fighters", by="NDS", locator="p. 37"),
        killed(7, part="civilians", by="Taliban", locator="p. 37"),
    )
    assert found.text == "22 fighters (NDS); 7 civilians (Taliban)"
    assert (found.low, found.high, found.best) == (None, None, None)
    assert [(one.low, one.best, one.text) for one in found.apart] == [
        (22, 22, "22 fighters (NDS)"),
        (7, 7, "7 civilians (Taliban)"),
    ]


def test_a_part_alone_says_whom_it_counts():
    assert toll(killed(36, part="militants", qualifier="over")) == Toll(
        36, 36, 36, "over 36 militants", people="militants", marks=Mark.OPEN
    )
    assert toll(killed(4, part="police"), killed(6, "b", part="police")).text == "4–6 police"


def test_a_part_alone_says_nothing_of_the_whole():
    assert toll(killed(9), killed(4, "b", part="police")) == Toll(9, 9, 9, "9")


def test_a_figure_of_no_known_time_replaces_none():
    dated, later = killed(80, as_of="2024-01-03"), killed(94, "b", as_of="2024-01-05")
    for unknown in ("XXXX", "2024/..", ""):
        found = toll(killed(60, "c", as_of=unknown), dated, later)
        assert (found.low, found.high) == (60, 94)


def test_newer_figures_replace_older_ones_and_leave_undated_ones():
    rising = (killed(80, as_of="2024-01-03"), killed(94, "b", as_of="2024-01-05"))
    assert toll(*rising) == Toll(94, 94, 94, "94")
    assert toll(*rising, killed(90, "c")) == Toll(90, 94, None, "90–94")


@pytest.mark.parametrize(
    ("qualifier", "text"),
    [
        (None, "1,200"),
        ("exactly", "1,200"),
        ("at least", "at least 1,200"),
        ("at most", "at most 1,200"),
        ("about", "about 1,200"),
        ("nearly", "nearly 1,200"),
        ("over", "over 1,200"),
    ],
)
def test_the_text_keeps_the_hedge(qualifier, text):
    assert toll(killed(1200, qualifier=qualifier)).text == text


def test_plain_figures_make_a_plain_range():
    assert toll(killed(144), killed(145, "b")).text == "144–145"


@pytest.mark.parametrize(
    ("hedges", "text"),
    [
        (("over", "about"), "at least about 9"),
        (("over", "at least"), "at least 9"),
        (("over", None), "at least 9"),
        (("over", "at most"), "at most 9 to over 9"),
        (("at least", "nearly"), "at least about 9"),
        (("at least", None), "9"),
        (("at least", "at most"), "9"),
        (("about", None), "9"),
        (("about", "nearly"), "about 9"),
    ],
)
def test_of_a_figure_with_several_hedges_is_said_what_holds_by_all(hedges, text):
    for first, second in (hedges, hedges[::-1]):
        assert toll(killed(9, qualifier=first), killed(9, "b", qualifier=second)).text == text


@pytest.mark.parametrize(
    ("hedges", "text"),
    [
        (("over", "at least"), "at least 9"),
        (("over", None), "over 9"),
        (("at least", "about"), "about 9"),
        (("at least", "at most"), "at least 4"),
        (("at most", "nearly"), "about 9"),
        (("nearly", "about"), "about 9"),
    ],
)
def test_the_sum_of_parts_keeps_what_stood_before_them(hedges, text):
    first, second = hedges
    parts = killed(4, part="x", qualifier=first), killed(5, part="y", qualifier=second)
    assert toll(*parts).text == text


NEAR = 10
ALLOWS = {
    None: lambda n, figure: n == figure,
    Qualifier.EXACTLY: lambda n, figure: n == figure,
    Qualifier.AT_LEAST: lambda n, figure: n >= figure,
    Qualifier.OVER: lambda n, figure: n > figure,
    Qualifier.AT_MOST: lambda n, figure: n <= figure,
    Qualifier.ABOUT: lambda n, figure: abs(n - figure) * NEAR <= figure,
    Qualifier.NEARLY: lambda n, figure: figure * (NEAR - 1) <= n * NEAR and n < figure,
}
hedged_figures = st.lists(
    st.tuples(st.integers(10, 40), st.sampled_from(list(ALLOWS))), min_size=1, max_size=5
)


def true_numbers(figures) -> list[int]:
    """The numbers by which as many of some figures are true as can be true together."""
    held = {n: frozenset(one for one in figures if ALLOWS[one[1]](n, one[0])) for n in range(60)}
    most = {some for some in held.values() if not any(some < other for other in held.values())}
    return [n for n, some in held.items() if some in most]


@given(hedged_figures)
@settings(max_examples=1_000)
def test_what_may_be_true_lies_within_the_figures_with_their_marks(figures):
    marks = marks_of(figures)
    low, high = min(n for n, _ in figures), max(n for n, _ in figures)
    for n in true_numbers(figures):
        assert least_of(low, marks) <= n or (marks & Mark.NEAR_LOW and low * 9 <= n * 10)
        assert n <= high or marks & Mark.OPEN or (marks & Mark.NEAR_HIGH and n * 10 <= high * 11)


LOW_ENDS = {
    "at most": lambda n, end: n >= 0,
    "over": lambda n, end: n > end,
    **dict.fromkeys(("", "at least"), lambda n, end: n >= end),
    **dict.fromkeys(
        ("about", "nearly", "at least about"), lambda n, end: n * NEAR >= end * (NEAR - 1)
    ),
}
HIGH_ENDS = {
    **dict.fromkeys(("", "at most", "nearly"), lambda n, end: n <= end),
    "about": lambda n, end: n * NEAR <= end * (NEAR + 1),
    **dict.fromkeys(("at least", "over", "at least about"), lambda n, end: True),
}


@given(hedged_figures)
@settings(max_examples=2_000)
def test_what_may_be_true_lies_within_what_a_toll_says(figures):
    said = [killed(n, f"s{at}", qualifier=hedge) for at, (n, hedge) in enumerate(figures)]
    ends = toll(*said).ends
    assert toll(*said).text == ends.words
    for n in true_numbers(figures):
        assert LOW_ENDS[ends.before_low](n, ends.low)
        assert HIGH_ENDS[ends.before_high](n, ends.high)


@given(hedged_figures, st.sampled_from(["en", "ru", "fa", "tg", "ar", "fr"]))
def test_a_toll_says_the_same_in_each_language(figures, code):
    said = [killed(n, f"s{at}", qualifier=hedge) for at, (n, hedge) in enumerate(figures)]
    ends = toll(*said).ends
    with speaking(code):
        assert toll(*said).text == ends.words


@given(st.lists(hedged_figures, min_size=1, max_size=4), st.data())
@settings(max_examples=300)
def test_a_sum_of_what_may_be_true_lies_within_the_sum_of_the_figures(several, data):
    lows, highs, marks = [], [], Mark.NONE
    for figures in several:
        found = marks_of(figures)
        lows.append(least_of(min(n for n, _ in figures), found))
        highs.append(max(n for n, _ in figures))
        marks |= found
    n = sum(data.draw(st.sampled_from(true_numbers(figures))) for figures in several)
    low, high = sum(lows), sum(highs)
    assert low <= n or (marks & Mark.NEAR_LOW and low * 9 <= n * 10)
    assert n <= high or marks & Mark.OPEN or (marks & Mark.NEAR_HIGH and n * 10 <= high * 11)


def test_a_mark_is_there_only_where_it_must_be():
    # Else "at least" everywhere would do.
    at_least, at_most = Qualifier.AT_LEAST, Qualifier.AT_MOST
    assert marks_of([(90, at_least), (100, None), (120, at_most)]) is Mark.NONE
    assert marks_of([(90, at_least), (94, None)]) is Mark.NONE
    assert marks_of([(94, None), (100, Qualifier.EXACTLY)]) is Mark.NONE
    assert marks_of([(20, at_most), (10, None)]) is Mark.NONE
    assert marks_of([(90, at_least)]) is Mark.OPEN
    assert marks_of([(20, at_most)]) is Mark.NO_LOW


@pytest.mark.parametrize(
    ("marks", "one", "several"),
    [
        (Mark.NONE, "1,000", "900 to 1,000"),
        (Mark.OPEN, "at least 1,000", "900 to at least 1,000"),
        (Mark.NEAR_LOW, "about 1,000", "about 900 to 1,000"),
        (Mark.NEAR_HIGH, "about 1,000", "900 to about 1,000"),
        (Mark.NEAR_LOW | Mark.NEAR_HIGH, "about 1,000", "about 900 to about 1,000"),
        (Mark.OPEN | Mark.NEAR_HIGH, "at least about 1,000", "900 to at least about 1,000"),
        (Mark.OPEN | Mark.NEAR_LOW, "at least about 1,000", "about 900 to at least 1,000"),
    ],
)
def test_bounds_are_said_with_their_marks(marks, one, several):
    assert bounds_words(1_000, 1_000, marks) == one
    assert bounds_words(900, 1_000, marks) == several


@pytest.mark.parametrize(
    ("code", "said", "near"),
    [
        ("ru", "938 – не менее 957", "не менее примерно 957"),
        ("fa", "۹۳۸ تا دست‌کم ۹۵۷", "دست‌کم حدود ۹۵۷"),
        ("tg", "938 то на кам аз 957", "на кам аз тақрибан 957"),
        ("ar", "938 إلى 957 على الأقل", "نحو 957 على الأقل"),
        ("fr", "938 à au moins 957", "au moins environ 957"),
    ],
)
def test_bounds_are_said_in_the_language_that_is_spoken(code, said, near):
    with speaking(code):
        assert bounds_words(938, 957, Mark.OPEN) == said
        assert bounds_words(957, 957, Mark.OPEN | Mark.NEAR_LOW) == near


@given(st.lists(claims(), max_size=8))
def test_best_lies_between_the_extremes_whatever_the_order(said):
    for about in (ClaimAbout.FATALITIES, ClaimAbout.INJURED):
        found = derive_toll(said, about)
        has_figure = any(one.about is about for one in said)
        assert (found.text == "not stated") == (not has_figure)
        for one in found.apart or ((found,) if has_figure else ()):
            assert 0 <= one.low <= one.high
            assert one.best is None or one.low <= one.best <= one.high
        back = derive_toll(said[::-1], about)
        assert (back.low, back.high, back.best) == (found.low, found.high, found.best)
        assert set(back.apart) == set(found.apart)


@given(st.lists(st.tuples(*[st.sampled_from("abcdef")] * 2), max_size=6))
def test_families_are_the_connected_sources(links):
    sources = [Source(id=one, title=one, derived_from=(other,)) for one, other in links]
    families = source_families(sources)
    groups = [{one} for one in "abcdef"]
    for one, other in links:
        joined = [group for group in groups if {one, other} & group]
        groups = [group for group in groups if group not in joined] + [set().union(*joined)]
    named = {name for link in links for name in link}
    for one in named:
        for other in named:
            are_together = any({one, other} <= group for group in groups)
            assert (families[one] == families[other]) == are_together


def test_the_bounds_of_a_source_that_gives_a_figure_are_no_figures_of_their_own():
    low, best, high = killed(4, qualifier="at least"), killed(6), killed(9, qualifier="at most")
    assert toll(low, best, high) == Toll(4, 9, 6, "at least 4 to at most 9")
    assert toll(low, high).best is None
