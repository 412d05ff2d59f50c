"""Tests of what may go out: every step does what it says, and says what it did."""

from __future__ import annotations

import pytest
from fixed_records import HOSTILE, base_area, claim, everything, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import filters, record_sets

from geodata.errors import RequestError
from geodata.publication.prepare import (
    DROPPABLE,
    Coarsening,
    Prepared,
    Publication,
    prepare,
    tellable_filter,
)
from geodata.publication.redaction import UNNAMED
from geodata.queries.filters import Filter
from geodata.records.collection import Records
from geodata.records.model import Group, Source

publications = st.builds(
    Publication,
    coarsen=st.none() | st.sampled_from(Coarsening),
    drop=st.lists(st.sampled_from(list(DROPPABLE)), max_size=4).map(tuple),
    licensed=st.booleans(),
)


def full() -> Records:
    """Records with something in every field that may be dropped."""
    said = (
        claim("fatalities", 3, by="the governor", note="n", cites=("cited",)),
        claim("target", "a shrine"),
        claim("means", "a bomb"),
    )
    one = incident(
        "a", claims=said, target="a shrine", means="a bomb", summary="s", related=("b",),
        casualties_combined=("b",), upstream={"row": "1"},
    )  # fmt: skip
    return Records(
        (one, incident("b")),
        (base_area(note="n", claims=said),),
        (Group(id="iskp", name="IS-KP", note="n", claims=said),),
        (Source(id="book", title="B", note="n"), Source(id="cited", title="C", note="n")),
    )


def dropped(*names: str) -> Prepared:
    return prepare(full(), Publication(drop=names))


def all_claims(records: Records):
    for one in (*records.incidents, *records.base_areas):
        yield from one.claims
    for group in records.groups:
        yield from group.claims


def test_the_default_changes_nothing(shipped):
    assert prepare(shipped, Publication()) == Prepared(shipped)
    assert prepare(Records(), Publication(coarsen="district", drop=("notes",))) == Prepared(
        Records()
    )


def test_summary_and_rows_go():
    told = dropped("upstream", "summary").records.incidents[0]
    assert (told.summary, dict(told.upstream)) == ("", {})
    assert (told.target, told.casualties_combined) == ("a shrine", ("b",))


@pytest.mark.parametrize("name", ["target", "means"])
def test_target_and_means_go_with_the_claims_about_them(name):
    records = dropped(name).records
    assert getattr(records.incidents[0], name) == ""
    assert name not in {one.about for one in all_claims(records)}
    assert len(list(all_claims(records))) == 6


def test_links_go():
    assert dropped("related").records.incidents[0].related == ()


def test_notes_go_everywhere():
    records = dropped("notes").records
    assert not any(one.note for one in all_claims(records))
    assert not any(one.note for one in (*records.base_areas, *records.groups, *records.sources))


def test_who_says_it_goes_but_not_that_somebody_else_than_the_source_does():
    found = [one.by for one in all_claims(dropped("by").records) if one.about == "fatalities"]
    assert found == [UNNAMED] * 3


def test_cited_sources_go_with_their_entries():
    records = dropped("cites").records
    assert not any(one.cites for one in all_claims(records))
    assert [one.id for one in records.sources] == ["book"]


def test_base_areas_go_with_what_only_they_name():
    records = dropped("base_areas").records
    assert (records.base_areas, records.groups) == ((), ())
    assert len(records.incidents) == 2


def test_only_what_held_anything_is_said_to_be_left_out():
    assert dropped("target", "summary").changes == ("Left out: summary and target.",)
    slim = Records((incident(summary="s"),))
    told = prepare(slim, Publication(drop=tuple(DROPPABLE)))
    assert told.changes == ("Left out: summary.",)
    assert prepare(told.records, Publication(drop=tuple(DROPPABLE))).changes == ()


def test_every_name_drops_something():
    for name, words in DROPPABLE.items():
        assert dropped(name).changes == (f"Left out: {words}.",)


@pytest.mark.parametrize("name", ["title", "", "Summary", *HOSTILE[:4]])
def test_an_unknown_name_is_refused(name):
    with pytest.raises(RequestError, match=r"^drop must be one of base_areas, by, .*, got "):
        Publication(drop=("summary", name))


def test_an_unknown_level_is_refused():
    with pytest.raises(
        RequestError, match=r"^coarsen must be one of district, province, got 'town'"
    ):
        Publication(coarsen="town")


def test_equal_wishes_are_equal():
    one = Publication(coarsen="district", drop=("target", "summary", "target"))
    other = Publication(coarsen=Coarsening.DISTRICT, drop=("summary", "target"))
    assert one == other
    assert hash(one) == hash(other)
    assert one.coarsen is Coarsening.DISTRICT


def test_records_may_have_been_looked_at_before():
    """What a record remembers of itself must not be taken for one of its fields."""
    records = everything()
    for one in (*records.incidents, *records.base_areas):
        assert (one.sources, one.cited_sources) == (("copy",), ("book",)) or not one.claims
    publication = Publication(coarsen=Coarsening.DISTRICT, drop=tuple(DROPPABLE))
    told = prepare(records, publication)
    assert told == prepare(everything(), publication)
    assert all(not one.cited_sources for one in told.records.incidents)


def test_a_licence_lets_closed_sources_out():
    closed = Source(id="book", title="Database", may_publish=False)
    records = Records((incident(claims=(claim("fatalities", 3),)),), sources=(closed,))
    assert prepare(records, Publication(licensed=True)) == Prepared(records)
    told = prepare(records, Publication())
    assert told.records == Records()
    assert (told.sources_left_out, told.claims_left_out, told.incidents_left_out) == (1, 1, 1)
    (sentence,) = told.changes
    assert sentence == (
        "1 source whose licence forbids publication was left out, with 1 claim and 1 incident "
        "that rest on them alone."
    )


def test_rounding_is_told_with_numbers():
    kabul = {"points": ((69.17, 34.53),), "country": "AF", "admin1_code": "AF.13"}
    dushanbe = {"points": ((68.779, 38.5358),), "country": "TJ", "admin1_code": "TJ.04"}
    known = {"points": ((70.3, 34.2),), "geo_precision": "province", "radius_km": 78}
    records = Records(
        (incident("a", **kabul), incident("b", **dushanbe), incident("c", **known), incident("d")),
        (base_area(),),
    )
    told = prepare(records, Publication(coarsen=Coarsening.PROVINCE)).changes
    assert told[0] == (
        "Places are rounded to the province: 2 of 3 placed incidents moved (1 of them off the map) "
        "and 1 of 1 placed base area moved."
    )
    assert len(told) == 3
    told = prepare(Records((incident("d"),)), Publication(coarsen=Coarsening.DISTRICT)).changes
    assert told[0] == (
        "Places are rounded to the district (a cell of half a degree): no record had a place on "
        "the map."
    )


def test_shipped_records_rounded_to_the_district(shipped):
    told = prepare(shipped, Publication(coarsen=Coarsening.DISTRICT))
    assert told.changes[0] == (
        "Places are rounded to the district (a cell of half a degree): 30 of 55 placed incidents "
        "moved and 20 of 97 placed base areas moved."
    )
    assert len(told.records.incidents) == len(shipped.incidents)


@given(record_sets(), publications)
def test_preparing_twice_changes_nothing_more(records, publication):
    once = prepare(records, publication)
    twice = prepare(once.records, publication)
    assert twice.records == once.records
    assert twice.changes == ()


@pytest.mark.parametrize("level", [None, *Coarsening])
def test_a_record_with_everything_goes_out(level):
    publication = Publication(coarsen=level, drop=tuple(DROPPABLE))
    told = prepare(everything(), publication)
    assert len(told.records.incidents) == 2
    assert told.changes[0].startswith("Left out: base areas, who says it, ")


@given(filters(), publications)
def test_words_and_frame_of_a_filter_are_not_told_beside_rounded_places(chosen, publication):
    told = tellable_filter(chosen, publication)
    if publication.coarsen is None:
        assert told == chosen
    else:
        assert (told.text, told.bounds) == ("", None)
        assert told == chosen.without("text", "bounds")
    assert tellable_filter(Filter(), publication) == Filter()
