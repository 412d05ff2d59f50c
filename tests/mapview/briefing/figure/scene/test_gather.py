from __future__ import annotations

import time

from geodata import Filter, Incident, Records, Store, load
from geodata.queries import DateMatch
from mapview.briefing.compose import compose
from mapview.briefing.figure.scene.gather import area_places, gather, incident_places


def test_several_places_of_one_incident_have_names_of_their_own() -> None:
    briefing = compose(Store.of(load()), Filter.from_query("q=three+US+cities&areas=off"))
    places = incident_places(briefing.incidents, briefing.certain)
    assert len({place.id for place in places}) == 1
    assert {place.name for place in places} == {"Los Angeles", "New York City", "Philadelphia"}


def test_only_what_can_be_drawn_has_places() -> None:
    briefing = compose(Store.of(load()), Filter())
    data = gather(briefing)
    assert len({one.id for one in data.incidents}) == briefing.counts.placed
    assert len(data.areas) == briefing.counts.areas_drawn
    assert {one.form for one in data.incidents} == {"point", "ring", "province"}
    assert all(one.province for one in data.areas if one.province)


def test_places_know_whether_their_incident_certainly_fits() -> None:
    store, chosen = Store.of(load()), Filter.from_query("from=2015-03-10&to=2018-07")
    sure = store.ids(chosen.matching(DateMatch.CERTAIN))
    places = gather(compose(store, chosen)).incidents
    assert {one.id for one in places if one.is_certain} == {one.id for one in places} & sure
    assert {one.is_certain for one in places} == {True, False}
    assert all(one.is_certain for one in gather(compose(store, Filter())).incidents)


def test_figures_of_one_briefing_share_its_places() -> None:
    briefing = compose(Store.of(load()), Filter.from_query("country=TJ"))
    assert gather(briefing) is gather(briefing)
    assert gather(compose(Store.of(load()), Filter())) is not gather(briefing)


def test_a_thousand_places_of_one_incident_are_named_at_once() -> None:
    places = tuple((60 + n / 100, 34.5) for n in range(1_000))
    incident = Incident(
        id="i", title="T", event_date="2020", event_types=("bombing",), points=places,
        country="AF", geo_precision="settlement", radius_km=5,
    )  # fmt: skip
    briefing = compose(Store.of(Records((incident,))), Filter())
    incident_places(briefing.incidents, briefing.certain)
    start = time.process_time()
    assert len(incident_places(briefing.incidents, briefing.certain)) == 1_000
    # Looking at each town for each place took 20 ms a place.
    assert time.process_time() - start < 4


def test_nothing_is_nothing() -> None:
    briefing = compose(Store.of(load()), Filter.from_query("q=zzzz"))
    assert incident_places(briefing.incidents, briefing.certain) == ()
    assert area_places(briefing.base_areas) == ()


def test_a_ring_has_the_radius_of_its_record_even_if_that_is_none() -> None:
    incident = Incident(
        id="i", title="T", event_date="2020", event_types=("bombing",), points=((69.0, 34.0),),
        country="AF", geo_precision="near settlement", radius_km=0,
    )  # fmt: skip
    briefing = compose(Store.of(Records((incident,))), Filter())
    (place,) = incident_places(briefing.incidents, briefing.certain)
    assert (place.form, place.radius_km) == ("ring", 0)
