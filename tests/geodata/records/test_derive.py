"""Tests of what follows from claims: tolls, attribution, linked groups and families of sources."""

from __future__ import annotations

from itertools import permutations

import pytest
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims

from geodata.records.collection import source_families
from geodata.records.derive import Toll, attribution, derive_toll, linked_groups
from geodata.records.model import Source
from geodata.records.vocabulary import Attribution, ClaimAbout


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
    assert found == Toll(94, 100, 94, "94 to nearly 100")


@pytest.mark.parametrize("order", [*permutations([94, 96, 96, 100])])
def test_the_best_figure_is_the_one_that_most_sources_give(order):
    figures = [killed(value, f"source-{index}") for index, value in enumerate(order)]
    assert toll(*figures).best == 96


@pytest.mark.parametrize("order", [*permutations([100, 96, 94])])
def test_ties_go_to_the_lowest(order):
    figures = [killed(value, f"source-{index}") for index, value in enumerate(order)]
    assert toll(*figures).best == 94


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
    assert toll(*figures) == Toll(170, 182, 170, "over 170 to at least 182")


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
        assert (found.low is None) == (not has_figure)
        if has_figure:
            assert 0 <= found.low <= found.best <= found.high
        assert derive_toll(said[::-1], about) == found


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


@pytest.mark.parametrize(
    ("stances", "expected"),
    [
        ((), Attribution.UNATTRIBUTED),
        (("claims",), Attribution.CLAIMED),
        (("assigns",), Attribution.ATTRIBUTED),
        (("assesses",), Attribution.ATTRIBUTED),
        (("assigns", "claims"), Attribution.CLAIMED),
        (("claims", "denies"), Attribution.CONTESTED),
        (("claims", "doubts"), Attribution.CONTESTED),
        (("assigns", "assigns to another party"), Attribution.CONTESTED),
        (("denies",), Attribution.CONTESTED),
    ],
)
def test_attribution_follows_from_all_claims(stances, expected):
    said = [claim("attribution", "iskp", stance=stance) for stance in stances]
    assert attribution(said) is expected
    assert attribution(said[::-1]) is expected


def test_denying_that_it_happened_is_not_denying_who_did_it():
    said = [claim("occurrence", "no attack", stance="denies"), claim("fatalities", 3)]
    assert attribution(said) is Attribution.UNATTRIBUTED


def test_groups_are_linked_by_attribution_and_involvement_only():
    one = incident(
        claims=(
            claim("attribution", "iskp", stance="claims"),
            claim("involved", "taliban"),
            claim("attribution", "iskp", stance="assigns", source="other"),
            claim("attribution", None, stance="denies"),
            claim("target", "nrf"),
            claim("involved", ""),
        )
    )
    assert linked_groups(one) == ("iskp", "taliban")


def test_responsibility_for_what_is_denied_to_have_happened_is_contested():
    said = [claim("attribution", "iskp", stance="claims"), claim("occurrence", "", stance="denies")]
    assert attribution(said) is Attribution.CONTESTED
