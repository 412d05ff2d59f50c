"""Tests of leaving out what was read in sources that forbid publication."""

from __future__ import annotations

import pytest
from fixed_records import base_area, claim, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims, incidents

from geodata.publication.permission import LeftOut, leave_out_restricted
from geodata.records.collection import Records
from geodata.records.model import Group, Source
from geodata.records.vocabulary import GeoPrecision

CLOSED = Source(id="closed", title="Database", may_publish=False, note="Ours by agreement")
OPEN = Source(id="open", title="Report")


def from_closed(about="fatalities", value=3, **fields):
    return claim(about, value, source="closed", **fields)


def from_open(about="fatalities", value=4, **fields):
    return claim(about, value, source="open", **fields)


def left(*found, groups=(), sources=(CLOSED, OPEN)):
    return leave_out_restricted(Records.of(found, groups=groups, sources=sources))


def test_what_rests_on_a_closed_source_alone_goes_and_is_counted():
    records, counts = left(
        incident("a", claims=(from_closed(), from_closed("place", "Kerman"))),
        incident("b", claims=(from_open(),), related=("a",), casualties_combined=("a", "c")),
        base_area("x", claims=(from_closed(),)),
        groups=(Group(id="g", name="G", note="Says the database", claims=(from_closed(),)),),
    )
    assert [one.id for one in records.incidents] == ["b"]
    assert records.incidents[0].related == ()
    assert records.incidents[0].casualties_combined == ("c",)
    assert records.incidents[0].shares_toll_beyond
    assert records.base_areas == ()
    assert records.groups == ()
    assert records.sources == (OPEN,)
    assert counts == LeftOut(sources=1, claims=4, incidents=1, base_areas=1)


def test_a_toll_shared_with_what_is_left_out_is_said_to_be_shared_whoever_names_whom():
    there = {"claims": (from_open(),)}
    records, _ = left(
        incident("a", claims=(from_closed(),), casualties_combined=("b", "c", "d")),
        incident("b", casualties_combined=("a", "c"), **there),
        incident("c", casualties_combined=("a", "b"), **there),
        incident("d", **there),
        incident("e", **there),
        incident("f", casualties_combined=("g",), **there),
        incident("g", casualties_combined=("f",), **there),
    )
    found = {o.id: (o.casualties_combined, o.shares_toll_beyond) for o in records.incidents}
    assert found == {
        "b": (("c", "d"), True), "c": (("b",), True), "d": (("b",), True), "e": ((), False),
        "f": (("g",), False), "g": (("f",), False),
    }  # fmt: skip
    assert '"a"' not in "".join(one.model_dump_json() for one in records.incidents)


def test_what_is_left_out_is_not_named_where_it_was_not_asked_for_either():
    one = incident(
        "a", claims=(from_open(),), casualties_combined=("b", "c", "z"), related=("b", "c")
    )
    outside = (incident("b", claims=(from_closed(),)), incident("c", claims=(from_open(),)))
    beyond = Records(outside, (), (), (CLOSED, OPEN))
    for sources in ((OPEN,), (CLOSED, OPEN)):
        records, counts = leave_out_restricted(Records((one,), (), (), sources), beyond)
        (after,) = records.incidents
        assert (after.casualties_combined, after.related) == (("c", "z"), ("c",))
        assert after.shares_toll_beyond
        assert counts.incidents == 0
        assert leave_out_restricted(Records((one,), (), (), sources))[0].incidents == (one,)


def test_texts_that_name_what_is_left_out_are_left_out_and_counted():
    closed = incident("closed-2020", claims=(from_closed(),))
    there = {"claims": (from_open(),), "casualties_combined": (closed.id,)}
    some = (incident("a", summary="As closed-2020", **there), incident("b", summary="B", **there))
    records, counts = left(closed, *some)
    assert [one.summary for one in records.incidents] == ["", "B"]
    assert counts == LeftOut(sources=1, claims=1, incidents=1, named=1)
    # Also where it was not asked for.
    outside = Records((closed,), (), (), (CLOSED, OPEN))
    for sources in ((OPEN,), (CLOSED, OPEN)):
        records, counts = leave_out_restricted(Records(some, sources=sources), outside)
        assert [one.summary for one in records.incidents] == ["", "B"]
        assert counts.named == 1
        assert counts.sentences()[-1] == (
            "1 incident lost summary, notes or imported cells, since these named others that are "
            "left out."
        )


def test_what_also_rests_on_an_open_source_keeps_only_what_that_says():
    one = incident(
        claims=(
            from_closed("place", "Kerman"), from_closed("target", "a shrine"), from_closed(),
            from_closed("date", "2024-01-03"), from_open(), from_open("means", "a bomb"),
            from_closed("means", "two bombs"),
        ),
        points=((57.1, 30.3),), place="Kerman", admin1="Kerman", admin1_code="IR.29",
        admin2="Kerman", geo_basis="Database", country="IR", target="a shrine", means="a bomb",
        summary="From all of them", upstream={"eventid": "1"}, event_date="2024-01-03",
    )  # fmt: skip
    records, counts = left(one)
    (after,) = records.incidents
    assert after.claims == (from_open(), from_open("means", "a bomb"))
    assert (after.points, after.geo_precision, after.radius_km) == ((), GeoPrecision.UNKNOWN, None)
    assert {after.place, after.admin1, after.admin1_code, after.admin2, after.geo_basis} == {""}
    assert (after.event_date, after.target, after.means) == ("XXXX", "", "a bomb")
    assert (after.summary, dict(after.upstream)) == ("", {})
    assert (after.id, after.title, after.country) == (one.id, one.title, "IR")
    assert counts == LeftOut(sources=1, claims=5, cut=1)
    assert after.sources == ("open",)


def test_an_area_keeps_only_what_open_sources_say():
    one = base_area(
        claims=(from_closed("place", "Achin"), from_closed("date", "2015"), from_open("count", 80)),
        valid_from="2015", valid_to="2018", place="Achin", note="From both",
    )  # fmt: skip
    (after,) = left(one)[0].base_areas
    assert (after.geometry, after.radius_km, after.place, after.note) == (None, None, "", "")
    assert (after.valid_from, after.valid_to) == ("", "")


def test_a_place_that_an_open_source_gives_too_stays():
    one = incident(
        claims=(from_closed("place", "Kerman"), from_open("place", "Kerman")),
        points=((57.1, 30.3),), place="Kerman",
    )  # fmt: skip
    (after,) = left(one)[0].incidents
    assert (after.points, after.place) == (one.points, "Kerman")


def test_a_closed_source_may_be_referred_to():
    copy = Source(id="copy", title="Copy", derived_from=("closed",))
    for records, counts in (
        left(incident(claims=(from_open(cites=("closed",)),))),
        left(incident(claims=(claim("count", 1, source="copy"),)), sources=(CLOSED, copy)),
    ):
        assert CLOSED in records.sources
        assert counts == LeftOut()
        assert counts.sentences() == []


def test_a_closed_source_that_is_read_and_referred_to_counts_as_left_out():
    records, counts = left(
        incident("a", claims=(from_closed(),)),
        incident("b", claims=(from_open(cites=("closed",)),)),
    )
    assert CLOSED in records.sources
    assert counts == LeftOut(sources=1, claims=1, incidents=1)


def test_a_closed_source_that_nothing_names_goes():
    records, counts = left(incident(claims=(from_open(),)))
    assert records.sources == (OPEN,)
    assert counts.sentences() == ["1 source whose licence forbids publication was left out."]


def test_records_without_claims_stay():
    records, counts = left(incident(), base_area())
    assert len(records.incidents) == len(records.base_areas) == 1
    assert counts.incidents == counts.base_areas == 0


def test_where_nothing_is_closed_the_records_are_the_same():
    records = Records((incident(claims=(from_open(),)),), sources=(OPEN,))
    assert leave_out_restricted(records)[0] is records


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        (LeftOut(), ""),
        (
            LeftOut(sources=2, claims=1_400, incidents=1, base_areas=2),
            (
                "2 sources whose licence forbids publication were left out, with 1,400 claims, "
                "1 incident and 2 base areas that rest on them alone."
            ),
        ),
        (
            LeftOut(sources=1, claims=1, cut=1),
            (
                "1 source whose licence forbids publication was left out, with 1 claim. "
                "1 other record lost claims, what only these said, and summary, note and imported "
                "row."
            ),
        ),
    ],
)
def test_what_went_is_said_in_sentences(counts, text):
    assert " ".join(counts.sentences()) == text


@given(st.lists(incidents(some_claims=claims(sources=st.sampled_from(("open", "closed")))),
                max_size=4, unique_by=lambda one: one.id))  # fmt: skip
def test_no_claim_of_a_closed_source_stays_and_no_other_goes(found):
    records, counts = left(*found)
    before = [said for one in found for said in one.claims]
    after = [said for one in records.incidents for said in one.claims]
    assert after == [said for said in before if said.source == "open"]
    assert counts.claims == len(before) - len(after)
    assert counts.incidents == len(found) - len(records.incidents)
    assert leave_out_restricted(records)[0] == records


def test_groups_of_which_only_closed_sources_speak_go():
    closed = Source(id="closed", title="C", may_publish=False)
    said = claim("attribution", "hidden", source="closed", stance="claims")
    one = incident("a", claims=(said, claim("attribution", "open", stance="claims")))
    groups = (
        Group(id="open", name="O", parents=("parent",), claims=(said,)),
        Group(id="hidden", name="H"),
        Group(id="parent", name="P", claims=(said,)),
        Group(id="unnamed", name="U"),
        Group(id="alone", name="A", claims=(said,)),
    )
    records = Records((one,), (), groups, (Source(id="book", title="B"), closed))
    kept, _ = leave_out_restricted(records)
    assert [group.id for group in kept.groups] == ["open", "parent", "unnamed"]
