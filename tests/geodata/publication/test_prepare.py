"""Tests of what may go out: every step does what it says, and says what it did."""

from __future__ import annotations

import csv
import gzip
import re
from collections import namedtuple
from functools import cache

import numpy as np
import pytest
from fixed_records import HOSTILE, base_area, claim, everything, incident
from hypothesis import given
from hypothesis import strategies as st
from strategies import filters, record_sets

from geodata.errors import RequestError
from geodata.geodesy import distances_km
from geodata.places.gazetteer import GAZETTEER_DIR
from geodata.publication.coarsening import place_of
from geodata.publication.prepare import (
    DROPPABLE,
    Coarsening,
    Prepared,
    Publication,
    prepare,
    tellable_filter,
)
from geodata.publication.redaction import UNNAMED
from geodata.publication.rounding import cell_at, is_as_coarse, round_place
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
    assert prepare(Records(), Publication(coarsen="district")).records == Records()


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


def test_what_was_asked_to_be_left_out_is_said_whether_or_not_it_was_there():
    assert dropped("target", "summary").changes == ("Left out: summary and target.",)
    slim = prepare(Records((incident(),)), Publication(drop=("target", "summary")))
    assert slim.changes == ("Left out: summary and target.",)


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


@pytest.mark.parametrize("level", Coarsening)
def test_what_is_said_of_rounding_does_not_tell_what_was_rounded(level):
    kabul = {"points": ((69.17, 34.53),), "country": "AF", "admin1_code": "AF.13"}
    known = {"points": ((70.3, 34.2),), "geo_precision": "province", "radius_km": 78}
    publication = Publication(coarsen=level)
    exact = prepare(Records((incident("a", **kabul),), (base_area(),)), publication)
    vague = prepare(Records((incident("c", **known),)), publication)
    # Both are one incident, and how many are alike follows from what goes out.
    assert exact.changes == vague.changes
    assert exact.changes[:-1] == prepare(Records(), publication).changes[:-1]
    assert exact.changes[0].startswith(f"Places are rounded to the {level}")


def test_how_well_a_rounded_place_can_be_guessed_is_as_it_says(shipped):
    """The biggest town of the cell or province lies within 10 km, or within the radius."""
    found = {level: guesses(shipped, level) for level in Coarsening}
    said = prepare(shipped, Publication(coarsen="district")).changes[-2]
    for level, words in (("district", "of a cell was the right guess"), ("province", "province")):
        right, all_of_them = found[Coarsening(level)]
        assert re.search(rf"{words} for {right} of {all_of_them}\b", said), found


def guesses(records, level):
    right = []
    for one in records.incidents:
        place = place_of(one)
        rounded = round_place(place, level)
        if len(place.points) != 1 or is_as_coarse(place, level) or not rounded.points:
            continue
        towns = [town for town in big_towns() if town.country == place.country]
        if level is Coarsening.DISTRICT:
            cell = cell_at(*place.points[0])
            if rounded.points != (cell.centre,):
                continue
            towns = [town for town in towns if cell_at(town.lon, town.lat) == cell]
        else:
            towns = [town for town in towns if town.province == rounded.admin1_code]
        best = max(towns, key=lambda town: town.people, default=None)
        near_km = max(10, place.radius_km or 0)
        away = best and distances_km(place.points[0], np.array([[best.lon, best.lat]]))[0]
        right.append(best is not None and away <= near_km)
    return sum(right), len(right)


Town = namedtuple("Town", "country province lon lat people")


@cache
def big_towns():
    towns = []
    for path in sorted(GAZETTEER_DIR.glob("*.tsv.gz")):
        lines = gzip.decompress(path.read_bytes()).decode().splitlines()
        for one in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            province = f"{one['country']}.{one['admin1']}"
            place = (float(one["lon"]), float(one["lat"]))
            towns.append(Town(one["country"], province, *place, int(one["population"])))
    return towns


@given(record_sets(), publications)
def test_preparing_twice_changes_nothing_more(records, publication):
    once = prepare(records, publication)
    twice = prepare(once.records, publication)
    assert twice.records == once.records
    # Sources that were left out are gone; all else is said as often as it is asked for.
    assert set(twice.changes) == {one for one in once.changes if "licence" not in one} - {
        one for one in once.changes if "lost claims" in one
    }


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
        assert (told.text, told.bounds, told.within) == ("", None, None)
        assert (told.source_types, told.ids) == ((), ())
        hidden = ("text", "bounds", "within", "source_types", "ids")
        assert told == chosen.without(*hidden)
    assert tellable_filter(Filter(), publication) == Filter()
