"""Tests of cutting links to what does not go out: a shared toll stays one, and nothing is named."""

from __future__ import annotations

import pytest
from fixed_records import claim, incident
from hypothesis import given
from hypothesis import strategies as st

from geodata.publication.links import unlinked, unnamed
from geodata.queries.sums import TollSums, by_shared_toll
from geodata.records.model import Incident
from geodata.records.vocabulary import ClaimAbout

ALL = "abcdef"


def sharing(name: str, others: str = "", **fields: object) -> Incident:
    return incident(
        name, claims=(claim("fatalities", 56),), casualties_combined=tuple(others), **fields
    )


def links(found: tuple[Incident, ...]) -> dict[str, tuple[str, bool]]:
    return {one.id: ("".join(one.casualties_combined), one.shares_toll_beyond) for one in found}


@pytest.mark.parametrize(
    ("before", "gone", "after"),
    [
        ({"a": "b", "b": "a", "c": ""}, "b", {"a": ("", True), "c": ("", False)}),
        # Whoever of two named the other.
        ({"a": "", "b": "a"}, "b", {"a": ("", True)}),
        ({"a": "b", "b": ""}, "b", {"a": ("", True)}),
        # Two that keep each other and lose a third have both.
        (
            {"a": "bc", "b": "ac", "c": "ab"}, "c",
            {"a": ("b", True), "b": ("a", True)},
        ),
        # Those that were joined through it stay joined.
        ({"a": "c", "b": "c", "c": "ab"}, "c", {"a": ("b", True), "b": ("a", True)}),
        # A third one's toll is no other for losing what named neither.
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, "d", {
            "a": ("b", False), "b": ("a", False), "c": ("", True),
        }),
    ],
)  # fmt: skip
def test_a_toll_that_is_cut_is_said_to_be_shared(before, gone, after):
    every = {name: sharing(name, others) for name, others in before.items()}
    kept = [one for one in every.values() if one.id not in gone]
    assert links(unlinked(kept, gone, [every[one] for one in gone])) == after


def test_what_lost_nothing_is_the_same_and_what_was_said_before_stays():
    one, other = sharing("a", "z"), sharing("b").but(shares_toll_beyond=True)
    assert unlinked([one, other], {"x"}) == (one, other)
    assert unlinked([one], {"x"})[0] is one


def test_related_incidents_are_not_named_and_share_no_toll():
    (after,) = unlinked([sharing("a", related=("b", "c"))], {"b"})
    assert (after.related, after.shares_toll_beyond) == (("c",), False)


some_ids = st.lists(st.sampled_from(ALL), max_size=2, unique=True).map("".join)
some_links = st.fixed_dictionaries(dict.fromkeys(ALL, some_ids))
some_gone = st.sets(st.sampled_from(ALL))


@given(some_links, some_gone)
def test_what_shared_a_toll_goes_on_sharing_it_and_says_if_others_did(named, gone):
    every = [sharing(name, named[name].replace(name, "")) for name in ALL]
    kept = [one for one in every if one.id not in gone]
    cut = unlinked(kept, gone, [one for one in every if one.id in gone])
    assert not any(gone.intersection(one.casualties_combined) for one in cut)
    before = (
        ([one.id for one in some if one.id not in gone], not gone.isdisjoint(ids))
        for some, ids in by_shared_toll(every)
    )
    after = [
        ([one.id for one in some], some[0].shares_toll_beyond) for some, _ in by_shared_toll(cut)
    ]
    assert after == sorted(one for one in before if one[0])
    for some, _ in by_shared_toll(cut):
        assert len({one.shares_toll_beyond for one in some}) == 1


@given(some_links, some_gone)
def test_what_is_cut_adds_up_as_where_others_are_not_asked_for(named, gone):
    both = {
        name: "".join(o for o in ALL if o != name and (o in named[name] or name in named[o]))
        for name in ALL
    }
    kept = [sharing(one, both[one]) for one in ALL if one not in gone]
    ids = {one.id for one in kept}
    asked = TollSums({}).of(ClaimAbout.FATALITIES, kept, ids)
    assert TollSums({}).of(ClaimAbout.FATALITIES, unlinked(kept, gone), ids) == asked


GONE = incident("kabul-2020-01-02", title="Attack on a convoy in Khost", related=("named",))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("See kabul-2020-01-02.", True),
        ("Follows Attack on a convoy in Khost, of the same day", True),
        ("Follows the attack on a  convoy\nin Khost.", True),
        ("See KABUL-2020-01-02", True),
        ("See kabul-2020-01-021 and Attack on a convoy in Khostan", False),
        ("An attack on a convoy", False),
        ("", False),
    ],
)
@pytest.mark.parametrize(
    "links", [{"related": (GONE.id,)}, {"casualties_combined": (GONE.id,)}, {}]
)
def test_texts_that_name_what_is_left_out_go(text, is_named, links):
    said = (claim("fatalities", 3, note=text), claim("means", "a bomb", note="Kept"))
    one = incident("named", claims=said, summary=text, upstream={"a": text, "b": "Kept"}, **links)
    (found,) = unnamed([one], [GONE])
    if not is_named:
        assert found is one
        return
    assert found.summary == ""
    assert [o.note for o in found.claims] == ["", "Kept"]
    assert dict(found.upstream) == {"b": "Kept"}
    assert found.title == one.title


def test_the_number_that_a_source_gave_names_as_an_id_does():
    gone = incident("gtd-202001010002", title="Armed assault")
    cells = {"related": "202001010001, 202001010002", "more": "2020010100021"}
    one = incident("named", upstream=cells, related=(gone.id,))
    assert dict(next(unnamed([one], [gone])).upstream) == {"more": "2020010100021"}


@pytest.mark.parametrize(
    ("name", "title"), [("12", "Bombing"), ("x-1", "Bombing"), ("x-2", "Herat, Afghanistan")]
)
def test_a_short_number_or_a_few_words_name_nobody_and_nobody_else_is_looked_for(name, title):
    texts = {"summary": "Bombing: 12 killed in Herat, Afghanistan", "related": (name,)}
    other = incident("other", summary=f"Follows {GONE.title}")
    some = [incident("named", **texts), other]
    assert list(unnamed(some, [incident(name, title=title), GONE])) == some
