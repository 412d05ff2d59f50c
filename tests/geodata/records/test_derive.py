"""Tests of what follows from claims: tolls and families of sources."""

from __future__ import annotations

from itertools import permutations

import pytest
from fixed_records import claim
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims

from geodata.records.collection import source_families
from geodata.records.derive import Toll, derive_toll
from geodata.records.model import Source
from geodata.records.vocabulary import ClaimAbout


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
    assert found == Toll(94, 100, None, "94 to nearly 100")


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
    assert toll(*figures) == Toll(170, 182, None, "over 170 to at least 182")


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
        36, 36, 36, "over 36 militants", people="militants"
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


def test_different_hedges_of_one_figure_are_not_chosen_between():
    assert toll(killed(9, qualifier="over"), killed(9, "b", qualifier="about")).text == "9"
    assert toll(
        killed(4, part="x", qualifier="over"), killed(5, part="y", qualifier="at least")
    ) == Toll(9, 9, 9, "about 9")


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
